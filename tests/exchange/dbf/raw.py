"""Tables put together byte by byte, without the project's writer."""

import struct
from collections.abc import Sequence

Column = tuple[str, str, int, int]


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
    """Each record is given with its mark of deletion."""
    names = [name if isinstance(name, bytes) else name.encode("cp866") for name, *_ in columns]
    descriptors = b"".join(
        struct.pack("<11sc4xBB14x", name, kind.encode("latin-1"), length, decimals)
        for name, (_, kind, length, decimals) in zip(names, columns, strict=True)
    )
    width = 1 + sum(length for _, _, length, _ in columns) if record_length is None else record_length
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
