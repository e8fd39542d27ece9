"""What a list of people says otherwise than our cards, as proposals to decide; nothing is applied here (3.4, 3.5)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from exchange.models import ExchangeFile, PensionDifference
from exchange.pension.addresses import is_same_address
from exchange.pension.matching import comparable
from exchange.pension.rows import PensionRow
from offices.dated import last_valid_day
from recipients.models import Category

Kind = PensionDifference.Kind
WITHOUT_END = "бессрочно"
NOT_KNOWN = "не указана"


class Telling(Enum):
    """What a list tells: the state of everyone, changes of some of them, or deaths and moves alone."""

    EVERYONE = "everyone"
    CHANGES = "changes"
    EVENTS = "events"


def telling_of(*, kind: str, origin: str) -> Telling:
    """Say what a file tells: only the fund's own file of a month is a list of everyone."""
    if kind != ExchangeFile.Kind.PENSION:
        return Telling.EVENTS
    return Telling.EVERYONE if origin == ExchangeFile.Origin.FILE else Telling.CHANGES


@dataclass(frozen=True, slots=True)
class OurPerson:
    """A person of a right in force in the month.

    `category` is empty for a recipient who is not disabled: such a person need not be in the fund's file.
    `certificate_to` is the day after the certificate's last one, None is without end. `address` is the dwelling the
    equivalent is counted for.
    """

    person_id: int
    recipient_id: int
    office_id: int
    full_name: str
    birth_date: dt.date
    death_date: dt.date | None
    pension_case: str
    address: str
    category: str
    certificate_to: dt.date | None

    @property
    def grounds_a_right(self) -> bool:
        return bool(self.category)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what our card says and what the list says."""

    ours: OurPerson
    kind: Kind
    says_ours: str
    says_theirs: str


def differences(
    ours: OurPerson, row: PensionRow | None, *, month: dt.date, telling: Telling = Telling.EVERYONE
) -> Iterator[Difference]:
    """Compare a person of ours with the list's row about them; no row means that the list has none."""
    if ours.death_date is not None and ours.death_date < month:
        return
    if row is None:
        if ours.grounds_a_right and telling is Telling.EVERYONE:
            yield Difference(ours, Kind.DISAPPEARED, "право действует", "нет в файле")
        return
    if row.is_removed:
        if ours.grounds_a_right:
            yield Difference(ours, Kind.DISAPPEARED, "право действует", "исключён")
        return
    if row.death_date is not None and row.death_date != ours.death_date:
        yield Difference(ours, Kind.DIED, _day(ours.death_date), _day(row.death_date))
    if row.moved_on is not None and ours.death_date is None:
        yield Difference(ours, Kind.MOVED, ours.address, f"с {_day(row.moved_on)} {row.moved_to}".strip())
    if telling is Telling.EVERYONE:
        yield from _of_card(ours, row)
    if ours.grounds_a_right and telling is not Telling.EVENTS:
        yield from _of_disability(ours, row, month=month, is_whole=telling is Telling.EVERYONE)


def _of_card(ours: OurPerson, row: PensionRow) -> Iterator[Difference]:
    if comparable(row.full_name) != comparable(ours.full_name):
        yield Difference(ours, Kind.NAME, ours.full_name, row.full_name)
    if row.birth_date != ours.birth_date:
        yield Difference(ours, Kind.BIRTH_DATE, _day(ours.birth_date), _day(row.birth_date))
    if row.addresses and ours.address and not any(is_same_address(ours.address, one) for one in row.addresses):
        yield Difference(ours, Kind.ADDRESS, ours.address, row.addresses[0])
    if row.pension_case and row.pension_case != ours.pension_case:
        yield Difference(ours, Kind.CASE, ours.pension_case, row.pension_case)


def _of_disability(ours: OurPerson, row: PensionRow, *, month: dt.date, is_whole: bool) -> Iterator[Difference]:
    own = str(Category(ours.category).label)
    if not row.group:
        if is_whole:
            yield Difference(ours, Kind.ENDED, own, NOT_KNOWN)
        elif row.certificate_to is not None and row.certificate_to != ours.certificate_to:
            yield Difference(ours, Kind.CERTIFICATE, _until(ours.certificate_to), _until(row.certificate_to))
        return
    is_other_term = row.certificate_to != ours.certificate_to and (is_whole or row.certificate_to is not None)
    if is_other_term and row.certificate_to is not None and row.certificate_to <= month:
        yield Difference(ours, Kind.ENDED, f"{own}, {_until(ours.certificate_to)}", _until(row.certificate_to))
        return
    if row.group != ours.category:
        yield Difference(ours, Kind.GROUP, own, str(Category(row.group).label))
    if is_other_term:
        yield Difference(ours, Kind.CERTIFICATE, _until(ours.certificate_to), _until(row.certificate_to))


def _day(day: dt.date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _until(open_end: dt.date | None) -> str:
    return f"по {_day(last_valid_day(open_end))}" if open_end else WITHOUT_END
