"""Every line of a returned file is checked, and ends clean, held or rejected, with its reason (3.10)."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.dbf.reading import read_dbf
from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from exchange.services.verification import CheckedByItsReceiver, FileNotReceived
from offices.balances import BalanceDoesNotClose
from offices.services.months import MonthNotOpen
from providers.models import Arrears
from tests import factories as make
from tests.exchange.answering import (
    Desk,
    answer,
    ask,
    asked,
    billed,
    billed_household,
    codes_of,
    desk,
    filled,
    held,
    provider,
    right_answers,
)

pytestmark = pytest.mark.django_db
STRANGER = RequestedPerson(
    request_id="1", last_name="Чужой", first_name="Иван", account="777", house="1", services=("10",)
)


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def returned(at: Desk, request: ExchangeFile, *rows: ReturnedRow) -> ExchangeFile:
    return at.verify(at.receive(filled(request, rows), request.name))


def statuses(file: ExchangeFile) -> list[tuple[int, str, str]]:
    lines = ReturnedLine.objects.filter(row__file=file).order_by("row__row_number", "position")
    return list(lines.values_list("row__row_number", "service_id", "status"))


def with_cells(content: bytes, row: int, **cells: bytes) -> bytes:
    """The table with the bytes of some cells of a row (from zero) in the place of what stood there."""
    table = read_dbf(content, encoding="cp866")
    header = 32 + 32 * len(table.fields) + 1
    length = 1 + sum(field.length for field in table.fields)
    changed, at = bytearray(content), header + row * length + 1
    for field in table.fields:
        if field.name in cells:
            changed[at : at + field.length] = cells[field.name].rjust(field.length)
        at += field.length
    return bytes(changed)


def test_lets_a_file_that_agrees_through(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    file = returned(at_desk, request, *right_answers(request))
    assert (file.status, file.verified_by) == ("verified", at_desk.checker)
    assert {status for _, _, status in statuses(file)} == {"clean"}
    assert not Discrepancy.objects.exists()
    struck = at_desk.balance("3.10")
    assert (struck.rows_in, struck.rows_on, struck.rows_held) == (4, 4, 0)
    # Two people, 10 m³ each of water at 26.06 and of sewerage at 20.10.
    assert (struck.roubles_in, struck.roubles_on) == (Decimal("923.20"), Decimal("923.20"))


def test_holds_both_of_two_rows_that_say_different_things(at_desk: Desk) -> None:
    request = asked(at_desk, people=1)
    other = billed("10", billed=Decimal("130.30"), quantity=Decimal(5))
    file = returned(
        at_desk,
        request,
        ReturnedRow(answer(billed("10"), billed("14")), row_no=1),
        ReturnedRow(answer(other, billed("14")), row_no=1),
    )
    assert statuses(file) == [
        (1, "10", "held"), (1, "14", "clean"), (2, "10", "rejected"), (2, "14", "rejected"),
    ]  # fmt: skip
    told = Discrepancy.objects.get(file=file, row__row_number=1)
    assert (told.code, told.is_blocking, told.found) == ("E05", True, "260,60 руб.")


def test_ends_every_line_and_names_the_reasons(at_desk: Desk) -> None:
    request = asked(at_desk, people=5)
    file = returned(
        at_desk,
        request,
        ReturnedRow(answer(billed("10"), billed("14")), row_no=1),
        ReturnedRow(answer(billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00")), billed("14")), row_no=2),
        ReturnedRow(answer(billed("10"), billed("14"), total_area=Decimal("64.00")), row_no=3),
        ReturnedRow(answer(billed("10", billed=None), billed("14")), row_no=4),
        ReturnedRow(answer(billed("10"), billed("14")), row_no=1),
        ReturnedRow(answer(billed("10")), person=STRANGER),
    )
    assert statuses(file) == [
        (1, "10", "clean"), (1, "14", "clean"),
        (2, "10", "held"), (2, "14", "clean"),
        (3, "10", "held"), (3, "14", "held"),
        (4, "10", "rejected"), (4, "14", "clean"),
        (5, "10", "rejected"), (5, "14", "rejected"),
        (6, "10", "rejected"),
    ]  # fmt: skip
    assert codes_of(file) == ["E03", "E04", "E05", "E10", "E20", "E41"]
    struck = at_desk.balance("3.10")
    assert (struck.rows_in, struck.rows_on, struck.rows_held) == (11, 4, 7)
    assert held(struck) == {
        "E03": (1, Decimal("260.60")),
        "E05": (2, Decimal("461.60")),
        "E10": (1, Decimal("300.00")),
        "E20": (2, Decimal("461.60")),
        "no_sum": (1, Decimal(0)),
    }
    assert struck.roubles_on == Decimal("260.60") + 3 * Decimal("201.00")


def test_weighs_what_it_finds_and_says_it_in_words(at_desk: Desk) -> None:
    request = asked(at_desk)
    wrong = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))
    found = Discrepancy.objects.get(file=returned(at_desk, request, ReturnedRow(answer(wrong, billed("14")), row_no=1)))
    assert found.text == "Холодное водоснабжение: тариф предприятия 30 руб., по справочнику 26,06 руб."
    assert (found.expected, found.found, found.is_blocking) == ("26,06", "30", True)
    # 10 m³ × (30.00 − 26.06) = 39.40; a half of it for the only resident.
    assert found.difference == Decimal("19.70")
    assert (found.line.service_id, found.row.row_number, found.request_row.row_number) == ("10", 1, 1)


def test_keeps_the_good_lines_of_a_row_with_an_unreadable_sum(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    stars = with_cells(filled(request, right_answers(request)), 0, SUM4=b"**********")
    file = at_desk.verify(at_desk.receive(stars, request.name))
    assert [status for _, _, status in statuses(file)] == ["held", "clean", "clean", "clean"]
    found = Discrepancy.objects.get(file=file)
    assert (found.code, found.found) == ("E01", "SUM4: **********")
    assert held(at_desk.balance("3.10")) == {"E01": (1, Decimal(0))}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param(b"NaN", "E01", id="not a number"),
        pytest.param(b"Infinity", "E01", id="infinity"),
        pytest.param(b"1e9", "E01", id="an exponent"),
        pytest.param(b"1,496", "E01", id="a comma that may part thousands"),
        pytest.param(b"99999999999.99", "E01", id="beyond the bound"),
        pytest.param(b"-10000000.00", "E01", id="below the bound"),
        pytest.param(b"-260.60", "E31", id="negative"),
        pytest.param(b"9999999.99", "E12", id="huge"),
        pytest.param(b"260.6012345", "E01", id="seven decimals"),
    ],
)
def test_holds_an_amount_that_cannot_be_right(at_desk: Desk, cell: bytes, code: str) -> None:
    request = asked(at_desk, layout="long", codes=("10",))
    content = with_cells(filled(request, right_answers(request)), 0, SUM=cell)
    file = at_desk.verify(at_desk.receive(content, request.name))
    assert code in codes_of(file)
    assert statuses(file) == [(1, "10", "held")]
    assert at_desk.balance("3.10").rows_held == 1


def test_holds_the_row_whose_own_cell_is_unreadable(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    content = with_cells(filled(request, right_answers(request)), 1, DROG=b"20260231")
    file = at_desk.verify(at_desk.receive(content, request.name))
    assert [status for _, _, status in statuses(file)] == ["clean", "clean", "held", "held"]


def test_survives_figures_that_make_an_endless_difference(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long", codes=("10",))
    absurd = billed("10", tariff=Decimal("9999999.99"), quantity=Decimal("9999.9999"), billed=Decimal("1.00"))
    file = returned(at_desk, request, ReturnedRow(answer(absurd), row_no=1))
    assert list(Discrepancy.objects.filter(file=file, code="E12").values_list("difference", flat=True)) == [None]


def test_takes_a_zero_bill_and_leaves_unused_slots_out(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, [ReturnedRow(answer(billed("10", "0")), row_no=1)])
    zeros = with_cells(content, 0, TARIF11=b"0.00000", SUM11=b"0.0000", FAKT11=b"0.0000")
    file = at_desk.verify(at_desk.receive(zeros, request.name))
    assert statuses(file) == [(1, "10", "clean")]
    assert codes_of(file) == ["E41"]


def test_holds_a_service_that_is_not_connected(at_desk: Desk) -> None:
    make.service(code="41", kind="lift", name="Лифт")
    request = asked(at_desk)
    lift = ParsedLine("41", service_name="Лифт", billed=Decimal("126.00"))
    unheard_of = ParsedLine("40", service_name="Уборка", billed=Decimal("50.00"))
    file = returned(at_desk, request, ReturnedRow(answer(billed("10"), billed("14"), lift, unheard_of), row_no=1))
    assert statuses(file) == [(1, "10", "clean"), (1, "14", "clean"), (1, None, "held"), (1, "41", "held")]
    assert held(at_desk.balance("3.10")) == {"E40": (2, Decimal("176.00"))}


def test_tells_two_people_of_one_account_apart(at_desk: Desk) -> None:
    one = provider(at_desk.office)
    first = billed_household(at_desk.office, one)
    make.entitled_household(office=at_desk.office, dwelling=first.dwelling)
    (request,) = ask(at_desk.office)
    same = answer(billed("10"), billed("14"), residents=2)
    file = returned(at_desk, request, ReturnedRow(same, row_no=2), ReturnedRow(same, row_no=1))
    assert codes_of(file) == []
    assert at_desk.balance("3.10").rows_on == 4


def test_says_who_was_left_out(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    file = returned(at_desk, request, right_answers(request)[0])
    found = Discrepancy.objects.get(file=file)
    assert (found.code, found.row, found.request_row.row_number, found.is_blocking) == ("E04", None, 2, False)
    assert (found.decision, found.protocol) == ("open", None)


def test_holds_a_charge_against_last_months(at_desk: Desk) -> None:
    make.open_month(dt.date(2026, 9, 1))
    one = provider(at_desk.office)
    household = billed_household(at_desk.office, one, codes=("10",))
    make.charge(
        month=dt.date(2026, 9, 1), recipient=household.recipient, account=household.dwelling.accounts.get(),
        service=make.service(code="10"), billed=Decimal("100.00"),
    )  # fmt: skip
    (request,) = ask(at_desk.office)
    assert codes_of(returned(at_desk, request, *right_answers(request))) == ["E50"]


def test_takes_the_dwellings_of_the_register_that_have_no_facts_now(at_desk: Desk) -> None:
    one = provider(at_desk.office)
    household = billed_household(at_desk.office, one, codes=("10",))
    (request,) = ask(at_desk.office)
    household.dwelling.facts.update(valid_to=dt.date(2021, 1, 1))
    assert codes_of(returned(at_desk, request, *right_answers(request))) == []


def test_refuses_to_verify_twice(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = returned(at_desk, request, *right_answers(request))
    with pytest.raises(FileNotReceived, match="проверен"):
        at_desk.verify(file)


def test_refuses_its_receiver(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(filled(request, right_answers(request)), request.name, by=at_desk.checker)
    with pytest.raises(CheckedByItsReceiver, match="не тот, кто его принял"):
        at_desk.verify(file)


def test_refuses_a_refused_file_and_a_request(at_desk: Desk) -> None:
    request = asked(at_desk)
    for file in (at_desk.receive(b"", request.name), request):
        with pytest.raises(FileNotReceived):
            at_desk.verify(file)


def test_refuses_a_closed_month(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(filled(request, right_answers(request)), request.name)
    month = make.open_month()
    month.closed_at, month.closed_by = month.opened_at, make.staff()
    month.save()
    with pytest.raises(MonthNotOpen):
        at_desk.verify(file)


def test_does_not_close_over_a_lost_line(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(filled(request, right_answers(request)), request.name)
    ReturnedLine.objects.filter(row__file=file, service="14").delete()
    with pytest.raises(BalanceDoesNotClose, match=r"поступило 2 на 461\.60"):
        at_desk.verify(file)


def test_asks_the_same_number_of_questions_for_two_and_for_thirty_rows(at_desk: Desk) -> None:
    counted = []
    for at, people in ((at_desk, 2), (desk("66204"), 30)):
        request = asked(at, people)
        wrong = [
            dataclasses.replace(row, answer=dataclasses.replace(row.answer, residents=7))
            for row in right_answers(request)
        ]
        file = at.receive(filled(request, wrong), request.name)
        with CaptureQueriesContext(connection) as queries:
            at.verify(file)
        counted.append(len(queries))
    assert counted[0] == counted[1] < 50


def test_keeps_the_arrears_told_and_replaces_them_by_those_of_a_corrected_file(at_desk: Desk) -> None:
    request = asked(at_desk)
    owing = billed("10", debt=Decimal("512.40"), debt_months=3, debt_status="agreed_paid", agreed_debt=Decimal(100))
    rows = [ReturnedRow(answer(owing, billed("14", debt=Decimal("-5.00"))), row_no=1)]
    file = at_desk.verify(at_desk.receive(filled(request, rows), request.name))
    (told,) = Arrears.objects.all()
    asked_about = request.request_rows.get()
    assert (told.recipient, told.account, told.service_id) == (asked_about.recipient, asked_about.account, "10")
    assert (told.debt, told.months, told.status, told.agreed) == (Decimal("512.40"), 3, "agreed_paid", Decimal(100))
    rows = [ReturnedRow(answer(billed("10"), billed("14", debt=Decimal("7.00"))), row_no=1)]
    at_desk.verify(at_desk.receive(filled(request, rows), request.name))
    assert list(Arrears.objects.values_list("service_id", "debt")) == [("14", Decimal("7.00"))]
    assert not Arrears.objects.filter(file_sha256=file.sha256).exists()
