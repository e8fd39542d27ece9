"""Item 3.11 as a job: what a person confirmed is loaded by a worker, whole or not at all."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from exchange.models import ExchangeFile, ReturnedLine
from exchange.services.file_jobs import ask_for
from exchange.services.loading import load_charges, ready_to_load
from offices.balances import Amount
from offices.jobs import Progress
from offices.models import Job, Staff
from offices.telling import teller

LOAD = "load_return"


@transaction.atomic
def request_loading(*, file_id: int, expected: Amount, by: Staff, at: dt.datetime) -> Job:
    """Ask for the loading of a checked file; `expected` is what was confirmed, lines and their billed roubles.

    Raises MonthNotOpen, FileNotVerified, LoadedByItsChecker, LetterDisagrees, ReadyChanged.
    """
    file = ExchangeFile.objects.select_related("office", "provider").get(pk=file_id)
    ready_to_load(file, by=by, expected=expected)
    return ask_for(
        kind=LOAD,
        task="load_return",
        key=str(file.pk),
        name=file.name,
        office=file.office,
        month=file.month,
        by=by,
        at=at,
        file=file.pk,
        rows=expected.rows,
        roubles=str(expected.roubles),
    )


@transaction.atomic
def load_next(job: Job, /) -> Progress:
    """Count the lines that were confirmed, then load them as the requester at the moment of asking."""
    told = job.parameters
    expected = Amount(told["rows"], Decimal(told["roubles"]))
    if not job.cursor:
        return Progress({"counted": True}, 0, expected.rows, is_finished=False)
    file = load_charges(
        file_id=told["file"], by=job.requested_by, at=job.requested_at, expected=expected, tell=teller(job)
    )
    lines = ReturnedLine.objects.filter(row__file=file)
    result = {
        "file": file.pk,
        "succeeded": lines.filter(status=ReturnedLine.Status.LOADED).count(),
        "warnings": lines.filter(status=ReturnedLine.Status.HELD).count(),
        "errors": lines.filter(status=ReturnedLine.Status.REJECTED).count(),
        "sentence": "Предупреждения — удержанные начисления, ошибки — отклонённые.",
    }
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=result)
