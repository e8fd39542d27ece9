from celery import shared_task
from django.utils import timezone

from calculations.services import debts, rehearsals, runs
from offices import jobs


@shared_task(acks_late=True)
def calculate_run(*, job_id: int) -> None:
    """Calculate a district's month, chunk by chunk. Running it again changes nothing."""
    jobs.work(job_id, runs.calculate_chunk)


@shared_task(acks_late=True)
def rehearse_month(*, job_id: int) -> None:
    """Calculate months once more under changed terms, chunk by chunk; nothing of them is written."""
    jobs.work(job_id, rehearsals.rehearse_chunk)


@shared_task
def record_silence() -> None:
    """Record «задолженности нет» where a provider's term has passed without an answer."""
    debts.record_silence(at=timezone.now())
