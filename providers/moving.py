"""Moving accounts on a day: the former ones end there with what is connected to them, the new ones begin."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from providers.models import (
    AccountTransfer,
    AccountTransferLine,
    Agreement,
    ConnectedService,
    ProviderDistrict,
    ServiceAccount,
)

AT_ONCE = 2000


def move_accounts(transfer: AccountTransfer, lines: Sequence[AccountTransferLine]) -> None:
    """End the former accounts and their services on the day and begin the new ones there."""
    day = transfer.valid_from
    former = {line.old_account_id: line.old_account for line in lines}
    connected: dict[int, list[ConnectedService]] = defaultdict(list)
    services = ConnectedService.objects.select_for_update(of=("self",)).filter(account__in=former)
    for service in services.order_by("pk"):
        if service.valid_to is None or service.valid_to > day:
            connected[service.account_id].append(service)
    ends = {pk: account.valid_to for pk, account in former.items()}
    ServiceAccount.objects.filter(pk__in=former).update(valid_to=day)
    begun = ServiceAccount.objects.bulk_create(
        [
            ServiceAccount(
                provider=transfer.successor,
                dwelling_id=former[line.old_account_id].dwelling_id,
                number=line.new_number,
                valid_from=day,
                valid_to=ends[line.old_account_id],
            )
            for line in lines
        ],
        batch_size=AT_ONCE,
    )
    moved, continued = list[ConnectedService](), list[ConnectedService]()
    for line, account in zip(lines, begun, strict=True):
        line.new_account = account
        for service in connected[line.old_account_id]:
            if service.valid_from >= day:
                service.account = account
                moved.append(service)
            else:
                continued.append(_continued(service, account, day))
    ended = [one.pk for rows in connected.values() for one in rows if one.valid_from < day]
    ConnectedService.objects.filter(pk__in=ended).update(valid_to=day)
    ConnectedService.objects.bulk_create(continued, batch_size=AT_ONCE)
    ConnectedService.objects.bulk_update(moved, ["account"], batch_size=AT_ONCE)
    AccountTransferLine.objects.bulk_update(lines, ["new_account"], batch_size=AT_ONCE)


def _continued(service: ConnectedService, account: ServiceAccount, day: dt.date) -> ConnectedService:
    """Return the service of a former account as it goes on from the day on the new one."""
    return ConnectedService(
        account=account,
        service_id=service.service_id,
        is_metered=service.is_metered,
        meter=service.meter,
        valid_from=day,
        valid_to=service.valid_to,
    )


def pass_districts(transfer: AccountTransfer) -> None:
    """End the provider's districts and agreements on the day; the successor works in those districts from then on."""
    day = transfer.valid_from
    for model in (ProviderDistrict, Agreement):
        rows = model.objects.select_for_update(of=("self",)).filter(provider=transfer.provider, valid_from__lt=day)
        ended = [row for row in rows.order_by("pk") if row.valid_to is None or row.valid_to > day]
        for row in ended:
            row.valid_to = day
            row.save(update_fields=["valid_to"])
        if model is ProviderDistrict:
            known = model.objects.filter(provider=transfer.successor, district__in=[row.district_id for row in ended])
            there = set(known.exclude(valid_to__lte=day).values_list("district_id", flat=True))
            for row in ended:
                if row.district_id not in there:
                    model.objects.create(provider=transfer.successor, district_id=row.district_id, valid_from=day)
