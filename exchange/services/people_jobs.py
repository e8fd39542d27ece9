"""Items 3.4 and 3.5 as a job: a brought list of people is kept at once, and a worker takes it whole or not at all.

Reading, matching and comparing are one transaction: a killed worker leaves nothing of the list, and the next one
takes it from the bytes kept.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from exchange.layouts.looking import live_rows
from exchange.models import ExchangeFile, PensionDifference, PensionRecord
from exchange.services.file_jobs import ask_about_bytes
from exchange.services.layouts import confirmed_layout, layout_of
from exchange.services.pension_data import SENDERS, NotAList, receive_pension_file, receive_people_list
from offices import files
from offices.jobs import Progress
from offices.models import Job, Office, Staff, StoredFile
from offices.money import count_with_noun
from offices.months import parse_month
from offices.services.months import require_open
from offices.telling import teller

TAKE = "take_people"
RECEIVED, REFUSED = "received", "refused"
"""Outcomes of taking a list."""
_PROPOSALS = ("предложение", "предложения", "предложений")
Kind, Match = ExchangeFile.Kind, PensionRecord.Match


@transaction.atomic
def request_taking(
    *,
    kind: str,
    office: Office,
    content: bytes | Path,
    name: str,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    replaces_id: int | None = None,
) -> Job:
    """Keep the bytes of a brought list of people and ask for its taking; the same list under way is the same job.

    `office` is whose list it is; the fund's is the payments unit's whoever brings it. `replaces_id` is the fund's
    file that this one corrects.

    Raises MonthNotOpen, NotAList, FileEmpty.
    """
    require_open(month)
    if kind not in ExchangeFile.PEOPLE:
        raise NotAList("Выберите, чей это список: фонда, ЗАГС или муниципалитета.")
    return ask_about_bytes(
        content=content,
        name=name,
        kind=TAKE,
        task="take_people",
        about=f"{kind}:{office.pk}:{replaces_id or ''}:",
        office=office if office.district_id and kind != Kind.PENSION else None,
        month=month,
        by=by,
        at=at,
        list=kind,
        for_office=office.pk,
        replaces=replaces_id,
    )


@transaction.atomic
def take_next(job: Job, /) -> Progress:
    """Count the rows of a brought list, then take it as the requester at the moment of asking."""
    told = job.parameters
    stored = StoredFile.objects.get(pk=told["stored"])
    month = parse_month(told["month"])
    if not job.cursor:
        layout = layout_of(confirmed_layout(code=SENDERS[Kind(told["list"])].layout, on=month))
        return Progress({"counted": True}, 0, live_rows(files.whole(stored), layout=layout), is_finished=False)
    given: dict[str, Any] = {
        "content": files.whole(stored),
        "name": told["name"],
        "month": month,
        "by": job.requested_by,
        "at": job.requested_at,
        "stored": stored,
        "tell": teller(job),
    }
    if told["list"] == Kind.PENSION:
        file = receive_pension_file(**given, replaces_id=told["replaces"])
    else:
        file = receive_people_list(kind=told["list"], office=Office.objects.get(pk=told["for_office"]), **given)
    return Progress(job.cursor, job.total, job.total, is_finished=True, result=_taken(file))


def _taken(file: ExchangeFile) -> dict[str, Any]:
    if file.status == ExchangeFile.Status.REFUSED:
        return {"file": file.pk, "outcome": REFUSED, "errors": 1, "sentence": file.refusal_text}
    rows = PensionRecord.objects.filter(file=file)
    known, faulty = rows.filter(match__in=[Match.SNILS, Match.NAME]).count(), rows.filter(match=Match.FAULTY).count()
    proposals = count_with_noun(PensionDifference.objects.filter(file=file).count(), _PROPOSALS)
    return {
        "file": file.pk,
        "outcome": RECEIVED,
        "succeeded": known,
        "warnings": file.rows - known - faulty,
        "errors": faulty,
        "sentence": f"Предупреждения — люди не из нашей базы, ошибки — строки с ошибками. К решению: {proposals}.",
    }
