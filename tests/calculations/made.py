"""Runs and what they accrued, written directly: rows come while the run is a draft, then it goes forward.

The database lets accruals, lines and withheld charges be written only into a draft (`written_with_its_draft`), so a
finished run is made by `run(...)`, `accrual(...)` and `forward(...)` in this order.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from calculations.models import Accrual, AccrualLine, CalculationRun, ReviewDecision, Withheld
from offices import files
from offices.models import Role
from providers.models import Charge
from tests import factories
from tests.rows.ground import number

FORWARD = (CalculationRun.Status.DRAFT, CalculationRun.Status.CALCULATED, CalculationRun.Status.SUBMITTED)


def run(**given: Any) -> CalculationRun:
    """A draft of a district's month; the month is opened."""
    made = {"month": factories.MONTH, "started_at": factories.AT} | given
    made["office"] = made.get("office") or factories.office()
    made["started_by"] = made.get("started_by") or factories.staff(Role.CALCULATION, office=made["office"])
    factories.open_month(made["month"])
    return CalculationRun.objects.create(**made)


def accrual(of: CalculationRun, **given: Any) -> Accrual:
    """What a right is worth in a draft; the sum needs no lines here."""
    made = {"billed": Decimal("200.00"), "accrued": Decimal("100.00"), "lines": 1} | given
    made["recipient"] = made.get("recipient") or factories.recipient(office=of.office)
    made["entitlement"] = made.get("entitlement") or factories.entitlement(recipient=made["recipient"])
    return Accrual.objects.create(run=of, office=of.office, month=of.month, **made)


def line(of: Accrual, charge: Charge | None = None, **given: Any) -> AccrualLine:
    """A line of an accrual of a draft, made of one charge; its inputs are not meant to be replayed."""
    billed = charge or factories.charge(recipient=of.recipient, month=of.month)
    made = {
        "service": billed.service,
        "account": billed.account,
        "charge_ids": [billed.pk],
        "billed": billed.billed,
        "base": billed.billed,
        "share": "1/1",
        "accrued": Decimal("50.00"),
        "rule": "waste_as_billed",
        "rule_version": 1,
        "regime": "federal_2016",
        "inputs": {},
    } | given
    return AccrualLine.objects.create(
        month=of.month, office=of.office, run=of.run, accrual=of, recipient=of.recipient, charge=billed, **made
    )


def withheld(of: CalculationRun, **given: Any) -> Withheld:
    """A charge that the draft could not turn into a line."""
    made = {"charge_id": number(), "billed": Decimal("10.00"), "reason": "no_right", "text": "нет"} | given
    made["recipient"] = made.get("recipient") or factories.recipient(office=of.office)
    return Withheld.objects.create(run=of, month=of.month, **made)


def forward(of: CalculationRun, to: str = CalculationRun.Status.APPROVED, **given: Any) -> CalculationRun:
    """Take a run from its state on to `to`, one state after another; totals are those of its accruals."""
    way = FORWARD[:2] if to == CalculationRun.Status.DISCARDED else FORWARD
    for status in (*way[way.index(CalculationRun.Status(of.status)) + 1 :], to):
        if of.status == to:
            break
        of.status = status
        _note(of, at=factories.AT)
        for name, value in given.items():
            if status == to:
                setattr(of, name, value)
        of.save()
    return of


def _note(of: CalculationRun, *, at: dt.datetime) -> None:
    if of.status == CalculationRun.Status.CALCULATED:
        accruals = list(of.accruals.all())
        of.calculated_at = at
        of.recipients = len({one.recipient_id for one in accruals})
        of.lines = sum(one.lines for one in accruals)
        of.total = sum((one.accrued for one in accruals), Decimal("0.00"))
    elif of.status == CalculationRun.Status.SUBMITTED:
        of.submitted_at, of.submitted_by = at, factories.staff(Role.HEAD, office=of.office)
        of.accrual_file = files.store(
            content=f"run {of.pk}".encode(), name="NACH.dbf", media_type=files.DBF, by=of.submitted_by, at=at
        )
    elif of.status in (CalculationRun.Status.APPROVED, CalculationRun.Status.RETURNED):
        of.reviewed_at, of.reviewed_by = at, verifier()
        of.return_reason = "проверьте тариф" if of.status == CalculationRun.Status.RETURNED else ""
    elif of.status == CalculationRun.Status.DISCARDED:
        of.return_reason = "ошибка в тарифах"


def review(of: Accrual, **given: Any) -> ReviewDecision:
    """A verifier's verdict on an accrual of a submitted run."""
    made = {"cause": "new", "verdict": "correct", "reviewed_at": factories.AT} | given
    made["reviewed_by"] = made.get("reviewed_by") or verifier()
    return ReviewDecision.objects.create(accrual=of, **made)


def verifier() -> Any:
    """A verifier of the subsidies unit."""
    return factories.staff(Role.VERIFIER, office=None)
