"""An overpayment is found, told of, agreed to, paid back, written off or claimed, and never by one person alone."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from calculations.rules.withholding import OverpaymentCause
from offices import files
from offices.models import JournalEntry, Role
from payments.models import Overpayment, PaymentLine
from payments.selectors import overpayments as selectors
from payments.services import overpayments, withdrawals, write_offs
from recipients.services.own_case import OwnCase
from tests import factories
from tests.calculations import made
from tests.payments import owing, paying

pytestmark = pytest.mark.django_db

Status = Overpayment.Status


@pytest.fixture
def owed() -> owing.Owing:
    """A recipient who was paid 1450.00 for October."""
    return owing.paid_recipient("1450.00")


def words_of(file) -> str:
    pages = PdfReader(io.BytesIO(files.read(file))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_knows_the_causes_of_the_rules() -> None:
    assert Overpayment.Cause.values == [cause.value for cause in OverpaymentCause]


def test_is_recorded_by_months_with_a_number_a_notice_and_a_form_of_consent(owed) -> None:
    one = owing.found(owed, "1230.40")
    assert (one.total, one.rest, one.status) == (Decimal("1230.40"), Decimal("1230.40"), Status.OPEN)
    assert one.number == "1/2026"
    assert [(part.accrual, part.roubles) for part in one.parts.all()] == [(owed.accrual, Decimal("1230.40"))]
    notice, form = words_of(one.notice), words_of(one.consent_form)
    assert "1 230,40" in notice
    assert "октябрь 2026" in notice
    assert "290,00" in notice
    assert "всего 5 месяцев, последний март 2027" in notice.replace("\N{NO-BREAK SPACE}", " ")
    assert "Согласен (согласна)" in form
    assert JournalEntry.objects.get(event="выявлена переплата").roubles == Decimal("1230.40")


def test_tells_whom_the_authority_overpaid_that_nothing_is_withheld(owed) -> None:
    one = owing.found(owed, "10.00", cause="authority")
    assert "ничего удерживать не будут" in words_of(one.notice)
    assert one.consent_form is None


@pytest.mark.parametrize("roubles", ["0.00", "-1.00", "1450.01", "0.001"])
def test_is_not_recorded_above_what_was_accrued(owed, roubles) -> None:
    with pytest.raises(
        overpayments.OverpaymentNotPossible, match="от 0,01 до 1 450,00".replace("1 4", "1\N{NO-BREAK SPACE}4")
    ):
        owing.found(owed, roubles)


def test_is_not_recorded_twice_of_the_same_roubles(owed) -> None:
    owing.found(owed, "1450.00")
    with pytest.raises(overpayments.OverpaymentNotPossible, match="выплаченные месяцы"):
        owing.found(owed, "0.01")


def test_is_not_recorded_of_what_a_correction_takes_back(owed) -> None:
    run = made.run(office=owed.office, month=paying.NEXT)
    now = made.accrual(run, recipient=owed.recipient, entitlement=owed.accrual.entitlement, accrued=0)
    told = {"correction": {"right": str(owed.accrual.entitlement_id)}}
    made.line(now, accrued="-450.00", corrects_month=factories.MONTH, inputs=told)
    assert [one.left for one in selectors.paid_months(owed.recipient)] == [Decimal("1450.00")], "the run is a draft"
    made.forward(run)
    assert [one.left for one in selectors.paid_months(owed.recipient)] == [Decimal("1000.00")]
    with pytest.raises(overpayments.OverpaymentNotPossible, match="1\N{NO-BREAK SPACE}000,00"):
        owing.found(owed, "1000.01")


def test_is_recorded_of_paid_months_only(owed) -> None:
    PaymentLine.objects.update(status="returned")
    with pytest.raises(overpayments.OverpaymentNotPossible, match="выплаченные месяцы"):
        owing.found(owed, "1.00")


def test_is_recorded_by_the_office_that_keeps_the_case(owed) -> None:
    with pytest.raises(overpayments.OverpaymentNotPossible, match="другой отдел"):
        owing.found(owed, "1.00", office=factories.office())


def test_is_recorded_by_another_than_the_recipient(owed) -> None:
    oneself = factories.staff(office=owed.office, snils=owed.recipient.person.snils)
    with pytest.raises(OwnCase):
        owing.found(owed, "1.00", by=oneself)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"percent": Decimal("20.01")}, "не больше 20 %"),
        ({"percent": Decimal(0)}, "больше 0"),
        ({"percent": Decimal(101), "is_more_agreed": True}, "не больше 100"),
        ({"document": " "}, "Укажите документ"),
        ({"agreed_on": dt.date(2026, 11, 23)}, "День согласия"),
        ({"agreed_on": dt.date(2026, 12, 2)}, "День согласия"),
    ],
)
def test_is_not_withheld_without_a_whole_consent(owed, given, said) -> None:
    one = owing.found(owed, "100.00")
    with pytest.raises(overpayments.ConsentNotPossible, match=said):
        owing.agreed(one, **given)


def test_is_withheld_above_the_limit_where_the_consent_says_so(owed) -> None:
    one = owing.agreed(owing.found(owed, "100.00"), percent=Decimal(50), is_more_agreed=True)
    assert (one.percent, one.most_percent, one.is_more_agreed, one.status) == (50, 20, True, Status.AGREED)


def test_is_agreed_to_once(owed) -> None:
    one = owing.agreed(owing.found(owed, "100.00"))
    with pytest.raises(overpayments.OverpaymentEnded):
        owing.agreed(one, percent=Decimal(10))


def test_is_not_withheld_where_the_authority_erred(owed) -> None:
    one = owing.found(owed, "100.00", cause="authority")
    with pytest.raises(overpayments.ConsentNotPossible, match="не удерживают"):
        owing.agreed(one)


def test_is_settled_by_what_is_paid_back(owed) -> None:
    one = owing.found(owed, "100.00")
    owing.repaid(one, "99.99")
    one.refresh_from_db()
    assert (one.rest, one.status) == (Decimal("0.01"), Status.OPEN)
    with pytest.raises(overpayments.OverpaymentNotPossible, match="Осталось 0,01"):
        owing.repaid(one, "0.02")
    owing.repaid(one, "0.01")
    one.refresh_from_db()
    assert (one.rest, one.status) == (0, Status.SETTLED)
    with pytest.raises(overpayments.OverpaymentEnded):
        owing.repaid(one, "0.01")


def test_is_written_off_by_another_than_who_proposed_it(owed) -> None:
    one = owing.found(owed, "100.00", cause="authority")
    proposed = owing.proposed(one)
    with pytest.raises(write_offs.WriteOffNotYours):
        write_offs.confirm_write_off(overpayment_id=one.pk, rest=one.rest, by=proposed.prepared_by, at=owing.AT)
    head = factories.staff(Role.HEAD, office=owed.office)
    with pytest.raises(write_offs.WriteOffNotPossible, match="Остаток изменился"):
        write_offs.confirm_write_off(overpayment_id=one.pk, rest=Decimal(99), by=head, at=owing.AT)
    done = write_offs.confirm_write_off(overpayment_id=one.pk, rest=one.rest, by=head, at=owing.AT)
    assert (done.rest, done.status, done.write_off.roubles) == (0, Status.WRITTEN_OFF, Decimal(100))
    with pytest.raises(overpayments.OverpaymentEnded):
        owing.proposed(done)


def test_is_written_off_only_when_somebody_proposed_it(owed) -> None:
    one = owing.found(owed, "100.00")
    head = factories.staff(Role.HEAD, office=owed.office)
    with pytest.raises(write_offs.WriteOffNotPossible, match="ещё не предложено"):
        write_offs.confirm_write_off(overpayment_id=one.pk, rest=one.rest, by=head, at=owing.AT)


def test_is_no_longer_withheld_when_claimed_in_court(owed) -> None:
    one = owing.agreed(owing.found(owed, "100.00"))
    claimed = owing.claimed(one)
    assert (claimed.status, claimed.rest) == (Status.CLAIMED, Decimal(100))
    assert list(selectors.withheld_now([owed.recipient.pk])) == []
    with pytest.raises(overpayments.OverpaymentEnded):
        owing.claimed(one)


def test_is_no_longer_withheld_when_its_consent_is_withdrawn(owed) -> None:
    one = owing.agreed(owing.found(owed, "1000.00"))
    owing.listed(owed, "1450.00")
    withdrawn = owing.withdrawn(one)
    assert (withdrawn.status, withdrawn.rest) == (Status.WITHDRAWN, Decimal("710.00"))
    assert withdrawn.consent_on == owing.DAY, "what was agreed to stays on record"
    assert list(selectors.withheld_now([owed.recipient.pk])) == []
    later = owing.listed(owed, "1450.00", month=dt.date(2026, 12, 1))
    assert later.lines.get().payable == Decimal("1450.00")
    assert JournalEntry.objects.filter(event="отозвано согласие на удержание").exists()
    with pytest.raises(overpayments.OverpaymentEnded):
        owing.agreed(withdrawn)
    assert owing.claimed(withdrawn).status == Status.CLAIMED
    owing.repaid(withdrawn, "710.00")
    withdrawn.refresh_from_db()
    assert withdrawn.status == Status.SETTLED


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": " "}, "заявление получателя"),
        ({"withdrawn_on": dt.date(2026, 11, 23)}, "не раньше дня согласия"),
        ({"withdrawn_on": dt.date(2026, 11, 25)}, "не позже сегодняшнего"),
    ],
)
def test_is_withheld_until_the_withdrawal_is_whole(owed, given, said) -> None:
    one = owing.agreed(owing.found(owed, "100.00"))
    with pytest.raises(withdrawals.NothingToWithdraw, match=said):
        owing.withdrawn(one, **given)
    one.refresh_from_db()
    assert one.is_withheld_now


def test_withdraws_only_a_consent_in_force(owed) -> None:
    one = owing.found(owed, "100.00")
    with pytest.raises(withdrawals.NothingToWithdraw, match="нет действующего согласия"):
        owing.withdrawn(one)
    owing.withdrawn(owing.agreed(one))
    with pytest.raises(withdrawals.NothingToWithdraw, match="нет действующего согласия"):
        owing.withdrawn(one)


def test_is_planned_to_the_last_kopeck_with_the_last_payment_as_due(owed) -> None:
    plan = selectors.planned(
        Decimal("2130.40"), percent=Decimal(20), most=Decimal(20), due=Decimal("1450.00"), since=dt.date(2026, 11, 1)
    )
    assert [month.withheld for month in plan] == [Decimal("290.00")] * 7 + [Decimal("100.40")]
    assert (plan[-1].month, plan[-1].paid, plan[-1].balance) == (dt.date(2027, 6, 1), Decimal("1349.60"), 0)
    one = owing.agreed(owing.found(owed, "1000.00"))
    assert [month.withheld for month in selectors.plan_of(one, on=owing.AT.date())][-1] == Decimal("130.00")


def test_is_planned_after_the_older_one_within_the_same_limit(owed) -> None:
    older = owing.agreed(owing.found(owed, "300.00"))
    younger = owing.agreed(owing.found(owed, "290.00"))
    taken = [month.withheld for month in selectors.plan_of(younger, on=owing.AT.date())]
    assert taken == [Decimal("0.00"), Decimal("280.00"), Decimal("10.00")]
    assert [month.withheld for month in selectors.plan_of(older, on=owing.AT.date())] == [Decimal(290), Decimal(10)]


def test_has_no_plan_where_no_payment_is_due() -> None:
    since = dt.date(2026, 11, 1)
    assert selectors.planned(Decimal(1), percent=Decimal(20), most=Decimal(20), due=Decimal(0), since=since) == []
