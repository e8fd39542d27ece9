"""A confirmed part is paid to the claimant by the claimant's own requisites, once, and again when it came back."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from payments.models import HeirPart, PaymentLine, ReturnedPayment
from payments.services import lists, returns
from tests import factories
from tests.payments import inheriting, paying

pytestmark = pytest.mark.django_db

DECEMBER = dt.date(2026, 12, 1)
JANUARY_AT = dt.datetime(2026, 12, 20, 10, 0, tzinfo=factories.MOSCOW)


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def deceased(department, office):
    """A recipient who died on 20 October and was accrued 10.01 for it; two claimed."""
    recipient = inheriting.unpaid(department, office, accrued="10.01")
    for name in ("Анна", "Борис"):
        inheriting.claimed(recipient, factories.person(first_name=name))
    return recipient


def test_pays_every_claimant_his_part_by_his_own_requisites(department, office, deceased) -> None:
    for decision in inheriting.shared(deceased):
        inheriting.confirmed(decision)
    first, second = sorted(inheriting.supplementary(department, office), key=lambda line: line.payee.first_name)
    assert (first.payable, second.payable) == (Decimal("5.01"), Decimal("5.00"))
    for line in (first, second):
        requisites = line.heir_requisites
        assert requisites is not None
        assert (line.account, line.bank, line.payee) == (requisites.account, requisites.bank, requisites.claim.claimant)
        assert (line.recipient, line.accrual.month, line.channel) == (deceased, paying.MONTH, None)


def test_pays_nothing_before_the_decision_is_confirmed(department, office, deceased) -> None:
    inheriting.shared(deceased)
    with pytest.raises(lists.NothingToList):
        inheriting.supplementary(department, office)


def test_holds_an_heir_who_died_too(department, office, deceased) -> None:
    first, second = inheriting.shared(deceased)
    for decision in (first, second):
        inheriting.confirmed(decision)
    first.claimant.death_date = dt.date(2026, 12, 3)
    first.claimant.save()
    (line,) = inheriting.supplementary(department, office)
    assert line.payee == second.claimant


def test_lists_a_part_once(department, office, deceased) -> None:
    first, second = inheriting.shared(deceased)
    inheriting.confirmed(first)
    (paid,) = inheriting.supplementary(department, office)
    inheriting.confirmed(second)
    (later,) = inheriting.supplementary(department, office, month=DECEMBER, at=JANUARY_AT)
    assert [paid.payee, later.payee] == [first.claimant, second.claimant]
    accrued = paying.accrual_of(deceased).accrued
    assert sum(PaymentLine.objects.values_list("payable", flat=True)) == accrued


@pytest.fixture
def returned(department, office) -> ReturnedPayment:
    """A widow's whole part of 10.00, sent in November's register and returned: her account is closed."""
    recipient = inheriting.unpaid(department, office)
    inheriting.claimed(recipient)
    inheriting.confirmed(inheriting.shared(recipient)[0])
    (line,) = inheriting.supplementary(department, office)
    lists.hand_over_list(list_id=line.list_id, by=department.verifier, at=inheriting.SUPPLEMENTED_AT)
    at = dt.datetime(2026, 12, 8, 10, 0, tzinfo=factories.MOSCOW)
    paid = paying.released(department, bank=line.bank, month=paying.NEXT, at=at)
    rows = paying.answer_rows(paid.lines, {line.pk: "B01"})
    back = [replace(row, day=dt.date(2026, 12, 10)) for row in rows]
    paying.answered(department, paid, back, at=dt.datetime(2026, 12, 11, 10, 0, tzinfo=factories.MOSCOW))
    return ReturnedPayment.objects.get(line=line)


def relisted(department, returned: ReturnedPayment) -> ReturnedPayment:
    return returns.clarify_return(
        returned_id=returned.pk,
        outcome="relist",
        clarification="новый счёт",
        by=department.former,
        at=JANUARY_AT,
    )


def test_pays_again_by_new_requisites_what_came_back(department, office, returned) -> None:
    part = HeirPart.objects.get()
    with pytest.raises(returns.OutcomeNotPossible, match="новые подтверждённые"):
        relisted(department, returned)
    given = inheriting.new_account(part.decision.application.heir_claim)
    relisted(department, returned)
    (again,) = inheriting.supplementary(department, office, month=DECEMBER, at=JANUARY_AT)
    assert (again.replaces, again.heir_part, again.account) == (returned.line, part, given.account)


def test_leaves_an_heirs_return_to_no_other_heirs(department, returned) -> None:
    with pytest.raises(returns.OutcomeNotPossible, match="наследнику"):
        returns.clarify_return(
            returned_id=returned.pk, outcome="heirs", clarification="—", by=department.former, at=JANUARY_AT
        )
