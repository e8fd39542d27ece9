"""Banks and the post answer the lists they got: paid, or returned with a coded reason (3.15.4)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Final

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records, parse_records
from exchange.layouts.forms import Attribute
from exchange.layouts.recognition import open_table
from workplace.simulation.manners import Manners, dice

PAID, RETURNED = "paid", "returned"
BANK: Final = (("B01", 4), ("B02", 2), ("B03", 2), ("B04", 1), ("B99", 1))
POST: Final = (("P02", 2), ("P03", 5), ("P04", 1), ("P05", 2), ("P06", 1), ("P99", 1))


@dataclass(frozen=True, slots=True)
class ListSent:
    """A list as the bank or the post got it; `bik` is empty for the post."""

    content: bytes
    bik: str
    number: int
    month: dt.date


@dataclass(frozen=True, slots=True)
class PayersAnswer:
    """The answer's file with the numbers of the rows that came back and why."""

    name: str
    content: bytes
    returned: Mapping[str, str]


def answer(sent: ListSent, *, day: dt.date, seed: int, manners: Manners) -> PayersAnswer:
    """Pay a list on `day`, but for some rows that come back; the same dice give the same bytes."""
    throw = dice(seed, sent.month, sent.bik or "post", sent.number)
    layout = preset("bank_list" if sent.bik else "post_list")
    returned: dict[str, str] = {}
    records = []
    for row in parse_records(layout, open_table(layout, sent.content)):
        row_id = str(row.values["row_id"])
        if throw.random() < manners.returned:
            returned[row_id] = _reason(throw, BANK if sent.bik else POST)
        records.append(_record(row_id, row.values["amount"], returned.get(row_id, ""), day))
    kind = "bank_answer" if sent.bik else "post_answer"
    whose = f"BANKANS_{sent.bik}" if sent.bik else "POSTANS"
    name = f"{whose}_{sent.month:%Y%m}_{sent.number}.dbf"
    return PayersAnswer(name, build_records(preset(kind), records), returned)


def _record(row_id: str, amount: object, reason: str, day: dt.date) -> dict[str, Attribute]:
    assert isinstance(amount, Decimal), "a list of ours tells every sum"
    return {
        "row_id": row_id,
        "result": RETURNED if reason else PAID,
        "reason_code": reason,
        "day": day,
        "amount": amount,
    }


def _reason(throw: Random, reasons: tuple[tuple[str, int], ...]) -> str:
    weights = list(accumulate(weight for _, weight in reasons))
    return throw.choices([code for code, _ in reasons], cum_weights=weights)[0]
