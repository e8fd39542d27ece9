"""How often the outside world misbehaves, and what it planted where."""

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was planted; the values appear in the report of a played month."""

    TARIFF = "tariff"
    AREA = "area"
    RESIDENTS = "residents"
    MISSING = "missing"
    STRANGER = "stranger"
    DUPLICATE = "duplicate"
    PRODUCT = "product"
    NEGATIVE = "negative"
    FOREIGN_SERVICE = "foreign_service"
    ARREARS = "arrears"
    RECALCULATION = "recalculation"
    RECALCULATION_WITHOUT_MONTH = "recalculation_without_month"
    RECALCULATION_TOO_LARGE = "recalculation_too_large"
    UNREADABLE = "unreadable"
    OTHER_MONTH = "other_month"
    OTHER_ACCOUNT = "other_account"
    NOT_FOUND = "not_found"
    OTHER_PERSON = "other_person"
    NORM = "norm"
    MIXED_TARIFF = "mixed_tariff"
    VOLUME = "volume"
    UNDERSUPPLY = "undersupply"
    METERING = "metering"
    BEFORE_RIGHT = "before_right"
    ABSENT_SERVICE = "absent_service"
    JUMP = "jump"
    STOPPED = "stopped"
    SILENT = "silent"
    LATE = "late"
    WRONG_MONTH = "wrong_month"
    WRONG_CODE_PAGE = "wrong_code_page"
    TRUNCATED = "truncated"
    DISAPPEARED = "disappeared"
    DIED = "died"
    GROUP = "group"
    CERTIFICATE = "certificate"
    UNKNOWN_PERSON = "unknown_person"
    FAULTY_ROW = "faulty_row"


@dataclass(frozen=True, slots=True)
class Manners:
    """Rates of misbehaviour, each a fraction: of files, of rows of a file, of rows of a register.

    A provider whose file was refused for its code page or for being cut short sends it again, right,
    in `sent_again` of the cases; a file of a wrong month is never sent again. The pension fund tells of
    `died` of those who died. `seasonal_heating` of the providers of heat bill it in the season only, the others
    evenly; that is no misbehaviour.
    """

    silent: float = 0.015
    late: float = 0.03
    wrong_month: float = 0.012
    wrong_code_page: float = 0.012
    truncated: float = 0.018
    sent_again: float = 0.7
    tariff: float = 0.006
    area: float = 0.005
    residents: float = 0.006
    missing: float = 0.006
    stranger: float = 0.004
    duplicate: float = 0.004
    product: float = 0.003
    negative: float = 0.002
    foreign_service: float = 0.002
    arrears: float = 0.01
    recalculation: float = 0.01
    recalculation_without_month: float = 0.003
    recalculation_too_large: float = 0.003
    unreadable: float = 0.001
    other_month: float = 0.001
    other_account: float = 0.002
    not_found: float = 0.001
    other_person: float = 0.001
    norm: float = 0.002
    mixed_tariff: float = 0.002
    volume: float = 0.002
    undersupply: float = 0.002
    metering: float = 0.002
    before_right: float = 0.001
    absent_service: float = 0.003
    jump: float = 0.003
    stopped: float = 0.002
    disappeared: float = 0.006
    died: float = 0.5
    group: float = 0.003
    certificate: float = 0.004
    unknown_person: float = 0.003
    faulty_row: float = 0.001
    returned: float = 0.02
    deaths: float = 0.0025
    moves: float = 0.004
    seasonal_heating: float = 0.0


GOOD = Manners(**dict.fromkeys(Manners.__slots__, 0.0))
"""Nobody misbehaves and every payment arrives."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault put into a file, and what must come of it.

    `code` is the discrepancy (E10 ...), the refusal (wrong_month ...), the difference of the pension
    fund's data, or empty where nothing must be found. `row` is the physical row of the file sent, or None
    for the whole file; `account` and `service` tell whom a row that is missing was about; `office` is the code
    of the office that got the file.
    """

    kind: Kind
    code: str
    file: str
    row: int | None = None
    account: str = ""
    service: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file as it arrives, so many days after the first day of receiving."""

    name: str
    content: bytes
    days_later: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """All that comes in answer to one thing sent, in order, with what was planted."""

    deliveries: tuple[Delivery, ...]
    planted: tuple[Planted, ...] = ()


def dice(seed: int, month: dt.date, *names: object) -> random.Random:
    """Give the dice of somebody in a month; equal names give equal throws."""
    named = "/".join(map(str, (seed, f"{month:%Y-%m}", *names)))
    return random.Random(named)  # noqa: S311 - invented data, the same each time
