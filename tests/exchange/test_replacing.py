"""A corrected answer takes the place of one that is not loaded yet; what nothing changed in is refused (3.9)."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile
from exchange.selectors.answers import answered_and_silent
from offices.models import HandoverBalance
from tests.exchange.answering import Desk, answer, asked, billed, codes_of, desk, filled, refused, right_answers
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
DEARER = Decimal("300.00")


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def answers(request: ExchangeFile, *wrong: int, quantity: str = "10") -> bytes:
    """Right answers, but for the rows named: another sum of cold water there."""
    rows = right_answers(request)
    for number in wrong:
        rows[number - 1] = ReturnedRow(answer(billed("10", quantity, billed=DEARER), billed("14")), row_no=number)
    return filled(request, rows)


def test_takes_the_place_of_an_answer_that_is_not_loaded(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    former = at_desk.receive(answers(request, 1), request.name)
    corrected = at_desk.receive(answers(request), request.name)
    former.refresh_from_db()
    assert (former.status, corrected.status, corrected.replaces) == ("superseded", "received", former)
    assert former.returned_rows.count() == 2
    assert answered_and_silent(office=at_desk.office, month=MONTH).answered == 2


def test_counts_only_the_corrected_answer_in_the_balance(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    former = at_desk.verify(at_desk.receive(answers(request, 1), request.name))
    corrected = at_desk.verify(at_desk.receive(answers(request), request.name))
    standing = HandoverBalance.objects.get(item="3.10", office=at_desk.office, superseded_by__isnull=True)
    assert (standing.rows_in, standing.rows_on) == (4, 4)
    assert f"№ {corrected.pk}" in standing.subject
    assert Discrepancy.objects.filter(file=former).exists()
    assert at_desk.load(corrected).status == "loaded"


def test_keeps_the_decision_about_a_row_that_did_not_change(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    former = at_desk.verify(at_desk.receive(answers(request, 1, 2), request.name))
    for found in Discrepancy.objects.filter(file=former, code="E12"):
        at_desk.decide(found, "hold")
    corrected = at_desk.verify(at_desk.receive(answers(request, 1, 2, 3), request.name))
    decided = Discrepancy.objects.filter(file=corrected, code="E12").order_by("row__row_number")
    assert list(decided.values_list("row__row_number", "decision", "decided_by")) == [
        (1, "hold", at_desk.checker.pk),
        (2, "hold", at_desk.checker.pk),
        (3, "open", None),
    ]


def test_asks_anew_about_a_row_that_changed(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    former = at_desk.verify(at_desk.receive(answers(request, 1), request.name))
    at_desk.decide(Discrepancy.objects.get(file=former, code="E12"), "accept")
    corrected = at_desk.verify(at_desk.receive(answers(request, 1, quantity="12"), request.name))
    assert Discrepancy.objects.get(file=corrected, code="E12").decision == "open"
    assert codes_of(corrected).count("E12") == 1


def test_replaces_a_corrected_answer_once_more(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    files = [at_desk.receive(content, request.name) for content in (answers(request, 1), answers(request, 2))]
    last = at_desk.receive(answers(request), request.name)
    chain = ExchangeFile.objects.filter(kind="return").order_by("pk").values_list("status", "replaces")
    assert list(chain) == [("superseded", None), ("superseded", files[0].pk), ("received", files[1].pk)]
    assert last.replaces == files[1]


def test_gives_the_replaced_file_for_its_bytes_and_changes_nothing(at_desk: Desk) -> None:
    request = asked(at_desk)
    wrong = answers(request, 1)
    former = at_desk.receive(wrong, request.name)
    corrected = at_desk.receive(answers(request), request.name)
    assert at_desk.receive(wrong, request.name) == former
    corrected.refresh_from_db()
    assert (corrected.status, ExchangeFile.objects.filter(kind="return").count()) == ("received", 2)


def test_refuses_the_same_rows_saved_anew(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = answers(request)
    former = at_desk.receive(content, request.name)
    assert refused(at_desk, content[:1] + b"\x7e\x01\x02" + content[4:], request.name) == "same_rows"
    former.refresh_from_db()
    assert former.status == "received"


def test_refuses_to_replace_what_is_loaded(at_desk: Desk) -> None:
    request = asked(at_desk)
    former = at_desk.load(at_desk.verify(at_desk.receive(answers(request), request.name)))
    assert refused(at_desk, answers(request, 1), request.name) == "already_received"
    former.refresh_from_db()
    assert former.status == "loaded"


def test_leaves_the_former_answer_when_the_new_one_is_refused(at_desk: Desk) -> None:
    request = asked(at_desk)
    former = at_desk.receive(answers(request, 1), request.name)
    assert refused(at_desk, answers(request), request.name, control_rows=5) == "control_rows"
    former.refresh_from_db()
    assert former.status == "received"
    assert former.at == AT.astimezone(dt.UTC)
