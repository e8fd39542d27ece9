"""The discrepancies in the order of item 3.10.1, with the few words a table has room for and what to do."""

from dataclasses import dataclass

from exchange.checks.findings import TITLES, Code


@dataclass(frozen=True, slots=True)
class Group:
    """A letter of item 3.10.1, or what stands between the rows and the cards."""

    title: str
    codes: tuple[Code, ...]


GROUPS = (
    Group(
        "Тариф и сумма (п. 3.10.1 а)",
        (
            Code.TARIFF, Code.PRODUCT, Code.NORM, Code.MIXED_TARIFF, Code.VOLUME, Code.METERING, Code.NEGATIVE,
            Code.UNDERSUPPLY, Code.UNKNOWN_SERVICE,
        ),
    ),
    Group("Площадь и семья (п. 3.10.1 б)", (Code.RESIDENTS, Code.AREA)),
    Group("Перерасчёты (п. 3.10.1 в)", (Code.RECALCULATION, Code.BEFORE_RIGHT)),
    Group(
        "К прошлому месяцу", (Code.JUMP, Code.STOPPED, Code.ABSENT_SERVICE, Code.ACCOUNT_BEFORE)
    ),
    Group("Задолженность", (Code.ARREARS,)),
    Group(
        "Связь с карточками",
        (
            Code.ACCOUNT, Code.PERSON, Code.NOT_ASKED, Code.NOT_ANSWERED, Code.DUPLICATE, Code.WRONG_MONTH,
            Code.UNREADABLE,
        ),
    ),
)  # fmt: skip

SHORT = {
    Code.UNREADABLE: "Не прочитано",
    Code.WRONG_MONTH: "Другой месяц",
    Code.NOT_ASKED: "Не из запроса",
    Code.NOT_ANSWERED: "Нет ответа",
    Code.DUPLICATE: "Повтор строки",
    Code.ACCOUNT: "Лицевой счёт",
    Code.PERSON: "Другой человек",
    Code.ACCOUNT_BEFORE: "Счёт сменился",
    Code.TARIFF: "Тариф",
    Code.NORM: "Норматив",
    Code.PRODUCT: "Сумма и объём",
    Code.MIXED_TARIFF: "Смешанный тариф",
    Code.VOLUME: "Объём и норматив",
    Code.UNDERSUPPLY: "Недопоставка",
    Code.METERING: "Прибор учёта",
    Code.AREA: "Площадь, м²",
    Code.RESIDENTS: "Зарегистрировано",
    Code.RECALCULATION: "Перерасчёт",
    Code.NEGATIVE: "Минус в сумме",
    Code.BEFORE_RIGHT: "До начала права",
    Code.UNKNOWN_SERVICE: "Лишняя услуга",
    Code.ABSENT_SERVICE: "Нет услуги",
    Code.JUMP: "Сумма к прошлой",
    Code.STOPPED: "Начислен ноль",
    Code.ARREARS: "Задолженность",
}

_TO_PROTOCOL = "Отправьте строку в протокол: поставщик исправит её и пришлёт перерасчёт."
ADVICE = {
    Code.UNREADABLE: f"Ячейку нельзя прочесть. {_TO_PROTOCOL}",
    Code.WRONG_MONTH: "Строка за другой месяц. Отправьте её в протокол; за прошлые месяцы поставщик передаёт перерасчёт.",
    Code.NOT_ASKED: "Начислить по этой строке некому: человека нет в запросе. Отправьте её в протокол. Если это "
    "получатель, проверьте его лицевой счёт в карточке.",
    Code.NOT_ANSWERED: "Попросите поставщика ответить: отправьте строку в протокол. Без ответа за этот месяц по счёту "
    "ничего не начислим.",
    Code.DUPLICATE: f"Если строки говорят одно, остаётся первая; если разное, ждут решения обе. {_TO_PROTOCOL}",
    Code.ACCOUNT: "Сверьте лицевой счёт с квитанцией получателя. Если прав файл, исправьте счёт в карточке и примите "
    "строку; если карточка — отправьте в протокол.",
    Code.PERSON: "Проверьте, кому открыт счёт. Если человек тот же, примите строку; если другой — отправьте в протокол.",
    Code.ACCOUNT_BEFORE: "Счёт этой услуги в карточке сменился с прошлого месяца. Если это правка счёта, примите; если "
    "файл пришёл по чужому счёту — отправьте в протокол.",
    Code.TARIFF: "Сверьте тариф с постановлением. Если справочник верен, отправьте строку в протокол; если тариф "
    "изменился, сначала внесите его в справочник.",
    Code.NORM: "В расчёт идёт норматив справочника. Примите к сведению или сообщите поставщику протоколом.",
    Code.PRODUCT: "Сумма не равна тарифу, умноженному на объём. Спросите поставщика протоколом или примите, если сумма "
    "подтверждена квитанцией.",
    Code.MIXED_TARIFF: "Тариф смешан программой поставщика из двух тарифов месяца. Обычно достаточно принять.",
    Code.VOLUME: "Прибора нет, а объём больше норматива на семью: так бывает при повышающем коэффициенте или другой "
    "семье у поставщика. В расчёт идёт не больше норматива. Примите или спросите поставщика протоколом.",
    Code.UNDERSUPPLY: "Поставщик указал, что услуга оказана не полностью, а перерасчёта не прислал. Спросите его "
    "протоколом или примите, если сумма уже уменьшена.",
    Code.METERING: "В карточке и у поставщика разное о приборе учёта. Уточните у получателя и исправьте карточку или "
    "сообщите поставщику протоколом.",
    Code.AREA: "Сверьте площадь с документами в деле. Если права карточка, отправьте строку в протокол; если файл — "
    "исправьте карточку с нужной даты и примите строку.",
    Code.RESIDENTS: "Запросите у получателя сведения о составе семьи или отправьте строку в протокол. В расчёт идёт "
    "состав семьи из карточки.",
    Code.RECALCULATION: "Перерасчёт должен называть прошедший месяц и быть не больше начисленного. Отправьте в протокол.",
    Code.NEGATIVE: f"Отрицательное начисление принять нельзя: его учитывают перерасчётом. {_TO_PROTOCOL}",
    Code.BEFORE_RIGHT: "Перерасчёт сделан за время, когда права ещё не было. Отправьте строку в протокол.",
    Code.UNKNOWN_SERVICE: "Услуги на этом счёте в карточке нет. Если она оказывается, добавьте её в карточку и примите "
    "строку; иначе отправьте в протокол.",
    Code.ABSENT_SERVICE: "Услуга есть в карточке, начисления нет. Узнайте у поставщика причину протоколом или примите, "
    "если услуги в этом месяце не было.",
    Code.JUMP: "Сравните с квитанцией. Сезонный рост примите, непонятный отправьте в протокол.",
    Code.STOPPED: "В прошлом месяце начисление было, в этом — ноль. Сезонную услугу примите, по остальным узнайте причину "
    "протоколом.",
    Code.ARREARS: "На выплату задолженность не влияет: примите к сведению.",
}

HOLD, ACCEPT = "hold", "accept"
_PASSED = frozenset(
    {
        Code.ACCOUNT_BEFORE,
        Code.NORM,
        Code.MIXED_TARIFF,
        Code.VOLUME,
        Code.METERING,
        Code.JUMP,
        Code.STOPPED,
        Code.ARREARS,
    }
)


def suggestion_for(code: str, /) -> str:
    """Return the decision usually taken, `hold` or `accept`: shown to the specialist, never taken by itself."""
    return ACCEPT if Code(code) in _PASSED else HOLD


def title_of(code: str, /) -> str:
    """Return a discrepancy's name as a heading."""
    title = TITLES[Code(code)]
    return title[0].upper() + title[1:]
