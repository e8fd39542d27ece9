"""Why a service of the card is not paid, in words, and what may be done about it."""

from collections.abc import Iterable, Mapping
from typing import Final

from calculations.models import AccrualLine, Withheld
from exchange.checks.findings import TITLES, Code
from exchange.models import Discrepancy

Reason = Withheld.Reason
ADVICE: Final[Mapping[str, str]] = {
    Reason.NO_RIGHT: "Проверьте срок права на вкладке «Категория и основания».",
    Reason.CERTIFICATE_ENDED: "Внесите новую справку на вкладке «Категория и основания».",
    Reason.CAME_OF_AGE: "Примите заявление взрослого и прекратите право семьи решением.",
    Reason.RIGHT_ENDED: "Проверьте срок права на вкладке «Категория и основания».",
    Reason.SUSPENDED: "Что сделать, чтобы выплату возобновили, — на странице «Задолженность».",
    Reason.NO_TARIFF: "Внесите тариф в справочник и рассчитайте район заново.",
    Reason.NO_NORM: "Внесите норматив в справочник и рассчитайте район заново.",
    Reason.NO_RESIDENTS: "Укажите состав семьи на вкладке «Семья» и рассчитайте район заново.",
    Reason.NO_AREA: "Укажите площадь на вкладке «Жильё» и рассчитайте район заново.",
    Reason.NO_QUANTITY: "Запросите у предприятия объём по зонам.",
    Reason.NO_DWELLING: "Укажите жильё получателя и его характеристики и рассчитайте район заново.",
    Reason.WRONG_CHARGE: "Уточните начисление у предприятия.",
}


def gone_because(line: AccrualLine, findings: Iterable[Discrepancy]) -> str:
    """Say why a service of the month before has no line: what was found in the provider's answer, where it was."""
    if line.account is None:
        return "Части суммы по заявлению закончились или остановлены."
    for found in findings:
        is_of_service = found.line is not None and found.line.service_id == line.service_id
        is_of_provider = found.line is None and found.file.provider_id == line.account.provider_id
        if is_of_service or is_of_provider:
            return f"Сведения предприятия не приняты: {TITLES[Code(found.code)]}."
    return "В этом месяце не начислялось, в прошлом было."


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop; nothing stays nothing."""
    whole = f"{text[:1].upper()}{text[1:]}"
    return whole if not whole or whole.endswith(".") else f"{whole}."
