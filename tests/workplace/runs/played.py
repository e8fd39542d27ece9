"""A district with September approved and October calculated, small enough to count by hand."""

import datetime as dt
from decimal import Decimal

from calculations.models import CalculationRun
from calculations.services import runs
from exchange.services.layouts import install_presets
from offices.models import Office, Staff
from tests import factories as make
from tests.calculations import made, town

SEPTEMBER = dt.date(2026, 9, 1)


def district() -> Office:
    """An office with directories, open months and the department's unit."""
    make.open_month()
    town.directories()
    make.unit(Office.Kind.SUBSIDIES)
    install_presets(by=make.staff(), confirmed_by=make.staff(), at=make.AT)
    return make.office()


def in_september(office: Office, *accrued: str) -> list[town.Family]:
    """Families whose rights were accrued these sums for waste in an approved run of September."""
    run = made.run(office=office, month=SEPTEMBER)
    families = [town.family(office, residents=1) for _ in accrued]
    for family, value in zip(families, accrued, strict=True):
        sum_ = Decimal(value)
        charge = town.bill(family, "23", str(sum_ * 2), month=SEPTEMBER)
        accrual = made.accrual(run, recipient=family.recipient, entitlement=family.right, accrued=sum_)
        made.line(accrual, charge, accrued=sum_, base=sum_ * 2)
    made.forward(run)
    return families


def billed(families: list[town.Family], *sums: str) -> None:
    """October's bills for waste, a sum for each family in turn; an empty one sends no bill."""
    for family, value in zip(families, sums, strict=True):
        if value:
            town.bill(family, "23", value)


def calculated(office: Office, *, by: Staff | None = None) -> CalculationRun:
    return town.calculate(office, by=by)


def submitted(run: CalculationRun, *, by: Staff | None = None) -> CalculationRun:
    return runs.submit_run(run_id=run.pk, accrual_file=b"file", by=by or town.specialist(run.office), at=make.AT)
