"""Excel workbooks: numbers exact, formulas and lost zeros noticed, nothing silently blank, nothing hostile opened."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import layout_from, preset_definition
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Layout, Limits, Writing
from exchange.layouts.recognition import open_table
from exchange.layouts.tables import workbooks
from exchange.layouts.tables.spreadsheet import read_spreadsheet

HEAD = ["ID", "REZ", "PRICH", "DATA", "SUMMA"]


def layout(**changes: Any) -> Layout:
    return layout_from(preset_definition("bank_answer") | {"container": "xlsx", "encoding": "utf-8"} | changes)


def book(fill: Callable[[Any, Any], object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ответ")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["12", "0", "B01"])
        sheet.write_datetime(1, 3, dt.date(2026, 11, 9), workbook.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_number(1, 4, 1496.9)
        fill(workbook, sheet)
    return content.getvalue()


def refusal(content: bytes, **changes: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        open_table(layout(**changes), content)
    assert caught.value.text.endswith(".")
    return caught.value


def only_row(fill: Callable[[Any, Any], object]) -> tuple[Any, Any]:
    table = open_table(layout(), book(fill))
    (row,) = parse_records(layout(), table)
    return row, table


@pytest.mark.parametrize(
    ("stored", "exact"),
    [(1496.9, "1496.9"), (0.1 + 0.2, "0.3"), (262.10, "262.1"), (7, "7"), (1e-06, "0.000001")],
)
def test_reads_a_number_as_the_shortest_decimal_that_names_it(stored: float, exact: str) -> None:
    content = book(lambda _, sheet: sheet.write_number(1, 4, stored))
    (row,) = open_table(layout(), content).rows()
    assert row.values[4] == Decimal(exact)
    assert row.values[3] == dt.date(2026, 11, 9)


def test_notices_numbers_that_lost_their_zeros_and_restores_those_that_show_them() -> None:
    row, table = only_row(lambda _, sheet: sheet.write_number(1, 0, 123456))
    assert row.values["row_id"] == "123456"
    assert [notice.code for notice in table.oddities] == ["number_as_text"]
    zeros = {"num_format": "00000000"}
    row, table = only_row(lambda workbook, sheet: sheet.write_number(1, 0, 123456, workbook.add_format(zeros)))
    assert row.values["row_id"] == "00123456"
    assert [notice.code for notice in table.oddities] == ["zeros_restored"]


def test_makes_a_number_with_more_digits_than_excel_keeps_a_fault() -> None:
    row, _ = only_row(lambda _, sheet: sheet.write_number(1, 0, 40817810099910004312))
    assert [(fault.field, fault.code) for fault in row.faults] == [("ID", "lost_digits")]


def test_reads_formulas_by_their_kept_values_with_a_notice() -> None:
    row, table = only_row(lambda _, sheet: sheet.write_formula(1, 4, "=1400+96.9", None, 1496.9))
    assert row.values["amount"] == Decimal("1496.9")
    assert [notice.code for notice in table.notices] == ["formulas"]


def test_makes_a_formula_without_a_value_and_an_error_faults_of_their_cells() -> None:
    content = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(HEAD)
    workbook.active.append(["12", "=1/0", "B01", dt.date(2026, 11, 9), "=1400+96.9"])
    workbook.active["B2"].data_type = "e"
    workbook.active["B2"].value = "#DIV/0!"
    workbook.save(content)
    (row,) = parse_records(layout(), open_table(layout(), content.getvalue()))
    assert {(fault.field, fault.code) for fault in row.faults} >= {
        ("REZ", "error_value"),
        ("SUMMA", "formula_without_value"),
    }


@pytest.mark.parametrize(
    ("fill", "field", "code"),
    [
        pytest.param(lambda _, sheet: sheet.write_string(1, 4, "много"), "SUMMA", "bad_number", id="word for a sum"),
        pytest.param(lambda _, sheet: sheet.write_string(1, 3, "9 ноября"), "DATA", "bad_date", id="word for a day"),
        pytest.param(lambda _, sheet: sheet.write_number(1, 3, 46335), "DATA", "bad_date", id="number for a day"),
        pytest.param(lambda _, sheet: sheet.write_number(1, 8, 1), "", "row_width", id="beyond the last column"),
    ],
)
def test_makes_an_odd_cell_a_fault_of_its_row(fill: Callable[[Any, Any], object], field: str, code: str) -> None:
    row, _ = only_row(fill)
    assert (field, code) in {(fault.field, fault.code) for fault in row.faults}


def test_skips_blank_rows_and_names_the_sheets_it_did_not_read() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(4, 0, ["13", "1"])
        workbook.add_worksheet("Черновик")

    table = open_table(layout(), book(fill))
    assert [row.number for row in table.rows()] == [1, 4]
    assert [notice.code for notice in table.notices] == ["several_sheets"]
    assert [notice.code for notice in table.oddities] == ["blank_rows"]
    assert refusal(book(fill), writing={"sheet": "Итоги"}).code == "no_sheet"


def test_does_not_believe_what_a_sheet_says_of_its_size() -> None:
    content = book(lambda _, sheet: sheet.write_row(2, 0, ["13", "1", "", "", 5]))
    lying = repacked(content, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'ref="A1:E3"', b'ref="A1:E2"'))
    assert open_table(layout(), lying).live == 2


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == name else data)
    return made.getvalue()


def test_refuses_a_workbook_whose_xml_declares_entities() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    hostile = repacked(
        book(lambda *_: None), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<worksheet", entities, 1)
    )
    assert refusal(hostile).code == "damaged_workbook"


def test_refuses_a_workbook_that_swells(monkeypatch: pytest.MonkeyPatch) -> None:
    swollen = repacked(book(lambda *_: None), "xl/theme/theme1.xml", lambda part: part + b" " * 2_000_000)
    assert refusal(swollen).code == "swollen_workbook"
    monkeypatch.setattr(workbooks, "MOST_PARTS", 3)
    assert refusal(book(lambda *_: None)).code == "swollen_workbook"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"ID;REZ", "not_workbook", id="text"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), "old_workbook", id="old XLS"),
        pytest.param(book(lambda *_: None)[:-900], "not_workbook", id="truncated"),
        pytest.param(repacked(book(lambda *_: None), "xl/worksheets/sheet1.xml", lambda part: part[:-60]), "damaged_workbook", id="broken XML"),
        pytest.param(repacked(book(lambda *_: None), "xl/worksheets/sheet1.xml", lambda part: b""), "damaged_workbook", id="empty sheet part"),
    ],
)  # fmt: skip
def test_refuses_what_is_no_whole_workbook(content: bytes, code: str) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize(
    ("part", "given", "other"),
    [
        pytest.param("xl/styles.xml", b'encoding="UTF-8"', b'encoding="UTF-8lor"', id="unknown encoding of a part"),
        pytest.param("xl/worksheets/sheet1.xml", b' s="1"', b' s="77"', id="style that is not there"),
        pytest.param("xl/worksheets/sheet1.xml", b't="s"><v>1<', b't="s"><v>999<', id="text that is not there"),
        pytest.param("xl/worksheets/sheet1.xml", b"<v>1496.9</v>", b"<v>1496.9.1</v>", id="number that is none"),
    ],
)
def test_refuses_a_workbook_damaged_inside(part: str, given: bytes, other: bytes) -> None:
    whole = book(lambda workbook, sheet: sheet.write_number(1, 4, 1496.9, workbook.add_format({"num_format": "0.00"})))
    spoiled = repacked(whole, part, lambda text: text.replace(given, other))
    assert spoiled != repacked(whole, part, lambda text: text)
    assert refusal_of_rows(spoiled).code == "damaged_workbook"


def refusal_of_rows(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        list(open_table(layout(), content).rows())
    return caught.value


def test_refuses_a_sheet_beyond_the_limits() -> None:
    far = book(lambda _, sheet: sheet.write_string(5000, 0, "13"))
    assert refusal(far, limits={"rows": 4000}).code == "too_many_rows"
    with pytest.raises(Refused) as caught:
        read_spreadsheet(book(lambda *_: None), writing=Writing(), limits=Limits(columns=4))
    assert caught.value.code == "too_many_columns"
