from celery import shared_task

from calculations.services import runs
from offices import jobs


@shared_task(acks_late=True)
def calculate_run(*, job_id: int) -> None:
    """Calculate a district's month, chunk by chunk. Running it again changes nothing."""
    jobs.work(job_id, runs.calculate_chunk)
