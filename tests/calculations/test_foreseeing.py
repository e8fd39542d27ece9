"""A fact changed from a past date: seen before saving, and accrued by the next run to the kopeck as it was seen."""

from decimal import Decimal

import pytest
from django.db import connection

from calculations.models import AccrualLine, CalculationRun, Recalculation
from calculations.services import accrued_months, explanation
from calculations.services.fact_changes import Arrival, Death, Departure, GroupChange
from calculations.services.foreseeing import OtherThanSeen, make_change
from housing.models import Residence
from recipients.models import EntitledPerson, Entitlement
from recipients.services.persons import PersonFacts
from tests import factories
from tests.calculations import made, town
from tests.calculations.retroactive import (
    NOVEMBER,
    OCTOBER,
    PAPER,
    SEPTEMBER,
    TODAY,
    approve,
    approved,
    area,
    billed_family,
    changed,
    corrections,
    registration,
    seen_by,
    told,
)

pytestmark = pytest.mark.django_db

HEAT, WATER, REPAIR = "21", "10", "03"


@pytest.fixture
def office():
    town.directories()
    return factories.office()


@pytest.fixture
def clerk(office):
    return town.specialist(office)


def rows_everywhere() -> dict[str, int]:
    """Count the rows of every table, those of the histories with them."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def november(office) -> CalculationRun:
    factories.open_month(NOVEMBER)
    return town.calculate(office, month=NOVEMBER)


def test_leaves_no_trace_of_what_is_only_shown(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    before = rows_everywhere()
    assert before["recipients_personevent"] > 0, "the histories are counted as well"
    found = seen_by(clerk, area(family, "27", SEPTEMBER))
    assert found.months
    assert rows_everywhere() == before
    assert family.account.dwelling.facts.get().valid_to is None


def test_accrues_to_the_kopeck_what_was_seen_when_somebody_left(office, clerk) -> None:
    """The third resident left on 1 October: the share of October is a half, September stays.

    Cold water is the same: the norm of two, a half of it, and of three, a third, is 4.32 m³ each time.
    """
    family = billed_family(office)
    approved(office, SEPTEMBER)
    first = approved(office, OCTOBER)
    change = Departure(registration(family, 2), OCTOBER, PAPER)
    found = seen_by(clerk, change)
    assert {one.month for one in found.months} == {OCTOBER}
    order = changed(clerk, change)
    assert (order.cause, order.status, order.number) == ("household", "prepared", 1)
    assert order.months.get().accrued == Decimal("804.25") - Decimal("56.29")
    approve(order)
    run = november(office)
    assert corrections(run) == told(found)
    line = AccrualLine.objects.get(run=run, service=HEAT)
    assert (line.accrued, line.share) == (Decimal("414.64") - Decimal("276.43"), "1/2")
    assert line.corrects == AccrualLine.objects.get(run=first, service=HEAT).pk
    assert all(explanation.replay(line=one).equals_stored for one in AccrualLine.objects.filter(run=run))


def test_lowers_the_norm_of_heating_with_the_area(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    change = area(family, "27", SEPTEMBER)
    found = seen_by(clerk, change)
    assert {key[1:] for key in told(found)} == {
        (month, code) for month in (SEPTEMBER, OCTOBER) for code in (HEAT, REPAIR)
    }
    assert all(roubles < 0 for roubles in told(found).values())
    approve(changed(clerk, change))
    assert corrections(november(office)) == told(found)


def test_begins_capital_repair_with_the_group_that_has_it(office, clerk) -> None:
    """Group III gets nothing for capital repair; II from the first of the month after the certificate."""
    family = billed_family(office, category="3")
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    change = GroupChange(family.right.pk, "2", "МСЭ № 7 от 14.09.2026", None, OCTOBER.replace(month=9, day=14))
    found = seen_by(clerk, change)
    assert told(found) == {(family.recipient.pk, OCTOBER, REPAIR): Decimal("56.88")}
    approve(changed(clerk, change))
    following = Entitlement.objects.get(recipient=family.recipient, valid_to__isnull=True)
    assert (following.category, following.valid_from) == ("2", OCTOBER)
    run = november(office)
    assert corrections(run) == told(found)
    assert run.accruals.get().entitlement == following


def test_corrects_every_recipient_of_the_dwelling_in_one_order(office, clerk) -> None:
    family = billed_family(office)
    other = factories.recipient(office=office, person=family.people[1])
    factories.supported_dwelling(recipient=other, dwelling=family.account.dwelling, valid_from=town.LONG_BEFORE)
    factories.entitlement(recipient=other, category="2", valid_from=town.LONG_BEFORE)
    for month in (SEPTEMBER, OCTOBER):
        charge = town.bill(family, HEAT, "1658.56", "0.9990", month=month, number=9)
        factories.charge(
            recipient=other, account=family.account, service=charge.service, billed=charge.billed,
            quantity=charge.quantity, month=month, is_metered=True,
        )  # fmt: skip
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    change = Departure(registration(family, 2), OCTOBER, PAPER)
    found = seen_by(clerk, change)
    assert {one.recipient_id for one in found.months} == {family.recipient.pk, other.pk}
    order = changed(clerk, change)
    assert order.months.count() == 2
    approve(order)
    assert corrections(november(office)) == told(found)


def test_counts_a_death_from_the_day_after(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    change = Death(registration(family, 2), OCTOBER.replace(month=9, day=30), "отдел ЗАГС", "свидетельство I-МЮ № 7")
    found = seen_by(clerk, change)
    assert {one.month for one in found.months} == {OCTOBER}
    approve(changed(clerk, change))
    family.people[2].refresh_from_db()
    assert family.people[2].death_date == OCTOBER.replace(month=9, day=30)
    assert corrections(november(office)) == told(found)


def test_leaves_the_months_after_a_recipients_death_out_of_the_order(office, clerk) -> None:
    """What was accrued for them is cancelled or asked back; they are told with their sums."""
    family = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    change = Death(registration(family, 0), OCTOBER.replace(month=9, day=30), "отдел ЗАГС", "свидетельство I-МЮ № 8")
    found = seen_by(clerk, change)
    assert (found.months, found.without_right) == ((), ())
    assert [(one.month, one.accrued, one.recalculated) for one in found.after_death] == [
        (OCTOBER, Decimal("804.25"), Decimal("0.00"))
    ]


def test_covers_a_newcomer_of_the_family(office, clerk) -> None:
    """The fifth of the family is covered as well: the share stays whole, only norms grow."""
    family = town.family_with_a_disabled_child(office)
    factories.open_month(SEPTEMBER)
    town.bills(family, town.BILLS_OF_EX_3, month=SEPTEMBER)
    approved(office, SEPTEMBER)
    facts = PersonFacts("Орлова", "Нина", "", "f", OCTOBER.replace(year=2026, month=8), None)
    dwelling = family.account.dwelling
    stranger = Arrival(dwelling.pk, facts, "permanent", SEPTEMBER, PAPER)
    newborn = Arrival(dwelling.pk, facts, "permanent", SEPTEMBER, PAPER, family.right.pk, "сестра")
    assert sum(told(seen_by(clerk, newborn)).values()) > sum(told(seen_by(clerk, stranger)).values())
    make_change(change=newborn, seen=seen_by(clerk, newborn).fingerprint, by=clerk, at=TODAY)
    assert EntitledPerson.objects.get(person__last_name="Орлова").entitlement == family.right
    assert Residence.objects.valid_on(SEPTEMBER).filter(dwelling=dwelling).count() == 6


def test_saves_a_fact_without_an_order_where_no_accrued_month_differs(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    change = Departure(registration(family, 2), OCTOBER, PAPER)
    assert make_change(change=change, seen=seen_by(clerk, change).fingerprint, by=clerk, at=TODAY) == []
    assert Residence.objects.get(person=family.people[2]).valid_to == OCTOBER
    assert not Recalculation.objects.exists()


def test_sees_a_run_that_waits_for_its_approval(office, clerk) -> None:
    """Its month was accrued by the former facts; the order takes it once it is approved."""
    family = billed_family(office)
    approved(office, SEPTEMBER)
    submitted = made.forward(town.calculate(office, month=OCTOBER), "submitted")
    change = Departure(registration(family, 2), OCTOBER, PAPER)
    found = seen_by(clerk, change)
    assert {one.month for one in found.months} == {OCTOBER}
    approve(changed(clerk, change))
    made.forward(submitted)
    assert corrections(november(office)) == told(found)


def test_refuses_while_a_run_reads_the_facts(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    made.run(office=office, month=OCTOBER)
    with pytest.raises(accrued_months.RunIsBeingCalculated):
        seen_by(clerk, Departure(registration(family, 2), SEPTEMBER, PAPER))


def test_saves_nothing_when_the_difference_is_another_than_was_seen(office, clerk) -> None:
    family = billed_family(office)
    approved(office, SEPTEMBER)
    change = Departure(registration(family, 2), SEPTEMBER, PAPER)
    seen = seen_by(clerk, change).fingerprint
    approved(office, OCTOBER)
    with pytest.raises(OtherThanSeen):
        make_change(change=change, seen=seen, by=clerk, at=TODAY)
    assert Residence.objects.get(person=family.people[2]).valid_to is None
