"""A small demo region and its months, played in a few offices."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.test import override_settings

from calculations.models import Accrual, AccrualLine, CalculationRun
from offices import jobs
from offices.models import HandoverBalance, Job, JournalEntry, StoredFile
from payments.models import PaymentLine, PaymentRegister, ReturnedPayment
from providers.models import Charge
from recipients.models import Change, Termination
from workplace.seeding.region import Region, seed_region
from workplace.services.playing.month import steps_of
from workplace.services.playing.scene import Scene, scene_of
from workplace.simulation.manners import GOOD, Manners, Planted

AUGUST, SEPTEMBER, OCTOBER = (dt.date(2026, month, 1) for month in (8, 9, 10))
OFFICES = ("66205", "66244")
SEED = 7
WILD = replace(
    GOOD, silent=0.04, late=0.15, wrong_month=0.08, wrong_code_page=0.06, truncated=0.08, sent_again=0.6, tariff=0.05,
    area=0.05, residents=0.05, missing=0.04, stranger=0.05, duplicate=0.05, product=0.04, negative=0.04,
    foreign_service=0.3, arrears=0.05, recalculation=0.05, recalculation_without_month=0.04,
    recalculation_too_large=0.12, disappeared=0.05, died=0.5, group=0.05, certificate=0.05, unknown_person=0.04,
    faulty_row=0.03, returned=0.2, deaths=0.08, moves=0.08,
)  # fmt: skip
THOROUGH = replace(
    WILD, unreadable=0.03, other_month=0.03, other_account=0.03, not_found=0.03, other_person=0.03, norm=0.04,
    mixed_tariff=0.12, volume=0.12, undersupply=0.12, metering=0.04, before_right=0.04, absent_service=0.05, jump=0.12,
    stopped=0.04,
)  # fmt: skip
"""Every fault that a provider's file can have, and the fund's."""


def seed(recipients: int = 100, *, month: dt.date = AUGUST) -> None:
    """Make the region, always the same one."""
    at = dt.datetime.combine(month, dt.time(9), tzinfo=ZoneInfo("Europe/Moscow"))
    seed_region(Region(recipients, SEED, month), at=at, tell=lambda _: None)


@contextmanager
def region_of_its_own(files: Path, recipients: int = 100) -> Iterator[None]:
    """Give a region that several tests of a module look at, and take it back after them."""
    with override_settings(FILES_ROOT=files), transaction.atomic():
        seed(recipients)
        yield
        transaction.set_rollback(True)


def here(waiting: Sequence[Job]) -> None:
    """Do the jobs in this process."""
    for job in waiting:
        assert jobs.run_here(job).state == Job.State.DONE, job.error


def scene(
    month: dt.date,
    *,
    manners: Manners = WILD,
    offices: Sequence[str] = OFFICES,
    calculate: Callable[[Sequence[Job]], None] = here,
) -> Scene:
    return scene_of(month=month, manners=manners, calculate=calculate, office_codes=offices)


def play(
    month: dt.date,
    *,
    manners: Manners = WILD,
    offices: Sequence[str] = OFFICES,
    calculate: Callable[[Sequence[Job]], None] = here,
) -> list[Planted]:
    """Play a month and tell what was planted."""
    steps = steps_of(scene=scene(month, manners=manners, offices=offices, calculate=calculate))
    return [one for step in steps for one in step.play()]


def everything(month: dt.date) -> dict[str, list[Any]]:
    """Tell a month's facts by natural keys: no ids, no journal numbers, nothing that depends on the order of writing."""
    person = "recipient__person__snils"
    return {
        "charges": listed(Charge.objects.filter(month=month), person, "account__number", "service", "billed"),
        "runs": listed(CalculationRun.objects.filter(month=month), "office__code", "number", "status", "total", "lines"),
        "accruals": listed(
            Accrual.objects.filter(month=month), "run__number", person, "entitlement__category", "billed", "accrued"
        ),
        "lines": listed(
            AccrualLine.objects.filter(month=month, run__status="approved"),
            person, "service", "account__number", "billed", "base", "share", "accrued", "rule", "reason",
        ),
        "paid": listed(
            PaymentLine.objects.filter(list__month=month),
            person, "list__kind", "kind", "bank", "account", "post_office", "payable", "status", "address",
        ),
        "registers": listed(
            PaymentRegister.objects.filter(month=month), "channel", "bank", "number", "rows", "total", "status"
        ),
        "returned": listed(
            ReturnedPayment.objects.filter(line__list__month=month), "line__recipient__person__snils", "reason", "outcome"
        ),
        "balances": listed(
            HandoverBalance.objects.filter(month=month, superseded_by__isnull=True),
            "item", "stage", "office__code", "rows_in", "rows_on", "rows_held", "roubles_in", "roubles_on", "at",
        ),
        "changes": listed(Change.objects.filter(batch__month=month), person, "kind", "happened_on"),
        "endings": listed(
            Termination.objects.annotate(who=F("entitlement__recipient__person__snils")), "who", "ends_on", "status"
        ),
        "journal": listed(JournalEntry.objects.all(), "office__code", "event", "item", "at", "rows", "roubles"),
        "files": listed(StoredFile.objects.exclude(name__startswith="ZKU_"), "name", "media_type", "stored_at"),
    }  # fmt: skip


def listed(rows: Any, *names: str) -> list[Any]:
    return sorted(rows.values_list(*names), key=repr)
