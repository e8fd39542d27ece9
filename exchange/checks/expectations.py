"""What our card and directories say of an account, to hold a returned row against."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from calculations.rules.parameters import NormCap, Parameters, ShareRule


@dataclass(frozen=True, slots=True)
class Measure:
    """What the parameters of a month give: the discount (a fraction), whose part counts, whether norms cap it."""

    discount: Decimal
    share_rule: ShareRule = ShareRule.OWN_SHARE
    norm_cap: NormCap = NormCap.NORM

    @classmethod
    def of(cls, rules: Parameters) -> "Measure":
        """Take what a bill is weighed by from the parameters that the month is calculated with."""
        return cls(rules.discount, rules.share_rule, rules.norm_cap)

    @property
    def is_of_family(self) -> bool:
        return self.share_rule is ShareRule.ALL_FAMILY

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "Measure":
        """Read what `to_json` wrote."""
        return cls(Decimal(kept["discount"]), ShareRule(kept["share_rule"]), NormCap(kept["norm_cap"]))

    def to_json(self) -> dict[str, str]:
        """Write the values as the parameters of a task."""
        return {"discount": str(self.discount), "share_rule": self.share_rule.value, "norm_cap": self.norm_cap.value}


@dataclass(frozen=True, slots=True)
class Share:
    """Whose part of a charge is compensated, of `residents`: the `entitled`, or the family where families are counted.

    `others` are the residents who belong to other rights of the dwelling, where families are counted.
    """

    entitled: int
    residents: int
    measure: Measure
    others: int = 0

    @property
    def family(self) -> int:
        """Return how many of the residents belong to the right, those it covers at the least."""
        return max(self.residents - self.others, self.entitled)

    @property
    def counted(self) -> int:
        """Return for how many of the residents the bill is compensated."""
        return self.family if self.measure.is_of_family else self.entitled


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far a provider's figure may lie from ours without being a discrepancy.

    `roubles` and `area` (m²) are absolute, `tariff` in roubles, `volume` in the service's unit, `jump` a fraction of
    last month's charge.
    """

    roubles: Decimal = Decimal("0.02")
    tariff: Decimal = Decimal("0.001")
    area: Decimal = Decimal("0.005")
    norm: Decimal = Decimal("0.0001")
    volume: Decimal = Decimal("0.01")
    jump: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ExpectedService:
    """One service of the account: its tariffs in force on some day of the month, the norm, last month.

    `tariffs` may be empty where the service has none of ours (a service billed by its sum alone);
    `norm` is as the provider should send it, `norm_volume` what it makes for the whole household in the month, in the
    service's unit. `account_before` is the account last month's charge stood on, where it was another one. `billed_in`
    are the roubles accepted for earlier months, by month, where a recalculation is about them. `residents_before` is how
    many were registered by last month's charge, None where it did not tell. `is_metered` is the card's word.

    `kind` is the rules' word for the service, empty for what is not in the measure; `tariff` and `limit` are what its
    rule takes: our tariff of the month in roubles per unit, and the norm per person, per m² or the minimum contribution
    per m² in roubles, None where the directory does not cover the month.
    """

    service: str
    name: str
    tariffs: tuple[Decimal, ...] = ()
    norm: Decimal | None = None
    billed_before: Decimal | None = None
    norm_volume: Decimal | None = None
    is_metered: bool | None = None
    account_before: str = ""
    billed_in: Mapping[dt.date, Decimal] = field(default_factory=dict)
    residents_before: int | None = None
    kind: str = ""
    tariff: Decimal | None = None
    limit: Decimal | None = None

    def billed_for(self, month: dt.date) -> Decimal | None:
        """Return what was billed for a month; of one that is not known, what was billed last month."""
        return self.billed_in.get(month, self.billed_before)


@dataclass(frozen=True, slots=True)
class Bill:
    """What is billed for a service in a month: roubles, the volume, the tariff the provider names."""

    service: ExpectedService
    billed: Decimal
    quantity: Decimal | None = None
    tariff: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """The card's side of a row asked about: person, household, area, services of the account.

    `elsewhere` are the services of the dwelling that other providers supply, with the provider's name. `also` are
    other numbers under which the account is known for some time. `stock` is the card's code of the housing stock, empty
    where it does not tell it; `unlisted` are services that the card does not have on the account, by code; `zones` the
    zones of electricity that the file bills on it; `charged_on` the keys of the recipient and of the account.
    """

    account: str
    full_name: str
    birth_date: dt.date
    snils: str
    residents: int
    total_area: Decimal
    right_from: dt.date
    share: Share
    services: Mapping[str, ExpectedService]
    month: dt.date
    sum_includes_recalculation: bool
    tolerances: Tolerances = Tolerances()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    stock: str = ""
    unlisted: Mapping[str, ExpectedService] = field(default_factory=dict)
    zones: tuple[Bill, ...] = ()
    charged_on: tuple[int, int] = (0, 0)
