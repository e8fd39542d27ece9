"""Arrears told in a returned file, kept by month (3.10; they change no payment)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from exchange.layouts.exchanged import ParsedLine, ParsedRow
from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from offices.copying import copy_rows
from providers.models import Arrears

COLUMNS = (
    "month", "office_id", "recipient_id", "provider_id", "account_id", "service_id", "debt", "months", "status",
    "agreed", "file_sha256",
)  # fmt: skip
MOST_MONTHS = 1200
"""More months of debt than this nobody has: the cell holds something else."""
Key = tuple[int, int, str]


def keep_arrears(file: ExchangeFile, rows: Iterable[tuple[ReturnedRow, ParsedRow]], /) -> int:
    """Replace what the provider told of the month's arrears in an office by what this file tells; return how many.

    Only rows of ours and services of the directory count; of a service told twice, the first line.
    """
    Arrears.objects.filter(month=file.month, office=file.office_id, provider=file.provider_id).delete()
    asked = RequestRow.objects.filter(file=file.request_id).values_list("pk", "recipient_id", "account_id", "services")
    known = {pk: (recipient, account, frozenset(services)) for pk, recipient, account, services in asked}
    found: dict[Key, ParsedLine] = {}
    for staged, row in rows:
        if staged.request_row_id is not None:
            recipient, account, services = known[staged.request_row_id]
            for line in row.lines:
                if line.service in services and _is_owing(line):
                    found.setdefault((recipient, account, line.service), line)
    return copy_rows("providers_arrears", COLUMNS, _cells(file, found))


def _is_owing(line: ParsedLine) -> bool:
    return bool(line.in_debt) or (line.debt is not None and line.debt > 0)


def _cells(file: ExchangeFile, found: dict[Key, ParsedLine]) -> Iterator[tuple[object, ...]]:
    for (recipient, account, service), line in found.items():
        months = line.debt_months if line.debt_months and 0 < line.debt_months <= MOST_MONTHS else None
        status = line.debt_status if line.debt_status in Arrears.Status.values else ""
        yield (
            file.month, file.office_id, recipient, file.provider_id, account, service, _owed(line.debt), months, status,
            _owed(line.agreed_debt), file.sha256,
        )  # fmt: skip


def _owed(roubles: Decimal | None) -> Decimal | None:
    return roubles if roubles is not None and roubles > 0 else None
