"""Solid fuel and bottled gas against the dossier's examples and at the thresholds of norms."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.fuel import (
    FuelFault,
    FuelItem,
    FuelKind,
    NormKind,
    SaleNorm,
    Stove,
    calculate_bottled_gas,
    calculate_fuel,
    norm_of,
)
from calculations.rules.parts import equal_parts

HALF = Decimal("0.5")
KOPECK = Decimal("0.01")
COAL_NORM = SaleNorm(NormKind.PER_HOUSEHOLD, quantity=Decimal("2.0"), area=Decimal(30), further=Decimal("0.07"))
KINDLING_NORM = SaleNorm(NormKind.PER_HOUSEHOLD, quantity=Decimal(1), area=Decimal(30))
WOOD_BY_METER = SaleNorm(NormKind.PER_METER, quantity=Decimal("0.137"))
PEAT_PER_PERSON = SaleNorm(NormKind.PER_PERSON, quantity=Decimal("3.55"))
BANDS = SaleNorm(NormKind.BY_BAND, bands=((Decimal(9), Decimal("0.8")), (Decimal(18), Decimal("1.3"))))


def coal(applied: str = "100", *, price: str = "7800", norm: SaleNorm = COAL_NORM) -> FuelItem:
    return FuelItem(FuelKind.COAL, Decimal(applied), norm, Decimal(price))


def stove(area: str = "30", *, residents: int = 1, entitled: int = 1, has_central_heating: bool = False) -> Stove:
    return Stove(Decimal(area), residents, entitled, has_central_heating)


@pytest.mark.parametrize(
    ("norm", "area", "residents", "units"),
    [
        pytest.param(COAL_NORM, "30", 1, "2.0", id="EX-8: up to 30 m²"),
        pytest.param(COAL_NORM, "12.5", 3, "2.0", id="a smaller dwelling has the same"),
        pytest.param(COAL_NORM, "30.1", 1, "2.007", id="a tenth of a metre above"),
        pytest.param(COAL_NORM, "46", 1, "3.12", id="EX-8: 16 m² above"),
        pytest.param(WOOD_BY_METER, "54.3", 2, "7.4391", id="Chelyabinsk 283-П: by the metre"),
        pytest.param(PEAT_PER_PERSON, "54", 3, "10.65", id="Monastyrshchina 28: 3.55 a person"),
        pytest.param(BANDS, "9", 1, "0.8", id="the last metre of a band"),
        pytest.param(BANDS, "9.1", 1, "1.3", id="the first metre of the next"),
        pytest.param(BANDS, "18", 1, "1.3", id="the last metre of the last band"),
    ],
)
def test_knows_four_kinds_of_norms(norm: SaleNorm, area: str, residents: int, units: str) -> None:
    assert norm_of(norm, area=Decimal(area), residents=residents) == Decimal(units)


def test_names_the_area_that_no_band_has() -> None:
    with pytest.raises(FuelFault, match=r"площади 18\.1 м² нет"):
        norm_of(BANDS, area=Decimal("18.1"), residents=1)


@pytest.mark.parametrize(
    ("area", "cost", "half"), [("30", "17050.00", "8525.00"), ("46", "25786.00", "12893.00")], ids=["EX-8", "EX-8, 46"]
)
def test_pays_half_of_the_norm_at_the_price_of_the_application(area: str, cost: str, half: str) -> None:
    kindling = FuelItem(FuelKind.KINDLING, Decimal(1), KINDLING_NORM, Decimal(1450))
    result = calculate_fuel([coal(), kindling], stove=stove(area), discount=HALF, is_shared=True)
    assert sum(item.cost for item in result.items) == Decimal(cost)
    assert result.cash_equivalent == Decimal(half)


@pytest.mark.parametrize(
    ("applied", "counted"),
    [("1.999", "1.999"), ("2", "2"), ("2.001", "2.0"), ("0.5", "0.5")],
    ids=["a kilogram below the norm", "the norm", "a kilogram above", "less was asked"],
)
def test_counts_the_smaller_of_norm_and_application(applied: str, counted: str) -> None:
    (item,) = calculate_fuel([coal(applied)], stove=stove(), discount=HALF, is_shared=True).items
    assert (item.counted, item.limit) == (Decimal(counted), Decimal("2.0"))


@pytest.mark.parametrize(("is_shared", "half"), [(True, "2600.00"), (False, "7800.00")])
def test_shares_fuel_where_the_parameter_says_so(is_shared: bool, half: str) -> None:
    household = stove(residents=3, entitled=1)
    result = calculate_fuel([coal("2")], stove=household, discount=HALF, is_shared=is_shared)
    assert (result.cash_equivalent, result.share) == (Decimal(half), "1/3" if is_shared else "1")


def test_rounds_the_sum_of_all_fuels_once() -> None:
    third = FuelItem(FuelKind.PEAT, Decimal("0.01"), PEAT_PER_PERSON, Decimal(1))
    result = calculate_fuel([third, third], stove=stove(), discount=HALF, is_shared=True)
    assert result.cash_equivalent == Decimal("0.01"), "half a kopeck twice is a kopeck, not two"


@pytest.mark.parametrize(
    ("items", "household", "said"),
    [
        ([coal()], stove(has_central_heating=True), "центральное отопление"),
        ([], stove(), "не указано топливо"),
        ([coal("0")], stove(), "количество топлива 0"),
        ([coal(price="0")], stove(), "цены на день обращения нет"),
        ([coal()], stove(residents=1, entitled=2), "имеющих право 2, а зарегистрировано 1"),
        ([coal()], stove(residents=1, entitled=0), "имеющих право 0"),
    ],
)
def test_refuses_what_the_law_does_not_compensate(items: list[FuelItem], household: Stove, said: str) -> None:
    with pytest.raises(FuelFault, match=said):
        calculate_fuel(items, stove=household, discount=HALF, is_shared=True)


def test_never_offers_firewood() -> None:
    assert {kind.value for kind in FuelKind} == {"coal", "peat", "briquette", "kindling"}


@pytest.mark.parametrize(
    ("cylinders", "price", "people", "half"),
    [
        pytest.param(4, "1150", (1, 1), "2300.00", id="EX-9"),
        pytest.param(1, "0.01", (1, 1), "0.01", id="half a kopeck is rounded up"),
        pytest.param(4, "1150", (1, 3), "766.67", id="a third, where the share applies"),
    ],
)
def test_pays_half_of_the_cylinders_applied_for(cylinders: int, price: str, people: tuple[int, int], half: str) -> None:
    paid = calculate_bottled_gas(
        cylinders, price=Decimal(price), discount=HALF, entitled=people[0], residents=people[1]
    )
    assert paid == Decimal(half)


@pytest.mark.parametrize(
    ("cylinders", "price", "residents", "said"),
    [(0, "1150", 1, "число баллонов"), (1, "NaN", 1, "цены"), (1, "1150", 0, "зарегистрировано 0")],
)
def test_refuses_gas_without_its_figures(cylinders: int, price: str, residents: int, said: str) -> None:
    with pytest.raises(FuelFault, match=said):
        calculate_bottled_gas(cylinders, price=Decimal(price), discount=HALF, residents=residents)


@pytest.mark.parametrize(
    ("amount", "months", "parts"),
    [
        pytest.param("8525.00", 12, ["710.42"] * 8 + ["710.41"] * 4, id="EX-8, a year"),
        pytest.param("8525.00", 7, ["1217.86"] * 5 + ["1217.85"] * 2, id="EX-8, from June"),
        pytest.param("0.05", 12, ["0.01"] * 5 + ["0.00"] * 7, id="fewer kopecks than months"),
        pytest.param("12.00", 12, ["1.00"] * 12, id="divides evenly"),
        pytest.param("100.01", 1, ["100.01"], id="one month"),
    ],
)
def test_gives_odd_kopecks_to_the_first_parts(amount: str, months: int, parts: list[str]) -> None:
    assert equal_parts(Decimal(amount), months=months) == tuple(map(Decimal, parts))


@given(kopecks=st.integers(0, 10**10), months=st.integers(1, 36))
def test_parts_add_up_and_differ_by_a_kopeck(kopecks: int, months: int) -> None:
    amount = Decimal(kopecks).scaleb(-2)
    parts = equal_parts(amount, months=months)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= KOPECK
    assert list(parts) == sorted(parts, reverse=True)


@pytest.mark.parametrize(("amount", "months"), [("1.00", 0), ("-0.01", 1), ("0.001", 1)])
def test_refuses_parts_of_what_is_no_sum(amount: str, months: int) -> None:
    with pytest.raises(ValueError, match="parts"):
        equal_parts(Decimal(amount), months=months)
