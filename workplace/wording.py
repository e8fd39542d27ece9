"""Russian words for the codes that balances store."""

from calculations.models import Withheld
from exchange.checks.findings import TITLES
from payments.selectors.requisites import Obstacle
from payments.services.reasons import REASONS as RETURN_REASONS

REASONS = {
    # 3.3
    "unconfirmed": "реквизиты не подтверждены",
    # 3.4
    "unknown": "не найден у нас",
    "ambiguous": "подходит несколько",
    "faulty": "строка с ошибкой",
    # 3.6-3.8
    "died": "умер",
    "certificate_expired": "срок справки истёк",
    "came_of_age": "ребёнку исполнилось 18 лет",
    "no_dwelling": "не указано жильё",
    "no_dwelling_facts": "нет характеристик жилья",
    "does_not_fit": "сведения не помещаются в файл",
    "no_account": "нет лицевых счетов",
    "no_agreement": "нет соглашения с предприятием",
    "no_layout": "не выбран формат файла",
    "provider_unable": "предприятие не передаёт файлы",
    # 3.9
    "no_answer": "предприятие не ответило",
    "refused": "ответный файл не принят",
    "not_in_answer": "нет в ответном файле",
    "no_district": "строка не относится ни к одному району",
    # 3.10, 3.11
    "no_sum": "нет суммы или услуги",
    "repeated": "уже загружено",
    # 3.13
    "returned": "расчёт возвращён",
    # 3.14
    "overpayment": "удержано в счёт переплаты",
    # 3.15
    "other_channel": "иной способ выплаты",
    "unanswered": "ответа нет",
}


def reason_in_words(code: str) -> str:
    """Say a held reason in words; a code without words is shown as it is."""
    return _WORDS.get(code, code)


_WORDS = {
    **{code: title for code, title, *_ in RETURN_REASONS},
    **{reason.value: str(reason.label) for reason in Withheld.Reason},
    **{reason.value: reason.label for reason in Obstacle},
    **{f"{code.value}": f"{code.value} {title}" for code, title in TITLES.items()},
    **REASONS,
}
