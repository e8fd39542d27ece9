"""Parameters are dated, entered by one and confirmed by another; a run without one stops by name."""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from calculations.inputs.parameters import DeathRule, ParameterMissing, ParameterUnreadable
from calculations.models import Parameter
from calculations.rules.fuel import FuelShare
from calculations.rules.kinds import Group
from calculations.rules.parameters import NormCap, ShareRule
from calculations.rules.terms import ChangeRule
from calculations.selectors import parameters_in_force
from calculations.services import parameters
from recipients.eligibility import ArrearsRule, FirstMonth
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH


def enter(**changed: str) -> None:
    for code, value in (town.PARAMETERS | changed).items():
        town.parameter(code, value)


def test_reads_the_values_in_force_in_the_month() -> None:
    enter(change_rule="daily", month_of_death="days")
    found = parameters_in_force(OCTOBER)
    assert (found.change_rule, found.month_of_death, found.lag_months) == (ChangeRule.DAILY, DeathRule.DAYS, 1)
    assert (found.deviation_percent, found.sample_percent) == (Decimal(20), Decimal(10))
    assert found.rules.discount == Decimal("0.5")
    assert found.rules.capital_repair_groups == {Group.FIRST, Group.SECOND, Group.CHILD}
    assert "Постановление" in found.rules.decree


def test_names_every_parameter_that_is_missing_or_not_confirmed() -> None:
    enter()
    Parameter.objects.filter(code="discount").update(confirmed_at=None, confirmed_by=None)
    Parameter.objects.filter(code="lag_months").update(valid_to=OCTOBER)
    with pytest.raises(ParameterMissing, match="доля компенсации; месяцев от начисления до выплаты"):
        parameters_in_force(OCTOBER)


def test_needs_no_groups_of_capital_repair_before_the_law_knew_them() -> None:
    enter()
    Parameter.objects.filter(code="repair_groups").update(valid_from=dt.date(2016, 1, 1))
    assert parameters_in_force(dt.date(2015, 12, 1)).rules.capital_repair_groups == frozenset()


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("discount", "NaN"),
        ("discount", "0"),
        ("discount", "1.5"),
        ("lag_months", "-1"),
        ("change_rule", "weekly"),
        ("month_of_death", "half"),
        ("deviation_percent", "сто"),
        ("sample_percent", "101"),
        ("repair_groups", "1,4"),
        ("share_rule", "whole"),
        ("norm_cap", ""),
        ("arrears_rule", "norm"),
        ("fuel_share", "all_family"),
        ("gas_share", "half"),
        ("withholding_percent", "0"),
        ("withholding_percent", "100,5"),
        ("first_month", "previous"),
        ("colour", "red"),
    ],
)
def test_refuses_a_value_that_the_code_does_not_allow(code: str, value: str) -> None:
    with pytest.raises(ParameterUnreadable):
        parameters.enter_parameter(
            code=code, value=value, valid_from=OCTOBER, decree=factories.decree(), by=factories.staff()
        )


def test_ends_the_former_value_and_counts_once_another_person_confirmed() -> None:
    enter()
    author = factories.staff()
    entered = parameters.enter_parameter(
        code="sample_percent", value="7,5", valid_from=OCTOBER, decree=factories.decree(), by=author
    )
    with pytest.raises(ParameterMissing, match="выборка"):
        parameters_in_force(OCTOBER)
    with pytest.raises(parameters.OwnParameter):
        parameters.confirm_parameter(parameter_id=entered.pk, by=author, at=factories.AT)
    parameters.confirm_parameter(parameter_id=entered.pk, by=factories.staff(), at=factories.AT)
    assert parameters_in_force(OCTOBER).sample_percent == Decimal("7.5")
    assert parameters_in_force(dt.date(2026, 9, 1)).sample_percent == Decimal(10)
    with pytest.raises(parameters.ParameterConfirmed):
        parameters.confirm_parameter(parameter_id=entered.pk, by=factories.staff(), at=factories.AT)


def test_tells_an_installation_that_calculates_what_it_did_until_now() -> None:
    codes = import_module("calculations.migrations.0005_parameter_codes")
    codes.tell_what_was_done(apps, None)
    assert not Parameter.objects.exists(), "an empty directory is filled by people"
    former = {
        "discount", "lag_months", "change_rule", "month_of_death", "deviation_percent", "sample_percent", "repair_groups"
    }  # fmt: skip
    for code in former:
        town.parameter(code, town.PARAMETERS[code])
    codes.tell_what_was_done(apps, None)
    found = parameters_in_force(OCTOBER)
    assert (found.rules.share_rule, found.rules.norm_cap) == (ShareRule.OWN_SHARE, NormCap.NORM)
    assert (found.arrears_rule, found.first_month) == (ArrearsRule.COURT_ACT, FirstMonth.NEXT)
    assert (found.fuel_share, found.gas_share, found.withholding_percent) == (FuelShare.WHOLE, FuelShare.WHOLE, 20)
    assert parameters_in_force(dt.date(2021, 12, 1)).arrears_rule is ArrearsRule.AGREEMENT
    assert parameters_in_force(dt.date(2015, 12, 1)).arrears_rule is ArrearsRule.NONE
    assert Parameter.objects.get(code="norm_cap").decree.number == "181-ФЗ"
