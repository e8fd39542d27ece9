import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.archives import Member, is_archive, unpacked
from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import write_dbf
from tests.exchange.dbf.raw import raw_table
from tests.exchange.dbf.zipped import DEFLATED, END, LISTED, STORED, archive, bomb, changed, linked, with_raw_name

TABLE = write_dbf([Field("NAME", "C", 12)], [("Ёлкина",)], encoding="cp866")
ONE = archive(("list.dbf", TABLE))


def listed(content: bytes | Path) -> list[tuple[str, bytes]]:
    with unpacked(content) as members:
        return [(member.name, member.path.read_bytes()) for member in members]


def refused(content: bytes | Path) -> str:
    with pytest.raises(Refused) as caught, unpacked(content):
        pass
    assert caught.value.text.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("method", [STORED, DEFLATED], ids=["stored", "deflated"])
def test_gives_the_files_of_an_archive_in_its_order(method: int, tmp_path: Path) -> None:
    content = archive(("b.dbf", TABLE), ("письмо/a.txt", b"text"), ("письмо/", b""), ("empty", b""), method=method)
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    expected = [("b.dbf", TABLE), ("письмо/a.txt", b"text"), ("empty", b"")]
    assert listed(content) == listed(path) == expected
    with unpacked(content) as members:
        assert [(member.file_name, member.size) for member in members][1] == ("a.txt", 4)


def test_lays_the_memo_file_beside_its_table_and_leaves_no_file_behind() -> None:
    memo = bytes(8) + bytes(504) + b"a long text\x1a\x1a"
    table = raw_table([("X", "M", 10, 0)], [b" " + b"1".rjust(10)], version=0x83)
    content = archive(("D/NOTES.DBT", memo), ("D/Notes.dbf", table), ("other.dbt", memo))
    with unpacked(content) as members:
        kept: list[Member] = list(members)
        assert [member.name for member in kept] == ["D/Notes.dbf", "other.dbt"]
        assert [row.values for row in read_dbf(kept[0].path).rows()] == [("a long text",)]
    assert not kept[0].path.parent.exists()


@pytest.mark.parametrize(
    ("raw", "extra", "name"),
    [
        pytest.param("Начисления.dbf".encode("cp866"), b"", "Начисления.dbf", id="DOS"),
        pytest.param("Начисления.dbf".encode("cp1251"), b"", "Начисления.dbf", id="Windows"),
        pytest.param("Начисления.dbf".encode(), b"", "Начисления.dbf", id="UTF-8 that is not said to be"),
        pytest.param("ЖКХ\\дом.dbf".encode("cp866"), b"", "ЖКХ/дом.dbf", id="backslash"),
        pytest.param(
            b"?????.dbf",
            struct.pack("<HHBL", 0x7075, 5 + 8, 1, zlib.crc32(b"?????.dbf")) + "ёж.dbf".encode(),
            "ёж.dbf",
            id="UTF-8 beside",
        ),
    ],
)
def test_reads_russian_names(raw: bytes, extra: bytes, name: str) -> None:
    assert listed(with_raw_name(raw, TABLE, extra=extra)) == [(name, TABLE)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(archive(("../x.dbf", TABLE)), "archive_name", id="leads outside"),
        pytest.param(archive(("a/../../x.dbf", TABLE)), "archive_name", id="leads outside from a folder"),
        pytest.param(with_raw_name(b"..\\..\\x.dbf", TABLE), "archive_name", id="leads outside by backslashes"),
        pytest.param(archive(("/etc/x.dbf", TABLE)), "archive_name", id="absolute"),
        pytest.param(archive(("C:/x.dbf", TABLE)), "archive_name", id="drive"),
        pytest.param(with_raw_name(b"\\\\server\\x.dbf", TABLE), "archive_name", id="server"),
        pytest.param(with_raw_name(b"a.dbf\0.txt", TABLE), "archive_name", id="zero byte"),
        pytest.param(archive(("a\u202efbd.exe", TABLE)), "archive_name", id="letters in reverse"),
        pytest.param(archive(("a" * 300, TABLE)), "archive_name", id="long"),
        pytest.param(with_raw_name(b"", TABLE), "archive_name", id="no name"),
        pytest.param(linked("x.dbf", "/etc/passwd"), "archive_link", id="link"),
        pytest.param(changed(ONE, LISTED, 8, b"\x01\x00"), "archive_encrypted", id="encrypted"),
        pytest.param(changed(ONE, LISTED, 10, b"\x0c\x00"), "archive_method", id="bzip2"),
        pytest.param(changed(ONE, LISTED, 24, b"\xff\xff\xff\xff"), "archive_method", id="ZIP64"),
        pytest.param(changed(ONE, LISTED, 24, b"\xfe\xff\xff\xff"), "archive_large", id="four gigabytes promised"),
        pytest.param(changed(ONE, LISTED, 24, bytes((0, 0, 0, 2))), "archive_ratio", id="32 MB of a hundred bytes"),
        pytest.param(changed(ONE, END, 4, b"\x01\x00"), "archive_split", id="a volume of many"),
        pytest.param(archive(("b.zip", ONE)), "archive_nested", id="archive inside"),
        pytest.param(archive(("b.dbf", ONE)), "archive_nested", id="archive inside under another name"),
        pytest.param(archive(("b.rar", b"text")), "archive_nested", id="another kind inside"),
        pytest.param(archive(("a.dbf", TABLE), ("A.DBF", TABLE)), "archive_twice", id="a name twice"),
        pytest.param(archive(), "archive_empty", id="nothing"),
        pytest.param(archive(("folder/", b"")), "archive_empty", id="only a folder"),
        pytest.param(archive(*((f"{n}.dbf", b"") for n in range(501))), "archive_entries", id="501 files"),
        pytest.param(archive(*((f"{n}.dbf", b"") for n in range(10_000))), "archive_entries", id="10,000 files"),
        pytest.param(ONE[:-1], "archive_damaged", id="cut at the end"),
        pytest.param(ONE[:60], "archive_damaged", id="cut in the middle"),
        pytest.param(b"PK\x03\x04", "archive_damaged", id="four bytes"),
        pytest.param(b"", "archive_damaged", id="nothing at all"),
        pytest.param(ONE + b"more", "archive_damaged", id="more behind it"),
        pytest.param(b"more" + ONE, "archive_damaged", id="more before it"),
        pytest.param(changed(ONE, LISTED, 16, bytes(4)), "archive_damaged", id="another checksum"),
        pytest.param(changed(ONE, LISTED, 24, bytes((0, 0, 1, 0))), "archive_damaged", id="longer than it is"),
        pytest.param(changed(ONE, LISTED, 24, bytes((9, 0, 0, 0))), "archive_damaged", id="shorter than it is"),
        pytest.param(changed(ONE, LISTED, 20, bytes((9, 0, 0, 0))), "archive_damaged", id="packed shorter than it is"),
        pytest.param(changed(ONE, LISTED, 42, bytes((1, 0, 0, 0))), "archive_damaged", id="another place"),
        pytest.param(changed(ONE, b"PK\x03\x04", 30, b"b"), "archive_damaged", id="another name at its place"),
    ],
)
def test_refuses_with_one_sentence(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_refuses_a_bomb_and_the_lie_about_its_size(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.zip", megabytes=20)
    assert refused(path) == "archive_ratio"
    assert refused(changed(path.read_bytes(), LISTED, 24, bytes((0, 0, 1, 0)))) == "archive_damaged"


def test_refuses_many_small_bombs_as_it_refuses_one() -> None:
    blanks = bytes(10 * 1024 * 1024)
    assert len(listed(archive(("0.dbf", blanks), ("1.dbf", blanks)))) == 2
    assert refused(archive(*((f"{number}.dbf", blanks) for number in range(7)))) == "archive_ratio"


def test_refuses_files_that_share_their_bytes() -> None:
    two = archive(("a.dbf", TABLE), ("b.dbf", TABLE))
    second = struct.unpack("<L", two[two.rindex(LISTED) + 42 :][:4])[0]
    assert second > 0
    assert refused(changed(two, LISTED, 42, bytes(4))) == "archive_damaged"


def test_gives_a_spoiled_archive_whole_or_not_at_all() -> None:
    content = archive(("a.dbf", TABLE * 20), ("b.txt", b"text"))

    @settings(max_examples=300, deadline=None)
    @given(place=st.integers(0, len(content) - 1), byte=st.integers(0, 255), cut=st.booleans())
    def spoil(place: int, byte: int, cut: bool) -> None:
        spoiled = content[:place] if cut else content[:place] + bytes((byte,)) + content[place + 1 :]
        try:
            found = listed(spoiled)
        except Refused:
            return
        assert [kept for _, kept in found] == [TABLE * 20, b"text"]

    spoil()


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        pytest.param(ONE, True, id="archive"),
        pytest.param(archive(), True, id="empty archive"),
        pytest.param(archive(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")), False, id="Excel"),
        pytest.param(TABLE, False, id="table"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_tells_an_archive_from_other_files(content: bytes, is_one: bool) -> None:
    assert is_archive(content) is is_one
