"""Orders of recalculation for a list: whose months, how many, what difference."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, F, Max, Min, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat

from calculations.models import Recalculation, RecalculationMonth
from offices.lists.columns import State

Status = Recalculation.Status
STATES: Final[Mapping[str, State]] = {
    Status.PREPARED: State("wait", "ждёт утверждения"),
    Status.APPROVED: State("run", "утверждён, войдёт в расчёт"),
    Status.DONE: State("ok", "учтён в расчёте"),
    Status.REFUSED: State("idle", "отклонён"),
    Status.REPLACED: State("idle", "заменён следующим"),
}
NEEDS_A_PERSON: Final = State("error", "права больше нет, нужно решение")


def state_of(order: Any, /) -> State:
    """Say how far an order of a list is; `is_lost` is annotated."""
    return NEEDS_A_PERSON if order.is_lost else STATES[order.status]


def with_sums(orders: "QuerySet[Recalculation]") -> "QuerySet[Any]":
    """Annotate orders with `people` (how many), `who` (the first of them), `first`, `last` (months), `difference`."""
    months = RecalculationMonth.objects.filter(order=OuterRef("pk"))
    summed = months.order_by().values("order")
    named = months.order_by("recipient_id", "month").annotate(
        name=Concat(
            "recipient__person__last_name",
            Value(" "),
            "recipient__person__first_name",
            Value(" "),
            "recipient__person__middle_name",
        )
    )
    return orders.annotate(
        people=Subquery(summed.annotate(found=Count("recipient", distinct=True)).values("found")),
        who=Subquery(named.values("name")[:1]),
        first=Subquery(summed.annotate(found=Min("month")).values("found")),
        last=Subquery(summed.annotate(found=Max("month")).values("found")),
        difference=Subquery(summed.annotate(found=Sum(F("recalculated") - F("accrued"))).values("found")),
    )
