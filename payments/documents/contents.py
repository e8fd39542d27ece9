"""What a register and its papers are made of: rows by value and the facts above them."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from config.pdf import Signature
from exchange.register_content import district_number
from offices.balances import Amount
from offices.models import Office
from offices.money import NBSP

PAYMENT_NAME = (
    "Денежный эквивалент мер социальной поддержки инвалидов и семей, имеющих детей-инвалидов, "
    "по оплате жилого помещения и коммунальных услуг"
)
_MARK = re.compile(r"\b(г|с|д|п|пос|дер|ул|пер|корп|кв|ком)\. ")
_IN_MONTHS = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip


class TotalsDiffer(ValueError):
    """The papers of a register do not add up to the same sum."""


@dataclass(frozen=True, slots=True)
class District:
    """A district on paper: its office, its number in files, its name."""

    office_id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register; `accrued_for` is the month it was accrued for, first day."""

    number: int
    line_id: int
    district: District
    last_name: str
    first_name: str
    middle_name: str
    address: str
    postal_address: str
    account: str
    post_index: str
    post_address: str
    accrued_for: dt.date
    is_supplementary: bool
    payable: Decimal

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    @property
    def post_place(self) -> str:
        """The post office's index and address, the index once."""
        if self.post_address.startswith(self.post_index):
            return self.post_address
        return f"{self.post_index}, {self.post_address}"


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays whom: the bank's requisites, empty for the post."""

    bank_name: str = ""
    bik: str = ""
    correspondent_account: str = ""
    bank_address: str = ""

    @property
    def is_bank(self) -> bool:
        return bool(self.bik)


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """What stands above and below every paper of a register."""

    number: int
    month: dt.date
    paid_month: dt.date
    formed_on: dt.date
    payer: Payer
    unit: str
    contacts: str
    signatures: Sequence[Signature]
    executor: str
    phone: str
    file_sha256: str = ""

    @property
    def receiver(self) -> str:
        """To whom the papers go, as it stands in a title."""
        return self.payer.bank_name if self.payer.is_bank else "ФГУП «Почта России»"


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows and roubles of a part of a register, and the supplementary ones among them."""

    all: Amount
    supplementary: Amount


def unbroken(address: str) -> str:
    """Keep «д. 5» and the like on one line of a narrow column."""
    return _MARK.sub(rf"\1.{NBSP}", address)


def in_month(month: dt.date) -> str:
    """Write «в октябре 2026 года»."""
    return f"в{NBSP}{_IN_MONTHS[month.month - 1]}{NBSP}{month.year}{NBSP}года"


def add_up(rows: Sequence[RegisterRow]) -> Sum:
    """Count and add up rows, and the supplementary ones apart."""
    late = [row for row in rows if row.is_supplementary]
    return Sum(_amount(rows), _amount(late))


def by_district(rows: Sequence[RegisterRow]) -> Iterator[tuple[District, list[RegisterRow]]]:
    """Part rows, already in the order of districts, by district."""
    for district, part in groupby(rows, key=lambda row: row.district):
        yield district, list(part)


def district_of(office: Office) -> District:
    """Return the district as papers and files name it."""
    assert office.district is not None, "only district offices have lists"
    return District(office.pk, district_number(office.district.code), str(office.district))


def _amount(rows: Sequence[RegisterRow]) -> Amount:
    return Amount(len(rows), sum((row.payable for row in rows), Decimal("0.00")))
