"""Runs that would accrue once more what another run has accrued meanwhile: the database approves none of them."""

import datetime as dt
from typing import Any

from django.db import models

from calculations.models import CalculationRun
from tests import factories
from tests.calculations import fuel_violations, made
from tests.constraints import Violation, copy

RUN, NAME = "calculations.CalculationRun", "nothing_is_accrued_twice"
NOVEMBER = dt.date(2026, 11, 1)


def with_the_part_of_october() -> CalculationRun:
    """November's run with the part of fuel that October's accrues as well; both wait for approval."""
    first = fuel_violations.line()
    now = made.accrual(
        made.run(office=first.office, month=NOVEMBER), recipient=first.recipient, entitlement=first.accrual.entitlement,
        accrued=0,
    )  # fmt: skip
    copy(first, {"month": NOVEMBER, "run_id": now.run_id, "accrual_id": now.pk})
    made.forward(first.run, "submitted")
    return made.forward(now.run, "submitted")


def with_october_from_nothing() -> CalculationRun:
    """November's run with October's bill as nothing accrued before, beside an October that accrues it."""
    first = made.line(made.accrual(made.run()))
    now = made.accrual(
        made.run(office=first.office, month=NOVEMBER), recipient=first.recipient, entitlement=first.accrual.entitlement
    )
    late = factories.charge(recipient=first.recipient, month=NOVEMBER, account=first.account, service=first.service)
    told = {"correction": {"accrued": "0.00", "right": str(now.entitlement_id)}}
    made.line(now, late, corrects=first.pk, corrects_month=factories.MONTH, inputs=told)
    made.forward(first.run, "submitted")
    return made.forward(now.run, "submitted")


def before_november() -> CalculationRun:
    """October's run, submitted; November's is approved."""
    first = made.forward(made.run(), "submitted")
    made.forward(made.run(office=first.office, month=NOVEMBER))
    return first


def after_october(row: Any) -> None:
    """Approve the earlier run first."""
    made.forward(CalculationRun.objects.get(office=row.office_id, month=factories.MONTH))
    approve(row)


def approve(row: models.Model) -> None:
    assert isinstance(row, CalculationRun)
    made.forward(row)


TWICE_VIOLATIONS: list[Violation] = [
    Violation(RUN, NAME, with_the_part_of_october, after_october),
    Violation(RUN, NAME, with_october_from_nothing, after_october),
    Violation(RUN, NAME, before_november, approve),
]
