"""Tables put together byte by byte, without the project's writer."""

import struct
from collections.abc import Sequence
from itertools import accumulate

Column = tuple[str, str, int, int] | tuple[str, str, int, int, int]


def raw_table(
    columns: Sequence[Column],
    records: Sequence[bytes],
    *,
    version: int = 0x03,
    language_byte: int = 0x65,
    count: int | None = None,
    terminator: bytes = b"\r",
    tail: bytes = b"\x1a",
    record_length: int | None = None,
    backlink: int = 0,
) -> bytes:
    """Each record is given with its mark of deletion. A column may name its flags (byte 18) fifth."""
    names = [name if isinstance(name, bytes) else name.encode("cp866") for name, *_ in columns]
    begins = accumulate((column[2] for column in columns), initial=1)
    tells_offsets = version in (0x30, 0x31, 0x32)
    descriptors = b"".join(
        struct.pack(
            "<11scIBBB13x", name, kind.encode("latin-1"), tells_offsets * begin, length, decimals, *(flags or (0,))
        )
        for name, begin, (_, kind, length, decimals, *flags) in zip(names, begins, columns, strict=False)
    )
    width = 1 + sum(column[2] for column in columns) if record_length is None else record_length
    header_length = 32 + len(descriptors) + len(terminator) + backlink
    header = struct.pack(
        "<4BIHH17xB2x",
        version,
        126,
        11,
        1,
        len(records) if count is None else count,
        header_length,
        width,
        language_byte,
    )
    return b"".join((header, descriptors, terminator, bytes(backlink), *records, tail))


def one_column(kind: str, *cells: bytes, length: int | None = None, decimals: int = 0, **options: int) -> bytes:
    """A table of a single column X."""
    width = len(cells[0]) if length is None else length
    return raw_table([("X", kind, width, decimals)], [b" " + cell for cell in cells], **options)


def dbase_7_table(
    columns: Sequence[Column],
    records: Sequence[bytes],
    *,
    version: int = 0x04,
    language_byte: int = 0,
    driver: bytes = b"DB866RU0",
    properties: bytes = b"",
    count: int | None = None,
) -> bytes:
    """A table of dBASE 7, whose descriptors take 48 bytes. `properties` stand between them and the rows."""
    descriptors = b"".join(
        struct.pack("<32scBB13x", column[0].encode("ascii"), column[1].encode("latin-1"), *column[2:4])
        for column in columns
    )
    header_length = 68 + len(descriptors) + 1 + len(properties)
    width = 1 + sum(column[2] for column in columns)
    header = struct.pack(
        "<4BIHH17xB2x32s4x",
        version,
        126,
        11,
        1,
        len(records) if count is None else count,
        header_length,
        width,
        language_byte,
        driver,
    )
    return b"".join((header, descriptors, b"\r", properties, *records, b"\x1a"))
