"""Who lived where and whom a right covered, in each stretch of a month.

Source: dossier 1.1 (`change_rule`), 1.2 (several periods in a month), 1.3 (the month of death), EX-5, EX-12.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from calculations.inputs.facts import Claim, DwellingRows, DwellingState, Home, Presence, Right
from calculations.inputs.parameters import DeathRule
from calculations.rules.terms import ChangeRule, spans
from offices.months import next_month


@dataclass(frozen=True, slots=True)
class HouseholdSpan:
    """Days of a month in which a right's household stayed the same.

    `entitled` are the covered persons registered in the dwelling, `residents` all who are; person ids, ascending.
    `family` is how many of them belong to the right where a region counts families, None for all of them.
    Without a supported dwelling, or without its facts, there is nothing to count.
    """

    days: int
    dwelling_id: int | None
    entitled: tuple[int, ...]
    residents: tuple[int, ...]
    state: DwellingState | None
    family: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """How changes inside a month and a death count."""

    month: dt.date
    change_rule: ChangeRule
    month_of_death: DeathRule


def days_of_right(right: Right, terms: Terms) -> tuple[dt.date, dt.date]:
    """Return the first day of the month that the right is paid for and the day after the last.

    A right alive at the death is paid up to the day of death or for the whole month of death, as the parameter
    says; otherwise `change_rule` decides: whole months by the first day, or the very days. Empty when the two are equal.
    """
    first, after = terms.month, next_month(terms.month)
    by_days = terms.change_rule is ChangeRule.DAILY
    ends = right.ends
    if right.died_on is not None and right.ends >= right.died_on:
        if terms.month_of_death is DeathRule.FULL:
            ends = next_month(right.died_on.replace(day=1))
        else:
            ends = right.died_on + dt.timedelta(days=1)
            if right.starts <= first < ends:
                return first, min(ends, after)
    begins, ends = max(right.starts, first), min(ends, after)
    if begins >= ends or (begins > first and not by_days):
        return first, first
    return (begins, ends) if by_days else (first, after)


def household_spans(
    right: Right, homes: Iterable[Home], dwellings: Mapping[int, DwellingRows], terms: Terms
) -> tuple[HouseholdSpan, ...]:
    """Split the days of a right in the month where its household changed; equal neighbors are one span.

    Under FIRST_OF_NEXT_MONTH the household of the first day holds for the month.
    """
    begins, ends = days_of_right(right, terms)
    if begins == ends:
        return ()
    homes = tuple(homes)
    if terms.change_rule is ChangeRule.FIRST_OF_NEXT_MONTH:
        return (_span(right, homes, dwellings, first_day=begins, days=(ends - begins).days),)
    changes = {begins, ends, *_changes(right, homes, dwellings)}
    return tuple(
        _joined(
            _span(right, homes, dwellings, first_day=span.first_day, days=span.days)
            for span in spans(terms.month, changed_on=changes, change_rule=ChangeRule.DAILY)
            if begins <= span.first_day < ends
        )
    )


def _span(
    right: Right, homes: Iterable[Home], dwellings: Mapping[int, DwellingRows], *, first_day: dt.date, days: int
) -> HouseholdSpan:
    home = next((home for home in homes if home.starts <= first_day < home.ends), None)
    if home is None:
        return HouseholdSpan(days=days, dwelling_id=None, entitled=(), residents=(), state=None)
    dwelling = dwellings[home.dwelling_id]
    residents = _present(dwelling.residents, first_day)
    covered = _present(right.covered, first_day) & residents
    claims = [claim for claim in dwelling.claims if _holds(claim.presence, first_day)]
    return HouseholdSpan(
        days=days,
        dwelling_id=dwelling.id,
        entitled=tuple(sorted(covered)),
        residents=tuple(sorted(residents)),
        state=next((state for state in dwelling.states if state.starts <= first_day < state.ends), None),
        family=_family(right, covered, residents, claims),
    )


def _family(right: Right, own: set[int], residents: set[int], claims: Iterable[Claim]) -> int | None:
    """Count the residents who belong to a right where families are counted; nobody belongs to two.

    Whom a right covers belongs to it, everybody else to the right of the dwelling that began first.

    Source: dossier 1.2, item 9 (nobody is counted twice).
    """
    others = [claim for claim in claims if claim.right_id != right.id and claim.presence.person_id in residents]
    if not others:
        return None
    theirs = {claim.presence.person_id for claim in others}
    is_first = (right.starts, right.id) < min((claim.since, claim.right_id) for claim in others)
    return len(own | (residents - theirs) if is_first else own)


def _holds(presence: Presence, day: dt.date) -> bool:
    return presence.starts <= day < presence.ends


def _present(people: Iterable[Presence], day: dt.date) -> set[int]:
    return {one.person_id for one in people if _holds(one, day)}


def _changes(right: Right, homes: Iterable[Home], dwellings: Mapping[int, DwellingRows]) -> Iterator[dt.date]:
    dated: list[Presence | Home | DwellingState] = [*right.covered, *homes]
    for home in homes:
        dwelling = dwellings[home.dwelling_id]
        dated += [*dwelling.residents, *dwelling.states, *(claim.presence for claim in dwelling.claims)]
    for row in dated:
        yield row.starts
        yield row.ends


def _joined(found: Iterable[HouseholdSpan]) -> Iterator[HouseholdSpan]:
    for same, group in groupby(found, key=_apart_from_days):
        dwelling_id, entitled, residents, state, family = same
        yield HouseholdSpan(
            days=sum(span.days for span in group),
            dwelling_id=dwelling_id,
            entitled=entitled,
            residents=residents,
            state=state,
            family=family,
        )


def _apart_from_days(
    span: HouseholdSpan,
) -> tuple[int | None, tuple[int, ...], tuple[int, ...], DwellingState | None, int | None]:
    return span.dwelling_id, span.entitled, span.residents, span.state, span.family
