"""Rows on their owner's page cost the same however many they are."""

from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offices.models import Role
from payments.models import Overpayment, OverpaymentPart, PaymentDocument, PaymentRegister, RegisterAnswer, ReturnNotice
from recipients.models import CaseDocument, DocumentKind, Recipient
from tests import factories as make
from tests.constraints import ask_deferred
from tests.factories import AT, LONG_AGO, MONTH
from tests.payments import overpaid
from tests.payments import rows as paid
from tests.workplace.administered import REGISTERED, page
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


def answer(register: PaymentRegister, number: int) -> Any:
    file = paid.file()
    return RegisterAnswer.objects.create(
        register=register,
        number=number + 1,
        file=file,
        sha256=file.sha256,
        rows=1,
        paid=1,
        returned=0,
        recorded_at=AT,
        recorded_by=make.staff(),
    )


def document(register: PaymentRegister, number: int) -> Any:
    return PaymentDocument.objects.create(register=register, kind="list", office=make.office(), file=paid.file())


def notice() -> Any:
    """A letter whose sum was asked while it had no lines."""
    row = paid.notice()
    ask_deferred()
    return row


def asked_back(notice: ReturnNotice, number: int) -> Any:
    accrual = paid.after_death()
    channel = make.channel(recipient=accrual.recipient, bank=notice.bank)
    return notice.lines.create(line=paid.line(accrual=accrual, status="paid", channel=channel))


def overpaid_month(owed: Overpayment, number: int) -> Any:
    """A month beyond the total, asked of nobody: months are entered with their overpayment."""
    ask_deferred()
    accrual = overpaid.next_accrual(owed)
    with pgtrigger.ignore("payments.OverpaymentPart:a_month_joins_its_overpayment"):
        part = OverpaymentPart.objects.create(overpayment=owed, accrual=accrual, roubles=overpaid.TOTAL)
        ask_deferred()
    return part


def right(recipient: Recipient, number: int) -> Any:
    return make.entitlement(recipient=recipient, disabled_person=make.person(), holder="family", category="child")


def past(number: int) -> dict[str, Any]:
    return {"valid_from": LONG_AGO.replace(year=2000 + number), "valid_to": LONG_AGO.replace(year=2001 + number)}


MADE: dict[str, tuple[Callable[[], models.Model], Callable[[Any, int], Any]]] = {
    "Settlement.Street": (make.settlement, lambda owner, number: make.street(settlement=owner)),
    "Dwelling.DwellingFacts": (make.dwelling, lambda owner, number: make.dwelling_facts(owner, **past(number))),
    "Dwelling.Residence": (make.dwelling, lambda owner, number: make.residence(dwelling=owner)),
    "Staff.RoleGrant": (
        make.staff,
        lambda owner, number: owner.grants.create(role="auditor", order="№ 1", granted_by=make.staff(), **past(number)),
    ),
    "Provider.ProviderDistrict": (
        make.provider,
        lambda owner, number: owner.districts.create(district=make.district(), valid_from=LONG_AGO),
    ),
    "Provider.Agreement": (make.provider, lambda owner, number: make.agreement(provider=owner)),
    "ServiceAccount.ConnectedService": (
        make.account,
        lambda owner, number: make.connected_service(account=owner, **past(number)),
    ),
    "Recipient.Entitlement": (make.recipient, right),
    "Recipient.PaymentChannel": (
        make.recipient,
        lambda owner, number: make.channel(recipient=owner, **past(number)),
    ),
    "Recipient.CaseDocument": (
        make.recipient,
        lambda owner, number: CaseDocument.objects.create(
            recipient=owner, number=number + 1, title="документ", filed_on=MONTH
        ),
    ),
    "Application.ApplicationDocument": (
        make.application,
        lambda owner, number: owner.documents.create(kind=DocumentKind.values[number]),
    ),
    "Entitlement.EntitledPerson": (
        lambda: right(make.recipient(), 1),
        lambda owner, number: make.entitled_person(owner),
    ),
    "PaymentRegister.PaymentDocument": (paid.register, document),
    "PaymentRegister.RegisterAnswer": (paid.released_register, answer),
    "HeirDecision.HeirPart": (
        paid.decision,
        lambda owner, number: paid.part(decision=owner),
    ),
    "HeirClaim.HeirRequisites": (paid.claim, lambda owner, number: paid.heir_requisites(claim=owner)),
    "ReturnNotice.ReturnNoticeLine": (notice, asked_back),
    "Overpayment.OverpaymentPart": (overpaid.overpayment, overpaid_month),
    "Overpayment.Repayment": (overpaid.overpayment, lambda owner, number: overpaid.repayment(of=owner)),
}


def asked(client: Client, owner: models.Model) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page(type(owner), "change", owner.pk)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("pair", MADE)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_asks_the_same_for_many_rows_as_for_few(pair: str, role: str) -> None:
    owner_made, row_made = MADE[pair]
    owner, client = owner_made(), visitor(role)
    if client.get(page(type(owner), "change", owner.pk), follow=True).status_code == 403:
        return
    for number in range(2):
        row_made(owner, number)
    few = asked(client, owner)
    for number in range(2, 6):
        row_made(owner, number)
    assert asked(client, owner) <= few


def test_tries_every_table_shown_on_its_owners_page() -> None:
    from django.contrib import admin

    shown = {
        f"{model.__name__}.{inline.model.__name__}"
        for model in REGISTERED
        for inline in admin.site._registry[model].inlines
    }
    assert shown - {"HandoverBalance.HeldAmount"} == set(MADE)
