"""Approved orders whose recipients have no right any more: what is told, and what waits for a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When

from calculations.inputs.without_right import differences_without_right
from calculations.models import Recalculation
from recipients.models import Recipient


@dataclass(frozen=True, slots=True)
class Lost:
    """A recipient without a right in the next run, with the order that waits and its difference, in roubles."""

    order_id: int
    number: int
    recipient: Recipient
    difference: Decimal

    @property
    def is_dead(self) -> bool:
        return self.recipient.person.death_date is not None

    @property
    def needs_a_person(self) -> bool:
        """Say whether no run will ever take the months: what is still due to the living is paid all the same."""
        return self.difference < 0 or self.is_dead


def lost_of(office_ids: Collection[int], /) -> tuple[Lost, ...]:
    """List what approved orders of the offices wait for in vain, by order; a fixed number of queries."""
    found = differences_without_right(office_ids=office_ids)
    recipients = Recipient.objects.select_related("person").in_bulk({recipient_id for _, recipient_id in found})
    numbers = dict(Recalculation.objects.filter(pk__in={order_id for order_id, _ in found}).values_list("pk", "number"))
    rows = [
        Lost(order_id, numbers[order_id], recipients[recipient_id], difference)
        for (order_id, recipient_id), difference in sorted(found.items())
    ]
    return tuple(rows)


def lost_of_order(order: Recalculation, /) -> tuple[Lost, ...]:
    """List the recipients of an order who have no right any more and wait for it."""
    return tuple(one for one in lost_of([order.office_id]) if one.order_id == order.pk)


def lost_of_recipient(recipient: Recipient, /) -> tuple[Lost, ...]:
    """List the orders that wait for a recipient without a right."""
    return tuple(one for one in lost_of([recipient.office_id]) if one.recipient.pk == recipient.pk)


def needing_a_person(lost: Iterable[Lost], /) -> tuple[Lost, ...]:
    """Keep what no run will ever take."""
    return tuple(one for one in lost if one.needs_a_person)


def with_lost(orders: "QuerySet[Any]", /) -> "QuerySet[Any]":
    """Annotate orders with `is_lost`: whether months of theirs wait for a person."""
    approved = orders.filter(status=Recalculation.Status.APPROVED).order_by()
    offices = set(approved.values_list("office_id", flat=True))
    ids = {one.order_id for one in needing_a_person(lost_of(offices))} if offices else set()
    is_lost = Case(
        When(pk__in=ids or [0], then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )
    found: QuerySet[Any] = orders.annotate(is_lost=is_lost)
    return found
