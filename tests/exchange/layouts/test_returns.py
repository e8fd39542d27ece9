import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.cells import Value
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf
from exchange.layouts.definitions import layout_from, preset, preset_definition
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RequestedPerson, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import NoPlace, fill_return
from exchange.layouts.model import Kind, Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import Overview, parse_return
from offices.columns import MOST_ROUBLES
from tests.exchange.layouts.people import ANNA, MONTH, amounts, lines, persons

EXCHANGED = ["l1_tula", "l2_gubkin", "l3_capital_repair", "l5_ivanovo", "long", "l8_polysaevo"]
WATER = ParsedLine(service="10", billed=Decimal("262.10"), tariff=Decimal("26.21"), quantity=Decimal(10))


def returned(layout: Layout, content: bytes) -> list[ParsedRow]:
    return list(parse_return(layout, open_table(layout, content)))


def answered(layout: Layout, rows: Sequence[ReturnedRow], asked: Sequence[RequestedPerson] = (ANNA,)) -> bytes:
    request = build_request(layout, asked, month=MONTH)
    return fill_return(layout, open_table(layout, request.content), rows, month=MONTH)


def row_of(layout: Layout, **cells: Value) -> ParsedRow:
    """The row that a file with these cells gives, the other cells being as in an answer about Anna."""
    content = answered(layout, [ReturnedRow(ReturnedAnswer(lines=()), row_no=1)])
    table = read_dbf(content, encoding="cp866")
    (row,) = table.rows()
    values = [cells.get(field.name, value) for field, value in zip(table.fields, row.values, strict=True)]
    (found,) = returned(layout, write_dbf(table.fields, [values], encoding="cp866"))
    return found


@pytest.mark.parametrize("code", EXCHANGED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_reads_back_what_a_provider_filled(code: str, data: st.DataObject) -> None:
    layout = preset(code)
    asked = data.draw(st.lists(persons(layout), min_size=1, max_size=3))
    request = build_request(layout, asked, month=MONTH)
    answers = []
    for built in request.rows:
        services = built.services if layout.kind is not Kind.SINGLE else ("03",)
        residents = data.draw(st.none() | st.integers(0, 99))
        answers.append(
            ReturnedAnswer(
                residents=residents,
                total_area=data.draw(st.none() | amounts(3, 2)),
                lines=tuple(data.draw(lines(layout, service, residents=residents)) for service in services),
            )
        )
    rows = [ReturnedRow(answer, row_no=number) for number, answer in enumerate(answers, start=1)]
    content = fill_return(layout, open_table(layout, request.content), rows, month=MONTH)
    found = returned(layout, content)
    owners = [person for person in asked for _ in (person.services if layout.kind is Kind.LONG else "1")]
    told = {field.role for field in (*layout.fields, *layout.repeated)}
    assert len(found) == len(answers)
    for parsed, answer, person in zip(found, answers, owners, strict=True):
        assert parsed.faults == ()
        assert (parsed.last_name, parsed.account) == (person.last_name, person.account)
        assert parsed.total_area == (answer.total_area if "row.total_area" in told else None)
        assert parsed.birth_date == (person.birth_date if "person.birth_date" in told else None)
        assert parsed.snils == (person.snils if "person.snils" in told else "")
        assert parsed.residents == (answer.residents if {"row.residents", "line.residents"} & told else None)
        assert parsed.address_code == (person.address_code if "person.address_code" in told else "")
        expected = sorted(answer.lines, key=lambda line: position(layout, line))
        assert [understood(layout, line) for line in expected] == [
            dataclasses.replace(line, position=0) for line in parsed.lines
        ]


def position(layout: Layout, line: ParsedLine) -> int:
    if layout.kind is Kind.REPEATED:
        return int(line.service)
    return next((group.number for group in layout.groups if group.service == line.service), 1)


def understood(layout: Layout, line: ParsedLine) -> ParsedLine:
    """What a layout can tell of a line: titles and names it has no column for are its own."""
    if layout.kind is Kind.LONG:
        return dataclasses.replace(line, service_name=line.service)
    if layout.kind is Kind.SINGLE:
        return dataclasses.replace(line, service_name=layout.groups[0].title)
    return line


@pytest.mark.parametrize("code", EXCHANGED)
def test_reads_dropped_repeated_and_added_rows_as_they_stand(code: str) -> None:
    layout = preset(code)
    service = "03" if layout.kind is Kind.SINGLE else "10"
    others = [dataclasses.replace(ANNA, request_id=str(n), account=f"A{n}", services=(service,)) for n in range(1, 4)]
    stranger = dataclasses.replace(ANNA, request_id="99", account="CHUZHOJ", services=(service,))
    content = answered(
        layout,
        [
            ReturnedRow(None, row_no=3),
            ReturnedRow(None, row_no=1),
            ReturnedRow(None, row_no=1),
            ReturnedRow(ReturnedAnswer(lines=(ParsedLine(service, billed=Decimal(2)),)), person=stranger),
        ],
        others,
    )
    found = returned(layout, content)
    assert [(row.row_no, row.account) for row in found] == [(1, "A3"), (2, "A1"), (3, "A1"), (4, "CHUZHOJ")]
    assert [[line.billed for line in row.lines] for row in found] == [[], [], [], [Decimal(2)]]


def test_l1_puts_the_recalculation_into_the_sum() -> None:
    line = dataclasses.replace(WATER, adjustment=Decimal("-62.10"))
    (row,) = returned(preset("l1_tula"), answered(preset("l1_tula"), [ReturnedRow(ReturnedAnswer(lines=(line,)), 1)]))
    assert [(found.billed, found.adjustment) for found in row.lines] == [(Decimal(200), None)]


def with_both(code: str = "long") -> Layout:
    """A layout whose sums hold the recalculation that a column of its own tells as well."""
    return dataclasses.replace(preset(code), sum_includes_adjustment=True)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_takes_the_recalculation_out_of_a_sum_that_holds_it(data: st.DataObject) -> None:
    layout = with_both()
    line = data.draw(lines(layout, "10"))
    content = answered(layout, [ReturnedRow(ReturnedAnswer(lines=(line,)), 1)])
    (row,) = returned(layout, content)
    assert row.faults == ()
    assert [(one.billed, one.adjustment) for one in row.lines] == [(line.billed, line.adjustment)]
    (as_sent,) = returned(preset("long"), content)
    assert [one.billed for one in as_sent.lines] == [line.billed + (line.adjustment or 0)]
    overview = Overview(layout, open_table(layout, content))
    assert list(overview)
    assert overview.billed == line.billed + (line.adjustment or 0)


def test_reads_a_sum_without_its_recalculation_as_it_stands() -> None:
    content = answered(with_both(), [ReturnedRow(ReturnedAnswer(lines=(WATER,)), 1)])
    (row,) = returned(with_both(), content)
    assert [(one.billed, one.adjustment) for one in row.lines] == [(WATER.billed, None)]


def test_makes_a_sum_that_no_charge_can_hold_without_its_recalculation_a_fault() -> None:
    content = answered(preset("long"), [ReturnedRow(ReturnedAnswer(lines=(WATER,)), 1)])
    table = read_dbf(content, encoding="cp866")
    (row,) = table.rows()
    cells = {"SUM": Decimal("9999999.99"), "PERER": Decimal("-0.01")}
    values = [cells.get(field.name, value) for field, value in zip(table.fields, row.values, strict=True)]
    (found,) = returned(with_both(), write_dbf(table.fields, [values], encoding="cp866"))
    assert [(fault.code, fault.text) for fault in found.faults] == [
        ("out_of_bounds", "Без перерасчёта начислено 10000000.00: столько не бывает.")
    ]
    assert [one.billed for one in found.lines] == [None]


def test_the_long_layout_keeps_the_recalculation_and_its_month_apart() -> None:
    layout = preset("long")
    line = dataclasses.replace(WATER, adjustment=Decimal("-62.10"), adjustment_month=dt.date(2026, 7, 1))
    (row,) = returned(layout, answered(layout, [ReturnedRow(ReturnedAnswer(lines=(line,)), 1)]))
    (found,) = row.lines
    assert (found.billed, found.adjustment) == (Decimal("262.10"), Decimal("-62.10"))
    assert found.adjustment_month == dt.date(2026, 7, 1)
    assert row.month == MONTH


def test_l3_reads_the_charge_as_twice_the_benefit_and_the_month_as_the_one_before_the_date() -> None:
    row = row_of(preset("l3_capital_repair"), SUML1=Decimal("150.01"), DATEPRL1="01.12.2014", DOLG="1")
    assert row.month == dt.date(2014, 11, 1)
    assert [(line.service, line.billed, line.in_debt) for line in row.lines] == [("03", Decimal("300.02"), True)]


def test_l1_takes_hot_water_for_its_water_when_the_heating_is_billed_apart() -> None:
    heat, water = ParsedLine("13", billed=Decimal(500)), ParsedLine("12", billed=Decimal(90))
    layout = preset("l1_tula")
    (row,) = returned(layout, answered(layout, [ReturnedRow(ReturnedAnswer(lines=(heat, water)), 1)]))
    assert [(line.service, line.billed) for line in row.lines] == [("12", Decimal(90)), ("13", Decimal(500))]
    (row,) = returned(
        layout, answered(layout, [ReturnedRow(ReturnedAnswer(lines=(ParsedLine("11", billed=Decimal(90)),)), 1)])
    )
    assert [line.service for line in row.lines] == ["11"]


def test_l1_takes_a_slot_of_zeros_for_an_unused_one_and_a_named_zero_for_an_answer() -> None:
    zero = Decimal(0)
    row = row_of(
        preset("l1_tula"),
        SUM1=zero,
        TARIF1=zero,
        FAKT1=zero,
        OZS1=zero,
        VIDTAR1=zero,
        GKU2="Капремонт",
        SUM2=zero,
        SUMZ3=Decimal("10.5"),
    )
    assert [(line.service, line.billed, line.debt) for line in row.lines] == [
        ("03", zero, None),
        ("01", None, Decimal("10.5")),
    ]
    assert row.faults == ()


def test_tells_what_a_provider_said_of_the_dwelling_and_the_account() -> None:
    layout = preset("l1_tula")
    answer = ReturnedAnswer(residents=3, living=2, total_area=Decimal("44.60"), account="PK-1", lines=(WATER,))
    (row,) = returned(layout, answered(layout, [ReturnedRow(answer, row_no=1)]))
    assert (row.residents, row.living, row.total_area, row.matched) == (3, 2, Decimal("44.60"), True)
    assert (row.account, row.account_changed, row.no_consumption) == ("PK-1", True, False)
    assert row.address == "г. Смоленск, ул. Багратиона, д. 12а, корп. 2, кв. 5"


def test_makes_a_cell_that_is_not_as_promised_a_fault_of_its_row_and_goes_on() -> None:
    row = row_of(preset("l1_tula"), STRAHNM="112-233", OZS1=Decimal(9), SUM1=Decimal(5), PRIVAT="X", KOLZRP=Decimal(2))
    assert {(fault.field, fault.code, fault.position) for fault in row.faults} == {
        ("STRAHNM", "bad_snils", 0),
        ("OZS1", "bad_value", 1),
        ("PRIVAT", "bad_value", 0),
    }
    assert (row.snils, row.residents, [line.billed for line in row.lines]) == ("", 2, [Decimal(5)])


def test_carries_the_faults_of_the_codec_into_the_row() -> None:
    layout = preset("long")
    content = answered(layout, [ReturnedRow(ReturnedAnswer(lines=(WATER,)), row_no=1)])
    assert content.count(b"        262.10") == 1
    (row,) = returned(layout, content.replace(b"        262.10", b"*" * 14))
    assert [(fault.field, fault.code, fault.position) for fault in row.faults] == [("SUM", "overflow", 1)]
    assert [(line.service, line.billed, line.quantity) for line in row.lines] == [("10", None, Decimal(10))]


def test_makes_a_received_number_with_seven_decimals_a_fault() -> None:
    definition = preset_definition("long")
    for field in definition["fields"]:
        if field["name"] == "TARIF":
            field["decimals"] = 8
    layout = layout_from(definition)
    assert row_of(layout, TARIF=Decimal("26.68307100"), SUM=Decimal(1)).lines[0].tariff == Decimal("26.683071")
    row = row_of(layout, TARIF=Decimal("26.68307125"), SUM=Decimal(1))
    assert [(fault.field, fault.code) for fault in row.faults] == [("TARIF", "too_precise")]


def test_turns_the_debt_where_the_layout_counts_it_the_other_way() -> None:
    layout = layout_from({**preset_definition("long"), "debt_sign": -1})
    line = dataclasses.replace(WATER, debt=Decimal("30.00"))
    content = answered(layout, [ReturnedRow(ReturnedAnswer(lines=(line,)), 1)])
    assert b"        -30.00" in content
    (row,) = returned(layout, content)
    assert row.lines[0].debt == Decimal(30)


def test_names_services_by_the_providers_codes_where_the_layout_maps_them() -> None:
    layout = layout_from({**preset_definition("long"), "services": {"ХВС": "10"}})
    content = answered(layout, [ReturnedRow(ReturnedAnswer(lines=(WATER,)), 1)])
    (row,) = returned(layout, content)
    assert [(line.service, line.service_name) for line in row.lines] == [("10", "ХВС")]
    (row,) = returned(layout, content.replace("ХВС".encode("cp866"), "ГВС".encode("cp866")))
    assert [(line.service, line.service_name) for line in row.lines] == [("", "ГВС")]
    assert [fault.code for fault in row.faults] == ["unknown_service"]


def test_tells_a_month_that_does_not_exist() -> None:
    row = row_of(preset("long"), GOD="2026", MES="13", SUM=Decimal(1))
    assert row.month is None
    assert [fault.code for fault in row.faults] == ["bad_month"]


def test_refuses_to_place_a_line_the_layout_has_no_room_for() -> None:
    fuel, water = ParsedLine("22", billed=Decimal(1)), ParsedLine("10", billed=Decimal(1))
    for answer in ((fuel,), (water, water)):
        with pytest.raises(NoPlace):
            answered(preset("l1_tula"), [ReturnedRow(ReturnedAnswer(lines=answer), row_no=1)])


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        pytest.param({"SUM": Decimal("10000000.00")}, "SUM", id="sum above the bound"),
        pytest.param({"SUM": Decimal("-10000000.00")}, "SUM", id="sum below the bound"),
        pytest.param({"PERER": Decimal("10000000.00")}, "PERER", id="recalculation"),
        pytest.param({"KOLZRP": Decimal(-1)}, "KOLZRP", id="negative residents"),
    ],
)
def test_makes_what_no_charge_can_hold_a_fault_of_its_cell(cells: dict[str, Value], field: str) -> None:
    found = row_of(preset("long"), **cells)
    assert [(fault.field, fault.code) for fault in found.faults] == [(field, "out_of_bounds")]


def test_bounds_amounts_as_a_charge_does() -> None:
    found = row_of(preset("long"), SUM=MOST_ROUBLES)
    assert [line.billed for line in found.lines] == [MOST_ROUBLES]
