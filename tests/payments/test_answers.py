"""An answer of the bank or the post is taken whole or refused whole, and balances with its register."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from offices.models import HandoverBalance, JournalEntry
from payments.documents.files import write_answer
from payments.models import PaymentLine, PaymentRegister, RegisterAnswer, ReturnedPayment
from payments.services import returns
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def paid(department) -> paying.Paid:
    """A bank's register of four lines, released."""
    office, bank = factories.office(), factories.bank()
    people = [(paying.payee(office, channel={"bank": bank}), f"{place}0.00") for place in (1, 2, 3, 4)]
    paying.approved(office, people)
    paying.listed(department, office)
    return paying.released(department, bank=bank)


def statuses(paid: paying.Paid) -> list[str]:
    of_register = PaymentLine.objects.filter(entry__register=paid.register)
    return list(of_register.order_by("entry__row_number").values_list("status", flat=True))


def standing_balance(paid: paying.Paid) -> HandoverBalance:
    return HandoverBalance.objects.get(item="3.15", stage="ответ", superseded_by__isnull=True)


def test_sets_lines_paid_or_returned_with_the_reason(department, paid) -> None:
    back = paid.lines[1]
    answer = paying.answered(department, paid, paying.answer_rows(paid.lines, {back.pk: "B01"}))
    assert statuses(paid) == ["paid", "returned", "paid", "paid"]
    returned = ReturnedPayment.objects.get()
    assert (returned.line, returned.reason_id, returned.returned_on) == (back, "B01", paying.ANSWER_DAY)
    assert (returned.outcome, returned.recorded_by) == ("open", department.recorder)
    register = PaymentRegister.objects.get()
    assert (register.status, register.answer_file, answer.number) == ("answered", answer.file, 1)
    assert (answer.rows, answer.paid, answer.returned) == (4, 3, 1)


def test_balances_what_was_sent_with_paid_returned_and_unanswered(department, paid) -> None:
    first, second, third, fourth = paid.lines
    rows = paying.answer_rows([first, second, third], {second.pk: "B01", third.pk: "B99"})
    paying.answered(department, paid, rows)
    balance = standing_balance(paid)
    assert (balance.rows_in, balance.rows_on, balance.roubles_in) == (4, 1, Decimal("100.00"))
    assert balance.roubles_on == first.payable
    held = {one.reason: one.roubles for one in balance.held.all()}
    assert held == {"B01": second.payable, "B99": third.payable, "unanswered": fourth.payable}


def test_changes_nothing_for_the_same_bytes(department, paid) -> None:
    rows = paying.answer_rows(paid.lines, {paid.lines[0].pk: "B02"})
    first = paying.answered(department, paid, rows)
    again = paying.answered(department, paid, rows)
    assert again == first
    assert ReturnedPayment.objects.count() == RegisterAnswer.objects.count() == 1
    assert JournalEntry.objects.filter(event="получен ответ").count() == 1


def test_takes_a_later_answer_to_rows_left_out(department, paid) -> None:
    paying.answered(department, paid, paying.answer_rows(paid.lines[:3]))
    assert statuses(paid) == ["paid", "paid", "paid", "sent"]
    later = paying.answered(department, paid, paying.answer_rows(paid.lines))
    assert later.number == 2
    assert statuses(paid) == ["paid"] * 4
    assert (standing_balance(paid).rows_on, standing_balance(paid).supersedes.rows_on) == (4, 3)


def test_takes_back_what_was_paid_when_it_returns_later(department, paid) -> None:
    paying.answered(department, paid, paying.answer_rows(paid.lines))
    late = paid.lines[2]
    paying.answered(department, paid, paying.answer_rows([late], {late.pk: "B04"}))
    assert statuses(paid) == ["paid", "paid", "returned", "paid"]
    assert ReturnedPayment.objects.get().line == late


def good(paid: paying.Paid) -> list:
    return paying.answer_rows(paid.lines, {paid.lines[0].pk: "B01"})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(lambda rows: [replace(rows[0], row_id="1"), *rows[1:]], "нет строки с номером", id="unknown row"),
        pytest.param(lambda rows: [*rows, rows[-1]], "повторяется", id="row twice"),
        pytest.param(
            lambda rows: [replace(rows[0], amount=rows[0].amount + Decimal("0.01")), *rows[1:]],
            "вместо",
            id="another sum",
        ),
        pytest.param(lambda rows: [replace(rows[0], reason_code="B77")], "нет в справочнике", id="unknown reason"),
        pytest.param(lambda rows: [replace(rows[0], reason_code="P01")], "нет в справочнике", id="reason of the post"),
        pytest.param(lambda rows: [replace(rows[0], reason_code="")], "причина указывается", id="no reason"),
        pytest.param(
            lambda rows: [replace(rows[1], reason_code="B01")], "причина указывается", id="paid with a reason"
        ),
        pytest.param(
            lambda rows: [replace(rows[0], day=dt.date(2026, 11, 21))], "ещё не настал", id="day in the future"
        ),
        pytest.param(
            lambda rows: [replace(rows[0], day=dt.date(2026, 11, 9))], "раньше отправки", id="day before the release"
        ),
        pytest.param(lambda rows: [], "ни одной строки", id="no rows"),
    ],
)
def test_refuses_the_whole_file_for_one_wrong_row(department, paid, spoil, sentence: str) -> None:
    rows = spoil(good(paid))
    with pytest.raises(returns.AnswerRefused, match=sentence):
        paying.answered(department, paid, rows)
    assert statuses(paid) == ["sent"] * 4
    assert not RegisterAnswer.objects.exists()
    assert PaymentRegister.objects.get().status == "released"


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: content[:-40], id="truncated"),
        pytest.param(lambda content: b"<?xml version='1.0'?>", id="not a table"),
        pytest.param(lambda content: content.replace(b"SUMMA", b"SUMMB", 1), id="column missing"),
        pytest.param(lambda content: content.replace(b"20261116", b"20261399", 1), id="impossible day"),
    ],
)
def test_refuses_a_damaged_file(department, paid, spoil) -> None:
    content = spoil(write_answer(good(paid), from_bank=True))
    with pytest.raises(returns.AnswerRefused):
        returns.record_answer(
            register_id=paid.register.pk, content=content, name="a.dbf", by=department.recorder, at=paying.ANSWERED_AT
        )
    assert statuses(paid) == ["sent"] * 4


def test_refuses_to_pay_what_came_back(department, paid) -> None:
    back = paid.lines[0]
    paying.answered(department, paid, paying.answer_rows([back], {back.pk: "B01"}))
    with pytest.raises(returns.AnswerRefused, match="уже возвращена"):
        paying.answered(department, paid, paying.answer_rows([back]))


def test_refuses_an_answer_to_a_register_not_sent(department) -> None:
    office = factories.office()
    recipient = paying.payee(office, channel={"kind": "post"})
    paying.approved(office, [(recipient, "1.00")])
    paying.listed(department, office)
    register = paying.formed(department)
    lines = list(PaymentLine.objects.all())
    with pytest.raises(returns.AnswerRefused, match="ещё не отправлен"):
        paying.answered(department, paying.Paid(register, lines), paying.answer_rows(lines))


def test_reads_the_post_answer_by_its_own_reasons(department) -> None:
    office = factories.office()
    recipient = paying.payee(office, channel={"kind": "post"})
    paying.approved(office, [(recipient, "1.00")])
    paying.listed(department, office)
    paid = paying.released(department)
    paying.answered(department, paid, paying.answer_rows(paid.lines, {paid.lines[0].pk: "P03"}))
    assert ReturnedPayment.objects.get().reason_id == "P03"


def test_records_with_the_same_queries_for_few_and_many(department, django_assert_max_num_queries) -> None:
    counts = []
    for recipients in (2, 50):
        office, bank = factories.office(), factories.bank()
        paying.approved(office, [(paying.payee(office, channel={"bank": bank}), "1.00") for _ in range(recipients)])
        paying.listed(department, office)
        paid = paying.released(department, bank=bank)
        rows = paying.answer_rows(paid.lines, {line.pk: "B99" for line in paid.lines[::2]})
        with django_assert_max_num_queries(40) as queries:
            paying.answered(department, paid, rows)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
