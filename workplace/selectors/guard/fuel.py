"""What a row of fuel does to applications, as its page shows it: sums by district, the applications themselves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.services.fuel_guard import FuelDifference, FuelEffect
from offices.frame import Frame
from workplace.selectors.rehearsals.result import Part

MOST_ROWS: Final = 200
ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class MovedApplication:
    """An application, in roubles a year; `after` is None where it cannot be counted by the row."""

    assignment_id: int
    number: str
    received_on: dt.date
    name: str
    case_number: str
    district: str
    before: Decimal
    after: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class FuelSeen:
    """What of an effect the visitor sees: the sums of all districts, the largest differences of the own people."""

    parts: tuple[Part, ...]
    rows: tuple[MovedApplication, ...]
    all_rows: int


def seen_by(frame: Frame, effect: FuelEffect) -> FuelSeen:
    """Arrange an effect for a page; a district sees its own people only."""
    own = [
        one for one in effect.differences if not frame.is_district or one.assignment.office_id == frame.staff.office_id
    ]
    largest = sorted(own, key=_size, reverse=True)[:MOST_ROWS]
    return FuelSeen(tuple(_parts(effect.differences)), tuple(map(_row, largest)), len(own))


def _parts(found: Sequence[FuelDifference]) -> list[Part]:
    by_office: dict[str, list[FuelDifference]] = defaultdict(list)
    for one in found:
        by_office[_district(one)].append(one)
    return [
        Part(
            name=name,
            before=sum((one.before for one in ones if one.after is not None), ZERO),
            after=sum((one.after for one in ones if one.after is not None), ZERO),
            impossible=sum((one.before for one in ones if one.after is None), ZERO),
            changed=sum(one.difference != 0 for one in ones),
            gaining=sum(one.difference is not None and one.difference > 0 for one in ones),
            losing=sum(one.difference is not None and one.difference < 0 for one in ones),
        )
        for name, ones in sorted(by_office.items())
    ]


def _row(one: FuelDifference) -> MovedApplication:
    of = one.assignment
    return MovedApplication(
        assignment_id=of.pk,
        number=of.application.number,
        received_on=of.application.received_on,
        name=of.recipient.person.full_name,
        case_number=of.recipient.case_number,
        district=_district(one),
        before=one.before,
        after=one.after,
        difference=one.difference,
    )


def _size(one: FuelDifference) -> Decimal:
    return one.before if one.difference is None else abs(one.difference)


def _district(one: FuelDifference) -> str:
    office = one.assignment.office
    return office.district.name if office.district else office.name
