"""What the codec can say of a file: refused, or read with notices and faults. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


class Refused(Exception):
    """The file cannot be trusted as a whole; `text` is one Russian sentence for the specialist."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Notice:
    """An oddity of the file. A grave one is shown by `inspect_dbf` and refused at import."""

    code: str
    text: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    r"""One cell that could not be read.

    `row` is physical and 1-based, deleted rows counted. `field` is empty when the whole row is meant.
    `raw` shows the bytes: printable ASCII as it is, the rest as \xNN.
    """

    row: int
    field: str
    code: str
    raw: str
    text: str


@lru_cache(maxsize=1024)
def show_bytes(raw: bytes) -> str:
    """Return `raw` readable on one line, at most 80 bytes of it."""
    if raw.isascii() and len(raw) <= 80 and b"\\" not in raw and (text := raw.decode("ascii")).isprintable():
        return text
    shown = "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in raw[:80])
    return shown if len(raw) <= 80 else shown + "…"
