"""What is missing for an item of a district's month, by provider and file, and what it is worth."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from calculations.models import AccrualLine, CalculationRun
from exchange.models import ExchangeFile, RequestRow
from offices.models import Office
from offices.months import shift_month
from providers.models import Provider
from workplace.selectors.board_facts import UNDECIDED

Kind, Status = ExchangeFile.Kind, ExchangeFile.Status
MONTHS_BACK = 11


@dataclass(frozen=True, slots=True)
class Missing:
    """A provider whose file an item waits for.

    `recipients` are those asked about; `silent_months` counts the months in a row without an accepted file, this one
    included; `fault` says why the last file was refused, `file_id` is the file to look at; `questions` are undecided
    discrepancies that hold its rows.
    """

    provider: Provider
    recipients: int
    silent_months: int = 0
    fault: str = ""
    file_id: int | None = None
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Stakes:
    """Whom the missing files concern, and what the same accounts were accrued in `month`; None is not known."""

    recipients: int
    roubles: Decimal | None
    month: dt.date


def without_acknowledgement(*, office: Office, month: dt.date) -> list[Missing]:
    """Return the providers that have not confirmed the receipt of their request (3.8)."""
    requests = _requests(office, month).filter(status=Status.SENT)
    return _missing(requests.values_list("pk", flat=True), month)


def without_answer(*, office: Office, month: dt.date) -> list[Missing]:
    """Return the providers without an accepted file, those with most recipients first (3.9)."""
    accepted = ExchangeFile.objects.filter(request=OuterRef("pk"), kind=Kind.RETURN).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )
    requests = _requests(office, month).filter(~Exists(accepted))
    return _missing(requests.values_list("pk", flat=True), month, looks_back=True)


def without_check(*, office: Office, month: dt.date) -> list[Missing]:
    """Return the providers whose accepted file is not verified, or has undecided discrepancies (3.10)."""
    undecided = Count("discrepancies", filter=Q(discrepancies__decision__in=UNDECIDED, discrepancies__is_blocking=True))
    files = _returns(office, month).filter(status__in=[Status.RECEIVED, Status.VERIFIED]).annotate(n=undecided)
    rows = files.filter(Q(status=Status.RECEIVED) | Q(n__gt=0)).values_list("request_id", "pk", "n")
    left = {request: (file, questions) for request, file, questions in rows}
    return _missing(left, month, files=left)


def without_loading(*, office: Office, month: dt.date) -> list[Missing]:
    """Return the providers whose accepted file is not loaded yet (3.11)."""
    rows = _returns(office, month).exclude(status=Status.LOADED).values_list("request_id", "pk")
    left = {request: (file, 0) for request, file in rows}
    return _missing(left, month, files=left)


def missed_recipients(*, offices: Collection[Office], month: dt.date) -> int:
    """Count the recipients of the offices asked about in requests that no accepted file answers yet."""
    accepted = ExchangeFile.objects.filter(request=OuterRef("file"), kind=Kind.RETURN).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )
    rows = RequestRow.objects.filter(
        ~Exists(accepted), file__kind=Kind.REQUEST, file__month=month, file__office__in=[one.pk for one in offices]
    )
    return rows.order_by().values("recipient").distinct().count()


def stakes_of(*, office: Office, month: dt.date, providers: Collection[Provider]) -> Stakes:
    """Say whom the providers' files concern, and what their accounts were accrued in the month before."""
    before = shift_month(month, -1)
    asked = RequestRow.objects.filter(file__in=_requests(office, month).filter(provider__in=providers))
    lines = AccrualLine.objects.filter(
        month=before,
        corrects_month__isnull=True,
        office=office,
        run__status=CalculationRun.Status.APPROVED,
        recipient__in=asked.order_by().values("recipient"),
        account__in=asked.order_by().values("account"),
    )
    recipients = asked.order_by().values("recipient").distinct().count()
    return Stakes(recipients, lines.aggregate(sum=Sum("accrued"))["sum"], before)


def stakes_of_office(*, office: Office, month: dt.date, recipients: int) -> Stakes:
    """Say what the whole district was accrued the month before; `recipients` are those of this month's register."""
    before = shift_month(month, -1)
    runs = CalculationRun.objects.filter(office=office, month=before, status=CalculationRun.Status.APPROVED)
    last = runs.values_list("total", "recipients").first()
    total, paid = last or (None, 0)
    return Stakes(recipients or paid, total, before)


def _requests(office: Office, month: dt.date) -> "QuerySet[ExchangeFile]":
    return ExchangeFile.objects.filter(kind=Kind.REQUEST, office=office, month=month)


def _returns(office: Office, month: dt.date) -> "QuerySet[ExchangeFile]":
    return ExchangeFile.objects.filter(kind=Kind.RETURN, office=office, month=month).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )


def _missing(
    requests: Iterable[int],
    month: dt.date,
    *,
    files: Mapping[int, tuple[int, int]] | None = None,
    looks_back: bool = False,
) -> list[Missing]:
    """Describe the providers of the requests; `files` are the file to look at and its questions, by request."""
    asked = ExchangeFile.objects.filter(pk__in=list(requests)).select_related("provider")
    people = dict(
        RequestRow.objects.filter(file__in=asked)
        .order_by()
        .values_list("file_id")
        .annotate(n=Count("recipient", distinct=True))
    )
    faults = _faults(asked) if looks_back else {}
    silent = _silent_months(asked, month) if looks_back else {}
    found = []
    for request in asked.order_by("provider__short_name", "pk"):
        assert request.provider is not None, "a request is sent to a provider"
        fault, refused = faults.get(request.pk, ("", None))
        file, questions = (files or {}).get(request.pk, (refused, 0))
        found.append(
            Missing(
                provider=request.provider,
                recipients=people.get(request.pk, 0),
                silent_months=silent.get(request.provider_id or 0, 0),
                fault=fault,
                file_id=file,
                questions=questions,
            )
        )
    return sorted(found, key=lambda one: -one.recipients)


def _faults(asked: "QuerySet[ExchangeFile]") -> dict[int, tuple[str, int]]:
    """Return why the last refused file of each request was not taken."""
    refused = ExchangeFile.objects.filter(request__in=asked, status=Status.REFUSED).order_by("at", "pk")
    return {
        request: (text, pk) for request, text, pk in refused.values_list("request_id", "refusal_text", "pk") if request
    }


def _silent_months(asked: "QuerySet[ExchangeFile]", month: dt.date) -> dict[int, int]:
    """Count, by provider, the months in a row in which it was asked and no file of it was accepted."""
    accepted = ExchangeFile.objects.filter(request=OuterRef("pk"), kind=Kind.RETURN).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )
    earlier = ExchangeFile.objects.filter(
        kind=Kind.REQUEST,
        office__in=asked.values("office"),
        provider__in=asked.values("provider"),
        month__lte=month,
        month__gte=shift_month(month, -MONTHS_BACK),
    )
    answered: dict[int, bool] = {}
    counted: dict[int, int] = {}
    rows = earlier.annotate(came=Exists(accepted)).order_by("-month").values_list("provider_id", "came")
    for provider, came in rows:
        assert provider is not None, "a request is sent to a provider"
        answered[provider] = answered.get(provider, False) or came
        if not answered[provider]:
            counted[provider] = counted.get(provider, 0) + 1
    return counted
