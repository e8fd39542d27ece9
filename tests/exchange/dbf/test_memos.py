import struct
from pathlib import Path

import pytest

from exchange.dbf.reading import Row, read_dbf
from exchange.dbf.verdicts import Refused
from tests.exchange.dbf.raw import raw_table

TEXT = "Примечание № 1"


def rows_of(path: Path) -> list[Row]:
    return list(read_dbf(path, encoding="cp866").rows())


def table(pointers: list[bytes], *, version: int, width: int = 10, backlink: int = 0) -> bytes:
    records = [b" " + pointer.rjust(width) for pointer in pointers]
    return raw_table([("NOTE", "M", width, 0)], records, version=version, backlink=backlink)


def dbase3_memo() -> bytes:
    return bytes(512) + TEXT.encode("cp866") + b"\x1a\x1a"


def dbase4_memo() -> bytes:
    text = TEXT.encode("cp866")
    head = bytearray(512)
    head[20:22] = struct.pack("<H", 512)
    return bytes(head) + b"\xff\xff\x08\x00" + struct.pack("<I", len(text) + 8) + text


def headless_memos(*texts: bytes) -> bytes:
    """A memo file whose writer counts the text alone, each text in blocks of its own and the last one not padded."""
    blocks = [b"\xff\xff\x08\x00" + struct.pack("<I", len(text)) + text for text in texts]
    padded = [block.ljust(-(-len(block) // 512) * 512, b"\0") for block in blocks[:-1]]
    return bytes(512) + b"".join([*padded, blocks[-1]])


def foxpro_memo(text: bytes = TEXT.encode("cp866"), *, kind: int = 1) -> bytes:
    head = bytearray(512)
    head[6:8] = struct.pack(">H", 64)
    return bytes(head) + struct.pack(">II", kind, len(text)) + text


@pytest.mark.parametrize(
    ("version", "pointer", "memo", "suffix"),
    [
        pytest.param(0x83, b"1", dbase3_memo(), ".dbt", id="dBASE III"),
        pytest.param(0x8B, b"1", dbase4_memo(), ".DBT", id="dBASE IV"),
        pytest.param(0xF5, b"8", foxpro_memo(), ".fpt", id="FoxPro"),
    ],
)
def test_reads_a_memo_beside_the_table(tmp_path: Path, version: int, pointer: bytes, memo: bytes, suffix: str) -> None:
    path = tmp_path / "Cards.dbf"
    path.write_bytes(table([pointer, b"", b"9999999"], version=version))
    (tmp_path / f"CARDS{suffix}").write_bytes(memo)
    first, blank, astray = rows_of(path)
    assert (first.values, first.faults) == ((TEXT,), ())
    assert (blank.values, blank.faults) == ((None,), ())
    assert [fault.code for fault in astray.faults] == ["memo_pointer"]


def test_reads_a_memo_of_visual_foxpro(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([struct.pack("<I", 8), bytes(4)], version=0x30, width=4, backlink=263))
    (tmp_path / "cards.FPT").write_bytes(foxpro_memo())
    assert [row.values for row in rows_of(path)] == [(TEXT,), (None,)]


def test_makes_a_missing_memo_file_a_fault_of_each_cell_that_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([b"1", b"", b"x"], version=0x83))
    found = [[fault.code for fault in row.faults] for row in rows_of(path)]
    assert found == [["memo_missing"], [], ["memo_pointer"]]


def test_makes_a_cut_memo_file_a_fault(tmp_path: Path) -> None:
    for version, pointer, memo in ((0x83, b"1", dbase3_memo()[:-2]), (0xF5, b"8", foxpro_memo()[:-1])):
        path = tmp_path / "cards.dbf"
        path.write_bytes(table([pointer], version=version))
        for old in (*tmp_path.glob("*.dbt"), *tmp_path.glob("*.fpt")):
            old.unlink()
        (tmp_path / f"cards.{'dbt' if version == 0x83 else 'fpt'}").write_bytes(memo)
        assert [fault.code for fault in rows_of(path)[0].faults] == ["memo_pointer"]


def test_reads_whole_memos_whose_length_leaves_its_header_out(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([b"1", b"3"], version=0x8B))
    (tmp_path / "cards.dbt").write_bytes(headless_memos(b"a" * 600, b"in the memo"))
    assert [row.values for row in rows_of(path)] == [("a" * 600,), ("in the memo",)]


def test_cuts_a_memo_of_dbase_4_where_its_length_ends(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([b"1"], version=0x8B))
    (tmp_path / "cards.dbt").write_bytes(dbase4_memo() + b"old text left behind")
    assert rows_of(path)[0].values == (TEXT,)


def test_tells_that_the_memo_file_is_missing_where_rows_need_it(tmp_path: Path) -> None:
    for records, codes in (([b"1"], ["no_memo_file"]), ([], [])):
        content = table(records, version=0x83)
        (tmp_path / "cards.dbf").write_bytes(content)
        for origin in (content, tmp_path / "cards.dbf"):
            assert [notice.code for notice in read_dbf(origin).notices] == codes


@pytest.mark.parametrize(
    ("kind", "written", "shown"),
    [
        pytest.param("M", 1, TEXT, id="text"),
        pytest.param("M", 0, f"hex:{TEXT.encode('cp866').hex()}", id="a picture in a column of texts"),
        pytest.param("G", 2, f"hex:{TEXT.encode('cp866').hex()}", id="an object"),
        pytest.param("P", 1, f"hex:{TEXT.encode('cp866').hex()}", id="a picture"),
        pytest.param("W", 2, f"hex:{TEXT.encode('cp866').hex()}", id="bytes"),
    ],
)
def test_shows_what_has_no_letters_as_bytes(tmp_path: Path, kind: str, written: int, shown: str) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(raw_table([("X", kind, 4, 0)], [b" " + struct.pack("<I", 8)], version=0x30, backlink=263))
    path.with_suffix(".fpt").write_bytes(foxpro_memo(kind=written))
    assert [row.values for row in rows_of(path)] == [(shown,)]


@pytest.mark.parametrize("block", [1, 7, 9, 2**32 - 1])
def test_makes_a_pointer_into_the_header_or_beyond_the_file_a_fault(tmp_path: Path, block: int) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([struct.pack("<I", block)], version=0x30, width=4, backlink=263))
    path.with_suffix(".fpt").write_bytes(foxpro_memo())
    (row,) = rows_of(path)
    assert (row.values, [fault.code for fault in row.faults]) == ((None,), ["memo_pointer"])


def test_reads_a_memo_of_foxpro_beside_a_table_that_names_another_version(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.write_bytes(table([b"8"], version=0x83))
    path.with_suffix(".fpt").write_bytes(foxpro_memo())
    assert rows_of(path)[0].values == (TEXT,)


def test_takes_the_memo_file_of_the_version_where_two_lie_beside(tmp_path: Path) -> None:
    (tmp_path / "cards.fpt").write_bytes(foxpro_memo(b"of FoxPro"))
    (tmp_path / "cards.dbt").write_bytes(bytes(512) + b"of dBASE\x1a".ljust(512 * 8, b"\x1a"))
    path = tmp_path / "cards.dbf"
    for version, pointer, text in ((0xF5, b"8", "of FoxPro"), (0x83, b"1", "of dBASE")):
        path.write_bytes(table([pointer], version=version))
        assert rows_of(path)[0].values == (text,)


def test_reads_a_text_that_many_rows_share_but_not_without_end(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    path.with_suffix(".dbt").write_bytes(bytes(512) + b"short".ljust(511) + b"\x1a" + b"a" * 600_000 + b"\x1a")
    path.write_bytes(table([b"1"] * 20_000 + [b"2"] * 20, version=0x83))
    assert {row.values for row in rows_of(path)} == {("short",), ("a" * 600_000,)}
    path.write_bytes(table([b"1", b"2"] * 100, version=0x83))
    with pytest.raises(Refused) as caught:
        rows_of(path)
    assert caught.value.code == "memo_shared"


def test_hears_the_letters_of_memos_where_the_table_has_none(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    content = table([b"8"], version=0xF5)
    path.write_bytes(content[:29] + b"\0" + content[30:])
    path.with_suffix(".fpt").write_bytes(foxpro_memo("Багратионовск, улица Ленина".encode("cp1251")))
    read = read_dbf(path)
    assert (read.encoding, read.encoding_from) == ("cp1251", "letters")
    assert next(read.rows()).values == ("Багратионовск, улица Ленина",)
