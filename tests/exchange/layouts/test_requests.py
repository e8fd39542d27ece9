import dataclasses
from decimal import Decimal

import pytest

from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import Unwritable
from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import AddressDoesNotFit, BuiltRow, RequestedPerson, compose_address_code
from exchange.layouts.requests import build_request
from tests.exchange.layouts.people import ANNA, MONTH

BORIS = dataclasses.replace(ANNA, request_id="18", first_name="Борис", account="777", services=("21",))


def cells(content: bytes, row: int = 0) -> dict[str, object]:
    table = read_dbf(content, encoding="cp866")
    found = list(table.rows())[row]
    return dict(zip([field.name for field in table.fields], found.values, strict=True))


def test_l1_asks_in_one_row_per_person_and_leaves_the_providers_cells_blank() -> None:
    built = build_request(preset("l1_tula"), [ANNA, BORIS], month=MONTH)
    assert built.rows == (BuiltRow(1, "17", "00123456", ("10", "14")), BuiltRow(2, "18", "777", ("21",)))
    row = cells(built.content)
    assert (row["SL"], row["FAMIL"], row["STRAHNM"], row["LCHET"]) == (1, "Ёлкина", "112-233-445-95", "00123456")
    assert (row["OPL"], row["OTPL"], row["KOLZR"], row["KOLK"]) == (Decimal("44.50"), Decimal("40.10"), 2, 2)
    ours = {field.name for field in preset("l1_tula").fields if field.filled_by != "provider"}
    assert {name for name, value in row.items() if value not in (None, "")} <= ours


def test_the_long_layout_asks_in_one_row_per_person_and_service() -> None:
    built = build_request(preset("long"), [ANNA, BORIS], month=MONTH)
    assert [(row.row_no, row.request_id, row.services) for row in built.rows] == [
        (1, "17", ("10",)),
        (2, "17", ("14",)),
        (3, "18", ("21",)),
    ]
    assert [cells(built.content, row)["USLUGA"] for row in range(3)] == ["10", "14", "21"]
    assert cells(built.content)["NOMER"] == "17"


def test_l3_cuts_the_address_code_into_its_columns() -> None:
    row = cells(build_request(preset("l3_capital_repair"), [ANNA], month=MONTH).content)
    parts = ("KOD_POST", "KOD_NNASP", "KOD_NYLIC", "NDOM", "NKORP", "NKW", "NKOMN")
    assert [row[name] for name in parts] == ["001", "00001", "00012", "12а", "2", "5", ""]
    assert (row["LSA"], row["DATLGTS1"], row["DATLGTPO1"]) == ("00123456", "01.01.2026", "")


@pytest.mark.parametrize("code", ["l1_tula", "l3_capital_repair", "long"])
def test_equal_persons_give_equal_bytes(code: str) -> None:
    built = build_request(preset(code), [ANNA, BORIS], month=MONTH)
    assert built == build_request(preset(code), iter([ANNA, BORIS]), month=MONTH)
    assert read_dbf(built.content).header.record_length == preset(code).record_length


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"house": "12345678"}, "NDOM", id="long house"),
        pytest.param({"last_name": "Łódź"}, "FAMIL", id="letters outside the code page"),
        pytest.param({"total_area": Decimal("44.555")}, "OPL", id="area with three decimals"),
        pytest.param({"residents": 100}, "KOLZR", id="a hundred residents"),
    ],
)
def test_refuses_a_person_who_does_not_fit_naming_row_and_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Unwritable) as caught:
        build_request(preset("l1_tula"), [BORIS, dataclasses.replace(ANNA, **changes)], month=MONTH)
    assert (caught.value.row, caught.value.field) == (2, field)


def test_refuses_a_row_without_its_request_id() -> None:
    with pytest.raises(Unwritable) as caught:
        build_request(preset("long"), [dataclasses.replace(ANNA, request_id="")], month=MONTH)
    assert (caught.value.row, caught.value.field, caught.value.code) == (1, "NOMER", "blank")


def test_refuses_a_snils_of_ten_digits() -> None:
    with pytest.raises(Unwritable) as caught:
        build_request(preset("l1_tula"), [dataclasses.replace(ANNA, snils="1122334459")], month=MONTH)
    assert (caught.value.row, caught.value.code) == (1, "bad_snils")


def test_replaces_the_declared_quotes() -> None:
    person = RequestedPerson(request_id="1", last_name="Н", first_name="Н", street="пер. «Южный» — 2")
    assert cells(build_request(preset("l1_tula"), [person], month=MONTH).content)["NYLIC"] == 'пер. "Южный" - 2'


def test_refuses_a_house_longer_than_its_place_in_the_address_code() -> None:
    with pytest.raises(AddressDoesNotFit):
        compose_address_code(district="001", settlement="00001", street="00001", house="12345")
