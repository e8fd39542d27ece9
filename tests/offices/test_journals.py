"""Journals are numbered without gaps, hand-overs are written by both sides, balances close."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from offices import balances, journal, numbering
from offices.balances import Amount, Balance, BalanceDoesNotClose
from offices.journal import Paper
from offices.models import HandoverBalance, JournalEntry, Office, Staff
from tests import factories
from tests.factories import AT, MONTH

PAPER = Paper(subject="реестр", item="3.7", month=MONTH, rows=3, roubles=Decimal("10.50"))


@pytest.mark.django_db
def test_numbers_lines_anew_in_every_office_and_year() -> None:
    by, other = factories.staff(), factories.office()
    moments = [AT, AT, AT.replace(year=2027)]
    numbers = [journal.record(office=by.office, event="записано", paper=PAPER, by=by, at=at).number for at in moments]
    assert numbers == [1, 2, 1]
    assert journal.record(office=other, event="записано", paper=PAPER, by=by, at=AT).number == 1


@pytest.mark.django_db
def test_takes_the_year_of_the_region_and_not_of_greenwich() -> None:
    by = factories.staff()
    new_year = dt.datetime(2026, 12, 31, 21, 30, tzinfo=dt.UTC)
    line = journal.record(office=by.office, event="записано", paper=PAPER, by=by, at=new_year)
    assert (line.year, numbering.year_of(new_year)) == (2027, 2027)


@pytest.mark.django_db
def test_leaves_no_gap_after_a_line_that_was_taken_back() -> None:
    by = factories.staff()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError(journal.record(office=by.office, event="записано", paper=PAPER, by=by, at=AT))
    assert journal.record(office=by.office, event="записано", paper=PAPER, by=by, at=AT).number == 1


@pytest.mark.django_db
def test_writes_a_handover_for_both_sides_under_one_number() -> None:
    by, unit = factories.staff(), factories.unit()
    sent, received = journal.record_handover(sender=by.office, receiver=unit, paper=PAPER, by=by, at=AT)
    assert (sent.event, sent.office, sent.counterpart) == ("передано", by.office, str(unit))
    assert (received.event, received.office, received.counterpart) == ("получено", unit, str(by.office))
    assert sent.handover == received.handover
    assert (sent.rows, sent.roubles, received.rows, received.roubles) == (3, Decimal("10.50"), 3, Decimal("10.50"))


@pytest.mark.django_db(transaction=True)
def test_gives_every_number_once_to_many_writers() -> None:
    offices = [factories.office(), factories.office()]
    by = factories.staff(office=offices[0])
    start = threading.Barrier(4)

    def write(first: Office, second: Office) -> None:
        try:
            start.wait(10)
            for _ in range(5):
                journal.record_handover(sender=first, receiver=second, paper=PAPER, by=by, at=AT)
        finally:
            connection.close()

    pairs = [tuple(offices), tuple(reversed(offices))] * 2
    with ThreadPoolExecutor(len(pairs)) as pool:
        writers = [pool.submit(write, *pair) for pair in pairs]
    for writer in writers:
        writer.result()  # raises what the writer raised
    for office in offices:
        numbers = JournalEntry.objects.filter(office=office).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, 21))


def strike(office: Office, balance: Balance) -> HandoverBalance:
    return balances.strike(
        month=MONTH, item="3.9", stage="приём", office=office, subject="файл", balance=balance, at=AT
    )


@pytest.mark.django_db
def test_stores_a_balance_with_what_is_held_by_reason() -> None:
    held = {"refused": Amount(1, Decimal("0.333333")), "no_answer": Amount(2), "nothing": Amount()}
    row = strike(
        factories.office(),
        Balance(taken=Amount(10, Decimal("5.333333")), handed_on=Amount(7, Decimal(5)), held=held),
    )
    row.refresh_from_db()
    assert (row.rows_held, row.roubles_held) == (3, Decimal("0.333333"))
    assert sorted(row.held.values_list("reason", "rows")) == [("no_answer", 2), ("refused", 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "handed_on", "held"),
    [
        (Amount(3), Amount(2), {}),
        (Amount(3), Amount(2), {"a": Amount(2)}),
        (Amount(3, Decimal("1.00")), Amount(3, Decimal("0.99")), {}),
        (Amount(3, Decimal("1.00")), Amount(2), {"a": Amount(1, Decimal("0.999999"))}),
    ],
    ids=["a row lost", "a row twice", "a kopeck lost", "a millionth lost"],
)
def test_strikes_no_balance_that_does_not_close(taken: Amount, handed_on: Amount, held: dict[str, Amount]) -> None:
    with pytest.raises(BalanceDoesNotClose, match="поступило"):
        strike(factories.office(), Balance(taken=taken, handed_on=handed_on, held=held))
    assert not HandoverBalance.objects.exists()


@pytest.mark.django_db
def test_shows_a_district_its_own_journal_the_department_all_and_an_administrator_none() -> None:
    mine, foreign = factories.staff("intake"), factories.staff("intake")
    for by in (mine, foreign):
        journal.record(office=by.office, event="записано", paper=PAPER, by=by, at=AT)
        strike(by.office, Balance(taken=Amount(1), handed_on=Amount(1)))

    def seen(staff: Staff) -> tuple[int, int]:
        entries = JournalEntry.objects.for_user(staff, on=MONTH)
        return len(entries), len(HandoverBalance.objects.for_user(staff, on=MONTH))

    assert seen(mine) == (1, 1)
    assert JournalEntry.objects.for_user(mine, on=MONTH).get().by == mine
    assert seen(factories.staff("accountant", office=None)) == (2, 2)
    assert seen(factories.staff("administrator", office=mine.office)) == (0, 0)
    assert seen(factories.staff(office=mine.office)) == (0, 0)
