"""Tables inside a ZIP archive: unpacked into a temporary folder, under limits, all or none."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from exchange.dbf.archive_directory import LOCAL, MOST_DIRECTORY_BYTES, Entry, damaged, read_directory
from exchange.dbf.memos import SUFFIXES
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Refused

MOST_UNPACKED = 384 * 1024 * 1024
"""Bytes that all files of an archive may take together."""
MOST_RATIO = 200
SMALL = 16 * 1024 * 1024
"""A file up to this size, and four of them, may be packed as well as they can: a table of blanks shrinks a thousandfold."""
PIECE = 256 * 1024
_LOCAL_RECORD = struct.Struct("<4s5H3L2H")
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".arj", ".cab", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".lzh", ".ace"})
_SIGNATURES = (LOCAL, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MSCF\0\0\0\0", b"\xfd7zXZ\0")
_OFFICE = frozenset({".xlsx", ".xlsm", ".docx", ".ods", ".odt"})
_OFFICE_MARKS = (b"[Content_Types].xml", b"META-INF/manifest.xml")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. `name` is for people, with the folders of the archive before it.

    `path` is where its bytes lie while the archive is open; the memo file of a table lies there beside it, where
    `read_dbf(path)` finds it, and is no member of its own. `size` is in bytes.
    """

    name: str
    path: Path
    size: int

    @property
    def file_name(self) -> str:
        """The name without folders."""
        return PurePosixPath(self.name).name


def is_archive(origin: bytes | Path) -> bool:
    """Tell a ZIP archive from any other file, office documents (which are ZIP inside) too.

    Raises Refused when the file cannot be opened.
    """
    with closing(Source(origin)) as source:
        if source.size < len(LOCAL) or source.read(0, len(LOCAL)) not in (LOCAL, b"PK\x05\x06"):
            return False
        length = min(source.size, MOST_DIRECTORY_BYTES)
        tail = source.read(source.size - length, length)
        return not any(mark in tail for mark in _OFFICE_MARKS)


@contextmanager
def unpacked(origin: bytes | Path) -> Iterator[tuple[Member, ...]]:
    """Unpack an archive for as long as the block lasts; the members come in the archive's own order.

    Raises Refused for the whole archive when it is damaged, too large or too well packed, encrypted, holds another
    archive, a link, a name twice or one that leads outside, or nothing at all. Names never become paths.
    """
    with closing(Source(origin)) as source, tempfile.TemporaryDirectory() as folder:
        entries = read_directory(source)
        _refuse_limits(entries)
        members = []
        for entry, path in zip(entries, _places(entries, Path(folder)), strict=True):
            _unpack(source, entry, path)
            _refuse_nested(entry, path)
            members.append(Member(entry.name, path, entry.size))
        yield tuple(member for member in members if not _is_claimed_memo(member, members))


def _refuse_limits(entries: Sequence[Entry]) -> None:
    """Weigh what the directory promises; what is unpacked later is held to the promise."""
    if not entries:
        raise Refused("archive_empty", "В архиве нет ни одного файла.")
    if sum(entry.size for entry in entries) > MOST_UNPACKED:
        most = MOST_UNPACKED // 1024 // 1024
        raise Refused("archive_large", f"Файлы архива займут больше {most} МБ: пришлите их несколькими архивами.")
    if sum(entry.size for entry in entries) > max(4 * SMALL, sum(entry.packed for entry in entries) * MOST_RATIO):
        raise Refused("archive_ratio", f"Архив сжат больше чем в {MOST_RATIO} раз: так сжимают только пустоту.")
    for entry in entries:
        if entry.size > max(SMALL, entry.packed * MOST_RATIO):
            raise Refused(
                "archive_ratio", f"Файл «{entry.name}» сжат больше чем в {MOST_RATIO} раз: так сжимают только пустоту."
            )
        if PurePosixPath(entry.name).suffix.lower() in _ARCHIVES:
            raise _nested(entry)


def _nested(entry: Entry) -> Refused:
    return Refused("archive_nested", f"В архиве лежит ещё один архив «{entry.name}»: пришлите файлы одним архивом.")


def _places(entries: Sequence[Entry], folder: Path) -> list[Path]:
    """Give every file a numbered name; a table and its memo file share the number."""
    numbers: dict[str, int] = {}
    places = []
    for number, entry in enumerate(entries):
        whole = PurePosixPath(entry.name.casefold())
        if whole.suffix in (".dbf", *SUFFIXES):
            shared = numbers.setdefault(str(whole.with_suffix("")), number)
            places.append(folder / f"{shared:03}{whole.suffix}")
        else:
            places.append(folder / f"{number:03}")
    return places


def _is_claimed_memo(member: Member, members: Sequence[Member]) -> bool:
    table = member.path.with_suffix(".dbf")
    return member.path.suffix in SUFFIXES and any(one.path == table for one in members)


def _refuse_nested(entry: Entry, path: Path) -> None:
    if PurePosixPath(entry.name).suffix.lower() in _OFFICE:
        return
    with path.open("rb") as file:
        if file.read(8).startswith(_SIGNATURES):
            raise _nested(entry)


def _unpack(source: Source, entry: Entry, path: Path) -> None:
    """Write the bytes of one file; they are as many as promised, with the promised checksum, and no more follow."""
    start = _first_byte(source, entry)
    with path.open("xb") as file:
        size, checksum = (_inflate if entry.is_deflated else _copy)(source, entry, start, file)
    if size != entry.size or checksum != entry.checksum:
        raise damaged(f"файл «{entry.name}» распакован не таким, каким был упакован")


def _first_byte(source: Source, entry: Entry) -> int:
    """Return where the packed bytes start, behind the record that repeats the name."""
    if entry.starts_at + _LOCAL_RECORD.size > source.size:
        raise damaged(f"нет файла «{entry.name}»")
    record = _LOCAL_RECORD.unpack(source.read(entry.starts_at, _LOCAL_RECORD.size))
    name_length, extra_length = record[9:]
    start: int = entry.starts_at + _LOCAL_RECORD.size + name_length + extra_length
    if record[0] != LOCAL or start + entry.packed > source.size:
        raise damaged(f"нет файла «{entry.name}»")
    if source.read(entry.starts_at + _LOCAL_RECORD.size, name_length) != entry.raw_name:
        raise damaged(f"файл «{entry.name}» в оглавлении и на месте назван по-разному")
    return start


def _pieces(source: Source, start: int, length: int) -> Iterator[bytes]:
    for place in range(start, start + length, PIECE):
        yield source.read(place, min(PIECE, start + length - place))


def _copy(source: Source, entry: Entry, start: int, file: BinaryIO) -> tuple[int, int]:
    checksum = 0
    for piece in _pieces(source, start, entry.packed):
        file.write(piece)
        checksum = zlib.crc32(piece, checksum)
    return entry.packed, checksum


def _inflate(source: Source, entry: Entry, start: int, file: BinaryIO) -> tuple[int, int]:
    """Unpack until the end of the stream; a byte more than promised ends it."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    size = checksum = 0
    try:
        for packed in _pieces(source, start, entry.packed):
            waiting, piece = packed, b""
            while waiting or len(piece) == PIECE:
                piece = stream.decompress(waiting, PIECE)
                waiting = stream.unconsumed_tail
                file.write(piece)
                checksum = zlib.crc32(piece, checksum)
                size += len(piece)
                if size > entry.size or stream.unused_data:
                    raise damaged(f"файл «{entry.name}» длиннее обещанного")
    except zlib.error as error:
        raise damaged(f"файл «{entry.name}» не распаковывается") from error
    if not stream.eof:
        raise damaged(f"файл «{entry.name}» короче обещанного")
    return size, checksum
