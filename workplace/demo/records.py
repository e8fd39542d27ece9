"""What the invented population is made of. Periods are half-open; codes are those of the models.

People are referred to by `key`, a number unique in the region. A family is everything about
one dwelling: who is registered there, whose rights are counted for it, its accounts.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person; `sex` is "m" or "f"; the patronymic may be empty."""

    key: int
    last_name: str
    first_name: str
    middle_name: str
    sex: str
    birth_date: dt.date
    snils: str
    document_kind: str
    document_series: str
    document_number: str
    document_issued_on: dt.date
    document_issuer: str
    phone: str


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """An address by the codes of `places`; no two dwellings share one."""

    district_code: str
    settlement_code: str
    street_code: str
    house: str
    building: str
    flat: str
    room: str
    postal_index: str


@dataclass(frozen=True, slots=True)
class DemoConnectedService:
    """A service billed on an account, by meter or by norm."""

    service_code: str
    is_metered: bool
    meter: str


@dataclass(frozen=True, slots=True)
class DemoServiceAccount:
    """A provider's account for a dwelling; numbers are unique per provider and at most nine digits."""

    provider_code: str
    number: str
    services: tuple[DemoConnectedService, ...]


@dataclass(frozen=True, slots=True)
class DemoDwelling:
    """A dwelling and its facts.

    stock: state, municipal, private; kind: flat, room, house; stove: gas, electric, solid;
    amenities: full (central hot water), multipoint_heater, gas_heater, street_pump. Areas are in
    square meters. `tariff_variant` is the electricity tariff's: gas or electric (villages too).
    """

    number: int
    address: DemoAddress
    stock: str
    kind: str
    total_area: Decimal
    living_area: Decimal
    rooms: int
    stove: str
    has_central_heating: bool
    amenities: str
    electricity_zones: int
    tariff_variant: str
    accounts: tuple[DemoServiceAccount, ...]
    valid_from: dt.date


@dataclass(frozen=True, slots=True)
class DemoResident:
    """A person registered in the dwelling; basis: permanent, or temporary for a place of stay."""

    person: DemoPerson
    basis: str
    valid_from: dt.date
    permanent_address: DemoAddress | None
    """The place of residence of somebody who is here at a place of stay."""


@dataclass(frozen=True, slots=True)
class DemoCovered:
    """Somebody covered by a right and what relation that is, in Russian.

    Covered from the right's first day, or from the day of registration where that is later.
    """

    person_key: int
    relation: str


@dataclass(frozen=True, slots=True)
class DemoRepresentative:
    """Who acts for the disabled person: parent, adopter, guardian, trustee or proxy."""

    person: DemoPerson
    authority: str
    document: str
    issued_on: dt.date


@dataclass(frozen=True, slots=True)
class DemoChannel:
    """How the money is paid: bank, post or other. `payee_key` may be the representative."""

    kind: str
    payee_key: int
    bik: str
    account: str
    post_index: str
    other: str


@dataclass(frozen=True, slots=True)
class DemoEntitlement:
    """One right: an adult's own, or a family's by a disabled child.

    holder: adult, family; category: 1, 2, 3, child; way: in_person, post, mfc. The right begins
    on `valid_from`, the first of the month after `applied_on`. The recipient of a family's right
    is the parent or guardian. Certificates end before `certificate_valid_to`, None is for life.
    """

    number: int
    recipient_key: int
    disabled_key: int
    holder: str
    category: str
    covered: tuple[DemoCovered, ...]
    representative: DemoRepresentative | None
    certificate: str
    certificate_valid_to: dt.date | None
    way: str
    applied_on: dt.date
    valid_from: dt.date
    basis: str
    channel: DemoChannel


@dataclass(frozen=True, slots=True)
class DemoFamily:
    """A dwelling, who is registered in it, and the rights counted for it."""

    number: int
    dwelling: DemoDwelling
    residents: tuple[DemoResident, ...]
    entitlements: tuple[DemoEntitlement, ...]

    @property
    def district_code(self) -> str:
        return self.dwelling.address.district_code
