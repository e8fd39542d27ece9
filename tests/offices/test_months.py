"""A month is opened with its leaves, closed for good, and frozen then."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from offices.models import BillingMonth
from offices.services import months
from offices.services.months import ChecklistItem, MonthNotOpen, MonthNotReady
from providers.models import Charge
from tests import factories
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db

NEXT = dt.date(2026, 11, 1)
DONE = ChecklistItem("Все списки выпущены", [])


def leaves_of(month: dt.date) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall() if name.endswith(f"_{month:%Y_%m}")}


def close(*checklist: ChecklistItem) -> BillingMonth:
    return months.close_month(month=MONTH, checklist=[DONE, *checklist], by=factories.staff(), at=AT)


def test_opens_a_leaf_of_every_table_partitioned_by_month_once() -> None:
    opened = factories.open_month()
    leaves = leaves_of(MONTH)
    assert {"providers_charge_2026_10", "calculations_accrualline_2026_10"} <= leaves
    assert leaves_of(NEXT) == set()
    again = months.open_month(month=MONTH, by=factories.staff(), at=AT + dt.timedelta(days=1))
    assert (again, again.opened_at, leaves_of(MONTH)) == (opened, AT, leaves)


def test_puts_a_row_into_the_leaf_of_its_month() -> None:
    factories.open_month()
    charge = factories.charge()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM providers_charge WHERE id = %s", [charge.pk])
        assert cursor.fetchone() == ("providers_charge_2026_10",)


def test_refuses_a_row_of_a_month_that_was_never_opened() -> None:
    factories.open_month(NEXT)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.charge(month=MONTH)


def test_refuses_to_empty_a_leaf() -> None:
    factories.open_month()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE providers_charge_2026_10 CASCADE")


def test_freezes_a_closed_month() -> None:
    factories.open_month()
    factories.charge()
    closed = close()
    assert closed.closed_at == AT
    with pytest.raises(IntegrityError, match="is not open"), transaction.atomic():
        factories.charge()
    with pytest.raises(MonthNotOpen, match=r"10\.2026"):
        months.require_open(MONTH)
    assert Charge.objects.filter(month=MONTH).count() == 1


def test_closes_nothing_while_something_is_missing() -> None:
    factories.open_month()
    with pytest.raises(MonthNotReady, match="Расчёты утверждены: Вяземский район"):
        close(ChecklistItem("Расчёты утверждены", ["Вяземский район"]))
    months.require_open(MONTH)


def test_closes_a_month_once_and_only_an_open_one() -> None:
    with pytest.raises(MonthNotOpen):
        close()
    factories.open_month()
    close()
    with pytest.raises(MonthNotOpen):
        close()
