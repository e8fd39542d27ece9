"""Answers of closed months that came late: whose they are, how far they are, what they say against the charges (3.9)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import layout_from
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from exchange.selectors.discrepancies import UNDECIDED
from offices import files
from offices.models import BillingMonth
from providers.models import Charge

Kind, Status = ExchangeFile.Kind, ExchangeFile.Status
_PLACE = Case(
    *(When(status=status, then=Value(place)) for place, status in enumerate((Status.VERIFIED, Status.RECEIVED))),
    default=Value(9),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class LateLine:
    """A service billed late against the charge accepted in its month; roubles, None where there was no charge."""

    pk: int
    row_number: int
    full_name: str
    account: str
    service: str
    was: Decimal | None
    now: Decimal
    difference: Decimal


def late_request(file: ExchangeFile, /) -> ExchangeFile | None:
    """Return the request of an earlier, closed month that a file refused for its month answers; None for any other.

    The month is told by the name, as the request's of that month, or by the month column of most rows.
    """
    if file.kind != Kind.RETURN or file.refusal_code != "wrong_month":
        return None
    asked = ExchangeFile.objects.filter(kind=Kind.REQUEST, office=file.office_id, month__lt=file.month)
    closed = asked.filter(month__in=BillingMonth.objects.filter(closed_at__isnull=False).values("month"))
    if file.request is None:
        answered = closed.filter(name__iexact=file.name)
    else:
        told = _told_month(file)
        if told is None:
            return None
        answered = closed.filter(provider=file.request.provider_id, month=told)
    return answered.select_related("provider", "layout", "office").order_by("-month").first()


def late_answers(files_seen: "QuerySet[ExchangeFile]", /) -> "QuerySet[ExchangeFile]":
    """Return the late answers among files, with their providers and who brought them, and what they wait for.

    `undecided` discrepancies wait for a decision; `place` puts those first that wait for the next step. What was
    not loaded before `month_is_closed` is brought anew in an open month.
    """
    undecided = Discrepancy.objects.filter(file=OuterRef("pk"), decision__in=UNDECIDED).order_by().values("file")
    counted = Subquery(undecided.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        files_seen.filter(kind=Kind.LATE)
        .annotate(
            undecided=Coalesce(counted, 0),
            place=_PLACE,
            month_is_closed=Exists(BillingMonth.objects.filter(month=OuterRef("month"), closed_at__isnull=False)),
        )
        .select_related("provider", "office__district", "by")
    )


def late_taken(file: ExchangeFile, /) -> ExchangeFile | None:
    """Return the late answer that was taken from a refused file's bytes, in its month or loaded in an earlier one."""
    taken = ExchangeFile.objects.filter(kind=Kind.LATE, office=file.office_id, sha256=file.sha256)
    return taken.filter(Q(month=file.month) | Q(status=Status.LOADED)).order_by("-pk").first()


def late_lines(file: ExchangeFile, /) -> list[LateLine]:
    """Hold every matched line of a late answer against what was accepted of its month before, the last of each."""
    lines = ReturnedLine.objects.filter(row__file=file, row__request_row__isnull=False, billed__isnull=False)
    facts = lines.order_by("row__row_number", "position").select_related(
        "service", "row__request_row__account", "row__request_row__recipient__person"
    )
    assert file.late_month is not None, "a late answer knows its month"
    charges = Charge.objects.billing(file.late_month).filter(provider=file.provider_id, office=file.office_id)
    before = charges.exclude(month__gte=file.month).order_by("month", "number", "pk")
    known = before.values_list("recipient_id", "account_id", "service_id", "billed")
    accepted = {(recipient, account, service): billed for recipient, account, service, billed in known}
    return [_late(line, accepted) for line in facts]


def _late(line: ReturnedLine, accepted: dict[tuple[int, int, str], Decimal]) -> LateLine:
    asked = line.row.request_row
    assert asked is not None, "only matched rows are compared"
    assert line.billed is not None, "only billed lines are compared"
    was = accepted.get((asked.recipient_id, asked.account_id, line.service_id or ""))
    return LateLine(
        pk=line.pk,
        row_number=line.row.row_number,
        full_name=str(asked.recipient.person),
        account=asked.account.number,
        service=line.service.name if line.service else "услуга не распознана",
        was=was,
        now=line.billed,
        difference=line.billed - (was or Decimal("0.00")),
    )


def _told_month(file: ExchangeFile) -> dt.date | None:
    """Return the month that most rows tell; None where none do or the file cannot be read."""
    assert file.request is not None, "only a file with its request is read"
    assert file.request.layout is not None, "a request file is written in a layout"
    layout = layout_from(file.request.layout.definition)
    try:
        rows = parse_return(layout, open_table(layout, files.read(file.file)))
        told = Counter(row.month for row in rows if row.month is not None)
    except Refused:
        return None
    return told.most_common(1)[0][0] if told else None
