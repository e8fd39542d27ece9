"""What a file layout is: data about a file, never code about a provider.

A layout has columns of the row (who is asked about) and columns of groups (one service each). A wide layout
repeats a group per service slot, a repeated one has as many groups as there are services, each telling its own,
a long one has a single group whose service stands in a column, a single one has a group of one fixed service, a
flat one has no groups at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exchange.dbf.header import Field
from exchange.dbf.writing import Version


class Kind(StrEnum):
    """How the services of a person stand in the file."""

    WIDE = "wide"
    REPEATED = "repeated"
    LONG = "long"
    SINGLE = "single"
    FLAT = "flat"


class Container(StrEnum):
    """What the table is written in."""

    DBF = "dbf"
    CSV = "csv"
    FIXED = "fixed"
    XLSX = "xlsx"


class DbaseVersion(StrEnum):
    """Which tables of DBF are written; every kind is read."""

    DBASE3 = "dbase3"
    FOXPRO = "foxpro"


class Reply(StrEnum):
    """What goes back when a file was received."""

    NONE = "none"
    SAME_FILE = "same_file"
    TEXT = "text"


class FilledBy(StrEnum):
    """Who puts values into a column: social protection, the provider, or the provider where we left a blank."""

    SZ = "sz"
    PROVIDER = "provider"
    BOTH = "both"


class Direction(StrEnum):
    """Which way the file goes, seen from us."""

    BOTH = "request_and_return"
    IN = "in"
    OUT = "out"


class MatchKey(StrEnum):
    """By what a returned row finds the row we sent."""

    REQUEST_ID = "request_id"
    ACCOUNT = "account"
    SNILS = "snils"
    NAME = "name_and_birth_date"
    ADDRESS_CODE = "address_code_and_name"


@dataclass(frozen=True, slots=True)
class LayoutField:
    """One column. `role` names what it means; `form` how the value is written in the cell.

    `part` cuts the value of the role: its characters from the first to before the second. `blank` tells whether
    the cell may be empty, `required` whether the column may be absent. `group` is 0 for a column of the row.
    """

    name: str
    type: str
    length: int
    decimals: int
    filled_by: FilledBy
    role: str
    form: str
    values: str
    part: tuple[int, int] | None
    required: bool
    blank: bool
    default: str
    group: int

    @property
    def subject(self) -> str:
        """The first word of the role: person, row, line, file, or the whole role in a flat layout."""
        return self.role.partition(".")[0]

    @property
    def attribute(self) -> str:
        """The attribute of the subject; the role itself in a flat layout."""
        return self.role.partition(".")[2] or self.role

    @property
    def column(self) -> Field:
        return Field(self.name, self.type, self.length, self.decimals)


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one service. `service` is our code, empty when the file tells it in a column.

    Where another group of the row carries `paired_with`, this one means `paired_service`: water billed beside
    its heating is a part of hot water, not hot water.
    """

    number: int
    service: str
    title: str
    paired_with: str
    paired_service: str


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Differences that are not discrepancies.

    Roubles of a line, square metres of a dwelling, roubles of a tariff, units of a norm, the fraction by which a
    charge may differ from last month's.
    """

    roubles: Decimal = Decimal("0.02")
    area: Decimal = Decimal("0.00")
    tariff: Decimal = Decimal("0.001")
    norm: Decimal = Decimal("0.0001")
    jump: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a table that is not a DBF is written.

    An empty `delimiter` is found out from the file; an empty `quote` means that cells are never quoted.
    `header_row` is the row that names the columns, counted from 1, and 0 where none does: columns stand in the
    layout's order then. `sheet` names a sheet of a workbook, else it is the first one.
    """

    delimiter: str = ""
    quote: str = '"'
    header_row: int = 1
    decimal_mark: str = "."
    date_mask: str = "DD.MM.YYYY"
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond what a file is refused: bytes of the file, rows, columns. A wide answer about 70,000 people fits."""

    bytes: int = 384 * 1024 * 1024
    rows: int = 1_000_000
    columns: int = 512


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What goes back to whoever sent a file: its own rows, or a text of this template under a name of this mask."""

    reply: Reply = Reply.NONE
    name_mask: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A version of a file layout.

    `completed_by_us` lists the columns that the published source does not hold. `debt_sign` is 1 where a positive
    debt is owed by the person. `services` turns the provider's codes into ours, `service_names` its names; without
    both codes are ours. `repeated` are the columns of a group, {n} in their names, where the file tells how many
    groups there are; `groups` is empty then.
    """

    code: str
    version: int
    name: str
    source: str
    partial: bool
    completed_by_us: tuple[str, ...]
    direction: Direction
    kind: Kind
    container: Container
    encoding: str
    dbase: Version
    writing: Writing
    name_mask: str
    fields: tuple[LayoutField, ...]
    groups: tuple[Group, ...]
    values: Mapping[str, Mapping[str, str | bool]]
    repeated: tuple[LayoutField, ...]
    services: Mapping[str, str]
    service_names: Mapping[str, str]
    substitutions: Mapping[str, str]
    matching: tuple[MatchKey, ...]
    debt_sign: int
    sum_includes_adjustment: bool
    tolerances: Tolerances
    limits: Limits
    acknowledgement: Acknowledgement

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns as the codec writes them."""
        return tuple(field.column for field in self.fields)

    @property
    def record_length(self) -> int:
        """Bytes of one record with its mark of deletion."""
        return 1 + sum(field.length for field in self.fields)

    def carries(self, service: str) -> bool:
        """Tell whether a line of this service has a place in the file."""
        if self.kind in (Kind.LONG, Kind.REPEATED):
            known = {*self.services.values(), *self.service_names.values()}
            return not known or service in known
        return any(service in (group.service, group.paired_service) for group in self.groups)
