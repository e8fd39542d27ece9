"""What is wrong with a text file is said: the file is refused, or the row or the cell is at fault."""

import codecs
from decimal import Decimal
from typing import Any

import pytest

from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import layout_from, preset_definition
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Limits, Writing
from exchange.layouts.recognition import open_table, recognise
from exchange.layouts.tables.delimited import read_delimited
from exchange.layouts.tables.opened import open_sample

HEAD = "ID;REZ;PRICH;DATA;SUMMA\r\n"
LINE = "12;0;B01;09.11.2026;1 496,90\r\n"


def answer(**changes: Any) -> Any:
    definition = preset_definition("bank_answer") | {"container": "csv", "writing": {"decimal_mark": ","}}
    return layout_from(definition | changes)


FIXED = answer(container="fixed", encoding="cp866", writing={"header_row": 0, "date_mask": "YYYYMMDD"})
RECORD = "12".ljust(20) + "0" + "B01" + "20261109" + "1496.90".rjust(15)


def refusal(content: bytes, layout: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        open_table(layout, content)
    assert caught.value.text.endswith(".")
    return caught.value


@pytest.mark.parametrize("page", ["cp866", "cp1251", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_finds_out_the_delimiter_and_the_code_page(page: str, delimiter: str) -> None:
    text = 'Лицевой счёт;Фамилия;Улица\n0012;Ёлкина;"ул. Багратиона, дом большой"\n'.replace(";", delimiter)
    sample = open_sample(text.encode(page), limits=Limits())
    assert [field.name for field in sample.table.fields] == ["Лицевой счёт", "Фамилия", "Улица"]
    (row,) = sample.table.rows()
    assert row.values == ("0012", "Ёлкина", "ул. Багратиона, дом большой")
    assert sample.writing.delimiter == delimiter
    assert sample.table.encoding in (page, codecs.lookup(page).name.removesuffix("-sig"), "utf-16-le")


def test_reads_numbers_days_and_empty_cells_by_their_types() -> None:
    layout = answer()
    one, two = parse_records(layout, open_table(layout, (HEAD + LINE + "13;1;;10.11.2026;-0,5\r\n").encode()))
    assert (one.values["row_id"], one.values["amount"], one.faults) == ("12", Decimal("1496.90"), ())
    assert (two.values["reason_code"], two.values["amount"]) == ("", Decimal("-0.5"))


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        pytest.param("12;0;B01;09.11.2026;1496.90", "SUMMA", "bad_number", id="another decimal mark"),
        pytest.param("12;0;B01;09.11.2026;1 49,90", "SUMMA", "bad_number", id="space inside a number"),
        pytest.param("12;0;B01;31.11.2026;1,00", "DATA", "bad_date", id="no such day"),
        pytest.param("12;0;B01;2026-11-09;1,00", "DATA", "bad_date", id="date of another kind"),
        pytest.param("12;7;B01;09.11.2026;1,00", "REZ", "bad_value", id="unknown sign"),
        pytest.param("12;0;B01;09.11.2026", "", "row_width", id="a cell lost"),
        pytest.param("12;0;B01;09.11.2026;1;49", "", "row_width", id="a cell too many"),
    ],
)
def test_makes_an_odd_cell_or_row_a_fault_and_goes_on(line: str, field: str, code: str) -> None:
    layout = answer()
    table = open_table(layout, (HEAD + line + "\r\n" + LINE).encode())
    odd, good = parse_records(layout, table)
    assert (field, code) in {(fault.field, fault.code) for fault in odd.faults}
    assert good.faults == ()
    assert all(value is None or value == "" for value in odd.values.values()) == (code == "row_width")


def test_names_a_byte_that_is_no_letter_of_the_code_page() -> None:
    layout = answer(encoding="utf-8")
    (row,) = parse_records(layout, open_table(layout, (HEAD + LINE).encode().replace(b"B01", b"B\xff1")))
    assert [(fault.field, fault.code, fault.raw) for fault in row.faults] == [("PRICH", "bad_text", "B\\xff1")]


def test_tells_blank_rows_trailing_delimiters_and_an_unfinished_end() -> None:
    layout = answer()
    table = open_table(layout, (HEAD + LINE + ";;;;\r\n" + LINE.strip() + ";").encode())
    assert [row.number for row in table.rows()] == [1, 3]
    assert table.live == 2
    assert {notice.code for notice in table.oddities} == {"blank_rows", "trailing_cells"}
    assert [notice.code for notice in table.notices] == ["no_final_newline"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(HEAD.encode() + b'12;"0;B01\r\n', "bad_quotes", id="open quote"),
        pytest.param(HEAD.encode() + b"\0\r\n", "not_text", id="zero bytes"),
        pytest.param(b"\r\n" + LINE.encode(), "no_header", id="no names"),
        pytest.param(HEAD.replace("SUMMA", "ITOG").encode() + LINE.encode(), "missing_column", id="missing column"),
        pytest.param(HEAD.replace("PRICH", "ID").encode() + LINE.encode(), "repeated_column", id="column twice"),
    ],
)  # fmt: skip
def test_refuses_a_text_that_cannot_be_trusted(content: bytes, code: str) -> None:
    found = refusal(content, answer(writing={"delimiter": ";", "decimal_mark": ","}))
    assert found.code == code if code != "repeated_column" else found.code in ("repeated_column", "missing_column")


def test_refuses_more_than_the_limits_allow() -> None:
    content = (HEAD + LINE * 3).encode()
    assert refusal(content, answer(limits={"rows": 2})).code == "too_many_rows"
    assert refusal(content, answer(limits={"bytes": 60})).code == "too_large"
    with pytest.raises(Refused) as caught:
        read_delimited(content, encoding="auto", writing=Writing(), limits=Limits(columns=4))
    assert caught.value.code == "too_many_columns"


def test_refuses_a_text_in_another_code_page_than_the_layout_says() -> None:
    surnames = "Щукина;Ёлкина;Богданова;Тимофеева;Яковлева\n" * 3
    assert refusal(surnames.encode("cp1251"), answer(encoding="cp866")).code == "wrong_encoding"


def test_recognises_a_text_by_the_names_of_its_columns() -> None:
    layouts = [answer(), FIXED, layout_from(preset_definition("pension"))]
    table = open_sample((HEAD + LINE).encode(), limits=Limits()).table
    assert recognise(table, layouts[::2]) is layouts[0]


def test_reads_fixed_width_and_completes_lines_that_were_trimmed() -> None:
    layout = answer(container="fixed", encoding="cp866", writing={"header_row": 0, "date_mask": "YYYYMMDD"})
    trimmed = preset_definition("bank_answer")["fields"]
    (row,) = parse_records(layout, open_table(layout, f"{RECORD}\r\n".encode()))
    assert (row.values["row_id"], row.values["amount"], row.faults) == ("12", Decimal("1496.90"), ())
    last_text = answer(
        fields=[*trimmed[1:], trimmed[0]], container="fixed", writing={"header_row": 0, "date_mask": "YYYYMMDD"}
    )
    line = RECORD[20:] + RECORD[:20]
    table = open_table(last_text, f"{line}\n{line.rstrip()}\n{line.rstrip()}".encode())
    whole, completed, cut = parse_records(last_text, table)
    assert whole.values == completed.values
    assert [fault.code for fault in cut.faults][:1] == ["line_length"]
    assert [notice.code for notice in table.oddities] == ["trimmed_lines"]


def test_refuses_fixed_width_of_another_record() -> None:
    assert refusal(f"{RECORD}1\r\n".encode(), FIXED).code == "record_length"
    lines = f"{RECORD}\r\n{RECORD[:-2]}\r\n".encode()
    good, short = parse_records(FIXED, open_table(FIXED, lines))
    assert good.faults == ()
    assert short.faults[0].text == "Строка длиной 45 знаков вместо 47: она обрезана или сдвинута."
