"""The package an XLSX is: its parts are weighed before anything of it is opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from exchange.dbf.verdicts import Refused

MOST_PARTS = 2_000
MOST_UNPACKED = 512 * 1024 * 1024
MOST_RATIO = 300
SMALL_PART = 1024 * 1024
_OLD_KIND = b"\xd0\xcf\x11\xe0"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, EOFError, OSError, RuntimeError,
)  # fmt: skip


def open_workbook(content: bytes, *, values: bool) -> Workbook:
    """Open a workbook for reading row by row, with the values of formulas or with the formulas themselves.

    Raises Refused when it is none, is locked, or is larger inside than any table is.
    """
    if content.startswith(_OLD_KIND):
        raise Refused("old_workbook", "Это старая книга XLS или книга с паролем: пересохраните её как XLSX без пароля.")
    _weigh(content)
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    except _BROKEN as error:
        raise damaged() from error


def has_formulas(content: bytes) -> bool:
    """Tell whether any sheet of the workbook holds a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.startswith("xl/worksheets/") and _mentions(package, part, (b"<f>", b"<f ")):
                return True
    return False


def damaged() -> Refused:
    """Return the refusal of a workbook that cannot be read to its end."""
    return Refused("damaged_workbook", "Книга Excel повреждена: прочитать её до конца нельзя.")


def broken() -> tuple[type[Exception], ...]:
    """Return what the reader of workbooks raises of a damaged one."""
    return _BROKEN


def _weigh(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("not_workbook", "Это не книга Excel (XLSX).") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Refused("not_workbook", "Это не книга Excel (XLSX).")
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(1, part.compress_size) for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swollen:
        raise Refused(
            "swollen_workbook", "Книга Excel внутри во много раз больше, чем бывают таблицы: она не читается."
        )


def _mentions(package: zipfile.ZipFile, part: zipfile.ZipInfo, signs: tuple[bytes, ...]) -> bool:
    tail = b""
    try:
        with package.open(part) as stream:
            while piece := stream.read(SMALL_PART):
                if any(sign in tail + piece for sign in signs):
                    return True
                tail = piece[-8:]
    except _BROKEN as error:
        raise damaged() from error
    return False
