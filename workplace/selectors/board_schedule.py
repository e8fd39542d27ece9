"""The exchange schedule of a half-year as a table of terms, and the working days of today."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from offices.calendar import ProductionCalendar
from offices.models import CalendarDay, ExchangeSchedule, Office, ScheduledStep
from offices.months import NotAMonth, month_of, next_month, parse_month, shift_month
from offices.selectors import production_calendar
from payments.terms import last_day_for_post
from workplace.selectors.board import ITEMS, district_name

TITLES = {
    "3.4": "Сведения СФР (ранее ПФР)",
    **{item.code: item.title for item in ITEMS},
    "3.14": "Списки на выплату",
    "3.15": "Выплата",
}
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@dataclass(frozen=True, slots=True)
class Term:
    """The day most districts finish an item by; `others` are the districts with another day, `note` warns."""

    day: dt.date
    weekday: str
    others: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """An item over the months of a half-year; None where no term is planned."""

    item: str
    title: str
    terms: tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A half-year's terms; `previous` and `following` are the beginnings of the schedules beside it."""

    approved: ExchangeSchedule
    months: tuple[dt.date, ...]
    rows: tuple[ScheduleRow, ...]
    warnings: tuple[str, ...]
    previous: dt.date | None
    following: dt.date | None

    @property
    def last_month(self) -> dt.date:
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class WorkDays:
    """Working days: which one today is of how many in its calendar month, and how many are left to the payment."""

    number: int
    of_month: int
    to_payment: int | None
    post_by: dt.date | None


def schedule_of(*, asked: str, month: dt.date | None, offices: Collection[Office]) -> Schedule | None:
    """Return the schedule that begins in the month asked for as YYYY-MM, else the one that holds `month`.

    None where there is no such schedule. Five queries at most.
    """
    starts = list(ExchangeSchedule.objects.select_related("approved_by").order_by("starts_on"))
    found = _chosen(starts, asked, month)
    if found is None:
        return None
    place = starts.index(found)
    months = tuple(shift_month(found.starts_on, by) for by in range(6))
    rows, warnings = _rows(found, months, offices)
    return Schedule(
        approved=found,
        months=months,
        rows=rows,
        warnings=warnings,
        previous=starts[place - 1].starts_on if place else None,
        following=starts[place + 1].starts_on if place + 1 < len(starts) else None,
    )


def work_days(*, today: dt.date, pay_on: dt.date | None) -> WorkDays:
    """Count the working days around today, in one query."""
    first, following = month_of(today), next_month(month_of(today))
    calendar = production_calendar(start=first, end=max(following, pay_on or following))
    return WorkDays(
        number=calendar.between(first, today + dt.timedelta(days=1)),
        of_month=calendar.between(first, following),
        to_payment=calendar.between(today, pay_on) if pay_on and pay_on >= today else None,
        post_by=last_day_for_post(pay_on) if pay_on else None,
    )


def _chosen(starts: list[ExchangeSchedule], asked: str, month: dt.date | None) -> ExchangeSchedule | None:
    if asked:
        try:
            wanted = parse_month(asked)
        except NotAMonth:
            return None
        return next((one for one in starts if one.starts_on == wanted), None)
    holding = [one for one in starts if month and one.starts_on <= month < shift_month(one.starts_on, 6)]
    return next(iter(holding), starts[-1] if starts and month is None else None)


def _rows(
    schedule: ExchangeSchedule, months: tuple[dt.date, ...], offices: Collection[Office]
) -> tuple[tuple[ScheduleRow, ...], tuple[str, ...]]:
    names = {office.pk: district_name(office) for office in offices}
    steps = ScheduledStep.objects.filter(schedule=schedule, office__in=list(names))
    days: dict[tuple[str, dt.date], dict[int, dt.date]] = defaultdict(dict)
    for office, item, month, due in steps.values_list("office_id", "item", "month", "due_on"):
        days[item, month][office] = due
    end = shift_month(months[-1], 3)
    calendar = production_calendar(start=months[0], end=end)
    holidays = dict(CalendarDay.objects.filter(day__gte=months[0], day__lt=end).values_list("day", "note"))
    warnings: list[str] = []
    rows = []
    for item, title in TITLES.items():
        terms = tuple(_term(days.get((item, month), {}), names, calendar, holidays) for month in months)
        rows.append(ScheduleRow(item, title, terms))
        warnings += [
            f"п. {item} «{title}», {term.day:%d.%m.%Y}: {term.note}" for term in terms if term is not None and term.note
        ]
    return tuple(rows), tuple(warnings)


def _term(
    planned: dict[int, dt.date], names: dict[int, str], calendar: ProductionCalendar, holidays: dict[dt.date, str]
) -> Term | None:
    if not planned:
        return None
    day = min(Counter(planned.values()).most_common(), key=lambda pair: (-pair[1], pair[0]))[0]
    others = sorted((due, names[office]) for office, due in planned.items() if due != day)
    off = sorted({due for due in planned.values() if not calendar.is_working(due)})
    notes = [
        f"{due:%d.%m} — нерабочий день{f' ({holidays[due]})' if holidays.get(due) else ''}, "
        f"ближайший рабочий — {calendar.on_or_after(due):%d.%m.%Y}"
        for due in off
    ]
    return Term(day, WEEKDAYS[day.weekday()], tuple(f"{name} — {due:%d.%m}" for due, name in others), "; ".join(notes))
