"""A late answer is checked by the facts of its month, decided and loaded; its charges bill that month, not this one."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, RequestRow, ReturnedLine
from exchange.selectors.continuity import past_of
from exchange.selectors.monitor import strips_of
from exchange.selectors.monitor_rows import Mark
from exchange.services.late_answers import NotLate, take_late
from exchange.services.loading import LoadedByItsChecker
from exchange.services.verification import CheckedByItsReceiver
from offices.models import BillingMonth, HandoverBalance
from providers.models import Arrears, Charge, Tariff
from providers.selectors import accepted_charges
from tests import factories as make
from tests.exchange import stored
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled, held, right_answers
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture
def at() -> Desk:
    return desk()


def close_october() -> None:
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    make.open_month(NOVEMBER)


def corrected(request: ExchangeFile) -> list[ReturnedRow]:
    """The first row dearer and cheaper than it was, the others as they were."""
    first = ReturnedRow(answer(billed("10", "12"), billed("14", "8")), row_no=1)
    return [first, *right_answers(request)[1:]]


def taken(at: Desk, request: ExchangeFile, rows: list[ReturnedRow]) -> ExchangeFile:
    """The file of October as it is taken in November."""
    refused = at.receive(filled(request, rows), request.name, month=NOVEMBER)
    assert refused.refusal_code == "wrong_month"
    return take_late(file_id=refused.pk, by=at.receiver, at=AT)


def test_loads_an_answer_that_never_came_into_the_open_month_for_its_own(at: Desk) -> None:
    request = asked(at, people=2)
    close_october()
    file = at.load(at.verify(taken(at, request, right_answers(request))))
    assert file.status == "loaded"
    found = Charge.objects.values_list("month", "billed_for", "billed", "row_number").order_by("row_number", "billed")
    assert list(found) == [
        (NOVEMBER, MONTH, Decimal("201.00"), 1),
        (NOVEMBER, MONTH, Decimal("260.60"), 1),
        (NOVEMBER, MONTH, Decimal("201.00"), 2),
        (NOVEMBER, MONTH, Decimal("260.60"), 2),
    ]
    assert not accepted_charges(office=at.office, month=NOVEMBER).exists()
    struck = at.balance("3.11")
    assert (struck.month, struck.rows_in, struck.rows_on) == (NOVEMBER, 4, 4)
    (strip,) = strips_of(offices=[at.office], month=NOVEMBER, today=NOVEMBER).values()
    assert strip[-2].mark is Mark.CAME_LATER
    assert "ответ пришёл позже" in strip[-2].words


def test_turns_away_what_says_the_same_as_was_accepted(at: Desk) -> None:
    request = asked(at, people=2)
    at.load(at.verify(at.receive(filled(request, right_answers(request)), request.name)))
    close_october()
    file = at.load(at.verify(taken(at, request, corrected(request))))
    late = Charge.objects.filter(billed_for=MONTH).order_by("service")
    assert list(late.values_list("service", "billed")) == [("10", Decimal("312.72")), ("14", Decimal("160.80"))]
    lines = ReturnedLine.objects.filter(row__file=file).order_by("row__row_number", "position")
    assert list(lines.values_list("status", flat=True)) == ["loaded", "loaded", "rejected", "rejected"]
    balance = HandoverBalance.objects.get(item="3.11", office=at.office, month=NOVEMBER)
    assert held(balance) == {"repeated": (2, Decimal("461.60"))}
    assert not Arrears.objects.filter(month=NOVEMBER).exists()


def test_checks_by_the_tariffs_of_its_month(at: Desk) -> None:
    request = asked(at)
    close_october()
    Tariff.objects.filter(service="10").update(valid_to=NOVEMBER)
    make.tariff(service=make.service(code="10"), price=Decimal("31.00"), valid_from=NOVEMBER)
    file = at.verify(taken(at, request, right_answers(request)))
    assert not Discrepancy.objects.filter(file=file, is_blocking=True).exists()


def test_holds_what_is_wrong_until_it_is_decided(at: Desk) -> None:
    request = asked(at)
    close_october()
    row = ReturnedRow(answer(billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00")), billed("14")), row_no=1)
    file = at.verify(taken(at, request, [row]))
    for found in Discrepancy.objects.filter(file=file, is_blocking=True):
        at.decide(found, "accept")
    at.load(file)
    assert Charge.objects.get(service="10").billed == Decimal("300.00")


def test_needs_three_persons(at: Desk) -> None:
    request = asked(at)
    close_october()
    file = taken(at, request, right_answers(request))
    with pytest.raises(CheckedByItsReceiver):
        Desk(at.office, at.receiver, at.receiver, at.loader).verify(file)
    at.verify(file)
    with pytest.raises(LoadedByItsChecker):
        Desk(at.office, at.receiver, at.checker, at.checker).load(file)


def test_gives_way_to_a_corrected_file_until_it_is_loaded(at: Desk) -> None:
    request = asked(at, people=2)
    close_october()
    first = taken(at, request, right_answers(request))
    second = taken(at, request, corrected(request))
    first.refresh_from_db()
    assert (first.status, second.replaces) == ("superseded", first)
    at.load(at.verify(second))
    third = [ReturnedRow(answer(billed("10", "3"), billed("14", "3")), row_no=1), *right_answers(request)[1:]]
    with pytest.raises(NotLate, match="в следующем открытом месяце"):
        taken(at, request, third)


def test_reads_a_late_month_as_that_month_where_continuity_is_checked(at: Desk) -> None:
    request = asked(at)
    close_october()
    at.load(at.verify(taken(at, request, right_answers(request))))
    next_file = stored.returned(request=request, office=at.office, provider=request.provider, month=NOVEMBER)
    past = past_of(next_file, RequestRow.objects.filter(file=request))
    assert {month for by_month in past.billed.values() for month in by_month} == {MONTH}
