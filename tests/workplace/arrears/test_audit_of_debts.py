"""The audit asks whether a suspended month was accrued, and whether anybody was stopped without a decision."""

import datetime as dt

import pytest
from django.db import connection

from calculations.models import Suspension
from tests import factories
from tests.calculations import fuelled, indebted, made, town
from tests.constraints import execute
from workplace.audit.debts import DEBTS
from workplace.audit.fuel import FUEL

pytestmark = pytest.mark.django_db

OCTOBER = indebted.OCTOBER
DECIDED = dt.datetime(2026, 9, 20, 12, tzinfo=factories.MOSCOW)


@pytest.fixture
def stopped() -> Suspension:
    """Somebody with waste and coal in October, suspended from October on; October is approved."""
    fuelled.directories()
    indebted.rule()
    house = fuelled.house(factories.office())
    suspension = indebted.suspended(house, at=DECIDED)
    fuelled.assigned(house)
    factories.open_month(OCTOBER)
    town.bill(house, "23", "93.63", "1", month=OCTOBER)
    made.forward(town.calculate(house.recipient.office))
    return suspension


def broken() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for question in (*DEBTS, *FUEL):
            cursor.execute(question.broken, {"month": OCTOBER})
            found[question.code] = [row[0] for row in cursor.fetchall()]
    return {code: rows for code, rows in found.items() if rows}


def forged(statement: str) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE", [])
    execute("ALTER TABLE calculations_suspension DISABLE TRIGGER USER", [])
    execute(statement, [])


def test_finds_nothing_in_an_honest_month(stopped) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DEBTS[0].looked_at, {"month": OCTOBER})
        assert cursor.fetchone() == (1,)
    assert broken() == {}


def test_finds_who_was_stopped_without_a_decision(stopped) -> None:
    forged("UPDATE calculations_suspension SET starts_on = '2026-11-01'")
    found = broken()
    assert list(found) == ["A16"]
    assert found["A16"][0].startswith("отложено ")


def test_finds_what_was_accrued_in_a_suspended_month(stopped) -> None:
    other = town.family(stopped.office)
    factories.open_month(OCTOBER)
    run = made.run(office=factories.office())
    line = made.line(made.accrual(run))
    made.forward(run)
    act = indebted.act(other)
    forged(f"UPDATE calculations_suspension SET recipient_id = {line.recipient_id}, court_act_id = {act.pk}")
    assert f"строка {line.pk}, получатель {line.recipient_id}" in broken()["A16"]
