"""A district's month in pieces: terms around today, requests, answers, runs."""

import datetime as dt
from typing import Any

from django.utils.timezone import localdate

from exchange.models import ExchangeFile, RequestRow
from offices import balances
from offices.balances import Amount, Balance
from offices.models import ExchangeSchedule, Office, ScheduledStep
from providers.models import Provider
from tests import factories as make
from tests.calculations import made
from tests.exchange import stored
from tests.factories import AT, MONTH

BEFORE = dt.date(2026, 9, 1)
TODAY = localdate()
LATE = TODAY - dt.timedelta(days=2)
SOON = TODAY + dt.timedelta(days=3)


def district(name: str, **given: Any) -> Office:
    """A district office in an open October."""
    make.open_month()
    return make.office(name=f"Отдел, {name}", district=make.district(name=name), **given)


def planned(office: Office, month: dt.date = MONTH, **due: dt.date) -> None:
    """Give the office its terms: `i3_9=day`."""
    schedule, _ = ExchangeSchedule.objects.get_or_create(
        starts_on=dt.date(2026, 7, 1), defaults={"approved_at": AT, "approved_by": make.staff(office=None)}
    )
    for item, day in due.items():
        ScheduledStep.objects.create(
            schedule=schedule, office=office, month=month, item=item[1:].replace("_", "."), due_on=day
        )


def struck(office: Office, item: str, month: dt.date = MONTH, **given: Any) -> None:
    """The balance of a stage of the office's month."""
    one = Amount(1)
    balances.strike(
        month=month,
        item=item,
        stage=f"этап {item}",
        office=office,
        subject=f"отдел {office.pk}",
        balance=Balance(one, one),
        **{"at": AT} | given,
    )


def asked(office: Office, *providers: Provider, people: int = 1, month: dt.date = MONTH) -> list[ExchangeFile]:
    """Requests to providers, each about so many recipients of the office with an account at the provider."""
    make.open_month(month)
    register = stored.answered(office=office, month=month, rows=people)
    requests = []
    for one in providers:
        request = stored.request(office=office, provider=one, month=month, rows=people)
        for place in range(1, people + 1):
            right = make.entitlement(recipient=make.recipient(office=office))
            account = make.account(provider=one)
            row = register.lines.create(
                row_number=register.lines.count() + 1,
                recipient=right.recipient,
                entitlement=right,
                dwelling=account.dwelling,
                content={},
            )
            RequestRow.objects.create(
                file=request,
                row_number=place,
                register_row=row,
                recipient=right.recipient,
                account=account,
                services=[],
            )
        requests.append(request)
    if not requests or month == MONTH:
        struck(office, "3.8", month)
    return requests


def answered(request: ExchangeFile, status: str = "received", at: dt.datetime = AT, **given: Any) -> ExchangeFile:
    """An accepted file that answers a request, as far as the status says."""
    file = stored.returned(request=request, month=request.month, at=at, **given)
    if status in {"verified", "loaded"}:
        file.verified_at, file.verified_by = at, make.staff()
    if status == "loaded":
        file.loaded_at, file.loaded_by = at, make.staff()
    file.status = status
    file.save()
    return file


def refused(request: ExchangeFile, text: str = "Нет поля SUM_NACH.") -> ExchangeFile:
    return stored.exchange_file(
        "return",
        "refused",
        request=request,
        office=request.office,
        provider=request.provider,
        month=request.month,
        refusal_code="no_column",
        refusal_text=text,
    )


def approved(office: Office, *rows: RequestRow, month: dt.date = BEFORE, accrued: str = "512.30") -> Any:
    """An approved run in which the accounts of request rows were accrued so much each."""
    run = made.run(office=office, month=month)
    for row in rows:
        charge = make.charge(recipient=row.recipient, account=row.account, month=month)
        right = row.register_row.entitlement
        accrual = made.accrual(run, recipient=row.recipient, entitlement=right, accrued=accrued)
        made.line(accrual, charge, accrued=accrued, base=accrued)
    return made.forward(run)
