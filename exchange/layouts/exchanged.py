"""What crosses the border of a file: persons asked about, rows and lines that came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from exchange.dbf.cells import Value


@dataclass(frozen=True, slots=True)
class RequestedPerson:
    """A person a provider is asked about, with the services of the account.

    `snils` is eleven digits or empty. `right_from` and `right_to` are the first and the last day of the right;
    no last day means without end. `address_code` is composed by `compose_address_code`.
    """

    request_id: str
    last_name: str
    first_name: str
    middle_name: str = ""
    birth_date: dt.date | None = None
    snils: str = ""
    settlement: str = ""
    street: str = ""
    house: str = ""
    building: str = ""
    flat: str = ""
    room: str = ""
    rooms: int | None = None
    account: str = ""
    total_area: Decimal | None = None
    heated_area: Decimal | None = None
    residents: int | None = None
    address_code: str = ""
    right_from: dt.date | None = None
    right_to: dt.date | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltRow:
    """A physical row of a request file: who is asked about and which services."""

    row_no: int
    request_id: str
    account: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuiltRequest:
    """A request file and what each of its rows asks."""

    content: bytes
    rows: tuple[BuiltRow, ...]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A cell of a row that is not what the layout promises. `field` is empty when the whole row is meant.

    `position` is that of the line the cell belongs to, 0 for a cell of the row.
    """

    field: str
    code: str
    text: str
    raw: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What a provider billed for one service; None is a blank cell, never a zero.

    `service` is our code, empty when the provider's (`service_name`) is unknown to the layout. `billed` is in
    roubles without `adjustment`; where the layout has no column of its own for it, it may hold a recalculation that
    nothing tells apart. `undersupply` is the part of the service that
    was not supplied, 0 to 1. `debt` is positive when the person owes. `residents` is how many are registered where
    a file tells it with every service.
    """

    service: str
    position: int = 0
    service_name: str = ""
    provider_name: str = ""
    account: str = ""
    tariff: Decimal | None = None
    billed: Decimal | None = None
    adjustment: Decimal | None = None
    adjustment_month: dt.date | None = None
    quantity: Decimal | None = None
    norm: Decimal | None = None
    metered: bool | None = None
    debt: Decimal | None = None
    debt_months: int | None = None
    debt_status: str = ""
    agreed_debt: Decimal | None = None
    in_debt: bool | None = None
    undersupply: Decimal | None = None
    paid: Decimal | None = None
    benefit: Decimal | None = None
    residents: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A physical row that came back: the keys to match it by, what was said of the dwelling, the lines.

    `month` is the billed month where the file tells it. `cells` are the values as received, in the order of
    the table's columns.
    """

    row_no: int
    request_id: str = ""
    account: str = ""
    snils: str = ""
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    birth_date: dt.date | None = None
    settlement: str = ""
    street: str = ""
    house: str = ""
    building: str = ""
    flat: str = ""
    room: str = ""
    address_code: str = ""
    month: dt.date | None = None
    residents: int | None = None
    living: int | None = None
    total_area: Decimal | None = None
    heated_area: Decimal | None = None
    matched: bool | None = None
    account_changed: bool | None = None
    no_consumption: bool | None = None
    housing_stock: str = ""
    is_privatised: bool | None = None
    lines: tuple[ParsedLine, ...] = ()
    faults: tuple[RowFault, ...] = ()
    cells: tuple[Value, ...] = ()

    @property
    def address(self) -> str:
        """The address as text, empty parts left out."""
        parts = (
            (self.settlement, ""),
            (self.street, ""),
            (self.house, "д. "),
            (self.building, "корп. "),
            (self.flat, "кв. "),
            (self.room, "ком. "),
        )
        return ", ".join(f"{mark}{part}" for part, mark in parts if part)


@dataclass(frozen=True, slots=True)
class ReturnedAnswer:
    """What a provider puts into one row. `account` replaces the account that was asked about."""

    residents: int | None = None
    living: int | None = None
    total_area: Decimal | None = None
    matched: bool = True
    account: str = ""
    lines: tuple[ParsedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a filled file: a row of the request by its number, or a person who was not asked about."""

    answer: ReturnedAnswer | None
    row_no: int | None = None
    person: RequestedPerson | None = None


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A row of a flat file: its values by role. A faulty or absent cell is None, text is never None."""

    row_no: int
    values: Mapping[str, Value | int]
    faults: tuple[RowFault, ...] = ()


class AddressDoesNotFit(ValueError):
    """A part of an address is longer than the address code has room for."""


ADDRESS_CODE_PARTS = (
    ("district", 3),
    ("settlement", 5),
    ("street", 5),
    ("house", 4),
    ("building", 3),
    ("flat", 3),
    ("room", 3),
    ("extra", 4),
    ("account_unit", 2),
)


def compose_address_code(
    *,
    district: str,
    settlement: str,
    street: str,
    house: str,
    building: str = "",
    flat: str = "",
    room: str = "",
) -> str:
    """Return the 32 characters of an address code: codes first, then house, building, flat and room as text.

    Source: the exchange files of capital-repair operators (layout L3); the last six characters are the registry's own and stay blank.
    Raises AddressDoesNotFit.
    """
    given = {
        "district": district,
        "settlement": settlement,
        "street": street,
        "house": house,
        "building": building,
        "flat": flat,
        "room": room,
    }
    code = ""
    for part, width in ADDRESS_CODE_PARTS:
        text = given.get(part, "")
        if len(text) > width:
            raise AddressDoesNotFit(f"«{text}» длиннее {width} знаков, отведённых в коде адреса.")
        code += text.ljust(width)
    return code
