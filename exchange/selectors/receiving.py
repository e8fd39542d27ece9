"""The returned files of an office's month: who was asked, who answered, what waits in each file (3.9)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exchange.models import Discrepancy, ExchangeFile
from exchange.selectors.discrepancies import UNDECIDED
from offices.models import HandoverBalance, Job, Office

Kind, Status = ExchangeFile.Kind, ExchangeFile.Status
MOST_SHOWN = 300
RECEIVE, VERIFY = "receive_return", "verify_return"
"""Kinds of the jobs about a returned file."""
RECEIVED, REFUSED, SAME_FILE, CONFIRMED = "received", "refused", "same_file", "confirmed"
"""Outcomes of receiving a file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A provider asked in a month: its request and whether an accepted file answers it."""

    request_id: int
    provider_id: int
    name: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class OfficeReceived:
    """How far an office's receiving is: providers asked and answered, files to check, discrepancies undecided."""

    office: Office
    asked: int
    answered: int
    unchecked: int
    undecided: int

    @property
    def silent(self) -> int:
        return max(self.asked - self.answered, 0)


def asked_providers(*, office: Office, month: dt.date) -> list[Asked]:
    """List the providers an office asked in a month by name."""
    answers = ExchangeFile.objects.filter(kind=Kind.RETURN, request=OuterRef("pk")).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )
    requests = ExchangeFile.objects.filter(kind=Kind.REQUEST, office=office, month=month)
    rows = requests.annotate(is_answered=Exists(answers)).order_by("provider__short_name", "pk")
    found = rows.values_list("pk", "provider_id", "provider__short_name", "is_answered")
    return [Asked(pk, provider_id or 0, name or "", is_answered) for pk, provider_id, name, is_answered in found]


def returned_files(*, office: Office, month: dt.date) -> list[ExchangeFile]:
    """List the files that came to an office in a month, the newest first, at most `MOST_SHOWN`."""
    files = ExchangeFile.objects.filter(kind=Kind.RETURN, office=office, month=month)
    return list(files.select_related("provider", "by", "control_by").order_by("-at", "-pk")[:MOST_SHOWN])


def accepted_instead_of(file: ExchangeFile, /) -> list[ExchangeFile]:
    """List the accepted files of the month that a refused one would meet: the same bytes, or the same request."""
    same = Q(sha256=file.sha256) if file.request_id is None else Q(sha256=file.sha256) | Q(request=file.request_id)
    files = ExchangeFile.objects.filter(same, kind=Kind.RETURN, office=file.office_id, month=file.month)
    return list(files.exclude(status__in=ExchangeFile.NOT_STANDING).order_by("pk"))


def undecided_by_file(files: Iterable[ExchangeFile], /) -> dict[int, tuple[int, int]]:
    """Count each file's discrepancies: undecided and all."""
    found = Discrepancy.objects.filter(file__in=[file.pk for file in files]).order_by().values("file_id")
    counted = found.annotate(undecided=Count("pk", filter=Q(decision__in=UNDECIDED)), every=Count("pk"))
    return {row["file_id"]: (row["undecided"], row["every"]) for row in counted}


def file_jobs(*, office: Office, month: dt.date) -> list[Job]:
    """List the jobs about an office's files of a month, the newest first."""
    jobs = Job.objects.filter(kind__in=(RECEIVE, VERIFY), office=office, parameters__month=f"{month:%Y-%m}")
    return list(jobs.select_related("office__district", "requested_by").order_by("-pk")[: 2 * MOST_SHOWN])


def closed_at(*, office: Office, month: dt.date) -> dt.datetime | None:
    """Return when the balance of receiving was struck last; None while receiving goes on."""
    struck = HandoverBalance.objects.filter(item="3.9", office=office, month=month, superseded_by__isnull=True)
    return struck.order_by("-pk").values_list("at", flat=True).first()


def received_by_office(offices: Iterable[Office], *, month: dt.date) -> list[OfficeReceived]:
    """Tell how far every office's receiving of a month is."""
    files = ExchangeFile.objects.filter(month=month).order_by().values("office_id")
    taken = Q(kind=Kind.RETURN) & ~Q(status__in=ExchangeFile.NOT_STANDING)
    counted = files.annotate(
        asked=Count("pk", filter=Q(kind=Kind.REQUEST)),
        answered=Count("pk", filter=taken),
        unchecked=Count("pk", filter=Q(kind=Kind.RETURN, status=Status.RECEIVED)),
    )
    by_office = {row["office_id"]: (row["asked"], row["answered"], row["unchecked"]) for row in counted}
    undecided = _undecided(month)
    return [
        OfficeReceived(office, *by_office.get(office.pk, (0, 0, 0)), undecided=undecided.get(office.pk, 0))
        for office in offices
    ]


def _undecided(month: dt.date) -> dict[int, int]:
    """Count by office what still waits for a decision: of verified files only, a loaded one is decided for good."""
    waiting: QuerySet[Discrepancy] = Discrepancy.objects.filter(
        file__month=month, file__kind=Kind.RETURN, file__status=Status.VERIFIED, decision__in=UNDECIDED
    )
    counted = waiting.order_by().values("file__office_id").annotate(n=Count("pk"))
    return {row["file__office_id"]: row["n"] for row in counted}
