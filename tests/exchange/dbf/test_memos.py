import struct
from pathlib import Path

import pytest

from exchange.dbf.reading import Row, read_dbf
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


def foxpro_memo() -> bytes:
    text = TEXT.encode("cp866")
    head = bytearray(512)
    head[6:8] = struct.pack(">H", 64)
    return bytes(head) + struct.pack(">II", 1, len(text)) + text


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
