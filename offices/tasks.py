from celery import shared_task

from offices import jobs


@shared_task
def reconcile_jobs() -> None:
    """Ring again every job whose ring or worker was lost."""
    jobs.reconcile()
