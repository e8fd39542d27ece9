"""Orders of recalculation: approved by another, taken once, freed by a run that came back, replaced by a later one."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.inputs.differences import MonthDifference, ServiceDifference
from calculations.inputs.ordered_months import ordered_months
from calculations.models import RecalculationMonth
from calculations.services import recalculations, taking
from offices.models import JournalEntry, Role
from recipients.services.own_case import OwnCase
from tests import factories
from tests.calculations import made, ordered, town
from tests.calculations.retroactive import approved, area, billed_family, changed

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = dt.date(2026, 9, 1), factories.MONTH, dt.date(2026, 11, 1)
TODAY = dt.datetime(2026, 11, 20, 12, tzinfo=factories.MOSCOW)


@pytest.fixture
def office():
    return factories.office()


def difference(recipient, month: dt.date = OCTOBER, now: str = "80.00") -> MonthDifference:
    service = ServiceDifference("10", 7, Decimal("100.00"), Decimal(now))
    return MonthDifference(recipient_id=recipient.pk, month=month, services=(service,))


def prepared(office, *months: MonthDifference, by=None, **given):
    facts = {"cause": "household", "changed_from": OCTOBER, "what": "выбыл сын", "document": "справка № 1"} | given
    author = by or factories.staff(Role.INTAKE, office=office)
    return recalculations.prepare_recalculation(office=office, months=months, by=author, at=TODAY, **facts)


def someone(office, *months: dt.date):
    for month in months or (OCTOBER,):
        factories.open_month(month)
        made.forward(made.run(office=office, month=month))
    return factories.recipient(office=office)


def test_is_prepared_with_what_was_seen_and_a_line_in_the_journal(office) -> None:
    recipient = someone(office)
    order = prepared(office, difference(recipient))
    row = order.months.get()
    assert (row.accrued, row.recalculated, row.is_open, row.run) == (Decimal("100.00"), Decimal("80.00"), True, None)
    assert row.services == [{"service": "10", "account": "7", "accrued": "100.00", "recalculated": "80.00"}]
    entry = JournalEntry.objects.get(office=office, event="перерасчёт подготовлен")
    assert "разница −20,00 руб." in entry.subject


@pytest.mark.parametrize(("what", "document"), [("", "справка"), ("выбыл сын", "  ")])
def test_refuses_an_order_without_its_reason_or_document(office, what: str, document: str) -> None:
    recipient = someone(office)
    with pytest.raises(recalculations.RecalculationIncomplete):
        prepared(office, difference(recipient), what=what, document=document)


def test_is_decided_once_and_by_another_than_its_author(office) -> None:
    author, head = factories.staff(Role.HEAD, office=office), factories.staff(Role.CHECKING, office=office)
    town.directories()
    family = billed_family(office, months=(OCTOBER,))
    approved(office, OCTOBER)
    order = changed(author, area(family, "27", OCTOBER))
    with pytest.raises(recalculations.OwnRecalculation):
        recalculations.approve_recalculation(order_id=order.pk, by=author, at=TODAY)
    with pytest.raises(recalculations.RecalculationIncomplete):
        recalculations.refuse_recalculation(order_id=order.pk, reason=" ", by=head, at=TODAY)
    done = recalculations.approve_recalculation(order_id=order.pk, by=head, at=TODAY)
    assert (done.status, done.decided_by) == ("approved", head)
    with pytest.raises(recalculations.RecalculationDecided):
        recalculations.refuse_recalculation(order_id=order.pk, reason="поздно", by=head, at=TODAY)


def test_refuses_an_order_on_ones_own_case(office) -> None:
    recipient = someone(office)
    author = factories.staff(Role.INTAKE, office=office, snils=recipient.person.snils)
    with pytest.raises(OwnCase):
        prepared(office, difference(recipient), by=author)
    assert prepared(office, difference(recipient), by=author, cause="tariff").months.count() == 1


def test_waits_for_a_run_only_when_approved(office) -> None:
    recipient = someone(office, SEPTEMBER, OCTOBER)
    order = prepared(office, difference(recipient, SEPTEMBER), difference(recipient))
    assert waiting(office, recipient) == {}
    ordered.decided(order)
    assert waiting(office, recipient) == {SEPTEMBER: {recipient.pk}, OCTOBER: {recipient.pk}}
    assert waiting(office, recipient, month=OCTOBER) == {SEPTEMBER: {recipient.pk}}
    recipient.person.death_date = OCTOBER
    recipient.person.save(update_fields=["death_date"])
    assert waiting(office, recipient) == {}


def waiting(office, recipient, month: dt.date = NOVEMBER) -> dict[dt.date, set[int]]:
    found = ordered_months(office_id=office.pk, month=month, recipient_ids=[recipient.pk])
    return {past: set(ids) for past, ids in found.items()}


@pytest.mark.parametrize("ending", ["discarded", "returned"])
def test_is_taken_anew_after_a_run_that_came_back(office, ending: str) -> None:
    recipient = someone(office)
    order = ordered.decided(prepared(office, difference(recipient)))
    lost = made.run(office=office, month=NOVEMBER)
    taking.mark_taken(run=lost, months=waiting(office, recipient))
    assert waiting(office, recipient) == {}
    made.forward(lost, ending)
    assert waiting(office, recipient) == {OCTOBER: {recipient.pk}}
    run = made.run(office=office, month=NOVEMBER, number=2)
    taking.mark_taken(run=run, months=waiting(office, recipient))
    made.forward(run)
    taking.settle_recalculations(run=run)
    order.refresh_from_db()
    assert (order.status, order.months.get().run, order.months.get().is_open) == ("done", run, False)


def test_is_not_done_before_its_last_month_stands_in_an_approved_run(office) -> None:
    recipient = someone(office, SEPTEMBER, OCTOBER)
    order = ordered.decided(prepared(office, difference(recipient, SEPTEMBER), difference(recipient)))
    run = made.run(office=office, month=NOVEMBER)
    taking.mark_taken(run=run, months={SEPTEMBER: {recipient.pk}})
    made.forward(run)
    taking.settle_recalculations(run=run)
    order.refresh_from_db()
    assert order.status == "approved"


def test_gives_way_to_a_later_order_that_keeps_its_other_months(office) -> None:
    recipient = someone(office, SEPTEMBER, OCTOBER)
    former = prepared(office, difference(recipient, SEPTEMBER), difference(recipient))
    later = prepared(office, difference(recipient, now="60.00"))
    former.refresh_from_db()
    assert (former.status, former.replaced_by) == ("replaced", later)
    assert not former.months.filter(is_open=True).exists()
    rows = RecalculationMonth.objects.filter(order=later).order_by("month").values_list("month", "recalculated")
    assert list(rows) == [(SEPTEMBER, Decimal("80.00")), (OCTOBER, Decimal("60.00"))]


def test_does_not_give_way_while_a_run_holds_it(office) -> None:
    recipient = someone(office)
    ordered.decided(prepared(office, difference(recipient)))
    run = made.run(office=office, month=NOVEMBER)
    taking.mark_taken(run=run, months={OCTOBER: {recipient.pk}})
    with pytest.raises(recalculations.MonthIsBeingPaid):
        prepared(office, difference(recipient, now="60.00"))
