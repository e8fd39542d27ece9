"""What the pages of fuel and gas show: assignments with what was accrued and what is left, one of them whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from calculations.models import AccrualLine, CalculationRun, FuelAssignment, FuelPart
from calculations.rules.captions import Caption, describe
from calculations.rules.stored import replay
from calculations.rules.trace import Recording, StepCode
from offices.lists.columns import State
from recipients.models import Recipient

Status = FuelAssignment.Status
RunStatus = CalculationRun.Status
_NOT_LIVE: Final = (RunStatus.RETURNED, RunStatus.DISCARDED)
_TOLD_ELSEWHERE: Final = (StepCode.RULE, StepCode.ROUNDED)
_STATES: Final = {
    Status.PREPARED: State("run", "ждёт утверждения"),
    Status.CONFIRMED: State("ok", "назначено"),
    Status.WITHDRAWN: State("idle", "отказано"),
    Status.STOPPED: State("warn", "остановлено"),
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A month's part, in roubles, and what became of it."""

    month: dt.date
    amount: Decimal
    state: State


def assignments() -> "QuerySet[FuelAssignment]":
    """Return the assignments with what approved runs accrued (`accrued_sum`), in roubles."""
    lines = AccrualLine.objects.filter(fuel_part__assignment=OuterRef("pk"), run__status=RunStatus.APPROVED)
    total = lines.order_by().values("fuel_part__assignment").annotate(sum=Sum("accrued")).values("sum")
    rows: QuerySet[FuelAssignment] = FuelAssignment.objects.select_related(
        "recipient__person", "application", "dwelling__address__street__settlement", "prepared_by", "decided_by",
        "office__district", "entitlement", "decision_file",
    ).annotate(accrued_sum=Coalesce(Subquery(total), Value(Decimal("0.00")), output_field=DecimalField()))  # fmt: skip
    return rows


def fuel_of(recipient: Recipient) -> list[FuelAssignment]:
    """Return the recipient's assignments, the newest first."""
    return list(assignments().filter(recipient=recipient).order_by("-year", "-pk"))


def state_of(row: FuelAssignment) -> State:
    """Say in a word how an assignment stands; a right that ended stops the rest of it."""
    ends = row.entitlement.valid_to
    if row.status == Status.CONFIRMED and ends is not None and ends <= _last_month(row):
        return State("warn", f"право до {ends:%d.%m.%Y}")
    return _STATES[Status(row.status)]


def parts_of(row: FuelAssignment) -> Sequence[PartRow]:
    """Return the parts by month with what became of each."""
    lines = AccrualLine.objects.filter(fuel_part__assignment=row, month__gte=row.starts_on)
    live = lines.exclude(run__status__in=_NOT_LIVE).values_list("fuel_part_id", "run__status", "month")
    known: dict[int | None, tuple[str, dt.date]] = {part: (status, month) for part, status, month in live}
    return [PartRow(part.month, part.amount, _part_state(row, part, known)) for part in row.parts.order_by("number")]


def steps_of(row: FuelAssignment) -> list[Caption]:
    """Return how the year's sum came about, from the stored inputs."""
    trace = Recording()
    replay(row.rule, row.rule_version, row.inputs, trace)
    return [describe(step) for step in trace.steps if step.code not in _TOLD_ELSEWHERE]


def _part_state(row: FuelAssignment, part: FuelPart, known: dict[int | None, tuple[str, dt.date]]) -> State:
    if part.pk in known:
        status, month = known[part.pk]
        word = f"начислено за {month:%m.%Y}"
        return State("ok", word) if status == RunStatus.APPROVED else State("run", f"{word}, расчёт не утверждён")
    if row.stopped_from and part.month >= row.stopped_from:
        return State("idle", "остановлено")
    ends = row.entitlement.valid_to
    if ends is not None and ends <= part.month:
        return State("idle", "права уже нет")
    return State("run", "ждёт расчёта") if row.status == Status.CONFIRMED else State("idle", "не назначено")


def _last_month(row: FuelAssignment) -> Any:
    return row.starts_on.replace(month=row.starts_on.month + row.months - 1)
