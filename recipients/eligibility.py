"""The right to the measure as rules: from which month, until when, which coded ground stands against or suspends it.

Plain Python without a database and without a clock: dates and words in, dates and codes out. The codes are those of
the directory of grounds (`recipients.models.Ground`), where each has the article's text that is in force on a day.
Source: Regulation 369 of 30.10.2007, items 2.3-2.5, 2.7.3, 3.2.2, 3.16.1; Law 181-FZ, articles 1 and 17.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from offices.months import month_of, next_month

COMING_OF_AGE: Final = 18
MOST_MONTHS_OF_DEBT: Final = 36
_LEAP_DAY: Final = (2, 29)


class RefusalCode(StrEnum):
    """Grounds of refusal that follow from what an applicant is and hands in."""

    NO_CERTIFICATE = "О03"
    NO_RECEIPTS = "О04"
    NO_PLACE = "О05"
    NOT_A_RECIPIENT = "О06"
    NO_KINSHIP = "О07"


class TerminationCode(StrEnum):
    """Grounds on which a right ends (3.16.1)."""

    DEATH = "П01"
    DECLARED_DEAD = "П02"
    FAMILY_CHANGED = "П03"
    MOVED_OUT = "П04"
    FALSE_INFORMATION = "П05"


class SuspensionCode(StrEnum):
    """Grounds on which a payment is suspended because of a debt (Housing Code, article 160, item 3)."""

    COURT_ACT = "С01"
    NO_AGREEMENT = "С02"


class ArrearsRule(StrEnum):
    """What a debt for housing stops: nothing, payment without an agreement on it, or payment once a court confirmed it.

    Source: dossier 1.1 (`arrears_rule`); Housing Code, article 160, item 3.
    """

    NONE = "none"
    AGREEMENT = "agreement"
    COURT_ACT = "court_act"


class FirstMonth(StrEnum):
    """The first month paid for: that of the application or the one after it; a dated parameter."""

    SAME = "same"
    NEXT = "next"


class Ending(StrEnum):
    """Why a right does not last: what it stands on ends."""

    CERTIFICATE = "certificate"
    CAME_OF_AGE = "came_of_age"
    DEATH = "death"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an applicant is and hands in; `papers` are codes of `DocumentKind`.

    `is_known_to_fund` tells that the pension fund's data hold the disability, `is_first` that nothing was granted before.
    """

    is_disabled: bool
    is_registered: bool
    is_for_family: bool
    is_known_to_fund: bool
    is_first: bool
    papers: Collection[str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a right stands on. `certificate_valid_to` is the first day without the certificate, None for life.

    `ends_on` is the first day without the right by a decision, None where none was made.
    """

    is_child: bool
    born_on: dt.date
    certificate_valid_to: dt.date | None
    died_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Debt:
    """What is known on a day of a debt for housing. `court_act_months` is the length of a confirmed, unpaid debt.

    `is_told` says that a provider told a debt, `is_agreed` that an agreement on it is kept.
    """

    is_told: bool
    is_agreed: bool
    court_act_months: int | None


@dataclass(frozen=True, slots=True)
class RightEnd:
    """The first day without the right and what ends it."""

    day: dt.date
    why: Ending


def first_day_of_right(*, received_on: dt.date, first_month: FirstMonth) -> dt.date:
    """Return the first day of the first month paid for: by the Regulation the one after the application's.

    Source: Regulation 369 of 30.10.2007, items 2.4.1 and 2.7.3.
    """
    month = month_of(received_on)
    return next_month(month) if first_month is FirstMonth.NEXT else month


def refusals_of(claim: Claim) -> Iterator[RefusalCode]:
    """Give every ground against a claim, the weightiest first; none means the application is taken.

    Source: Regulation 369, items 2.3, 2.5.1 and 3.2.2, sub-item «а».
    """
    if not (claim.is_disabled and claim.is_registered):
        yield RefusalCode.NOT_A_RECIPIENT
    if not claim.is_known_to_fund and "certificate" not in claim.papers:
        yield RefusalCode.NO_CERTIFICATE
    if claim.is_first and "receipts" not in claim.papers:
        yield RefusalCode.NO_RECEIPTS
    if "residence" not in claim.papers:
        yield RefusalCode.NO_PLACE
    if claim.is_for_family and "family" not in claim.papers:
        yield RefusalCode.NO_KINSHIP


def suspension_of(debt: Debt, *, rule: ArrearsRule) -> SuspensionCode | None:
    """Return why a payment is suspended by the rule of its month, None where it goes on.

    Source: Housing Code, article 160, item 3: a debt of the last three years at most; dossier 1.2 («Debt > 0»).
    """
    if rule is ArrearsRule.COURT_ACT and debt.court_act_months is not None:
        return SuspensionCode.COURT_ACT if 1 <= debt.court_act_months <= MOST_MONTHS_OF_DEBT else None
    if rule is ArrearsRule.AGREEMENT and debt.is_told and not debt.is_agreed:
        return SuspensionCode.NO_AGREEMENT
    return None


def suspensions_under(rule: ArrearsRule) -> tuple[SuspensionCode, ...]:
    """Return the grounds on which the rule of a month lets a debt suspend a payment."""
    return {
        ArrearsRule.COURT_ACT: (SuspensionCode.COURT_ACT,),
        ArrearsRule.AGREEMENT: (SuspensionCode.NO_AGREEMENT,),
        ArrearsRule.NONE: (),
    }[rule]


def first_day_of_suspension(*, decided_on: dt.date) -> dt.date:
    """Return the first day of the month after the decision: the month of the decision is still paid."""
    return next_month(month_of(decided_on))


def is_child(*, born_on: dt.date, on: dt.date) -> bool:
    """Tell whether a person is under eighteen on a day. Source: Law 181-FZ, article 1."""
    return on < came_of_age_on(born_on)


def came_of_age_on(born_on: dt.date) -> dt.date:
    """Return the day of the eighteenth birthday; for the 29th of February the 1st of March in a common year."""
    year = born_on.year + COMING_OF_AGE
    if (born_on.month, born_on.day) == _LEAP_DAY and (year % 4 or (year % 100 == 0 and year % 400)):
        return dt.date(year, 3, 1)
    return born_on.replace(year=year)


def first_day_without(*, happened_on: dt.date, ends_next_day: bool) -> dt.date:
    """Return the first day without the right after an event: the next day, or the first of the next month.

    Source: Regulation 369, item 3.16.1; dossier 1.1 (`change_rule`) and 1.3 (the month of death).
    """
    return happened_on + dt.timedelta(days=1) if ends_next_day else next_month(month_of(happened_on))


def end_of_right(basis: Basis) -> RightEnd | None:
    """Return what ends a right first, None for a right without a term.

    A certificate and childhood give the month in which they end; a death the day after it; a decision its day.
    """
    return min(_endings(basis), key=lambda end: end.day, default=None)


def _endings(basis: Basis) -> Iterator[RightEnd]:
    if basis.ends_on is not None:
        yield RightEnd(basis.ends_on, Ending.DECISION)
    if basis.died_on is not None:
        yield RightEnd(first_day_without(happened_on=basis.died_on, ends_next_day=True), Ending.DEATH)
    if basis.certificate_valid_to is not None:
        yield RightEnd(first_day_after_month_of_last(basis.certificate_valid_to), Ending.CERTIFICATE)
    if basis.is_child:
        yield RightEnd(first_day_after_month_of_last(came_of_age_on(basis.born_on)), Ending.CAME_OF_AGE)


def first_day_after_month_of_last(first_day_after: dt.date) -> dt.date:
    """Return the first day without a right that stands for the month in which its ground ends.

    `first_day_after` is the first day without the ground: without the certificate, or no longer a child.
    """
    return first_day_without(happened_on=first_day_after - dt.timedelta(days=1), ends_next_day=False)
