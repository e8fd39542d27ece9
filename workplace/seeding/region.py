"""The demo region as a whole: the same for the same seed, made once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from offices.models import Job, Office, Role, Staff
from offices.refusals import Refusal
from offices.services import schedule
from workplace.demo.population import population
from workplace.seeding import calendar, directories, employees, places
from workplace.seeding.population import Clerks, Population
from workplace.seeding.signers import Signers

KIND = "demo_region"


class RegionDiffers(Refusal):
    """The database holds something else than the region asked for."""


@dataclass(frozen=True, slots=True)
class Region:
    """What region is asked for: how many rights, by which seed, from which month billed.

    `answers_begin_on` is the day of a month from which the schedule expects providers' answers.
    """

    recipients: int
    seed: int
    month: dt.date
    answers_begin_on: int = schedule.ANSWERS_BEGIN_ON

    @property
    def key(self) -> str:
        return f"{self.recipients}/{self.seed}/{self.month:%Y-%m}"


def seed_region(region: Region, *, at: dt.datetime, tell: Callable[[str], None]) -> bool:
    """Make the region, and say whether anything was written; a finished one is left as it is.

    The directories are one transaction; the people follow in batches, and a seeding that was
    interrupted among them has to begin on an empty database.
    A region of an earlier edition is given the coded grounds it lacks. Raises RegionDiffers.
    """
    if Office.objects.exists():
        _require_same(region)
        if added := directories.add_missing_grounds():
            tell(f"Справочник оснований дополнен, строк: {added}.")
        return False
    with transaction.atomic():
        tell("Районы, отделы, сотрудники…")
        places.seed_offices()
        employees.seed_employees()
        seeded = places.seed_places()
        tell("Справочники: тарифы, нормативы, предприятия, форматы файлов…")
        directories.seed_directories(seeded, signers=_signers(at))
        calendar.seed_calendar()
        _seed_schedules(region, at)
        job = _begun(region, at)
    tell(f"Получатели: {region.recipients}…")
    families = population(recipients=region.recipients, seed=region.seed, month=region.month)
    rights = Population(seeded, _clerks(), month=region.month, at=at).seed(families)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, finished_at=at, result={"rights": rights})
    return True


def _require_same(region: Region) -> None:
    made = Job.objects.filter(kind=KIND).first()
    if made is None:
        raise RegionDiffers("База уже не пуста, а область в ней не учебная: учебная создаётся только в пустой базе.")
    if made.key != region.key:
        raise RegionDiffers(f"В базе уже есть другая учебная область ({made.key}); создайте новую в другом каталоге.")
    if made.state != Job.State.DONE:
        raise RegionDiffers("Создание области было прервано. Удалите каталог данных (APP_VAR) и начните снова.")


def _begun(region: Region, at: dt.datetime) -> Job:
    return Job.objects.create(
        kind=KIND,
        key=region.key,
        task="",
        state=Job.State.FAILED,
        error="создание не закончено",
        parameters={"recipients": region.recipients, "seed": region.seed},
        requested_at=at,
        requested_by=Staff.objects.get(username="admin"),
        finished_at=at,
    )


def _signers(at: dt.datetime) -> Signers:
    city = Office.objects.get(code="66401")
    return Signers(
        enters=employees.with_role(Role.CALCULATION, city), confirms=employees.with_role(Role.HEAD, city), at=at
    )


def _clerks() -> Clerks:
    offices = list(Office.objects.filter(kind=Office.Kind.DISTRICT))
    payments = Office.objects.get(kind=Office.Kind.PAYMENTS)
    return Clerks(
        registers={office.code: employees.with_role(Role.INTAKE, office) for office in offices},
        confirms={office.code: employees.with_role(Role.HEAD, office) for office in offices},
        accepts=employees.with_role(Role.RECEPTION, payments),
    )


def _seed_schedules(region: Region, at: dt.datetime) -> None:
    head = Staff.objects.get(username="rukovoditel")
    year = region.month.year
    for starts_on in (dt.date(year, 1, 1), dt.date(year, 7, 1), dt.date(year + 1, 1, 1)):
        schedule.plan_schedule(starts_on=starts_on, by=head, at=at, answers_begin_on=region.answers_begin_on)
