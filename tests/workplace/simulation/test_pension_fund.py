import datetime as dt

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.flat import parse_records
from exchange.layouts.recognition import open_table
from recipients.snils import control_number
from workplace.simulation.manners import GOOD, Kind, Manners
from workplace.simulation.pension import InsuredPerson, PensionFile, pension_file

MONTH = dt.date(2026, 10, 1)
WILD = Manners(disappeared=0.1, group=0.15, certificate=0.15, unknown_person=0.1, faulty_row=0.1)


def people(count: int = 80) -> list[InsuredPerson]:
    return [
        InsuredPerson(
            snils=f"99{number:07d}" + control_number(f"99{number:07d}"),
            last_name="Петрова",
            first_name="Анна",
            middle_name="",
            birth_date=dt.date(1950, 1, 1) + dt.timedelta(days=number),
            sex="f",
            group="child" if number % 10 == 0 else str(1 + number % 3),
            certificate_to=None if number % 2 else dt.date(2027, 5, 31),
            district="05",
            died_on=dt.date(2026, 10, 4) if number == 7 else None,
        )
        for number in range(count)
    ]


def records(file: PensionFile) -> dict[int, dict[str, object]]:
    layout = preset("pension")
    rows = parse_records(layout, open_table(layout, file.content))
    return {row.row_no: {**row.values, "faults": row.faults} for row in rows}


def test_writes_the_same_bytes_again() -> None:
    first = pension_file(people(), month=MONTH, seed=7, manners=WILD)
    assert first == pension_file(people(), month=MONTH, seed=7, manners=WILD)
    assert first.name == "PFR_202610.dbf"


def test_tells_everybody_as_we_know_them_when_well_mannered() -> None:
    living = [person for person in people() if person.died_on is None]
    file = pension_file(living, month=MONTH, seed=7, manners=GOOD)
    told = [(row["snils"], row["disability_group"], row["disability_to"]) for row in records(file).values()]
    assert told == [(person.snils, person.group, person.certificate_to) for person in living]
    assert file.planted == ()


def test_says_in_the_file_what_it_planted() -> None:
    file = pension_file(people(), month=MONTH, seed=7, manners=WILD)
    rows, ours = records(file), {person.snils: person for person in people()}
    kinds = set()
    for one in file.planted:
        kinds.add(one.kind)
        row = rows.get(one.row or 0)
        match one.kind:
            case Kind.DISAPPEARED:
                assert one.account not in {row["snils"] for row in rows.values()}
            case Kind.DIED:
                assert row["death_date"] == dt.date(2026, 10, 4)
            case Kind.GROUP:
                assert row["disability_group"] != ours[one.account].group
            case Kind.CERTIFICATE:
                assert row["disability_to"] != ours[one.account].certificate_to
            case Kind.UNKNOWN_PERSON:
                assert row["snils"] not in ours
            case Kind.FAULTY_ROW:
                assert row["faults"]
    assert kinds == {
        Kind.DISAPPEARED, Kind.DIED, Kind.GROUP, Kind.CERTIFICATE, Kind.UNKNOWN_PERSON, Kind.FAULTY_ROW,
    }  # fmt: skip
    faulty = {one.row for one in file.planted if one.kind is Kind.FAULTY_ROW}
    assert {number for number, row in rows.items() if row["faults"]} == faulty


@pytest.mark.parametrize("seed", range(3))
def test_never_turns_a_child_into_an_adult(seed: int) -> None:
    file = pension_file(people(), month=MONTH, seed=seed, manners=WILD)
    children = {person.snils for person in people() if person.group == "child"}
    told = {row["snils"]: row["disability_group"] for row in records(file).values()}
    assert all(told.get(snils, "child") == "child" for snils in children)
