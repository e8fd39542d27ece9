"""Roles are given by an order, for a period, by another person, and never meet their opposites."""

import datetime as dt
from typing import Any

import pytest

from offices import selectors
from offices.letterhead import head_of
from offices.models import RoleGrant, Staff
from offices.services import roles
from offices.services.roles import GrantedToOneself, NotGrantedThen, RoleHeld, RolesConflict
from tests import factories
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db

NEXT = dt.date(2026, 11, 1)


def grant(staff: Staff, role: str, **given: Any) -> RoleGrant:
    defaults = {"order": "приказ № 1", "starts_on": MONTH, "ends_on": None, "by": factories.staff("administrator")}
    return roles.grant_role(staff_id=staff.pk, role=role, **defaults | given)


def test_gives_a_role_for_a_period() -> None:
    clerk = factories.staff()
    grant(clerk, "intake", ends_on=NEXT)
    seen = [clerk.roles_on(day) for day in (dt.date(2026, 9, 30), MONTH, dt.date(2026, 10, 31), NEXT)]
    assert seen == [set(), {"intake"}, {"intake"}, set()]


@pytest.mark.parametrize(
    ("held", "role"),
    [
        ("intake", "auditor"), ("administrator", "intake"), ("calculation", "verifier"), ("payments", "accountant"),
        ("payments", "verifier"), ("department_head", "legal"), ("head", "registries"),
    ],
)  # fmt: skip
def test_refuses_a_role_that_never_goes_with_one_held(held: str, role: str) -> None:
    clerk = factories.staff(held)
    with pytest.raises(RolesConflict):
        grant(clerk, role)
    assert selectors.conflicting_roles(staff=clerk, role=role, start=MONTH, end=None) == [held]


def test_gives_a_role_after_its_opposite_ended() -> None:
    clerk = factories.staff("intake")
    ended = clerk.grants.get()
    with pytest.raises(RolesConflict):
        grant(clerk, "payments", starts_on=NEXT)
    roles.end_role(grant_id=ended.pk, ends_on=NEXT)
    assert grant(clerk, "payments", starts_on=NEXT).role == "payments"


def test_gives_what_small_offices_need_to_one_person() -> None:
    clerk = factories.staff("intake")
    for role in ("exchange", "checking", "calculation"):
        grant(clerk, role)
    assert clerk.roles_on(MONTH) == {"intake", "exchange", "checking", "calculation"}


def test_refuses_a_role_held_already_or_given_to_oneself() -> None:
    clerk = factories.staff("intake")
    with pytest.raises(RoleHeld):
        grant(clerk, "intake")
    with pytest.raises(GrantedToOneself):
        grant(clerk, "exchange", by=clerk)


@pytest.mark.parametrize("day", [LONG_AGO, NEXT], ids=["its first day", "ended before"])
def test_ends_a_role_only_while_it_is_in_force(day: dt.date) -> None:
    ended = roles.end_role(grant_id=factories.staff("intake").grants.get().pk, ends_on=MONTH)
    with pytest.raises(NotGrantedThen):
        roles.end_role(grant_id=ended.pk, ends_on=day)


def test_knows_who_heads_an_office_on_a_day() -> None:
    office = factories.office()
    former, present = (factories.staff("head", office=office) for _ in range(2))
    former.grants.update(valid_to=MONTH)
    present.grants.update(valid_from=MONTH)
    factories.staff("intake", office=office)
    assert head_of(office, on=dt.date(2026, 9, 30)) == former
    assert head_of(office, on=MONTH) == present
    assert head_of(factories.office(), on=MONTH) is None
