"""The exchange schedule gives every procedure its limit on working days; what is late shows."""

import datetime as dt
import itertools

import pytest

from offices import balances, selectors
from offices.balances import Amount, Balance
from offices.calendar import ProductionCalendar, day_of
from offices.models import CalendarDay, ExchangeSchedule, Office, ScheduledStep
from offices.selectors import UnitNotFound
from offices.services import schedule
from offices.services.schedule import NobodyToPlanFor, NotAHalfYear, SchedulePlanned
from tests import factories
from tests.factories import AT, MONTH

HALF_YEAR = dt.date(2026, 7, 1)
ITEMS = ["3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"]
LIMITS = {"3.4": 1, "3.5": 1, "3.6": 2, "3.7": 1, "3.8": 5, "3.10": 0, "3.11": 2, "3.12": 5, "3.13": 3, "3.14": 0,
          "3.15": 3}  # fmt: skip
HOLIDAY = dt.date(2026, 11, 4)  # a Wednesday
CALENDAR = ProductionCalendar({HOLIDAY: False, dt.date(2026, 10, 31): True})


def test_knows_weekends_holidays_and_moved_working_days() -> None:
    days = [dt.date(2026, 10, 30), dt.date(2026, 10, 31), dt.date(2026, 11, 1), HOLIDAY]
    assert [CALENDAR.is_working(day) for day in days] == [True, True, False, False]


def test_moves_a_term_to_a_working_day() -> None:
    assert CALENDAR.on_or_after(dt.date(2026, 11, 1)) == dt.date(2026, 11, 2)
    assert CALENDAR.on_or_after(HOLIDAY) == dt.date(2026, 11, 5)
    assert CALENDAR.on_or_before(dt.date(2026, 11, 1)) == dt.date(2026, 10, 31)
    assert CALENDAR.on_or_before(HOLIDAY) == dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, dt.date(2026, 11, 3)), (1, dt.date(2026, 11, 5)), (3, dt.date(2026, 11, 9)), (-2, dt.date(2026, 10, 31))],
    ids=["none", "over the holiday", "over the weekend", "backwards"],
)
def test_counts_working_days_from_a_day(days: int, expected: dt.date) -> None:
    assert CALENDAR.add(dt.date(2026, 11, 3), working_days=days) == expected


def test_counts_the_working_days_of_a_period() -> None:
    assert CALENDAR.between(dt.date(2026, 10, 31), dt.date(2026, 11, 9)) == 5


def test_takes_the_day_in_the_region_and_not_in_greenwich() -> None:
    assert day_of(dt.datetime(2026, 10, 31, 21, 30, tzinfo=dt.UTC)) == dt.date(2026, 11, 1)


@pytest.mark.django_db
class TestSchedule:
    def plan(self, starts_on: dt.date = HALF_YEAR) -> ExchangeSchedule:
        head = factories.staff("department_head", office=factories.unit(Office.Kind.MANAGEMENT))
        return schedule.plan_schedule(starts_on=starts_on, by=head, at=AT)

    def test_plans_every_item_of_six_months_for_every_office(self) -> None:
        offices = [factories.office() for _ in range(27)]
        planned = self.plan()
        assert planned.steps.count() == 27 * 6 * len(ITEMS)
        months = planned.steps.order_by("month").values_list("month", flat=True).distinct()
        assert list(months) == [dt.date(2026, month, 1) for month in range(7, 13)]
        of_one = planned.steps.filter(office=offices[5], month=MONTH).order_by("due_on", "pk")
        assert [step.item for step in of_one] == ITEMS

    @pytest.mark.parametrize("month", [dt.date(2026, 7, 1), MONTH, dt.date(2026, 12, 1)], ids=str)
    def test_gives_every_procedure_its_whole_limit_and_ends_it_on_a_working_day(self, month: dt.date) -> None:
        office = factories.office()
        CalendarDay.objects.create(day=HOLIDAY, is_working=False, note="День народного единства")
        CalendarDay.objects.bulk_create(
            CalendarDay(day=dt.date(2027, 1, day), is_working=False, note="Новый год") for day in range(1, 9)
        )
        self.plan()
        calendar = selectors.production_calendar(start=HALF_YEAR, end=dt.date(2027, 3, 1))
        due = {item: selectors.due_on(office=office, month=month, item=item) for item in ITEMS}
        for former, item in itertools.pairwise(ITEMS):
            assert calendar.is_working(due[item])
            assert (due[item] - due[former]).days >= LIMITS.get(item, 1)
            if item != "3.9":
                assert due[item] == calendar.on_or_after(due[former] + dt.timedelta(days=LIMITS[item]))
        after = (month + dt.timedelta(days=31)).replace(day=1)
        assert due["3.8"] < after <= due["3.9"]
        assert due["3.15"] < (after + dt.timedelta(days=31)).replace(day=1)

    def test_plans_a_half_year_once(self) -> None:
        factories.office()
        self.plan()
        with pytest.raises(SchedulePlanned):
            self.plan()

    @pytest.mark.parametrize("day", [dt.date(2026, 7, 2), dt.date(2026, 4, 1)], ids=str)
    def test_plans_only_from_january_or_july(self, day: dt.date) -> None:
        factories.office()
        with pytest.raises(NotAHalfYear):
            self.plan(day)

    def test_plans_nothing_for_nobody(self) -> None:
        with pytest.raises(NobodyToPlanFor):
            self.plan()

    def test_moves_a_day_of_one_office(self) -> None:
        mine, other = factories.office(), factories.office()
        self.plan()
        step = ScheduledStep.objects.get(office=mine, month=MONTH, item="3.9")
        moved = dt.date(2026, 11, 20)
        schedule.move_step(step_id=step.pk, due_on=moved, by=factories.staff(), at=AT)
        assert selectors.due_on(office=mine, month=MONTH, item="3.9") == moved
        assert selectors.due_on(office=other, month=MONTH, item="3.9") == step.due_on

    def test_shows_what_is_late_until_its_balance_is_struck(self) -> None:
        office, other = factories.office(), factories.office()
        self.plan()
        day = selectors.due_on(office=office, month=MONTH, item="3.8") + dt.timedelta(days=1)

        def late() -> set[tuple[str, Office]]:
            found = selectors.overdue_steps(on=day).filter(month=MONTH)
            return {(step.item, step.office) for step in found if step.item in {"3.4", "3.8", "3.9"}}

        assert late() == {(item, who) for item in ("3.4", "3.8") for who in (office, other)}
        self.strike("3.8", office)
        assert ("3.8", office) not in late()
        assert ("3.8", other) in late()
        self.strike("3.4", factories.unit(Office.Kind.PAYMENTS))
        assert late() == {("3.8", other)}
        done = {(step.item, step.office) for step in selectors.steps_of(month=MONTH) if step.is_done}
        assert done == {("3.8", office), ("3.4", office), ("3.4", other)}

    def test_shows_nothing_late_on_the_very_day(self) -> None:
        office = factories.office()
        self.plan()
        day = selectors.due_on(office=office, month=HALF_YEAR, item="3.4")
        assert not selectors.overdue_steps(on=day).filter(item="3.4").exists()

    def strike(self, item: str, office: Office) -> None:
        balances.strike(
            month=MONTH, item=item, stage="э", office=office, subject="п", balance=Balance(Amount(1), Amount(1)), at=AT
        )


@pytest.mark.django_db
def test_finds_the_one_unit_of_a_kind() -> None:
    with pytest.raises(UnitNotFound, match="нет"):
        selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
    unit = factories.unit(Office.Kind.PAYMENTS)
    assert selectors.unit_of_kind(kind=Office.Kind.PAYMENTS) == unit
    factories.unit(Office.Kind.PAYMENTS)
    with pytest.raises(UnitNotFound, match="больше одного"):
        selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
