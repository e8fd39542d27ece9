"""Groups of columns that a file repeats as often as it has services (the kind of L2)."""

import dataclasses
from decimal import Decimal

import pytest

from exchange.dbf.cells import Value
from exchange.dbf.reading import read_dbf
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import write_dbf
from exchange.layouts.definitions import layout_from, preset, preset_definition
from exchange.layouts.exchanged import ParsedLine, ParsedRow, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import NoPlace, fill_return
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import parse_return
from tests.exchange.layouts.people import ANNA, MONTH

L2 = preset("l2_gubkin")
WATER = ParsedLine("10", service_name="Холодная вода", billed=Decimal("262.10"), residents=2)
SEWERAGE = ParsedLine("14", service_name="Водоотведение", billed=Decimal("99.90"), residents=2)


def filled(*answers: tuple[ParsedLine, ...], layout: Layout = L2) -> bytes:
    request = build_request(layout, [ANNA] * len(answers), month=MONTH).content
    rows = [ReturnedRow(ReturnedAnswer(lines=lines), row_no=number) for number, lines in enumerate(answers, start=1)]
    return fill_return(layout, open_table(layout, request), rows, month=MONTH)


def returned(content: bytes, layout: Layout = L2) -> list[ParsedRow]:
    return list(parse_return(layout, open_table(layout, content)))


def without(content: bytes, *names: str, **cells: Value) -> bytes:
    """The table without these columns, with these cells changed in every row."""
    table = read_dbf(content, encoding="cp866")
    kept = [place for place, field in enumerate(table.fields) if field.name not in names]
    fields = [table.fields[place] for place in kept]
    rows = [[cells.get(table.fields[place].name, row.values[place]) for place in kept] for row in table.rows()]
    return write_dbf(fields, rows, encoding="cp866")


def test_l2_has_the_published_columns() -> None:
    own = [field.column for field in L2.fields]
    assert [(own[0].name, own[0].length), (own[-1].name, own[-1].type)] == [("ID", 38), ("DROG_LCH", "D")]
    assert (len(own), len(L2.repeated), L2.groups) == (23, 19, ())
    amounts = [field for field in L2.repeated if field.type == "N"]
    assert {(field.length, field.decimals) for field in amounts} == {(38, 5)}


def test_finds_as_many_groups_as_the_file_has() -> None:
    content = filled((SEWERAGE,), (WATER,), (WATER, SEWERAGE))
    table = open_table(L2, content)
    assert [group.number for group in fitted_to(L2, table).groups] == [1, 2]
    found = returned(content)
    assert [[(line.position, line.service) for line in row.lines] for row in found] == [
        [(2, "14")],
        [(1, "10")],
        [(1, "10"), (2, "14")],
    ]
    assert [row.residents for row in found] == [2, 2, 2]


def test_reads_a_file_without_a_single_group_as_one_that_says_nothing() -> None:
    assert [row.lines for row in returned(filled(()))] == [()]


def test_refuses_a_group_that_lacks_its_sum() -> None:
    with pytest.raises(Refused) as caught:
        returned(without(filled((WATER, SEWERAGE)), "SUMTAR_2"))
    assert caught.value.text == "В файле нет обязательного поля SUMTAR_2."


def test_tells_a_service_by_its_name_however_it_is_spelled() -> None:
    (row,) = returned(without(filled((WATER,)), NGKYSL1_1="ХОЛОДНАЯ  вода."))
    assert [line.service for line in row.lines] == ["10"]
    assert row.faults == ()


def test_makes_an_unknown_name_a_fault_of_its_line() -> None:
    (row,) = returned(without(filled((WATER, SEWERAGE)), NGKYSL1_2="Антенна"))
    assert [line.service for line in row.lines] == ["10", ""]
    (fault,) = row.faults
    assert (fault.code, fault.position, fault.raw) == ("unknown_service", 2, "Антенна")
    assert fault.text == "Услуга «Антенна» в формате файла не описана."


def test_asks_the_providers_code_before_the_name() -> None:
    layout = layout_from({**preset_definition("l2_gubkin"), "services": {"7": "10"}})
    content = without(filled((WATER,), layout=layout), NGKYSL1_1="Антенна")
    (row,) = returned(content, layout)
    assert [line.service for line in row.lines] == ["10"]


def test_names_services_that_tell_different_numbers_of_people() -> None:
    (row,) = returned(filled((WATER, dataclasses.replace(SEWERAGE, residents=3))))
    assert row.residents is None
    assert [(fault.code, fault.text) for fault in row.faults] == [
        ("residents_differ", "По услугам строки разное число зарегистрированных: 2, 3.")
    ]


def test_has_as_many_groups_as_the_definition_says_where_it_says_so() -> None:
    layout = layout_from({**preset_definition("l2_gubkin"), "group_count": 2})
    assert [field.name for field in layout.fields if field.role == "line.billed"] == ["SUMTAR_1", "SUMTAR_2"]
    assert fitted_to(layout, read_dbf(filled((WATER,)))) is layout


def test_refuses_to_fill_a_service_without_a_name() -> None:
    with pytest.raises(NoPlace, match="нет места для услуги 99"):
        filled((ParsedLine("99", billed=Decimal(1)),))
