"""What is billed late for a past month is accrued as a correction: that month calculated anew, less what was accrued."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.models import Accrual, AccrualLine, CalculationRun, Withheld
from calculations.selectors import accrual_rows
from calculations.services import explanation, handover
from offices import jobs
from offices.models import Job
from offices.months import month_name
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = dt.date(2026, 9, 1), factories.MONTH, dt.date(2026, 11, 1)
WATER, HEAT = "10", "11"


@pytest.fixture
def office():
    factories.open_month(SEPTEMBER)
    factories.open_month(OCTOBER)
    town.directories()
    return factories.office()


def approved(office: Any, month: dt.date) -> CalculationRun:
    """Calculate a month and have it approved."""
    return made.forward(town.calculate(office, month=month))


def late(of: town.Family, service: str, billed: str, quantity: str, **given: Any):
    """A charge of October that bills September."""
    return town.bill(of, service, billed, quantity, **{"month": OCTOBER, "billed_for": SEPTEMBER} | given)


def correction(of: town.Family, run: CalculationRun) -> AccrualLine:
    return AccrualLine.objects.get(run=run, recipient=of.recipient, corrects_month__isnull=False)


def accrual(of: town.Family, run: CalculationRun) -> Accrual:
    return Accrual.objects.get(run=run, entitlement=of.right)


def test_accrues_what_never_came_as_much_as_in_time(office) -> None:
    silent, prompt = town.family(office), town.family(office)
    town.bills(prompt, town.BILLS_OF_EX_2, month=SEPTEMBER)
    in_time = approved(office, SEPTEMBER)
    town.bills(silent, town.BILLS_OF_EX_2, month=OCTOBER, billed_for=SEPTEMBER)
    run = approved(office, OCTOBER)
    assert town.sums(silent, run) == town.sums(prompt, in_time)
    assert accrual(silent, run).accrued == accrual(prompt, in_time).accrued == Decimal("804.25")
    lines = AccrualLine.objects.filter(run=run, recipient=silent.recipient)
    assert {(line.month, line.corrects_month, line.corrects) for line in lines} == {(OCTOBER, SEPTEMBER, None)}
    assert all(explanation.replay(line=line).equals_stored for line in lines)
    assert {row.for_month for row in accrual_rows(run.pk)} == {SEPTEMBER}


def test_takes_back_the_capped_part_only_as_in_ex_6(office) -> None:
    """EX-6: 10 m³ were capped at 8.64; 7 m³ give 45.61 instead of 56.29, not the naive 19.55 less."""
    family = town.family(office, residents=2)
    town.bill(family, WATER, "260.60", "10", month=SEPTEMBER)
    first = approved(office, SEPTEMBER)
    assert town.sums(family, first) == {WATER: Decimal("56.29")}
    town.bill(family, WATER, "260.60", "10", month=OCTOBER)
    late(family, WATER, "182.42", "7")
    run = town.calculate(office, month=OCTOBER)
    line = correction(family, run)
    assert (line.accrued, line.billed, line.regime) == (Decimal("-10.68"), Decimal("182.42"), "federal_2016")
    assert line.corrects == AccrualLine.objects.get(run=first).pk
    found = explanation.replay(line=line)
    assert found.equals_stored
    said = "за сентябрь 2026 года (ответ предприятия пришёл позже): 45,61 ₽ − 56,29 ₽ начислено прежде = −10,68 ₽"
    assert found.captions[-1].text == said.replace(" ₽", "\xa0₽")
    assert (accrual(family, run).accrued, accrual(family, run).carried_out) == (Decimal("45.61"), 0)


def test_corrects_what_was_corrected_before(office) -> None:
    family = town.family(office, residents=2)
    town.bill(family, WATER, "182.42", "7", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    late(family, WATER, "208.48", "8")
    up = approved(office, OCTOBER)
    factories.open_month(NOVEMBER)
    late(family, WATER, "130.30", "5", month=NOVEMBER)
    town.bill(family, WATER, "260.60", "10", month=NOVEMBER)
    down = town.calculate(office, month=NOVEMBER)
    assert correction(family, up).accrued == Decimal("6.51")
    assert correction(family, down).accrued == Decimal("32.58") - Decimal("52.12")


def test_counts_by_the_household_and_the_right_of_its_own_month(office) -> None:
    """In September two lived there; the third came on 1 October, so the share of September is a half."""
    family = town.family(office, residents=2)
    newcomer = factories.person()
    factories.residence(person=newcomer, dwelling=family.account.dwelling, valid_from=OCTOBER)
    late(family, HEAT, "100.00", "0.5")
    town.bill(family, HEAT, "90.00", "0.5", month=OCTOBER)
    run = town.calculate(office, month=OCTOBER)
    assert correction(family, run).share == "1/2"
    assert AccrualLine.objects.get(run=run, corrects_month__isnull=True).share == "1/3"


def test_carries_over_what_does_not_fit_until_it_is_taken_back(office) -> None:
    family = town.family(office, residents=2)
    town.bill(family, HEAT, "800.00", "5", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    late(family, HEAT, "0.00", "0")
    town.bill(family, HEAT, "200.00", "1.2", month=OCTOBER)
    october = approved(office, OCTOBER)
    assert correction(family, october).accrued == Decimal("-200.00")
    found = accrual(family, october)
    assert (found.accrued, found.carried_in, found.carried_out) == (0, 0, Decimal("150.00"))
    factories.open_month(NOVEMBER)
    town.bill(family, HEAT, "400.00", "2.4", month=NOVEMBER)
    november = town.calculate(office, month=NOVEMBER)
    found = accrual(family, november)
    assert (found.accrued, found.carried_in, found.carried_out) == (0, Decimal("150.00"), Decimal("50.00"))
    made.forward(november)
    december = dt.date(2026, 12, 1)
    factories.open_month(december)
    town.bill(family, HEAT, "400.00", "2.4", month=december)
    found = accrual(family, town.calculate(office, month=december))
    assert (found.accrued, found.carried_in, found.carried_out) == (Decimal("50.00"), Decimal("50.00"), 0)


def test_refuses_to_hand_over_a_run_that_forgot_what_is_carried_over(office) -> None:
    family = town.family(office)
    draft = made.run(office=office, month=OCTOBER)
    made.accrual(draft, recipient=family.recipient, entitlement=family.right)
    before = made.run(office=office, month=SEPTEMBER)
    made.accrual(before, recipient=family.recipient, entitlement=family.right, accrued=0, carried_out="5.00")
    made.forward(before)
    with pytest.raises(handover.RunOutOfDate, match="остатков к удержанию — 1"):
        handover.require_complete(run=draft)


def test_withholds_what_came_for_a_right_that_had_not_begun_or_is_over(office) -> None:
    novice = town.family(office, since=OCTOBER)
    gone = town.family(office, valid_to=OCTOBER)
    died = town.family(office)
    died.recipient.person.death_date = dt.date(2026, 9, 20)
    died.recipient.person.save(update_fields=["death_date"])
    for one in (novice, gone, died):
        late(one, WATER, "260.60", "10")
    run = town.calculate(office, month=OCTOBER)
    held = dict(Withheld.objects.filter(run=run).values_list("recipient_id", "reason"))
    assert held == {
        novice.recipient.pk: "no_right",
        gone.recipient.pk: "right_ended",
        died.recipient.pk: "right_ended",
    }
    assert not AccrualLine.objects.filter(run=run).exists()
    balance = handover.balance_of_submission(run=run)
    assert (balance.taken.rows, balance.handed_on.rows, balance.held["right_ended"].rows) == (3, 0, 2)
    text = Withheld.objects.get(run=run, recipient=novice.recipient).text
    assert text == f"За {month_name(SEPTEMBER)}: в этом месяце нет ни одного дня права."


def test_gives_the_correction_to_the_right_that_followed(office) -> None:
    family = town.family(office, valid_to=OCTOBER)
    second = factories.entitlement(recipient=family.recipient, category="1", valid_from=OCTOBER)
    late(family, HEAT, "100.00", "0.5")
    run = town.calculate(office, month=OCTOBER)
    line = correction(family, run)
    assert (line.accrual.entitlement, line.inputs["correction"]["right"]) == (second, str(family.right.pk))


def test_leaves_the_month_itself_alone(office) -> None:
    """A late bill of the same account and service does not replace the month's own."""
    family = town.family(office)
    town.bill(family, WATER, "364.84", "14", month=OCTOBER)
    late(family, WATER, "100.00", "3.84")
    run = town.calculate(office, month=OCTOBER)
    own = AccrualLine.objects.get(run=run, corrects_month__isnull=True)
    assert (own.accrued, run.lines) == (Decimal("56.29"), 2)


def test_goes_on_after_a_power_cut_without_correcting_twice(office, monkeypatch) -> None:
    monkeypatch.setattr("calculations.services.runs.RECIPIENTS_A_CHUNK", 1)
    families = [town.family(office, residents=2) for _ in range(2)]
    for one in families:
        late(one, HEAT, "100.00", "0.5")
    job = town.request(office, month=OCTOBER)
    with pytest.raises(ConnectionError):
        jobs.work(job.pk, _cut_after_the_first)
    Job.objects.filter(pk=job.pk).update(lease_until=factories.AT)
    done = jobs.work(job.pk, town.runs.calculate_chunk)
    assert done.state == Job.State.DONE, done.error
    run = CalculationRun.objects.get(office=office, month=OCTOBER)
    assert [correction(one, run).accrued for one in families] == [Decimal("25.00")] * 2


def _cut_after_the_first(job: Job):
    if job.cursor:
        raise ConnectionError
    return town.runs.calculate_chunk(job)


def test_reads_past_months_in_as_many_queries_for_many_as_for_one(office) -> None:
    def asked(families: int) -> int:
        place = factories.office()
        for _ in range(families):
            one = town.family(place)
            late(one, HEAT, "100.00", "0.5")
        with CaptureQueriesContext(connection) as found:
            town.calculate(place, month=OCTOBER)
        return len(found)

    assert asked(1) == asked(3)


def test_tells_the_accrual_file_what_is_carried_over(office) -> None:
    family = town.family(office, residents=2)
    town.bill(family, HEAT, "800.00", "5", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    late(family, HEAT, "0.00", "0")
    run = town.calculate(office, month=OCTOBER)
    assert [(row.service, row.for_month, row.accrued) for row in accrual_rows(run.pk)] == [
        (HEAT, SEPTEMBER, Decimal("-200.00")),
        ("УДЕРЖ", OCTOBER, Decimal("200.00")),
    ]
    assert run.total == 0
