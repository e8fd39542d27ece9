import datetime as dt

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.names import NameParts, file_name, parse_name

MONTH = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("l1_tula", "07_191_202603.dbf"),
        ("l3_capital_repair", "LGT-2026-03.dbf"),
        ("long", "ZKU_07_191_202603.dbf"),
        ("pension", "PFR_202603.dbf"),
        ("register", "REESTR_07_202603.dbf"),
        ("bank_list", "BANK_04_202603_12.dbf"),
        ("post_answer", "POSTANS_202603_12.dbf"),
    ],
)
def test_composes_a_name_and_reads_it_back(code: str, name: str) -> None:
    layout = preset(code)
    assert file_name(layout, month=MONTH, district="07", provider="191", bank="04", number=12) == name
    parts = parse_name(layout, name.upper())
    assert parts is not None
    assert parts.month == MONTH


def test_keeps_the_provider_at_characters_4_to_6_of_an_l1_name() -> None:
    name = file_name(preset("l1_tula"), month=MONTH, district="07", provider="191")
    assert name[3:6] == "191"
    assert parse_name(preset("l1_tula"), name) == NameParts(MONTH, "07", "191", None, None)


@pytest.mark.parametrize(
    "name",
    ["07_191_202613.dbf", "7_191_202603.dbf", "07_191_202603.dbf.exe", "../07_191_202603.dbf", "LGT-2026-03.dbf"],
)
def test_does_not_read_a_name_of_another_shape(name: str) -> None:
    assert parse_name(preset("l1_tula"), name) is None


def test_refuses_to_compose_a_name_without_its_parts() -> None:
    with pytest.raises(ValueError, match="не подходит"):
        file_name(preset("l1_tula"), month=MONTH, district="07")
