"""How a row is spoiled: one fault at most, drawn by its rate, of those its layout and its lines have room for."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exchange.layouts.exchanged import ParsedLine
from workplace.simulation.drafts import Carried, Draft
from workplace.simulation.manners import Kind


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A draft with a fault in it; `service` names the line, empty for the whole row."""

    draft: Draft
    kind: Kind
    code: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What a fault may look at: the dice, the month billed, what the layout carries, since when the right runs."""

    throw: random.Random
    month: dt.date
    carried: Carried


Fault = Callable[[Draft, Around], Spoiled | None]


def by_chance(draft: Draft, around: Around, rated: Sequence[tuple[float, Fault]]) -> Spoiled | None:
    """Throw once and plant the fault it falls on; None leaves the row right."""
    throw = around.throw.random()
    for rate, fault in rated:
        if throw < rate:
            return fault(draft, around)
        throw -= rate
    return None


def chosen(draft: Draft, around: Around, fits: Callable[[ParsedLine], bool] = bool) -> ParsedLine | None:
    """Choose a billed line that fits; None where there is none."""
    billed = [line for line in draft.answer.lines if line.billed and fits(line)]
    return around.throw.choice(billed) if billed else None
