"""Two people deciding about one row at the same moment: one decision stands, the other is told, none is lost."""

import threading

import pytest
from django.db import connection

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy
from exchange.services.decisions import DiscrepancyDecided
from offices.models import HandoverBalance, Staff
from tests import factories as make
from tests.exchange.answering import Desk, answer, asked, desk, filled, right_answers

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60


def decide_at_once(at: Desk, found: Discrepancy, decisions: dict[str, Staff]) -> list[object]:
    """Let each person press a key at the same moment; give what was returned or refused."""
    barrier, answers = threading.Barrier(len(decisions), timeout=WAIT), []

    def press(decision: str, by: Staff) -> None:
        try:
            barrier.wait()
            answers.append(at.decide(found, decision, by=by))
        except DiscrepancyDecided as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in decisions.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(answers) == len(decisions), "a thread did not answer"
    return answers


def test_keeps_the_first_decision_and_tells_the_second_person() -> None:
    at = desk()
    request = asked(at)
    (right,) = right_answers(request)
    wrong = ReturnedRow(answer(*right.answer.lines, residents=2), row_no=1)
    file = at.verify(at.receive(filled(request, [wrong]), request.name))
    found = Discrepancy.objects.get(file=file)
    people = {"hold": at.checker, "accept": make.staff(office=at.office)}
    answers = decide_at_once(at, found, people)
    (refusal,) = [one for one in answers if isinstance(one, DiscrepancyDecided)]
    found.refresh_from_db()
    assert found.decided_by == people[found.decision]
    assert str(found.decided_by) in str(refusal)
    balances = HandoverBalance.objects.filter(item="3.10", office=at.office).count()
    assert balances == (2 if found.decision == "accept" else 1)
