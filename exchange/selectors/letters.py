"""The covering letter's totals against the file itself (3.9): rows and roubles must hold before loading."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from exchange.models import ExchangeFile
from offices.models import Staff
from offices.money import format_number


@dataclass(frozen=True, slots=True)
class Letter:
    """What a covering letter tells of a file, and what the file holds; None is what the letter does not tell.

    Roubles are as sent, with more than kopecks where the file has them.
    """

    rows: int | None
    roubles: Decimal | None
    rows_in_file: int
    roubles_in_file: Decimal
    at: dt.datetime | None = None
    by: Staff | None = None

    @property
    def is_given(self) -> bool:
        return self.rows is not None or self.roubles is not None

    @property
    def rows_differ(self) -> bool:
        return self.rows is not None and self.rows != self.rows_in_file

    @property
    def roubles_differ(self) -> bool:
        return self.roubles is not None and self.roubles != self.roubles_in_file

    @property
    def agrees(self) -> bool:
        return not self.rows_differ and not self.roubles_differ

    @property
    def code(self) -> str:
        """The code of the first total that differs, empty when none does."""
        return "control_rows" if self.rows_differ else "control_roubles" if self.roubles_differ else ""

    @property
    def sentence(self) -> str:
        """Say which total differs, empty when none does."""
        if self.rows_differ:
            return f"В файле строк: {self.rows_in_file}, а в сопроводительном письме указано {self.rows}."
        if self.roubles is not None and self.roubles_differ:
            return (
                f"Начислено в файле {exact_roubles(self.roubles_in_file)} руб., "
                f"а в сопроводительном письме указано {exact_roubles(self.roubles)} руб."
            )
        return ""


def letter_to(file: ExchangeFile, /) -> Letter:
    """Return what the letter to an accepted file tells; `control_by` is read with the file."""
    return Letter(
        rows=file.control_rows,
        roubles=file.control_roubles,
        rows_in_file=file.rows,
        roubles_in_file=file.billed or Decimal("0.00"),
        at=file.control_at,
        by=file.control_by,
    )


def exact_roubles(roubles: Decimal, /) -> str:
    """Write roubles with every digit they were sent with, two at least."""
    places = roubles.normalize().as_tuple().exponent
    return format_number(roubles, places=max(2, -places if isinstance(places, int) else 0))
