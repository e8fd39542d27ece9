"""What the database refuses of rehearsals, and good rows of them."""

import datetime as dt
from typing import Any

from calculations.models import Rehearsal, RehearsalRow, RehearsalSum
from offices.models import Job
from tests import factories
from tests.constraints import Violation, changed, copied, stated
from tests.rows.ground import number

REHEARSAL, ROW, SUM = "calculations.Rehearsal", "calculations.RehearsalRow", "calculations.RehearsalSum"
SECOND_DAY = dt.date(2026, 10, 2)
DELETED = "DELETE FROM {table} WHERE id = {key}"
EMPTIED = "TRUNCATE {table} CASCADE"


def rehearsal(**given: Any) -> Rehearsal:
    """A rehearsal that goes, of a district."""
    by = factories.staff()
    made = {
        "office": factories.office(), "month": factories.MONTH, "last_month": factories.MONTH, "changes": [],
        "told": "доля компенсации 40 %", "bills": "as_billed", "asked_by": by, "asked_at": factories.AT,
    }  # fmt: skip
    made["job"] = job()
    return Rehearsal.objects.create(**(made | given))


def job() -> Job:
    return Job.objects.create(
        kind="rehearse", key=f"{number()}", task="calculations.tasks.rehearse_month", requested_by=factories.staff(),
        requested_at=factories.AT,
    )  # fmt: skip


def finished() -> Rehearsal:
    return rehearsal(finished_at=factories.AT)


def row() -> RehearsalRow:
    one = rehearsal()
    return RehearsalRow.objects.create(
        rehearsal=one, office=one.office, month=one.month, recipient=factories.recipient(office=one.office), before=10,
        after=8, difference=-2, impossible=0, is_drifted=False, services=[],
    )  # fmt: skip


def of_service() -> RehearsalSum:
    one = rehearsal()
    return RehearsalSum.objects.create(
        rehearsal=one, office=one.office, month=one.month, service=factories.service(), lines=2, changed=1, before=10,
        after=8, impossible=0,
    )  # fmt: skip


def _late(statement: str) -> str:
    """Finish the row's rehearsal, then write another row of it."""
    return f"UPDATE calculations_rehearsal SET finished_at = asked_at; {statement}"


REHEARSAL_VIOLATIONS: list[Violation] = [
    changed(REHEARSAL, "rehearsal_month_is_a_first_day", rehearsal, month=SECOND_DAY, last_month=dt.date(2026, 11, 1)),
    changed(REHEARSAL, "rehearsal_ends_with_a_first_day", rehearsal, last_month=SECOND_DAY),
    changed(REHEARSAL, "rehearsal_months_go_forward", rehearsal, last_month=dt.date(2026, 9, 1)),
    changed(REHEARSAL, "rehearsal_tells_what_was_changed", rehearsal, told=""),
    stated(
        REHEARSAL,
        "rehearsal_is_for_one_row",
        lambda: rehearsal(tariff=factories.tariff(), asked_by=factories.norm().entered_by),
        "UPDATE {table} SET norm_id = (SELECT max(id) FROM providers_consumptionnorm) WHERE id = {key}",
    ),
    Violation(REHEARSAL, "unique job", rehearsal, lambda one: rehearsal(job=one.job)),
    changed(REHEARSAL, "a_finished_rehearsal_stays", finished, told="другое"),
    stated(REHEARSAL, "is_never_deleted", rehearsal, DELETED),
    stated(REHEARSAL, "is_never_emptied", rehearsal, EMPTIED),
    copied(ROW, "recipient_is_rehearsed_once", row, fine=None),
    copied(ROW, "rehearsed_row_is_of_a_month", row, fine={"month": dt.date(2026, 9, 1)}, month=SECOND_DAY),
    copied(
        ROW, "rehearsed_after_is_a_number", row, fine={"month": dt.date(2026, 9, 1)},
        month=dt.date(2026, 8, 1), after=-1, difference=-11,
    ),
    copied(
        ROW, "rehearsed_difference_is_of_its_sums", row, fine={"month": dt.date(2026, 9, 1)},
        month=dt.date(2026, 8, 1), difference=2,
    ),
    copied(
        ROW, "what_is_impossible_has_a_reason", row, fine={"month": dt.date(2026, 9, 1)},
        month=dt.date(2026, 8, 1), impossible=5,
    ),
    stated(
        ROW,
        "written_while_the_rehearsal_goes",
        row,
        _late(
            "INSERT INTO {table} (rehearsal_id, office_id, month, recipient_id, before, after, difference, impossible,"
            " is_drifted, services, reason) SELECT rehearsal_id, office_id, '2026-09-01', recipient_id, 1, 1, 0, 0,"
            " false, '[]', '' FROM {table}"
        ),
    ),
    stated(ROW, "is_append_only", row, "UPDATE {table} SET before = before WHERE id = {key}"),
    stated(ROW, "is_never_emptied", row, EMPTIED),
    copied(SUM, "rehearsed_sum_is_of_a_month", of_service, fine={"lines": 3}, month=SECOND_DAY),
    copied(SUM, "rehearsed_lines_are_among_all", of_service, fine={"lines": 3}, lines=0),
    stated(
        SUM,
        "written_while_the_rehearsal_goes",
        of_service,
        _late(
            "INSERT INTO {table} (rehearsal_id, office_id, month, service_id, lines, changed, before, after,"
            " impossible) SELECT rehearsal_id, office_id, month, service_id, 1, 0, 1, 1, 0 FROM {table}"
        ),
    ),
    stated(SUM, "is_append_only", of_service, "UPDATE {table} SET lines = lines WHERE id = {key}"),
    stated(SUM, "is_never_emptied", of_service, EMPTIED),
]  # fmt: skip
