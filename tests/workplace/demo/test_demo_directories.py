import datetime as dt
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from offices.accounts import account_key_is_valid, bik_is_valid
from workplace.demo.directories import banks, decrees, grounds, return_reasons, services
from workplace.demo.fuel import fuel_norms, fuel_prices
from workplace.demo.places import districts
from workplace.demo.providers import local_tariffs, providers
from workplace.demo.tariffs import DemoTariff, norms, regional_tariffs

DAY = dt.date(2026, 10, 1)


def price(service: str, *, variant: str = "", provider: str = "", on: dt.date = DAY) -> DemoTariff:
    (found,) = [
        each
        for each in (*regional_tariffs(), *local_tariffs())
        if (each.service_code, each.variant, each.provider_code) == (service, variant, provider)
        and each.valid_from <= on
        and (each.valid_to is None or on < each.valid_to)
    ]
    return found


@pytest.mark.parametrize(
    ("service", "variant", "provider", "day", "expected", "assumed"),
    [
        pytest.param("23", "", "", dt.date(2021, 7, 1), "617.38", False, id="waste, published for 2021"),
        pytest.param("23", "", "", dt.date(2026, 9, 30), "920.04", False, id="waste, published for January 2026"),
        pytest.param("23", "", "", dt.date(2026, 10, 1), "1030.47", False, id="waste, published for October 2026"),
        pytest.param("23", "", "", dt.date(2024, 7, 1), "679.12", True, id="waste, computed by the growth of 2024"),
        pytest.param("15", "gas", "", dt.date(2020, 7, 1), "4.06", False, id="electricity, published"),
        pytest.param("15", "gas", "", dt.date(2024, 7, 1), "4.42", True, id="electricity, 8.9 % more"),
        pytest.param("17", "gas", "", dt.date(2020, 7, 1), "2.72", False, id="night"),
        pytest.param("10", "", "203", dt.date(2020, 7, 1), "26.06", False, id="water of the city"),
        pytest.param("21", "", "201", dt.date(2020, 7, 1), "1660.22", False, id="heat of the city"),
        pytest.param("21", "", "", dt.date(2020, 7, 1), "2499.47", False, id="heat elsewhere"),
        pytest.param("03", "", "", dt.date(2017, 5, 1), "6.32", False, id="capital repair, published"),
        pytest.param("03", "", "", dt.date(2026, 10, 1), "6.32", True, id="capital repair, carried on"),
    ],
)
def test_gives_the_published_prices_and_marks_the_computed(
    service: str, variant: str, provider: str, day: dt.date, expected: str, assumed: bool
) -> None:
    found = price(service, variant=variant, provider=provider, on=day)
    assert found.price == Decimal(expected)
    assert found.is_assumed is assumed


def test_lets_no_two_prices_of_one_scope_overlap() -> None:
    periods: dict[tuple[str, str, str], list[DemoTariff]] = defaultdict(list)
    for each in (*regional_tariffs(), *local_tariffs()):
        periods[each.service_code, each.variant, each.provider_code].append(each)
    for rows in periods.values():
        ordered = sorted(rows, key=lambda row: row.valid_from)
        for before, after in pairwise(ordered):
            assert before.valid_to == after.valid_from
        assert ordered[-1].valid_to is None


def test_prices_everything_that_is_billed() -> None:
    regional = {each.service_code for each in regional_tariffs() if not each.provider_code}
    own = {(each.service_code, each.provider_code) for each in (*regional_tariffs(), *local_tariffs())}
    for provider in providers():
        for service_code in provider.service_codes:
            assert service_code in regional or (service_code, provider.code) in own, (provider.code, service_code)


def test_names_an_act_for_every_row() -> None:
    keys = {each.key for each in decrees()}
    rows = [*regional_tariffs(), *local_tariffs(), *norms(), *fuel_norms(), *fuel_prices()]
    assert {each.decree_key for each in rows} <= keys
    assert len({(each.number, each.issued_on, each.issuer) for each in decrees()}) == len(decrees())
    issued = {each.key: each.issued_on for each in decrees()}
    assert all(issued[each.decree_key] <= each.valid_from for each in (*regional_tariffs(), *local_tariffs()))


def test_marks_every_row_of_the_demonstration_act_of_prices() -> None:
    for each in (*regional_tariffs(), *local_tariffs()):
        assert each.is_assumed or each.decree_key != "demo"


@pytest.mark.parametrize(
    ("rooms", "persons", "stove", "kind", "expected"),
    [(1, 1, "gas", "room", 63), (2, 3, "gas", "flat", 46), (3, 4, "gas", "flat", 43), (4, 5, "electric", "flat", 58)],
)
def test_holds_the_whole_table_of_electricity(rooms: int, persons: int, stove: str, kind: str, expected: int) -> None:
    table = {
        (norm.rooms, norm.persons, norm.stove, norm.dwelling_kind): norm
        for norm in norms()
        if norm.service_code == "15"
    }
    assert len(table) == 4 * 5 * 3 * 3
    assert table[rooms, persons, stove, kind].amount == expected
    assert not table[rooms, persons, stove, kind].is_assumed


def test_charges_the_published_sum_per_person_for_waste() -> None:
    (norm,) = [each for each in norms() if each.service_code == "23"]
    assert round(norm.amount * Decimal("617.38"), 2) == Decimal("93.63")


def test_names_settlements_that_exist() -> None:
    known = {(place.code, each.name) for place in districts() for each in place.settlements}
    assert {norm.settlement for norm in norms() if norm.settlement} <= known


def test_lists_the_services_of_the_dossier_once() -> None:
    codes = [each.code for each in services()]
    assert len(set(codes)) == len(codes) == 24
    assert len({each.kind for each in services()}) == 24


def test_lists_about_340_providers_with_valid_numbers() -> None:
    everybody = providers()
    assert 320 <= len(everybody) <= 360
    assert len({each.code for each in everybody}) == len(everybody)
    assert len({each.inn for each in everybody}) == len(everybody)
    assert len({each.name for each in everybody}) == len(everybody)
    assert {each.layout for each in everybody} == {"l1_tula", "long", "l3_capital_repair"}
    assert all(len(each.name) <= 60 for each in everybody)


def test_gives_every_district_its_water_heat_and_managing_companies() -> None:
    for place in districts():
        kinds = {each.kind for each in providers() if place.code in each.district_codes}
        assert {"water", "heat", "managing", "electricity", "gas", "waste", "capital_repair"} <= kinds


def test_invents_banks_with_possible_requisites() -> None:
    for bank in banks():
        assert bik_is_valid(bank.bik)
        assert bank.bik.startswith("04")
        assert account_key_is_valid(bank.bik, bank.correspondent_account)


def test_lists_27_districts_with_codes_and_post_offices() -> None:
    assert len(districts()) == 27
    indexes = [office.index for place in districts() for office in place.post_offices]
    assert len(set(indexes)) == len(indexes)
    assert all(len(index) == 6 and index[:2] == "21" for index in indexes)
    for place in districts():
        assert place.oktmo[:2] == place.code[:2] == "66"
        assert {each.postal_index for each in place.settlements} <= {each.index for each in place.post_offices}


def test_quotes_the_regulation_in_every_ground() -> None:
    assert len({each.code for each in grounds()}) == len(grounds())
    assert {each.kind for each in grounds()} == {"refusal", "termination", "suspension"}
    assert all(each.article.startswith(("пункт", "часть")) and each.text.endswith(".") for each in grounds())
    assert {each.act for each in grounds() if each.kind == "suspension"} == {"housing-code"}
    assert all(each.advice for each in grounds() if each.kind == "refusal")


def test_codes_the_reasons_of_returns() -> None:
    assert [each.code for each in return_reasons() if each.channel == "post"] == [
        *(f"P{number:02d}" for number in range(1, 11)),
        "P99",
    ]
    assert [each.code for each in return_reasons() if each.channel == "bank"] == [
        *(f"B{number:02d}" for number in range(1, 7)),
        "B99",
    ]
