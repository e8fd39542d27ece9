"""Items 3.9 and 3.10 as jobs: a brought file is kept at once, then received and, by another person, checked.

The bytes are on disk and the job in the database before anything is read, so a closed browser or a killed worker
loses nothing.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from exchange.checks.expectations import Measure
from exchange.layouts.looking import live_rows
from exchange.models import Discrepancy, ExchangeFile, ReturnedRow
from exchange.refused_files import can_be_chosen_for
from exchange.selectors.acknowledgements import request_confirmed_by, told_of
from exchange.selectors.receiving import CONFIRMED, RECEIVE, RECEIVED, REFUSED, SAME_FILE, VERIFY
from exchange.selectors.recognition import request_named
from exchange.services.acknowledgements import take_confirmation
from exchange.services.file_jobs import ask_about_bytes, ask_for, key_of
from exchange.services.layouts import layout_of
from exchange.services.returns import receive_return_file
from exchange.services.verification import CheckedByItsReceiver, FileNotReceived, verify_return_file
from offices import files
from offices.jobs import Progress
from offices.models import Job, Office, Staff, StoredFile
from offices.months import parse_month
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import teller

WAIT_FOR_LOCKS = 90
"""Seconds that a worker waits for another file of the same office."""


class NotThisRequest(Refusal):
    """The file chosen as the request is not one of the office's month, or the file needs no choice."""


@transaction.atomic
def request_receiving(
    *,
    content: bytes | Path,
    name: str,
    office: Office,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    control_rows: int | None = None,
    control_roubles: Decimal | None = None,
) -> Job:
    """Keep the bytes of a brought file and ask for its receiving; the same file under way is the same job.

    `control_rows` and `control_roubles` are the totals of its covering letter, where they are known.

    Raises MonthNotOpen, FileEmpty.
    """
    require_open(month)
    return ask_about_bytes(
        content=content,
        name=name,
        kind=RECEIVE,
        task="receive_return",
        office=office,
        month=month,
        by=by,
        at=at,
        control_rows=control_rows,
        control_roubles=control_roubles and str(control_roubles),
    )


@transaction.atomic
def request_receiving_as(*, file_id: int, request_id: int, by: Staff, at: dt.datetime) -> Job:
    """Ask for the receiving of a refused file anew as the answer to a request that a person has chosen.

    Raises MonthNotOpen, NotThisRequest.
    """
    refused = ExchangeFile.objects.select_related("office", "file").get(pk=file_id)
    require_open(refused.month)
    if refused.kind != ExchangeFile.Kind.RETURN or not can_be_chosen_for(refused):
        raise NotThisRequest(f"Файлу «{refused}» предприятие не выбирают: {refused.get_status_display()}.")
    ours = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=refused.office, month=refused.month)
    chosen = ours.filter(pk=request_id).first()
    if chosen is None:
        raise NotThisRequest("Выберите предприятие из списка: ему отдел в этом месяце отправлял запрос.")
    return ask_for(
        kind=RECEIVE,
        task="receive_return",
        key=key_of(refused.sha256, f"{chosen.pk}:{refused.name}"),
        name=refused.file.name,
        office=refused.office,
        month=refused.month,
        by=by,
        at=at,
        stored=refused.file_id,
        request=chosen.pk,
    )


@transaction.atomic
def request_verification(*, file_id: int, measure: Measure, by: Staff, at: dt.datetime) -> Job:
    """Ask for the check of a received file; `measure` weighs what is found.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver.
    """
    file = ExchangeFile.objects.select_related("office").get(pk=file_id)
    require_open(file.month)
    if file.kind not in ExchangeFile.ANSWERS or file.status != ExchangeFile.Status.RECEIVED:
        raise FileNotReceived(f"Файл «{file}» не ждёт проверки: {file.get_status_display()}.")
    if file.by_id == by.pk:
        raise CheckedByItsReceiver(f"Файл «{file}» приняли вы, поэтому проверить его должен другой сотрудник отдела.")
    return ask_for(
        kind=VERIFY,
        task="verify_return",
        key=str(file.pk),
        name=file.name,
        office=file.office,
        month=file.month,
        by=by,
        at=at,
        file=file.pk,
        measure=measure.to_json(),
    )


@transaction.atomic
def receive_next(job: Job, /) -> Progress:
    """Count the rows of a brought file, then receive it as the requester at the moment of asking.

    A provider's confirmation of our request is told by its name and is read as such.
    """
    stored = StoredFile.objects.get(pk=job.parameters["stored"])
    request = _request_of(job)
    if request is None and (confirmed := _confirmed_by(job)) is not None:
        return _confirm(confirmed, stored, job)
    if not job.cursor:
        layout = layout_of(request.layout) if request is not None and request.layout is not None else None
        return Progress({"counted": True}, 0, live_rows(files.whole(stored), layout=layout), is_finished=False)
    assert job.office is not None, "a file is brought to an office"
    _wait_for_the_office()
    roubles = job.parameters.get("control_roubles")
    file = receive_return_file(
        content=files.whole(stored),
        name=job.parameters["name"],
        office=job.office,
        month=parse_month(job.parameters["month"]),
        by=job.requested_by,
        at=job.requested_at,
        stored=stored,
        tell=teller(job),
        control_rows=job.parameters.get("control_rows"),
        control_roubles=Decimal(roubles) if roubles is not None else None,
        request=request,
    )
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=_received(file, job))


@transaction.atomic
def verify_next(job: Job, /) -> Progress:
    """Count the rows of a received file, then check it as the requester at the moment of asking."""
    file_id = job.parameters["file"]
    if not job.cursor:
        rows = ExchangeFile.objects.values_list("rows", flat=True).get(pk=file_id)
        return Progress({"counted": True}, 0, rows, is_finished=False)
    _wait_for_the_office()
    file = verify_return_file(
        file_id=file_id,
        measure=Measure.from_json(job.parameters["measure"]),
        by=job.requested_by,
        at=job.requested_at,
        tell=teller(job),
    )
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=_verified(file))


def _wait_for_the_office() -> None:
    """Let this transaction wait longer for locks: files of one office are received one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [f"{WAIT_FOR_LOCKS}s"])


def _request_of(job: Job) -> ExchangeFile | None:
    """Return what a brought file answers: what a person has chosen, otherwise what its name tells."""
    chosen = job.parameters.get("request")
    if chosen is not None:
        known: ExchangeFile = ExchangeFile.objects.select_related("provider", "layout", "office").get(pk=chosen)
        return known
    assert job.office is not None, "a file is brought to an office"
    return request_named(job.parameters["name"], office=job.office, month=parse_month(job.parameters["month"]))


def _confirmed_by(job: Job) -> ExchangeFile | None:
    assert job.office is not None, "a file is brought to an office"
    month = parse_month(job.parameters["month"])
    return request_confirmed_by(job.parameters["name"], office=job.office, month=month)


def _confirm(request: ExchangeFile, stored: StoredFile, job: Job) -> Progress:
    """Take a provider's confirmation of a request."""
    taken = take_confirmation(request_id=request.pk, stored=stored, by=job.requested_by, at=job.requested_at)
    result = {
        "request": request.pk,
        "provider": str(request.provider),
        "outcome": CONFIRMED,
        "succeeded": taken.matched,
        "errors": taken.rows - taken.matched,
        "sentence": told_of(taken),
    }
    return Progress({"confirmed": True}, taken.rows, taken.rows, is_finished=True, result=result)


def _received(file: ExchangeFile, job: Job) -> dict[str, Any]:
    if file.status == ExchangeFile.Status.REFUSED:
        return {"file": file.pk, "outcome": REFUSED, "errors": 1, "sentence": file.refusal_text}
    rows = ReturnedRow.objects.filter(file=file)
    found = rows.aggregate(
        matched=Count("pk", filter=Q(request_row__isnull=False)),
        foreign=Count("pk", filter=Q(request_row__isnull=True)),
        faulty=Count("pk", filter=~Q(content__faults=[])),
    )
    is_new = file.by_id == job.requested_by_id and file.at == job.requested_at
    return {
        "file": file.pk,
        "outcome": RECEIVED if is_new else SAME_FILE,
        "succeeded": found["matched"],
        "warnings": found["faulty"],
        "errors": found["foreign"],
    }


def _verified(file: ExchangeFile) -> dict[str, Any]:
    """Count the file's rows by the worst that was found in them."""
    found = Discrepancy.objects.filter(file=file, row__isnull=False).aggregate(
        touched=Count("row", distinct=True), wrong=Count("row", distinct=True, filter=Q(is_blocking=True))
    )
    touched, wrong = found["touched"], found["wrong"]
    return {"file": file.pk, "succeeded": file.rows - touched, "warnings": touched - wrong, "errors": wrong}
