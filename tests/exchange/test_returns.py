"""Returned files are received whole, recognised, acknowledged, and taken once (3.9)."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import ExchangeFile, ReturnedLine
from exchange.models import ReturnedRow as StagedRow
from exchange.services import returns
from offices import files
from offices.models import HandoverBalance, JournalEntry, StoredFile
from offices.services.months import MonthNotOpen
from tests import factories as make
from tests.exchange.answering import (
    Desk,
    answer,
    ask,
    asked,
    billed,
    billed_household,
    desk,
    filled,
    held,
    provider,
    refused,
    right_answers,
)
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def everything() -> tuple[int, ...]:
    """Count all that receiving writes."""
    kinds = (ExchangeFile, StagedRow, ReturnedLine, StoredFile, JournalEntry, HandoverBalance)
    return tuple(kind.objects.count() for kind in kinds)


def test_takes_a_file_with_its_rows_and_acknowledges_it(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    content = filled(request, right_answers(request))
    file = at_desk.receive(content, request.name, control_rows=2, control_roubles=Decimal("923.20"))
    assert (file.status, file.rows, file.request, file.provider) == ("received", 2, request, request.provider)
    assert (file.acknowledged_at, file.acknowledged_by) == (AT, at_desk.receiver.full_name)
    assert files.read(file.file) == content
    assert list(file.returned_rows.order_by("row_number").values_list("match", "residents", "total_area")) == [
        ("account", 1, Decimal(54)),
        ("account", 1, Decimal(54)),
    ]
    lines = ReturnedLine.objects.filter(row__file=file).order_by("row__row_number", "position")
    assert [(line.service_id, line.billed, line.adjustment, line.status) for line in lines] == [
        ("10", Decimal("260.60"), Decimal(0), "staged"),
        ("14", Decimal("201.00"), Decimal(0), "staged"),
    ] * 2
    entry = JournalEntry.objects.get(item="3.9")
    assert (entry.rows, entry.roubles, entry.sha256) == (2, Decimal("923.20"), file.sha256)


def test_gives_the_first_file_for_the_same_bytes_and_writes_nothing(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    first = at_desk.receive(content, request.name)
    before = everything()
    assert at_desk.receive(content, request.name.upper()) == first
    assert at_desk.receive(content, "другое имя.dbf") == first
    assert everything() == before


def test_writes_one_refusal_of_the_same_bytes(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    first = at_desk.receive(content, "выгрузка.dbf")
    before = everything()
    assert at_desk.receive(content, "выгрузка.dbf") == first
    assert everything() == before


def test_takes_bytes_that_were_refused_only_for_their_name(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    assert refused(at_desk, content, "выгрузка.dbf") == "unknown_name"
    assert at_desk.receive(content, request.name).status == "received"


def test_tells_a_person_the_control_totals_of_the_letter(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    assert refused(at_desk, content, request.name, control_rows=2) == "control_rows"
    wrong = at_desk.receive(content, request.name, control_roubles=Decimal("461.61"))
    assert wrong.refusal_text == ("Начислено в файле 461,60 руб., а в сопроводительном письме указано 461,61 руб.")
    assert at_desk.receive(content, request.name, control_roubles=Decimal("461.6")).status == "received"


def test_tells_the_same_rows_saved_anew_from_other_ones(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = filled(request, right_answers(request))
    at_desk.receive(content, request.name)
    saved_on_another_day = content[:1] + b"\x7e\x01\x02" + content[4:]
    assert refused(at_desk, saved_on_another_day, request.name) == "same_rows"


def test_matches_two_people_of_one_account(at_desk: Desk) -> None:
    one = provider(at_desk.office)
    first = billed_household(at_desk.office, one)
    make.entitled_household(office=at_desk.office, dwelling=first.dwelling)
    (request,) = ask(at_desk.office)
    rows = [ReturnedRow(answer(billed("10"), residents=2), row_no=number) for number in (2, 1)]
    file = at_desk.receive(filled(request, rows), request.name)
    matched = file.returned_rows.order_by("row_number").values_list("match", "request_row__row_number")
    assert list(matched) == [("snils", 2), ("snils", 1)]


def test_refuses_a_month_that_is_not_open(at_desk: Desk) -> None:
    request = asked(at_desk)
    with pytest.raises(MonthNotOpen):
        at_desk.receive(filled(request, right_answers(request)), request.name, month=SEPTEMBER)


def test_asks_the_same_number_of_questions_for_two_and_for_thirty_rows(at_desk: Desk) -> None:
    counted = []
    for at, people in ((at_desk, 2), (desk("66204"), 30)):
        request = asked(at, people)
        content = filled(request, right_answers(request))
        at.receive(b"", "счётчик года.dbf")
        make.staff()
        with CaptureQueriesContext(connection) as queries:
            at.receive(content, request.name)
        counted.append(len(queries))
    assert counted[0] == counted[1] < 30


def test_closes_receiving_with_the_silent_and_the_refused_by_reason(at_desk: Desk) -> None:
    answering, silent, failing = (provider(at_desk.office) for _ in range(3))
    billed_household(at_desk.office, answering, silent, failing)
    billed_household(at_desk.office, answering, silent)
    billed_household(at_desk.office, answering)
    first, _, third = sorted(ask(at_desk.office), key=lambda file: (answering, silent, failing).index(file.provider))
    at_desk.receive(filled(first, right_answers(first)[:2]), first.name)
    at_desk.receive(filled(third, right_answers(third))[:-30], third.name)
    returns.close_receiving(office=at_desk.office, month=MONTH, by=at_desk.receiver, at=AT)
    struck = at_desk.balance("3.9")
    assert (struck.rows_in, struck.rows_on, struck.rows_held, struck.roubles_in) == (6, 2, 4, Decimal(0))
    assert held(struck) == {"no_answer": (2, 0), "refused": (1, 0), "not_in_answer": (1, 0)}


def test_counts_a_person_of_a_long_file_once(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long", people=2)
    at_desk.receive(filled(request, right_answers(request)[:3]), request.name)
    struck = returns.close_receiving(office=at_desk.office, month=MONTH, by=at_desk.receiver, at=AT)
    assert (request.rows, struck.rows_in, struck.rows_on) == (4, 2, 2)


def test_closes_anew_only_when_a_late_file_came(at_desk: Desk) -> None:
    request = asked(at_desk)
    close = {"office": at_desk.office, "month": MONTH, "by": at_desk.receiver, "at": AT}
    first = returns.close_receiving(**close)
    before = everything()
    assert returns.close_receiving(**close) == first
    assert everything() == before
    at_desk.receive(filled(request, right_answers(request)), request.name)
    second = returns.close_receiving(**close)
    assert (second.supersedes, second.rows_on, held(second)) == (first, 1, {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [pytest.param(True, id="same bytes"), pytest.param(False, id="other bytes")])
def test_lets_one_of_two_files_stand_that_come_at_once(same: bool) -> None:
    at = desk()
    request = asked(at)
    first = filled(request, right_answers(request))
    second = first if same else filled(request, [ReturnedRow(answer(billed("10", "11")), row_no=1)])
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def bring(content: bytes) -> None:
        try:
            start.wait(20)
            outcomes.append(at.receive(content, request.name).status)
        finally:
            connection.close()

    both = [threading.Thread(target=bring, args=(content,)) for content in (first, second)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert outcomes == ["received", "received"]
    kept = ExchangeFile.objects.filter(kind="return").order_by("pk").values_list("status", flat=True)
    assert list(kept) == (["received"] if same else ["superseded", "received"])
    assert StagedRow.objects.count() == len(kept)
