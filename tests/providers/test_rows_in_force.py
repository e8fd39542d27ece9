"""Which tariff and norm fits a dwelling, on which days of the month."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from providers.in_force import REGION, NormRow, Place, Scope, TariffRow, Traits, norms_of, tariffs_of

MONTH = dt.date(2026, 10, 1)
END = dt.date(2026, 11, 1)
PLACE = Place(provider_id=1, settlement_id=2, district_id=3)
GAS_FLAT = Traits(stock="private", kind="flat", stove="gas", rooms=2)


def tariff(number: int, scope: Scope = REGION, **given: object) -> TariffRow:
    row = TariffRow(
        id=number,
        service="10",
        scope=scope,
        variant="",
        price=Decimal(number),
        act="акт",
        is_assumed=False,
        starts=MONTH,
        ends=END,
    )
    return replace(row, **given)


def norm(number: int, scope: Scope = REGION, **given: object) -> NormRow:
    row = NormRow(
        id=number,
        service="15",
        scope=scope,
        basis="per_person",
        rooms=None,
        persons=None,
        stove="",
        dwelling_kind="",
        amenities="",
        amount=Decimal(number),
        act="акт",
        is_assumed=False,
        starts=MONTH,
        ends=END,
    )
    return replace(row, **given)


SCOPES = [Scope("provider", 1), Scope("settlement", 2), Scope("district", 3), REGION]


@pytest.mark.parametrize("narrowest", range(4), ids=["provider", "settlement", "district", "region"])
def test_takes_the_narrowest_scope_that_has_a_tariff(narrowest: int) -> None:
    rows = [tariff(number, scope) for number, scope in enumerate(SCOPES) if number >= narrowest]
    found = tariffs_of(MONTH, reversed(rows)).find("10", place=PLACE, traits=GAS_FLAT)
    assert [row.id for row in found] == [narrowest]


def test_leaves_out_the_scope_of_others() -> None:
    others = [tariff(1, Scope("provider", 9)), tariff(2, Scope("settlement", 9)), tariff(3, Scope("district", 9))]
    assert tariffs_of(MONTH, others).find("10", place=PLACE, traits=GAS_FLAT) == ()


def test_finds_no_tariff_of_another_service() -> None:
    assert tariffs_of(MONTH, [tariff(1)]).find("14", place=PLACE, traits=GAS_FLAT) == ()


@pytest.mark.parametrize(
    ("traits", "variant"),
    [
        pytest.param(GAS_FLAT, "gas", id="gas stove"),
        pytest.param(replace(GAS_FLAT, stove="electric"), "electric", id="electric stove"),
        pytest.param(replace(GAS_FLAT, is_rural=True), "electric", id="rural gas stove"),
        pytest.param(replace(GAS_FLAT, stock="municipal"), "municipal", id="municipal stock"),
    ],
)
def test_takes_the_variant_that_fits_the_dwelling(traits: Traits, variant: str) -> None:
    rows = [tariff(1), *(tariff(n, variant=v) for n, v in enumerate(("gas", "electric", "municipal"), start=2))]
    found = tariffs_of(MONTH, rows).find("10", place=PLACE, traits=traits)
    assert [row.variant for row in found] == [variant]


def test_takes_the_row_for_all_when_no_variant_fits() -> None:
    rows = [tariff(1), tariff(2, variant="municipal"), tariff(3, variant="electric")]
    assert [row.id for row in tariffs_of(MONTH, rows).find("10", place=PLACE, traits=GAS_FLAT)] == [1]


def test_goes_to_a_wider_scope_when_the_narrow_one_is_for_other_dwellings() -> None:
    rows = [tariff(1), tariff(2, Scope("provider", 1), variant="electric")]
    assert [row.id for row in tariffs_of(MONTH, rows).find("10", place=PLACE, traits=GAS_FLAT)] == [1]


def test_tells_the_days_of_both_tariffs_when_one_follows_another_inside_the_month() -> None:
    change = dt.date(2026, 10, 16)
    rows = [tariff(1, ends=change), tariff(2, starts=change)]
    tariffs = tariffs_of(MONTH, rows)
    assert [(row.id, row.days) for row in tariffs.find("10", place=PLACE, traits=GAS_FLAT)] == [(1, 15), (2, 16)]
    last_of_the_old = tariffs.find_on(dt.date(2026, 10, 15), "10", place=PLACE, traits=GAS_FLAT)
    first_of_the_new = tariffs.find_on(change, "10", place=PLACE, traits=GAS_FLAT)
    assert last_of_the_old is not None
    assert first_of_the_new is not None
    assert (last_of_the_old.id, first_of_the_new.id) == (1, 2)


def test_gives_a_narrow_tariff_only_its_own_days() -> None:
    middle = tariff(2, Scope("provider", 1), starts=dt.date(2026, 10, 11), ends=dt.date(2026, 10, 21))
    found = tariffs_of(MONTH, [tariff(1), middle]).find("10", place=PLACE, traits=GAS_FLAT)
    assert [(row.id, row.days) for row in found] == [(1, 10), (2, 10), (1, 11)]


def test_leaves_days_without_a_tariff_out() -> None:
    found = tariffs_of(MONTH, [tariff(1, starts=dt.date(2026, 10, 31))]).find("10", place=PLACE, traits=GAS_FLAT)
    assert [row.days for row in found] == [1]


ELECTRICITY = [
    norm(rooms * 10 + persons, rooms=rooms, persons=persons, stove="gas", dwelling_kind="flat")
    for rooms in (1, 2, 3, 4)
    for persons in (1, 2, 3, 4, 5)
]


@pytest.mark.parametrize(
    ("rooms", "residents", "expected"),
    [
        pytest.param(2, 3, 23, id="the very row"),
        pytest.param(2, 5, 25, id="five and more"),
        pytest.param(2, 9, 25, id="more persons than the last row"),
        pytest.param(6, 1, 41, id="more rooms than the last row"),
    ],
)
def test_takes_the_norm_by_rooms_and_persons(rooms: int, residents: int, expected: int) -> None:
    traits = replace(GAS_FLAT, rooms=rooms)
    found = norms_of(MONTH, ELECTRICITY).find("15", place=PLACE, traits=traits, residents=residents)
    assert [row.id for row in found] == [expected]


@pytest.mark.parametrize(
    "traits",
    [replace(GAS_FLAT, stove="electric"), replace(GAS_FLAT, kind="room")],
    ids=["another stove", "another kind of dwelling"],
)
def test_finds_no_norm_of_other_dwellings(traits: Traits) -> None:
    assert norms_of(MONTH, ELECTRICITY).find("15", place=PLACE, traits=traits, residents=3) == ()


def test_finds_no_norm_for_nobody() -> None:
    assert norms_of(MONTH, ELECTRICITY).find("15", place=PLACE, traits=GAS_FLAT, residents=0) == ()


def test_takes_the_norm_that_says_more_of_the_dwelling() -> None:
    rows = [norm(1), norm(2, amenities="full"), norm(3, amenities="pump")]
    traits = replace(GAS_FLAT, amenities="full")
    assert [row.id for row in norms_of(MONTH, rows).find("15", place=PLACE, traits=traits, residents=1)] == [2]


def test_takes_a_settlements_norm_before_the_regions() -> None:
    rows = [norm(1, dwelling_kind="flat"), norm(2, Scope("settlement", 2))]
    found = norms_of(MONTH, rows).find_on(MONTH, "15", place=PLACE, traits=GAS_FLAT, residents=1)
    assert found is not None
    assert found.id == 2
