"""An approved order outlives the right: what is still due is paid, what was paid too much never waits for ever."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.inputs.without_right import differences_without_right
from calculations.models import AccrualLine, CalculationRun, Recalculation
from calculations.services import endings, explanation, taking
from calculations.services.endings import NothingToEnd, RunWillTakeIt
from calculations.services.fact_changes import Arrival, Departure
from offices.models import JournalEntry
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
    billed_family,
    changed,
    corrections,
    registration,
    seen_by,
    told,
)

pytestmark = pytest.mark.django_db
BECAUSE = "переплата № 1/2026"


@pytest.fixture
def office():
    town.directories()
    return factories.office()


@pytest.fixture
def clerk(office):
    return town.specialist(office)


@pytest.fixture
def family(office):
    found = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    return found


def ended(family: town.Family, on: dt.date = NOVEMBER) -> None:
    """The right is ended by a decision."""
    EntitledPerson.objects.filter(entitlement=family.right).update(valid_to=on)
    Entitlement.objects.filter(pk=family.right.pk).update(valid_to=on)


def left(family: town.Family) -> Departure:
    """Two of three remain: the share of October grows."""
    return Departure(registration(family, 2), OCTOBER, PAPER)


def came(family: town.Family) -> Arrival:
    """A fourth came: the share of October shrinks."""
    facts = PersonFacts("Орлова", "Нина", "", "f", dt.date(1980, 1, 1), None)
    return Arrival(family.account.dwelling.pk, facts, "permanent", OCTOBER, PAPER)


def november(office) -> CalculationRun:
    factories.open_month(NOVEMBER)
    return town.calculate(office, month=NOVEMBER)


def test_pays_what_is_still_due_after_the_right_has_ended(family, office, clerk) -> None:
    found = seen_by(clerk, left(family))
    order = changed(clerk, left(family))
    approve(order)
    ended(family)
    factories.open_month(NOVEMBER)
    town.bill(family, "23", "280.89", month=NOVEMBER)
    run = november(office)
    assert corrections(run) == told(found)
    (accrual,) = run.accruals.all()
    assert (accrual.entitlement, accrual.accrued) == (family.right, sum(told(found).values()))
    assert [one.reason for one in run.withheld.all()] == ["no_right"]
    assert all(explanation.replay(line=line).equals_stored for line in AccrualLine.objects.filter(run=run))
    made.forward(run)
    taking.settle_recalculations(run=run)
    order.refresh_from_db()
    assert order.status == "done"


def test_never_carries_over_what_nothing_will_ever_bear(family, office, clerk) -> None:
    order = changed(clerk, came(family))
    approve(order)
    ended(family)
    factories.open_month(NOVEMBER)
    town.bill(family, "23", "280.89", month=NOVEMBER)
    run = november(office)
    assert not run.accruals.exists()
    assert run.withheld.count() == 1
    (month,) = order.months.all()
    assert (month.run, month.is_open) == (None, True)
    waiting = differences_without_right(office_ids=[office.pk])
    assert waiting == {(order.pk, family.recipient.pk): month.recalculated - month.accrued}


def test_tells_nobody_whose_right_goes_on(family, office, clerk) -> None:
    order = changed(clerk, came(family))
    approve(order)
    assert differences_without_right(office_ids=[office.pk]) == {}
    with pytest.raises(RunWillTakeIt):
        end(order, family, clerk)


def end(order: Recalculation, family: town.Family, by) -> Recalculation:
    return endings.end_months(order_id=order.pk, recipient_id=family.recipient.pk, because=BECAUSE, by=by, at=TODAY)


def test_ends_by_what_the_difference_became(family, office, clerk) -> None:
    order = changed(clerk, came(family))
    approve(order)
    ended(family)
    assert end(order, family, clerk).status == "done"
    (month,) = order.months.all()
    assert (month.ended_because, month.ended_by, month.is_open, month.run) == (BECAUSE, clerk, False, None)
    entry = JournalEntry.objects.get(office=office, event="перерасчёт окончен без расчёта")
    assert BECAUSE in entry.subject
    with pytest.raises(NothingToEnd):
        end(order, family, clerk)
    november(office)
    assert differences_without_right(office_ids=[office.pk]) == {}


def test_ends_nothing_that_is_still_due_to_the_living(family, office, clerk) -> None:
    order = changed(clerk, left(family))
    approve(order)
    ended(family)
    with pytest.raises(RunWillTakeIt):
        end(order, family, clerk)


def test_waits_for_the_others_of_an_order_of_which_one_ended(family, office, clerk) -> None:
    other = factories.recipient(office=office, person=family.people[1])
    factories.supported_dwelling(recipient=other, dwelling=family.account.dwelling, valid_from=town.LONG_BEFORE)
    factories.entitlement(recipient=other, category="2", valid_from=town.LONG_BEFORE)
    factories.open_month(NOVEMBER)
    factories.charge(
        recipient=other, account=family.account, service=factories.service(code="21"), billed=Decimal("1658.56"),
        quantity=Decimal("0.9990"), month=NOVEMBER, is_metered=True,
    )  # fmt: skip
    approved(office, NOVEMBER)
    order = changed(clerk, Arrival(
        family.account.dwelling.pk, PersonFacts("Орлова", "Нина", "", "f", dt.date(1980, 1, 1), None), "permanent",
        OCTOBER, PAPER,
    ))  # fmt: skip
    approve(order)
    ended(family, dt.date(2026, 12, 1))
    assert end(order, family, clerk).status == "approved"
    assert list(order.months.filter(is_open=True).values_list("recipient", flat=True)) == [other.pk]
