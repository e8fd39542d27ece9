"""Items 3.14 and 3.15 for the whole region as jobs: a district's list or one register in each step."""

import datetime as dt

from django.db import transaction

from calculations.models import CalculationRun
from offices import jobs
from offices.jobs import Progress
from offices.models import Job, Office, Staff
from payments.selectors.registers import banks_to_register, post_waits
from payments.services.lists import build_payment_list
from payments.services.registers import build_bank_register, build_post_register


@transaction.atomic
def request_lists(*, month: dt.date, by: Staff, at: dt.datetime) -> Job:
    """Ask for the lists of all districts whose run of the month is approved."""
    job = jobs.request(
        kind="build_lists",
        key=f"{month:%Y-%m}",
        task="payments.tasks.build_lists",
        by=by,
        at=at,
        parameters={"month": month.isoformat()},
    )
    jobs.ring_after_commit(job)
    return job


@transaction.atomic
def request_registers(*, month: dt.date, by: Staff, at: dt.datetime) -> Job:
    """Ask for the registers of every bank and of the post that lines of the month wait for."""
    job = jobs.request(
        kind="form_registers",
        key=f"{month:%Y-%m}",
        task="payments.tasks.form_registers",
        by=by,
        at=at,
        parameters={"month": month.isoformat()},
    )
    jobs.ring_after_commit(job)
    return job


@transaction.atomic
def build_next_list(job: Job, /) -> Progress:
    """Build the list of the next district in the order of its id, as the requester at the moment of asking."""
    month = dt.date.fromisoformat(job.parameters["month"])
    approved = CalculationRun.objects.filter(month=month, status=CalculationRun.Status.APPROVED)
    offices = list(Office.objects.filter(pk__in=approved.values("office")).order_by("pk"))
    waiting = [office for office in offices if office.pk > job.cursor.get("office", 0)]
    if not waiting:
        return Progress(job.cursor, len(offices), len(offices), is_finished=True, result={"lists": len(offices)})
    build_payment_list(office=waiting[0], month=month, by=job.requested_by, at=job.requested_at)
    done = len(offices) - len(waiting) + 1
    return Progress({"office": waiting[0].pk}, done, len(offices), is_finished=False)


@transaction.atomic
def form_next_register(job: Job, /) -> Progress:
    """Form the next register that lines wait for, banks by BIK, then the post."""
    month = dt.date.fromisoformat(job.parameters["month"])
    banks, post = banks_to_register(month), post_waits(month)
    waiting = len(banks) + post
    if not waiting:
        return Progress(job.cursor, job.done, job.done, is_finished=True, result={"registers": job.done})
    if banks:
        build_bank_register(bik=banks[0], month=month, by=job.requested_by, at=job.requested_at)
    else:
        build_post_register(month=month, by=job.requested_by, at=job.requested_at)
    return Progress({}, job.done + 1, job.done + waiting, is_finished=False)
