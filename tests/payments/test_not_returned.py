"""What a bank or the post does not return after a death becomes an overpayment of the case, once."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from offices import files
from offices.models import JournalEntry
from payments.models import Overpayment, PaymentLine
from payments.selectors.after_death import not_returned, overpaid_for
from payments.services import after_death
from payments.services.not_returned import overpay_not_returned
from payments.services.overpayments import ConsentNotPossible, OverpaymentNotPossible, record_consent
from tests import factories
from tests.factories import AT
from tests.payments import inheriting, paying

pytestmark = pytest.mark.django_db
ANSWER = "письмо банка № 17 от 12.11.2026: на счёте нет денег"


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def line(department: paying.Department) -> PaymentLine:
    """October paid to somebody who had died in September, asked back in vain."""
    office = factories.office()
    dead = paying.payee(office, last_name="Петренко", first_name="Иван", sex="m")
    paying.approved(office, [(dead, "100.00")])
    paying.listed(department, office)
    paid = paying.released(department, bank=dead.channels.get().bank)
    paying.answered(department, paid, paying.answer_rows(paid.lines))
    inheriting.died(dead, dt.date(2026, 9, 30))
    after_death.ask_back(by=department.former, at=AT)
    return not_returned().get()


def overpaid(line: PaymentLine, department: paying.Department, **given: str) -> Overpayment:
    facts = {"cause": "recipient", "answer": ANSWER} | given
    return overpay_not_returned(line_id=line.pk, by=department.former, at=AT, **facts)


def test_records_what_the_bank_does_not_return_for_the_office_of_the_case(department, line) -> None:
    made = overpaid(line, department)
    assert (made.office, made.recipient, made.total, made.rest) == (
        line.recipient.office, line.recipient, Decimal("100.00"), Decimal("100.00"),
    )  # fmt: skip
    assert made.parts.get().accrual == line.accrual
    assert made.description.startswith("За октябрь 2026 года выплачено после смерти получателя 30.09.2026. ")
    assert made.description.endswith(f"письмо № 1/2026 от 15.10.2026: {ANSWER}")
    assert JournalEntry.objects.get(event="выявлена переплата").office == line.recipient.office
    assert overpaid_for(not_returned()) == {line.accrual_id: made}


def test_writes_to_who_received_the_money_and_offers_no_withholding(department, line) -> None:
    made = overpaid(line, department)
    assert made.consent_form is None
    pages = PdfReader(io.BytesIO(files.read(made.notice))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Родственникам и наследникам Петренко" in text
    assert "Кто получил эти деньги, возвращает их" in text
    assert "удержива" not in text
    with pytest.raises(ConsentNotPossible, match="Получатель умер"):
        record_consent(
            overpayment_id=made.pk, agreed_on=made.found_on, document="заявление", percent=Decimal(10),
            is_more_agreed=False, by=department.former, at=AT,
        )  # fmt: skip


def test_is_recorded_once(department, line) -> None:
    overpaid(line, department)
    with pytest.raises(OverpaymentNotPossible):
        overpaid(line, department)
    assert Overpayment.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [({"answer": " "}, "что ответил банк"), ({"cause": "provider"}, "почему выплатили")],
)
def test_asks_for_the_answer_and_for_whose_fault_it_is(department, line, given, words: str) -> None:
    with pytest.raises(OverpaymentNotPossible, match=words):
        overpaid(line, department, **given)


def test_takes_nothing_that_was_not_asked_back(department, line) -> None:
    with pytest.raises(after_death.NothingAfterDeath):
        overpay_not_returned(line_id=line.pk + 1, cause="recipient", answer=ANSWER, by=department.former, at=AT)
