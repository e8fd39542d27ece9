"""How far a long step is, told to the pages while its transaction is still open.

What is told is only shown, never relied on: it is forgotten with the step, and a cache that is down costs nothing.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

from offices.models import Job

TELL_EVERY = 0.25
FORGOTTEN_AFTER = 300
"""Seconds."""

Teller = Callable[[int], None]


def teller(job: Job, /) -> Teller:
    """Return a function that tells how much of a job's step is done, at most every quarter of a second."""
    last = 0.0

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_EVERY:
            last = time.monotonic()
            with suppress(RedisError, OSError):
                cache.set(_key(job), [job.attempts, done], timeout=FORGOTTEN_AFTER)

    return tell


def told(jobs: Iterable[Job], /) -> dict[int, int]:
    """Return by job how much of the step under way has been told by the attempt that does it now."""
    running = {_key(job): job for job in jobs if job.state == Job.State.RUNNING}
    found: dict[str, list[int]] = {}
    if running:
        with suppress(RedisError, OSError):
            found = cache.get_many(list(running))
    return {running[key].pk: done for key, (attempt, done) in found.items() if attempt == running[key].attempts}


def silent(_done: int) -> None:
    """Tell nobody."""


def _key(job: Job) -> str:
    return f"job-told-{job.pk}"
