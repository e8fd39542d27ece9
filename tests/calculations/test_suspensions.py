"""A payment suspended because of a debt: nothing is accrued, and after the debt is paid everything to the kopeck."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.inputs.suspended import suspended_in
from calculations.models import Accrual, AccrualLine, Parameter, UnappliedRecalculation, Withheld
from calculations.services import recalculations, suspensions
from calculations.services.fact_changes import ChangeNotPossible
from calculations.services.foreseeing import foresee, make_change
from offices.models import Role
from recipients.services.own_case import OwnCase
from tests import factories
from tests.calculations import fuelled, indebted, retroactive, town
from tests.calculations.indebted import IN_AUGUST, IN_NOVEMBER, NOVEMBER, OCTOBER, SEPTEMBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    town.directories()
    indebted.rule()
    return factories.office()


def resumed(of, **given):
    """Resume a payment as it was foreseen, approve its order and return it."""
    by, change = factories.staff(Role.CALCULATION, office=of.office), indebted.resumption(of, **given)
    seen = foresee(change=change, by=by, at=IN_NOVEMBER)
    (order,) = make_change(change=change, seen=seen.fingerprint, by=by, at=IN_NOVEMBER)
    return retroactive.approve(order)


def test_stops_accruals_from_the_next_month_and_pays_them_back_to_the_kopeck(office) -> None:
    """Two families with the bills of EX-2; the one that was suspended in September and October gets the same."""
    indebted_family, other = retroactive.billed_family(office), retroactive.billed_family(office)
    suspension = indebted.suspended(indebted_family)
    assert suspension.starts_on == SEPTEMBER
    september, october = retroactive.approved(office, SEPTEMBER), retroactive.approved(office, OCTOBER)
    for run in (september, october):
        accrual = Accrual.objects.get(run=run, entitlement=indebted_family.right)
        assert (accrual.accrued, accrual.lines) == (0, 0)
        held = Withheld.objects.filter(run=run, recipient=indebted_family.recipient)
        assert set(held.values_list("reason", flat=True)) == {"suspended"}
        assert held.count() == len(town.BILLS_OF_EX_2)
        assert f"решение № {suspension.number}, часть 3 статьи 160." in held[0].text
    paid = town.sums(other, september)
    assert sum(paid.values()) > 700
    order = resumed(suspension)
    assert (order.cause, {row.recalculated for row in order.months.all()}) == ("resumed", {sum(paid.values())})
    for family in (indebted_family, other):
        factories.open_month(NOVEMBER)
        town.bills(family, town.BILLS_OF_EX_2, month=NOVEMBER)
    november = retroactive.approved(office, NOVEMBER)
    expected = {
        (indebted_family.recipient.pk, month, service): sum_
        for month in (SEPTEMBER, OCTOBER)
        for service, sum_ in paid.items()
        if sum_
    }
    assert retroactive.corrections(november) == expected
    accrual = Accrual.objects.get(run=november, entitlement=indebted_family.right)
    assert accrual.accrued == 3 * sum(paid.values())
    assert not AccrualLine.objects.filter(run=november, accrual=accrual, accrued__lt=0).exists()
    assert {row.run for row in order.months.all()} == {november}


def test_does_not_touch_the_months_before_it(office) -> None:
    """A late bill of August, a month before the suspension, is still paid; one of September is not."""
    family = retroactive.billed_family(office, months=(SEPTEMBER,))
    august = dt.date(2026, 8, 1)
    retroactive.approved(office, august)
    indebted.suspended(family)
    factories.open_month(SEPTEMBER)
    town.bill(family, "23", "280.89", "3", month=SEPTEMBER, billed_for=august)
    run = retroactive.approved(office, SEPTEMBER)
    assert retroactive.corrections(run) == {(family.recipient.pk, august, "23"): Decimal("46.82")}
    assert Withheld.objects.filter(run=run, reason="suspended").count() == len(town.BILLS_OF_EX_2)


def test_keeps_a_recalculation_of_a_suspended_month_with_its_reason(office) -> None:
    family = retroactive.billed_family(office, months=(SEPTEMBER,))
    indebted.suspended(family)
    retroactive.approved(office, SEPTEMBER)
    factories.open_month(OCTOBER)
    told = {"adjustment": Decimal("-10.00")}
    town.bill(family, "23", "280.89", "3", month=OCTOBER, adjustment_month=SEPTEMBER, **told)
    town.bill(family, "10", "364.84", "14", month=OCTOBER, **told)
    run = retroactive.approved(office, OCTOBER)
    left = UnappliedRecalculation.objects.filter(run=run).order_by("counts_for")
    assert [(row.reason, row.counts_for) for row in left] == [("suspended", SEPTEMBER), ("suspended", None)]


def test_holds_back_parts_of_fuel_and_gives_them_after_the_debt_is_paid() -> None:
    fuelled.directories()
    indebted.rule()
    office = factories.office()
    house = fuelled.house(office)
    suspension = indebted.suspended(house, at=dt.datetime(2026, 9, 20, 12, tzinfo=factories.MOSCOW))
    assignment = fuelled.assigned(house)
    part = assignment.parts.get(number=1)
    assert part.month == OCTOBER == suspension.starts_on
    factories.open_month(OCTOBER)
    assert not AccrualLine.objects.filter(run=retroactive.approved(office, OCTOBER)).exists()
    change = indebted.resumption(suspension)
    by = factories.staff(Role.CALCULATION, office=office)
    seen = foresee(change=change, by=by, at=IN_NOVEMBER)
    assert make_change(change=change, seen=seen.fingerprint, by=by, at=IN_NOVEMBER) == []
    factories.open_month(NOVEMBER)
    lines = AccrualLine.objects.filter(run=retroactive.approved(office, NOVEMBER))
    assert dict(lines.values_list("fuel_part__number", "accrued")) == {
        number: assignment.parts.get(number=number).amount for number in (1, 2)
    }


def test_holds_only_in_months_of_the_rule_it_was_decided_by(office) -> None:
    family = town.family(office)
    indebted.suspended(family)
    ids = [family.recipient.pk]
    assert suspended_in(month=dt.date(2026, 8, 1), recipient_ids=ids) == {}
    assert list(suspended_in(month=SEPTEMBER, recipient_ids=ids)) == ids
    Parameter.objects.filter(code="arrears_rule").update(valid_to=OCTOBER)
    town.parameter("arrears_rule", "none", valid_from=OCTOBER)
    assert suspended_in(month=OCTOBER, recipient_ids=ids) == {}


@pytest.mark.parametrize("value", ["none", "agreement"])
def test_needs_a_rule_that_knows_court_acts(value: str) -> None:
    town.directories(arrears_rule=value)
    family = town.family(factories.office())
    with pytest.raises(suspensions.NotSuspended):
        indebted.prepared(family)


def test_needs_a_court_act_where_the_rule_asks_for_one(office) -> None:
    family = town.family(office)
    with pytest.raises(suspensions.NotSuspended, match="судебному акту"):
        indebted.prepared(family, answer_id=indebted.answered(family).pk)


def test_needs_an_answer_without_an_agreement_where_the_rule_is_agreement() -> None:
    town.directories(arrears_rule="agreement")
    indebted.rule("agreement")
    family = town.family(factories.office())
    debt = indebted.answered(family)
    agreed = indebted.answered(family, "agreement")
    for answer in (debt, agreed):
        with pytest.raises(suspensions.NotSuspended, match="без соглашения"):
            indebted.prepared(family, answer_id=answer.pk)
    broken = indebted.answered(family)
    assert indebted.suspended(family, answer_id=broken.pk).ground.code == "С02"


def test_is_not_confirmed_once_an_agreement_is_made() -> None:
    suspension = indebted.by_an_answer()
    account = factories.account(
        provider=suspension.answer.request.provider, dwelling=suspension.recipient.dwellings.get().dwelling
    )
    family = town.Family(suspension.recipient, suspension.recipient.entitlements.get(), (), account)
    indebted.answered(family, "agreement")
    with pytest.raises(suspensions.NotSuspended):
        suspensions.confirm_suspension(suspension_id=suspension.pk, by=indebted.head(family), at=IN_AUGUST)


def test_is_confirmed_by_another_with_a_notice(office) -> None:
    family = town.family(office)
    suspension = indebted.prepared(family)
    with pytest.raises(suspensions.ConfirmedByItsAuthor):
        suspensions.confirm_suspension(suspension_id=suspension.pk, by=suspension.prepared_by, at=IN_AUGUST)
    confirmed = suspensions.confirm_suspension(suspension_id=suspension.pk, by=indebted.head(family), at=IN_AUGUST)
    assert confirmed.notice.name.endswith("о приостановлении.pdf")
    with pytest.raises(suspensions.SuspensionDecided):
        suspensions.withdraw_suspension(suspension_id=suspension.pk, by=indebted.head(family), at=IN_AUGUST)
    with pytest.raises(suspensions.SuspensionDecided):
        indebted.prepared(family)


def test_is_withdrawn_before_it_is_confirmed(office) -> None:
    family = town.family(office)
    suspension = indebted.prepared(family)
    by = indebted.specialist(family)
    assert suspensions.withdraw_suspension(suspension_id=suspension.pk, by=by, at=IN_AUGUST).status == "withdrawn"
    assert indebted.prepared(family).status == "prepared"


def test_is_not_confirmed_for_a_month_that_is_calculated(office) -> None:
    family = retroactive.billed_family(office, months=(SEPTEMBER,))
    suspension = indebted.prepared(family)
    retroactive.approved(office, SEPTEMBER)
    with pytest.raises(suspensions.NotSuspended, match="уже рассчитан"):
        suspensions.confirm_suspension(suspension_id=suspension.pk, by=indebted.head(family), at=IN_AUGUST)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"months": 37}, "не более чем за три года"),
        ({"months": 0}, "не более чем за три года"),
        ({"in_force_on": dt.date(2026, 8, 21)}, "вступивший в законную силу"),
        ({"in_force_on": dt.date(2026, 5, 31)}, "вступивший в законную силу"),
        ({"months": 10}, "до судебного акта"),
        ({"court": " "}, "Укажите суд"),
    ],
)
def test_enters_only_an_act_in_force_about_three_years_at_most(office, given, why: str) -> None:
    with pytest.raises(suspensions.DebtNotPossible, match=why):
        indebted.act(town.family(office), **given)


def test_takes_a_debt_of_exactly_three_years(office) -> None:
    act = indebted.act(town.family(office), owed_since=dt.date(2023, 6, 1), months=36)
    assert act.is_in_force_on(act.in_force_on)
    assert not act.is_in_force_on(act.in_force_on - dt.timedelta(days=1))


def test_ends_the_act_when_its_debt_is_paid_but_not_when_it_is_agreed(office) -> None:
    family = town.family(office)
    act = indebted.act(family)
    by = indebted.specialist(family)
    first = indebted.suspended(family, court_act_id=act.pk)
    indebted.resumption(first, "agreement").apply(by=by, at=IN_NOVEMBER)
    act.refresh_from_db()
    assert act.settled_on is None
    second = indebted.suspended(family, court_act_id=act.pk)
    indebted.resumption(second).apply(by=by, at=IN_NOVEMBER)
    act.refresh_from_db()
    assert act.settled_on == dt.date(2026, 11, 18)
    with pytest.raises(suspensions.NotSuspended):
        indebted.prepared(family, court_act_id=act.pk)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"resumed_on": dt.date(2026, 11, 21)}, ChangeNotPossible),
        ({"resumed_on": dt.date(2026, 5, 31)}, suspensions.DebtNotPossible),
        ({"document": " "}, suspensions.DebtNotPossible),
    ],
)
def test_is_resumed_by_a_document_of_a_possible_day(office, given, refusal) -> None:
    family = town.family(office)
    suspension = indebted.suspended(family)
    with pytest.raises(refusal):
        indebted.resumption(suspension, **given).apply(by=indebted.specialist(family), at=IN_NOVEMBER)


def test_leaves_the_order_of_back_pay_to_another_person(office) -> None:
    family = retroactive.billed_family(office, months=(SEPTEMBER,))
    suspension = indebted.suspended(family)
    retroactive.approved(office, SEPTEMBER)
    by, change = indebted.specialist(family), indebted.resumption(suspension)
    seen = foresee(change=change, by=by, at=IN_NOVEMBER)
    suspension.refresh_from_db()
    assert suspension.status == "confirmed"
    (order,) = make_change(change=change, seen=seen.fingerprint, by=by, at=IN_NOVEMBER)
    with pytest.raises(recalculations.OwnRecalculation):
        recalculations.approve_recalculation(order_id=order.pk, by=by, at=IN_NOVEMBER)


def test_is_not_decided_about_oneself(office) -> None:
    family = town.family(office)
    person = family.recipient.person
    person.snils = "11223344595"
    person.save(update_fields=["snils"])
    act = indebted.act(family)
    own = factories.staff(Role.CALCULATION, office=office, snils=person.snils)
    with pytest.raises(OwnCase):
        indebted.prepared(family, court_act_id=act.pk, by=own)
