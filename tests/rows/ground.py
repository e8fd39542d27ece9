"""Rows of the ground floor."""

import datetime as dt
import itertools
from typing import Any
from zoneinfo import ZoneInfo

from offices.models import Bank, BillingMonth, Decree, District, Office, PostOffice, RoleGrant, Staff
from offices.services import months

MOSCOW = ZoneInfo("Europe/Moscow")
MONTH = dt.date(2026, 10, 1)
"""The month billed that tests work in."""
AT = dt.datetime(2026, 10, 15, 12, 0, tzinfo=MOSCOW)
"""The moment at which tests act."""
LONG_AGO = dt.date(2020, 1, 1)
"""Since when everything dated is in force."""

PLAYED_BELOW = 20_000
"""The played region uses numbers below it: rows that are added to the region are numbered from here."""

_numbers = [itertools.count(1)]


def number() -> int:
    """Return the next number of the test."""
    return next(_numbers[0])


def start_numbering(first: int = 1) -> None:
    """Begin again at 1: codes of fixed width stay within it however many tests have run."""
    _numbers[0] = itertools.count(first)


def district(**given: Any) -> District:
    n = number()
    return District.objects.create(**{"code": f"{n % 100000:05d}", "name": f"Район {n}", "oktmo": f"{n:08d}"} | given)


def office(**given: Any) -> Office:
    """A district office with a district of its own."""
    n = number()
    return Office.objects.create(
        **{"kind": Office.Kind.DISTRICT, "code": f"o{n}", "name": f"Отдел социальной защиты {n}"}
        | given
        | {"district": given.get("district") or district()}
    )


def unit(kind: str = Office.Kind.PAYMENTS, **given: Any) -> Office:
    """A unit of the department: `Office.Kind.PAYMENTS`, SUBSIDIES, ..."""
    n = number()
    return Office.objects.create(**{"kind": kind, "code": f"u{n}", "name": f"Подразделение {n}"} | given)


def staff(*roles: str, **given: Any) -> Staff:
    """A member of staff with the roles, in force since LONG_AGO; `office` is made unless given."""
    n = number()
    made = Staff.objects.create(
        **{"username": f"staff{n}", "last_name": "Сотрудников", "first_name": f"Номер{n}", "middle_name": "Иванович"}
        | given
        | {"office": given["office"] if "office" in given else office()}
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(staff=made, role=role, order=f"приказ № {n}", valid_from=LONG_AGO) for role in roles
    )
    return made


def bank(**given: Any) -> Bank:
    n = number()
    return Bank.objects.create(
        **{
            "bik": f"04{n:07d}",
            "name": f"Банк {n}",
            "correspondent_account": "30101810400000000225",
            "address": "г. Смоленск",
        }
        | given
    )


def post_office(**given: Any) -> PostOffice:
    made = {"index": f"{200000 + number()}", "address": "г. Смоленск"} | given
    return PostOffice.objects.create(**made | {"district": made.get("district") or district()})


def decree(**given: Any) -> Decree:
    n = number()
    return Decree.objects.create(
        **{"title": "Постановление", "number": f"{n}", "issued_on": LONG_AGO, "issuer": "Администрация области"} | given
    )


def open_month(month: dt.date = MONTH, *, by: Staff | None = None) -> BillingMonth:
    """The month with its leaves; opening it again returns the same."""
    return months.open_month(month=month, by=by or staff(office=None), at=AT)
