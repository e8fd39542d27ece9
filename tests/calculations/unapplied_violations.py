"""What the database refuses of corrections without a charge and of recalculations that change nothing."""

import datetime as dt
from decimal import Decimal

from django.db import models

from calculations.models import AccrualLine, CalculationRun, UnappliedRecalculation
from tests import factories
from tests.calculations import made
from tests.constraints import Violation, ask_deferred, changed, copied, copy, execute, stated
from tests.rows.ground import number

LINE, UNAPPLIED = "calculations.AccrualLine", "calculations.UnappliedRecalculation"
SEPTEMBER = dt.date(2026, 9, 1)
CLOSED = "UPDATE offices_billingmonth SET closed_at = opened_at + interval '1 day', closed_by_id = opened_by_id; "
DELETED = "DELETE FROM {table} WHERE id = {key}"


def unapplied() -> UnappliedRecalculation:
    """A recalculation of September that changes nothing in October."""
    run = made.run()
    return UnappliedRecalculation.objects.create(
        run=run,
        recipient=factories.recipient(office=run.office),
        charge_id=number(),
        month=run.month,
        counts_for=SEPTEMBER,
        roubles=Decimal("-10.00"),
        reason="no_right",
        text="нет права",
    )


def of_finished() -> UnappliedRecalculation:
    row = unapplied()
    made.forward(CalculationRun.objects.get(pk=row.run_id), "calculated")
    return row


def correction() -> AccrualLine:
    """A line of October that counts for September and is made of September's charge."""
    factories.open_month(SEPTEMBER)
    now = made.accrual(made.run())
    charge = factories.charge(recipient=now.recipient, month=SEPTEMBER)
    return AccrualLine.objects.create(
        month=now.month, office=now.office, run=now.run, accrual=now, recipient=now.recipient, service=charge.service,
        account=charge.account, charge_ids=[charge.pk], billed=charge.billed, base=charge.billed, share="1/1",
        accrued=Decimal("-5.00"), rule="waste_as_billed", rule_version=1, regime="federal_2016",
        inputs={"correction": {"accrued": "5.00", "right": str(now.entitlement_id)}}, corrects_month=SEPTEMBER,
    )  # fmt: skip


def line() -> AccrualLine:
    return made.line(made.accrual(made.run()))


def without_its_charge(row: models.Model) -> None:
    """Name no charge; the trigger would refuse it first."""
    execute("ALTER TABLE calculations_accrualline_2026_10 DISABLE TRIGGER USER", [])
    copy(row, {"service_id": "98", "charge_id": None})


def on_the_second(row: models.Model) -> None:
    execute("ALTER TABLE calculations_unappliedrecalculation DISABLE TRIGGER USER", [])
    copy(row, {"charge_id": 1, "month": dt.date(2026, 10, 2)})
    ask_deferred()


UNAPPLIED_VIOLATIONS: list[Violation] = [
    Violation(LINE, "line_of_its_month_names_its_charge", line, without_its_charge),
    copied(LINE, "a_correction_is_accrued_once", correction, fine={"service_id": "99"}, accrued=-1),
    copied(LINE, "correction_is_of_stored_charges", correction, fine={"service_id": "99"}, service_id="98", charge_ids=[1]),
    copied(UNAPPLIED, "recalculation_is_left_once_in_a_run", unapplied, fine={"charge_id": 1}),
    copied(UNAPPLIED, "what_is_left_was_recalculated", unapplied, fine={"charge_id": 1}, charge_id=2, roubles=0),
    copied(
        UNAPPLIED, "what_is_left_counts_for_an_earlier_month", unapplied, fine={"charge_id": 1}, charge_id=2,
        counts_for=factories.MONTH,
    ),
    Violation(UNAPPLIED, "left_recalculation_month_is_a_first_day", unapplied, on_the_second),
    changed(UNAPPLIED, "submitted_unapplied_is_frozen", unapplied, roubles=1),
    stated(UNAPPLIED, "submitted_unapplied_is_frozen", of_finished, DELETED),
    stated(UNAPPLIED, "month_is_open", unapplied, CLOSED + DELETED),
    stated(UNAPPLIED, "is_never_emptied", unapplied, "TRUNCATE {table} CASCADE"),
]  # fmt: skip
