"""What a rehearsal came to: sums by district and by service, and the rows of its list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from calculations.models import Rehearsal, RehearsalRow
from offices.frame import Frame
from offices.money import MINUS, format_amount
from providers.models import Service
from recipients.names import PersonName, surname_and_initials

SHORT: Final = 3
"""So many services stand on screen; the sheet has them all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A district or a service; sums in roubles. `gaining` and `losing` count recipients, of a service None."""

    name: str
    before: Decimal
    after: Decimal
    impossible: Decimal
    changed: int
    gaining: int | None = None
    losing: int | None = None

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A recipient of the list; `services` tells what changes, in words, the largest difference first; `main` is short."""

    pk: int
    recipient_id: int
    name: str
    case_number: str
    district: str
    month: dt.date
    before: Decimal
    after: Decimal
    difference: Decimal
    impossible: Decimal
    services: str
    main: str
    reason: str
    is_drifted: bool


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What a month's difference is, and how many recipients it concerns."""

    month: dt.date
    difference: Decimal
    impossible: Decimal
    recipients: int


def by_district(rehearsal: Rehearsal) -> list[Part]:
    """Return the sums of each district, by name."""
    people = {row["office"]: row for row in _people(rehearsal)}
    return [
        Part(
            name=row["office__district__name"],
            before=row["before"],
            after=row["after"],
            impossible=row["impossible"],
            changed=row["changed"],
            gaining=people.get(row["office"], {}).get("gaining", 0),
            losing=people.get(row["office"], {}).get("losing", 0),
        )
        for row in _sums(rehearsal, "office", "office__district__name").order_by("office__district__name")
    ]


def by_service(rehearsal: Rehearsal) -> list[Part]:
    """Return the sums of each service, the largest difference first."""
    found = [
        Part(row["service__name"], row["before"], row["after"], row["impossible"], row["changed"])
        for row in _sums(rehearsal, "service", "service__name")
    ]
    return sorted(found, key=lambda part: (-abs(part.difference) - part.impossible, part.name))


def by_month(rehearsal: Rehearsal) -> list[MonthSum]:
    """Return the difference of each month, the earliest first."""
    rows = rehearsal.rows.values("month").annotate(
        difference=Sum("difference"), held=Sum("impossible"), people=Count("recipient", distinct=True)
    )
    return [MonthSum(row["month"], row["difference"], row["held"], row["people"]) for row in rows.order_by("month")]


def rows_of(rehearsal: Rehearsal, frame: Frame) -> "QuerySet[RehearsalRow]":
    """Return the recipients of a rehearsal whom the visitor may see; a chosen district narrows the region's list."""
    rows: QuerySet[RehearsalRow] = frame.seen(RehearsalRow.objects.filter(rehearsal=rehearsal))
    return rows.select_related("recipient__person", "office__district")


def ready_rows(rows: Sequence[RehearsalRow]) -> list[ResultRow]:
    """Turn a page's rows into rows of the list; one query for the names of services."""
    names = dict(Service.objects.values_list("code", "name"))
    return [_row(row, names) for row in rows]


def _row(row: RehearsalRow, names: Mapping[str, str]) -> ResultRow:
    person = row.recipient.person
    told = [_service(one, names) for one in sorted(row.services, key=_size, reverse=True)]
    more = len(told) - SHORT
    return ResultRow(
        pk=row.pk,
        recipient_id=row.recipient_id,
        name=surname_and_initials(PersonName(person.last_name, person.first_name, person.middle_name)),
        case_number=row.recipient.case_number,
        district=row.office.district.name if row.office.district else row.office.name,
        month=row.month,
        before=row.before,
        after=row.after,
        difference=row.difference,
        impossible=row.impossible,
        services="; ".join(told),
        main="; ".join([*told[:SHORT], *([f"ещё {more}"] if more > 0 else [])]),
        reason=row.reason,
        is_drifted=row.is_drifted,
    )


def _size(one: Mapping[str, Any]) -> Decimal:
    return abs(Decimal(one["after"]) - Decimal(one["before"])) + Decimal(one["impossible"])


def _service(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    name = names.get(one["service"], one["service"])
    if Decimal(one["impossible"]):
        return f"{name}: не считается"
    difference = Decimal(one["after"]) - Decimal(one["before"])
    sign = "+" if difference > 0 else MINUS
    return f"{name} {sign}{format_amount(abs(difference))}"


def _sums(rehearsal: Rehearsal, *names: str) -> Any:
    return rehearsal.sums.values(*names).annotate(
        **{name: Sum(name) for name in ("before", "after", "impossible", "changed")}
    )


def _people(rehearsal: Rehearsal) -> Any:
    people = rehearsal.rows.values("office")
    return people.annotate(
        gaining=Count("recipient", distinct=True, filter=Q(difference__gt=0)),
        losing=Count("recipient", distinct=True, filter=Q(difference__lt=0)),
    )
