"""Item 3.9 as a job: the one answer of a region-wide provider is kept at once, then received and cut by a worker."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from exchange.dbf.reading import look_into
from exchange.dbf.verdicts import Refused
from exchange.models import RegionFile
from exchange.refused_files import advice_for
from exchange.selectors.receiving import RECEIVED, REFUSED, SAME_FILE
from exchange.services.region_returns import receive_region_file
from offices import files, jobs
from offices.jobs import Progress
from offices.models import Job, Staff, StoredFile
from offices.months import parse_month
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import teller

RECEIVE = "receive_region"
MOST_BYTES = 384 * 1024 * 1024
"""A wide answer about all people of the region fits, as it does into the limits of a layout."""
WAIT_FOR_LOCKS = 90
"""Seconds that a worker waits for the offices among which a file is cut."""


class NotARegionAnswer(Refusal):
    """The file is empty or larger than any answer, or the request chosen is not one of the month."""


@transaction.atomic
def request_region_receiving(
    *,
    content: bytes,
    name: str,
    month: dt.date,
    request_id: int | None = None,
    control_rows: int | None = None,
    control_roubles: Decimal | None = None,
    by: Staff,
    at: dt.datetime,
) -> Job:
    """Keep the bytes of a brought whole answer and ask for its receiving; the same file under way is the same job.

    `request_id` is the whole request a person has chosen; without it the name tells.

    Raises MonthNotOpen, NotARegionAnswer.
    """
    require_open(month)
    if not content:
        raise NotARegionAnswer(f"Файл «{name}» пустой. Попросите предприятие прислать его заново.")
    if len(content) > MOST_BYTES:
        raise NotARegionAnswer(f"Файл «{name}» больше {MOST_BYTES // 1024 // 1024} МБ: таких ответов не бывает.")
    sent = RegionFile.objects.filter(kind=RegionFile.Kind.REQUEST, month=month)
    if request_id is not None and not sent.filter(pk=request_id).exists():
        raise NotARegionAnswer("Выберите сводный запрос из списка: он отправлен в показанном месяце.")
    key = f"{month:%Y-%m}:{files.sha256_of(content)[:40]}:{request_id or 0}"
    under_way = Job.objects.unfinished().filter(kind=RECEIVE, key=key).first()
    if under_way is not None:
        return under_way
    stored = files.store(content=content, name=name[:200], media_type=files.DBF, by=by, at=at)
    return jobs.request(
        kind=RECEIVE,
        key=key,
        task="exchange.tasks.receive_region",
        by=by,
        at=at,
        parameters={
            "month": f"{month:%Y-%m}",
            "name": stored.name,
            "stored": stored.pk,
            "request": request_id,
            "control_rows": control_rows,
            "control_roubles": control_roubles and str(control_roubles),
        },
    )


@transaction.atomic
def receive_region_next(job: Job, /) -> Progress:
    """Count the rows of a brought whole answer, then receive and cut it as the requester at the moment of asking."""
    stored = StoredFile.objects.get(pk=job.parameters["stored"])
    content = files.read(stored)
    if not job.cursor:
        return Progress({"counted": True}, 0, _rows_in(content), is_finished=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [f"{WAIT_FOR_LOCKS}s"])
    chosen, roubles = job.parameters["request"], job.parameters["control_roubles"]
    requests = RegionFile.objects.select_related("provider", "layout")
    file = receive_region_file(
        content=content,
        name=job.parameters["name"],
        month=parse_month(job.parameters["month"]),
        by=job.requested_by,
        at=job.requested_at,
        control_rows=job.parameters["control_rows"],
        control_roubles=Decimal(roubles) if roubles is not None else None,
        stored=stored,
        request=requests.get(pk=chosen) if chosen else None,
        tell=teller(job),
    )
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=_result(file, job))


def _rows_in(content: bytes) -> int:
    """Count the live rows as the header tells them; 0 for what is not a table."""
    try:
        return look_into(content).live
    except Refused:
        return 0


def _result(file: RegionFile, job: Job) -> dict[str, Any]:
    if file.status == RegionFile.Status.REFUSED:
        advice = advice_for(file.refusal_code).advice
        return {"file": file.pk, "outcome": REFUSED, "errors": 1, "sentence": file.refusal_text, "advice": advice}
    is_new = file.by_id == job.requested_by_id and file.at == job.requested_at
    return {
        "file": file.pk,
        "outcome": RECEIVED if is_new else SAME_FILE,
        "succeeded": file.rows - file.stray_rows,
        "errors": file.stray_rows,
        "sentence": "Ошибки — строки, которые не относятся ни к одному району." if file.stray_rows else "",
    }
