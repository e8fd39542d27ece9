"""A run from charges to accruals gives the dossier's worked examples to the kopeck."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.inputs.billing import VOLUME_OF_THE_SUM
from calculations.models import Accrual, AccrualLine, CalculationRun, Withheld
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db

APRIL = dt.date(2026, 4, 1)


@pytest.fixture
def office():
    return factories.office()


def open_town(month: dt.date = factories.MONTH, **parameters: str) -> None:
    factories.open_month(month)
    town.directories(**parameters)


def accrued(family: town.Family, run: CalculationRun) -> Decimal:
    return Accrual.objects.get(run=run, entitlement=family.right).accrued


def test_pays_a_third_within_the_norms_as_in_ex_2(office) -> None:
    open_town()
    family = town.family(office)
    town.bills(family, town.BILLS_OF_EX_2)
    run = town.calculate(office)
    assert town.sums(family, run) == town.decimals(
        {"10": "56.29", "11": "209.33", "14": "65.12", "15": "93.38", "21": "276.43", "23": "46.82", "03": "56.88"}
    )
    assert accrued(family, run) == Decimal("804.25")
    assert (run.status, run.recipients, run.lines, run.total) == ("calculated", 1, 7, Decimal("804.25"))


def test_pays_by_the_regulation_before_2016_as_in_ex_2(office) -> None:
    month = dt.date(2015, 12, 1)
    open_town(month)
    family = town.family(office)
    town.bills(family, town.BILLS_OF_EX_2, month=month)
    run = town.calculate(office, month=month)
    assert accrued(family, run) == Decimal("780.31")
    repair = AccrualLine.objects.get(run=run, service="03")
    assert repair.accrued == 0
    assert "до 2016 года" in repair.reason


def test_leaves_capital_repair_of_group_three_as_a_line_of_zero(office) -> None:
    open_town()
    family = town.family(office, category="3")
    town.bills(family, town.BILLS_OF_EX_2)
    run = town.calculate(office)
    assert accrued(family, run) == Decimal("747.37")
    assert "группе" in AccrualLine.objects.get(run=run, service="03").reason


def test_takes_capital_repair_from_the_minimum_contribution_not_from_what_the_fund_asks(office) -> None:
    open_town()
    town.norm("03", "5.60", basis="per_area")
    family = town.family(office)
    town.bill(family, "03", "341.28", "54")
    run = town.calculate(office)
    line = AccrualLine.objects.get(run=run)
    assert (line.base, line.accrued) == (Decimal("302.40"), Decimal("50.40"))
    assert line.norm.amount == Decimal("5.6")


def test_pays_a_family_with_a_disabled_child_for_all_as_in_ex_3(office) -> None:
    open_town()
    family = town.family_with_a_disabled_child(office, residents=3)
    town.bills(family, town.BILLS_OF_EX_3)
    run = town.calculate(office)
    assert town.sums(family, run) == town.decimals(
        {
            "02": "577.20",
            "01": "224.64",
            "10": "156.36",
            "14": "168.72",
            "11": "549.50",
            "15": "324.80",
            "21": "958.28",
            "23": "187.26",
        }
    )
    assert accrued(family, run) == Decimal("3146.76")


@pytest.mark.parametrize(
    ("change_rule", "expected"),
    [("daily", "53.21"), ("first_of_next_month", "60.81")],
    ids=["by days", "from the next month"],
)
def test_counts_a_fourth_resident_from_the_sixteenth_as_in_ex_5(office, change_rule: str, expected: str) -> None:
    month = dt.date(2015, 4, 1)
    open_town(month, change_rule=change_rule)
    family = town.family(office)
    factories.residence(dwelling=family.account.dwelling, valid_from=dt.date(2015, 4, 16))
    town.bill(family, "10", "364.84", "14", month=month)
    run = town.calculate(office, month=month)
    assert town.sums(family, run) == town.decimals({"10": expected})


def test_shares_a_bill_by_heads_out_to_each_household_of_the_month_as_in_ex_5(office) -> None:
    open_town(APRIL, change_rule="daily")
    family = town.family(office)
    factories.residence(dwelling=family.account.dwelling, valid_from=dt.date(2026, 4, 16))
    town.bill(family, "23", "327.71", "3.5", month=APRIL, is_metered=None)
    run = town.calculate(office, month=APRIL)
    line = AccrualLine.objects.get(run=run)
    assert (line.accrued, line.share) == (Decimal("46.82"), "1/3;1/4")


def test_makes_one_line_of_the_zones_of_a_meter_as_in_ex_7(office) -> None:
    open_town()
    family = town.family(office)
    day = town.bill(family, "16", "653.80", "140")
    night = town.bill(family, "17", "163.20", "60")
    run = town.calculate(office)
    line = AccrualLine.objects.get(run=run)
    assert (line.service_id, line.accrued, line.base) == ("15", Decimal("93.96"), Decimal("563.73"))
    assert (line.charge_ids, line.billed) == ([day.pk, night.pk], Decimal("817.00"))


def test_finds_the_use_of_zones_by_their_sums_where_no_volume_is_told(office) -> None:
    """EX-7 without its kilowatt-hours: 653,80 / 4,67 = 140 and 163,20 / 2,72 = 60."""
    open_town()
    family = town.family(office)
    town.bill(family, "16", "653.80")
    town.bill(family, "17", "163.20")
    run = town.calculate(office)
    line = AccrualLine.objects.get(run=run)
    assert (line.accrued, line.base) == (Decimal("93.96"), Decimal("563.73"))
    parts = line.inputs["periods"][0]["parts"]
    assert [Decimal(part["quantity"]) for part in parts] == [140, 60]
    assert all(VOLUME_OF_THE_SUM in part["origin"] for part in parts)


def test_calculates_every_right_by_itself_as_in_ex_4(office) -> None:
    open_town()
    first = town.family(office)
    town.bill(first, "11", "1256.00", "8")
    second = factories.recipient(office=office, person=first.people[1])
    right = factories.entitlement(recipient=second)
    factories.supported_dwelling(recipient=second, dwelling=first.account.dwelling)
    town.bill(town.Family(second, right, (), first.account), "11", "1256.00", "8")
    run = town.calculate(office)
    assert [accrual.accrued for accrual in run.accruals.all()] == [Decimal("209.33")] * 2


@pytest.mark.parametrize(
    ("month_of_death", "expected"), [("days", "32.68"), ("full", "56.29")], ids=["by days", "the whole month"]
)
def test_pays_the_month_of_death_as_the_parameter_says(office, month_of_death: str, expected: str) -> None:
    open_town(month_of_death=month_of_death)
    family = town.family(office, valid_to=dt.date(2026, 10, 19))
    family.recipient.person.death_date = dt.date(2026, 10, 18)
    family.recipient.person.save()
    town.bill(family, "10", "364.84", "14")
    assert accrued(family, town.calculate(office)) == Decimal(expected)


def test_accrues_nothing_after_the_month_of_death(office) -> None:
    open_town()
    family = town.family(office)
    family.recipient.person.death_date = dt.date(2026, 9, 30)
    family.recipient.person.save()
    charge = town.bill(family, "10", "364.84", "14")
    run = town.calculate(office)
    assert accrued(family, run) == 0
    assert Withheld.objects.get(run=run).charge_id == charge.pk


def test_gives_a_right_without_a_bill_an_accrual_of_zero(office) -> None:
    open_town()
    family = town.family(office)
    run = town.calculate(office)
    accrual = Accrual.objects.get(run=run)
    assert (accrual.entitlement, accrual.accrued, accrual.lines) == (family.right, 0, 0)
