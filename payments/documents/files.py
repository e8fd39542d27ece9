"""The register as a DBF file for the bank or the post, and its answer read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from exchange.fitting import build_of_fitting
from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records, parse_records
from exchange.layouts.forms import Attribute
from exchange.layouts.model import Layout
from exchange.layouts.names import file_name
from exchange.layouts.recognition import open_table
from offices.balances import Amount
from offices.columns import FIRST_MONTH
from payments.documents.contents import RegisterHead, RegisterRow
from payments.selectors.requisites import Requisites
from recipients.models import PaymentChannel

PLACE_LENGTH = 100
_ADDRESS = re.compile(
    r"(?P<index>\d{6}), (?P<settlement>[^,]+), (?P<street>.+), д\. (?P<house>[^,]{1,7})"
    r"(?:, корп\. (?P<building>[^,]{1,3}))?(?:, кв\. (?P<flat>[^,]{1,15}))?(?:, ком\. (?P<room>[^,]{1,15}))?"
)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What the bank or the post says of one row; the reason is empty for a paid one."""

    row_no: int
    row_id: str
    is_paid: bool
    reason_code: str
    day: dt.date
    amount: Decimal


class BadAnswerRow(ValueError):
    """A row of an answer cannot be read; the message is the Russian sentence for the specialist."""


def list_layout(*, to_bank: bool) -> Layout:
    """Return the layout of a register's file."""
    return preset("bank_list" if to_bank else "post_list")


def answer_layout(*, from_bank: bool) -> Layout:
    """Return the layout of an answer."""
    return preset("bank_answer" if from_bank else "post_answer")


def register_file_name(head: RegisterHead) -> str:
    """Name a register's file by the mask of its layout; the month in it is the month of payment."""
    layout = list_layout(to_bank=head.payer.is_bank)
    return file_name(layout, month=head.paid_month, bank=head.payer.bik, number=head.number)


def register_file(head: RegisterHead, rows: Sequence[RegisterRow]) -> bytes:
    """Write a register's file: a row per line, in the register's order.

    Raises Unwritable when a value does not fit its column.
    """
    records = _bank_records(head, rows) if head.payer.is_bank else _post_records(head, rows)
    return build_records(list_layout(to_bank=head.payer.is_bank), records)


def unwritable(requisites: Sequence[Requisites]) -> set[int]:
    """Tell by place which of them a register's file could not hold: a letter outside its code page, a long address."""
    found: set[int] = set()
    for kind, records_of in ((PaymentChannel.Kind.BANK, _trial_of_bank), (PaymentChannel.Kind.POST, _trial_of_post)):
        layout = list_layout(to_bank=kind == PaymentChannel.Kind.BANK)
        places = [(place, one) for place, one in enumerate(requisites) if one.kind == kind]
        fitted = build_of_fitting(places, partial(_build_trial, layout, records_of))
        found |= {place for (place, _), _ in fitted.unfit}
    return found


def file_total(content: bytes, *, to_bank: bool) -> Amount:
    """Read a register's file back and add it up.

    Raises Refused when it cannot be read, ValueError for a cell without a sum.
    """
    layout = list_layout(to_bank=to_bank)
    total = Amount()
    for record in parse_records(layout, open_table(layout, content)):
        amount = record.values["amount"]
        if not isinstance(amount, Decimal) or record.faults:
            raise ValueError(f"row {record.row_no} of a register's file has no sum")
        total += Amount(1, amount)
    return total


def read_answer(content: bytes, *, from_bank: bool) -> list[AnswerRow]:
    """Read an answer strictly: any doubt about a cell refuses the whole file.

    Raises Refused for a file of another structure, BadAnswerRow for a row.
    """
    layout = answer_layout(from_bank=from_bank)
    rows = []
    for record in parse_records(layout, open_table(layout, content)):
        if record.faults:
            raise BadAnswerRow(f"Строка {record.row_no}: {record.faults[0].text}")
        values = record.values
        row = AnswerRow(
            row_no=record.row_no,
            row_id=str(values["row_id"]),
            is_paid=values["result"] == "paid",
            reason_code=str(values["reason_code"]),
            day=_day(values["day"]),
            amount=_sum(values["amount"]),
        )
        if row.is_paid == bool(row.reason_code):
            raise BadAnswerRow(f"Строка {row.row_no}: причина указывается у возвращённой строки и только у неё.")
        rows.append(row)
    return rows


def write_answer(answers: Iterable[AnswerRow], *, from_bank: bool) -> bytes:
    """Write an answer as a bank or the post does; the demo's simulated ones answer with it."""
    return build_records(
        answer_layout(from_bank=from_bank),
        (
            {
                "row_id": answer.row_id,
                "result": "paid" if answer.is_paid else "returned",
                "reason_code": answer.reason_code,
                "day": answer.day,
                "amount": answer.amount,
            }
            for answer in answers
        ),
    )


def row_id(line_id: int) -> str:
    """Return what stands in the file for a line and comes back in the answer."""
    return str(line_id)


def _shared(head: RegisterHead, row: RegisterRow) -> dict[str, Attribute]:
    return {
        "row_number": row.number,
        "row_id": row_id(row.line_id),
        "district_code": row.district.number,
        "last_name": row.last_name,
        "first_name": row.first_name,
        "middle_name": row.middle_name,
        "amount": row.payable,
        "month": head.paid_month,
    }


def _bank_records(head: RegisterHead, rows: Sequence[RegisterRow]) -> Iterator[dict[str, Attribute]]:
    for row in rows:
        yield {**_shared(head, row), "account": row.account}


def _post_records(head: RegisterHead, rows: Sequence[RegisterRow]) -> Iterator[dict[str, Attribute]]:
    for row in rows:
        yield {**_shared(head, row), "post_office": row.post_index, **address_parts(row.postal_address)}


def address_parts(address: str) -> dict[str, Attribute]:
    """Part an address written by our directory into columns.

    One typed by hand goes whole into the two widest columns, broken at a space.
    """
    match = _ADDRESS.fullmatch(address)
    if match is not None:
        found = match.groupdict(default="")
        if len(found["settlement"]) <= PLACE_LENGTH and len(found["street"]) <= PLACE_LENGTH:
            return {name: text for name, text in found.items() if name != "index"}
    if len(address) <= PLACE_LENGTH:
        return {"settlement": address}
    cut = address.rfind(" ", 0, PLACE_LENGTH + 1)
    return {"settlement": address[:cut].rstrip(), "street": address[cut + 1 :]}


def name_parts(full_name: str) -> tuple[str, str, str]:
    """Part a name written in full: the last name, the first name and whatever follows."""
    last, _, rest = full_name.partition(" ")
    first, _, middle = rest.partition(" ")
    return last, first, middle


def _build_trial(
    layout: Layout,
    records_of: Callable[[Requisites], dict[str, Attribute]],
    places: Sequence[tuple[int, Requisites]],
) -> bytes:
    return build_records(layout, (_trial(one) | records_of(one) for _, one in places))


def _trial(one: Requisites) -> dict[str, Attribute]:
    last_name, first_name, middle_name = name_parts(one.payee_name)
    return {
        "row_number": 1,
        "row_id": "1",
        "district_code": "01",
        "last_name": last_name,
        "first_name": first_name,
        "middle_name": middle_name,
        "amount": Decimal(1),
        "month": FIRST_MONTH,
    }


def _trial_of_bank(one: Requisites) -> dict[str, Attribute]:
    return {"account": one.account}


def _trial_of_post(one: Requisites) -> dict[str, Attribute]:
    return {"post_office": one.post_office_id or "", **address_parts(one.postal_address)}


def _day(value: Attribute) -> dt.date:
    assert isinstance(value, dt.date), "the layout lets no blank day pass"
    return value


def _sum(value: Attribute) -> Decimal:
    assert isinstance(value, Decimal), "the layout lets no blank sum pass"
    return value
