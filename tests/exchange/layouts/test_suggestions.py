"""A file of no known layout: what its columns may mean, a layout drafted of it, its rows as they would load."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf
from exchange.layouts.definitions import BadLayout, layout_from, preset, preset_definition
from exchange.layouts.drafting import draft_layout, preview_rows
from exchange.layouts.exchanged import ParsedLine, ParsedRow, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.model import Layout, Limits
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.suggestions import suggest_mapping
from exchange.layouts.tables.opened import open_sample
from tests.exchange.layouts.people import ANNA, MONTH

BORIS = dataclasses.replace(
    ANNA, last_name="Щукин", first_name="Борис", middle_name="Ильич", snils="02211468091", account="00123457"
)
LINES = (
    ParsedLine("10", service_name="Холодная вода", billed=Decimal("262.10"), tariff=Decimal("26.21"), quantity=Decimal(10)),
    ParsedLine("14", service_name="Водоотведение", billed=Decimal("99.90"), tariff=Decimal("9.99"), quantity=Decimal(10)),
)  # fmt: skip
ONE = {"services": ("10",)}
RUSSIAN = "Лицевой счёт;Ф.И.О. Фамилия;Имя;Отчество;Дата рождения;СНИЛС;Код услуги;Тариф, руб.;Начислено;Примечание\r\n"
ROW = "00123456;Ёлкина;Анна;Львовна;03.02.1950;112-233-445 95;10;26,21;262,10;\r\n"


def answered(layout: Layout, *, is_long: bool = False) -> bytes:
    asked = [dataclasses.replace(one, **(ONE if is_long else {})) for one in (ANNA, BORIS)]
    request = build_request(layout, asked, month=MONTH).content
    lines = LINES[:1] if is_long else LINES
    rows = [
        ReturnedRow(ReturnedAnswer(residents=2, total_area=Decimal("44.50"), lines=lines), row_no=n) for n in (1, 2)
    ]
    return fill_return(layout, open_table(layout, request), rows, month=MONTH)


def renamed(content: bytes, names: dict[str, str]) -> bytes:
    table = read_dbf(content, encoding="cp866")
    fields = [dataclasses.replace(field, name=names.get(field.name, field.name)) for field in table.fields]
    return write_dbf(fields, [row.values for row in table.rows()], encoding="cp866")


def best(content: bytes) -> dict[str, str]:
    table = open_sample(content, limits=Limits()).table
    return {one.column.name: one.best.role if one.best else "" for one in suggest_mapping(table)}


def test_knows_columns_by_the_names_that_presets_give_them() -> None:
    found = best(answered(preset("l1_tula")))
    layout = preset("l1_tula")
    told = {field.name: field.role for field in layout.fields if field.role}
    wrong = {name: (found[name], role) for name, role in told.items() if found[name] not in (role, "")}
    assert wrong.keys() <= {"KOLK", "OTPL", "OPL", "KOLZR"}
    assert {name: found[name] for name in ("FAMIL", "STRAHNM", "LCHET", "SUM1", "TARIF14", "LCHET3")} == {
        "FAMIL": "person.last_name",
        "STRAHNM": "person.snils",
        "LCHET": "person.account",
        "SUM1": "line.billed",
        "TARIF14": "line.tariff",
        "LCHET3": "line.account",
    }


def test_knows_renamed_columns_by_what_stands_in_them() -> None:
    names = {"SNILS": "N1", "DROG": "N2", "LCHET": "SCHET", "FAMIL": "FAMILIYA"}
    content = renamed(answered(preset("long"), is_long=True), names)
    found = {one.column.name: one for one in suggest_mapping(open_sample(content, limits=Limits()).table)}
    assert {name: one.best.role for name, one in found.items() if name in names.values() and one.best} == {
        "N1": "person.snils",
        "N2": "person.birth_date",
        "SCHET": "person.account",
        "FAMILIYA": "person.last_name",
    }
    likely = found["N1"].best
    assert likely is not None
    assert likely.why == "в столбце номера с верными контрольными числами СНИЛС"


def test_knows_russian_headings_and_gives_a_role_to_one_column_only() -> None:
    found = best((RUSSIAN + ROW).encode("cp1251"))
    assert found == {
        "Лицевой счёт": "person.account",
        "Ф.И.О. Фамилия": "",
        "Имя": "person.first_name",
        "Отчество": "person.middle_name",
        "Дата рождения": "person.birth_date",
        "СНИЛС": "person.snils",
        "Код услуги": "line.service",
        "Тариф, руб.": "line.tariff",
        "Начислено": "line.billed",
        "Примечание": "",
    }
    roles = [role for role in found.values() if role]
    assert len(set(roles)) == len(roles)


def drafted(content: bytes, mapping: dict[str, str], services: dict[int, str]) -> tuple[Layout, Any]:
    sample = open_sample(content, limits=Limits())
    definition = draft_layout(
        sample, mapping, code="drafted", name="Черновик", source="образец", name_mask="{provider}_{YYYY}{MM}.dbf", services=services,
    )  # fmt: skip
    return layout_from(definition), preview_rows(layout_from(definition), content)


@pytest.mark.parametrize("code", ["l1_tula", "l2_gubkin", "long", "l8_polysaevo"])
def test_a_layout_drafted_of_a_presets_file_reads_the_same_charges(code: str) -> None:
    layout = preset(code)
    content = answered(layout, is_long=code == "long")
    roles = {field.name: field.role for field in layout.fields if field.group == 0 or code == "long"}
    for group in range(1, 16):
        of_group = (field for field in (*layout.fields, *layout.repeated) if field.group in (0, group))
        roles |= {
            field.name.replace("{n}", str(group)): field.role for field in of_group if field.role.startswith("line.")
        }
    columns = {field.name for field in open_table(layout, content).fields}
    plain = {
        field.name for field in layout.fields if field.values or field.form.startswith(("one", "month", "percent"))
    }
    mapping = {name: role for name, role in roles.items() if name in columns and name not in plain}
    if code == "l1_tula":
        mapping = {name: role for name, role in mapping.items() if role != "line.service_name"}
    services = {group.number: group.service for group in layout.groups}
    found, rows = drafted(content, {name: role for name, role in mapping.items() if role != "file.month"}, services)
    assert found.kind is layout.kind
    assert [row.account for row in rows] == ["00123456", "00123457"]
    assert [row.faults for row in rows] == [(), ()]
    assert [[line.billed for line in row.lines] for row in rows] == [
        [line.billed for line in LINES[: 1 if code == "long" else 2]]
    ] * 2


def test_a_layout_drafted_of_a_text_reads_its_rows_and_shows_their_faults() -> None:
    content = (RUSSIAN + ROW + ROW.replace("262,10", "много")).encode("cp1251")
    mapping = best(content) | {"Ф.И.О. Фамилия": "person.last_name"}
    layout, (good, faulty) = drafted(content, mapping, {})
    assert isinstance(good, ParsedRow)
    assert (layout.kind, layout.encoding, layout.writing.decimal_mark) == ("long", "cp1251", ",")
    assert (good.last_name, good.snils, good.account) == ("Ёлкина", "11223344595", "00123456")
    assert [(line.service, line.billed) for line in good.lines] == [("10", Decimal("262.10"))]
    assert [(fault.field, fault.code) for fault in faulty.faults] == [("Начислено", "bad_number")]


def test_says_what_a_draft_still_lacks() -> None:
    with pytest.raises(BadLayout, match="нет поля с начисленной суммой"):
        drafted((RUSSIAN + ROW).encode(), {"Код услуги": "line.service", "Лицевой счёт": "person.account"}, {})


def test_reads_no_more_rows_for_a_preview_than_asked() -> None:
    layout = preset("bank_answer")
    fields = [Field(field.name, field.type, field.length, field.decimals) for field in layout.columns]
    rows = [[str(number), "0", "B01", MONTH, Decimal(1)] for number in range(30)]
    content = write_dbf(fields, rows, encoding="cp866")
    assert [len(preview_rows(layout, content)), len(preview_rows(layout, content, limit=3))] == [20, 3]
    assert preset_definition("bank_answer")["kind"] == "flat"
