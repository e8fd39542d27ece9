"""«Пример расчёта»: a visitor's bill through the very engine of the runs; nothing is stored and nobody is named."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.explaining.boxes import Box, BoxSum, ServiceBill, chain_of
from calculations.explaining.stages import stages_of
from calculations.explaining.steps import ToldStep, told_steps
from calculations.inputs.billing import BilledService, NotCounted, billed_services
from calculations.inputs.invented import (
    InventedBill,
    InventedHousehold,
    invented_recipient,
    invented_surroundings,
)
from calculations.inputs.measure import ServiceBook
from calculations.inputs.parameters import ParametersInForce
from calculations.inputs.prices import Directories
from calculations.inputs.reading import directories_of, service_book
from calculations.models import Withheld
from calculations.rules.faults import LineFault
from calculations.rules.kinds import ServiceKind, line_kind
from calculations.rules.line import calculate_line, sharing
from calculations.rules.parameters import Parameters, ShareRule
from calculations.rules.regimes import RULES_BY_KIND, Regime
from calculations.rules.trace import Recording
from calculations.selectors import parameters_in_force
from offices.money import choose_form, format_quantity
from offices.months import MONTHS
from providers.models import Service

MOST_NAMES: Final = 2
Share = tuple[int, int]
_WHOSE: Final = {ShareRule.OWN_SHARE: "на долю тех, у кого право", ShareRule.ALL_FAMILY: "на всю вашу семью"}


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One service of the bill, in roubles: what the measure gives and how it came about, or why it cannot be told.

    `fault` is a sentence; it is empty for a line that was counted. `reason` says why it is zero or cut.
    """

    title: str
    billed: Decimal
    base: Decimal
    cash_equivalent: Decimal
    steps: tuple[ToldStep, ...]
    reason: str
    fault: str
    is_over_norm: bool


@dataclass(frozen=True, slots=True)
class ExampleBox:
    """A box of «почему не половина квитанции»; `kind` is "sum", "minus", "plus" or "pay"."""

    title: str
    note: str
    amount: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked-out bill of one month, in roubles. `acts` are the acts its tariffs, norms and parameters stand on.

    `share` says of how many people the bill was counted, as the month's rule of shares has it; empty without a counted line.
    """

    month: dt.date
    lines: tuple[ExampleLine, ...]
    boxes: tuple[ExampleBox, ...]
    billed: Decimal
    cash_equivalent: Decimal
    share: str
    acts: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether every service could be counted."""
        return not any(line.fault for line in self.lines)


@dataclass(frozen=True, slots=True)
class MonthGround:
    """What every example of a month stands on: parameters and directories in force, services with their names."""

    month: dt.date
    parameters: ParametersInForce
    directories: Directories
    services: ServiceBook
    names: Mapping[str, str]


def billed_services_of_measure() -> list[Service]:
    """Return the services that providers bill and the measure knows, in the order of their codes.

    Solid fuel and bottled gas are bought on an application of their own.
    """
    kinds = [kind.value for kind in ServiceKind if line_kind(kind) in RULES_BY_KIND[Regime.FEDERAL_2016]]
    return list(Service.objects.filter(is_supported=True, kind__in=kinds).order_by("code"))


def ground_of(month: dt.date) -> MonthGround:
    """Read the ground of a month. Raises ParameterMissing for a month the directories do not reach."""
    return MonthGround(
        month=month,
        parameters=parameters_in_force(month),
        directories=directories_of(month),
        services=service_book(),
        names=dict(Service.objects.values_list("code", "name")),
    )


def work_out(household: InventedHousehold, bills: Sequence[InventedBill], *, ground: MonthGround) -> Example:
    """Calculate a bill of a month by the parameters, tariffs and norms confirmed for it."""
    month, parameters = ground.month, ground.parameters
    around = invented_surroundings(
        household, bills, directories=ground.directories, services=ground.services, parameters=parameters
    )
    found = list(billed_services(invented_recipient(household, bills), around))
    told = [_told(one, ground.names, month, parameters.rules) for one in found]
    lines = tuple(line for line, _ in told)
    shares = _shares(found, parameters.rules)
    return Example(
        month=month,
        lines=lines,
        boxes=tuple(_boxes([bill for _, bill in told], lines, month, parameters.rules, shares=shares)),
        billed=sum((line.billed for line in lines), Decimal(0)),
        cash_equivalent=sum((line.cash_equivalent for line in lines), Decimal(0)),
        share=f"{_WHOSE[parameters.rules.share_rule]}: {'; '.join(map(_people, shares))}" if shares else "",
        acts=tuple(dict.fromkeys(_acts(found, parameters.rules))),
    )


def _told(
    found: BilledService | NotCounted, names: Mapping[str, str], month: dt.date, parameters: Parameters
) -> tuple[ExampleLine, ServiceBill]:
    billed = sum((bill.billed for bill in found.bills), Decimal(0))
    if isinstance(found, NotCounted):
        is_left_out = found.reason == Withheld.Reason.NOT_IN_MEASURE
        title = names.get(found.bills[0].service, "")
        return _uncounted(title, billed, found.text, is_left_out=is_left_out)
    title = names.get(found.service, "")
    inputs = found.lines[0].inputs
    recording = Recording()
    try:
        result = calculate_line(month, inputs, parameters, recording)
    except LineFault as fault:
        return _uncounted(title, billed, f"{fault.sentence[:1].upper()}{fault.sentence[1:]}.", is_left_out=False)
    line = ExampleLine(
        title=title,
        billed=billed,
        base=result.base,
        cash_equivalent=result.cash_equivalent,
        steps=tuple(told_steps(recording.steps, inputs.periods, persons={})),
        reason=result.reason.text if result.reason else "",
        fault="",
        is_over_norm=0 < result.base < result.billed,
    )
    stages = stages_of(billed=billed, inputs=inputs, steps=recording.steps, accrued=result.cash_equivalent)
    return line, ServiceBill(billed=billed, recalculated=Decimal(0), lines=(stages,))


def _uncounted(title: str, billed: Decimal, why: str, *, is_left_out: bool) -> tuple[ExampleLine, ServiceBill]:
    nothing = Decimal("0.00")
    line = ExampleLine(
        title=title,
        billed=billed,
        base=nothing,
        cash_equivalent=nothing,
        steps=(),
        reason=why if is_left_out else "",
        fault="" if is_left_out else why,
        is_over_norm=False,
    )
    return line, ServiceBill(billed=billed, recalculated=nothing, lines=(), is_postponed=not is_left_out)


def _boxes(
    bills: Sequence[ServiceBill],
    lines: Sequence[ExampleLine],
    month: dt.date,
    parameters: Parameters,
    *,
    shares: Collection[Share],
) -> Iterator[ExampleBox]:
    discount = parameters.discount
    percent = f"{format_quantity(discount * 100)}\N{NO-BREAK SPACE}%"
    of_month = f"за {MONTHS[month.month - 1]}"
    words = {
        Box.BILLED: ("По квитанции", of_month),
        Box.HALF: (f"{'Половина' if discount * 2 == 1 else 'Скидка'} ({percent})", "от начисленного"),
        Box.NOT_IN_MEASURE: ("Не входит в меру:", _names(_denied(lines))),
        Box.POSTPONED: ("Посчитать нельзя:", _names(line.title for line in lines if line.fault)),
        Box.SHARE: ("Ваша доля:", "; ".join(map(_people, shares))),
        Box.NORM: ("Сверх норматива:", _names(line.title for line in lines if line.is_over_norm)),
        Box.ROUNDING: ("Округление", "каждой услуги до копейки"),
        Box.PAYABLE: ("Вам", of_month),
    }
    for box in chain_of(bills, discount=discount):
        title, note = words[box.box]
        yield ExampleBox(title, note, box.roubles, _kind(box))


def _shares(found: Iterable[BilledService | NotCounted], parameters: Parameters) -> Collection[Share]:
    """Return of how many people, and of how many registered, the bill was counted: as the engine counts it."""
    counted = [one.lines[0].inputs.periods for one in found if isinstance(one, BilledService)]
    return dict.fromkeys((sharing(one, parameters), one.residents) for periods in counted for one in periods)


def _people(share: Share) -> str:
    people, residents = share
    registered = choose_form(residents, ("зарегистрированного", "зарегистрированных", "зарегистрированных"))
    return f"{people} из {residents} {registered}"


def _denied(lines: Iterable[ExampleLine]) -> Iterator[str]:
    return (line.title for line in lines if line.billed and not line.base and not line.fault)


def _kind(box: BoxSum) -> str:
    fixed = {Box.BILLED: "sum", Box.HALF: "sum", Box.PAYABLE: "pay"}
    return fixed.get(box.box) or ("minus" if box.roubles < 0 else "plus")


def _names(titles: Iterable[str]) -> str:
    names = [f"{title[:1].lower()}{title[1:]}" for title in titles]
    more = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    return f"{shown} и ещё {more}" if more > 0 else shown


def _acts(found: Iterable[BilledService | NotCounted], parameters: Parameters) -> Iterator[str]:
    yield parameters.decree
    for one in found:
        if isinstance(one, BilledService):
            for period in one.lines[0].inputs.periods:
                yield from filter(None, [period.norm_act, *(part.tariff_act for part in period.parts)])
