"""Long actions about a file of a month, asked for in one way."""

import datetime as dt
from pathlib import Path
from typing import Any

from exchange.media_types import media_type_told_by
from exchange.services.brought import refuse_empty
from offices import files, jobs
from offices.models import Job, Office, Staff


def ask_for(
    *,
    kind: str,
    task: str,
    key: str,
    name: str,
    office: Office | None,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    **more: Any,
) -> Job:
    """Write down a job about the file called `name`; one under way under the same `key` is returned instead.

    `task` is the name of the function in `exchange.tasks`, `more` are further parameters of the job. Without an
    office it is done for the whole region.
    """
    return jobs.request(
        kind=kind,
        key=_whole_key(office, month, key),
        task=f"exchange.tasks.{task}",
        by=by,
        at=at,
        office=office,
        parameters={"office": office and office.pk, "month": f"{month:%Y-%m}", "name": name, **more},
    )


def ask_about_bytes(
    *,
    content: bytes | Path,
    name: str,
    kind: str,
    task: str,
    about: str = "",
    office: Office | None,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    **more: Any,
) -> Job:
    """Keep the bytes of a brought file, then ask for a job about them; the same file under way is the same job.

    `about` parts jobs about equal files. Raises FileEmpty.
    """
    refuse_empty(name=name, content=content)
    key = key_of(files.sha256_of(content), f"{about}{name}")
    under_way = Job.objects.unfinished().filter(kind=kind, key=_whole_key(office, month, key)).first()
    if under_way is not None:
        return under_way
    stored = files.store(
        content=content, name=name[:200], media_type=media_type_told_by(content, name=name), by=by, at=at
    )
    return ask_for(
        kind=kind,
        task=task,
        key=key,
        name=stored.name,
        office=office,
        month=month,
        by=by,
        at=at,
        stored=stored.pk,
        **more,
    )


def key_of(sha256: str, name: str, /) -> str:
    """Return the key of a job about a file: its bytes under a name, in any letter case."""
    return f"{sha256[:40]}:{files.sha256_of(name.casefold().encode())[:24]}"


def _whole_key(office: Office | None, month: dt.date, key: str) -> str:
    return f"{office.pk if office else 'all'}:{month:%Y-%m}:{key}"
