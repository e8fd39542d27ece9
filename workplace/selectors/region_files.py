"""The pages of region-wide files: a provider's month in words, a whole file with its districts, rows of no district."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exchange.models import ExchangeFile, RegionFile, RegionStray, RequestRow
from exchange.register_content import from_json
from exchange.selectors.region_files import RegionMonth

MOST_STRAYS = 200
REFUSED_SHOWN = 5
Status = RegionFile.Status
PART_KINDS = {
    ExchangeFile.Status.PREPARED: "wait",
    ExchangeFile.Status.SENT: "run",
    ExchangeFile.Status.ACKNOWLEDGED: "ok",
    ExchangeFile.Status.RECEIVED: "wait",
    ExchangeFile.Status.VERIFIED: "run",
    ExchangeFile.Status.LOADED: "ok",
    ExchangeFile.Status.SUPERSEDED: "idle",
}
WHOLE_KINDS = {
    Status.SENT: "run",
    Status.ACKNOWLEDGED: "ok",
    Status.RECEIVED: "ok",
    Status.REFUSED: "error",
    Status.SUPERSEDED: "idle",
}


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A provider's month in words: the kind of its state, the state, what is to be done; `may_send` something now."""

    month: RegionMonth
    kind: str
    word: str
    sentence: str
    may_send: bool


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A request row that a row of no district may mean."""

    full_name: str
    account: str
    district: str


@dataclass(frozen=True, slots=True)
class StrayShown:
    """A row of no district: what was sent, in roubles as sent, and whom it may mean."""

    number: int
    name: str
    account: str
    address: str
    billed: Decimal
    reason: str
    candidates: tuple[CandidateShown, ...]


def month_in_words(month: RegionMonth, /) -> MonthShown:
    """Say how far a provider's month is and what the next step is."""
    kind, word, sentence = _state(month)
    return MonthShown(month, kind, word, sentence, may_send=bool(month.prepared))


def _state(month: RegionMonth) -> tuple[str, str, str]:
    if month.prepared and month.sent:
        return "warn", "нужно дополнение", "Первый файл отправлен, позже готовы запросы ещё нескольких районов."
    if month.prepared and month.awaited:
        return "wait", "не все районы готовы", "Подождите остальных или отправьте без них: они уйдут дополнением."
    if month.prepared:
        return "wait", "готов к отправке", "Запросы всех районов сформированы: соедините их и отправьте."
    if not month.sent:
        return "idle", "районы готовят запросы", "Ни один район ещё не сформировал запросы этого месяца."
    if month.unanswered:
        return "run", "ждём ответа", "Запрос отправлен, ответа за всю область ещё нет."
    if month.stray_rows:
        return "warn", "есть строки без района", "Ответ разделён, но часть строк не относится ни к одному району."
    return "ok", "ответ разделён", "Ответ принят, части у районов: они проверяют их как обычные файлы."


def strays_of(whole: RegionFile, /) -> list[StrayShown]:
    """List rows of no district with whom they may mean, at most `MOST_STRAYS`; two queries."""
    rows = list(RegionStray.objects.filter(whole=whole).order_by("row_number")[:MOST_STRAYS])
    known = _candidates([key for row in rows for key in row.candidates])
    return [
        StrayShown(
            number=row.row_number,
            name=str(row.content.get("who", {}).get("name", "")),
            account=str(row.content.get("who", {}).get("account", "")),
            address=str(row.content.get("who", {}).get("address", "")),
            billed=row.billed,
            reason=row.get_reason_display(),
            candidates=tuple(known[key] for key in row.candidates if key in known),
        )
        for row in rows
    ]


def _candidates(keys: Sequence[int]) -> dict[int, CandidateShown]:
    rows = RequestRow.objects.filter(pk__in=keys).values_list(
        "pk", "register_row__content", "account__number", "file__office__district__name"
    )
    return {
        pk: CandidateShown(from_json(content).full_name, account, district or "")
        for pk, content, account, district in rows
    }
