"""Two specialists deciding about one proposal at the same moment: one decision stands, the other is told."""

import threading

import pytest
from django.db import connection

from exchange.models import PensionDecision, PensionDifference
from exchange.services import layouts, pension_data
from exchange.services.pension_decisions import DifferenceDecided, decide_difference
from offices.models import Staff
from recipients.models import Change
from tests import factories as make
from tests.exchange.pension_files import agreeing, pension_file
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60


def test_keeps_the_first_decision_and_tells_the_second_person() -> None:
    make.open_month()
    make.unit()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    content = pension_file(agreeing(make.entitlement(), death_date=MONTH))
    file = pension_data.receive_pension_file(content=content, name="PFR.dbf", month=MONTH, by=make.staff(), at=AT)
    death = PensionDifference.objects.get(file=file)
    people = {"accepted": make.staff(), "rejected": make.staff()}
    barrier, refused = threading.Barrier(len(people), timeout=WAIT), []

    def press(decision: str, by: Staff) -> None:
        try:
            barrier.wait()
            decide_difference(difference_id=death.pk, decision=decision, reason="Жив", by=by, at=AT)
        except DifferenceDecided as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in people.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    death.refresh_from_db()
    assert death.decided_by == people[death.decision]
    (told,) = refused
    assert str(death.decided_by) in told
    assert PensionDecision.objects.get().by == death.decided_by
    assert Change.objects.count() == (1 if death.decision == "accepted" else 0)
