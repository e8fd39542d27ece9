import json
from typing import Any

import pytest

from exchange.layouts.definitions import PRESETS, BadLayout, layout_from, preset, preset_definition
from exchange.layouts.model import FilledBy, Kind, MatchKey

FLAT = [code for code in PRESETS if preset(code).kind is Kind.FLAT]


def test_l1_has_221_fields_and_records_of_4209_bytes() -> None:
    layout = preset("l1_tula")
    assert (len(layout.fields), layout.record_length) == (221, 4209)
    assert [field.name for field in layout.fields[:4]] == ["SL", "FAMIL", "IMJA", "OTCH"]
    assert [field.name for field in layout.fields[-13:]] == [
        *("GKU15", "TARIF15", "SUM15", "FAKT15", "NORM15", "SUMZ15", "KLMZ15"),
        *("OZS15", "SUMOZS15", "ORG15", "VIDTAR15", "KOEF15", "LCHET15"),
    ]
    assert sum(field.length for field in layout.fields[:26]) == 398
    assert sum(field.length for field in layout.fields[26:39]) == 254


def test_l1_slots_stand_for_our_services_in_the_published_order() -> None:
    layout = preset("l1_tula")
    assert [group.service for group in layout.groups] == [
        *("02", "03", "01", "10", "11", "14", "23", "19", "15", "21", "40", "41", "30", "13", "32"),
    ]
    assert [group.title for group in layout.groups][4] == "Горячая вода"
    assert layout.carries("12")
    assert not layout.carries("22")


def test_l3_has_the_published_columns() -> None:
    columns = [(field.name, field.type, field.length, field.decimals) for field in preset("l3_capital_repair").columns]
    assert columns == [
        ("KOD_POST", "C", 3, 0),
        ("FAMIL", "C", 50, 0),
        ("IMJA", "C", 50, 0),
        ("OTCH", "C", 50, 0),
        ("KOD_NNASP", "C", 5, 0),
        ("KOD_NYLIC", "C", 5, 0),
        ("NDOM", "C", 4, 0),
        ("NKORP", "C", 3, 0),
        ("NKW", "C", 3, 0),
        ("NKOMN", "C", 3, 0),
        ("NKOD", "C", 4, 0),
        ("NKOD_PU", "C", 2, 0),
        ("ROPL", "N", 12, 2),
        ("DATLGTS1", "C", 10, 0),
        ("DATLGTPO1", "C", 10, 0),
        ("SUML1", "N", 12, 2),
        ("DATEPRL1", "C", 10, 0),
        ("LSA", "C", 9, 0),
        ("DOLG", "C", 1, 0),
    ]


def test_the_long_layout_says_what_we_completed_ourselves() -> None:
    layout = preset("long")
    assert layout.partial
    assert set(layout.completed_by_us) < {field.name for field in layout.fields}
    published = [field for field in layout.fields if field.name not in layout.completed_by_us]
    assert [field.length for field in published] == [10, 15, 40, 40, 40, 40, 40, 6, 3, 4, 3, 8, 1, 4, 2, 9]
    assert layout.matching[0] is MatchKey.REQUEST_ID


@pytest.mark.parametrize("code", PRESETS)
def test_a_preset_is_sound(code: str) -> None:
    layout = preset(code)
    assert layout.code == code
    assert layout.source
    assert all(len(field.name) <= 10 and field.name.isascii() for field in layout.fields)
    assert layout.partial == bool(layout.completed_by_us)
    assert layout.name_mask.lower().endswith(".dbf")


@pytest.mark.parametrize("code", FLAT)
def test_each_value_of_a_flat_file_has_one_column(code: str) -> None:
    roles = [field.role for field in preset(code).fields]
    assert all(roles)
    assert len(set(roles)) == len(roles)


@pytest.mark.parametrize("code", PRESETS)
def test_a_definition_survives_the_database(code: str) -> None:
    definition = json.loads(json.dumps(preset_definition(code)))
    assert layout_from(definition) == preset(code)


def test_the_change_file_has_the_published_columns() -> None:
    layout = preset("l6_changes")
    published = [(field.name, field.length) for field in layout.fields if field.name not in layout.completed_by_us]
    assert [length for _, length in published] == [
        *(14, 20, 20, 20, 8, 6, 40, 40, 8, 7, 4, 15, 5, 1, 1, 8, 8, 2, 2, 8),
    ]
    assert (published[0][0], published[-1][0]) == ("PFR", "OBR_D")


def test_l5_and_l8_say_what_of_them_is_published() -> None:
    l5, l8 = preset("l5_ivanovo"), preset("l8_polysaevo")
    assert [(field.name, field.length, field.decimals) for field in l5.repeated] == [
        ("USL{n}", 50, 0), ("POSTUSL{n}", 50, 0), ("VID_TARIF{n}", 10, 0), ("TARIF{n}", 5, 2),
        ("FAKT{n}", 5, 2), ("SUM{n}", 10, 2), ("SUML{n}", 10, 2), ("DATPRL{n}", 8, 0),
    ]  # fmt: skip
    assert {field.name.rstrip("123456789") for field in l8.fields if field.group} == {
        "GKU", "LCHET", "ED_IZM", "FAKT", "SUM_F", "NORM", "PRZ",
    }  # fmt: skip
    assert [group.service for group in l8.groups] == ["15", "32", "19", "10", "30", "11", "31", "14", "21"]


def test_a_provider_fills_sums_and_we_fill_persons() -> None:
    for code in ("l1_tula", "l3_capital_repair", "long"):
        for field in preset(code).fields:
            if field.role == "line.billed":
                assert field.filled_by is FilledBy.PROVIDER
            if field.attribute == "last_name":
                assert field.filled_by is FilledBy.SZ


def changed(**changes: Any) -> dict[str, Any]:
    return {**preset_definition("bank_answer"), **changes}


def with_field(**changes: Any) -> dict[str, Any]:
    definition = preset_definition("l3_capital_repair")
    definition["fields"][0].update(changes)
    return definition


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param({}, id="empty"),
        pytest.param(changed(kind="round"), id="unknown kind"),
        pytest.param(changed(direction="up"), id="unknown direction"),
        pytest.param(changed(dbase="dbase9"), id="unknown version"),
        pytest.param(changed(fields=3), id="fields are not a list"),
        pytest.param(changed(fields=preset_definition("bank_answer")["fields"] * 2), id="repeated names"),
        pytest.param(changed(debt_sign=0), id="debt without a sign"),
        pytest.param(changed(values={}), id="missing table of values"),
        pytest.param(changed(tolerances={"roubles": "much"}), id="tolerance is not a number"),
        pytest.param(with_field(role="person.shoe_size"), id="unknown role"),
        pytest.param(with_field(role="pet.name"), id="unknown subject"),
        pytest.param(with_field(form="date:DD.MM"), id="date without a year"),
        pytest.param(with_field(form="percent:0"), id="zero per cent"),
        pytest.param(with_field(filled_by="nobody"), id="unknown filler"),
    ],
)
def test_refuses_a_definition_that_is_not_a_layout(definition: dict[str, Any]) -> None:
    with pytest.raises(BadLayout):
        layout_from(definition)
