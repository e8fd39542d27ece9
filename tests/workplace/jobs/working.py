"""Jobs in every state, written as their workers leave them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from offices.models import Job, Office, Staff
from tests import factories as make
from tests.rows.ground import number

SECOND = dt.timedelta(seconds=1)


def job(state: str = "queued", *, office: Office | None = None, by: Staff | None = None, **given: Any) -> Job:
    """A calculation of a district's October, asked for half a minute ago."""
    now = timezone.now()
    district = office or make.office()
    facts: dict[str, Any] = {
        "kind": "calculate_run",
        "key": f"{district.pk}:2026-10:{number()}",
        "task": "calculations.tasks.calculate_run",
        "office": district,
        "parameters": {"office": district.pk, "month": "2026-10"},
        "requested_by": by or make.staff("calculation", office=district),
        "requested_at": now - 30 * SECOND,
    }
    return Job.objects.create(state=state, **facts | _of(state, now) | given)


def running(done: int, total: int, *, seconds: int = 10, **given: Any) -> Job:
    """A job that did so much in so many seconds, the last part of it just now."""
    now = timezone.now()
    facts = {"done": done, "total": total, "taken_at": now - seconds * SECOND, "progressed_at": now}
    return job("running", **facts | given)


def _of(state: str, now: dt.datetime) -> dict[str, Any]:
    if state == "queued":
        return {}
    taken = {"started_at": now - 20 * SECOND, "taken_at": now - 20 * SECOND, "attempts": 1}
    if state == "running":
        return taken | {"lease_until": now + 60 * SECOND}
    return taken | {"finished_at": now}
