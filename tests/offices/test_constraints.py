"""The database itself refuses impossible units, roles, months, jobs, journals and balances."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from offices import balances, journal
from offices.balances import Amount, Balance
from offices.journal import Paper
from offices.models import (
    BillingMonth,
    CalendarDay,
    ExchangeSchedule,
    ForbiddenRolePair,
    HandoverBalance,
    HeldAmount,
    Job,
    JournalEntry,
    NumberSeries,
    Office,
    RoleGrant,
    SavedView,
    ScheduledStep,
    Staff,
    StoredFile,
)
from tests import factories
from tests.constraints import Violation, changed, copied, stated, unnamed
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2019, 1, 1)
LATER = dt.date(2025, 1, 1)
DELETE = "DELETE FROM {table}"
EMPTY = "TRUNCATE {table} CASCADE"
CHANGE = "UPDATE {table} SET id = id"


def month() -> BillingMonth:
    return BillingMonth.objects.create(month=MONTH, opened_at=AT, opened_by=factories.staff())


def day() -> CalendarDay:
    return CalendarDay.objects.create(day=MONTH, is_working=False, note="праздник")


def schedule() -> ExchangeSchedule:
    by = factories.staff()
    return ExchangeSchedule.objects.create(starts_on=dt.date(2026, 7, 1), approved_at=AT, approved_by=by)


def step() -> ScheduledStep:
    return ScheduledStep.objects.create(
        schedule=schedule(), office=factories.office(), month=MONTH, item="3.9", due_on=MONTH
    )


def job() -> Job:
    return Job.objects.create(kind="k", key="1", task="t", requested_at=AT, requested_by=factories.staff())


def saved_view() -> SavedView:
    return SavedView.objects.create(staff=factories.staff(), page="recipients", name="Мои", query="category=1")


def stored_file() -> StoredFile:
    return StoredFile.objects.create(
        sha256="0" * 64, name="a.pdf", size=1, media_type="application/pdf", stored_at=AT, stored_by=factories.staff()
    )


def series() -> NumberSeries:
    return NumberSeries.objects.create(office=factories.office(), series="journal", year=2026, last_number=3)


def entry() -> JournalEntry:
    by = factories.staff()
    return journal.record(
        office=by.office, event="записано", paper=Paper("предмет", "3.3"), by=by, at=AT, handover=uuid.uuid4()
    )


def balance() -> HandoverBalance:
    return balances.strike(
        month=MONTH,
        item="3.9",
        stage="приём",
        office=factories.office(),
        subject="файл",
        balance=Balance(taken=Amount(3), handed_on=Amount(2), held={"no_answer": Amount(1)}),
        at=AT,
    )


def held() -> HeldAmount:
    return balance().held.get()


def closed_balance() -> HandoverBalance:
    """A balance without anything held; a copy of it may stand alone."""
    return balances.strike(
        month=MONTH,
        item="3.9",
        stage="приём",
        office=factories.office(),
        subject="файл",
        balance=Balance(taken=Amount(3), handed_on=Amount(3)),
        at=AT,
    )


def superseding() -> HandoverBalance:
    return balances.strike(
        month=MONTH,
        item="3.9",
        stage="приём",
        office=factories.office(),
        subject="файл снова",
        balance=Balance(taken=Amount(3), handed_on=Amount(3)),
        at=AT,
        supersedes=closed_balance(),
    )


def grant() -> RoleGrant:
    return factories.staff("intake").grants.get()


def second_grant() -> RoleGrant:
    return factories.staff("intake", "exchange").grants.get(role="exchange")


def pair() -> ForbiddenRolePair:
    return ForbiddenRolePair.objects.create(first="intake", second="intake")


def small_district() -> object:
    return factories.district(code="00001", name="Первый")


def unit() -> Office:
    return factories.unit(code="u", name="Подразделение")


VIOLATIONS: list[Violation] = [
    copied("offices.SavedView", "saved_view_has_its_name_once", saved_view, fine={"name": "Иной"}, query="new=1"),
    changed("offices.SavedView", "saved_view_has_a_name", saved_view, name=""),
    changed("offices.Bank", "bik_has_nine_digits", factories.bank, bik="144525225"),
    copied("offices.Bank", "unique bik", factories.bank, fine={"bik": "049999999"}, name="другой"),
    changed("offices.BillingMonth", "billing_month_is_a_first_day", month, month=dt.date(2026, 10, 2)),
    changed("offices.BillingMonth", "billing_month_is_a_first_day", month, month=dt.date(2006, 12, 1)),
    stated("offices.BillingMonth", "is_never_deleted", month, DELETE),
    stated("offices.BillingMonth", "is_never_emptied", month, EMPTY),
    stated(
        "offices.BillingMonth",
        "month_closes_after_it_opens",
        month,
        "UPDATE {table} SET closed_by_id = opened_by_id, closed_at = opened_at - interval '1 second'",
    ),
    changed("offices.BillingMonth", "month_is_closed_by_someone", month, closed_at=AT),
    copied("offices.BillingMonth", "unique month", month, fine={"month": LATER}, opened_at=AT),
    copied("offices.CalendarDay", "unique day", day, fine={"day": LATER}, is_working=True),
    stated(
        "offices.Decree",
        "decree_is_listed_once",
        factories.decree,
        "INSERT INTO {table} (title, number, issued_on, issuer, is_assumed, note)"
        " SELECT 'иначе', number, issued_on, issuer, false, '' FROM {table} WHERE id = {key}",
    ),
    changed("offices.District", "district_codes_are_digits", factories.district, code="1234A"),
    changed("offices.District", "district_codes_are_digits", factories.district, oktmo="1234567"),
    copied("offices.District", "unique code", small_district, fine={"code": "00002", "name": "Второй"}, name="Третий"),
    copied("offices.District", "unique name", small_district, fine={"code": "00002", "name": "Второй"}, code="00003"),
    changed("offices.ExchangeSchedule", "schedule_starts_a_half_year", schedule, starts_on=dt.date(2026, 7, 2)),
    changed("offices.ExchangeSchedule", "schedule_starts_a_half_year", schedule, starts_on=dt.date(2026, 4, 1)),
    copied(
        "offices.ExchangeSchedule",
        "unique starts_on",
        schedule,
        fine={"starts_on": dt.date(2027, 1, 1)},
        approved_at=AT,
    ),
    copied("offices.ForbiddenRolePair", "forbidden_role_pair_is_listed_once", pair, fine={"second": "head"}),
    copied(
        "offices.HandoverBalance",
        "handover_balance_is_struck_once",
        closed_balance,
        fine={"subject": "другой файл"},
        at=timezone.now(),
    ),
    copied(
        "offices.HandoverBalance",
        "handover_balance_month_is_a_first_day",
        closed_balance,
        fine={"month": LATER},
        month=dt.date(2026, 10, 2),
    ),
    copied(
        "offices.HandoverBalance",
        "handover_balance_roubles_are_numbers",
        closed_balance,
        fine={"subject": "б", "roubles_in": "9999999999.990000", "roubles_on": "9999999999.990000"},
        roubles_in="NaN",
        roubles_on="NaN",
    ),
    copied(
        "offices.HandoverBalance",
        "handover_roubles_balance",
        closed_balance,
        fine={"subject": "б", "roubles_in": 5, "roubles_on": 5},
        roubles_in=5,
    ),
    copied(
        "offices.HandoverBalance",
        "handover_rows_balance",
        closed_balance,
        fine={"subject": "б", "rows_in": 5, "rows_on": 5},
        rows_in=4,
    ),
    copied(
        "offices.HandoverBalance",
        "held_reasons_add_up",
        closed_balance,
        fine={"subject": "б"},
        subject="в",
        rows_on=2,
        rows_held=1,
    ),
    stated("offices.HandoverBalance", "is_append_only", balance, CHANGE),
    stated("offices.HandoverBalance", "is_append_only", balance, DELETE),
    stated("offices.HandoverBalance", "is_never_emptied", balance, EMPTY),
    copied(
        "offices.HandoverBalance",
        "unique supersedes",
        superseding,
        fine={"subject": "б", "supersedes_id": None},
        subject="в",
    ),
    copied("offices.HeldAmount", "held_reason_is_counted_once", held, fine=None, rows=0),
    copied("offices.HeldAmount", "reasons_add_up_to_their_balance", held, fine={"reason": "a", "rows": 0}, reason="b"),
    stated("offices.HeldAmount", "is_append_only", held, CHANGE),
    stated("offices.HeldAmount", "is_append_only", held, DELETE),
    stated("offices.HeldAmount", "is_never_emptied", held, EMPTY),
    changed("offices.Job", "a_finished_job_has_its_end", job, state="done"),
    changed("offices.Job", "a_finished_job_has_its_end", job, finished_at=AT),
    changed("offices.Job", "job_of_a_district_knows_its_office", job, kind="calculate_run"),
    changed("offices.Job", "job_progresses_after_it_is_taken", job, progressed_at=AT),
    changed("offices.Job", "job_does_not_exceed_its_total", job, done=2, total=1),
    copied("offices.Job", "one_live_job_per_kind_and_key", job, fine={"key": "2"}, task="u"),
    changed("offices.Job", "only_a_running_job_holds_a_lease", job, lease_until=AT),
    changed("offices.Job", "only_a_running_job_holds_a_lease", job, state="running"),
    copied(
        "offices.JournalEntry",
        "handover_has_one_entry_per_office",
        entry,
        fine={"number": 2, "handover": None},
        number=3,
    ),
    stated("offices.JournalEntry", "is_append_only", entry, CHANGE),
    stated("offices.JournalEntry", "is_append_only", entry, DELETE),
    stated("offices.JournalEntry", "is_never_emptied", entry, EMPTY),
    copied(
        "offices.JournalEntry",
        "journal_number_is_given_once",
        entry,
        fine={"number": 2, "handover": None},
        handover=None,
    ),
    copied("offices.NumberSeries", "numbers_are_given_in_one_series", series, fine={"year": 2027}, last_number=9),
    changed("offices.Office", "only_a_district_office_has_a_district", factories.office, kind="payments"),
    changed("offices.Office", "only_a_district_office_has_a_district", factories.office, district_id=None),
    copied("offices.Office", "unique code", unit, fine={"code": "v", "name": "Другое"}, name="Третье"),
    copied("offices.Office", "unique name", unit, fine={"code": "v", "name": "Другое"}, code="w"),
    copied("offices.Office", "unique district", factories.office, fine=None, code="w", name="Ещё один отдел"),
    changed("offices.PostOffice", "post_index_has_six_digits", factories.post_office, index="21400a"),
    copied("offices.PostOffice", "unique index", factories.post_office, fine={"index": "999999"}, address="иначе"),
    changed("offices.RoleGrant", "role_grant_names_a_known_role", grant, role="boss"),
    changed("offices.RoleGrant", "role_grant_period_is_not_empty", grant, valid_to=LONG_AGO),
    copied(
        "offices.RoleGrant",
        "role_grants_do_not_overlap",
        grant,
        fine={"valid_from": BEFORE, "valid_to": LONG_AGO},
        valid_from=LATER,
    ),
    stated(
        "offices.RoleGrant",
        "role_is_not_granted_to_oneself",
        grant,
        "UPDATE {table} SET granted_by_id = staff_id WHERE id = {key}",
    ),
    changed("offices.RoleGrant", "roles_do_not_conflict", second_grant, role="auditor"),
    copied(
        "offices.RoleGrant",
        "roles_do_not_conflict",
        grant,
        fine={"role": "payments", "valid_from": BEFORE, "valid_to": LONG_AGO},
        role="payments",
    ),
    copied("offices.ScheduledStep", "scheduled_step_is_set_once", step, fine={"item": "3.10"}, due_on=LATER),
    changed("offices.ScheduledStep", "scheduled_step_month_is_a_first_day", step, month=dt.date(2026, 10, 2)),
    changed("offices.Staff", "staff_snils_has_eleven_digits", factories.staff, snils="1122334459"),
    copied("offices.Staff", "unique username", factories.staff, fine={"username": "иная"}, first_name="Иная"),
    stated("offices.StoredFile", "is_append_only", stored_file, CHANGE),
    stated("offices.StoredFile", "is_append_only", stored_file, DELETE),
    stated("offices.StoredFile", "is_never_emptied", stored_file, EMPTY),
    *(
        copied("offices.StoredFile", "stored_file_has_a_hash_and_a_size", stored_file, fine={"size": 0}, **columns)
        for columns in ({"size": -1}, {"sha256": "0" * 63}, {"sha256": "A" * 64})
    ),
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation: Violation) -> None:
    violation.check()


def test_names_every_constraint_of_the_app() -> None:
    assert unnamed("offices", violations=VIOLATIONS) == set()


def test_knows_the_pairs_of_roles_that_never_meet() -> None:
    pairs = {frozenset(pair) for pair in ForbiddenRolePair.objects.values_list("first", "second")}
    for together in ({"administrator", "auditor"}, {"intake", "payments"}, {"verifier", "accountant"}):
        assert frozenset(together) in pairs
    for allowed in ({"intake", "exchange"}, {"exchange", "checking"}, {"reception", "registries"}):
        assert frozenset(allowed) not in pairs


def test_lets_roles_follow_one_another() -> None:
    clerk = factories.staff("intake")
    clerk.grants.update(valid_to=LATER)
    RoleGrant.objects.create(staff=clerk, role="payments", order="приказ", valid_from=LATER)
    assert Staff.objects.get(pk=clerk.pk).roles_on(LATER) == {"payments"}
