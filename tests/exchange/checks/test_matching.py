import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from exchange.checks.matching import AskedRow, Outcome, match_rows
from exchange.layouts.model import MatchKey
from tests.exchange.checks.made import line, row

L1 = (MatchKey.ACCOUNT, MatchKey.SNILS, MatchKey.NAME)
LONG = (MatchKey.REQUEST_ID, MatchKey.ACCOUNT)
BORN = dt.date(1960, 5, 1)


def asked(key: int, **changes: Any) -> AskedRow:
    facts: dict[str, Any] = {
        "request_id": str(key),
        "account": f"10020{key}",
        "snils": f"9900000010{key}",
        "full_name": "Орлова Анна Петровна",
        "birth_date": BORN,
        "address_code": "",
        "services": ("10",),
    }
    return AskedRow(key=key, **{**facts, **changes})


@pytest.mark.parametrize(
    ("sent", "outcome", "key"),
    [
        pytest.param(row(account="100202"), Outcome.ACCOUNT, 2, id="by account"),
        pytest.param(
            row(account="новый", snils="99000000101"), Outcome.SNILS, 1, id="by snils when the account changed"
        ),
        pytest.param(row(account="новый", snils=""), Outcome.AMBIGUOUS, None, id="two people of one name"),
        pytest.param(row(account="", last_name="Другая"), Outcome.UNKNOWN, None, id="nobody of ours"),
    ],
)
def test_finds_the_row_asked_about(sent: Any, outcome: Outcome, key: int | None):
    (matched,) = match_rows([sent], [asked(1), asked(2)], matching=L1, is_long=False)
    assert (matched.outcome, matched.key) == (outcome, key)


def test_keeps_the_first_of_two_answers_to_one_row():
    rows = [row(row_no=1, account="100201"), row(row_no=2, account="100201")]
    matched = match_rows(rows, [asked(1), asked(2)], matching=L1, is_long=False)
    assert [(one.outcome, one.key) for one in matched] == [(Outcome.ACCOUNT, 1), (Outcome.DUPLICATE, None)]


def test_tells_the_services_of_a_person_apart_in_a_long_file():
    sent = [row(request_id="7", lines=(line(service=code),)) for code in ("10", "14", "10")]
    persons = [asked(1, request_id="7", services=("10",)), asked(2, request_id="7", services=("14",))]
    matched = match_rows(sent, persons, matching=LONG, is_long=True)
    assert [one.key for one in matched] == [1, 2, None]
    assert matched[2].outcome == Outcome.DUPLICATE


def test_lets_a_row_without_a_service_answer_what_is_left_of_the_person_in_a_long_file():
    empty = row(request_id="7", matched=False, lines=())
    sent = [empty, row(request_id="7", lines=(line(service="10"),)), empty]
    person = asked(1, request_id="7", services=("10",))
    persons = [person, replace(person, key=2, services=("14",))]
    matched = match_rows(sent, persons, matching=LONG, is_long=True)
    assert [(one.outcome, one.key) for one in matched] == [
        (Outcome.REQUEST_ID, 2), (Outcome.REQUEST_ID, 1), (Outcome.DUPLICATE, None),
    ]  # fmt: skip


def test_leaves_a_row_of_an_unknown_service_unmatched_in_a_long_file():
    (matched,) = match_rows(
        [row(request_id="1", lines=(line(service=""),))], [asked(1)], matching=(MatchKey.REQUEST_ID,), is_long=True
    )
    assert matched.key is None


def test_does_not_match_blank_keys_with_each_other():
    nameless = asked(1, account="", snils="", full_name="", birth_date=None)
    sent = row(account="", snils="", last_name="", first_name="", middle_name="")
    (matched,) = match_rows([sent], [nameless], matching=L1, is_long=False)
    assert matched.outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "outcome", "key"),
    [
        pytest.param({"snils": "99000000102"}, Outcome.SNILS, 2, id="by snils"),
        pytest.param({"snils": "", "first_name": "Яна"}, Outcome.NAME, 2, id="by name"),
        pytest.param({"snils": "99000000109", "first_name": "Яна"}, Outcome.NAME, 2, id="by name past a foreign snils"),
        pytest.param({"snils": "", "last_name": "Другая"}, Outcome.AMBIGUOUS, None, id="not at all"),
        pytest.param(
            {"snils": "99000000103", "first_name": ""}, Outcome.AMBIGUOUS, None, id="not by who has another account"
        ),
    ],
)
def test_tells_two_people_of_one_account_apart(facts: Any, outcome: Outcome, key: int | None):
    people = [asked(1, account="100"), asked(2, account="100", full_name="Орлова Яна Петровна"), asked(3)]
    (matched,) = match_rows([row(account="100", **facts)], people, matching=L1, is_long=False)
    assert (matched.outcome, matched.key) == (outcome, key)


def test_matches_both_people_of_one_account_in_any_order():
    people = [asked(1, account="100"), asked(2, account="100")]
    sent = [row(account="100", snils=snils) for snils in ("99000000102", "99000000101")]
    assert [one.key for one in match_rows(sent, people, matching=L1, is_long=False)] == [2, 1]


def test_gives_a_request_row_to_who_names_its_person():
    neighbor = row(row_no=1, account="100201", last_name="Сосед", snils="99000000777")
    herself = row(row_no=2, account="100201", snils="99000000101")
    matched = match_rows([neighbor, herself], [asked(1)], matching=L1, is_long=False)
    assert [(one.outcome, one.key) for one in matched] == [(Outcome.DUPLICATE, None), (Outcome.ACCOUNT, 1)]


def test_gives_a_request_row_to_the_stronger_key():
    by_snils = row(row_no=1, account="старый", snils="99000000101")
    by_account = row(row_no=2, account="100201", snils="99000000101")
    matched = match_rows([by_snils, by_account], [asked(1)], matching=L1, is_long=False)
    assert [one.key for one in matched] == [None, 1]
