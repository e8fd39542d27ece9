"""Impossible orders of recalculation and months of theirs, by raw SQL."""

import datetime as dt
from collections.abc import Callable

from django.db import models

from calculations.models import Recalculation, RecalculationMonth
from tests import factories
from tests.calculations import made, ordered
from tests.constraints import Violation, changed, copied, copy, execute, stated, update

ORDER, MONTH = "calculations.Recalculation", "calculations.RecalculationMonth"
NOVEMBER = dt.date(2026, 11, 1)
DELETED = "DELETE FROM {table} WHERE id = {key}"
EMPTIED = "TRUNCATE {table} CASCADE"


def at(status: str, **given: object) -> Callable[[], Recalculation]:
    def order() -> Recalculation:
        return ordered.decided(ordered.order(), status, **given)

    return order


def with_a_month() -> Recalculation:
    """An approved order whose month no run has taken."""
    return ordered.decided(ordered.month().order)


def of_approved() -> RecalculationMonth:
    found = ordered.month()
    ordered.decided(found.order)
    return found


def elsewhere(row: models.Model) -> None:
    """List the month of a recipient whom another district pays."""
    copy(row, {"recipient_id": factories.recipient(office=factories.office()).pk})


def takes(of: Callable[[RecalculationMonth], int]) -> Callable[[models.Model], None]:
    def write(row: models.Model) -> None:
        assert isinstance(row, RecalculationMonth)
        update(row, {"run_id": of(row)})

    return write


def foreign_draft(row: RecalculationMonth) -> int:
    return made.run(office=factories.office(), month=NOVEMBER).pk


def finished(row: RecalculationMonth) -> int:
    return made.forward(made.run(office=row.order.office, month=NOVEMBER), "calculated").pk


def draft_of_november(row: RecalculationMonth) -> int:
    return made.run(office=row.order.office, month=NOVEMBER).pk


def taken_twice(row: models.Model) -> None:
    assert isinstance(row, RecalculationMonth)
    update(row, {"run_id": draft_of_november(row)})
    december = made.run(office=row.order.office, month=dt.date(2026, 12, 1))
    update(row, {"run_id": december.pk})


def in_a_second_order(row: models.Model) -> None:
    assert isinstance(row, RecalculationMonth)
    copy(row, {"order_id": ordered.order(office=row.order.office).pk})


def behind_its_guard(**columns: object) -> Callable[[models.Model], None]:
    def write(row: models.Model) -> None:
        execute("ALTER TABLE calculations_recalculationmonth DISABLE TRIGGER USER", [])
        copy(row, {"recipient_id": factories.recipient().pk} | columns)

    return write


def reopens(row: models.Model) -> None:
    """Say that a month waits although its order was refused: the order's trigger closed it."""
    assert isinstance(row, RecalculationMonth)
    ordered.decided(row.order, "refused", refusal_reason="документ не подходит")
    row.refresh_from_db()
    assert not row.is_open
    update(row, {"is_open": True})


def ends(row: models.Model) -> None:
    """End a month; only of an approved order that no run has taken."""
    by = factories.staff().pk
    update(row, {"ended_at": factories.AT, "ended_by_id": by, "ended_because": "переплата № 1", "is_open": False})


def ends_twice(row: models.Model) -> None:
    ends(row)
    update(row, {"ended_because": "переплата № 2"})


def ends_in_a_run(row: models.Model) -> None:
    assert isinstance(row, RecalculationMonth)
    update(row, {"run_id": draft_of_november(row)})
    ends(row)


def is_taken_though_ended(row: models.Model) -> None:
    assert isinstance(row, RecalculationMonth)
    ends(row)
    update(row, {"run_id": draft_of_november(row)})


RECALCULATION_VIOLATIONS: list[Violation] = [
    copied(ORDER, "recalculation_number_is_given_once", ordered.order, fine={"number": 900001}),
    copied(ORDER, "recalculation_says_what_and_why", ordered.order, fine={"number": 900001}, number=900002, what=""),
    copied(ORDER, "recalculation_says_what_and_why", ordered.order, fine={"number": 900001}, number=900002, document=""),
    changed(ORDER, "recalculation_status_fits_its_facts", ordered.order, status="approved"),
    stated(
        ORDER, "recalculation_status_fits_its_facts", ordered.order,
        "UPDATE {table} SET status = 'refused', decided_at = prepared_at, decided_by_id = (SELECT max(id) FROM"
        " offices_staff WHERE id <> prepared_by_id) WHERE id = {key}",
    ),
    stated(
        ORDER, "recalculation_is_not_decided_by_its_author", ordered.order,
        "UPDATE {table} SET status = 'approved', decided_at = prepared_at, decided_by_id = prepared_by_id WHERE id = {key}",
    ),
    stated(ORDER, "recalculation_goes_forward", ordered.order, DELETED),
    changed(ORDER, "recalculation_goes_forward", ordered.order, what="выбыл другой"),
    changed(ORDER, "recalculation_goes_forward", at("approved"), decided_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC)),
    changed(ORDER, "recalculation_goes_forward", at("approved"), status="prepared", decided_at=None, decided_by_id=None),
    changed(ORDER, "recalculation_goes_forward", at("refused", refusal_reason="нет"), status="approved", refusal_reason=""),
    changed(ORDER, "recalculation_goes_forward", with_a_month, status="done"),
    stated(ORDER, "is_never_emptied", ordered.order, EMPTIED),
    Violation(MONTH, "a_month_waits_in_one_recalculation", ordered.month, in_a_second_order),
    Violation(MONTH, "a_month_stands_once_in_a_recalculation", ordered.month, lambda row: copy(row, {})),
    Violation(MONTH, "recalculated_month_is_a_first_day", ordered.month, behind_its_guard(month=dt.date(2026, 10, 2))),
    Violation(MONTH, "accrued_before_is_a_number", ordered.month, behind_its_guard(accrued="NaN")),
    Violation(MONTH, "recalculated_is_a_number", ordered.month, behind_its_guard(recalculated="-0.01")),
    stated(MONTH, "recalculated_month_keeps_its_order", ordered.month, DELETED),
    Violation(MONTH, "recalculated_month_keeps_its_order", ordered.month, elsewhere),
    Violation(MONTH, "recalculated_month_keeps_its_order", ordered.month, lambda row: copy(row, {"month": NOVEMBER})),
    changed(MONTH, "recalculated_month_keeps_its_order", of_approved, accrued="1.00"),
    Violation(MONTH, "recalculated_month_keeps_its_order", ordered.month, takes(draft_of_november)),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, takes(finished)),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, takes(foreign_draft)),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, taken_twice),
    Violation(MONTH, "recalculated_month_keeps_its_order", ordered.month, reopens),
    Violation(MONTH, "recalculated_month_keeps_its_order", ordered.month, ends),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, ends_twice),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, ends_in_a_run),
    Violation(MONTH, "recalculated_month_keeps_its_order", of_approved, is_taken_though_ended),
    Violation(MONTH, "recalculated_month_ends_as_a_whole", of_approved, lambda row: update(row, {"ended_because": "нет"})),
    stated(MONTH, "is_never_emptied", ordered.month, EMPTIED),
]  # fmt: skip
