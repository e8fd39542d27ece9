"""«Пояснение к начислению»: what a citizen takes home to understand a month, of the very month that the card shows."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from django.template.loader import render_to_string

from calculations.explaining.steps import ToldStep
from calculations.rules.trace import StepCode
from config.pdf import Signature, render_form
from offices.letterhead import letterhead_of
from offices.models import Staff
from offices.months import month_name
from recipients.documents.decisions import SPECIALIST, name_of_staff
from recipients.names import initials_and_surname, surname_and_initials
from workplace.selectors.card.accruals import AccrualMonth
from workplace.selectors.card.explained import ExplainedLine
from workplace.selectors.card.identity import Identity
from workplace.selectors.card.service_row import ServiceRow
from workplace.selectors.card.sources import Source


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step of a service as the letter writes it; `act` is its number in the list of acts, None without one."""

    title: str
    text: str
    act: int | None


@dataclass(frozen=True, slots=True)
class WrittenService:
    """A service in the letter, in roubles: why it is what it is, and from which file it came."""

    row: ServiceRow
    lines: tuple[tuple[ExplainedLine, tuple[WrittenStep, ...]], ...]
    why_not: str
    origin: str


def explanation_pdf(identity: Identity, shown: AccrualMonth, *, by: Staff, on: dt.date) -> bytes:
    """Print the letter of a month with an accrual; `by` explains and signs it."""
    return render_form(explanation_html(identity, shown, by=by, on=on))


def explanation_html(identity: Identity, shown: AccrualMonth, *, by: Staff, on: dt.date) -> str:
    """Write the letter as HTML for the printer."""
    recipient = identity.recipient
    acts = _Acts()
    services = [_service(row, acts, is_told_once=len(shown.household) < 2) for row in shown.table.rows]
    facts = {
        **asdict(letterhead_of(recipient.office)),
        "kind": "Пояснение к начислению",
        "subject": f"денежного эквивалента за {month_name(shown.month)}",
        "number": "",
        "issued_on": on,
        "identity": identity,
        "recipient": recipient,
        "shown": shown,
        "services": services,
        "acts": acts.listed,
        "rules": dict.fromkeys(law for basis in shown.bases for law in basis.split("; ")),
        "executor": surname_and_initials(name_of_staff(by)),
        "signatures": [Signature(by.position or SPECIALIST, initials_and_surname(name_of_staff(by)))],
    }
    return render_to_string("pdf/explanation.html", facts)


class _Acts:
    """Acts named in the letter, each under one number."""

    def __init__(self) -> None:
        self.listed: list[str] = []

    def number(self, act: str) -> int | None:
        if not act:
            return None
        if act not in self.listed:
            self.listed.append(act)
        return self.listed.index(act) + 1


def _service(row: ServiceRow, acts: _Acts, *, is_told_once: bool) -> WrittenService:
    return WrittenService(
        row=row,
        lines=tuple((line, tuple(_steps(line.steps, acts, is_told_once=is_told_once))) for line in row.explained),
        why_not=_why_not(row),
        origin=_origin(row.sources),
    )


def _steps(steps: Sequence[ToldStep], acts: _Acts, *, is_told_once: bool) -> Iterator[WrittenStep]:
    """Leave out what the letter tells elsewhere: the base within the share, a denial, people told for the month."""
    if any(step.code is StepCode.DENIED for step in steps) and not any(step.is_share for step in steps):
        return
    for step in steps:
        if step.code is StepCode.BASE:
            continue
        note = "" if step.is_share and is_told_once else step.note
        yield WrittenStep(step.title, f"{step.text}; {note}" if note else step.text, acts.number(step.act))


def _why_not(row: ServiceRow) -> str:
    """Say why nothing is paid; what the office has to do about it is no advice for a citizen."""
    if row.advice and row.is_billed_now:
        return f"{row.why_not} Отдел уточнит это и доплатит исправлением в следующих месяцах."
    return row.why_not


def _origin(sources: Sequence[Source]) -> str:
    return "; ".join(dict.fromkeys(_source(one) for one in sources))


def _source(source: Source) -> str:
    if source.row is None:
        return "сведения введены отделом по квитанции"
    loaded = f", принят {source.loaded_at:%d.%m.%Y}" if source.loaded_at else ""
    return f"файл предприятия {source.file_name or ''}, строка {source.row}{loaded}".replace(" ,", ",")


def is_explainable(shown: AccrualMonth) -> bool:
    """Say whether there is a sum to explain: one was accrued and every line of it came out again."""
    return shown.accrued is not None and bool(shown.boxes) and not shown.faults
