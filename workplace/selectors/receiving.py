"""The page of receiving: a row for every file that came or is on its way, its state in words and the next step."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exchange.models import ExchangeFile
from exchange.refused_files import advice_for, can_be_chosen_for
from exchange.selectors import receiving
from exchange.selectors.letters import letter_to
from exchange.selectors.receiving import RECEIVE, SAME_FILE, VERIFY, Asked
from offices.models import Job, Office, Role, Staff
from workplace.selectors.jobs import JobShown, shown_jobs
from workplace.selectors.verification import DECIDERS, LOADERS
from workplace.wording_of_jobs import clock, day_month

State, Status = Job.State, ExchangeFile.Status
REPEATS_SHOWN = dt.timedelta(days=1)
"""How long the page remembers that a file was brought again."""
VERIFY_STEP, CHOOSE_STEP, DECIDE_STEP, LOAD_STEP, LOOK_STEP = "verify", "choose", "decide", "load", "look"
ADVICE_STEP, LETTER_STEP = "advice", "letter"


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


@dataclass(frozen=True, slots=True)
class Receiving:
    """An office's receiving of a month: its files, the providers asked, and what the visitor may do here."""

    rows: tuple[FileRow, ...]
    asked: tuple[Asked, ...]
    to_verify: int
    closed_at: dt.datetime | None

    @property
    def taken(self) -> tuple[FileRow, ...]:
        """The accepted files."""
        return tuple(row for row in self.rows if row.is_taken)

    @property
    def total_rows(self) -> int:
        return sum(row.rows or 0 for row in self.taken)

    @property
    def total_billed(self) -> Decimal:
        return sum((row.billed or Decimal("0.00") for row in self.taken), Decimal("0.00"))

    @property
    def answered(self) -> int:
        return sum(one.is_answered for one in self.asked)

    @property
    def silent(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if not one.is_answered)

    @property
    def is_live(self) -> bool:
        return any(row.is_live for row in self.rows)


def receiving_of(*, office: Office, month: dt.date, staff: Staff, roles: frozenset[str], now: dt.datetime) -> Receiving:
    """Read the page of an office's month as `staff` sees it at `now`."""
    files = receiving.returned_files(office=office, month=month)
    jobs = receiving.file_jobs(office=office, month=month)
    counted = receiving.undecided_by_file(files)
    shown = _shown(jobs, now)
    verifying = _verifying(jobs, shown)
    known = {file.pk: file for file in files}
    seen = _Seen(staff, roles, accepted=_accepted(files))
    rows = [
        *_on_their_way(jobs, shown, known, now),
        *(_row(file, counted.get(file.pk, (0, 0)), verifying.get(file.pk), seen) for file in files),
    ]
    return Receiving(
        rows=tuple(rows),
        asked=tuple(receiving.asked_providers(office=office, month=month)),
        to_verify=sum(row.step == VERIFY_STEP for row in rows),
        closed_at=receiving.closed_at(office=office, month=month),
    )


def file_row(file: ExchangeFile, *, jobs: list[Job], staff: Staff, roles: frozenset[str], now: dt.datetime) -> FileRow:
    """Tell one file as its row on the page does."""
    counted = receiving.undecided_by_file([file])
    seen = _Seen(staff, roles, accepted=_accepted(receiving.accepted_instead_of(file)))
    return _row(file, counted.get(file.pk, (0, 0)), _verifying(jobs, _shown(jobs, now)).get(file.pk), seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who looks, and what was accepted in the month: requests answered and hashes taken."""

    staff: Staff
    roles: frozenset[str]
    accepted: frozenset[int | str]


def _accepted(files: Iterable[ExchangeFile]) -> frozenset[int | str]:
    taken = [file for file in files if file.status not in ExchangeFile.NOT_STANDING]
    return frozenset([file.request_id or 0 for file in taken]) | frozenset([file.sha256 for file in taken])


def _shown(jobs: list[Job], now: dt.datetime) -> Mapping[int, JobShown]:
    """Tell every job that is under way or has stopped."""
    return {shown.pk: shown for shown in shown_jobs([job for job in jobs if job.state != State.DONE], now=now)}


def _verifying(jobs: list[Job], shown: Mapping[int, JobShown]) -> Mapping[int, JobShown]:
    """Return by file the newest check that is under way or has stopped."""
    newest: dict[int, Job] = {}
    for job in jobs:
        if job.kind == VERIFY:
            newest.setdefault(int(job.parameters["file"]), job)
    return {file_id: shown[job.pk] for file_id, job in newest.items() if job.pk in shown}


def _on_their_way(
    jobs: list[Job], shown: Mapping[int, JobShown], known: Mapping[int, ExchangeFile], now: dt.datetime
) -> Iterator[FileRow]:
    """Give what has no file of its own: under way, stopped, or brought again within a day; the newest of a key."""
    told: set[int] = set()
    newest: dict[str, Job] = {}
    for job in jobs:
        if job.kind == RECEIVE:
            newest.setdefault(job.key, job)
    for job in newest.values():
        if job.pk in shown:
            yield _of_job(job, shown[job.pk])
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


def _row(file: ExchangeFile, counted: tuple[int, int], verifying: JobShown | None, seen: _Seen) -> FileRow:
    kind, word, sentence, step = _state(file, counted, verifying, seen)
    return FileRow(
        file_id=file.pk,
        name=file.name,
        provider=str(file.provider) if file.provider else "",
        rows=file.rows or None,
        encoding=file.encoding.upper(),
        billed=file.billed,
        brought_at=file.at,
        brought_by=file.by,
        state_kind=kind,
        state_word=word,
        sentence=sentence,
        step=step,
        is_taken=file.status not in ExchangeFile.NOT_STANDING,
        job=verifying if file.status == Status.RECEIVED else None,
    )


def _state(
    file: ExchangeFile, counted: tuple[int, int], verifying: JobShown | None, seen: _Seen
) -> tuple[str, str, str, str]:
    """Return the state's kind and word, its sentence, and the step that this visitor may take."""
    undecided, every = counted
    if file.status == Status.REFUSED:
        return _refused(file, seen)
    if file.status == Status.SUPERSEDED:
        return "idle", "заменён", "Поставщик прислал исправленный файл, в расчёт идёт он.", ""
    letter = letter_to(file)
    if not letter.agrees and file.status != Status.LOADED:
        return "error", "не сходится с письмом", f"{letter.sentence} Пока это так, файл не загрузить.", LETTER_STEP
    if file.status == Status.RECEIVED:
        return _received(file, verifying, seen)
    if file.status == Status.VERIFIED:
        if undecided:
            step = DECIDE_STEP if seen.roles & DECIDERS else LOOK_STEP
            return "warn", "есть расхождения", f"Не решено: {undecided} из {every}.", step
        said = f"Расхождения решены: {every}." if every else "Расхождений нет, все строки сошлись."
        step = LOAD_STEP if seen.roles & LOADERS else LOOK_STEP
        return "ok", "проверен", f"{said} Можно загружать в расчёт.", step
    return "ok", "загружен", "Начисления переданы в расчёт.", ""


def _refused(file: ExchangeFile, seen: _Seen) -> tuple[str, str, str, str]:
    advice = advice_for(file.refusal_code)
    if file.sha256 in seen.accepted:
        return "idle", advice.word, f"{file.refusal_text} Позже этот же файл принят.", ""
    if file.request_id in seen.accepted:
        return "idle", advice.word, f"{file.refusal_text} Принят другой файл этого поставщика.", ""
    step = CHOOSE_STEP if can_be_chosen_for(file) and Role.EXCHANGE in seen.roles else ADVICE_STEP
    return "error", advice.word, file.refusal_text, step


def _received(file: ExchangeFile, verifying: JobShown | None, seen: _Seen) -> tuple[str, str, str, str]:
    if verifying is not None and verifying.is_live:
        return verifying.state_kind, "проверяется", verifying.sentence, ""
    may = Role.CHECKING in seen.roles and file.by_id != seen.staff.pk
    step = VERIFY_STEP if may else ""
    if verifying is not None:
        return "error", "проверка остановлена", verifying.sentence, step
    if may:
        return "run", "принят", "Ждёт проверки.", step
    if Role.CHECKING in seen.roles:
        return "run", "принят", "Вы приняли этот файл, поэтому проверить его должен другой сотрудник.", ""
    return "run", "принят", "Ждёт проверки специалистом по проверке.", ""
