"""A row of the pension fund's file: what of it is compared, and all of it as it was sent."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exchange.layouts.exchanged import ParsedRecord
from offices.dated import open_end
from recipients.snils import snils_is_valid


@dataclass(frozen=True, slots=True)
class PensionRow:
    """One person in the fund's file.

    `certificate_to` is the day after the certificate's last one, None is without end. `group` is one of
    `recipients.Category` or empty. `faults` are sentences; a faulty row is compared with nobody.
    """

    number: int
    snils: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date | None
    death_date: dt.date | None
    group: str
    certificate_to: dt.date | None
    is_removed: bool
    month: dt.date | None
    faults: tuple[str, ...]
    content: Mapping[str, Any]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


def row_of(record: ParsedRecord, *, month: dt.date) -> PensionRow:
    """Return a parsed record of the pension layout, with the faults of its cells and of its sense."""
    values: dict[str, Any] = dict(record.values)
    faults = [fault.text for fault in record.faults]
    if values["snils"] and not snils_is_valid(values["snils"]):
        faults.append("Контрольное число СНИЛС не сходится.")
    if values["file_month"] not in {None, month}:
        faults.append(f"Строка за {values['file_month']:%m.%Y}, а файл за {month:%m.%Y}.")
    return PensionRow(
        number=record.row_no,
        snils=values["snils"] or "",
        last_name=values["last_name"] or "",
        first_name=values["first_name"] or "",
        middle_name=values["middle_name"] or "",
        birth_date=values["birth_date"],
        death_date=values["death_date"],
        group=values["disability_group"] or "",
        certificate_to=open_end(values["disability_to"]),
        is_removed=bool(values["removed_flag"]),
        month=values["file_month"],
        faults=tuple(faults),
        content={name: _plain(value) for name, value in values.items() if value not in {None, ""}},
    )


def as_text(row: PensionRow, *, faults: tuple[str, ...]) -> str:
    """Return the row's content as JSON, with the sentences of its faults where there are any."""
    content = {**row.content, "faults": list(faults)} if faults else dict(row.content)
    return json.dumps(content, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
