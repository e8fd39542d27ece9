"""What a cell of the board says: the state of one district's item, judged from facts against its day. No queries."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from offices.calendar import day_of
from workplace.selectors.board_facts import OfficeFacts


class State(StrEnum):
    """States of a cell, from the quietest to the loudest."""

    EARLY = "early"
    QUEUED = "queued"
    DONE = "done"
    WORK = "work"
    DONE_LATE = "done_late"
    ATTENTION = "attention"
    RETURNED = "returned"
    LATE = "late"


WORDS = {
    State.EARLY: "ещё рано",
    State.QUEUED: "в очереди",
    State.DONE: "сделано в срок",
    State.WORK: "в работе",
    State.DONE_LATE: "сделано с опозданием",
    State.ATTENTION: "внимание: сделано не всё",
    State.RETURNED: "возврат",
    State.LATE: "просрочено",
}
LOOKS = {
    State.EARLY: ("idle", ""),
    State.QUEUED: ("idle", ""),
    State.DONE: ("ok", "check"),
    State.WORK: ("run", "loader"),
    State.DONE_LATE: ("warn", "alert-triangle"),
    State.ATTENTION: ("warn", "alert-triangle"),
    State.RETURNED: ("warn", "arrow-back-up"),
    State.LATE: ("late", "clock"),
}
"""Colour and icon of each state; the word stands beside them, hidden where there is no room."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an item is: nothing, begun, done on a day, given back; `fact` is what the cell shows."""

    fact: str = ""
    done_on: dt.date | None = None
    is_begun: bool = False
    is_queued: bool = False
    is_returned: bool = False
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One district's item on the board; `days_late` counts calendar days past the term, 0 when it is not late."""

    item: str
    state: State
    fact: str
    done_on: dt.date | None
    due_on: dt.date | None
    days_late: int = 0

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def look(self) -> str:
        return LOOKS[self.state][0]

    @property
    def icon(self) -> str:
        return LOOKS[self.state][1]

    @property
    def is_late(self) -> bool:
        return self.state is State.LATE


def cell_of(*, item: str, facts: OfficeFacts, due_on: dt.date | None, today: dt.date) -> Cell:
    """Judge one item of a district's month on a day.

    What is done is judged by the day it was done on; what is not is late from the day after its term, whatever it
    waits for. Without a term nothing is late.
    """
    progress = _READERS[item](facts)
    days = (today - due_on).days if due_on and progress.done_on is None else 0
    state = _state(progress, due_on=due_on, is_past=days > 0)
    return Cell(item, state, progress.fact, progress.done_on, due_on, days if state is State.LATE else 0)


def _state(progress: Progress, *, due_on: dt.date | None, is_past: bool) -> State:
    if progress.done_on is not None:
        if progress.is_incomplete:
            return State.ATTENTION
        return State.DONE_LATE if due_on and progress.done_on > due_on else State.DONE
    if is_past:
        return State.LATE
    if progress.is_returned:
        return State.RETURNED
    if progress.is_begun:
        return State.WORK
    return State.QUEUED if progress.is_queued else State.EARLY


def _changes(facts: OfficeFacts) -> Progress:
    return Progress(done_on=_day(facts.changes_sent_at))


def _register(facts: OfficeFacts) -> Progress:
    if facts.register_status == "rejected":
        return Progress("отклонён", is_returned=True)
    return Progress(done_on=_day(facts.register_built_at))


def _handed_register(facts: OfficeFacts) -> Progress:
    """The hand-over ends with the district's acceptance, and is in time when it was handed in time."""
    if facts.register_status == "rejected":
        return Progress("отклонён", is_returned=True)
    if facts.register_status == "handed_over":
        return Progress("передан", is_begun=True)
    return Progress(done_on=_day(facts.register_handed_at) if facts.register_status == "accepted" else None)


def _requests(facts: OfficeFacts) -> Progress:
    return Progress(str(facts.files.asked), done_on=_day(facts.requests_sent_at)) if _asked(facts) else Progress()


def _answers(facts: OfficeFacts) -> Progress:
    files = facts.files
    if not _asked(facts):
        return Progress()
    fact = f"{files.taken} из {files.asked}"
    if files.taken == files.asked:
        return Progress(fact, done_on=_day(files.taken_at or facts.requests_sent_at))
    if facts.receiving_closed_at:
        return Progress(fact, done_on=_day(facts.receiving_closed_at), is_incomplete=True)
    return Progress(fact, is_begun=True)


def _verified(facts: OfficeFacts) -> Progress:
    files, wanted = facts.files, _wanted(facts)
    if not _asked(facts) or (wanted and not files.taken):
        return Progress()
    if files.verified < wanted:
        return Progress(f"{files.verified} из {wanted}", is_begun=True)
    if files.questions:
        return Progress(f"{files.questions} расх.", is_begun=True)
    return Progress(done_on=_day(files.verified_at or _settled_at(facts)))


def _loaded(facts: OfficeFacts) -> Progress:
    files, wanted = facts.files, _wanted(facts)
    if not _asked(facts) or (wanted and not files.verified):
        return Progress()
    if files.loaded < wanted:
        rows = files.taken_rows if _settled_at(facts) else files.asked_rows
        return Progress(f"{files.loaded_rows * 100 // max(rows, 1)} %", is_begun=True)
    return Progress(done_on=_day(files.loaded_at or _settled_at(facts)))


def _run(facts: OfficeFacts) -> Progress:
    match facts.run_status:
        case "draft":
            return Progress("идёт", is_begun=True)
        case "calculated":
            return Progress("рассчитан", is_begun=True)
        case "returned":
            return Progress("заново", is_returned=True)
        case "submitted" | "approved":
            return Progress(done_on=_day(facts.run_submitted_at))
        case _:
            return Progress()


def _review(facts: OfficeFacts) -> Progress:
    match facts.run_status:
        case "approved":
            return Progress("принято", done_on=_day(facts.run_reviewed_at))
        case "returned":
            return Progress("возврат", is_returned=True)
        case "submitted" if facts.reviewed:
            return Progress(f"{facts.reviewed} пров.", is_begun=True)
        case "submitted":
            return Progress("в очереди", is_queued=True)
        case _:
            return Progress()


_READERS = {
    "3.5": _changes,
    "3.6": _register,
    "3.7": _handed_register,
    "3.8": _requests,
    "3.9": _answers,
    "3.10": _verified,
    "3.11": _loaded,
    "3.12": _run,
    "3.13": _review,
}


def _asked(facts: OfficeFacts) -> bool:
    return facts.requests_sent_at is not None


def _settled_at(facts: OfficeFacts) -> dt.datetime | None:
    """Return when it was settled whose answers there will be: all came, or receiving was closed without some."""
    if facts.files.taken == facts.files.asked:
        return facts.files.taken_at or facts.requests_sent_at
    return facts.receiving_closed_at


def _wanted(facts: OfficeFacts) -> int:
    """Count the files there are to work on: those that came once it is settled, all that were asked for before."""
    return facts.files.taken if _settled_at(facts) else facts.files.asked


def _day(moment: dt.datetime | None) -> dt.date | None:
    return day_of(moment) if moment else None
