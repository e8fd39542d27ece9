"""A layout put together of what a person told, a sample and the version before: said, judged, put into words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.dbf.verdicts import Refused
from exchange.layouts.beginning import begin_with_sample, begin_with_version
from exchange.layouts.composing import compose, flaws_in
from exchange.layouts.definitions import PRESETS, layout_from, preset, preset_definition
from exchange.layouts.drafting import preview_rows
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.samples import fixed_columns, is_ruled, likely_widths, sample_of
from exchange.layouts.told import ColumnTold, Told, as_kept, as_told
from exchange.layouts.wording import changes_between, words_of

HEAD = "Лицевой счёт;Фамилия;Имя;Отчество;Дата рождения;СНИЛС;Код услуги;Услуга;Тариф, руб.;Начислено;Счётчик\r\n"
ROW = "00123456;Ёлкина;Анна;Львовна;03.02.1950;112-233-445 95;ХВ;Холодная вода;26,21;262,10;П\r\n"
TABLE = (HEAD + ROW + ROW.replace("262,10", "много")).encode("cp1251")
LINE = "{:<10}{:<15}{:<10}{:<12}{:>9}  \r\n"
FIXED = (
    LINE.format("00123456", "Ёлкина", "Анна", "03.02.1950", "262,10")
    + LINE.format("00123457", "Щукин", "Борис", "14.07.1948", "1262,10")
).encode("cp866")
NAMED = {
    "code": "provider_101",
    "name": "Формат водоканала",
    "source": "соглашение № 5",
    "valid_from": "2026-12-01",
}


def begun(content: bytes, **given: object) -> tuple[Told, dict]:
    told = begin_with_sample(sample_of(content, Told()), replace(Told(), **given), ours={"10"})
    return told, compose(told, sample=sample_of(content, told), base=None)


@pytest.mark.parametrize("code", PRESETS)
def test_says_every_preset_as_a_person_would_and_composes_it_back(code: str) -> None:
    definition = preset_definition(code)
    told = replace(begin_with_version(definition), valid_from="2026-12-01")
    assert as_told(as_kept(told)) == told
    composed = compose(told, sample=None, base=definition)
    assert layout_from(composed) == preset(code)
    assert flaws_in(told, composed) == []


def test_begins_with_what_a_sample_suggests_and_names_what_is_left_to_a_person() -> None:
    told, definition = begun(TABLE)
    assert (told.role_of("Фамилия"), told.role_of("Начислено")) == ("person.last_name", "line.billed")
    assert told.matching == ("account", "snils", "name_and_birth_date")
    assert (told.names, told.codes) == ({"Холодная вода": "10"}, {"ХВ": ""})
    assert told.name_mask == "{district}_{provider}_{YYYY}{MM}.csv"
    assert {flaw.place for flaw in flaws_in(told, definition)} == {"code", "name", "source", "valid_from"}


def test_composes_a_layout_that_reads_the_sample_with_the_codes_and_signs_told() -> None:
    told, _ = begun(TABLE, **NAMED)
    columns = dict(told.columns) | {"Счётчик": ColumnTold("line.metered", yes="П", no="Н")}
    told = replace(told, columns=columns, codes={"ХВ": "10"}, debt_sign=-1, tolerances={"roubles": "0,05"})
    definition = compose(told, sample=sample_of(TABLE, told), base=None)
    assert flaws_in(told, definition) == []
    layout = layout_from(definition)
    good, faulty = preview_rows(layout, TABLE)
    assert isinstance(good, ParsedRow)
    assert isinstance(faulty, ParsedRow)
    assert [(line.service, line.billed, line.metered) for line in good.lines] == [("10", Decimal("262.10"), True)]
    assert [(fault.field, fault.code) for fault in faulty.faults] == [("Начислено", "bad_number")]
    assert (layout.tolerances.roubles, layout.debt_sign) == (Decimal("0.05"), -1)
    asked = next(field for field in layout.fields if field.role == "line.service")
    assert asked.filled_by == "both", "the code of the service stands in our request"


def test_tells_groups_of_services_from_columns_that_only_bear_numbers() -> None:
    content = "Фамилия;Т1;Т2;НАЧ1;НАЧ2;НАЧ3;НАЧ4\r\nЁлкина;a;b;1,10;2,20;3,30;4,40\r\n".encode()
    told, _ = begun(content)
    assert (told.apart, set(told.columns)) == (("Т{n}",), {"Фамилия", "Т1", "Т2", "НАЧ{n}"})
    columns = dict(told.columns) | {"НАЧ{n}": ColumnTold("line.billed")}
    told = begin_with_sample(sample_of(content, told), replace(told, columns=columns, **NAMED), ours=set())
    assert set(told.services) == {"1", "2", "3", "4"}
    flaws = flaws_in(told, compose(told, sample=sample_of(content, told), base=None))
    assert [flaw.place for flaw in flaws if flaw.place.startswith("slot")] == ["slot:1", "slot:2", "slot:3", "slot:4"]


def test_says_each_flaw_at_its_place() -> None:
    told, _ = begun(TABLE, **NAMED, name_mask="otvet.csv")
    columns = dict(told.columns) | {
        "Счётчик": ColumnTold("line.metered"),
        "Услуга": ColumnTold("person.snils"),
    }
    told = replace(told, columns=columns, matching=("address_code_and_name",), tolerances={"area": "чуть"})
    flaws = flaws_in(told, compose(told, sample=sample_of(TABLE, told), base=None))
    found = {flaw.place: flaw.text for flaw in flaws}
    assert found.keys() == {"name_mask", "tolerance:area", "field:Счётчик", "columns", "matching"}
    assert found["columns"] == "Один смысл у нескольких полей: СНИЛС."
    assert "код адреса" in found["matching"]
    assert not any(word in flaw.text for flaw in flaws for word in ("person.", "line.", "matching"))


def test_reads_a_text_of_fixed_width_by_the_widths_told() -> None:
    assert len(likely_widths(FIXED, encoding="", header_row=0).splitlines()) == 5
    assert (is_ruled(FIXED), is_ruled(TABLE)) == (True, False)
    widths = "Счёт 10\nФамилия 15\nИмя 10\nДата рождения 12\nНачислено 9\nКонец 2"
    told = replace(Told(), **NAMED, container="fixed", widths=widths, header_row=0, services={"0": "10"})
    told = begin_with_sample(sample_of(FIXED, told), told, ours=set())
    columns = dict(told.columns) | {"Счёт": ColumnTold("person.account"), "Начислено": ColumnTold("line.billed")}
    told = replace(told, columns=columns, matching=("account",))
    definition = compose(told, sample=sample_of(FIXED, told), base=None)
    assert flaws_in(told, definition) == []
    rows = preview_rows(layout_from(definition), FIXED)
    assert [(row.account, row.last_name, row.birth_date.year, row.lines[0].billed) for row in rows] == [
        ("00123456", "Ёлкина", 1950, Decimal("262.10")),
        ("00123457", "Щукин", 1948, Decimal("1262.10")),
    ]


@pytest.mark.parametrize("text", ["Фамилия", "Счёт 0", "Счёт 10\nсчёт 5", " \n"])
def test_refuses_widths_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        fixed_columns(text)


def test_keeps_what_a_version_says_beside_the_page_and_names_what_changes() -> None:
    before = preset_definition("l1_tula")
    told = replace(begin_with_version(before), valid_from="2026-12-01", debt_sign=-1, matching=("snils",))
    columns = dict(told.columns) | {"PRN": ColumnTold(is_required=False)}
    services = dict(told.services) | {"15": "15"}
    told = replace(told, columns=columns, services=services)
    after = layout_from(compose(told, sample=None, base=before))
    assert (after.values["debt_status"], after.substitutions) == (
        preset("l1_tula").values["debt_status"],
        preset("l1_tula").substitutions,
    )
    assert after.groups[4].paired_service == "12"
    services_named = {"15": "Электроэнергия", "32": "Электроэнергия на общие нужды"}
    changes = changes_between(*(words_of(one, services=services_named) for one in (preset("l1_tula"), after)))
    assert [(change.what, change.after) for change in changes] == [
        ("Сопоставление строк", "СНИЛС"),
        ("Долг", "минус — должен человек"),
        ("Поле PRN", "не читается; число N1; предприятие; может отсутствовать"),
        ("Группа 15", "15 Электроэнергия ЭЭ ОДН"),
    ]
