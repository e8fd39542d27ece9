"""Two people pressing the same button at once make one effect."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from offices.models import HandoverBalance, JournalEntry
from offices.refusals import Refusal
from payments.models import PaymentLine, PaymentList, PaymentRegister, RegisterAnswer, RegisterEntry, ReturnedPayment
from payments.services import lists, registers, returns
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60


def at_once(action: Callable[[], object], times: int = 2) -> list[object]:
    """Run the action in as many threads at the same moment; give what each returned or refused."""
    barrier, answers = threading.Barrier(times, timeout=WAIT), []

    def press() -> None:
        try:
            barrier.wait()
            answers.append(action())
        except Refusal as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(answers) == times, "a thread did not answer"
    return answers


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


def test_builds_one_list(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00") for _ in range(5)])

    def build() -> object:
        return lists.build_payment_list(office=office, month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)

    first, second = at_once(build)
    assert first == second
    assert (PaymentList.objects.count(), PaymentLine.objects.count()) == (1, 5)
    assert HandoverBalance.objects.filter(item="3.14").count() == 1


def test_hands_a_list_over_once(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00")])
    made = lists.build_payment_list(office=office, month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)
    at_once(lambda: lists.hand_over_list(list_id=made.pk, by=department.verifier, at=paying.LISTED_AT))
    assert JournalEntry.objects.filter(event="передано").count() == 1


def test_forms_and_releases_one_register(department, office) -> None:
    bank = factories.bank()
    paying.approved(office, [(paying.payee(office, channel={"bank": bank}), "10.00") for _ in range(5)])
    paying.listed(department, office)
    first, second = at_once(lambda: paying.formed(department, bank=bank))
    assert first == second
    assert (PaymentRegister.objects.count(), RegisterEntry.objects.count()) == (1, 5)
    at_once(lambda: registers.release_register(register_id=first.pk, by=department.head, at=paying.RELEASED_AT))
    assert HandoverBalance.objects.filter(stage="реестры").count() == 1


def test_records_an_answer_once(department, office) -> None:
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    paid = paying.released(department, bank=recipient.channels.get().bank)
    rows = paying.answer_rows(paid.lines, {paid.lines[0].pk: "B99"})
    first, second = at_once(lambda: paying.answered(department, paid, rows))
    assert first == second
    assert RegisterAnswer.objects.count() == ReturnedPayment.objects.count() == 1


def test_lists_a_return_again_once(department, office) -> None:
    returned = paying.returned_line(department, office)
    returns.clarify_return(
        returned_id=returned.pk,
        outcome="relist",
        clarification="счёт действует",
        by=department.former,
        at=paying.CLARIFIED_AT,
    )

    def build() -> object:
        return lists.build_supplementary_list(
            office=office, month=paying.NEXT, by=department.former, at=paying.CLARIFIED_AT
        )

    first, second = at_once(build)
    assert first == second
    assert PaymentLine.objects.filter(replaces=returned.line).count() == 1
