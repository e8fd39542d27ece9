"""The parts of a waterfall as bars floating over one scale, for a drawing 100 units wide."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workplace.selectors.runs.waterfall import Part, Waterfall

WIDTH: Final = 100
THINNEST: Final = Decimal("0.8")
PLACES: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bar:
    """A part with the left end and the width of its bar, in units of the drawing."""

    part: Part
    x: str
    width: str

    @property
    def is_growth(self) -> bool:
        return self.part.difference > 0


def bars(fall: Waterfall, /) -> list[Bar]:
    """Return the bar of each part; the scale spans the totals only, so small differences are seen."""
    totals = [fall.before, *(part.total for part in fall.parts)]
    low, high = min(totals), max(totals)
    span = high - low or Decimal(1)
    return [_bar(start, part, low, span) for start, part in zip(totals, fall.parts, strict=False)]


def _bar(start: Decimal, part: Part, low: Decimal, span: Decimal) -> Bar:
    left = (min(start, part.total) - low) * WIDTH / span
    width = max(abs(part.difference) * WIDTH / span, THINNEST)
    return Bar(part, f"{min(left, WIDTH - width).quantize(PLACES)}", f"{width.quantize(PLACES)}")
