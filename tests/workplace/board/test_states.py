"""A cell of the board is judged from facts against its day: a table of what it says."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import MOSCOW
from workplace.selectors.board_facts import Files, OfficeFacts
from workplace.selectors.board_states import LOOKS, WORDS, State, cell_of

DUE = dt.date(2026, 11, 9)
BEFORE, ON_DAY, AFTER = (DUE + dt.timedelta(days=by) for by in (-1, 0, 2))


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 30), tzinfo=MOSCOW)


IN_TIME, TOO_LATE, EARLIER = moment(ON_DAY), moment(AFTER), moment(BEFORE)
SENT = {"requests_sent_at": EARLIER}


def files(**given: Any) -> dict[str, Any]:
    """Requests were sent to ten providers; the rest is given."""
    return {**SENT, "files": Files(**({"asked": 10, "asked_rows": 100} | given))}


ALL = {"asked": 10, "taken": 10, "taken_rows": 100, "taken_at": IN_TIME}
CHECKED = {**ALL, "verified": 10, "verified_at": IN_TIME}
LOADED = {**CHECKED, "loaded": 10, "loaded_rows": 100, "loaded_at": IN_TIME}
SHORT = {"taken": 7, "taken_rows": 60, "taken_at": IN_TIME}
CLOSED = {"receiving_closed_at": IN_TIME}

CASES = [
    ("3.5", {}, BEFORE, State.EARLY, "", "nothing is sent before the term"),
    ("3.5", {}, ON_DAY, State.EARLY, "", "nothing is sent on the day of the term"),
    ("3.5", {}, AFTER, State.LATE, "", "nothing is sent after the term"),
    ("3.5", {"changes_sent_at": IN_TIME}, AFTER, State.DONE, "", "changes are sent on the last day"),
    ("3.5", {"changes_sent_at": TOO_LATE}, AFTER, State.DONE_LATE, "", "changes are sent after the term"),
    ("3.6", {"register_status": "frozen", "register_built_at": IN_TIME}, AFTER, State.DONE, "", "a register is built"),
    ("3.6", {"register_status": "rejected"}, BEFORE, State.RETURNED, "отклонён", "a register is rejected"),
    ("3.6", {"register_status": "rejected"}, AFTER, State.LATE, "отклонён", "a register is rejected after the term"),
    ("3.7", {"register_status": "frozen"}, BEFORE, State.EARLY, "", "a register waits to be handed over"),
    ("3.7", {"register_status": "handed_over"}, BEFORE, State.WORK, "передан", "a register waits for acceptance"),
    ("3.7", {"register_status": "handed_over"}, AFTER, State.LATE, "передан", "acceptance is late"),
    (
        "3.7",
        {"register_status": "accepted", "register_handed_at": IN_TIME},
        AFTER,
        State.DONE,
        "",
        "a register is accepted",
    ),
    ("3.8", {}, AFTER, State.LATE, "", "no request is sent"),
    ("3.8", {"requests_sent_at": IN_TIME, "files": Files(asked=10)}, AFTER, State.DONE, "10", "requests are sent"),
    ("3.9", {}, BEFORE, State.EARLY, "", "no request is sent yet"),
    ("3.9", files(), BEFORE, State.WORK, "0 из 10", "no file came yet"),
    ("3.9", files(**SHORT), BEFORE, State.WORK, "7 из 10", "some files came"),
    ("3.9", files(**SHORT), AFTER, State.LATE, "7 из 10", "some files came and the term passed"),
    ("3.9", files(**ALL), AFTER, State.DONE, "10 из 10", "all files came in time"),
    ("3.9", files(**ALL | {"taken_at": TOO_LATE}), AFTER, State.DONE_LATE, "10 из 10", "the last file came late"),
    ("3.9", files(**SHORT) | CLOSED, AFTER, State.ATTENTION, "7 из 10", "receiving is closed without some files"),
    ("3.10", files(), BEFORE, State.EARLY, "", "there is no file to verify"),
    ("3.10", files(**SHORT), BEFORE, State.WORK, "0 из 10", "files came and none is verified"),
    ("3.10", files(**SHORT, verified=5), AFTER, State.LATE, "5 из 10", "verification is late"),
    (
        "3.10",
        files(**SHORT, verified=5) | CLOSED,
        AFTER,
        State.LATE,
        "5 из 7",
        "of those that came some are not verified",
    ),
    ("3.10", files(**CHECKED, questions=3), BEFORE, State.WORK, "3 расх.", "discrepancies are undecided"),
    ("3.10", files(**CHECKED), AFTER, State.DONE, "", "all files are verified"),
    (
        "3.10",
        files(**SHORT, verified=7, verified_at=IN_TIME) | CLOSED,
        AFTER,
        State.DONE,
        "",
        "all that came are verified",
    ),
    ("3.11", files(**SHORT), BEFORE, State.EARLY, "", "there is nothing verified to load"),
    ("3.11", files(**SHORT, verified=7, loaded=5, loaded_rows=45), BEFORE, State.WORK, "45 %", "some rows are loaded"),
    (
        "3.11",
        files(**SHORT, verified=7, loaded=5, loaded_rows=45) | CLOSED,
        AFTER,
        State.LATE,
        "75 %",
        "loading of those that came is late",
    ),
    ("3.11", files(**LOADED), AFTER, State.DONE, "", "all is loaded"),
    ("3.11", files(**LOADED | {"loaded_at": TOO_LATE}), AFTER, State.DONE_LATE, "", "all is loaded late"),
    ("3.12", {}, BEFORE, State.EARLY, "", "nothing is calculated"),
    ("3.12", {}, AFTER, State.LATE, "", "nothing is calculated after the term"),
    ("3.12", {"run_status": "draft"}, BEFORE, State.WORK, "идёт", "a run is on"),
    ("3.12", {"run_status": "calculated"}, BEFORE, State.WORK, "рассчитан", "a run is not submitted"),
    ("3.12", {"run_status": "calculated"}, AFTER, State.LATE, "рассчитан", "a run is not submitted after the term"),
    ("3.12", {"run_status": "submitted", "run_submitted_at": IN_TIME}, AFTER, State.DONE, "", "a run is submitted"),
    ("3.12", {"run_status": "submitted", "run_submitted_at": TOO_LATE}, AFTER, State.DONE_LATE, "", "submitted late"),
    ("3.12", {"run_status": "returned"}, BEFORE, State.RETURNED, "заново", "a run came back"),
    ("3.13", {"run_status": "calculated"}, BEFORE, State.EARLY, "", "nothing is submitted"),
    ("3.13", {"run_status": "submitted"}, BEFORE, State.QUEUED, "в очереди", "a run waits for review"),
    ("3.13", {"run_status": "submitted", "reviewed": 38}, BEFORE, State.WORK, "38 пров.", "a run is under review"),
    ("3.13", {"run_status": "submitted", "reviewed": 38}, AFTER, State.LATE, "38 пров.", "review is late"),
    ("3.13", {"run_status": "returned"}, BEFORE, State.RETURNED, "возврат", "a run was given back"),
    ("3.13", {"run_status": "approved", "run_reviewed_at": IN_TIME}, AFTER, State.DONE, "принято", "a run is approved"),
]


@pytest.mark.parametrize(
    ("item", "facts", "today", "state", "fact"),
    [pytest.param(*case[:5], id=f"{case[0]} {case[5]}") for case in CASES],
)
def test_says(item: str, facts: dict[str, Any], today: dt.date, state: State, fact: str) -> None:
    cell = cell_of(item=item, facts=OfficeFacts(**facts), due_on=DUE, today=today)
    assert (cell.state, cell.fact) == (state, fact)
    assert cell.days_late == (2 if state is State.LATE else 0)


@pytest.mark.parametrize("item", ["3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"])
def test_calls_nothing_late_without_a_term(item: str) -> None:
    cell = cell_of(item=item, facts=OfficeFacts(), due_on=None, today=dt.date(2030, 1, 1))
    assert (cell.state, cell.days_late) == (State.EARLY, 0)


def test_counts_the_done_day_in_the_regions_time_zone() -> None:
    night = dt.datetime(2026, 11, 9, 22, 30, tzinfo=dt.UTC)
    cell = cell_of(item="3.5", facts=OfficeFacts(changes_sent_at=night), due_on=DUE, today=AFTER)
    assert (cell.done_on, cell.state) == (dt.date(2026, 11, 10), State.DONE_LATE)


def test_has_nothing_to_verify_where_nobody_was_asked() -> None:
    facts = OfficeFacts(requests_sent_at=IN_TIME)
    for item in ("3.9", "3.10", "3.11"):
        assert cell_of(item=item, facts=facts, due_on=DUE, today=AFTER).state is State.DONE


def test_has_a_word_a_colour_and_for_what_is_loud_an_icon_for_every_state() -> None:
    assert set(WORDS) == set(LOOKS) == set(State)
    loud = set(State) - {State.EARLY, State.QUEUED}
    assert all(LOOKS[state][1] for state in loud)
