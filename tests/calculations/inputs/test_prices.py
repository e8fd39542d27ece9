"""The tariff and norm of a month when the directory changes inside it."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from calculations.inputs.prices import NOTHING, Directories, Rate, divided
from providers.in_force import REGION, NormRow, Place, TariffRow, Traits, norms_of, tariffs_of

APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
PLACE, TRAITS = Place(1, 2, 3), Traits("private", "flat", "gas", 2)


def tariff(pk: int, price: str, *, starts: dt.date = APRIL, ends: dt.date = MAY) -> TariffRow:
    return TariffRow(pk, "10", REGION, "", Decimal(price), f"акт {pk}", False, starts, ends)


def norm(pk: int, amount: str, *, basis: str = "per_person", starts: dt.date = APRIL, ends: dt.date = MAY) -> NormRow:
    return NormRow(pk, "10", REGION, basis, None, None, "", "", "", Decimal(amount), f"акт {pk}", False, starts, ends)


def directories(*rows: TariffRow | NormRow) -> Directories:
    tariffs = [row for row in rows if isinstance(row, TariffRow)]
    norms = [row for row in rows if isinstance(row, NormRow)]
    return Directories(APRIL, tariffs_of(APRIL, tariffs), norms_of(APRIL, norms))


def of(*rows: TariffRow | NormRow, effective: str | None = None) -> Rate:
    given = None if effective is None else Decimal(effective)
    return directories(*rows).tariff("10", place=PLACE, traits=TRAITS, effective=given)


CHANGED = (
    tariff(1, "26.06", ends=dt.date(2026, 4, 11)),
    tariff(2, "28.66", starts=dt.date(2026, 4, 11)),
)


def test_takes_ours_whatever_the_provider_sent_while_it_does_not_change() -> None:
    assert of(tariff(1, "26.06"), effective="26.68307") == Rate(Decimal("26.06"), 1, "акт 1")


def test_takes_the_providers_mixed_tariff_between_the_old_and_the_new_one() -> None:
    assert of(*CHANGED, effective="26.68307") == Rate(Decimal("26.68307"), 2, "акт 1; акт 2")


@pytest.mark.parametrize("effective", [None, "26.059", "28.67"], ids=["not sent", "below both", "above both"])
def test_weighs_ours_by_days_when_the_mixed_tariff_is_impossible(effective: str | None) -> None:
    found = of(*CHANGED, effective=effective)
    assert found.value is not None
    assert found.value.quantize(Decimal("1e-20")) == Decimal("27.79333333333333333333")


def test_has_no_tariff_when_a_day_of_the_month_has_none() -> None:
    assert of(tariff(1, "26.06", ends=dt.date(2026, 4, 30)), effective="26.06") == NOTHING
    assert of(CHANGED[0], effective="26.06") == NOTHING


def test_gives_a_norm_per_household_per_person_of_this_household() -> None:
    found = directories(norm(1, "10", basis="per_household")).norm("10", place=PLACE, traits=TRAITS, residents=3)
    assert found.value is not None
    assert found.value * 3 >= 10
    assert found.value * 3 - 10 < Decimal("1e-25")
    assert found.basis == "per_household"


def test_weighs_a_norm_that_changes_inside_the_month_by_days() -> None:
    rows = (norm(1, "4.32", ends=dt.date(2026, 4, 16)), norm(2, "5.40", starts=dt.date(2026, 4, 16)))
    found = directories(*rows).norm("10", place=PLACE, traits=TRAITS, residents=3)
    assert found == Rate(Decimal("4.86"), 2, "акт 1; акт 2", "per_person")


def test_rounds_a_division_upwards_so_that_half_a_kopeck_stays_half() -> None:
    assert 0 < Fraction(divided(Decimal(1), 3)) - Fraction(1, 3) < Fraction(1, 10**29)
    assert divided(Decimal("0.03"), 2) == Decimal("0.015")
