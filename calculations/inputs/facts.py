"""What a run reads about a recipient: rights, homes, households, bills. Plain values, periods half-open."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from providers.in_force import Traits
from recipients.eligibility import Ending

WITHOUT_END: Final = dt.date.max


@dataclass(frozen=True, slots=True)
class Presence:
    """A person counted from `starts` until `ends`, which a death brings forward."""

    person_id: int
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True)
class Right:
    """A right with the persons it covers; `person_id` is its ground, `died_on` the death of that one or the recipient.

    `ends` is the first day without the right, `ending` what ends it: a decision, the certificate, or coming of age.
    """

    id: int
    recipient_id: int
    person_id: int
    holder: str
    category: str
    starts: dt.date
    ends: dt.date
    died_on: dt.date | None
    covered: tuple[Presence, ...]
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A person covered by some right, whoever's it is; `since` is the day the right began."""

    right_id: int
    since: dt.date
    presence: Presence


@dataclass(frozen=True, slots=True)
class Home:
    """The dwelling a recipient is supported for."""

    dwelling_id: int
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True)
class DwellingState:
    """What a dwelling is like; the area is in square meters."""

    starts: dt.date
    ends: dt.date
    stock: str
    total_area: Decimal
    traits: Traits


@dataclass(frozen=True, slots=True)
class DwellingRows:
    """A dwelling with its place, its states, the people registered in it and the rights that cover them."""

    id: int
    district_id: int
    settlement_id: int
    states: tuple[DwellingState, ...]
    residents: tuple[Presence, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a later charge told of a bill: a recalculation in signed roubles, with the charge's id, file and row."""

    charge_id: int
    roubles: Decimal
    origin: str


@dataclass(frozen=True, slots=True)
class Bill:
    """One accepted charge. `billed` is in roubles for the month, recalculations left out; `told` are those of it."""

    id: int
    recipient_id: int
    account_id: int
    dwelling_id: int
    provider_id: int
    service: str
    number: int
    billed: Decimal
    quantity: Decimal | None
    is_metered: bool | None
    tariff: Decimal | None
    origin: str
    told: tuple[Told, ...] = ()

    @property
    def recalculated(self) -> Decimal:
        """Sum what was told later, in signed roubles."""
        return sum((one.roubles for one in self.told), Decimal(0))

    @property
    def stands(self) -> Decimal:
        """Return what the month is billed by now, in roubles; a provider cannot bill less than nothing."""
        return max(self.billed + self.recalculated, Decimal(0))


@dataclass(frozen=True, slots=True)
class RecipientRows:
    """Everything of one recipient that a month is calculated from.

    `suspended` tells why the month's payment is suspended, empty where it is not.
    """

    id: int
    rights: tuple[Right, ...]
    homes: tuple[Home, ...]
    bills: tuple[Bill, ...]
    suspended: str = ""
