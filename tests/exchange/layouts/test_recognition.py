import pytest

from exchange.dbf.header import Field
from exchange.dbf.reading import Table, read_dbf
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import write_dbf
from exchange.layouts.definitions import PRESETS, layout_from, preset, preset_definition
from exchange.layouts.model import Kind, Layout
from exchange.layouts.recognition import check_structure, open_table, recognise
from exchange.layouts.requests import build_request
from exchange.layouts.returns import parse_return
from tests.exchange.dbf.raw import raw_table
from tests.exchange.layouts.people import ANNA, MONTH

EXCHANGED = [preset(code) for code in PRESETS if preset(code).kind is not Kind.FLAT]


def empty(layout: Layout, *, without: str = "", retyped: str = "") -> Table:
    fields = [
        Field(field.name, "D", 8) if field.name == retyped else field
        for field in layout.columns
        if field.name != without
    ]
    return read_dbf(write_dbf(fields, [], encoding="cp866"))


def code_of(layout: Layout, table: Table) -> str:
    with pytest.raises(Refused) as caught:
        check_structure(layout, table)
    assert caught.value.text.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("layout", EXCHANGED, ids=lambda layout: layout.code)
def test_recognises_a_layout_by_its_columns(layout: Layout) -> None:
    assert recognise(empty(layout), EXCHANGED) is layout


def test_refuses_columns_of_no_known_layout() -> None:
    with pytest.raises(Refused) as caught:
        recognise(read_dbf(write_dbf([Field("X", "C", 1)], [], encoding="cp866")), EXCHANGED)
    assert caught.value.code == "unknown_layout"


def test_refuses_columns_that_two_layouts_share() -> None:
    layouts = [preset("bank_answer"), preset("post_answer")]
    with pytest.raises(Refused) as caught:
        recognise(empty(layouts[0]), layouts)
    assert caught.value.code == "ambiguous_layout"


@pytest.mark.parametrize("layout", EXCHANGED, ids=lambda layout: layout.code)
def test_refuses_a_file_without_any_one_of_its_required_columns(layout: Layout) -> None:
    for field in layout.fields:
        table = empty(layout, without=field.name)
        if field.required:
            assert code_of(layout, table) == "missing_column"
        else:
            check_structure(layout, table)


def test_refuses_a_column_of_another_type() -> None:
    assert code_of(preset("l1_tula"), empty(preset("l1_tula"), retyped="SUM7")) == "wrong_type"


def test_takes_a_column_of_another_width_and_columns_in_another_order() -> None:
    layout = preset("bank_answer")
    columns = [
        Field("MORE", "C", 3),
        *reversed([Field(f.name, f.type, f.length + 5, f.decimals) for f in layout.columns[:3]]),
    ]
    table = read_dbf(write_dbf([*columns, *layout.columns[3:]], [], encoding="cp866"))
    check_structure(layout, table)


def test_refuses_a_column_that_stands_twice() -> None:
    definition = preset_definition("bank_answer")
    layout = layout_from({**definition, "fields": definition["fields"][:1], "completed_by_us": ["ID"]})
    table = read_dbf(raw_table([("ID", "C", 20, 0), ("ID", "C", 20, 0)], []))
    assert code_of(layout, table) == "repeated_column"


@pytest.mark.parametrize("page", ["cp1251", "utf-8"])
def test_refuses_a_file_in_another_code_page(page: str) -> None:
    layout = preset("l1_tula")
    content = build_request(layout, [ANNA] * 3, month=MONTH).content
    start = read_dbf(content).header.header_length
    body = content[start:].decode("cp866").encode(page)
    for language_byte in (0x65, 0x00, 0xC9):
        other = content[:29] + bytes((language_byte,)) + content[30:start] + body
        with pytest.raises(Refused) as caught:
            list(parse_return(layout, open_table(layout, other)))
        assert caught.value.code == ("wrong_encoding" if page == "cp1251" else "extra_bytes")


def test_reads_either_code_page_where_the_layout_leaves_it_open() -> None:
    layout = preset("long")
    content = build_request(layout, [ANNA] * 3, month=MONTH).content
    start = read_dbf(content).header.header_length
    other = content[:29] + b"\0\0\0" + content[32:start] + content[start:].decode("cp866").encode("cp1251")
    table = open_table(layout, other)
    assert table.encoding == "cp1251"
    assert {row.last_name for row in parse_return(layout, table)} == {"Ёлкина"}
