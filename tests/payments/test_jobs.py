"""The lists and registers of a whole month are made as jobs, step by step, and doing them again changes nothing."""

import pytest

from offices import jobs
from offices.models import Job
from payments.models import PaymentLine, PaymentList, PaymentRegister
from payments.services import lists, month
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


def approved_offices(count: int = 3) -> list:
    bank = factories.bank()
    offices = [factories.office() for _ in range(count)]
    for office in offices:
        people = [paying.payee(office, channel={"bank": bank}), paying.payee(office, channel={"kind": "post"})]
        paying.approved(office, [(person, "10.00") for person in people])
    return offices


def test_builds_the_list_of_every_approved_district(department) -> None:
    offices = approved_offices()
    job = jobs.run_here(month.request_lists(month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT))
    assert (job.state, job.done, job.total, job.result) == (Job.State.DONE, 3, 3, {"lists": 3})
    assert {made.office for made in PaymentList.objects.all()} == set(offices)
    assert set(PaymentList.objects.values_list("built_by", "built_at")) == {(department.verifier.pk, paying.LISTED_AT)}


def test_forms_every_register_that_lines_wait_for(department) -> None:
    for office in approved_offices():
        paying.listed(department, office)
    job = jobs.run_here(month.request_registers(month=paying.MONTH, by=department.former, at=paying.FORMED_AT))
    assert (job.state, job.done, job.result) == (Job.State.DONE, 2, {"registers": 2})
    assert sorted(PaymentRegister.objects.values_list("channel", "rows")) == [("bank", 3), ("post", 3)]
    assert set(PaymentLine.objects.values_list("status", flat=True)) == {"registered"}


def test_changes_nothing_when_done_again(department) -> None:
    for office in approved_offices():
        paying.listed(department, office)
    for _ in range(2):
        job = jobs.run_here(month.request_registers(month=paying.MONTH, by=department.former, at=paying.FORMED_AT))
        assert job.state == Job.State.DONE
    jobs.run_here(month.request_lists(month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT))
    assert (PaymentList.objects.count(), PaymentRegister.objects.count()) == (3, 2)


def test_goes_on_from_the_district_where_it_stopped(department) -> None:
    first, *rest = approved_offices()
    job = month.request_lists(month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)
    Job.objects.filter(pk=job.pk).update(cursor={"office": first.pk}, done=1, total=3)
    jobs.run_here(job)
    assert {made.office for made in PaymentList.objects.all()} == set(rest)


def test_ends_with_the_sentence_of_a_refusal_and_keeps_what_was_done(department) -> None:
    offices = approved_offices(2)
    calculator = paying.made.CalculationRun.objects.get(office=offices[1]).started_by
    job = jobs.run_here(month.request_lists(month=paying.MONTH, by=calculator, at=paying.LISTED_AT))
    assert (job.state, job.done) == (Job.State.FAILED, 1)
    assert "не тот, кто рассчитал" in job.error
    assert PaymentList.objects.get().office == offices[0]
    assert lists.build_payment_list(office=offices[1], month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)
