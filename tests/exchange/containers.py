"""Layouts of answers that are no DBF: a workbook, a text with delimiters in cp1251, a text of fixed width."""

from typing import Any

from exchange.layouts.definitions import preset_definition
from exchange.models import FileLayout
from exchange.services import layouts
from tests import factories as make
from tests.factories import AT, LONG_AGO

WRITTEN: dict[str, dict[str, Any]] = {
    "workbook": {
        "container": "xlsx",
        "encoding": "utf-8",
        "writing": {"sheet": "Начисления"},
        "name_mask": "XL_{district}_{provider}_{YYYY}{MM}.xlsx",
    },
    "cp1251": {
        "container": "csv",
        "encoding": "cp1251",
        "writing": {"decimal_mark": ","},
        "name_mask": "CS_{district}_{provider}_{YYYY}{MM}.csv",
    },
    "fixed": {
        "container": "fixed",
        "encoding": "cp866",
        "writing": {"header_row": 0, "date_mask": "YYYYMMDD"},
        "name_mask": "FX_{district}_{provider}_{YYYY}{MM}.txt",
    },
}
CONFIRMED = {
    "acknowledgement": {
        "reply": "text",
        "name_mask": "{stem}_ok.txt",
        "text": "Файл {file}\nСтрок: {rows}, не найдено: {unmatched}\n{list}\n{notes}\nПринял {by}\n",
    }
}


def layout_in(way: str, **more: Any) -> FileLayout:
    """A confirmed layout written in another way than a DBF; its lines stand one under another."""
    definition = preset_definition("long") | WRITTEN[way] | {"code": f"long_{way}"} | more
    facts: dict[str, Any] = {"definition": definition, "valid_from": LONG_AGO, "by": make.staff(office=None), "at": AT}
    row = layouts.propose_layout(**facts)
    return layouts.confirm_layout(layout_id=row.pk, by=make.staff(office=None), at=AT)
