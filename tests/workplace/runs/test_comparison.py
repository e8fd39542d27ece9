"""A run beside the month before: counters, causes, the waterfall, who is new and who is gone."""

from decimal import Decimal

import pytest

from calculations.models import CalculationRun
from calculations.selectors import deviations, parameters_in_force, review_queue
from offices.models import Office
from tests import factories as make
from tests.calculations import made, town
from tests.workplace.runs.played import SEPTEMBER, billed, calculated, district, in_september
from workplace.selectors.runs import comparison, waterfall, withheld
from workplace.selectors.runs.causes import why
from workplace.selectors.runs.percents import signed_percent
from workplace.selectors.runs.waterfall_bars import bars

pytestmark = pytest.mark.django_db
PERCENT = Decimal(20)


@pytest.fixture
def office() -> Office:
    return district()


@pytest.fixture
def run(office: Office) -> CalculationRun:
    """Three known families (one much more, one the same, one without a bill) and a new one."""
    billed(in_september(office, "50.00", "50.00", "70.00"), "200.00", "100.00", "")
    town.bill(town.family(office, residents=1), "23", "60.00")
    return calculated(office)


def test_counts_each_tab_as_the_review_does(run: CalculationRun) -> None:
    found = comparison.counters(run, percent=PERCENT)
    assert (found.accrued, found.nothing, found.new, found.deviating) == (3, 1, 1, 2)
    assert found.deviating == len(deviations(run.pk))
    assert found.new == sum(item.cause == "new" for item in review_queue(run.pk))
    assert found.accrued == len(comparison.accrued_rows(run).rows)
    assert parameters_in_force(run.month).deviation_percent == PERCENT


def test_lists_the_largest_deviations_first(run: CalculationRun) -> None:
    page = comparison.deviating_rows(run, percent=PERCENT)
    assert [row.difference for row in page.rows] == [Decimal("-70.00"), Decimal("50.00")]
    assert {row.accrual_id for row in page.rows} == {item.accrual_id for item in deviations(run.pk)}
    first = comparison.deviating_rows(run, percent=PERCENT, most=1)
    second = comparison.deviating_rows(run, percent=PERCENT, most=1, after=first.following)
    assert (*first.rows, *second.rows) == page.rows
    assert second.following is None


def test_pages_through_names_without_a_gap_or_a_repeat(office: Office) -> None:
    for last, first in (("Яшина", "Анна"), ("Белова", "Вера"), ("Белова", "Анна"), ("Белова", "Анна"), ("Ежова", "Ия")):
        family = town.family(office, residents=1)
        type(family.recipient.person).objects.filter(pk=family.recipient.person_id).update(
            last_name=last, first_name=first
        )
        town.bill(family, "23", "100.00")
    run = calculated(office)
    seen, after = [], None
    while True:
        page = comparison.accrued_rows(run, after=after, most=2)
        seen += page.rows
        after = page.following
        if after is None:
            break
    names = [f"{row.last_name} {row.first_name}" for row in seen]
    assert names == ["Белова Анна", "Белова Анна", "Белова Вера", "Ежова Ия", "Яшина Анна"]
    assert len({row.accrual_id for row in seen}) == 5
    assert [row.last_name for row in comparison.accrued_rows(run, surname="бел").rows] == ["Белова"] * 3


def test_names_the_main_cause_of_each_difference(run: CalculationRun) -> None:
    rows = comparison.every_row(run).rows
    causes = {row.accrued: why(run, rows)[row.accrual_id].main.replace("\u00a0", " ") for row in rows}
    assert causes[Decimal("100.00")] == "waste: начислено предприятием 100,00 ₽ → 200,00 ₽"
    assert causes[Decimal("50.00")] == "без изменений"
    assert causes[Decimal("30.00")] == "новое назначение"
    assert causes[Decimal("0.00")].startswith("waste: ")
    assert causes[Decimal("0.00")].endswith(": начислений нет")


def test_says_that_the_share_changed(office: Office) -> None:
    families = in_september(office, "50.00")
    make.residence(person=make.person(), dwelling=families[0].account.dwelling, valid_from=town.LONG_BEFORE)
    billed(families, "100.00")
    run = calculated(office)
    row = comparison.every_row(run).rows[0]
    assert why(run, [row])[row.accrual_id].main == "waste: доля 1 из 1 → 1 из 2"


def test_says_that_the_tariff_changed(office: Office) -> None:
    waste = make.service(code="23")
    old = make.tariff(service=waste, price=Decimal("90.00"), valid_from=SEPTEMBER, district=office.district)
    before = made.run(office=office, month=SEPTEMBER)
    family = town.family(office, residents=1)
    accrual = made.accrual(before, recipient=family.recipient, entitlement=family.right, accrued=Decimal("50.00"))
    made.line(accrual, town.bill(family, "23", "100.00", month=SEPTEMBER), tariff=old)
    made.forward(before)
    type(old).objects.filter(pk=old.pk).update(valid_to=make.MONTH)
    town.bill(family, "23", "104.04")
    run = calculated(office)
    row = comparison.every_row(run).rows[0]
    assert why(run, [row])[row.accrual_id].main.startswith("waste: тариф 90 → 93,63; начислено предприятием 100,00")


def test_explains_rows_with_the_same_number_of_queries(run: CalculationRun, django_assert_num_queries) -> None:
    rows = comparison.every_row(run).rows
    for some in (rows[:1], rows):
        with django_assert_num_queries(3):
            why(run, some)


def test_parts_the_difference_so_that_the_parts_add_up(run: CalculationRun) -> None:
    before = comparison.previous_run(run)
    assert before is not None
    fall = waterfall.waterfall(run, before)
    assert (fall.before, fall.now) == (Decimal("170.00"), Decimal("180.00"))
    parts = {part.title: part.difference for part in fall.parts}
    assert parts == {"waste": Decimal("-20.00"), "новые и прибывшие": Decimal("30.00")}
    assert fall.before + sum(parts.values()) == fall.now == fall.parts[-1].total
    assert fall.percent.replace("\u00a0", " ") == "+5,9 %"


def test_draws_every_bar_inside_its_drawing(run: CalculationRun) -> None:
    before = comparison.previous_run(run)
    assert before is not None
    drawn = bars(waterfall.waterfall(run, before))
    assert [bar.is_growth for bar in drawn] == [False, True]
    assert all(Decimal(bar.x) >= 0 and Decimal(bar.x) + Decimal(bar.width) <= 100 for bar in drawn)


def test_lists_who_is_gone_and_why(office: Office) -> None:
    families = in_september(office, "50.00", "70.00")
    billed(families, "100.00", "")
    make.ended(families[1].right, make.MONTH)
    run = calculated(office)
    assert [(row.accrued, f"{row.ended_on:%d.%m.%Y}") for row in comparison.gone_rows(run)] == [
        (Decimal("70.00"), "30.09.2026")
    ]
    before = comparison.previous_run(run)
    assert before is not None
    parts = {part.title: part.difference for part in waterfall.waterfall(run, before).parts}
    assert parts == {"выбывшие": Decimal("-70.00")}


def test_groups_who_was_accrued_nothing_by_reason(office: Office) -> None:
    silent, fuel = town.family(office, residents=1), town.family(office, residents=1)
    town.bill(fuel, "22", "5000.00")
    town.bill(fuel, "23", "100.00")
    run = calculated(office)
    groups = {group.code: (group.people, group.charges, group.billed) for group in withheld.groups(run)}
    assert groups == {"no_charges": (1, 0, None), "not_in_measure": (1, 1, Decimal("5000.000000"))}
    assert [group.is_expected for group in withheld.groups(run)] == [False, True]
    assert withheld.people_held(run) == 2
    row = withheld.rows_of_group(run, code="not_in_measure").rows[0]
    assert (row.recipient_id, row.service, row.billed) == (fuel.recipient.pk, "solid_fuel", Decimal("5000.000000"))
    assert withheld.rows_of_group(run, code="no_charges").rows[0].recipient_id == silent.recipient.pk


def test_knows_what_to_do_about_every_reason() -> None:
    assert {*withheld.Reason.values} <= set(withheld.REMEDIES)


@pytest.mark.parametrize(
    ("difference", "of", "words"),
    [("12.4", "100", "+12,4 %"), ("-8.25", "100", "−8,3 %"), ("0", "100", "0,0 %"), ("5", "0", "—")],
)
def test_writes_per_cent_with_their_sign(difference: str, of: str, words: str) -> None:
    assert signed_percent(Decimal(difference), of=Decimal(of)).replace("\u00a0", " ") == words
