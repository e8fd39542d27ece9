import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.reading import read_dbf
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import Unwritable
from exchange.layouts.definitions import PRESETS, preset
from exchange.layouts.flat import UnknownRole, build_records, parse_records
from exchange.layouts.forms import Attribute
from exchange.layouts.model import Kind, Layout, LayoutField
from exchange.layouts.recognition import open_table
from tests.exchange.layouts.people import DAYS, MONTHS, amounts, digits, words

FLAT = [code for code in PRESETS if preset(code).kind is Kind.FLAT]
ANSWER: Mapping[str, Attribute] = {
    "row_id": "12",
    "result": "returned",
    "reason_code": "B01",
    "day": dt.date(2026, 11, 9),
    "amount": Decimal("1496.90"),
}


def values_of(layout: Layout, field: LayoutField) -> st.SearchStrategy[Attribute]:
    filled: st.SearchStrategy[Attribute]
    if field.values:
        filled = st.sampled_from(sorted(layout.values[field.values].values(), key=str))
    elif field.form == "snils":
        filled = digits(11, least=11)
    elif field.form.startswith("month"):
        filled = MONTHS
    elif field.form == "integer":
        filled = st.integers(0, 10**field.length - 1)
    elif field.type == "D":
        filled = DAYS
    elif field.type == "N":
        whole = min(field.length - field.decimals - 2, 11)
        filled = amounts(whole, field.decimals, negative=True)
    else:
        filled = words(field.length, least=1)
    blank = "" if field.type == "C" and (field.form in ("", "snils")) and not field.values else None
    return filled if not field.blank else st.just(blank) | filled


@pytest.mark.parametrize("code", FLAT)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_reads_back_the_records_it_was_given(code: str, data: st.DataObject) -> None:
    layout = preset(code)
    record = st.fixed_dictionaries({field.role: values_of(layout, field) for field in layout.fields})
    records = data.draw(st.lists(record, max_size=4))
    found = list(parse_records(layout, open_table(layout, build_records(layout, records))))
    assert [dict(one.values) for one in found] == records
    assert [one.faults for one in found] == [()] * len(records)
    assert [one.row_no for one in found] == list(range(1, len(records) + 1))


def test_refuses_to_lose_a_value_that_has_no_column() -> None:
    with pytest.raises(UnknownRole, match="colour"):
        build_records(preset("bank_answer"), [{**ANSWER, "colour": "red"}])


@pytest.mark.parametrize("role", ["row_id", "result", "day", "amount"])
def test_refuses_a_record_whose_cell_may_not_be_blank(role: str) -> None:
    with pytest.raises(Unwritable) as caught:
        build_records(preset("bank_answer"), [ANSWER, {name: value for name, value in ANSWER.items() if name != role}])
    assert (caught.value.row, caught.value.code) == (2, "blank")


def test_refuses_a_word_that_the_layout_has_no_sign_for() -> None:
    with pytest.raises(Unwritable) as caught:
        build_records(preset("bank_answer"), [{**ANSWER, "result": "lost"}])
    assert (caught.value.row, caught.value.field, caught.value.code) == (1, "REZ", "bad_value")


def test_makes_a_blank_or_odd_cell_a_fault_of_its_row_and_goes_on() -> None:
    layout = preset("bank_answer")
    content = build_records(layout, [ANSWER, ANSWER])
    first, second = content.index(b"12" + b" " * 18), content.rindex(b"12" + b" " * 18)
    damaged = bytearray(content)
    damaged[first : first + 2] = b"  "
    damaged[second + 20 : second + 21] = b"7"
    damaged[second + 24 : second + 32] = b"20261399"
    one, two = parse_records(layout, open_table(layout, bytes(damaged)))
    assert [(fault.field, fault.code) for fault in one.faults] == [("ID", "blank")]
    assert {(fault.field, fault.code) for fault in two.faults} == {("REZ", "bad_value"), ("DATA", "bad_date")}
    assert (two.values["row_id"], two.values["result"], two.values["day"]) == ("12", None, None)
    assert two.values["amount"] == Decimal("1496.90")


def test_refuses_a_file_of_another_layout() -> None:
    content = build_records(preset("bank_answer"), [ANSWER])
    with pytest.raises(Refused) as caught:
        parse_records(preset("pension"), read_dbf(content))
    assert caught.value.code == "missing_column"


def test_takes_a_disabled_child_and_an_endless_certificate() -> None:
    layout = preset("pension")
    record: dict[str, Attribute] = {
        "last_name": "Щукин",
        "first_name": "Пётр",
        "birth_date": dt.date(2015, 5, 5),
        "snils": "11223344595",
        "disability_group": "child",
        "disability_to": None,
        "district_code": "07",
        "removed_flag": False,
        "file_month": dt.date(2026, 10, 1),
    }
    (found,) = parse_records(layout, open_table(layout, build_records(layout, [record])))
    assert {name: found.values[name] for name in record} == record
    assert "112-233-445-95".encode("cp866") in build_records(layout, [record])
