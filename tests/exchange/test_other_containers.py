"""A provider whose layout is no DBF walks the whole way: request, answer, preview, check, protocol, correction, load."""

from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import DiscrepancyProtocol, ExchangeFile, ReturnedLine
from exchange.selectors import file_content
from exchange.services.layouts import layout_of
from offices import files
from providers.models import Charge
from tests.exchange.answering import (
    Desk,
    answer,
    ask,
    billed,
    billed_household,
    codes_of,
    desk,
    filled,
    provider,
    refused,
    right_answers,
)
from tests.exchange.containers import layout_in

pytestmark = pytest.mark.django_db
DEARER = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))
WAYS = {
    "workbook": (files.XLSX, "xlsx", "utf-8", "книга Excel (XLSX)", ()),
    "cp1251": (files.CSV, "csv", "cp1251", "текст с разделителями (CSV)", ("cp866",)),
    "fixed": (files.TEXT, "txt", "cp866", "текст с полями постоянной ширины", ("cp1251",)),
}


def amount(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "."))


def asked_in(at: Desk, way: str, people: int = 2) -> ExchangeFile:
    one = provider(at.office, layout_in(way).code)
    for _ in range(people):
        billed_household(at.office, one, codes=("10",))
    (request,) = ask(at.office)
    return request


@pytest.mark.parametrize("way", WAYS)
def test_walks_the_whole_way(way: str) -> None:
    media_type, ending, encoding, written_in, encodings = WAYS[way]
    at = desk()
    request = asked_in(at, way)
    assert (request.file.media_type, request.name.rpartition(".")[2], request.rows) == (media_type, ending, 2)

    wrong = right_answers(request)
    wrong[0] = ReturnedRow(answer(DEARER), row_no=1)
    content = filled(request, wrong)
    assert refused(at, content, request.name, control_roubles=Decimal("560.61")) == "control_roubles"
    first = at.receive(content, request.name.upper(), control_rows=2, control_roubles=Decimal("560.60"))
    assert (first.status, first.rows, first.encoding, first.refusal_text) == ("received", 2, encoding, "")
    assert first.file.media_type == media_type

    shown = file_content.content_of(first)
    assert (shown.version, shown.live, shown.encoding, shown.encodings) == (written_in, 2, encoding, encodings)
    names = [field.name for field in shown.fields]
    assert [amount(cells[names.index("SUM")]) for _, cells in shown.rows] == [Decimal("300.00"), Decimal("260.60")]
    assert shown.rows[0][1][names.index("FAMIL")] == request.request_rows.first().recipient.person.last_name

    at.verify(first)
    assert codes_of(first) == ["E10"]
    at.tell(first)
    protocol = DiscrepancyProtocol.objects.get()
    assert protocol.table is not None
    assert (protocol.table.name, protocol.table.media_type) == (f"protocol_1_2026_table.{ending}", media_type)
    told = file_content.content_in(files.whole(protocol.table), layout=file_content.layout_of_stored(protocol.table))
    assert (told.live, amount(told.rows[0][1][names.index("TARIF")])) == (1, Decimal("26.06"))

    corrected = at.receive(filled(request, right_answers(request)), request.name)
    first.refresh_from_db()
    assert (corrected.status, corrected.replaces, first.status) == ("received", first, "superseded")
    at.load(at.verify(corrected))
    assert ReturnedLine.objects.filter(row__file=corrected, status="loaded").count() == 2
    assert sorted(Charge.objects.values_list("billed", flat=True)) == [Decimal("260.60")] * 2


def test_tells_what_is_wrong_with_a_row_and_takes_the_others() -> None:
    at = desk()
    request = asked_in(at, "cp1251", people=3)
    content = filled(request, right_answers(request)).replace(b"260,60", b"26O,60", 1)
    file = at.receive(content, request.name)
    (fault,) = file_content.faults_of(file).faults
    assert (fault.row, fault.field, fault.raw) == (1, "SUM", "26O,60")
    assert file.returned_rows.count() == 3


@pytest.mark.parametrize(
    ("way", "damage", "code"),
    [
        ("workbook", lambda content: content[:-200], "not_workbook"),
        ("cp1251", lambda content: content.replace(b"SUM", b"SUMMA", 1), "missing_column"),
        ("cp1251", lambda content: content.decode("cp1251").encode("cp866"), "wrong_encoding"),
        ("fixed", lambda content: b"".join(line[1:] for line in content.splitlines(keepends=True)), "record_length"),
    ],
    ids=["a cut workbook", "another column", "other letters", "shifted lines"],
)
def test_refuses_a_damaged_answer_and_shows_what_stands_in_it(way: str, damage, code: str) -> None:
    at = desk()
    request = asked_in(at, way)
    content = damage(filled(request, right_answers(request)))
    assert refused(at, content, request.name) == code
    shown = file_content.content_of(ExchangeFile.objects.get(kind="return"))
    assert bool(shown.rows) == (way != "workbook")


def test_says_of_a_name_that_it_is_of_another_month() -> None:
    at = desk()
    request = asked_in(at, "workbook")
    name = request.name.replace("202610", "202609")
    assert refused(at, filled(request, right_answers(request)), name) == "wrong_month"


def test_reads_a_text_of_an_unknown_sender_as_far_as_it_tells_itself() -> None:
    at = desk()
    request = asked_in(at, "cp1251")
    file = at.receive(filled(request, right_answers(request)), "выгрузка.csv")
    assert (file.refusal_code, file.file.media_type) == ("unknown_name", files.CSV)
    shown = file_content.content_of(file)
    assert (shown.live, shown.encoding) == (2, "cp1251")
    assert [field.name for field in shown.fields] == [field.name for field in layout_of(request.layout).fields]
