"""A row of a directory counts once another person has seen in roubles whom it concerns."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Parameter, Recalculation, Rehearsal
from calculations.services import guard, parameters, rehearsals
from calculations.services.guard import NORM, PARAMETER, TARIFF, NotSeenYet
from offices import jobs
from offices.models import Role, Staff
from offices.models.confirmed import ConfirmedRow
from providers.models import ConsumptionNorm, Tariff
from providers.services import directories
from providers.services.directories import ConfirmedByItsAuthor, NormShape
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
DECEMBER = dt.date(2026, 12, 1)


@pytest.fixture
def head() -> Staff:
    return factories.staff(Role.DEPARTMENT_HEAD, office=None)


@pytest.fixture
def approved():
    """EX-2, calculated and approved for October."""
    factories.open_month()
    town.directories()
    office = factories.office()
    family = town.family(office)
    town.bills(family, town.BILLS_OF_EX_2)
    return made.forward(town.calculate(office))


def tariff(price: str, valid_from: dt.date, code: str = "14") -> Tariff:
    return directories.enter_tariff(
        service=factories.service(code=code), price=Decimal(price), decree=factories.decree(), valid_from=valid_from,
        by=factories.staff(Role.CALCULATION),
    )  # fmt: skip


def counted(kind: guard.Kind, row: ConfirmedRow, by: Staff) -> Rehearsal:
    job = guard.request_effect(kind=kind, row=row, told="строка справочника", by=by, at=factories.AT)
    jobs.work(job.pk, rehearsals.rehearse_chunk)
    found = guard.effect_of(kind=kind, row=row)
    assert found is not None
    return found


def test_counts_a_tariff_of_the_future_by_the_bills_of_the_last_month(approved, head) -> None:
    row = tariff("20.00", DECEMBER)
    effect = counted(TARIFF, row, head)
    # 22 m³ x 20.00 = 440.00; / 3 / 2 = 73.33, where 65.12 stood.
    assert (effect.difference, effect.bills, effect.month) == (Decimal("8.21"), "repriced", OCTOBER)
    assert guard.confirm_seen(kind=TARIFF, row_id=row.pk, by=head, at=factories.AT) == []
    row.refresh_from_db()
    assert row.confirmed_by == head
    assert not Recalculation.objects.exists()


def test_confirms_nothing_unseen(approved, head) -> None:
    row = tariff("20.00", DECEMBER)
    with pytest.raises(NotSeenYet):
        guard.confirm_seen(kind=TARIFF, row_id=row.pk, by=head, at=factories.AT)
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_confirms_nothing_by_its_author_though_seen(approved, head) -> None:
    row = tariff("20.00", DECEMBER)
    counted(TARIFF, row, head)
    with pytest.raises(ConfirmedByItsAuthor):
        guard.confirm_seen(kind=TARIFF, row_id=row.pk, by=row.entered_by, at=factories.AT)


def test_orders_the_recalculation_of_months_already_accrued(approved, head) -> None:
    row = directories.enter_norm(
        service=factories.service(code="10"), shape=NormShape(ConsumptionNorm.Basis.PER_PERSON), amount=Decimal("4.00"),
        decree=factories.decree(), valid_from=OCTOBER, by=factories.staff(Role.CALCULATION),
    )  # fmt: skip
    effect = counted(NORM, row, head)
    assert (effect.difference, effect.bills, effect.drifted) == (Decimal("-4.17"), "as_billed", 0)
    (order,) = guard.confirm_seen(kind=NORM, row_id=row.pk, by=head, at=factories.AT)
    assert (order.office, order.cause, order.changed_from) == (approved.office, "norm", OCTOBER)
    (month,) = order.months.all()
    assert (month.month, month.recalculated - month.accrued) == (OCTOBER, Decimal("-4.17"))


def test_counts_a_parameter_and_gives_the_former_back_when_it_is_refused(approved, head) -> None:
    row = parameters.enter_parameter(
        code="discount", value="0.4", valid_from=DECEMBER, decree=factories.decree(), by=factories.staff()
    )
    effect = counted(PARAMETER, row, head)
    assert effect.after < effect.before == Decimal("804.25")
    guard.refuse_seen(kind=PARAMETER, row_id=row.pk, reason="акт не издан", by=head, at=factories.AT)
    standing = Parameter.objects.get(code="discount", confirmed_at__isnull=False)
    assert standing.valid_to is None


@pytest.mark.parametrize(
    ("code", "value"), [("arrears_rule", "none"), ("first_month", "same"), ("fuel_share", "whole")]
)
def test_offers_no_rehearsal_of_a_parameter_that_changes_no_sum(approved, head, code: str, value: str) -> None:
    row = parameters.enter_parameter(
        code=code, value=value, valid_from=DECEMBER, decree=factories.decree(), by=factories.staff()
    )
    with pytest.raises(rehearsals.NothingToRehearse, match="не меняет сумм"):
        guard.request_effect(kind=PARAMETER, row=row, told=code, by=head, at=factories.AT)
    assert guard.confirm_seen(kind=PARAMETER, row_id=row.pk, by=head, at=factories.AT) == []
    row.refresh_from_db()
    assert row.confirmed_by == head


def test_asks_no_effect_while_no_month_was_ever_approved(head) -> None:
    factories.open_month()
    town.directories()
    row = tariff("20.00", DECEMBER)
    guard.confirm_seen(kind=TARIFF, row_id=row.pk, by=head, at=factories.AT)
    row.refresh_from_db()
    assert row.confirmed_by == head
