"""Where the bytes of a table come from: memory or a file read piece by piece."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from exchange.dbf.verdicts import Refused

_WHY = {
    errno.ENOENT: "его здесь нет",
    errno.ENOTDIR: "его здесь нет",
    errno.EACCES: "нет права его читать",
    errno.EPERM: "нет права его читать",
    errno.ENAMETOOLONG: "имя слишком длинное",
    errno.ELOOP: "ссылки ведут по кругу",
    errno.EIO: "диск не читается",
}


class Source:
    """Random access to the bytes of one file, whose size is fixed at the moment of opening."""

    def __init__(self, origin: bytes | Path) -> None:
        self.origin = origin
        self._file: BinaryIO | None = None
        if isinstance(origin, bytes):
            self.size = len(origin)
            return
        try:
            facts = origin.stat()
            if not stat.S_ISREG(facts.st_mode):
                raise Refused("unreadable_file", "Это не обычный файл: читать нечего.")
            self.size = facts.st_size
            self._file = origin.open("rb")
        except OSError as error:
            raise unreadable("Файл не открывается", error) from error

    def read(self, start: int, length: int) -> bytes:
        """Return exactly `length` bytes from `start`.

        Raises Refused when the file became shorter than it was when opened.
        """
        if self._file is None:
            assert isinstance(self.origin, bytes)
            piece = self.origin[start : start + length]
        else:
            try:
                self._file.seek(start)
                piece = self._file.read(length)
            except OSError as error:
                raise unreadable("Файл не читается", error) from error
        if len(piece) != length:
            raise Refused(
                "truncated", f"Файл обрезан: нет байтов {start}–{start + length} (есть {start + len(piece)})."
            )
        return piece

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def shown_path(path: Path) -> str:
    r"""Return a path as text; a byte in it that is no letter is shown as \xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def unreadable(what: str, error: OSError) -> Refused:
    """Return the refusal of what the system does not let be read, with its reason in Russian."""
    return Refused("unreadable_file", f"{what}: {_WHY.get(error.errno or 0, f'ошибка системы {error.errno}')}.")


def companion(origin: Path, suffixes: tuple[str, ...]) -> Path | None:
    """Return the file beside `origin` with the same stem and one of `suffixes`, in any letter case."""
    stem = origin.stem.lower()
    try:
        beside = sorted(path for path in origin.parent.iterdir() if path.suffix.lower() in suffixes)
    except OSError as error:
        raise unreadable("Папка файла не читается", error) from error
    return next((path for path in beside if path.stem.lower() == stem and path.is_file()), None)
