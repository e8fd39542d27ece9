"""What makes a line impossible to calculate: each fault is an error with its own name."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from calculations.rules.inputs import BilledPart, LineInputs, Period
from calculations.rules.kinds import ServiceKind, Zone


class Field(StrEnum):
    """The field at fault, named as the column of `calculate_cases`."""

    SERVICE = "service"
    RESIDENTS = "residents"
    ENTITLED = "entitled"
    AREA = "area"
    QUANTITY = "quantity"
    TARIFF = "tariff"
    NORM = "norm"
    BILLED = "billed"
    DAYS = "days"


class LineFault(ValueError):
    """A line that no rule may answer with a sum; zero would be a lie.

    `period` and `part` count from zero and say where the fault is; `part` is None when
    the whole period is at fault.
    """

    field: ClassVar[Field]
    sentence: ClassVar[str]

    def __init__(self, *, period: int = 0, part: int | None = None) -> None:
        super().__init__(self.sentence)
        self.period = period
        self.part = part


class NoPeriods(LineFault):
    field, sentence = Field.DAYS, "в строке нет ни одного периода"


class WrongParts(LineFault):
    field, sentence = Field.SERVICE, "зоны электроэнергии не складываются в одну строку"


class NoResidents(LineFault):
    field, sentence = Field.RESIDENTS, "не указано, на скольких зарегистрированных делится плата"


class NobodyEntitled(LineFault):
    field, sentence = Field.ENTITLED, "не указано, сколько человек имеют право"


class MoreEntitledThanResidents(LineFault):
    field, sentence = Field.ENTITLED, "имеющих право больше, чем зарегистрированных"


class WrongFamily(LineFault):
    field, sentence = Field.ENTITLED, "членов семьи меньше, чем имеющих право, или больше, чем зарегистрированных"


class DaysOutsideMonth(LineFault):
    field, sentence = Field.DAYS, "дней больше, чем в месяце, или меньше нуля"


class MoreDaysThanMonth(LineFault):
    field, sentence = Field.DAYS, "периоды строки вместе длиннее месяца"


class WrongMonthLength(LineFault):
    field, sentence = Field.DAYS, "число дней в месяце не соответствует месяцу расчёта"


class WrongBilled(LineFault):
    field, sentence = (
        Field.BILLED,
        "начисление за месяц без перерасчётов не может быть отрицательным или бесконечным",
    )


class MissingTariff(LineFault):
    field, sentence = Field.TARIFF, "нет тарифа, без него норматив не перевести в рубли"


class MissingNorm(LineFault):
    field, sentence = Field.NORM, "нет норматива, а мера ограничена нормативом"


class MissingMinimumContribution(LineFault):
    field, sentence = Field.NORM, "нет минимального размера взноса на капитальный ремонт"


class MissingArea(LineFault):
    field, sentence = Field.AREA, "нет площади, а норматив установлен на квадратный метр"


class MissingQuantity(LineFault):
    field, sentence = Field.QUANTITY, "нет объёма потребления, норматив не разделить между зонами"


class MissingFuel(LineFault):
    field, sentence = Field.QUANTITY, "в заявлении не указано, сколько топлива или баллонов нужно"


def shape_faults(inputs: LineInputs) -> Iterator[LineFault]:
    """Yield every fault of a line that does not depend on the rule."""
    if not inputs.periods:
        yield NoPeriods()
    total_days = 0
    for number, period in enumerate(inputs.periods):
        total_days += period.days
        if not 0 < period.entitled <= period.residents:
            yield from _share_faults(number, period)
        elif period.family is not None and not period.entitled <= period.family <= period.residents:
            yield WrongFamily(period=number)
        if not 0 <= period.days <= period.days_in_month:
            yield DaysOutsideMonth(period=number)
        if not _parts_fit(inputs.kind, period.parts):
            yield WrongParts(period=number)
        for index, part in enumerate(period.parts):
            if not (part.billed.is_finite() and part.billed >= 0):
                yield WrongBilled(period=number, part=index)
    if len(inputs.periods) > 1 and total_days > inputs.periods[0].days_in_month:
        yield MoreDaysThanMonth(period=len(inputs.periods) - 1)


def _share_faults(number: int, period: Period) -> Iterator[LineFault]:
    if period.residents < 1:
        yield NoResidents(period=number)
    elif period.entitled > period.residents:
        yield MoreEntitledThanResidents(period=number)
    if period.entitled < 1:
        yield NobodyEntitled(period=number)


def _parts_fit(kind: ServiceKind, parts: tuple[BilledPart, ...]) -> bool:
    if len(parts) == 1 and parts[0].zone is Zone.WHOLE:
        return True
    zones = {part.zone for part in parts}
    return kind is ServiceKind.ELECTRICITY and 0 < len(parts) == len(zones) and Zone.WHOLE not in zones


def known(value: Decimal | None) -> bool:
    """Tell whether a tariff, norm or area was given; zero of any of them means it was not."""
    return value is not None and value.is_finite() and value > 0


def given(value: Decimal | None, fault: type[LineFault]) -> Decimal:
    """Return a value that the rule cannot do without, or raise the fault of its absence."""
    if value is None:
        raise fault
    return value
