"""A long list as a document: what is to be printed, without a word about how."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Cell = str | Decimal
"""A text, or roubles and kopecks in a summed column."""


class Align(StrEnum):
    """Where a column's texts stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. `width` is a share: widths are scaled to fill the page.

    A summed column holds Decimal roubles: it is written with thousands parted, stands
    right, never wraps and carries page, running and group totals.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    summed: bool = False


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Rows under one heading with a subtotal; without a heading there is neither."""

    rows: Sequence[Sequence[Cell]]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A line for a signature: «Начальник отдела ______ И. И. Иванов»."""

    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListDocument:
    """A list on paper: a register's people, a statement's districts, a protocol's rows.

    `organization` stands above the title line by line, `subtitle` under it, then the
    paragraphs of `opening`; `closing` follows the totals (the sum in words, terms). With an
    `addressee` (to whom, where) it is a letter: who writes and its `number` stand in the
    corner, the title says what it is about. `counted` documents tell how many rows a sheet
    and the whole have. `rows_called` names what is counted in
    the genitive plural: «получателей». `file_sha256` is the hash of the data file this
    paper goes with. Every row has as many cells as there are columns.
    """

    title: str
    columns: Sequence[ListColumn]
    groups: Sequence[ListGroup]
    organization: Sequence[str] = ()
    subtitle: Sequence[str] = ()
    addressee: Sequence[str] = ()
    number: str = ""
    opening: Sequence[str] = ()
    closing: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    executor: str = ""
    file_sha256: str = ""
    rows_called: str = "записей"
    landscape: bool = False
    counted: bool = True


class RowDoesNotFit(ValueError):
    """A row's cells differ from the columns in number or kind, or it is higher than a page."""


def summed_places(document: ListDocument) -> list[int]:
    """Tell which columns carry totals, by place."""
    return [place for place, column in enumerate(document.columns) if column.summed]
