"""A row of a list of people: what of it is compared, and all of it as it was sent."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exchange.layouts.exchanged import ParsedRecord
from offices.dated import open_end
from recipients.snils import snils_is_valid

ADDRESS = ("region", "district", "settlement", "street", "house", "building", "flat")


@dataclass(frozen=True, slots=True)
class PensionRow:
    """One person in a list of the fund, of a registry office or of a municipality.

    `certificate_to` is the day after the certificate's last one, None is without end. `group` is one of
    `recipients.Category` or empty. `addresses` are where the fund registers the person and where they stay, as far as told; `moved_to`
    is where they moved. `faults` are sentences; a faulty row is compared with nobody.
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
    moved_on: dt.date | None
    moved_to: str
    addresses: tuple[str, ...]
    pension_case: str
    district: str
    month: dt.date | None
    faults: tuple[str, ...]
    content: Mapping[str, Any]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


def row_of(record: ParsedRecord, *, month: dt.date) -> PensionRow:
    """Return a parsed record of a layout of people, with the faults of its cells and of its sense.

    What the layout has no column for is blank.
    """
    values: defaultdict[str, Any] = defaultdict(lambda: None, record.values)
    faults = [fault.text for fault in record.faults]
    if values["snils"] and not snils_is_valid(values["snils"]):
        faults.append("Контрольное число СНИЛС не сходится.")
    if values["file_month"] not in {None, month}:
        faults.append(f"Строка за {values['file_month']:%m.%Y}, а файл за {month:%m.%Y}.")
    if values["death_date"] and values["birth_date"] and values["death_date"] < values["birth_date"]:
        faults.append("Дата смерти раньше даты рождения.")
    if "moved_on" in values and not values["moved_on"] and not values["death_date"]:
        faults.append("Не указаны ни дата смерти, ни дата выбытия.")
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
        moved_on=values["moved_on"],
        moved_to=_address(values, "new"),
        addresses=tuple(address for kind in ("reg", "stay") if (address := _address(values, kind))),
        pension_case=(values["pension_case_no"] or "").strip(),
        district=values["district_code"] or "",
        month=values["file_month"],
        faults=tuple(faults),
        content={name: _plain(value) for name, value in record.values.items() if value not in {None, ""}},
    )


def as_text(row: PensionRow, *, faults: tuple[str, ...]) -> str:
    """Return the row's content as JSON, with the sentences of its faults where there are any."""
    content = {**row.content, "faults": list(faults)} if faults else dict(row.content)
    return json.dumps(content, ensure_ascii=False)


def _address(values: Mapping[str, Any], kind: str) -> str:
    """Return an address in one line; without a settlement or a house it is no address."""
    told = {part: (values[f"{kind}_{part}"] or "").strip() for part in ADDRESS}
    if not told["settlement"] or not told["house"]:
        return ""
    words = {"house": "д. ", "building": "корп. ", "flat": "кв. "}
    return ", ".join(f"{words.get(part, '')}{text}" for part, text in told.items() if text)


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
