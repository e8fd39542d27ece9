"""What the fund's data say otherwise than our cards, as a list for the specialist; nothing is applied here (3.4)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from exchange.models import PensionDifference
from exchange.pension.matching import comparable
from exchange.pension.rows import PensionRow
from offices.dated import last_valid_day
from recipients.models import Category

Kind = PensionDifference.Kind
WITHOUT_END = "бессрочно"


@dataclass(frozen=True, slots=True)
class OurPerson:
    """A person of a right in force in the month.

    `category` is empty for a recipient who is not disabled: such a person need not be in the fund's file.
    `certificate_to` is the day after the certificate's last one, None is without end.
    """

    person_id: int
    recipient_id: int
    full_name: str
    birth_date: dt.date
    death_date: dt.date | None
    category: str
    certificate_to: dt.date | None

    @property
    def grounds_a_right(self) -> bool:
        return bool(self.category)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what our card says and what the fund says."""

    ours: OurPerson
    kind: Kind
    says_ours: str
    says_theirs: str


def differences(ours: OurPerson, row: PensionRow | None, *, month: dt.date) -> Iterator[Difference]:
    """Compare a person of ours with the fund's row about them; no row means that the file has none."""
    if ours.death_date is not None and ours.death_date < month:
        return
    if row is None or row.is_removed:
        if ours.grounds_a_right:
            yield Difference(ours, Kind.DISAPPEARED, "право действует", "исключён" if row else "нет в файле")
        return
    if row.death_date is not None and row.death_date != ours.death_date:
        yield Difference(ours, Kind.DIED, _day(ours.death_date), _day(row.death_date))
    if comparable(row.full_name) != comparable(ours.full_name):
        yield Difference(ours, Kind.NAME, ours.full_name, row.full_name)
    if row.birth_date != ours.birth_date:
        yield Difference(ours, Kind.BIRTH_DATE, _day(ours.birth_date), _day(row.birth_date))
    if ours.grounds_a_right:
        yield from _of_disability(ours, row)


def _of_disability(ours: OurPerson, row: PensionRow) -> Iterator[Difference]:
    if row.group != ours.category:
        theirs = str(Category(row.group).label) if row.group else "не указана"
        yield Difference(ours, Kind.GROUP, str(Category(ours.category).label), theirs)
    if row.group and row.certificate_to != ours.certificate_to:
        yield Difference(ours, Kind.CERTIFICATE, _until(ours.certificate_to), _until(row.certificate_to))


def _day(day: dt.date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _until(open_end: dt.date | None) -> str:
    return f"по {_day(last_valid_day(open_end))}" if open_end else WITHOUT_END
