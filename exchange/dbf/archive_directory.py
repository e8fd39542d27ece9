"""The list of files at the end of a ZIP archive, read strictly: what is odd about it refuses the archive."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from exchange.dbf.encodings import weigh_letters
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Refused

LOCAL = b"PK\x03\x04"
_END = b"PK\x05\x06"
_LISTED = b"PK\x01\x02"
_END_RECORD = struct.Struct("<4s4H2LH")
_LISTED_RECORD = struct.Struct("<4s4B4HL2L5H2L")
_LONGEST_COMMENT = 0xFFFF
_SEE_ZIP64 = 0xFFFFFFFF
_ENCRYPTED, _NAME_IS_UTF8 = 0x0001, 0x0800
_UNIX = 3
_UNICODE_NAME = 0x7075
_STORED, _DEFLATED = 0, 8

MOST_ENTRIES = 500
MOST_DIRECTORY_BYTES = 256 * 1024
_DRIVE = re.compile("[A-Za-z]:")
_SERVICE_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive as its directory promises it. `raw_name` stands again before its bytes."""

    name: str
    raw_name: bytes
    is_deflated: bool
    checksum: int
    packed: int
    size: int
    starts_at: int


def read_directory(source: Source) -> list[Entry]:
    """Return the ordinary files of an archive in its own order; folders and desktop litter are left out.

    Raises Refused for a damaged, split, encrypted or too long directory, and for a name or kind of file that
    has no business in an archive of tables.
    """
    start, size, promised = _end_record(source)
    listed = list(_listed(source.read(start, size)))
    if len(listed) != promised:
        raise damaged("число файлов в оглавлении не то, что обещано")
    entries = [entry for entry in listed if not _is_litter(entry.name)]
    _refuse_twins(entries)
    _refuse_overlaps(entries, start)
    return entries


def damaged(what: str) -> Refused:
    return Refused("archive_damaged", f"Архив повреждён: {what}. Попросите прислать его заново.")


def _end_record(source: Source) -> tuple[int, int, int]:
    """Return where the directory starts, how long it is and how many entries it promises."""
    length = min(source.size, _END_RECORD.size + _LONGEST_COMMENT)
    tail = source.read(source.size - length, length)
    place = tail.rfind(_END)
    if place < 0 or place + _END_RECORD.size > length:
        raise damaged("нет его оглавления, файл обрезан или это не ZIP")
    record = _END_RECORD.unpack_from(tail, place)
    _, disk, first_disk, here, promised, size, start, comment = record
    if promised > MOST_ENTRIES or size > MOST_DIRECTORY_BYTES:
        raise Refused("archive_entries", f"В архиве слишком много файлов: больше {MOST_ENTRIES} не принимается.")
    if disk or first_disk or here != promised:
        raise Refused("archive_split", "Это часть архива, разбитого на тома: пришлите файлы одним архивом.")
    if place + _END_RECORD.size + comment != length or start + size != source.size - length + place:
        raise damaged("его части не сходятся с оглавлением")
    return start, size, promised


def _listed(directory: bytes) -> Iterator[Entry]:
    start = 0
    while start < len(directory):
        if start + _LISTED_RECORD.size > len(directory):
            raise damaged("оглавление обрывается")
        record = _LISTED_RECORD.unpack_from(directory, start)
        (signature, _, system, _, _, flags, method, _, _, checksum, packed, size) = record[:12]
        name_length, extra_length, comment_length, disk, _, kind, starts_at = record[12:]
        start += _LISTED_RECORD.size
        end = start + name_length + extra_length + comment_length
        if signature != _LISTED or end > len(directory) or disk:
            raise damaged("оглавление обрывается")
        raw_name = directory[start : start + name_length]
        name = _decoded(raw_name, flags, directory[start + name_length : start + name_length + extra_length])
        start = end
        _refuse_name(name)
        if system == _UNIX:
            _refuse_kind(name, kind >> 16)
        if flags & _ENCRYPTED:
            raise Refused("archive_encrypted", f"Файл «{name}» в архиве закрыт паролем: пришлите архив без пароля.")
        if method not in (_STORED, _DEFLATED) or _SEE_ZIP64 in (packed, size, starts_at):
            raise Refused(
                "archive_method", f"Файл «{name}» сжат способом, который не читается: пришлите обычный архив ZIP."
            )
        yield Entry(name, raw_name, method == _DEFLATED, checksum, packed, size, starts_at)


def _decoded(raw: bytes, flags: int, extra: bytes) -> str:
    """Return the name with plain slashes: marked as UTF-8, given so beside, or in a Russian code page."""
    if flags & _NAME_IS_UTF8:
        encoding = "utf-8"
    else:
        beside = _unicode_name(raw, extra)
        evidence = None if beside is not None else weigh_letters(raw)
        encoding = "utf-8" if beside is not None else evidence.encoding if evidence is not None else "cp866"
        raw = raw if beside is None else beside
    try:
        return raw.decode(encoding).replace("\\", "/")
    except UnicodeDecodeError:
        return raw.decode("cp866").replace("\\", "/")


def _unicode_name(raw: bytes, extra: bytes) -> bytes | None:
    """Return the name that Windows archivers keep beside the old one, if it is of the same file."""
    start = 0
    while start + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, start)
        body = extra[start + 4 : start + 4 + length]
        if kind == _UNICODE_NAME and len(body) > 5 and body[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return body[5:]
        start += 4 + length
    return None


def _refuse_name(name: str) -> None:
    parts = name.split("/")
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)[:100]
    if ".." in parts or name.startswith("/") or _DRIVE.match(name):
        raise Refused("archive_name", f"Имя «{shown}» в архиве ведёт за его пределы: такой архив не принимается.")
    if not name or len(name) > 200 or any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name):
        raise Refused("archive_name", f"Имя «{shown}» в архиве пустое, слишком длинное или со скрытыми знаками.")


def _refuse_kind(name: str, mode: int) -> None:
    kind = stat.S_IFMT(mode)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused("archive_link", f"«{name}» в архиве — ссылка, а не файл: такой архив не принимается.")


def _is_litter(name: str) -> bool:
    return name.endswith("/") or name.startswith("__MACOSX/") or PurePosixPath(name).name.lower() in _SERVICE_NAMES


def _refuse_twins(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.name.casefold()
        if name in seen:
            raise Refused("archive_twice", f"Имя «{entry.name}» стоит в архиве дважды: неясно, какой файл верен.")
        seen.add(name)


def _refuse_overlaps(entries: list[Entry], end: int) -> None:
    """Hold that no two files share bytes: small archives that unpack into mountains are built so."""
    for entry in sorted(entries, key=lambda entry: entry.starts_at, reverse=True):
        if entry.starts_at + len(LOCAL) + entry.packed > end:
            raise damaged("файлы в нём накладываются друг на друга")
        end = entry.starts_at
