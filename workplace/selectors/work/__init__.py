"""What waits for whom today: «Моя работа» of every role, from the facts and the exchange schedule."""

import datetime as dt
from collections.abc import Sequence

from offices.models import Office, Role
from offices.models.staff import DISTRICT_ROLES
from workplace.selectors.work import department, district
from workplace.selectors.work.tasks import Day, Desk, Step, Task, by_day, steps_of_month

__all__ = ["Day", "Desk", "Step", "Task", "desk_of"]


def desk_of(*, roles: frozenset[str], office: Office | None, month: dt.date | None, on: dt.date) -> Desk:
    """Return what waits on the day `on` for who holds the roles, in the month billed.

    `office` is the district whose work is shown, None for the whole region. Without a month only what does not
    depend on one is shown.
    """
    steps = steps_of_month(month, office=office, on=on) if month and roles - {Role.ADMINISTRATOR} else []
    due = {step.item: step.due_on for step in steps}
    if roles & set(DISTRICT_ROLES):
        assert office is not None, "a district role has its office"
        done = frozenset(step.item for step in steps if step.is_done)
        tasks = district.tasks(roles=roles, office=office, month=month, on=on, due=due, done=done)
    else:
        tasks = department.tasks(roles=roles, office=office, month=month, on=on, due=due)
    return Desk(days=by_day(tasks, on=on), steps=steps, next_step=_next(steps))


def _next(steps: Sequence[Step]) -> Step | None:
    return min((step for step in steps if not step.is_done), key=lambda step: step.due_on, default=None)
