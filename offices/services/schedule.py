"""The exchange schedule of a half-year: who finishes what by which day (3.5.1 б, 3.6.2 and on)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from offices import journal, selectors
from offices.calendar import ProductionCalendar
from offices.journal import Paper
from offices.models import ExchangeSchedule, Office, ScheduledStep, Staff
from offices.months import next_month, shift_month
from offices.refusals import Refusal


class SchedulePlanned(Refusal):
    """The half-year has its schedule already."""


class NotAHalfYear(Refusal):
    """A schedule begins on the first of January or of July."""


class NobodyToPlanFor(Refusal):
    """There is no district office."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An item of the regulation and its limit in calendar days; 0 is within the same day."""

    item: str
    days: int


# Source: Regulation 369 of 30.10.2007, items 3.4.6, 3.5.3, 3.6.2, 3.7.5, 3.8.3, 3.9.3, 3.10.2, 3.11.2, 3.12.2,
# 3.13.2, 3.14.2, 3.15.5. Items 3.10 (two hours) and 3.14 (three hours) end on the day they begin.
REQUESTS = (
    Procedure("3.4", 1), Procedure("3.5", 1), Procedure("3.6", 2), Procedure("3.7", 1), Procedure("3.8", 5),
)  # fmt: skip
ANSWERS = (
    Procedure("3.9", 1), Procedure("3.10", 0), Procedure("3.11", 2), Procedure("3.12", 5), Procedure("3.13", 3),
    Procedure("3.14", 0), Procedure("3.15", 3),
)  # fmt: skip
REQUESTS_BEGIN_ON = 18  # of the month billed: the requests are with the providers before it ends
ANSWERS_BEGIN_ON = 4  # of the month after: the providers have billed by then


@transaction.atomic
def plan_schedule(
    *, starts_on: dt.date, by: Staff, at: dt.datetime, answers_begin_on: int = ANSWERS_BEGIN_ON
) -> ExchangeSchedule:
    """Plan the six months of a half-year for every district office.

    Providers' answers are expected from the day `answers_begin_on` (1 to 28) of the month after the one billed.

    Each procedure has its whole limit after the one before it; a term that falls on a day off moves
    to the next working day. An administrator may move a day afterwards.
    Raises NotAHalfYear, SchedulePlanned, NobodyToPlanFor.
    """
    if starts_on.day != 1 or starts_on.month not in {1, 7}:
        raise NotAHalfYear("График обмена составляют на полугодие: с 1 января или с 1 июля.")
    if ExchangeSchedule.objects.filter(starts_on=starts_on).exists():
        raise SchedulePlanned(f"График обмена с {starts_on:%d.%m.%Y} уже утверждён.")
    offices = list(selectors.district_offices())
    if not offices:
        raise NobodyToPlanFor("В справочнике нет районных отделов: график составлять не для кого.")
    schedule = ExchangeSchedule.objects.create(starts_on=starts_on, approved_at=at, approved_by=by)
    ScheduledStep.objects.bulk_create(_steps(schedule, offices, answers_begin_on), batch_size=1000)
    _journal(schedule, offices=len(offices), by=by, at=at)
    return schedule


@transaction.atomic
def move_step(*, step_id: int, due_on: dt.date, by: Staff, at: dt.datetime) -> ScheduledStep:
    """Give one office another day for an item of a month."""
    step = ScheduledStep.objects.select_for_update(of=("self",)).select_related("office").get(pk=step_id)
    former, step.due_on = step.due_on, due_on
    step.save(update_fields=["due_on"])
    paper = Paper(subject=f"пункт {step.item}: с {former:%d.%m.%Y} на {due_on:%d.%m.%Y}", item="3.5", month=step.month)
    journal.record(office=step.office, event="срок графика перенесён", paper=paper, by=by, at=at)
    return step


def _steps(schedule: ExchangeSchedule, offices: list[Office], answers_begin_on: int) -> Iterator[ScheduledStep]:
    months = [shift_month(schedule.starts_on, place) for place in range(6)]
    calendar = selectors.production_calendar(start=schedule.starts_on, end=shift_month(schedule.starts_on, 9))
    for month in months:
        days = _days(month, answers_begin_on, calendar)
        for office in offices:
            for item, day in days:
                yield ScheduledStep(schedule=schedule, office=office, month=month, item=item, due_on=day)


def _days(month: dt.date, answers_begin_on: int, calendar: ProductionCalendar) -> list[tuple[str, dt.date]]:
    planned = []
    requests_begin = month.replace(day=REQUESTS_BEGIN_ON)
    answers_begin = next_month(month).replace(day=answers_begin_on)
    day = requests_begin
    for part, begins in ((REQUESTS, requests_begin), (ANSWERS, answers_begin)):
        day = max(day, begins)
        for procedure in part:
            day = calendar.on_or_after(day + dt.timedelta(days=procedure.days))
            planned.append((procedure.item, day))
    return planned


def _journal(schedule: ExchangeSchedule, *, offices: int, by: Staff, at: dt.datetime) -> None:
    if by.office is not None:
        paper = Paper(subject=f"{schedule}, отделов: {offices}", item="3.5")
        journal.record(office=by.office, event="график обмена утверждён", paper=paper, by=by, at=at)
