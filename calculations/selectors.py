"""Questions about parameters, runs, what they accrued and what the department is to review."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from calculations.inputs.parameters import ParametersInForce
from calculations.inputs.standing import parameter_texts, parameters_of
from calculations.models import Accrual, AccrualLine, CalculationRun, ReviewDecision, Withheld
from offices.models import Office
from offices.months import shift_month

Status = CalculationRun.Status
LIVE = (Status.DRAFT, Status.CALCULATED, Status.SUBMITTED, Status.APPROVED)
HANDED_OVER = (Status.SUBMITTED, Status.APPROVED)
CARRIED_OVER = "УДЕРЖ"
"""The accrual file's service of what is taken back of earlier months or carried over."""
ZERO = Decimal("0.00")


def parameters_in_force(month: dt.date) -> ParametersInForce:
    """Return the confirmed parameters in force on the first day of the month billed.

    Raises ParameterMissing naming every one that is not there, and ParameterUnreadable.
    """
    return parameters_of(month, parameter_texts(month))


def live_run(*, office: Office, month: dt.date) -> CalculationRun | None:
    """Return the district's run of the month that was neither returned nor discarded."""
    run: CalculationRun | None = CalculationRun.objects.filter(office=office, month=month, status__in=LIVE).first()
    return run


def offices_without_run(month: dt.date) -> QuerySet[Office]:
    """Return the districts whose accrual file the department does not have (3.13.1 а)."""
    handed = CalculationRun.objects.filter(office=OuterRef("pk"), month=month, status__in=HANDED_OVER)
    return Office.objects.filter(~Exists(handed), kind=Office.Kind.DISTRICT).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class OfficeTotal:
    """A district's latest run of a month; without one, numbers are zero and the status is empty."""

    office_id: int
    office: str
    run_id: int | None
    number: int
    status: str
    recipients: int
    lines: int
    total: Decimal
    withheld: int
    withheld_billed: Decimal


def office_totals(month: dt.date) -> list[OfficeTotal]:
    """Return every district with its latest run of the month, by name; in two queries."""
    latest = CalculationRun.objects.filter(office=OuterRef("pk"), month=month).order_by("-number")
    offices = Office.objects.filter(kind=Office.Kind.DISTRICT).annotate(run_id=Subquery(latest.values("pk")[:1]))
    rows = list(offices.order_by("name", "pk").values_list("pk", "name", "run_id"))
    runs = CalculationRun.objects.filter(pk__in=[row[2] for row in rows if row[2]]).annotate(
        held=Count("withheld"), held_billed=Sum("withheld__billed", default=Decimal("0.00"))
    )
    facts = ("pk", "number", "status", "recipients", "lines", "total", "held", "held_billed")
    by_id = {row[0]: row for row in runs.values_list(*facts)}
    none = (None, 0, "", 0, 0, Decimal("0.00"), 0, Decimal("0.00"))
    return [OfficeTotal(pk, name, *by_id.get(run_id, none)) for pk, name, run_id in rows]


def withheld_of(*, run_id: int) -> QuerySet[Withheld]:
    """Return the charges a run could not turn into lines, by reason."""
    return Withheld.objects.filter(run_id=run_id).select_related("recipient__person").order_by("reason", "pk")


@dataclass(frozen=True, slots=True)
class AccrualRow:
    """A row of the accrual file (3.12.1 б); the names are the columns' meanings in its layout.

    `billed` and `accrued` are in roubles; `residents` and `entitled` are those at the end of the month.
    """

    district_code: str
    month: dt.date
    case_number: str
    snils: str
    last_name: str
    first_name: str
    middle_name: str
    service: str
    provider_code: str
    account: str
    for_month: dt.date
    billed: Decimal
    residents: int
    entitled: int
    accrued: Decimal


_PERSON = "recipient__person__"
_ACCRUAL_ROW = (
    "office__code", "month", "recipient__case_number", f"{_PERSON}snils", f"{_PERSON}last_name",
    f"{_PERSON}first_name", f"{_PERSON}middle_name", "service_id", "account__provider__code", "account__number",
    "corrects_month", "billed", "share", "accrued",
)  # fmt: skip


def accrual_rows(run_id: int) -> Iterator[AccrualRow]:
    """Stream the rows of a run's accrual file: one for each line, in the order of recipients and lines.

    After them a row for each right whose sum is not that of its lines, because something was carried over.
    """
    run = CalculationRun.objects.get(pk=run_id)
    yield from _rows_of_lines(run)
    carried = carried_accruals(run).order_by("recipient_id", "pk")
    for code, month, case_number, snils, last, first, middle, carried_in, carried_out in carried.values_list(
        *_ACCRUAL_ROW[:7], "carried_in", "carried_out"
    ):
        yield AccrualRow(
            district_code=code,
            month=month,
            case_number=case_number,
            snils=snils or "",
            last_name=last,
            first_name=first,
            middle_name=middle,
            service=CARRIED_OVER,
            provider_code="",
            account="",
            for_month=month,
            billed=ZERO,
            residents=0,
            entitled=0,
            accrued=carried_out - carried_in,
        )


def carried_accruals(run: CalculationRun) -> QuerySet[Accrual]:
    """Return the run's accruals that take back what was carried over, or carry over themselves."""
    accruals: QuerySet[Accrual] = run.accruals.filter(Q(carried_in__gt=0) | Q(carried_out__gt=0))
    return accruals


def _rows_of_lines(run: CalculationRun) -> Iterator[AccrualRow]:
    lines = AccrualLine.objects.filter(run=run, month=run.month).order_by("recipient_id", "service_id", "pk")
    for (
        *start,
        snils,
        last,
        first,
        middle,
        service,
        provider,
        account,
        for_month,
        billed,
        share,
        accrued,
    ) in lines.values_list(*_ACCRUAL_ROW).iterator(chunk_size=5_000):
        code, month, case_number = start
        entitled, residents = share.rpartition(";")[2].split("/")
        yield AccrualRow(
            district_code=code,
            month=month,
            case_number=case_number,
            snils=snils or "",
            last_name=last,
            first_name=first,
            middle_name=middle,
            service=service,
            provider_code=provider or "",
            account=account or "",
            for_month=for_month or month,
            billed=billed,
            residents=int(residents),
            entitled=int(entitled),
            accrued=accrued,
        )


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An accrual that the department reviews, and why; `previous` is the month before's, in roubles."""

    accrual_id: int
    entitlement_id: int
    recipient_id: int
    cause: str
    accrued: Decimal
    previous: Decimal | None
    verdict: str


def review_queue(run_id: int) -> list[ReviewItem]:
    """Return what of a submitted run is reviewed: all that is new, what deviates, and a sample of the rest.

    New is a right never accrued in an approved run of an earlier month. A deviation is a difference from the
    previous month's approved accrual (nothing, where there was none) above `deviation_percent` of it. The sample is
    `sample_percent` of the rest, rounded up, by a hash of the submitted file and the right: the same for
    everyone who asks, and unknown to the district before it submitted.

    Source: Regulation 369 of 30.10.2007, item 3.13.1 б; road map of 24.11.2020, measure 7.
    """
    run = CalculationRun.objects.select_related("accrual_file").get(pk=run_id)
    parameters = parameters_in_force(run.month)
    seed = run.accrual_file.sha256 if run.accrual_file else ""
    queue, rest = [], []
    for row in _compared(run):
        cause = _cause(row, parameters.deviation_percent)
        if cause:
            queue.append(_item(row, cause))
        else:
            rest.append(row)
    wanted = int((len(rest) * parameters.sample_percent / 100).to_integral_value(rounding=ROUND_CEILING))
    drawn = sorted(rest, key=lambda row: _lot(seed, row.entitlement_id))[:wanted]
    queue += [_item(row, ReviewDecision.Cause.SAMPLE) for row in drawn]
    return sorted(queue, key=lambda item: item.accrual_id)


def deviations(run_id: int) -> list[ReviewItem]:
    """Return the accruals of a run that differ from the previous month's beyond the parameter."""
    return [item for item in review_queue(run_id) if item.cause == ReviewDecision.Cause.DEVIATION]


@dataclass(frozen=True, slots=True)
class _Compared:
    accrual_id: int
    entitlement_id: int
    recipient_id: int
    accrued: Decimal
    previous: Decimal | None
    is_known: bool
    verdict: str | None


def _compared(run: CalculationRun) -> Sequence[_Compared]:
    approved = Accrual.objects.filter(entitlement=OuterRef("entitlement"), run__status=Status.APPROVED)
    rows = (
        run.accruals.annotate(
            previous=Subquery(approved.filter(month=shift_month(run.month, -1)).values("accrued")[:1]),
            is_known=Exists(approved.filter(month__lt=run.month)),
            verdict=F("review__verdict"),
        )
        .order_by("pk")
        .values_list("pk", "entitlement_id", "recipient_id", "accrued", "previous", "is_known", "verdict")
    )
    return [_Compared(*row) for row in rows]


def _cause(row: _Compared, percent: Decimal) -> str:
    if not row.is_known:
        return ReviewDecision.Cause.NEW
    before = row.previous or Decimal("0.00")
    deviates = abs(row.accrued - before) * 100 > before * percent
    return ReviewDecision.Cause.DEVIATION if deviates else ""


def _item(row: _Compared, cause: str) -> ReviewItem:
    return ReviewItem(
        accrual_id=row.accrual_id,
        entitlement_id=row.entitlement_id,
        recipient_id=row.recipient_id,
        cause=cause,
        accrued=row.accrued,
        previous=row.previous,
        verdict=row.verdict or "",
    )


def _lot(seed: str, entitlement_id: int) -> bytes:
    return hashlib.sha256(f"{seed}:{entitlement_id}".encode()).digest()
