"""ZIP archives put together for tests, whole and then spoiled byte by byte."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
LISTED = b"PK\x01\x02"
END = b"PK\x05\x06"


def archive(*files: tuple[str, bytes], method: int = DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as target:
        for name, content in files:
            target.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return kept.getvalue()


def with_raw_name(name: bytes, content: bytes, *, extra: bytes = b"") -> bytes:
    """An archive of one stored file whose name is in the code page of whoever packed it."""
    checksum, size = zlib.crc32(content), len(content)
    shared = (20, 0, 0, 0, 0, checksum, size, size, len(name), len(extra))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *shared) + name + extra + content
    listed = struct.pack("<4sH5H3L2H", LISTED, 20, *shared) + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name + extra
    return local + listed + struct.pack("<4s4H2LH", END, 0, 0, 1, 1, len(listed), len(local), 0)


def changed(content: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """`content` with `value` in the last record that starts with `mark`."""
    place = content.rindex(mark) + offset
    return content[:place] + value + content[place + len(value) :]


def linked(name: str, target: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        link = zipfile.ZipInfo(name)
        link.create_system, link.external_attr = 3, 0o120777 << 16
        made.writestr(link, target)
    return kept.getvalue()


def bomb(path: Path, *, megabytes: int) -> Path:
    """An archive of one file of zeros, packed a thousandfold."""
    with zipfile.ZipFile(path, "w", DEFLATED) as made, made.open("bomb.dbf", "w", force_zip64=False) as file:
        for _ in range(megabytes):
            file.write(bytes(1024 * 1024))
    return path
