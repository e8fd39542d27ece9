"""A first look over the rows of a table: their marks of deletion, and letters from all its parts."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from exchange.dbf.batches import DELETED, LIVE, UNMARKED
from exchange.dbf.header import Header
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Notice

BATCH_BYTES = 4 * 1024 * 1024
BATCH_CELLS = 250_000
"""Beyond which a batch is not read at once: cells are objects, and a narrow one takes many times its byte."""
SAMPLE_BYTES = 64 * 1024
SAMPLE_PIECES = 32
_TEXTS = frozenset("CV")


def spans(header: Header, rows: int) -> Iterator[tuple[int, int]]:
    """Give (index of the first row, number of rows) of each batch."""
    cells = max(1, len(header.descriptors))
    rows = max(1, min(rows, BATCH_BYTES // header.record_length, BATCH_CELLS // cells))
    for first in range(0, header.records, rows):
        yield first, min(rows, header.records - first)


def count_marks(source: Source, header: Header) -> Counter[int]:
    """Count the rows by their mark of deletion."""
    marks: Counter[int] = Counter()
    for first, rows in spans(header, header.records):
        start = header.header_length + first * header.record_length
        marks.update(source.read(start, rows * header.record_length)[:: header.record_length])
    return marks


def mark_notices(marks: Counter[int]) -> tuple[Notice, ...]:
    notices = []
    if marks[UNMARKED]:
        text = f"У строк ({marks[UNMARKED]}) признак удаления 0x00 вместо пробела: они прочитаны как действующие."
        notices.append(Notice("unmarked_rows", text))
    strange = sum(marks.values()) - marks[LIVE] - marks[DELETED] - marks[UNMARKED]
    if strange:
        text = f"У строк ({strange}) на месте признака удаления чужой байт: строки сдвинуты или файл повреждён."
        notices.append(Notice("strange_marks", text, grave=True))
    return tuple(notices)


def sample(source: Source, header: Header) -> bytes:
    """Return text cells of the whole table or, of a large one, of pieces spread evenly; records are set apart."""
    record = struct.Struct(
        "x" + "".join(f"{one.length}{'s' if one.type in _TEXTS else 'x'}" for one in header.descriptors)
    )
    rows = max(1, SAMPLE_BYTES // header.record_length)
    step = max(rows, header.records // SAMPLE_PIECES)
    pieces: list[bytes] = []
    for first in range(0, header.records, step):
        start = header.header_length + first * header.record_length
        piece = source.read(start, min(rows, header.records - first) * header.record_length)
        pieces.extend(b" ".join(cells) for cells in record.iter_unpack(piece))
    return b"\0".join(pieces)
