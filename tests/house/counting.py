"""A job that counts slowly: something for a worker to be killed in."""

import time

from celery import shared_task

from offices import jobs
from offices.models import Job

LAST = 30


def count(job: Job) -> jobs.Progress:
    """Count one further and store it."""
    time.sleep(0.1)
    number = job.cursor.get("number", 0) + 1
    return jobs.Progress({"number": number}, done=number, total=LAST, is_finished=number == LAST)


@shared_task
def count_slowly(*, job_id: int) -> None:
    jobs.work(job_id, count)
