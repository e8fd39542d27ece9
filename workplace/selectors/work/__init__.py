"""What waits for whom today: «Моя работа» of every role, from the facts and the exchange schedule."""

import datetime as dt
from collections.abc import Collection, Sequence

from offices.models import Office
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from workplace.selectors.board import Board, board_of
from workplace.selectors.work import department, district
from workplace.selectors.work.desk import Day, Desk, Step, Task, by_day, steps_of

__all__ = ["Day", "Desk", "Step", "Task", "desk_of"]


def desk_of(
    *, roles: frozenset[str], office: Office | None, offices: Collection[Office], month: dt.date | None, on: dt.date
) -> Desk:
    """Return what waits on the day `on` for who holds the roles, in the month billed.

    `office` is the district whose work is shown, None for the whole region, whose districts are `offices`. Without a
    month only what does not depend on one is shown.
    """
    board = None
    if month and roles - set(BLIND_ROLES):
        board = board_of(offices=[office] if office else offices, month=month, today=on)
    steps = steps_of(board) if board and board.is_planned else []
    due = {step.item: step.due_on for step in steps if step.due_on}
    if roles & set(DISTRICT_ROLES):
        assert office is not None, "a district role has its office"
        done = frozenset(step.item for step in steps if step.is_done)
        tasks = district.tasks(roles=roles, office=office, month=month, on=on, due=due, done=done)
    else:
        due |= _payment(board)
        tasks = department.tasks(roles=roles, office=office, month=month, on=on, due=due, board=board)
    return Desk(days=by_day(tasks, on=on), steps=steps, next_step=_next(steps, on))


def _payment(board: Board | None) -> dict[str, dt.date]:
    pay_on = board.figures.pay_on if board else None
    return {"3.15": pay_on} if pay_on else {}


def _next(steps: Sequence[Step], on: dt.date) -> Step | None:
    ahead = [step for step in steps if not step.is_done and step.due_on and step.due_on >= on]
    return min(ahead, key=lambda step: step.due_on or dt.date.max, default=None)
