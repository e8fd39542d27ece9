"""A returned file that is not the answer to its request is refused, each time for its own reason (3.9)."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf
from exchange.layouts.exchanged import RequestedPerson, ReturnedRow
from exchange.services.layouts import layout_of
from tests.exchange.answering import (
    Desk,
    answer,
    ask,
    asked,
    billed,
    billed_household,
    desk,
    filled,
    provider,
    refused,
    right_answers,
)

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def test_takes_an_answer_after_a_refused_one(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    assert refused(at_desk, content[:-40], request.name) == "truncated"
    assert at_desk.receive(content, request.name).status == "received"


def test_refuses_another_months_file_by_its_name(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    assert refused(at_desk, content, request.name.replace("202610", "202609")) == "wrong_month"


def test_refuses_another_months_file_by_its_rows(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long")
    content = filled(request, right_answers(request), month=SEPTEMBER)
    assert refused(at_desk, content, request.name) == "wrong_month"


def test_takes_a_file_with_one_row_of_another_month(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long", people=2)
    table = read_dbf(filled(request, right_answers(request)))
    at = [field.name for field in table.fields].index("MES")
    rows = [list(row.values) for row in table.rows()]
    rows[0][at] = "09"
    file = at_desk.receive(write_dbf(table.fields, rows, encoding="cp866"), request.name)
    assert file.status == "received"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda name: name.replace("03_", "04_"), "foreign_district", id="district in the name"),
        pytest.param(lambda name: name[:3] + "99999" + name[8:], "other_provider", id="provider in the name"),
        pytest.param(lambda name: "выгрузка.dbf", "unknown_name", id="no such name"),
        pytest.param(lambda name: "", "unknown_name", id="no name at all"),
    ],
)
def test_refuses_a_name_that_no_request_bears(at_desk: Desk, change, code: str) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    assert refused(at_desk, content, change(request.name)) == code


def test_refuses_another_districts_file_brought_under_its_own_name(at_desk: Desk) -> None:
    asked(at_desk)
    neighbor = desk("66204")
    request = asked(neighbor)
    assert refused(at_desk, filled(request, right_answers(request)), request.name) == "foreign_district"


def test_refuses_another_districts_list_under_our_name(at_desk: Desk) -> None:
    ours = asked(at_desk)
    theirs = asked(desk("66204"))
    assert refused(at_desk, filled(theirs, right_answers(theirs)), ours.name) == "foreign_district"


@pytest.mark.parametrize("layout", ["l1_tula", "long"])
def test_refuses_another_providers_list_though_the_people_are_the_same(at_desk: Desk, layout: str) -> None:
    first, second = provider(at_desk.office, layout), provider(at_desk.office, layout)
    for _ in range(3):
        billed_household(at_desk.office, first, second)
    ours, theirs = ask(at_desk.office)
    assert refused(at_desk, filled(theirs, right_answers(theirs)), ours.name) == "other_provider"


def test_refuses_a_list_of_strangers(at_desk: Desk) -> None:
    request = asked(at_desk)
    stranger = RequestedPerson(
        request_id="1", last_name="Чужой", first_name="Иван", account="777", house="1", services=("10",)
    )
    assert refused(at_desk, filled(request, [ReturnedRow(answer(), person=stranger)]), request.name) == "foreign_rows"


def test_refuses_a_file_without_rows(at_desk: Desk) -> None:
    request = asked(at_desk)
    assert refused(at_desk, filled(request, []), request.name) == "no_rows"


def test_refuses_another_code_page(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    table = read_dbf(filled(request, right_answers(request)), encoding="cp866")
    other = write_dbf(table.fields, [row.values for row in table.rows()], encoding="cp1251")
    assert refused(at_desk, other, request.name) == "wrong_encoding"


def test_refuses_a_file_without_a_needed_column(at_desk: Desk) -> None:
    request = asked(at_desk)
    table = read_dbf(filled(request, right_answers(request)), encoding="cp866")
    fields = [field for field in table.fields if field.name != "SUM4"]
    at = [field.name for field in table.fields].index("SUM4")
    rows = [row.values[:at] + row.values[at + 1 :] for row in table.rows()]
    other = write_dbf(fields, rows, encoding="cp866", version=layout_of(request.layout).dbase)
    assert refused(at_desk, other, request.name) == "missing_column"


def test_refuses_what_is_not_a_table(at_desk: Desk) -> None:
    request = asked(at_desk)
    assert refused(at_desk, b"%PDF-1.7" + bytes(100), request.name) == "not_dbf"


def test_refuses_an_archive_that_cannot_be_opened(at_desk: Desk) -> None:
    request = asked(at_desk)
    assert refused(at_desk, b"PK\x03\x04" + bytes(100), request.name) == "archive_damaged"


def test_refuses_a_total_beyond_all_money(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long", codes=("10",))
    most = ReturnedRow(answer(billed("10", billed=Decimal("9999999.99"))), row_no=1)
    assert refused(at_desk, filled(request, [most] * 1001), request.name) == "too_much"
