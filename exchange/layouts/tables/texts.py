"""Text of a file: its bytes decoded by the layout's page, a mark at the beginning, or the letters."""

from __future__ import annotations

import codecs
import re

from exchange.dbf.encodings import AUTO, Choice, choose_encoding, known_encoding
from exchange.dbf.verdicts import Notice, Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNDECODED = re.compile("[\udc80-\udcff]")
_END_OF_FILE = "\x1a"


def decode(content: bytes, setting: str) -> tuple[str, Choice]:
    """Return the text, in which bytes outside the code page are kept as lone surrogates, and how the page was chosen.

    Raises Refused when it is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            stated = encoding if setting == AUTO else known_encoding(setting)
            choice = Choice(encoding, "mark", 100, _conflict(stated, encoding))
            break
    else:
        mark, choice = b"", choose_encoding(setting, 0, content)
    try:
        text = content[len(mark) :].decode(choice.encoding, "surrogateescape").removesuffix(_END_OF_FILE)
    except UnicodeError as error:
        raise Refused("not_text", f"Байты файла не складываются в буквы кодировки {choice.encoding}.") from error
    if "\0" in text:
        raise Refused("not_text", "Это не текстовый файл: в нём нулевые байты.")
    return text, choice


def is_marked(content: bytes) -> bool:
    """Tell whether the file begins with a mark of Unicode."""
    return any(content.startswith(mark) for mark, _ in _MARKS)


def is_undecoded(cell: str) -> bool:
    """Tell whether a byte of the cell is not a letter of the code page."""
    return not cell.isascii() and _UNDECODED.search(cell) is not None


def readable(cell: str) -> str:
    """Return a cell whole, a byte outside the code page as its number."""
    return _UNDECODED.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", cell)


def shown(cell: str) -> str:
    """Return a cell for a fault: at most 80 characters, a byte outside the code page as its number."""
    told = readable(cell)
    return told if len(told) <= 80 else f"{told[:80]}…"


def _conflict(stated: str, encoding: str) -> tuple[Notice, ...]:
    if stated == encoding:
        return ()
    text = f"Кодировка спорная: настройка формата называет {stated}, а в начале файла знак {encoding}."
    return (Notice("encoding_conflict", text),)
