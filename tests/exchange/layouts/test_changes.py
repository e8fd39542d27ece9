import dataclasses
import datetime as dt

import pytest

from exchange.layouts.changes import AskedTwice, ChangeKind, build_changes, changes
from exchange.layouts.definitions import preset
from exchange.layouts.flat import parse_records
from exchange.layouts.recognition import open_table
from tests.exchange.layouts.people import ANNA

BORIS = dataclasses.replace(ANNA, last_name="Щукин", first_name="Борис", snils="02211468091", account="77")


def test_tells_the_new_the_changed_and_the_ended_and_nobody_else() -> None:
    moved = dataclasses.replace(ANNA, flat="6", residents=3)
    vera = dataclasses.replace(ANNA, snils="", account="78", first_name="Вера")
    same = dataclasses.replace(BORIS, request_id="other", services=("10",), snils="", account="79")
    found = list(changes([ANNA, BORIS, same], [moved, vera, dataclasses.replace(same, request_id="another")]))
    assert [(one.kind, one.person.first_name, one.attributes) for one in found] == [
        (ChangeKind.CHANGED, "Анна", ("flat", "residents")),
        (ChangeKind.NEW, "Вера", ()),
        (ChangeKind.ENDED, "Борис", ()),
    ]


def test_writes_them_into_the_change_file() -> None:
    layout = preset("l6_changes")
    found = changes([BORIS], [dataclasses.replace(BORIS, right_to=dt.date(2026, 10, 31)), ANNA])
    first, second = parse_records(layout, open_table(layout, build_changes(layout, found)))
    assert [(row.values["last_name"], row.values["change"]) for row in (first, second)] == [
        ("Щукин", "changed"),
        ("Ёлкина", "new"),
    ]
    assert (first.values["right_to"], first.values["snils"]) == (dt.date(2026, 10, 31), "02211468091")


def test_refuses_to_compare_an_account_that_stands_twice() -> None:
    with pytest.raises(AskedTwice, match="указан дважды"):
        list(changes([], [ANNA, dataclasses.replace(ANNA, request_id="2")]))
