import pytest

from exchange.dbf.encodings import weigh_letters
from exchange.dbf.reading import Table, read_dbf
from exchange.dbf.verdicts import Refused
from tests.exchange.dbf.raw import raw_table

NAMES = ["Иванов Пётр Сергеевич", "ПЕТРОВА АННА ЛЬВОВНА", "ул. Багратиона, д. 12", "г. Смоленск"]
UNKNOWN, WESTERN, DOS, WINDOWS = 0x00, 0x03, 0x65, 0xC9


def table_of(texts: list[str], encoding: str, language_byte: int, *, setting: str = "auto") -> Table:
    records = [b" " + text.encode(encoding).ljust(60) for text in texts]
    return read_dbf(raw_table([("X", "C", 60, 0)], records, language_byte=language_byte), encoding=setting)


def texts_of(table: Table) -> list[object]:
    return [row.values[0] for row in table.rows()]


@pytest.mark.parametrize("page", ["cp866", "cp1251"])
@pytest.mark.parametrize("language_byte", [UNKNOWN, WESTERN, 0x57, 0xF0])
def test_tells_the_code_page_by_letters_when_the_byte_settles_nothing(page: str, language_byte: int) -> None:
    table = table_of(NAMES, page, language_byte)
    assert (table.encoding, table.encoding_from) == (page, "letters")
    assert table.encoding_confidence >= 60
    assert texts_of(table) == NAMES


@pytest.mark.parametrize("page", ["cp866", "cp1251"])
@pytest.mark.parametrize("text", NAMES)
def test_tells_the_code_page_of_upper_and_lower_case_alike(page: str, text: str) -> None:
    for variant in (text.upper(), text.lower()):
        evidence = weigh_letters((variant * 3).encode(page))
        assert evidence is not None
        assert evidence.encoding == page


def test_takes_a_cyrillic_language_byte_before_the_letters() -> None:
    table = table_of(NAMES, "cp1251", WINDOWS)
    assert (table.encoding, table.encoding_from) == ("cp1251", "language_byte")
    assert texts_of(table) == NAMES


def test_takes_the_setting_before_the_language_byte() -> None:
    table = table_of(NAMES, "cp1251", DOS, setting="cp1251")
    assert (table.encoding, table.encoding_from) == ("cp1251", "setting")
    assert texts_of(table) == NAMES


@pytest.mark.parametrize(
    ("page", "language_byte", "setting"),
    [
        pytest.param("cp1251", DOS, "auto", id="the byte lies"),
        pytest.param("cp866", WINDOWS, "auto", id="the byte lies the other way"),
        pytest.param("cp1251", UNKNOWN, "cp866", id="the setting is wrong"),
        pytest.param("cp866", UNKNOWN, "cp1251", id="the setting is wrong the other way"),
        pytest.param("utf-8", UNKNOWN, "cp866", id="the file is in UTF-8"),
    ],
)
def test_says_when_the_letters_contradict_the_choice(page: str, language_byte: int, setting: str) -> None:
    table = table_of(NAMES, page, language_byte, setting=setting)
    assert [notice.code for notice in table.notices if notice.code == "encoding_conflict"] == ["encoding_conflict"]


def test_reads_utf8_when_the_letters_say_so() -> None:
    table = table_of(NAMES, "utf-8", UNKNOWN)
    assert (table.encoding, texts_of(table)) == ("utf-8", NAMES)


def test_reads_western_text_by_its_byte_and_not_as_russian() -> None:
    names = ["Müller", "Élodie Lefèvre", "Ångström", "naïve café", "Zoë", "Señor Núñez", "Größe", "crème brûlée"]
    table = table_of(names, "cp1252", WESTERN)
    assert (table.encoding, table.encoding_from) == ("cp1252", "language_byte")
    assert texts_of(table) == names


def test_does_not_doubt_text_without_cyrillic() -> None:
    table = table_of(["plain"], "ascii", UNKNOWN)
    assert (table.encoding, table.encoding_from) == ("cp866", "default")
    assert [notice.code for notice in table.notices if notice.code.startswith("encoding")] == []


def test_hears_letters_that_stand_only_in_the_middle_of_a_long_table() -> None:
    texts = ["plain"] * 30_000
    texts[15_000:15_004] = NAMES
    table = table_of(texts, "cp1251", UNKNOWN)
    assert table.encoding == "cp1251"


def test_refuses_an_unknown_setting() -> None:
    with pytest.raises(Refused) as caught:
        table_of(NAMES, "cp866", DOS, setting="cp999")
    assert caught.value.code == "unknown_encoding"


def test_reads_column_names_written_with_russian_look_alikes() -> None:
    columns = [("РFR", "C", 1, 0), ("КORР", "C", 1, 0), ("ЖКУ", "C", 1, 0)]
    table = read_dbf(raw_table(columns, [b" abc"]))
    assert [field.name for field in table.fields] == ["PFR", "KORP", "ЖКУ"]
    codes = [notice.code for notice in table.notices]
    assert (codes.count("look_alikes"), codes.count("foreign_name")) == (2, 1)


def test_believes_few_letters_when_they_make_whole_words() -> None:
    table = table_of(["Кириллица", "Смешаный 12345"], "cp1251", 0x57)
    assert (table.encoding, table.encoding_from) == ("cp1251", "letters")
    assert [notice.code for notice in table.notices] == []


def test_does_not_take_thai_for_russian() -> None:
    table = table_of(["รองเท้าผ้าใบ กางเกงยีนส์", "เสื้อเชิ้ต แขนยาว", "กระเป๋าหนัง สีดำ"], "cp874", UNKNOWN)
    assert (table.encoding, table.encoding_from) == ("cp866", "default")
    assert [notice.code for notice in table.notices] == ["encoding_unsure"]


def test_leaves_out_a_letter_cut_in_two_at_the_end_of_a_cell_and_says_so() -> None:
    record = b" " + "вода".encode()[:7]
    table = read_dbf(raw_table([("X", "C", 7, 0)], [record]), encoding="utf-8")
    assert texts_of(table) == ["вод"]
    assert [notice.code for notice in table.oddities] == ["cut_letter"]


def test_makes_a_broken_letter_elsewhere_a_fault() -> None:
    table = read_dbf(raw_table([("X", "C", 7, 0)], [b" " + b"\xd0a" + b" " * 5]), encoding="utf-8")
    assert [fault.code for fault in table.faults] == ["bad_text"]


def test_tells_columns_of_one_name_apart_where_they_are_shown() -> None:
    columns = [("ID", "C", 1, 0), ("id", "C", 1, 0), ("ID_2", "C", 1, 0), (" ", "N", 1, 0), ("ID", "C", 1, 0)]
    table = read_dbf(raw_table(columns, [b" abcxd"]))
    assert [field.name for field in table.fields] == ["ID", "id", "ID_2", "FIELD4", "ID"]
    assert [field.name for field in table.shown_fields] == ["ID", "id_3", "ID_2", "FIELD4", "ID_4"]
    assert [notice.code for notice in table.notices] == ["no_name", "repeated_names"]
    assert [fault.field for fault in table.faults] == ["FIELD4"]
