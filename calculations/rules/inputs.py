"""What an accrual line is made of, by value."""

from dataclasses import dataclass
from decimal import Decimal

from calculations.rules.fuel import FuelOrder
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose right it is and in whose house, for one period."""

    holder: Holder
    group: Group
    stock: Stock


@dataclass(frozen=True, slots=True)
class BilledPart:
    """What a provider billed for one service, or for one zone of electricity.

    `billed` is in roubles and `quantity` in the kind's unit, both for the full month,
    recalculations left out. `tariff` is in roubles per unit. `origin` is the file and row.
    """

    billed: Decimal
    quantity: Decimal | None = None
    tariff: Decimal | None = None
    metered: bool = False
    zone: Zone = Zone.WHOLE
    tariff_act: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days of the month in which the household, the facts and the norm stayed the same.

    The parts carry the charge of the full month for that household, not of the days.
    `norm` is per person and month; for heating per square meter and month, for capital
    repair the minimum contribution in roubles per square meter. `area` is in square meters.
    `family` is how many residents the share counts where a region compensates the holder's whole family: those whom
    another right covers belong to that one; None means everybody. `entitled_ids` and `resident_ids` name the counted
    people, for the explanation only. `fuel` is what was applied for by appendix 3, for a year.
    """

    parts: tuple[BilledPart, ...]
    facts: Facts
    entitled: int
    residents: int
    days: int
    days_in_month: int
    norm: Decimal | None = None
    area: Decimal | None = None
    norm_act: str = ""
    family: int | None = None
    entitled_ids: tuple[str, ...] = ()
    resident_ids: tuple[str, ...] = ()
    fuel: FuelOrder | None = None


@dataclass(frozen=True, slots=True)
class LineInputs:
    """One service of one recipient in one month billed, as consecutive periods.

    The kind is a line's kind: zones of electricity are parts of `ServiceKind.ELECTRICITY`.
    """

    kind: ServiceKind
    periods: tuple[Period, ...]
