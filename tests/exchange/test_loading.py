"""What stood the check, or was accepted by a specialist, becomes charges; decisions come before (3.10, 3.11)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from exchange.services.decisions import CannotBeAccepted, DiscrepancyDecided, FileAlreadyLoaded
from exchange.services.loading import FileNotVerified, LoadedByItsChecker
from exchange.services.verification import CheckedByItsReceiver
from offices.models import HandoverBalance, JournalEntry
from providers.models import Charge
from tests import factories as make
from tests.exchange.answering import (
    Desk,
    answer,
    asked,
    billed,
    desk,
    filled,
    held,
    right_answers,
)
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
DEARER = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def verified(at: Desk, request: ExchangeFile, *rows: ReturnedRow) -> ExchangeFile:
    return at.verify(at.receive(filled(request, rows or right_answers(request)), request.name))


def found(file: ExchangeFile, code: str) -> Discrepancy:
    return Discrepancy.objects.get(file=file, code=code)


def test_makes_charges_of_a_wide_file(at_desk: Desk) -> None:
    request = asked(at_desk)
    water = billed("10", "7.1234", billed=Decimal("185.6358"), norm=Decimal("5.4"), debt=Decimal("12.50"))
    file = at_desk.load(verified(at_desk, request, ReturnedRow(answer(water, billed("14")), row_no=1)))
    assert (file.status, file.loaded_by, file.loaded_at) == ("loaded", at_desk.loader, AT)
    first, second = Charge.objects.order_by("service")
    row = request.request_rows.get()
    assert (first.month, first.office, first.provider) == (MONTH, at_desk.office, request.provider)
    assert (first.recipient, first.account) == (row.recipient, row.account)
    assert (first.service_id, first.billed, first.adjustment) == ("10", Decimal("185.6358"), Decimal(0))
    assert (first.tariff, first.quantity, first.norm) == (Decimal("26.06"), Decimal("7.1234"), Decimal("5.4"))
    assert (first.is_metered, first.debt, first.residents, first.total_area) == (
        True, Decimal("12.50"), 1, Decimal(54),
    )  # fmt: skip
    assert (first.source, first.file_sha256, first.row_number, first.accepted_at) == ("file", file.sha256, 1, AT)
    assert (second.service_id, second.billed) == ("14", Decimal("201.00"))
    line = ReturnedLine.objects.get(charge=first.pk)
    assert (line.status, line.charge_month, line.service_id) == ("loaded", MONTH, "10")


def test_makes_charges_of_a_long_file_with_its_recalculation_apart(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long")
    anew = billed("10", adjustment=Decimal("-26.68"), adjustment_month=dt.date(2026, 8, 1))
    rows = [ReturnedRow(answer(anew), row_no=1), ReturnedRow(answer(billed("14")), row_no=2)]
    at_desk.load(verified(at_desk, request, *rows))
    water, sewerage = Charge.objects.order_by("service")
    assert (water.billed, water.adjustment) == (Decimal("260.60"), Decimal("-26.68"))
    assert (water.adjustment_month, water.row_number) == (dt.date(2026, 8, 1), 1)
    assert (sewerage.billed, sewerage.adjustment, sewerage.adjustment_month) == (Decimal("201.00"), Decimal(0), None)
    assert sewerage.row_number == 2


def test_makes_a_charge_of_the_benefit_of_a_fund(at_desk: Desk) -> None:
    request = asked(at_desk, layout="l3_capital_repair", codes=("03",))
    # 54 m² × 9.23 = 498.42 was billed; the fund's file carries the half of it, 249.21.
    paid = ReturnedRow(answer(ParsedLine("03", billed=Decimal("498.42"), in_debt=False)), row_no=1)
    file = at_desk.load(verified(at_desk, request, paid))
    charge = Charge.objects.get()
    assert (charge.service_id, charge.billed, charge.tariff) == ("03", Decimal("498.42"), None)
    assert at_desk.balance("3.11").roubles_on == Decimal("498.42")
    assert file.returned_rows.get().content["cells"].count("249.21") == 1


def test_begins_where_verification_ended(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    rows = right_answers(request)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER, billed("14")), row_no=1), rows[1])
    at_desk.load(file)
    before, after = at_desk.balance("3.10"), at_desk.balance("3.11")
    assert (before.rows_on, before.roubles_on) == (3, Decimal("662.60"))
    assert (after.rows_in, after.roubles_in) == (3, Decimal("662.60"))
    assert (after.rows_on, after.roubles_on, after.rows_held) == (3, Decimal("662.60"), 0)
    entry = JournalEntry.objects.get(item="3.11")
    assert (entry.rows, entry.roubles, entry.by) == (3, Decimal("662.60"), at_desk.loader)


def test_rejects_what_the_month_has_a_charge_for(at_desk: Desk) -> None:
    request = asked(at_desk)
    row = request.request_rows.get()
    make.charge(recipient=row.recipient, account=row.account, service=make.service(code="10"), number=0)
    at_desk.load(verified(at_desk, request))
    struck = at_desk.balance("3.11")
    assert (struck.rows_in, struck.rows_on) == (2, 1)
    assert held(struck) == {"repeated": (1, Decimal("260.60"))}
    assert set(ReturnedLine.objects.values_list("service_id", "status")) == {("10", "rejected"), ("14", "loaded")}


def test_loads_a_file_of_which_nothing_stood(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.load(verified(at_desk, request, ReturnedRow(answer(DEARER), row_no=1)))
    assert (file.status, Charge.objects.count(), at_desk.balance("3.11").rows_in) == ("loaded", 0, 0)


def test_loads_what_a_decision_freed(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    rows = [ReturnedRow(answer(DEARER, billed("14")), row_no=number) for number in (1, 2)]
    file = verified(at_desk, request, *rows)
    first, second = Discrepancy.objects.filter(file=file, code="E10").order_by("row__row_number")
    decided = at_desk.decide(first)
    assert (decided.decision, decided.decided_by, decided.decided_at) == ("accept", at_desk.checker, AT)
    at_desk.decide(second, "hold")
    at_desk.load(file)
    assert list(Charge.objects.order_by("billed").values_list("billed", flat=True)) == [201, 201, 300]
    struck = at_desk.balance("3.10")
    assert (struck.supersedes.rows_on, struck.rows_on, struck.rows_in) == (2, 3, 4)
    assert struck.subject == f"файл «{file.name}», {file.provider}, № {file.pk}, уточнение 1"
    assert held(struck) == {"E10": (1, Decimal("300.00"))}
    assert at_desk.balance("3.11").rows_in == 3


def test_frees_a_line_when_everything_that_held_it_is_accepted(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER, billed("14"), residents=2), row_no=1))
    lines = ReturnedLine.objects.filter(row__file=file).order_by("position")
    at_desk.decide(found(file, "E10"))
    assert list(lines.values_list("status", flat=True)) == ["held", "held"]
    at_desk.decide(found(file, "E21"))
    assert list(lines.values_list("status", flat=True)) == ["clean", "clean"]


def test_frees_the_other_lines_of_a_row(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER, billed("14", billed=None), residents=2), row_no=1))
    at_desk.decide(found(file, "E21"))
    lines = ReturnedLine.objects.filter(row__file=file).order_by("position")
    assert list(lines.values_list("status", flat=True)) == ["held", "rejected"]
    at_desk.load(file)
    assert held(at_desk.balance("3.10")) == {"E10": (1, Decimal("300.00")), "no_sum": (1, Decimal(0))}


@pytest.mark.parametrize(
    ("row", "code", "why"),
    [
        pytest.param(
            ReturnedRow(answer(billed("10", "-10")), row_no=1), "E31", "отрицательное", id="a negative charge"
        ),
        pytest.param(
            ReturnedRow(answer(billed("10"), ParsedLine("40", billed=Decimal(5))), row_no=1),
            "E40",
            "нет в справочнике",
            id="a service that we do not know",
        ),
        pytest.param(
            ReturnedRow(answer(billed("10")), person=RequestedPerson("1", "Чужой", "Иван", account="777")),
            "E03",
            "ни одной строке запроса",
            id="somebody whom nobody asked about",
        ),
    ],
)
def test_refuses_to_accept_what_can_be_no_charge(at_desk: Desk, row: ReturnedRow, code: str, why: str) -> None:
    request = asked(at_desk, people=2)
    file = verified(at_desk, request, row, right_answers(request)[1])
    with pytest.raises(CannotBeAccepted, match=why):
        at_desk.decide(found(file, code))
    at_desk.decide(found(file, code), "hold")
    at_desk.load(file)
    assert Charge.objects.filter(row_number=1).count() <= 1


def test_takes_note_of_what_holds_nothing(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    file = verified(at_desk, request, right_answers(request)[0])
    assert at_desk.decide(found(file, "E04")).decision == "accept"


def test_decides_once(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER), row_no=1))
    at_desk.decide(found(file, "E10"), "hold")
    with pytest.raises(DiscrepancyDecided, match="не принимать до исправления"):
        at_desk.decide(found(file, "E10"))


def test_says_why_nothing_is_accepted_after_the_loading(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.load(verified(at_desk, request, ReturnedRow(answer(DEARER), row_no=1)))
    with pytest.raises(FileAlreadyLoaded, match=r"загружен 15\.10\.2026.*перерасчётом"):
        at_desk.decide(found(file, "E10"))


def test_refuses_a_decision_by_the_receiver(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER), row_no=1))
    with pytest.raises(CheckedByItsReceiver):
        at_desk.decide(found(file, "E10"), by=at_desk.receiver)


def test_refuses_to_load_by_its_checker(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request)
    with pytest.raises(LoadedByItsChecker, match="не тот, кто его проверял"):
        Desk(at_desk.office, at_desk.receiver, at_desk.checker, at_desk.checker).load(file)
    with pytest.raises(IntegrityError, match="file_is_not_loaded_by_its_verifier"), transaction.atomic():
        ExchangeFile.objects.filter(pk=file.pk).update(status="loaded", loaded_at=AT, loaded_by=at_desk.checker)


def test_refuses_to_load_by_who_accepted_a_discrepancy(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER), row_no=1))
    at_desk.decide(found(file, "E10"), by=at_desk.loader)
    with pytest.raises(LoadedByItsChecker):
        at_desk.load(file)


def test_refuses_to_load_twice_or_before_the_check(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(filled(request, right_answers(request)), request.name)
    with pytest.raises(FileNotVerified, match="принят"):
        at_desk.load(file)
    at_desk.load(at_desk.verify(file))
    with pytest.raises(FileNotVerified, match="загружен"):
        at_desk.load(file)
    assert Charge.objects.count() == 2


def test_asks_the_same_number_of_questions_for_two_and_for_thirty_rows(at_desk: Desk) -> None:
    counted = []
    for at, people in ((at_desk, 2), (desk("66204"), 30)):
        file = verified(at, asked(at, people))
        with CaptureQueriesContext(connection) as queries:
            at.load(file)
        counted.append(len(queries))
    assert counted[0] == counted[1] < 30
    assert HandoverBalance.objects.filter(item="3.11").count() == 2
