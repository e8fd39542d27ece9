"""Personal accounts of dwellings with providers and the services billed on them (3.3.2 а)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from housing.models import Dwelling
from offices.refusals import Refusal
from providers.models import ConnectedService, Provider, Service, ServiceAccount
from providers.succession import make_room, write


class AccountTaken(Refusal):
    """The provider has this account open for another dwelling, or for this one already."""


class AccountClosed(Refusal):
    """The account is not open on the day."""


@transaction.atomic
def open_account(*, provider: Provider, dwelling: Dwelling, number: str, valid_from: dt.date) -> ServiceAccount:
    """Open a provider's account for a dwelling from a day on.

    Raises AccountTaken, NotAcceptable.
    """
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    alike = ServiceAccount.objects.filter(provider=provider, number=number.strip())
    taken = alike.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).order_by("valid_from", "pk").first()
    if taken is not None:
        raise AccountTaken(f"Лицевой счёт {taken.number} у предприятия «{provider}» уже открыт: {taken.dwelling}.")
    row = ServiceAccount(provider=provider, dwelling=dwelling, number=number.strip(), valid_from=valid_from)
    write(row)
    return row


@transaction.atomic
def close_account(*, account_id: int, valid_to: dt.date) -> ServiceAccount:
    """End an account and what is connected to it; `valid_to` is the day after the last one.

    Raises AccountClosed.
    """
    row: ServiceAccount = ServiceAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    _require_open(row, valid_to - dt.timedelta(days=1))
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])
    connected = ConnectedService.objects.select_for_update(of=("self",)).filter(account=row, valid_from__lt=valid_to)
    for service in connected.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_to)):
        service.valid_to = valid_to
        service.save(update_fields=["valid_to"])
    return row


@transaction.atomic
def connect_service(
    *,
    account: ServiceAccount,
    service: Service,
    valid_from: dt.date,
    is_metered: bool = False,
    meter: str = "",
) -> ConnectedService:
    """Connect a service to an account from a day on, by meter or by norm; the former connection ends there.

    Raises AccountClosed, AlreadyEntered, NotAcceptable.
    """
    locked = ServiceAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    _require_open(locked, valid_from)
    alike = ConnectedService.objects.filter(account=account, service=service)
    row = ConnectedService(
        account=account,
        service=service,
        is_metered=is_metered,
        meter=meter,
        valid_from=valid_from,
        valid_to=make_room(alike, valid_from=valid_from) or locked.valid_to,
    )
    write(row)
    return row


def _require_open(account: ServiceAccount, day: dt.date) -> None:
    if not account.is_valid_on(day):
        raise AccountClosed(f"Лицевой счёт {account.number} на {day:%d.%m.%Y} не открыт.")
