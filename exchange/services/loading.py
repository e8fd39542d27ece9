"""Item 3.11: rows without discrepancies, and those a specialist accepted, become charges."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db import connection, transaction

from exchange.models import ExchangeFile, ReturnedLine
from offices import balances, journal
from offices.balances import Amount, Balance
from offices.copying import copy_rows, next_ids
from offices.models import Staff
from offices.refusals import Refusal
from offices.services.months import require_open
from providers.models import Charge

CHARGE_COLUMNS = (
    "id", "month", "office_id", "recipient_id", "provider_id", "account_id", "service_id", "number", "billed",
    "adjustment", "adjustment_month", "tariff", "quantity", "norm", "is_metered", "residents", "total_area", "debt",
    "source", "file_sha256", "row_number", "accepted_at",
)  # fmt: skip
LINE_FACTS = (
    "pk", "row__request_row__recipient_id", "row__request_row__account_id", "service_id", "billed", "adjustment",
    "adjustment_month", "tariff", "quantity", "norm", "is_metered", "row__residents", "row__total_area", "debt",
    "row__row_number",
)  # fmt: skip


class FileNotVerified(Refusal):
    """The file is not waiting for loading."""


@transaction.atomic
def load_charges(*, file_id: int, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Write the clean lines of a verified file as accepted charges, by COPY into the month.

    A recipient named twice on one account and service in a file has one charge: the second line is
    held. Raises FileNotVerified, MonthNotOpen.
    """
    locked = ExchangeFile.objects.select_for_update(of=("self",)).select_related("office", "provider")
    file = locked.get(pk=file_id)
    if file.status != ExchangeFile.Status.VERIFIED:
        raise FileNotVerified(f"Файл «{file}» не ждёт загрузки: {file.get_status_display()}.")
    require_open(file.month)
    lines = list(
        ReturnedLine.objects.filter(row__file=file, status=ReturnedLine.Status.CLEAN)
        .order_by("pk")
        .values_list(*LINE_FACTS)
    )
    fresh, repeated = _told_apart(file, lines)
    _write(file, fresh, at=at)
    ReturnedLine.objects.filter(pk__in=[line[0] for line in repeated]).update(status=ReturnedLine.Status.REJECTED)
    file.status = ExchangeFile.Status.LOADED
    file.loaded_at, file.loaded_by = at, by
    file.save(update_fields=["status", "loaded_at", "loaded_by"])
    _strike_balance(file, fresh, repeated, at=at)
    paper = journal.Paper(
        subject=f"начисления предприятия {file.provider}",
        item="3.11",
        month=file.month,
        file_name=file.name,
        sha256=file.sha256,
        rows=len(fresh),
        roubles=_billed(fresh).quantize(Decimal("0.01")),
    )
    journal.record(office=file.office, event="загружено", paper=paper, by=by, at=at)
    return file


Line = tuple[object, ...]


def _told_apart(file: ExchangeFile, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    keys = Charge.objects.filter(month=file.month, office=file.office, provider=file.provider)
    taken = set(keys.values_list("recipient_id", "account_id", "service_id"))
    fresh: list[Line] = []
    repeated: list[Line] = []
    for line in lines:
        key = (line[1], line[2], line[3])
        (repeated if key in taken else fresh).append(line)
        taken.add(key)  # type: ignore[arg-type]
    return fresh, repeated


def _write(file: ExchangeFile, lines: list[Line], *, at: dt.datetime) -> None:
    ids = next_ids(Charge, len(lines))
    copy_rows(f"providers_charge_{file.month:%Y_%m}", CHARGE_COLUMNS, _charges(file, ids, lines, at))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_returnedline line SET status = %s, charge_id = loaded.charge, charge_month = %s"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS loaded(line, charge) WHERE line.id = loaded.line",
            [ReturnedLine.Status.LOADED.value, file.month, [line[0] for line in lines], list(ids)],
        )


def _charges(file: ExchangeFile, ids: range, lines: list[Line], at: dt.datetime) -> Iterator[tuple[object, ...]]:
    for charge_id, line in zip(ids, lines, strict=True):
        _, recipient_id, account_id, service_id, *facts, row_number = line
        yield (
            charge_id, file.month, file.office_id, recipient_id, file.provider_id, account_id, service_id, 0, *facts,
            Charge.Source.FILE.value, file.sha256, row_number, at,
        )  # fmt: skip


def _billed(lines: list[Line]) -> Decimal:
    return sum((Decimal(str(line[4])) for line in lines), Decimal("0.00"))


def _strike_balance(file: ExchangeFile, fresh: list[Line], repeated: list[Line], *, at: dt.datetime) -> None:
    on = Amount(len(fresh), _billed(fresh))
    held = {"repeated": Amount(len(repeated), _billed(repeated))} if repeated else {}
    balances.strike(
        month=file.month,
        item="3.11",
        stage="загрузка начислений",
        office=file.office,
        subject=f"файл «{file.name}», {file.provider}, № {file.pk}",
        balance=Balance(sum(held.values(), on), on, held),
        at=at,
    )
