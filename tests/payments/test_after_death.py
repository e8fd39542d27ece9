"""What was accrued for months after a death is cancelled where unpaid and asked back where it was paid."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from offices import files
from offices.models import HeldAmount, JournalEntry
from payments.models import CancelledAccrual, ReturnedPayment
from payments.selectors.after_death import not_returned
from payments.services import after_death, lists, returns
from tests import factories
from tests.payments import inheriting, paying

pytestmark = pytest.mark.django_db

SEPTEMBER_DEATH = dt.date(2026, 9, 30)
FIRST_OF_OCTOBER = dt.date(2026, 10, 1)
AT = dt.datetime(2026, 12, 1, 10, 0, tzinfo=factories.MOSCOW)


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def held(department, office):
    """October accrued to somebody who died on the last of September, held from October's list."""
    recipient = paying.payee(office, death_date=SEPTEMBER_DEATH)
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    return recipient


def cancelled(recipient) -> list[CancelledAccrual]:
    by = factories.staff(office=recipient.office)
    return after_death.cancel_after_death(recipient_id=recipient.pk, by=by, at=AT)


def test_holds_what_was_accrued_after_the_death_by_a_reason_of_its_own(held) -> None:
    assert HeldAmount.objects.get(balance__item="3.14", reason="after_death").roubles == Decimal("10.00")


def test_lists_what_is_cancelled_no_more(department, office, held) -> None:
    (row,) = cancelled(held)
    assert (row.accrual, row.reason) == (paying.accrual_of(held), "получатель умер")
    assert JournalEntry.objects.filter(event="аннулированы начисления", office=office).count() == 1
    with pytest.raises(lists.NothingToList):
        inheriting.supplementary(department, office)
    with pytest.raises(after_death.NothingAfterDeath):
        cancelled(held)


def test_pays_what_was_cancelled_for_a_death_recorded_by_mistake(department, office, held) -> None:
    cancelled(held)
    inheriting.died(held, None)
    (line,) = inheriting.supplementary(department, office)
    assert (line.accrual, line.payable) == (paying.accrual_of(held), Decimal("10.00"))


def test_cancels_nothing_of_the_month_of_death(department, office) -> None:
    recipient = paying.payee(office, death_date=FIRST_OF_OCTOBER)
    paying.approved(office, [(recipient, "10.00")])
    with pytest.raises(after_death.NothingAfterDeath):
        cancelled(recipient)


@pytest.fixture
def spent(department, office):
    """October paid through a bank to two people of whom one turns out to have died in September."""
    dead, living = paying.payee(office, last_name="Петренко"), paying.payee(office)
    bank = dead.channels.get().bank
    paying.approved(office, [(dead, "100.00"), (living, "50.00")])
    paying.listed(department, office)
    paid = paying.released(department, bank=bank)
    paying.answered(department, paid, paying.answer_rows(paid.lines))
    inheriting.died(dead, SEPTEMBER_DEATH)
    return paid


def test_asks_the_bank_to_return_what_was_paid_after_the_death(department, spent) -> None:
    (notice,) = after_death.ask_back(by=department.former, at=AT)
    assert (notice.number, notice.bank, notice.rows, notice.total) == (
        "1/2026", spent.register.bank, 1, Decimal("100.00"),
    )  # fmt: skip
    assert (notice.entry.event, notice.entry.office) == ("направлено письмо", department.payments)
    pages = PdfReader(io.BytesIO(files.read(notice.document))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").split())
    for expected in ("Петренко", "30.09.2026", "10.2026", "100,00", "Сто рублей", spent.register.bank.name, "№ 1/2026"):
        assert expected in text, expected


def test_asks_for_a_payment_once(department, spent) -> None:
    after_death.ask_back(by=department.former, at=AT)
    with pytest.raises(after_death.NothingAfterDeath):
        after_death.ask_back(by=department.former, at=AT)


def test_writes_to_every_bank_and_to_the_post_apart(department, office) -> None:
    by_bank, by_post = paying.payee(office), paying.payee(office, channel={"kind": "post"})
    paying.approved(office, [(by_bank, "100.00"), (by_post, "50.00")])
    paying.listed(department, office)
    paying.released(department, bank=by_bank.channels.get().bank)
    paying.released(department)
    for recipient in (by_bank, by_post):
        inheriting.died(recipient, SEPTEMBER_DEATH)
    notices = after_death.ask_back(by=department.former, at=AT)
    assert [(notice.channel, notice.total) for notice in notices] == [
        ("bank", Decimal("100.00")),
        ("post", Decimal("50.00")),
    ]


def test_takes_the_money_back_as_any_returned_payment(department, spent) -> None:
    after_death.ask_back(by=department.former, at=AT)
    line = not_returned().get()
    content = paying.answer_rows([line], {line.pk: "B05"})
    paying.answered(department, spent, content, at=AT)
    assert not not_returned().exists()
    back = ReturnedPayment.objects.get(line=line)
    with pytest.raises(returns.OutcomeNotPossible, match="после месяца смерти"):
        returns.clarify_return(returned_id=back.pk, outcome="heirs", clarification="—", by=department.former, at=AT)
    returns.clarify_return(
        returned_id=back.pk, outcome="closed", clarification="вернул банк", by=department.former, at=AT
    )
    (row,) = cancelled(line.recipient)
    assert row.accrual == line.accrual
