"""What a check finds, and what it compares a returned row with."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from offices.money import format_number, format_quantity, to_kopecks


class Code(StrEnum):
    """The codes of discrepancies: the dossier's list, item 2.7; E08, E13 to E16 and E51 are of our own."""

    WRONG_MONTH = "E02"
    NOT_ASKED = "E03"
    NOT_ANSWERED = "E04"
    DUPLICATE = "E05"
    ACCOUNT = "E06"
    PERSON = "E07"
    ACCOUNT_BEFORE = "E08"
    TARIFF = "E10"
    NORM = "E11"
    PRODUCT = "E12"
    MIXED_TARIFF = "E13"
    VOLUME = "E14"
    UNDERSUPPLY = "E15"
    METERING = "E16"
    AREA = "E20"
    RESIDENTS = "E21"
    RECALCULATION = "E30"
    NEGATIVE = "E31"
    BEFORE_RIGHT = "E32"
    UNKNOWN_SERVICE = "E40"
    ABSENT_SERVICE = "E41"
    JUMP = "E50"
    STOPPED = "E51"
    ARREARS = "E60"
    UNREADABLE = "E01"


# What is only told to the specialist; everything else keeps the line from being loaded.
NOTES = frozenset(
    {
        Code.NOT_ANSWERED, Code.ACCOUNT_BEFORE, Code.NORM, Code.MIXED_TARIFF, Code.VOLUME, Code.UNDERSUPPLY,
        Code.METERING, Code.ABSENT_SERVICE, Code.JUMP, Code.STOPPED, Code.ARREARS,
    }
)  # fmt: skip

TITLES = {
    Code.UNREADABLE: "нечитаемое или недопустимое значение",
    Code.WRONG_MONTH: "другой месяц",
    Code.NOT_ASKED: "человека нет в запросе",
    Code.NOT_ANSWERED: "нет ответа предприятия",
    Code.DUPLICATE: "повтор строки",
    Code.ACCOUNT: "другой лицевой счёт или счёт не найден",
    Code.PERSON: "другой человек на этом счёте",
    Code.ACCOUNT_BEFORE: "в прошлом месяце был другой счёт",
    Code.TARIFF: "тариф не по справочнику",
    Code.NORM: "норматив не по справочнику",
    Code.PRODUCT: "сумма не равна тарифу на объём",
    Code.MIXED_TARIFF: "смешанный тариф месяца",
    Code.VOLUME: "объём больше норматива без прибора учёта",
    Code.UNDERSUPPLY: "недопоставка без перерасчёта",
    Code.METERING: "прибор учёта: в карточке и в файле по-разному",
    Code.AREA: "другая общая площадь",
    Code.RESIDENTS: "другое число зарегистрированных",
    Code.RECALCULATION: "перерасчёт без периода или больше начисленного",
    Code.NEGATIVE: "отрицательное начисление",
    Code.BEFORE_RIGHT: "перерасчёт за время до права",
    Code.UNKNOWN_SERVICE: "услуги нет в карточке",
    Code.ABSENT_SERVICE: "нет начисления по услуге",
    Code.JUMP: "начисление резко изменилось",
    Code.STOPPED: "начисление прекратилось",
    Code.ARREARS: "задолженность",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy: what we expected, what was sent, and what it does to the equivalent.

    `position` names the line within the row; None means the whole row. `difference` is in roubles
    of the equivalent, None where no sum can be named.
    """

    code: Code
    text: str
    expected: str = ""
    found: str = ""
    difference: Decimal | None = None
    position: int | None = None

    @property
    def is_blocking(self) -> bool:
        return self.code not in NOTES


def format_billed(value: Decimal) -> str:
    """Write roubles as a provider sent them: «140,70», and «612,4083» where there is more than kopecks."""
    return format_number(value, places=2) if value == to_kopecks(value) else format_quantity(value)
