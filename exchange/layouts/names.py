"""File names by the mask of a layout: composed for what we send, read from what came."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from exchange.layouts.model import Container, Layout

_PATTERNS = {
    "{YYYY}": r"(?P<year>[0-9]{4})",
    "{YY}": r"(?P<short_year>[0-9]{2})",
    "{MM}": r"(?P<month>0[1-9]|1[0-2])",
    "{district}": r"(?P<district>[0-9]{2,3})",
    "{provider}": r"(?P<provider>[0-9]{3,6})",
    "{bank}": r"(?P<bank>[0-9]{2,9})",
    "{number}": r"(?P<number>[0-9]{1,6})",
}
ENDINGS = {Container.DBF: "dbf", Container.CSV: "csv", Container.FIXED: "txt", Container.XLSX: "xlsx"}
"""How the name of a file ends, without the dot."""
MARKS = frozenset(_PATTERNS)
"""What a name's mask may hold."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a file name says; a part that the mask does not have is None."""

    month: dt.date | None
    district: str | None
    provider: str | None
    bank: str | None
    number: int | None


def plain_words(text: str) -> str:
    """Return a name as it is compared: small letters, ё as е, single spaces, no full stops."""
    return " ".join(text.casefold().replace("ё", "е").replace(".", " ").split())


def file_name(
    layout: Layout, *, month: dt.date, district: str = "", provider: str = "", bank: str = "", number: int = 0
) -> str:
    """Compose the name of a file for `month` by the layout's mask.

    Raises ValueError when the mask asks for a part that was not given or does not look as it should.
    """
    given = {
        "{YYYY}": f"{month.year:04d}",
        "{YY}": f"{month.year % 100:02d}",
        "{MM}": f"{month.month:02d}",
        "{district}": district,
        "{provider}": provider,
        "{bank}": bank,
        "{number}": str(number),
    }
    name = layout.name_mask
    for mark, text in given.items():
        name = name.replace(mark, text)
    if parse_name(layout, name) is None:
        raise ValueError(f"Имя «{name}» не подходит к образцу «{layout.name_mask}».")
    return name


def parse_name(layout: Layout, name: str) -> NameParts | None:
    """Read a name by the layout's mask, in any letter case; None when it does not fit."""
    match = _pattern(layout.name_mask).fullmatch(name)
    if match is None:
        return None
    found = match.groupdict()
    year = found.get("year") or (f"20{found['short_year']}" if found.get("short_year") else None)
    month = found.get("month")
    number = found.get("number")
    return NameParts(
        month=dt.date(int(year), int(month), 1) if year is not None and month is not None and int(year) else None,
        district=found.get("district"),
        provider=found.get("provider"),
        bank=found.get("bank"),
        number=int(number) if number is not None else None,
    )


@lru_cache(maxsize=64)
def _pattern(mask: str) -> re.Pattern[str]:
    pattern = re.escape(mask)
    for mark, group in _PATTERNS.items():
        pattern = pattern.replace(re.escape(mark), group)
    return re.compile(pattern, re.IGNORECASE)
