"""A provider on the monitor: the marks of its months and what stands beside them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exchange.selectors.monitor_facts import Agreed, Arrears, BilledMonth, Covered, People, Reminded, Repeated
from offices.months import month_name


class Mark(StrEnum):
    """How a provider answered a month's requests, from nothing asked to nothing come."""

    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    LATE = "late"
    CAME_LATER = "came_later"
    WAITING = "waiting"
    FAULTY = "faulty"
    SILENT = "silent"


WORDS = {
    Mark.NOT_ASKED: "не запрашивали",
    Mark.IN_TIME: "в срок",
    Mark.LATE: "с опозданием",
    Mark.CAME_LATER: "ответ пришёл позже",
    Mark.WAITING: "ждём, срок не прошёл",
    Mark.FAULTY: "с ошибкой, не принят",
    Mark.SILENT: "не сдал",
}
LETTERS = {
    Mark.NOT_ASKED: "·",
    Mark.IN_TIME: "С",
    Mark.LATE: "О",
    Mark.CAME_LATER: "П",
    Mark.WAITING: "…",
    Mark.FAULTY: "Ш",
    Mark.SILENT: "Н",
}
WORST_FIRST = (Mark.SILENT, Mark.FAULTY, Mark.WAITING, Mark.CAME_LATER, Mark.LATE, Mark.IN_TIME)
ANSWERED = frozenset({Mark.IN_TIME, Mark.LATE, Mark.CAME_LATER})
"""Nothing is waited for any more."""


@dataclass(frozen=True, slots=True)
class MonthMark:
    """A provider's month over the districts asked for: the worst of their marks, and how many of them it answered."""

    month: dt.date
    mark: Mark
    asked: int = 0
    taken: int = 0

    @property
    def letter(self) -> str:
        return LETTERS[self.mark]

    @property
    def words(self) -> str:
        counted = f", {self.taken} из {self.asked}" if self.asked > 1 else ""
        return f"{month_name(self.month)}: {WORDS[self.mark]}{counted}"


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider on the monitor; `due_on` is the first term of a file that did not come, by the schedule.

    `bills` tells whether dwellings shown have open accounts at it.
    """

    pk: int
    name: str
    code: str
    is_able: bool
    inability_reason: str
    ability_since: dt.date | None
    bills: bool
    email: str
    strip: tuple[MonthMark, ...]
    due_on: dt.date | None
    agreed: Agreed
    people: People
    last: BilledMonth | None
    repeated: Repeated
    reminded: Reminded | None
    is_one_file: bool = False
    """It answers all districts in one file."""

    @property
    def now(self) -> MonthMark:
        """Return the mark of the month shown."""
        return self.strip[-1]

    @property
    def trouble(self) -> int:
        """Order by how bad the month is: 0 is the worst."""
        return WORST_FIRST.index(self.now.mark) if self.now.mark in WORST_FIRST else len(WORST_FIRST)

    @property
    def is_missing(self) -> bool:
        return self.now.mark in {Mark.SILENT, Mark.FAULTY, Mark.WAITING}

    @property
    def silent(self) -> int:
        """Count the months in a row, up to the last whose term has passed, in which nothing at all came."""
        marks = [one.mark for one in reversed(self.strip) if one.mark not in {Mark.NOT_ASKED, Mark.WAITING}]
        return next((place for place, mark in enumerate(marks) if mark is not Mark.SILENT), len(marks))

    @property
    def is_offender(self) -> bool:
        """Say whether something repeats: a code, a refused file, or two months of silence."""
        return bool(self.repeated.codes) or self.repeated.refused > 1 or self.silent > 1

    @property
    def arrears(self) -> Arrears:
        return self.last.arrears if self.last else Arrears.UNKNOWN

    @property
    def is_in_target(self) -> bool:
        """Say whether the 100 % are counted over it: able, and asked or billing our dwellings without an agreement."""
        unasked = self.bills and self.agreed.state is Covered.NO
        return self.is_able and (self.now.mark is not Mark.NOT_ASKED or unasked)

    @property
    def covered(self) -> Covered:
        return self.agreed.state

    @property
    def recipients(self) -> int:
        return self.people.asked

    @property
    def billed(self) -> Decimal | None:
        """Return the roubles billed for the last of two months."""
        return self.last.billed if self.last else None


@dataclass(frozen=True, slots=True)
class Headline:
    """The target over the providers with the technical means: how many, and how many answered everything.

    `agreed`, `ending` and `missing` count agreements of all providers shown, `with_arrears` those whose last charges
    came with the arrears, of `billing` that billed.
    """

    asked: int
    answered: int
    unable: int
    agreed: int
    ending: int
    missing: int
    billing: int
    with_arrears: int
    offenders: int

    @property
    def share(self) -> Decimal | None:
        """Return the per cent that answered, to one place, rounded down so that 100 means all."""
        return Decimal(self.answered * 1000 // self.asked) / 10 if self.asked else None


def headline_of(rows: Sequence[ProviderRow], /) -> Headline:
    """Count who answered among those that can, and what else the region is asked about."""
    target = [row for row in rows if row.is_in_target]
    billing = [row for row in rows if row.last]
    return Headline(
        asked=len(target),
        answered=sum(row.now.mark in {Mark.IN_TIME, Mark.LATE} for row in target),
        unable=sum(not row.is_able for row in rows),
        agreed=sum(row.agreed.state is Covered.YES for row in rows),
        ending=sum(row.agreed.state is Covered.ENDING for row in rows),
        missing=sum(row.agreed.state is Covered.NO for row in rows),
        billing=len(billing),
        with_arrears=sum(row.arrears is Arrears.SENT for row in billing),
        offenders=sum(row.is_offender for row in rows),
    )
