"""A provider that answers a month late is paid from to the kopeck as one that answered in time."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from calculations.models import Accrual, AccrualLine, CalculationRun, Withheld
from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile
from exchange.services.late_answers import take_late
from offices.models import BillingMonth
from recipients.models import Entitlement
from tests import factories as make
from tests.calculations import made, town
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled, right_answers
from tests.factories import AT, MONTH
from tests.workplace.month.test_audit import forged, undone
from workplace.audit.running import audit
from workplace.services.submission import accrual_file

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
PROVED = {
    "A01", "A02", "A03", "A04", "A05", "A06", "A08", "A09", "A10", "A11",
    "B01", "B05", "B06", "B07", "F01", "F02", "F03", "F05",
}  # fmt: skip
LINES = "calculations_accrualline_2026_11"
FORGERIES = [
    (
        f"UPDATE {LINES} SET inputs = jsonb_set(inputs, '{{correction,accrued}}', '\"1.00\"') WHERE accrued < 0",
        {"A08", "A09"},
    ),
    (f"UPDATE {LINES} SET corrects = corrects + 1000 WHERE accrued < 0", {"A09"}),
    ("UPDATE calculations_accrual SET carried_out = carried_out - 1 WHERE carried_out > 0", {"A01"}),
    ("UPDATE providers_charge_2026_11 SET billed_for = '2026-08-01' WHERE service_id = '14'", {"A11"}),
]
"""What is done behind the services, and the checks of the audit that see it."""


@pytest.fixture
def desks() -> tuple[Desk, Desk]:
    """Two districts with the parameters of a calculation."""
    for code, value in town.PARAMETERS.items():
        town.parameter(code, value)
    prompt, slow = desk("66203"), desk("66204")
    for service, amount in {"10": "4.32", "14": "7.48"}.items():
        town.norm(service, amount)
    return prompt, slow


def approved(at: Desk, month: dt.date) -> CalculationRun:
    return made.forward(town.calculate(at.office, month=month))


def broken(month: dt.date) -> dict[str, object]:
    return {check.code: check.found for check in audit(month) if not check.ok and check.code in PROVED}


def close_october() -> None:
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    make.open_month(NOVEMBER)


def rows_of(request: ExchangeFile) -> list[ReturnedRow]:
    """The second person used more water than the norm."""
    return [right_answers(request)[0], ReturnedRow(answer(billed("10", "20"), billed("14", "3")), row_no=2)]


def late(at: Desk, request: ExchangeFile, rows: list[ReturnedRow]) -> ExchangeFile:
    refused = at.receive(filled(request, rows), request.name, month=NOVEMBER)
    file = at.verify(take_late(file_id=refused.pk, by=at.receiver, at=AT))
    return accepted(at, file)


def accepted(at: Desk, file: ExchangeFile) -> ExchangeFile:
    for found in Discrepancy.objects.filter(file=file, is_blocking=True):
        at.decide(found, "accept")
    return at.load(file)


def sums(run: CalculationRun) -> list[tuple[str, Decimal]]:
    """The sums of a run by service, small to large; the recipients of two districts are not the same."""
    lines = AccrualLine.objects.filter(run=run).order_by("service_id", "accrued")
    return list(lines.values_list("service_id", "accrued"))


def records_of(table: bytes) -> int:
    """Count the records of a table by its header."""
    return int.from_bytes(table[4:8], "little")


def test_pays_a_month_late_what_would_have_been_paid_in_time(desks: tuple[Desk, Desk]) -> None:
    prompt, slow = desks
    first = asked(prompt, people=2)
    second = asked(slow, people=2)
    accepted(prompt, prompt.verify(prompt.receive(filled(first, rows_of(first)), first.name)))
    in_time, silent = approved(prompt, MONTH), approved(slow, MONTH)
    assert (silent.total, silent.lines) == (0, 0)
    close_october()
    late(slow, second, rows_of(second))
    run = approved(slow, NOVEMBER)
    assert sums(run) == sums(in_time)
    assert run.total == in_time.total > 0
    assert records_of(accrual_file(run=run)) == run.lines
    assert set(AccrualLine.objects.filter(run=run).values_list("corrects_month", flat=True)) == {MONTH}
    assert broken(NOVEMBER) == {}


def test_corrects_up_and_down_to_what_the_last_file_says(desks: tuple[Desk, Desk]) -> None:
    _, slow = desks
    request = asked(slow, people=2)
    file = slow.receive(filled(request, right_answers(request)), request.name)
    accepted(slow, slow.verify(file))
    before = approved(slow, MONTH)
    close_october()
    dearer = ReturnedRow(answer(billed("10", "12"), billed("14", "2")), row_no=1)
    late(slow, request, [dearer, right_answers(request)[1]])
    run = town.calculate(slow.office, month=NOVEMBER)
    corrections = AccrualLine.objects.filter(run=run, corrects_month=MONTH)
    assert dict(corrections.values_list("service_id", "accrued")) == {"10": Decimal("0.00"), "14": Decimal("-55.07")}
    corrected = set(corrections.values_list("corrects", flat=True))
    assert corrected <= set(AccrualLine.objects.filter(run=before).values_list("pk", flat=True))
    assert Accrual.objects.filter(run=run).aggregate(left=Sum("carried_out"))["left"] == Decimal("55.07")
    assert run.total == 0
    assert records_of(accrual_file(run=run)) == 3
    assert broken(NOVEMBER) == {}
    for statement, codes in FORGERIES:
        with undone():
            forged(statement)
            assert broken(NOVEMBER).keys() == codes, statement


def test_withholds_what_came_for_people_without_the_right(desks: tuple[Desk, Desk]) -> None:
    """One died, the other's right has ended since: nothing is accrued, the balance names the reason."""
    _, slow = desks
    request = asked(slow, people=2)
    approved(slow, MONTH)
    close_october()
    first, second = Entitlement.objects.filter(recipient__office=slow.office).order_by("pk")
    make.ended(first, NOVEMBER)
    person = second.recipient.person
    person.death_date = dt.date(2026, 10, 20)
    person.save(update_fields=["death_date"])
    late(slow, request, right_answers(request))
    run = town.calculate(slow.office, month=NOVEMBER)
    held = Withheld.objects.filter(run=run).values_list("recipient_id", "reason").distinct()
    assert set(held) == {(first.recipient_id, "right_ended"), (second.recipient_id, "right_ended")}
    assert broken(NOVEMBER) == {}
