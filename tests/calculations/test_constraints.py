"""The database itself refuses impossible parameters, runs, accruals, lines and reviews."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction

from calculations.models import Accrual, AccrualLine, CalculationRun, Parameter, ReviewDecision, Withheld
from tests import factories
from tests.calculations import made, ordered, town
from tests.calculations.debt_violations import DEBT_VIOLATIONS
from tests.calculations.fuel_violations import FUEL_VIOLATIONS
from tests.calculations.recalculation_violations import RECALCULATION_VIOLATIONS
from tests.calculations.rehearsing.violations import REHEARSAL_VIOLATIONS
from tests.calculations.twice_violations import TWICE_VIOLATIONS
from tests.calculations.unapplied_violations import UNAPPLIED_VIOLATIONS
from tests.constraints import Violation, ask_deferred, changed, copied, copy, execute, stated, unnamed

pytestmark = pytest.mark.django_db

NOVEMBER = dt.date(2026, 11, 1)
SEPTEMBER = dt.date(2026, 9, 1)
DELETED = "DELETE FROM {table} WHERE id = {key}"
EMPTIED = "TRUNCATE {table} CASCADE"
CLOSED = "UPDATE offices_billingmonth SET closed_at = opened_at + interval '1 day', closed_by_id = opened_by_id; "
SAME = "UPDATE {table} SET month = month WHERE id = {key}"


def parameter() -> Parameter:
    return town.parameter("discount", "0.5")


def ended_parameter() -> Parameter:
    return town.parameter("discount", "0.5", valid_to=factories.LONG_AGO)


def at(status: str) -> Callable[[], CalculationRun]:
    """A run brought to the status, with one accrual."""

    def run() -> CalculationRun:
        draft = made.run()
        made.accrual(draft)
        return made.forward(draft, status) if status != "draft" else draft

    return run


def accrual() -> Accrual:
    return made.accrual(made.run())


def line() -> AccrualLine:
    return made.line(accrual())


def withheld() -> Withheld:
    return made.withheld(made.run())


def of_finished(make: Callable[[], models.Model]) -> Callable[[], models.Model]:
    """A row of a run that is calculated."""

    def row() -> models.Model:
        found = make()
        made.forward(CalculationRun.objects.get(pk=found.run_id), "calculated")  # type: ignore[attr-defined]
        return found

    return row


def accrual_after_a_carry() -> Accrual:
    """An accrual of October; in September an approved run carried 5.00 over for its recipient."""
    now = accrual()
    former = made.run(office=now.office, month=SEPTEMBER)
    made.accrual(former, recipient=now.recipient, entitlement=now.entitlement, accrued=0, carried_out="5.00")
    made.forward(former)
    return now


def takes_back(roubles: str) -> Callable[[models.Model], None]:
    def write(row: models.Model) -> None:
        other = factories.entitlement(recipient=row.recipient, disabled_person=factories.person())  # type: ignore[attr-defined]
        copied_with(row, entitlement_id=other.pk, carried_in=roubles)

    return write


def carried(column: str, value: object) -> Callable[[models.Model], None]:
    """Insert a copy with the column, behind the guard that would refuse it first."""

    def write(row: models.Model) -> None:
        execute("ALTER TABLE calculations_accrual DISABLE TRIGGER USER", [])
        other = factories.entitlement(recipient=row.recipient, disabled_person=factories.person())  # type: ignore[attr-defined]
        copied_with(row, entitlement_id=other.pk, **{column: value})

    return write


def corrected_line() -> AccrualLine:
    """A line of November that counts for October and corrects its line."""
    first = line()
    now = made.accrual(
        made.run(office=first.office, month=NOVEMBER), recipient=first.recipient, entitlement=first.accrual.entitlement
    )
    charge = factories.charge(recipient=first.recipient, month=NOVEMBER, account=first.account, service=first.service)
    return made.line(now, charge, corrects=first.pk, corrects_month=factories.MONTH, accrued="-5.00")


def another_right(row: models.Model) -> Accrual:
    right = factories.entitlement(recipient=row.recipient, disabled_person=factories.person())  # type: ignore[attr-defined]
    return made.accrual(row.run, recipient=row.recipient, entitlement=right)  # type: ignore[attr-defined]


def behind_its_guard(row: models.Model) -> None:
    """Name a line without its month; the trigger would refuse it first."""
    execute("ALTER TABLE calculations_accrualline_2026_10 DISABLE TRIGGER USER", [])
    copied_with(row, service_id="98", corrects=row.pk)


def submitted_accrual() -> Accrual:
    found = accrual()
    made.forward(found.run, "submitted")
    return found


def review() -> ReviewDecision:
    return made.review(submitted_accrual())


def copied_with(row: models.Model, **columns: object) -> None:
    copy(row, columns)
    ask_deferred()


def behind_the_guard(model: str, name: str, make: Callable[[], models.Model], table: str) -> Violation:
    """Give a copy the second day of a month; the month's own guard would refuse it first."""

    def break_it(row: models.Model) -> None:
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER", [])
        copy(row, {"month": dt.date(2026, 10, 2)})

    return Violation(model, name, make, break_it)


RUN, ACCRUAL, LINE, WITHHELD = (
    f"calculations.{name}" for name in ("CalculationRun", "Accrual", "AccrualLine", "Withheld")
)
PARAMETER, REVIEW = "calculations.Parameter", "calculations.ReviewDecision"

VIOLATIONS: list[Violation] = [
    changed(PARAMETER, "parameter_period_is_not_empty", parameter, valid_to=town.LONG_BEFORE),
    copied(
        PARAMETER, "parameter_periods_do_not_overlap", ended_parameter, fine={"valid_from": factories.LONG_AGO, "valid_to": None},
        valid_to=factories.MONTH,
    ),
    stated(
        PARAMETER, "parameter_is_not_confirmed_by_its_author", parameter,
        "UPDATE {table} SET confirmed_by_id = entered_by_id WHERE id = {key}",
    ),
    changed(PARAMETER, "parameter_is_confirmed_by_someone", parameter, confirmed_by_id=None),
    copied(RUN, "run_number_is_given_once", at("returned"), fine={"number": 2}, status="draft", calculated_at=None,
           submitted_at=None, submitted_by_id=None, reviewed_at=None, reviewed_by_id=None, return_reason=""),
    copied(RUN, "district_has_one_live_run_a_month", at("draft"), fine=None, number=2),
    behind_the_guard(RUN, "run_month_is_a_first_day", at("draft"), "calculations_calculationrun"),
    changed(RUN, "run_total_is_a_number", at("draft"), total="NaN"),
    changed(RUN, "run_total_is_a_number", at("draft"), total=-1),
    changed(RUN, "run_status_fits_its_facts", at("draft"), status="calculated"),
    changed(RUN, "run_status_fits_its_facts", at("calculated"), status="submitted"),
    changed(RUN, "run_status_fits_its_facts", at("submitted"), status="approved"),
    changed(RUN, "run_status_fits_its_facts", at("calculated"), status="discarded"),
    stated(
        RUN, "run_status_fits_its_facts", at("submitted"),
        "UPDATE {table} SET status = 'returned', reviewed_at = submitted_at,"
        " reviewed_by_id = (SELECT id FROM offices_staff WHERE office_id IS NULL LIMIT 1) WHERE id = {key}",
    ),
    stated(
        RUN, "run_is_not_reviewed_by_its_author", at("submitted"),
        "UPDATE {table} SET status = 'approved', reviewed_at = submitted_at, reviewed_by_id = started_by_id WHERE id = {key}",
    ),
    stated(
        RUN, "run_is_not_reviewed_by_its_author", at("submitted"),
        "UPDATE {table} SET status = 'approved', reviewed_at = submitted_at, reviewed_by_id = submitted_by_id WHERE id = {key}",
    ),
    stated(RUN, "run_goes_forward", at("calculated"), DELETED),
    changed(RUN, "run_goes_forward", at("calculated"), total="1.00"),
    changed(RUN, "run_goes_forward", at("calculated"), status="draft", calculated_at=None),
    changed(RUN, "run_goes_forward", at("draft"), number=7),
    changed(RUN, "run_goes_forward", at("submitted"), status="calculated", submitted_at=None, submitted_by_id=None),
    stated(RUN, "run_goes_forward", at("submitted"), "UPDATE {table} SET submitted_by_id = started_by_id WHERE id = {key}"),
    changed(RUN, "run_goes_forward", at("approved"), status="returned", return_reason="ошибка"),
    changed(RUN, "run_goes_forward", at("returned"), return_reason="другая причина"),
    changed(RUN, "run_goes_forward", at("discarded"), status="draft", return_reason="", calculated_at=None),
    stated(RUN, "month_is_open", at("draft"), CLOSED + SAME),
    stated(RUN, "is_never_emptied", at("draft"), EMPTIED),
    copied(ACCRUAL, "a_right_is_accrued_once_in_a_run", accrual, fine=None),
    Violation(ACCRUAL, "carried_in_is_a_number", accrual, carried("carried_in", "NaN")),
    Violation(ACCRUAL, "carried_in_is_a_number", accrual, carried("carried_in", -1)),
    Violation(ACCRUAL, "carried_out_is_a_number", accrual, carried("carried_out", -1)),
    Violation(ACCRUAL, "nothing_is_paid_while_something_is_carried_over", accrual, carried("carried_out", 1)),
    Violation(ACCRUAL, "carried_in_was_carried_out", accrual_after_a_carry, takes_back("5.01"), takes_back("5.00")),
    behind_the_guard(ACCRUAL, "accrual_month_is_a_first_day", accrual, "calculations_accrual"),
    copied(ACCRUAL, "accrued_is_a_number", accrual, fine=None, accrued="NaN"),
    copied(ACCRUAL, "accrued_is_a_number", accrual, fine=None, accrued="-0.01"),
    changed(ACCRUAL, "submitted_accruals_are_frozen", accrual, accrued="1.00"),
    stated(ACCRUAL, "submitted_accruals_are_frozen", of_finished(accrual), DELETED),
    copied(ACCRUAL, "submitted_accruals_are_frozen", of_finished(accrual), fine=None),
    stated(ACCRUAL, "month_is_open", accrual, CLOSED + DELETED),
    stated(ACCRUAL, "is_never_emptied", accrual, EMPTIED),
    behind_the_guard(LINE, "line_month_is_a_first_day", line, "calculations_accrualline_2026_10"),
    copied(LINE, "line_accrued_is_a_number", line, fine={"service_id": "99"}, service_id="98", accrued="-10000000.00",
           corrects_month=SEPTEMBER),
    copied(LINE, "only_a_correction_takes_away", line, fine={"service_id": "99", "accrued": -1,
           "corrects_month": SEPTEMBER}, service_id="98", accrued=-1),
    copied(LINE, "a_correction_counts_for_an_earlier_month", line, fine={"service_id": "99",
           "corrects_month": SEPTEMBER}, service_id="98", corrects_month=factories.MONTH),
    copied(LINE, "line_corrects_a_first_day", line, fine={"service_id": "99", "corrects_month": SEPTEMBER},
           service_id="98", corrects_month=dt.date(2026, 9, 2)),
    Violation(LINE, "correction_is_of_its_line", corrected_line,
              lambda row: copied_with(row, service_id="98"), lambda row: copied_with(row, accrual_id=another_right(row).pk)),
    copied(LINE, "line_base_is_a_number", line, fine={"service_id": "99"}, service_id="98", base="NaN"),
    copied(LINE, "line_accrues_no_more_than_its_base", line, fine={"service_id": "99"}, service_id="98", accrued="100.01"),
    copied(LINE, "line_comes_from_a_charge_or_fuel", line, fine={"service_id": "99"}, service_id="98", charge_ids=[]),
    copied(LINE, "service_is_accrued_once", line, fine={"service_id": "99"}, accrued=1),
    Violation(LINE, "a_correction_names_its_line", line, behind_its_guard),
    stated(LINE, "submitted_lines_are_frozen", line, "UPDATE {table} SET accrued = 1 WHERE id = {key}"),
    stated(LINE, "submitted_lines_are_frozen", of_finished(line), DELETED),
    copied(LINE, "submitted_lines_are_frozen", of_finished(line), fine=None, service_id="99"),
    stated(LINE, "month_is_open", line, CLOSED + DELETED),
    stated(LINE, "is_never_emptied", line, EMPTIED),
    copied(WITHHELD, "charge_is_withheld_once_in_a_run", withheld, fine={"charge_id": 1}),
    changed(WITHHELD, "submitted_withheld_is_frozen", withheld, billed=1),
    stated(WITHHELD, "submitted_withheld_is_frozen", of_finished(withheld), DELETED),
    copied(WITHHELD, "submitted_withheld_is_frozen", of_finished(withheld), fine=None, charge_id=1),
    stated(WITHHELD, "month_is_open", withheld, CLOSED + DELETED),
    stated(WITHHELD, "is_never_emptied", withheld, EMPTIED),
    copied(REVIEW, "unique accrual", review, fine=None),
    copied(REVIEW, "a_wrong_accrual_has_a_note", review, fine=None, verdict="wrong"),
    changed(REVIEW, "is_append_only", review, verdict="wrong", note="неверно"),
    stated(REVIEW, "is_append_only", review, DELETED),
    stated(REVIEW, "is_never_emptied", review, EMPTIED),
    *RECALCULATION_VIOLATIONS,
    *UNAPPLIED_VIOLATIONS,
    *REHEARSAL_VIOLATIONS,
    *DEBT_VIOLATIONS,
    *FUEL_VIOLATIONS,
    *TWICE_VIOLATIONS,
    stated(
        PARAMETER,
        "parameter_is_refused_by_another",
        lambda: town.parameter("discount", "0.5", confirmed_at=None),
        "UPDATE {table} SET refused_at = now(), refused_by_id = entered_by_id, refusal_reason = 'нет' WHERE id = {key}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation: Violation) -> None:
    violation.check()


@pytest.mark.parametrize("author", ["started_by", "submitted_by"])
def test_refuses_a_review_by_who_calculated_or_submitted(author: str) -> None:
    found = submitted_accrual()
    with pytest.raises(DatabaseError, match="reviewed by another person"), transaction.atomic():
        made.review(found, reviewed_by=getattr(found.run, author))


def test_refuses_a_review_before_submission() -> None:
    with pytest.raises(DatabaseError, match="after submission"), transaction.atomic():
        made.review(accrual())


@pytest.mark.parametrize("status", ["approved", "refused"])
def test_keeps_the_months_of_a_recalculation_waiting_as_long_as_it_is_open(status: str) -> None:
    waiting = ordered.month()
    ordered.decided(waiting.order, status, refusal_reason="" if status == "approved" else "документа нет")
    waiting.refresh_from_db()
    assert waiting.is_open is (status == "approved")


def test_refuses_a_line_of_a_month_that_has_no_leaf() -> None:
    with pytest.raises(DatabaseError, match="no partition"), transaction.atomic():
        copied_with(line(), month=NOVEMBER)


def test_refuses_a_line_of_another_month_than_its_charge() -> None:
    """The leaf is there, the charge of that month is not: the key is of both columns."""
    found = line()
    factories.open_month(NOVEMBER)
    with pytest.raises(DatabaseError, match="line_comes_from_a_stored_charge"), transaction.atomic():
        copied_with(found, month=NOVEMBER)


def test_refuses_a_line_of_a_charge_that_is_not_there() -> None:
    found = line()
    with pytest.raises(DatabaseError, match="line_comes_from_a_stored_charge"), transaction.atomic():
        copied_with(found, charge_id=987654321)


@pytest.mark.parametrize("table", ["calculations_accrualline", "providers_charge"])
def test_refuses_to_empty_a_leaf(table: str) -> None:
    line()
    ask_deferred()
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}_2026_10 CASCADE")


def test_names_every_constraint_of_the_app() -> None:
    named = unnamed("calculations", violations=VIOLATIONS)
    assert named == {  # their own tests above
        "calculations.ReviewDecision review_is_another_persons",
        "calculations.Recalculation recalculation_closes_its_months",
    }
