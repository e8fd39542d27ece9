"""Items 3.9 and 3.10 as jobs: a brought file is kept at once, then received and, by another person, checked.

The bytes are on disk and the job in the database before anything is read, so a closed browser or a killed worker
loses nothing.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from exchange.dbf.archives import is_archive, unpacked
from exchange.dbf.reading import look_into
from exchange.dbf.verdicts import Refused
from exchange.models import Discrepancy, ExchangeFile, ReturnedRow
from exchange.refused_files import can_be_chosen_for
from exchange.selectors.receiving import RECEIVE, RECEIVED, REFUSED, SAME_FILE, VERIFY
from exchange.services.returns import receive_return_file
from exchange.services.verification import CheckedByItsReceiver, FileNotReceived, verify_return_file
from offices import files, jobs
from offices.jobs import Progress
from offices.models import Job, Office, Staff, StoredFile
from offices.months import parse_month
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import teller

MOST_FILES = 60
MOST_BYTES = 32 * 1024 * 1024
"""How many files are brought at once, and how large one may be."""
WAIT_FOR_LOCKS = 90
"""Seconds that a worker waits for another file of the same office."""


class FileTooLarge(Refusal):
    """The file is larger than any returned file is."""


class FileEmpty(Refusal):
    """There is not a byte in the file."""


class NotThisRequest(Refusal):
    """The file chosen as the request is not one of the office's month, or the file needs no choice."""


@transaction.atomic
def request_receiving(
    *,
    content: bytes,
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

    Raises MonthNotOpen, FileTooLarge, FileEmpty.
    """
    require_open(month)
    refuse_large(name=name, size=len(content))
    if not content:
        raise FileEmpty(f"Файл «{name}» пустой. Попросите предприятие прислать его заново.")
    key = _key(office, month, files.sha256_of(content), name)
    under_way = Job.objects.unfinished().filter(kind=RECEIVE, key=key).first()
    if under_way is not None:
        return under_way
    stored = files.store(content=content, name=name[:200], media_type=files.DBF, by=by, at=at)
    told = {"control_rows": control_rows, "control_roubles": control_roubles and str(control_roubles)}
    return _ask(stored, key=key, office=office, month=month, by=by, at=at, **told)


def unpack(*, content: bytes, name: str) -> list[tuple[str, bytes]]:
    """Return the files to be received: the members of an archive by their own names, or the file itself.

    An archive that cannot be unpacked is a file as well: it is received, and refused with the reason. Raises
    FileTooLarge.
    """
    try:
        if not is_archive(content):
            return [(name, content)]
        with unpacked(content) as members:
            for member in members:
                refuse_large(name=member.file_name, size=member.size)
            return [(member.file_name, member.path.read_bytes()) for member in members]
    except Refused:
        return [(name, content)]


def refuse_large(*, name: str, size: int) -> None:
    """Raise FileTooLarge for a file of more bytes than any returned file has."""
    if size > MOST_BYTES:
        raise FileTooLarge(
            f"Файл «{name}» больше {MOST_BYTES // 1024 // 1024} МБ: таких ответных файлов не бывает. "
            "Проверьте, тот ли файл выбран."
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
    key = _key(refused.office, refused.month, refused.sha256, f"{chosen.pk}:{refused.name}")
    return _ask(refused.file, key=key, office=refused.office, month=refused.month, by=by, at=at, request=chosen.pk)


@transaction.atomic
def request_verification(*, file_id: int, discount: Decimal, by: Staff, at: dt.datetime) -> Job:
    """Ask for the check of a received file; `discount` (a fraction) weighs what is found.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver.
    """
    file = ExchangeFile.objects.select_related("office").get(pk=file_id)
    require_open(file.month)
    if file.kind != ExchangeFile.Kind.RETURN or file.status != ExchangeFile.Status.RECEIVED:
        raise FileNotReceived(f"Файл «{file}» не ждёт проверки: {file.get_status_display()}.")
    if file.by_id == by.pk:
        raise CheckedByItsReceiver(f"Файл «{file}» приняли вы, поэтому проверить его должен другой сотрудник отдела.")
    return jobs.request(
        kind=VERIFY,
        key=f"{file.office_id}:{file.month:%Y-%m}:{file.pk}",
        task="exchange.tasks.verify_return",
        by=by,
        at=at,
        office=file.office,
        parameters={
            "office": file.office_id,
            "month": f"{file.month:%Y-%m}",
            "name": file.name,
            "file": file.pk,
            "discount": str(discount),
        },
    )


@transaction.atomic
def receive_next(job: Job, /) -> Progress:
    """Count the rows of a brought file, then receive it as the requester at the moment of asking."""
    stored = StoredFile.objects.get(pk=job.parameters["stored"])
    content = files.read(stored)
    if not job.cursor:
        return Progress({"counted": True}, 0, _rows_in(content), is_finished=False)
    assert job.office is not None, "a file is brought to an office"
    _wait_for_the_office()
    chosen = job.parameters.get("request")
    roubles = job.parameters.get("control_roubles")
    file = receive_return_file(
        content=content,
        name=job.parameters["name"],
        office=job.office,
        month=parse_month(job.parameters["month"]),
        by=job.requested_by,
        at=job.requested_at,
        stored=stored,
        tell=teller(job),
        control_rows=job.parameters.get("control_rows"),
        control_roubles=Decimal(roubles) if roubles is not None else None,
        request=ExchangeFile.objects.select_related("provider", "layout", "office").get(pk=chosen) if chosen else None,
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
        discount=Decimal(job.parameters["discount"]),
        by=job.requested_by,
        at=job.requested_at,
        tell=teller(job),
    )
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=_verified(file))


def _ask(
    stored: StoredFile, *, key: str, office: Office, month: dt.date, by: Staff, at: dt.datetime, **more: Any
) -> Job:
    return jobs.request(
        kind=RECEIVE,
        key=key,
        task="exchange.tasks.receive_return",
        by=by,
        at=at,
        office=office,
        parameters={
            "office": office.pk,
            "month": f"{month:%Y-%m}",
            "name": stored.name,
            "stored": stored.pk,
            **more,
        },
    )


def _key(office: Office, month: dt.date, sha256: str, name: str) -> str:
    return f"{office.pk}:{month:%Y-%m}:{sha256[:40]}:{files.sha256_of(name.casefold().encode())[:24]}"


def _wait_for_the_office() -> None:
    """Let this transaction wait longer for locks: files of one office are received one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [f"{WAIT_FOR_LOCKS}s"])


def _rows_in(content: bytes) -> int:
    """Count the live rows as the header tells them; 0 for what is not a table."""
    try:
        return look_into(content).live
    except Refused:
        return 0


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
