"""A finished run goes to the department with its file, both journals and a balance, and is frozen (3.12)."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest
from django.db import DatabaseError

from calculations.models import Accrual, CalculationRun
from calculations.selectors import AccrualRow, accrual_rows, office_totals, offices_without_run
from calculations.services import runs
from calculations.services.handover import NoSubsidiesUnit, RunOutOfDate
from offices import files
from offices.models import HandoverBalance, JournalEntry, Office
from providers.models import ServiceAccount
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db
FILE = b"bytes of the accrual file"


@pytest.fixture
def office() -> Office:
    factories.open_month()
    town.directories()
    return factories.office()


def calculated(office: Office) -> CalculationRun:
    family = town.family(office)
    town.bills(family, town.BILLS_OF_EX_2)
    town.bill(family, "22", "5000.123456")
    return town.calculate(office)


def submit(run: CalculationRun) -> CalculationRun:
    return runs.submit_run(run_id=run.pk, accrual_file=FILE, by=town.specialist(run.office), at=factories.AT)


def test_hands_the_file_over_with_its_hash_rows_and_roubles_in_both_journals(office) -> None:
    unit = factories.unit(Office.Kind.SUBSIDIES)
    run = submit(calculated(office))
    assert (run.status, files.read(run.accrual_file)) == ("submitted", FILE)
    entries = JournalEntry.objects.filter(item="3.12").order_by("pk")
    assert {(entry.office, entry.event) for entry in entries} == {(office, "передано"), (unit, "получено")}
    for entry in entries:
        assert entry.sha256 == hashlib.sha256(FILE).hexdigest()
        assert (entry.rows, entry.roubles, entry.month) == (7, Decimal("804.25"), factories.MONTH)


def test_balances_charges_in_lines_and_withheld_to_the_last_decimal(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    submit(calculated(office))
    balance = HandoverBalance.objects.get(item="3.12")
    assert (balance.rows_in, balance.rows_on, balance.rows_held) == (8, 7, 1)
    assert (balance.roubles_in, balance.roubles_on) == (Decimal("10023.213456"), Decimal("5023.09"))
    assert list(balance.held.values_list("reason", "rows", "roubles")) == [
        ("not_in_measure", 1, Decimal("5000.123456"))
    ]


def test_counts_a_charge_of_two_rights_once_in_the_balance(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    family = town.family(office, category="3")
    child = factories.person(birth_date=dt.date(2015, 5, 5))
    factories.residence(person=child, dwelling=family.account.dwelling)
    factories.entitlement(recipient=family.recipient, holder="family", category="child", disabled_person=child)
    town.bill(family, "23", "374.52")
    submit(town.calculate(office))
    balance = HandoverBalance.objects.get(item="3.12")
    assert (balance.rows_in, balance.rows_on, balance.roubles_on) == (1, 1, Decimal("374.52"))


def test_is_not_submitted_twice(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    run = submit(calculated(office))
    with pytest.raises(runs.RunNotCalculated):
        submit(run)


def test_is_not_submitted_without_a_unit_that_takes_it(office) -> None:
    with pytest.raises(NoSubsidiesUnit):
        submit(calculated(office))


def test_is_not_submitted_when_charges_came_after_it(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    run = calculated(office)
    factories.charge(recipient=factories.recipient(office=office))
    with pytest.raises(RunOutOfDate, match="начислений — 1, прав — 0"):
        submit(run)


def test_is_not_submitted_when_a_right_was_granted_after_it(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    run = calculated(office)
    town.family(office)
    with pytest.raises(RunOutOfDate, match="начислений — 0, прав — 1"):
        submit(run)


def test_freezes_what_was_accrued(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    submit(calculated(office))
    with pytest.raises(DatabaseError, match="never changed"):
        Accrual.objects.update(accrued=Decimal("1.00"))


def test_is_discarded_before_submission_and_calculated_under_the_next_number(office) -> None:
    first = calculated(office)
    runs.discard_run(run_id=first.pk, reason="исправлен тариф", by=town.specialist(office), at=factories.AT)
    second = town.calculate(office)
    first.refresh_from_db()
    assert (first.status, second.number, second.total) == ("discarded", 2, first.total)
    assert JournalEntry.objects.get(event="расчёт отменён").office == office


def test_is_not_discarded_without_a_reason_or_after_submission(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    run = calculated(office)
    by = town.specialist(office)
    with pytest.raises(runs.NoReason):
        runs.discard_run(run_id=run.pk, reason=" ", by=by, at=factories.AT)
    submit(run)
    with pytest.raises(runs.RunNotCalculated):
        runs.discard_run(run_id=run.pk, reason="ошибка", by=by, at=factories.AT)


def test_is_not_discarded_while_a_job_calculates_it(office) -> None:
    run = calculated(office)
    runs.discard_run(run_id=run.pk, reason="исправлен тариф", by=town.specialist(office), at=factories.AT)
    job = town.request(office)
    runs.calculate_chunk(job)
    draft = CalculationRun.objects.get(office=office, status="draft")
    with pytest.raises(runs.RunIsBeingCalculated):
        runs.discard_run(run_id=draft.pk, reason="ошибка", by=town.specialist(office), at=factories.AT)


def test_gives_a_row_of_the_accrual_file_for_every_line(office) -> None:
    run = calculated(office)
    rows = list(accrual_rows(run.pk))
    person = Accrual.objects.get().recipient.person
    water = next(row for row in rows if row.service == "10")
    account = ServiceAccount.objects.get()
    assert len(rows) == 7
    assert water == AccrualRow(
        district_code=office.code,
        month=factories.MONTH,
        case_number=Accrual.objects.get().recipient.case_number,
        snils=person.snils,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        service="10",
        provider_code=account.provider.code,
        account=account.number,
        for_month=factories.MONTH,
        billed=Decimal("364.840000"),
        residents=3,
        entitled=1,
        accrued=Decimal("56.29"),
    )


def test_tells_the_department_which_districts_have_not_submitted(office) -> None:
    factories.unit(Office.Kind.SUBSIDIES)
    late = factories.office()
    run = submit(calculated(office))
    assert set(offices_without_run(factories.MONTH)) >= {late}
    assert office not in offices_without_run(factories.MONTH)
    totals = {total.office_id: total for total in office_totals(factories.MONTH)}
    assert (totals[late.pk].run_id, totals[late.pk].status) == (None, "")
    mine = totals[office.pk]
    assert (mine.run_id, mine.status, mine.total) == (run.pk, "submitted", Decimal("804.25"))
    assert (mine.withheld, mine.withheld_billed) == (1, Decimal("5000.123456"))
