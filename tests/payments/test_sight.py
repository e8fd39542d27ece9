"""Who sees lists, returns and registers; and the questions others ask of payments."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from offices.models import Role
from payments.models import PaymentDocument, PaymentRegister, ReturnReason
from payments.selectors import heirs, registers, returns
from payments.selectors import lists as list_selectors
from payments.services.reasons import enter_return_reasons
from tests import factories
from tests.payments import overpaid, paying, rows

pytestmark = pytest.mark.django_db
TODAY = paying.CLARIFIED_AT.date()
OURS = [model for model in admin.site._registry if model._meta.app_label == "payments"]


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def month(department):
    """Two districts paid for October; one line of each came back."""
    return [paying.returned_line(department, factories.office()) for _ in range(2)]


def test_shows_a_district_its_own_and_the_department_all(department, month) -> None:
    own = month[0].office
    specialist = factories.staff(Role.CALCULATION, office=own)
    for seen in (list_selectors.payment_lists, returns.returned_payments, returns.open_returns):
        assert {row.office for row in seen(specialist, on=TODAY)} == {own}
        assert seen(department.verifier, on=TODAY).count() == 2
        assert not seen(factories.staff(Role.ADMINISTRATOR), on=TODAY).exists()


def test_shows_lines_of_a_list_only_to_who_may_see_the_list(department, month) -> None:
    made = month[0].line.list
    stranger = factories.staff(Role.CALCULATION, office=month[1].office)
    assert list_selectors.payment_lines(department.verifier, on=TODAY, list_id=made.pk).count() == 1
    assert not list_selectors.payment_lines(stranger, on=TODAY, list_id=made.pk).exists()


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        pytest.param(Role.PAYMENTS, True, id="payments unit"),
        pytest.param(Role.AUDITOR, True, id="auditor"),
        pytest.param(Role.CALCULATION, False, id="district"),
        pytest.param(Role.ADMINISTRATOR, False, id="administrator"),
        pytest.param(None, False, id="no role"),
    ],
)
def test_shows_registers_over_all_districts_to_the_department_only(month, role, sees: bool) -> None:
    who = factories.staff(*([role] if role else []))
    ids = PaymentRegister.objects.values_list("pk", flat=True)
    assert registers.payment_registers(who, on=TODAY, month=paying.MONTH).exists() == sees
    assert registers.documents_of(ids, who, on=TODAY).exists() == sees


def test_shows_heirs_decisions_of_the_own_district(department) -> None:
    decision = rows.decision()
    own = factories.staff(Role.HEAD, office=decision.office)
    assert list(heirs.heir_decisions(own, on=TODAY)) == [decision]
    assert not heirs.heir_decisions(factories.staff(Role.HEAD), on=TODAY).exists()


def test_names_districts_whose_list_is_not_handed_over(department) -> None:
    waiting, ready = factories.office(), factories.office()
    for office in (waiting, ready):
        paying.approved(office, [(paying.payee(office), "1.00")])
    paying.listed(department, ready)
    assert list_selectors.offices_without_list(paying.MONTH) == [waiting]


def test_names_what_waits_for_a_register_and_for_an_answer(department) -> None:
    office, bank = factories.office(), factories.bank()
    people = [paying.payee(office, channel={"bank": bank}), paying.payee(office, channel={"kind": "post"})]
    paying.approved(office, [(person, "1.00") for person in people])
    paying.listed(department, office)
    assert (registers.banks_to_register(paying.MONTH), registers.post_waits(paying.MONTH)) == ([bank.pk], True)
    paid = paying.released(department, bank=bank)
    assert (registers.banks_to_register(paying.MONTH), registers.post_waits(paying.MONTH)) == ([], True)
    assert list(returns.unanswered_lines(paying.MONTH)) == paid.lines


def test_takes_nothing_twice_into_what_is_unpaid(department, month) -> None:
    assert list_selectors.unpaid_before(paying.NEXT, office=month[0].office) == []
    returned = month[0]
    returned.outcome, returned.clarification = "relist", "счёт действует"
    returned.clarified_at, returned.clarified_by = paying.CLARIFIED_AT, department.former
    returned.save()
    (unpaid,) = list_selectors.unpaid_before(paying.NEXT, office=returned.office)
    assert (unpaid.accrual_id, unpaid.payable) == (returned.line.accrual_id, Decimal("100.00"))
    assert list_selectors.unpaid_before(paying.MONTH, office=returned.office) == []


def test_enters_the_reasons_of_returns_once() -> None:
    entered = enter_return_reasons()
    assert entered == ReturnReason.objects.count() > 10
    assert enter_return_reasons() == 0
    assert {reason.code[0] for reason in ReturnReason.objects.filter(channel="post")} == {"P"}


def page(model: type, view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:payments_{model._meta.model_name}_{view}", args=args)


def of_the_dead_and_overpaid() -> None:
    """A row of every table about what deceased recipients were owed and what was paid too much."""
    rows.part()
    rows.cancelled()
    rows.asked_back()
    overpaid.withholding()
    overpaid.repayment()
    overpaid.write_off()


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(factories.staff(role))
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_lists_searches_and_opens_every_table(department, month, model) -> None:
    of_the_dead_and_overpaid()
    client = signed_in(Role.AUDITOR)
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model), {"q": "Иванова"}).status_code == 200
    row = model.objects.order_by("pk").first()
    assert client.get(page(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize(
    "model", [model for model in OURS if model is not ReturnReason], ids=lambda model: model.__name__
)
def test_changes_and_deletes_no_fact(department, month, model) -> None:
    of_the_dead_and_overpaid()
    client = signed_in(Role.PAYMENTS)
    row = model.objects.order_by("pk").first()
    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "change", row.pk), {"status": "paid"}).status_code == 403
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_lists_a_hundred_documents_with_the_same_queries(department, month, django_assert_max_num_queries) -> None:
    client = signed_in(Role.AUDITOR)
    with django_assert_max_num_queries(40) as few:
        client.get(page(PaymentDocument))
    register, stored = PaymentRegister.objects.first(), rows.file()
    PaymentDocument.objects.bulk_create(
        PaymentDocument(register=register, kind="list", office=factories.office(), file=stored) for _ in range(40)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(page(PaymentDocument))
