"""Telling which layout a table follows, and refusing a table that does not follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from exchange.dbf.encodings import AUTO
from exchange.dbf.reading import read_dbf
from exchange.dbf.verdicts import Refused
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import Container, Layout, LayoutField
from exchange.layouts.readable import Readable
from exchange.layouts.tables.opened import read_table
from exchange.layouts.tables.sheet import UNTYPED, refuse_shape, refuse_size

_LIKE = {"N": "NFIYBO+", "F": "NFIYBO+", "C": "CV", "D": "D", "L": "L"}


def open_table(layout: Layout, origin: bytes | Path) -> Readable:
    """Read a table as the layout says it is written, within its limits, and hold that its structure is the layout's.

    Raises Refused, with the sentence for the protocol.
    """
    table = _read(layout, origin)
    check_structure(fitted_to(layout, table), table)
    return table


def _read(layout: Layout, origin: bytes | Path) -> Readable:
    if layout.container is not Container.DBF:
        return read_table(layout, origin)
    table = read_dbf(origin, encoding=layout.encoding)
    refuse_size(table.bytes, layout.limits)
    refuse_shape(rows=table.live, columns=len(table.fields), limits=layout.limits)
    return table


def check_structure(layout: Layout, table: Readable) -> None:
    """Hold that required columns are there once, of a fitting type, in the right code page.

    Raises Refused.
    """
    _check_encoding(layout, table)
    types = _types(table)
    repeated = Counter(field.name.upper() for field in table.fields)
    for field in layout.fields:
        name = field.name.upper()
        if name not in types:
            if field.required:
                raise Refused("missing_column", f"В файле нет обязательного поля {field.name}.")
            continue
        if repeated[name] > 1:
            raise Refused("repeated_column", f"Поле {field.name} стоит в файле {repeated[name]} раза.")
        if types[name] not in _LIKE[field.type]:
            raise Refused(
                "wrong_type", f"Поле {field.name} должно быть типа {field.type}, а в файле оно типа {types[name]}."
            )


def recognise(table: Readable, layouts: Iterable[Layout]) -> Layout:
    """Return the layout whose columns the table has: all required ones, and the most of the rest.

    A table that was read without a layout (of text, of a workbook) has columns without types: names are asked alone.

    Raises Refused when none fits, or two fit equally.
    """
    types = _types(table)
    scores = [(_fitting(fitted_to(layout, table), types), layout) for layout in _distinct(layouts)]
    best = max((score for score, _ in scores), default=0)
    found = [layout for score, layout in scores if score == best]
    if best == 0:
        raise Refused("unknown_layout", "Поля файла не подходят ни к одному известному формату.")
    if len(found) > 1:
        names = ", ".join(f"«{layout.name}»" for layout in found)
        raise Refused("ambiguous_layout", f"Поля файла подходят сразу к нескольким форматам: {names}.")
    return found[0]


def _distinct(layouts: Iterable[Layout]) -> list[Layout]:
    return list({(layout.code, layout.version): layout for layout in layouts}.values())


def _fitting(layout: Layout, types: dict[str, str]) -> int:
    def fits(field: LayoutField) -> bool:
        found = types.get(field.name.upper())
        return found is not None and (found == UNTYPED or found in _LIKE[field.type])

    if not all(fits(field) for field in layout.fields if field.required):
        return 0
    return sum(fits(field) for field in layout.fields)


def _types(table: Readable) -> dict[str, str]:
    return {field.name.upper(): field.type for field in table.fields}


def _check_encoding(layout: Layout, table: Readable) -> None:
    if layout.encoding == AUTO or layout.container is Container.XLSX:
        return
    for notice in table.notices:
        if notice.code == "encoding_conflict":
            raise Refused("wrong_encoding", f"Файл должен быть в кодировке {layout.encoding}. {notice.text}")
    if table.encoding_from == "letters" and table.encoding != layout.encoding:
        text = f"Файл должен быть в кодировке {layout.encoding}, а буквы похожи на {table.encoding}."
        raise Refused("wrong_encoding", text)
