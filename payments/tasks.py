from celery import shared_task

from offices import jobs
from payments.services import month


@shared_task(acks_late=True)
def build_lists(*, job_id: int) -> None:
    """Build the lists of all districts, one after another. Running it again changes nothing."""
    jobs.work(job_id, month.build_next_list)


@shared_task(acks_late=True)
def form_registers(*, job_id: int) -> None:
    """Form the registers of a month, one after another. Running it again changes nothing."""
    jobs.work(job_id, month.form_next_register)
