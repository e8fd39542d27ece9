"""Request files, answers and flat files written as text and as workbooks come back equal to the kopeck."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.writing import Unwritable
from exchange.layouts.definitions import PRESETS, layout_from, preset, preset_definition
from exchange.layouts.exchanged import ParsedLine, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.flat import build_records, parse_records
from exchange.layouts.model import Kind, Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import parse_return
from tests.exchange.layouts.people import ANNA, MONTH, amounts, lines, persons
from tests.exchange.layouts.test_flat_files import values_of

WRITINGS: dict[str, dict[str, Any]] = {
    "semicolons, comma, cp1251": {"container": "csv", "encoding": "cp1251", "writing": {"decimal_mark": ","}},
    "tabs, utf-8, without names": {
        "container": "csv",
        "encoding": "utf-8",
        "writing": {"delimiter": "\t", "header_row": 0, "date_mask": "YYYY-MM-DD"},
    },
    "fixed width, cp866": {
        "container": "fixed",
        "encoding": "cp866",
        "writing": {"header_row": 0, "date_mask": "YYYYMMDD"},
    },
    "workbook": {"container": "xlsx", "encoding": "utf-8", "writing": {"header_row": 3, "sheet": "Начисления"}},
}


EXCHANGED = [code for code in PRESETS if preset(code).kind is not Kind.FLAT]
FLAT = [code for code in PRESETS if preset(code).kind is Kind.FLAT]
NAMED_COLUMNS = ("semicolons, comma, cp1251", "workbook")
ANSWERS = [(code, way) for code in EXCHANGED for way in (NAMED_COLUMNS if preset(code).repeated else WRITINGS)]
RECORDS = [(code, tuple(WRITINGS)[place % len(WRITINGS)]) for place, code in enumerate(FLAT)]


def written(code: str, way: str) -> Layout:
    return layout_from(preset_definition(code) | WRITINGS[way])


@pytest.mark.parametrize(("code", "way"), ANSWERS)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_reads_back_an_answer_however_it_is_written(code: str, way: str, data: st.DataObject) -> None:
    layout = written(code, way)
    asked = data.draw(st.lists(persons(layout), min_size=1, max_size=2))
    request = build_request(layout, asked, month=MONTH)
    answers = [
        ReturnedAnswer(
            residents=data.draw(st.none() | st.integers(0, 99)),
            total_area=data.draw(st.none() | amounts(3, 2)),
            lines=tuple(
                data.draw(lines(layout, service))
                for service in (("03",) if layout.kind is Kind.SINGLE else built.services)
            ),
        )
        for built in request.rows
    ]
    rows = [ReturnedRow(answer, row_no=number) for number, answer in enumerate(answers, start=1)]
    content = fill_return(layout, open_table(layout, request.content), rows, month=MONTH)
    same = layout_from(preset_definition(code))
    as_dbf = fill_return(same, open_table(same, build_request(same, asked, month=MONTH).content), rows, month=MONTH)
    found = [dataclasses.replace(row, cells=()) for row in parse_return(layout, open_table(layout, content))]
    assert found == [dataclasses.replace(row, cells=()) for row in parse_return(same, open_table(same, as_dbf))]
    assert [row.faults for row in found] == [()] * len(answers)


@pytest.mark.parametrize(("code", "way"), RECORDS)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_reads_back_flat_records_however_they_are_written(code: str, way: str, data: st.DataObject) -> None:
    layout = written(code, way)
    record = st.fixed_dictionaries({field.role: values_of(layout, field) for field in layout.fields})
    records = data.draw(st.lists(record, min_size=1, max_size=3))
    found = list(parse_records(layout, open_table(layout, build_records(layout, records))))
    assert [dict(one.values) for one in found] == records
    assert [one.faults for one in found] == [()] * len(records)


def test_counts_the_groups_of_a_workbook_too() -> None:
    layout = written("l2_gubkin", "workbook")
    request = build_request(layout, [ANNA], month=MONTH).content
    line = ParsedLine("10", service_name="Холодная вода", billed=Decimal("262.10"))
    answer = ReturnedRow(ReturnedAnswer(lines=(line,)), row_no=1)
    content = fill_return(layout, open_table(layout, request), [answer], month=MONTH)
    (row,) = parse_return(layout, open_table(layout, content))
    assert [(one.service, one.billed) for one in row.lines] == [("10", Decimal("262.10"))]


@pytest.mark.parametrize("way", WRITINGS)
def test_gives_equal_bytes_for_equal_persons(way: str) -> None:
    layout = written("long", way)
    first, second = (build_request(layout, [ANNA], month=MONTH).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("way", "changes", "code"),
    [
        pytest.param("fixed width, cp866", {"account": "1" * 16}, "too_long", id="longer than its column"),
        pytest.param("semicolons, comma, cp1251", {"last_name": "Ωмега"}, "outside_code_page", id="foreign letter"),
        pytest.param("workbook", {"last_name": "Ёл\nкина"}, "control", id="line break"),
        pytest.param("tabs, utf-8, without names", {"total_area": Decimal("1.005")}, "too_precise", id="decimals"),
    ],
)
def test_refuses_to_write_what_would_not_come_back(way: str, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Unwritable) as caught:
        build_request(written("long", way), [dataclasses.replace(ANNA, **changes)], month=MONTH)
    assert (caught.value.row, caught.value.code) == (1, code)
