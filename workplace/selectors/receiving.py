"""The page of receiving: a row for every file that came or is on its way, its state in words and the next step."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exchange.models import ExchangeFile
from exchange.refused_files import advice_for, can_be_chosen_for
from exchange.selectors import receiving
from exchange.selectors.letters import letter_to
from exchange.selectors.receiving import VERIFY, Asked
from offices.models import Job, Office, Role, Staff
from workplace.selectors.brought_files import FileRow, on_their_way
from workplace.selectors.jobs import JobShown, shown_jobs
from workplace.selectors.verification import DECIDERS, LOADERS

State, Status = Job.State, ExchangeFile.Status
VERIFY_STEP, CHOOSE_STEP, DECIDE_STEP, LOAD_STEP, LOOK_STEP = "verify", "choose", "decide", "load", "look"
ADVICE_STEP, LETTER_STEP = "advice", "letter"


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
        *on_their_way(jobs, shown, known, now),
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
