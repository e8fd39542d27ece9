"""Placeholders of names and texts as a person writes them: {ГГГГ} for {YYYY}, {район} for {district}."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_OF_NAMES = {
    "{YYYY}": "{ГГГГ}",
    "{YY}": "{ГГ}",
    "{MM}": "{ММ}",
    "{district}": "{район}",
    "{provider}": "{поставщик}",
    "{bank}": "{банк}",
    "{number}": "{номер}",
}
_OF_REPLIES = {
    "{file}": "{файл}",
    "{stem}": "{имя файла}",
    "{month}": "{месяц}",
    "{received}": "{получен}",
    "{by}": "{принял}",
    "{rows}": "{строк}",
    "{matched}": "{сопоставлено}",
    "{unmatched}": "{не сопоставлено}",
    "{list}": "{список}",
    "{notes}": "{замечания}",
}
NAME_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "{ГГГГ}": "год",
        "{ГГ}": "год двумя цифрами",
        "{ММ}": "месяц",
        "{район}": "код района",
        "{поставщик}": "код поставщика",
        "{банк}": "код банка",
        "{номер}": "номер",
    }
)
"""What stands for what in the name of a file."""
REPLY_MARKS = tuple(_OF_REPLIES.values())
_RUSSIAN = _OF_NAMES | _OF_REPLIES


def in_russian(text: str, /) -> str:
    """Return a name or a text with its placeholders in Russian."""
    for mark, russian in _RUSSIAN.items():
        text = text.replace(mark, russian)
    return text


def from_russian(text: str, /) -> str:
    """Return a name or a text with the placeholders that layouts know."""
    for mark, russian in _RUSSIAN.items():
        text = text.replace(russian, mark)
    return text
