from collections import Counter
from itertools import combinations

import pytest

from offices.models.staff import Role
from workplace.demo.staff import DISTRICT_ROLES, forbidden_role_pairs, offices, staff


def test_staffs_every_office() -> None:
    assert Counter(each.kind for each in offices())["district"] == 27
    working = {each.office_code for each in staff()}
    assert working == {each.code for each in offices()}


def test_fills_every_role_of_a_district_and_of_the_department() -> None:
    for office in offices():
        roles = {role for each in staff() if each.office_code == office.code for role in each.roles}
        if office.kind == "district":
            assert roles == set(DISTRICT_ROLES)
    assert {role for each in staff() for role in each.roles} == set(Role.values)


def test_gives_nobody_a_forbidden_pair() -> None:
    for each in staff():
        assert not {(min(pair), max(pair)) for pair in combinations(each.roles, 2)} & forbidden_role_pairs()


@pytest.mark.parametrize(
    "pair",
    [
        ("administrator", "auditor"),
        ("administrator", "intake"),
        ("calculation", "verifier"),
        ("payments", "verifier"),
        ("accountant", "payments"),
        ("accountant", "verifier"),
        ("calculation", "department_head"),
        ("head", "payments"),
    ],
)
def test_forbids_the_pairs_of_the_segregation_of_duties(pair: tuple[str, str]) -> None:
    assert pair in forbidden_role_pairs()


@pytest.mark.parametrize("pair", [("exchange", "intake"), ("checking", "intake"), ("calculation", "exchange")])
def test_allows_the_pairs_of_a_small_office(pair: tuple[str, str]) -> None:
    assert pair not in forbidden_role_pairs()


def test_gives_everybody_a_login_of_their_own() -> None:
    assert len({each.username for each in staff()}) == len(staff()) == 27 * 4 + 9
