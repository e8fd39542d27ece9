"""A rule of one regime: what it covers, what it needs, how it finds the base."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from calculations.rules.faults import LineFault
from calculations.rules.inputs import Facts, Period
from calculations.rules.kinds import ServiceKind
from calculations.rules.money import Exact
from calculations.rules.parameters import Parameters
from calculations.rules.result import ReasonCode
from calculations.rules.trace import Trace

Denial = Callable[[Facts, Parameters], ReasonCode | None]
Needs = Callable[[int, Period], Iterator[LineFault]]
BaseOf = Callable[[Period, ServiceKind, Trace], Exact]


def denies_nobody(facts: Facts, parameters: Parameters) -> None:
    """Cover every holder in every stock."""


def needs_nothing(number: int, period: Period) -> Iterator[LineFault]:
    """Be content with what was billed."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A function of the law under a name and version that stored lines refer to.

    `base` takes a period, the kind of the line and a trace, and returns the exact part of
    the full month's bill that the discount is taken from, in roubles. `denial` says why the
    facts of a period give no right. `needs` takes a period with its number and finds what
    `base` cannot do without.
    A rule used in an approved run is never edited: a fix is a new version.
    """

    name: str
    version: int
    title: str
    source: str
    base: BaseOf
    denial: Denial = field(default=denies_nobody)
    needs: Needs = field(default=needs_nothing)
    cut: ReasonCode = ReasonCode.OVER_NORM
