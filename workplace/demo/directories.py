"""Services, acts, grounds, reasons and banks of the invented region.

`is_assumed` marks what was computed or invented, `note` says how.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from offices.accounts import with_account_key
from workplace.demo.reading import read

BIK_OF_REGION = "046614"


@dataclass(frozen=True, slots=True)
class DemoService:
    """A kind of payment; `kind` is the word of the rules."""

    code: str
    kind: str
    name: str
    unit: str
    is_supported: bool


@dataclass(frozen=True, slots=True)
class DemoDecree:
    """An act. `key` is what other rows call it by; an act with an unknown number is assumed."""

    key: str
    title: str
    number: str
    issued_on: dt.date
    issuer: str
    is_assumed: bool
    note: str


@dataclass(frozen=True, slots=True)
class DemoGround:
    """A ground of refusal, termination or suspension with the article and act it stands on; `until` is exclusive."""

    kind: str
    code: str
    title: str
    article: str
    text: str
    advice: str
    ends: str
    act: str
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class DemoReturnReason:
    """Why a bank or the post did not pay."""

    code: str
    channel: str
    title: str
    needs_new_requisites: bool
    stops_payment: bool


@dataclass(frozen=True, slots=True)
class DemoBank:
    """An invented bank with a possible BIK; `weight` is how many choose it."""

    bik: str
    name: str
    correspondent_account: str
    address: str
    weight: int


@cache
def services() -> tuple[DemoService, ...]:
    """Return the services in the order of their codes."""
    return tuple(DemoService(*row) for row in read("directories")["services"])


@cache
def decrees() -> tuple[DemoDecree, ...]:
    """Return the acts that tariffs, norms and grounds stand on."""
    return tuple(
        DemoDecree(
            key=row["key"],
            title=row["title"],
            number=row["number"],
            issued_on=row["issued_on"],
            issuer=row["issuer"],
            is_assumed=row.get("assumed", False),
            note=row.get("note", ""),
        )
        for row in read("directories")["decree"]
    )


@cache
def grounds() -> tuple[DemoGround, ...]:
    """Return the grounds; those that name no act stand on the regulation."""
    return tuple(
        DemoGround(
            kind=row["kind"],
            code=row["code"],
            title=row["title"],
            article=row["article"],
            text=row["text"],
            advice=row.get("advice", ""),
            ends=row.get("ends", "next_month"),
            act=row.get("act", "regulation"),
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in read("grounds")["ground"]
    )


@cache
def return_reasons() -> tuple[DemoReturnReason, ...]:
    """Return the coded reasons of returns from the post and the banks."""
    return tuple(DemoReturnReason(*row) for row in read("grounds")["returns"]["reasons"])


@cache
def banks() -> tuple[DemoBank, ...]:
    """Return the invented banks with fitting correspondent accounts."""
    return tuple(
        DemoBank(
            bik=f"{BIK_OF_REGION}{ending}",
            name=name,
            correspondent_account=with_account_key(f"{BIK_OF_REGION}{ending}", f"30101810000000000{ending}"),
            address=address,
            weight=weight,
        )
        for name, ending, address, weight in read("directories")["banks"]
    )
