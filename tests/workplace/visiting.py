"""Members of staff at their browsers, and documents they may ask for."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.test import Client

from exchange.models import ExchangeFile
from offices import balances, files
from offices.balances import Amount, Balance
from offices.models import Office, Staff, StoredFile
from tests import factories as make
from tests.factories import AT, MONTH

PASSWORD = "Осенний-график-27"


def browser_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def visitor(*roles: str, **given: Any) -> Client:
    """A browser in which a new member of staff with the roles is signed in."""
    return browser_of(make.staff(*roles, **given))


def stored(name: str = "file.dbf", content: bytes = b"content", media_type: str = files.DBF) -> StoredFile:
    return files.store(content=content, name=name, media_type=media_type, by=make.staff(), at=AT)


def request_file(office: Office, *, file: StoredFile | None = None, month: dt.date = MONTH) -> ExchangeFile:
    """A file sent to a provider of the office's district."""
    make.open_month(month)
    kept = file or stored()
    return ExchangeFile.objects.create(
        kind="request",
        status="sent",
        office=office,
        month=month,
        provider=make.provider(),
        layout=make.layout(),
        file=kept,
        name=kept.name,
        sha256=kept.sha256,
        rows=1,
        at=AT,
        by=make.staff(),
    )


def handed_over(office: Office, *, item: str = "3.12", taken: str = "100.00", held: str = "0.00") -> None:
    """A balance of two rows; one of them is held when a sum is."""
    make.open_month()
    whole, kept = Decimal(taken), Decimal(held)
    rows = 1 if kept else 0
    balances.strike(
        month=MONTH,
        item=item,
        stage="расчёт и передача начислений",
        office=office,
        subject=f"файл отдела {office.pk}",
        balance=Balance(
            taken=Amount(2, whole),
            handed_on=Amount(2 - rows, whole - kept),
            held={"no_tariff": Amount(1, kept)} if rows else {},
        ),
        at=AT,
    )
