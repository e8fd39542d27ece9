"""The pages of deceased recipients: who waits, a case from the claim to the decision, letters that ask money back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.models import Role
from payments.models import CancelledAccrual, HeirClaim, HeirDecision, HeirRequisites, Overpayment, ReturnNotice
from recipients.models import Termination
from tests import factories
from tests.payments import inheriting, paying
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
CLAIMED_ON = "2026-11-02"


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def deceased(department, office):
    return inheriting.unpaid(department, office)


def text_of(client, route: str, *args: object) -> str:
    return client.get(reverse(route, args=args)).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def posted(client, route: str, *args: object, **data: object):
    return client.post(reverse(route, args=args), data, follow=True)


def claim_form(**given: object) -> dict[str, object]:
    requisites = inheriting.account()
    return {
        "who": "another",
        "last_name": "Петренко",
        "first_name": "Мария",
        "sex": "f",
        "birth_date": "1955-02-03",
        "kind": "family",
        "relation": "жена",
        "received_on": CLAIMED_ON,
        "way": "in_person",
        "address": "г. Смоленск, ул. Ленина, д. 1",
        "papers": ["death", "kinship", "joint_residence"],
        "way_of_payment": "bank",
        "bank": requisites.bank.pk,
        "account": requisites.account,
    } | given


def test_lists_who_died_unpaid_with_the_term_and_the_sum(deceased, office) -> None:
    text = text_of(visitor(Role.CALCULATION, office=office), "heirs")
    for expected in ("Петренко Иван", "20.10.2026", "22.02.2027", "10,00", "никто не обратился"):
        assert expected in text, expected


def test_shows_a_district_its_own_dead_only(deceased) -> None:
    other = visitor(Role.CALCULATION, office=factories.office())
    assert "Петренко Иван" not in text_of(other, "heirs")
    assert other.get(reverse("heirs-case", args=[deceased.pk])).status_code == 404


def test_asks_as_often_for_many_as_for_one(department, deceased, office) -> None:
    client = visitor(Role.CALCULATION, office=office)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            late = factories.recipient(office=office, person=factories.person(death_date=inheriting.DEATH))
            factories.entitlement(recipient=late)
            inheriting.claimed(late)
        counts.append(asked(client, "heirs"))
    assert counts[0] == counts[1] < MOST_QUERIES


def asked(client, route: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(route))
    return len(queries)


def spent_on(department, last_name: str) -> None:
    """A payment for October of somebody who died in September, released to a bank of its own."""
    office = factories.office()
    dead = paying.payee(office, last_name=last_name)
    paying.approved(office, [(dead, "100.00")])
    paying.listed(department, office)
    paying.released(department, bank=dead.channels.get().bank)
    inheriting.died(dead, dt.date(2026, 9, 30))


def test_asks_as_often_for_many_letters_as_for_one(department) -> None:
    unit = visitor(Role.PAYMENTS, office=department.payments)
    spent_on(department, "Петренко")
    posted(unit, "return-notices")
    spent_on(department, "Сидоренко")
    few = asked(unit, "return-notices")
    for name in ("Иваненко", "Бондаренко"):
        spent_on(department, name)
    posted(unit, "return-notices")
    spent_on(department, "Шевченко")
    assert ReturnNotice.objects.count() == 4
    assert asked(unit, "return-notices") <= few < MOST_QUERIES


def test_goes_from_a_claim_to_a_confirmed_decision(deceased, office) -> None:
    specialist, head = visitor(Role.CALCULATION, office=office), visitor(Role.HEAD, office=office)
    posted(specialist, "heirs-claim", deceased.pk, **claim_form())
    assert HeirClaim.objects.get().claimant.full_name == "Петренко Мария"
    assert "10,00" in text_of(specialist, "heirs-case", deceased.pk)
    posted(specialist, "heirs-share", deceased.pk)
    decision = HeirDecision.objects.get()
    refused = specialist.post(reverse("heirs-confirm", args=[decision.pk]))
    assert refused.status_code == 403
    answer = posted(head, "heirs-confirm", decision.pk)
    decision.refresh_from_db()
    assert decision.status == "confirmed"
    assert HeirRequisites.objects.get().confirmed_by is not None
    text = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "войдёт в ближайший дополнительный список" in text
    assert reverse("document", args=[decision.document_id]) in text


def test_tells_what_the_form_of_a_claim_lacks(deceased, office) -> None:
    client = visitor(Role.INTAKE, office=office)
    answer = posted(client, "heirs-claim", deceased.pk, **claim_form(account="", last_name=""))
    text = answer.content.decode()
    assert "выберите банк и укажите счёт" in text
    assert "Укажите: фамилия" in text
    assert not HeirClaim.objects.exists()


def test_refuses_a_claim_with_the_ground_its_papers_ask_for(deceased, office) -> None:
    factories.ground(code="О09", title="не подтверждено право", valid_from=dt.date(2007, 1, 1))
    client = visitor(Role.CALCULATION, office=office)
    posted(client, "heirs-claim", deceased.pk, **claim_form(papers=["death"]))
    claim = HeirClaim.objects.get()
    page = text_of(client, "heirs-refuse", claim.pk)
    assert "Не представлены документы" in page
    posted(client, "heirs-refuse", claim.pk, ground="О09", facts="Не представлены документы о родстве с умершим.")
    claim.application.refresh_from_db()
    assert (claim.application.status, claim.application.ground.code) == ("refused", "О09")
    assert "отказано" in text_of(client, "heirs-case", deceased.pk)


def test_ends_the_right_by_two_people(deceased, office) -> None:
    factories.ground("termination", code="П01", ends="next_day", valid_from=dt.date(2007, 1, 1))
    specialist, head = visitor(Role.CALCULATION, office=office), visitor(Role.HEAD, office=office)
    posted(specialist, "heirs-end", deceased.pk, document="свидетельство I-МП № 1")
    posted(head, "heirs-end", deceased.pk)
    ended = Termination.objects.get()
    assert (ended.status, ended.ends_on) == ("confirmed", dt.date(2026, 10, 21))


def test_lets_the_head_cancel_what_was_accrued_after_the_death(department, office) -> None:
    late = paying.payee(office, death_date=dt.date(2026, 9, 30))
    paying.approved(office, [(late, "10.00")])
    head = visitor(Role.HEAD, office=office)
    assert "Не выплачено и не аннулировано" in text_of(head, "heirs-case", late.pk)
    posted(head, "heirs-cancel", late.pk)
    assert CancelledAccrual.objects.get().accrual == paying.accrual_of(late)


def test_lets_the_payments_unit_ask_money_back(department, office) -> None:
    dead = paying.payee(office, last_name="Петренко")
    paying.approved(office, [(dead, "100.00")])
    paying.listed(department, office)
    paying.released(department, bank=dead.channels.get().bank)
    inheriting.died(dead, dt.date(2026, 9, 30))
    unit = visitor(Role.PAYMENTS, office=department.payments)
    assert "Петренко" in text_of(unit, "return-notices")
    text = posted(unit, "return-notices").content.decode()
    notice = ReturnNotice.objects.get()
    assert notice.total == Decimal("100.00")
    assert reverse("document", args=[notice.document_id]) in text
    assert "не возвращено" in text_of(unit, "heirs-case", dead.pk)


def test_records_what_was_not_returned_as_an_overpayment(department, office) -> None:
    dead = paying.payee(office, last_name="Петренко")
    paying.approved(office, [(dead, "100.00")])
    paying.listed(department, office)
    paid = paying.released(department, bank=dead.channels.get().bank)
    paying.answered(department, paid, paying.answer_rows(paid.lines))
    inheriting.died(dead, dt.date(2026, 9, 30))
    unit = visitor(Role.PAYMENTS, office=department.payments)
    line = paid.lines[0]
    assert unit.get(reverse("not-returned", args=[line.pk])).status_code == 404
    posted(unit, "return-notices")
    assert reverse("not-returned", args=[line.pk]) in text_of(unit, "return-notices")
    assert (
        "Укажите номер, дату и причину ответа."
        in posted(unit, "not-returned", line.pk, cause="recipient").content.decode()
    )
    text = posted(unit, "not-returned", line.pk, cause="authority", answer="на счёте нет денег").content.decode()
    made = Overpayment.objects.get()
    assert f"Записана переплата № {made.number}" in text
    assert (made.office, made.cause, made.total) == (office, "authority", Decimal("100.00"))
    assert "уже записана" in text_of(unit, "not-returned", line.pk)
    assert reverse("not-returned", args=[line.pk]) not in text_of(unit, "return-notices")
