"""A row of the page of receiving, and the rows of what has no file of its own yet."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exchange.models import ExchangeFile
from exchange.selectors.receiving import CONFIRMED, RECEIVE, SAME_FILE
from offices.models import Job, Staff
from workplace.selectors.jobs import JobShown
from workplace.wording_of_jobs import clock, day_month

REPEATS_SHOWN = dt.timedelta(days=1)
"""How long the page remembers that a file was brought again."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the month. `file_id` is None while it is only on its way; `job` is what is under way or has failed."""

    file_id: int | None
    name: str
    provider: str
    rows: int | None
    encoding: str
    billed: Decimal | None
    brought_at: dt.datetime
    brought_by: Staff
    state_kind: str
    state_word: str
    sentence: str
    step: str = ""
    is_taken: bool = False
    job: JobShown | None = None

    @property
    def is_live(self) -> bool:
        return self.job is not None and self.job.is_live


def on_their_way(
    jobs: list[Job], shown: Mapping[int, JobShown], known: Mapping[int, ExchangeFile], now: dt.datetime
) -> Iterator[FileRow]:
    """Give what has no file of its own, the newest of a key: under way, stopped, brought again within a day, or a
    provider's confirmation of a request.
    """
    told: set[int] = set()
    newest: dict[str, Job] = {}
    for job in jobs:
        if job.kind == RECEIVE:
            newest.setdefault(job.key, job)
    for job in newest.values():
        if job.pk in shown:
            yield _of_job(job, shown[job.pk])
        elif job.result.get("outcome") == CONFIRMED:
            yield _confirmation(job)
        elif job.result.get("outcome") == SAME_FILE and now - job.requested_at < REPEATS_SHOWN:
            file_id = int(job.result["file"])
            if file_id not in told:
                yield _repeat(job, known.get(file_id))
            told.add(file_id)


def _of_job(job: Job, shown: JobShown) -> FileRow:
    return FileRow(
        file_id=None,
        name=str(job.parameters["name"]),
        provider="",
        rows=job.total or None,
        encoding="",
        billed=None,
        brought_at=job.requested_at,
        brought_by=job.requested_by,
        state_kind=shown.state_kind,
        state_word=shown.state_word,
        sentence=shown.sentence,
        job=shown,
    )


def _confirmation(job: Job) -> FileRow:
    is_whole = not job.result["errors"]
    return FileRow(
        file_id=None,
        name=str(job.parameters["name"]),
        provider=str(job.result["provider"]),
        rows=None,
        encoding="",
        billed=None,
        brought_at=job.requested_at,
        brought_by=job.requested_by,
        state_kind="ok" if is_whole else "warn",
        state_word="запрос подтверждён",
        sentence=str(job.result["sentence"]),
    )


def _repeat(job: Job, first: ExchangeFile | None) -> FileRow:
    return FileRow(
        file_id=int(job.result["file"]),
        name=str(job.parameters["name"]),
        provider=str(first.provider) if first is not None else "",
        rows=first.rows if first is not None else None,
        encoding=first.encoding.upper() if first is not None else "",
        billed=None,
        brought_at=job.requested_at,
        brought_by=job.requested_by,
        state_kind="idle",
        state_word="уже принят",
        sentence=_taken_before(str(job.parameters["name"]), first),
    )


def _taken_before(name: str, first: ExchangeFile | None) -> str:
    if first is None:
        return "Тот же файл уже загружен раньше. Второй раз он не загружается."
    named = "" if first.name == name else f" под именем «{first.name}»"
    when = f"{day_month(first.at)} в {clock(first.at)}"
    return f"Тот же файл уже загружен {when}{named}. Второй раз он не загружается."
