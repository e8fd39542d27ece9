"""The pension fund's file of a month: the people it knows, some of them otherwise than we do (3.4)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records
from exchange.layouts.forms import Attribute
from exchange.layouts.names import file_name
from workplace.simulation.cells import Edit, edited, field_of, smudged
from workplace.simulation.manners import Kind, Manners, Planted, dice
from workplace.simulation.strangers import stranger

OTHER_GROUP = {"1": "2", "2": "1", "3": "2"}
CATEGORIES = {"1": "083", "2": "082", "3": "081", "child": "084"}
TERM = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class InsuredPerson:
    """A disabled person as the fund knows them; `certificate_to` is the last day of the certificate.

    `died_on` is the day the fund learnt of.
    """

    snils: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    sex: str
    group: str
    certificate_to: dt.date | None
    district: str
    died_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PensionFile:
    """The fund's file and what in it is not as we know it."""

    name: str
    content: bytes
    planted: tuple[Planted, ...]


Record = dict[str, Attribute]


def pension_file(people: Sequence[InsuredPerson], *, month: dt.date, seed: int, manners: Manners) -> PensionFile:
    """Write the fund's file of a month; the same dice give the same bytes."""
    layout = preset("pension")
    name = file_name(layout, month=month)
    throw = dice(seed, month, "pension fund")
    told = list(_told(people, name, month=month, throw=throw, manners=manners))
    records = [record for record, _ in told if record is not None]
    planted = [one for _, one in told if one is not None]
    unknown = [_unknown(throw, people[0].district, month) for one in people if throw.random() < manners.unknown_person]
    planted += [Planted(Kind.UNKNOWN_PERSON, "unknown", name, len(records) + place) for place in _from_one(unknown)]
    records += unknown
    faulty = [_unknown(throw, people[0].district, month) for one in people if throw.random() < manners.faulty_row]
    rows = [len(records) + place for place in _from_one(faulty)]
    planted += [Planted(Kind.FAULTY_ROW, "faulty", name, row) for row in rows]
    born = field_of(layout, "birth_date")
    assert born is not None, "the fund tells days of birth"
    content = build_records(layout, [*records, *faulty])
    spoiled = edited(content, layout, [Edit(row, born, smudged(born)) for row in rows])
    return PensionFile(name, spoiled, tuple(planted))


def _told(
    people: Iterable[InsuredPerson], name: str, *, month: dt.date, throw: Random, manners: Manners
) -> Iterator[tuple[Record | None, Planted | None]]:
    """Give a record of each person, None for somebody left out, with what is planted in it."""
    row = 0
    for person in people:
        chance = throw.random()
        if chance < manners.disappeared:
            yield None, Planted(Kind.DISAPPEARED, "disappeared", name, None, person.snils)
            continue
        row += 1
        record = _record(person, month)
        if person.died_on is not None:
            record["death_date"] = person.died_on
            yield record, Planted(Kind.DIED, "died", name, row, person.snils)
        elif chance < manners.disappeared + manners.group and person.group in OTHER_GROUP:
            record["disability_group"] = OTHER_GROUP[person.group]
            yield record, Planted(Kind.GROUP, "group", name, row, person.snils)
        elif chance < manners.disappeared + manners.group + manners.certificate:
            record["disability_to"] = month + TERM if person.certificate_to is None else person.certificate_to + TERM
            yield record, Planted(Kind.CERTIFICATE, "certificate", name, row, person.snils)
        else:
            yield record, None


def _record(person: InsuredPerson, month: dt.date) -> Record:
    return {
        "snils": person.snils,
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "disability_group": person.group,
        "disability_to": person.certificate_to,
        "category_code": CATEGORIES[person.group],
        "district_code": person.district,
        "removed_flag": False,
        "file_month": month,
    }


def _unknown(throw: Random, district: str, month: dt.date) -> Record:
    one = stranger(throw, services=())
    assert one.birth_date is not None
    return _record(
        InsuredPerson(
            snils=one.snils,
            last_name=one.last_name,
            first_name=one.first_name,
            middle_name=one.middle_name,
            birth_date=one.birth_date,
            sex="m",
            group="2",
            certificate_to=None,
            district=district,
        ),
        month,
    )


def _from_one(items: Sequence[Mapping[str, Attribute]]) -> range:
    return range(1, len(items) + 1)
