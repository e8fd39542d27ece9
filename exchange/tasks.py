from celery import shared_task

from exchange.services import loading_jobs, people_jobs, region_uploads, uploads
from offices import jobs


@shared_task(acks_late=True)
def receive_return(*, job_id: int) -> None:
    """Receive a brought file. Running it again changes nothing."""
    jobs.work(job_id, uploads.receive_next)


@shared_task(acks_late=True)
def receive_region(*, job_id: int) -> None:
    """Receive a brought answer for the whole region. Running it again changes nothing."""
    jobs.work(job_id, region_uploads.receive_region_next)


@shared_task(acks_late=True)
def verify_return(*, job_id: int) -> None:
    """Check a received file. Running it again changes nothing."""
    jobs.work(job_id, uploads.verify_next)


@shared_task(acks_late=True)
def load_return(*, job_id: int) -> None:
    """Load what stood the check. Running it again changes nothing."""
    jobs.work(job_id, loading_jobs.load_next)


@shared_task(acks_late=True)
def take_people(*, job_id: int) -> None:
    """Take a list of people. Running it again changes nothing."""
    jobs.work(job_id, people_jobs.take_next)
