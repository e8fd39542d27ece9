"""Rows of fuel and gas that the database refuses, by raw SQL."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models

from calculations.models import AccrualLine, FuelItem, FuelPart
from offices import files
from tests import factories
from tests.calculations import fuelled, made
from tests.constraints import Violation, changed, copied, copy, execute, stated

ASSIGNMENT, ITEM, PART, LINE = (
    f"calculations.{name}" for name in ("FuelAssignment", "FuelItem", "FuelPart", "AccrualLine")
)
DELETED = "DELETE FROM {table} WHERE id = {key}"
EMPTIED = "TRUNCATE {table} CASCADE"
SECOND_DAY = dt.date(2026, 10, 2)


def line() -> AccrualLine:
    """The first part of a confirmed assignment as a line of October's draft."""
    whole = fuelled.confirmed()
    of = made.accrual(
        made.run(office=whole.office), recipient=whole.recipient, entitlement=whole.entitlement, accrued=0
    )
    part = whole.parts.get(number=1)
    return AccrualLine.objects.create(
        month=of.month, office=of.office, run=of.run, accrual=of, recipient=of.recipient, service=whole.service,
        fuel_part=part, charge_ids=[], billed=part.amount, base=part.amount, share="1/1", accrued=part.amount,
        rule="solid_fuel", rule_version=1, regime="federal_2016", inputs={},
    )  # fmt: skip


def another(**columns: Any) -> Callable[[models.Model], None]:
    """Insert a copy for another application and dwelling with the columns."""

    def write(row: Any) -> None:
        copy(row, _apart() | columns)

    return write


def _apart() -> dict[str, Any]:
    return {"application_id": factories.application().pk, "dwelling_id": factories.dwelling().pk}


def decided(row: Any) -> dict[str, Any]:
    """What a decision by another person fills, with its paper."""
    by = factories.staff()
    paper = files.store(content=b"paper", name="paper.pdf", media_type=files.PDF, by=by, at=factories.AT)
    return {"status": "confirmed", "decided_at": factories.AT, "decided_by_id": by.pk, "decision_file_id": paper.pk}


def decided_by_its_author(row: Any) -> None:
    copy(row, _apart() | decided(row) | {"decided_by_id": row.prepared_by_id})


def without_parts(row: Any) -> None:
    copy(row, _apart() | decided(row))


def behind_its_guard(row: models.Model) -> None:
    execute("ALTER TABLE calculations_fuelpart DISABLE TRIGGER USER", [])
    copy(row, {"number": 2, "month": SECOND_DAY})


def item_of_confirmed() -> FuelItem:
    return fuelled.confirmed().items.get(fuel="coal")


def part_of_confirmed() -> FuelPart:
    return fuelled.confirmed().parts.get(number=1)


FUEL_VIOLATIONS: list[Violation] = [
    copied(ASSIGNMENT, "unique application", fuelled.assignment, fine=None, rule="bottled_gas"),
    Violation(
        ASSIGNMENT, "fuel_is_applied_for_once_a_year", fuelled.assignment,
        lambda row: copy(row, {"application_id": factories.application().pk}), another(),
    ),
    Violation(ASSIGNMENT, "fuel_starts_with_a_month", fuelled.assignment, another(starts_on=SECOND_DAY)),
    Violation(
        ASSIGNMENT, "fuel_stops_with_a_month", fuelled.assignment,
        lambda row: copy(row, _apart() | decided(row) | {
            "status": "stopped", "stopped_from": SECOND_DAY, "stopped_at": factories.AT,
            "stopped_by_id": row.prepared_by_id, "reason": "выехал"}),
    ),
    Violation(ASSIGNMENT, "fuel_is_for_months_of_its_year", fuelled.assignment, another(year=2025)),
    Violation(ASSIGNMENT, "fuel_is_for_months_of_its_year", fuelled.assignment, another(months=13)),
    Violation(ASSIGNMENT, "fuel_cost_is_a_number", fuelled.assignment, another(cost="NaN")),
    Violation(ASSIGNMENT, "fuel_gives_no_more_than_it_costs", fuelled.assignment, another(amount="17050.01")),
    Violation(ASSIGNMENT, "fuel_gives_no_more_than_it_costs", fuelled.assignment, another(amount=0)),
    Violation(ASSIGNMENT, "fuel_status_fits_its_facts", fuelled.assignment, another(status="confirmed")),
    Violation(ASSIGNMENT, "fuel_status_fits_its_facts", fuelled.assignment, another(reason="нет")),
    Violation(ASSIGNMENT, "fuel_is_not_decided_by_its_author", fuelled.assignment, decided_by_its_author),
    Violation(ASSIGNMENT, "parts_of_fuel_add_up", fuelled.assignment, without_parts),
    changed(ASSIGNMENT, "fuel_goes_forward", fuelled.assignment, amount=1),
    stated(ASSIGNMENT, "fuel_goes_forward", fuelled.assignment, DELETED),
    changed(ASSIGNMENT, "fuel_goes_forward", fuelled.confirmed, status="prepared"),
    stated(ASSIGNMENT, "is_never_emptied", fuelled.assignment, EMPTIED),
    copied(ITEM, "a_fuel_stands_in_an_application_once", fuelled.item, fine={"fuel": "peat"}),
    copied(
        ITEM, "fuel_counts_no_more_than_applied_for", fuelled.item, fine={"fuel": "peat"},
        fuel="briquette", counted=3, limit=5,
    ),
    copied(
        ITEM, "fuel_counts_no_more_than_its_norm", fuelled.item, fine={"fuel": "peat"}, fuel="briquette", limit=1
    ),
    copied(ITEM, "fuel_counts_no_more_than_its_norm", fuelled.item, fine={"fuel": "peat"}, fuel="cylinder"),
    copied(ITEM, "fuel_is_entered_with_its_year", item_of_confirmed, fine=None, fuel="peat"),
    changed(ITEM, "is_append_only", fuelled.item, counted=1),
    stated(ITEM, "is_append_only", fuelled.item, DELETED),
    stated(ITEM, "is_never_emptied", fuelled.item, EMPTIED),
    copied(PART, "a_part_of_fuel_is_numbered_once", fuelled.part, fine=None, amount=0),
    Violation(PART, "part_of_fuel_is_of_a_month", fuelled.part, behind_its_guard),
    copied(PART, "part_of_fuel_is_a_number", fuelled.part, fine=None, amount=-1),
    copied(PART, "part_of_fuel_is_of_its_year", part_of_confirmed, fine=None, amount=1),
    changed(PART, "is_append_only", fuelled.part, amount=1),
    stated(PART, "is_append_only", fuelled.part, DELETED),
    stated(PART, "is_never_emptied", fuelled.part, EMPTIED),
    copied(LINE, "line_comes_from_a_charge_or_fuel", line, fine=None, fuel_part_id=None),
    copied(LINE, "a_part_of_fuel_is_accrued_once_in_a_run", line, fine=None),
    copied(LINE, "fuel_line_is_its_part", line, fine=None, accrued=1),
]  # fmt: skip
