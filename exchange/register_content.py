"""What a register row holds by value: the recipient, the right, the dwelling and its accounts as of the freezing.

`RegisterRow.content` is `as_json()` of it and nothing else; request files, checks and the audit read it back by
`from_json`, so what was sent does not change when a card does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from exchange.layouts.exchanged import AddressDoesNotFit, compose_address_code
from exchange.layouts.forms import Attribute


@dataclass(frozen=True, slots=True)
class RegisteredAccount:
    """A provider's account of the dwelling and the codes of the supported services billed on it."""

    account_id: int
    provider_id: int
    number: str
    services: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return {
            "account_id": self.account_id,
            "provider_id": self.provider_id,
            "number": self.number,
            "services": list(self.services),
        }


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A recipient in a register.

    Names, СНИЛС (eleven digits or empty) and birth date are the recipient's; `disabled_name` and `category` say on
    whose ground the right stands. The right is half-open: `right_to` is the day after its last one. Areas are in m²;
    `residents` are the persons registered on the last day of the month on which the right is in force.
    """

    case_number: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    snils: str
    disabled_name: str
    disabled_snils: str
    category: str
    right_from: dt.date
    right_to: dt.date | None
    district: str
    settlement_code: str
    settlement: str
    street_code: str
    street: str
    house: str
    building: str
    flat: str
    room: str
    postal_index: str
    total_area: Decimal
    heated_area: Decimal | None
    rooms: int
    residents: int
    accounts: tuple[RegisteredAccount, ...]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the right, inclusive; None is without end."""
        return None if self.right_to is None else self.right_to - dt.timedelta(days=1)

    @property
    def address_code(self) -> str:
        """The address as 32 characters, for layouts that ask for it; empty when it does not fit them."""
        try:
            return compose_address_code(
                district=self.district[-3:],
                settlement=self.settlement_code,
                street=self.street_code,
                house=self.house,
                building=self.building,
                flat=self.flat,
                room=self.room,
            )
        except AddressDoesNotFit:
            return ""

    def as_record(self, *, number: int, district: str, month: dt.date) -> Mapping[str, Attribute]:
        """Return the row of the register's file by the roles of its layout; `district` is its number in files."""
        return {
            "row_number": number,
            "district_code": district,
            "month": month,
            "case_number": self.case_number,
            "snils": self.snils,
            "last_name": self.last_name,
            "first_name": self.first_name,
            "middle_name": self.middle_name,
            "birth_date": self.birth_date,
            "disability_group": self.category,
            "right_from": self.right_from,
            "right_to": self.last_day,
            "postal_index": self.postal_index,
            "settlement": self.settlement,
            "street": self.street,
            "house": self.house,
            "building": self.building,
            "flat": self.flat,
            "room": self.room,
            "total_area": self.total_area,
            "residents": self.residents,
        }

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold: days by ISO 8601, areas as exact decimal strings."""
        content = {name: _plain(getattr(self, name)) for name in _NAMES}
        return content | {"accounts": [one.as_json() for one in self.accounts]}


_NAMES = tuple(field.name for field in fields(RegisteredPerson))


def from_json(content: Mapping[str, Any]) -> RegisteredPerson:
    """Return the person a register row's content was made of."""
    given = {name: content[name] for name in _NAMES}
    return RegisteredPerson(
        **given
        | {
            "birth_date": dt.date.fromisoformat(given["birth_date"]),
            "right_from": dt.date.fromisoformat(given["right_from"]),
            "right_to": dt.date.fromisoformat(given["right_to"]) if given["right_to"] else None,
            "total_area": Decimal(given["total_area"]),
            "heated_area": Decimal(given["heated_area"]) if given["heated_area"] is not None else None,
            "accounts": tuple(
                RegisteredAccount(
                    account_id=one["account_id"],
                    provider_id=one["provider_id"],
                    number=one["number"],
                    services=tuple(one["services"]),
                )
                for one in given["accounts"]
            ),
        }
    )


def district_number(code: str) -> str:
    """Return the two digits that name a district in files and file names: the last of its ОКАТО code."""
    return code[-2:]


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
