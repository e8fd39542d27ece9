"""Item 3.11: rows without discrepancies, and those a specialist accepted, become charges."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Sum

from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from exchange.services import file_lines
from exchange.services.letters import require_agreement
from offices import balances, journal
from offices.balances import Amount, Balance
from offices.copying import copy_rows, next_ids
from offices.models import Staff
from offices.money import to_kopecks
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import Teller, silent
from providers.models import Charge

ITEM, STAGE = "3.11", "загрузка начислений"
REPEATED = "repeated"
CHARGE_COLUMNS = (
    "id", "month", "billed_for", "office_id", "recipient_id", "provider_id", "account_id", "service_id", "number", "billed",
    "adjustment", "adjustment_month", "tariff", "quantity", "norm", "is_metered", "debt", "residents", "total_area",
    "source", "file_sha256", "row_number", "accepted_at",
)  # fmt: skip
LINE_FACTS = (
    "pk", "row__request_row__recipient_id", "row__request_row__account_id", "service_id", "row__row_number", "billed",
    "adjustment", "adjustment_month", "tariff", "quantity", "norm", "is_metered", "debt", "row__residents",
    "row__total_area",
)  # fmt: skip
COUNTED = ("billed", "tariff", "quantity", "is_metered")
"""What of a charge its equivalent is made of."""
Counted = tuple[Any, ...]


class FileNotVerified(Refusal):
    """The file is not waiting for loading."""


class LoadedByItsChecker(Refusal):
    """Whoever verified a file or accepted its discrepancies does not load it."""


class ReadyChanged(Refusal):
    """What is ready to be loaded is not what was confirmed."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be loaded: whose it is, its row in the file, and what goes into the charge as it was sent."""

    pk: int
    recipient_id: int
    account_id: int
    service_id: str
    row_number: int
    billed: Decimal
    facts: tuple[Any, ...]

    @property
    def counted(self) -> Counted:
        told = dict(zip(LINE_FACTS[6:], self.facts, strict=True))
        return self.billed, *(told[name] for name in COUNTED[1:])

    @property
    def key(self) -> tuple[int, int, str]:
        return self.recipient_id, self.account_id, self.service_id


@transaction.atomic
def load_charges(
    *, file_id: int, by: Staff, at: dt.datetime, expected: Amount | None = None, tell: Teller = silent
) -> ExchangeFile:
    """Write the clean lines of a verified file as accepted charges, by COPY into the month.

    A recipient has one charge for an account and service in a month: a further line of it is rejected. Of a late
    answer the charges bill its own, closed month; what says the same as the charge that stands there is rejected too.
    Lines that a decision freed are loaded with the others: the balance begins where that of 3.10 ends. `expected` is
    what a person confirmed, lines and their billed roubles; `tell` is told how many are written.

    Raises MonthNotOpen, FileNotVerified, LoadedByItsChecker, LetterDisagrees, ReadyChanged,
    BalanceDoesNotClose.
    """
    locked = ExchangeFile.objects.select_for_update(of=("self",)).select_related("office", "provider")
    file: ExchangeFile = locked.get(pk=file_id)
    ready = ready_to_load(file, by=by, expected=expected)
    subject = file_lines.standing_balance(file).subject
    fresh, repeated = _told_apart(file)
    ids = _write(file, fresh, at=at, tell=tell)
    rejected = ReturnedLine.objects.filter(pk__in=[line.pk for line in repeated])
    rejected.update(status=ReturnedLine.Status.REJECTED)
    file.status = ExchangeFile.Status.LOADED
    file.loaded_at, file.loaded_by = at, by
    file.save(update_fields=["status", "loaded_at", "loaded_by"])
    loaded = _charged(file, ids)
    held = {REPEATED: Amount(len(repeated), _billed(repeated))} if repeated else {}
    balances.strike(
        month=file.month,
        item=ITEM,
        stage=STAGE,
        office=file.office,
        subject=subject,
        balance=Balance(ready, loaded, held),
        at=at,
    )
    _write_into_journal(file, loaded)
    return file


def ready_to_load(file: ExchangeFile, /, *, by: Staff, expected: Amount | None = None) -> Amount:
    """Return the lines of a file that `by` may load now, with their billed roubles.

    Raises MonthNotOpen, FileNotVerified, LoadedByItsChecker, LetterDisagrees, ReadyChanged.
    """
    require_open(file.month)
    if file.kind not in ExchangeFile.ANSWERS or file.status != ExchangeFile.Status.VERIFIED:
        raise FileNotVerified(f"Файл «{file}» не ждёт загрузки: {file.get_status_display()}.")
    _require_another(file, by)
    require_agreement(file)
    verified = file_lines.standing_balance(file)
    ready = Amount(verified.rows_on, verified.roubles_on)
    if expected is not None and expected != ready:
        raise ReadyChanged(
            f"Пока вы проверяли, решения изменились: готовых начислений было {expected.rows}, стало {ready.rows}. "
            "Проверьте ещё раз."
        )
    return ready


def _require_another(file: ExchangeFile, by: Staff) -> None:
    accepted = Discrepancy.objects.filter(file=file, decision=Discrepancy.Decision.ACCEPT, is_blocking=True)
    if file.verified_by_id == by.pk or accepted.filter(decided_by=by).exists():
        raise LoadedByItsChecker(f"Файл «{file}» загружает не тот, кто его проверял.")


def _told_apart(file: ExchangeFile) -> tuple[list[_Line], list[_Line]]:
    """Return the clean lines of the file: those that are news, and those that say what is accepted already."""
    clean = ReturnedLine.objects.filter(row__file=file, status=ReturnedLine.Status.CLEAN).order_by("pk")
    lines = [
        _Line(pk, recipient_id, account_id, service_id, row_number, billed, tuple(facts))
        for pk, recipient_id, account_id, service_id, row_number, billed, *facts in clean.values_list(*LINE_FACTS)
    ]
    accepted = _accepted(file, lines)
    fresh: list[_Line] = []
    repeated: list[_Line] = []
    seen: set[tuple[int, int, str]] = set()
    for line in lines:
        before = accepted.get(line.key)
        is_known = before is not None and (file.kind == ExchangeFile.Kind.RETURN or before == line.counted)
        (repeated if is_known or line.key in seen else fresh).append(line)
        seen.add(line.key)
    return fresh, repeated


def _accepted(file: ExchangeFile, lines: Sequence[_Line]) -> dict[tuple[int, int, str], Counted]:
    """Return what is accepted of the month billed, by recipient, account and service; the last of each."""
    charges = Charge.objects.billing(file.billed_month).filter(provider=file.provider)
    known = charges.filter(recipient__in={line.recipient_id for line in lines}).order_by("month", "number", "pk")
    facts = known.values_list("recipient_id", "account_id", "service_id", *COUNTED)
    return {(recipient, account, service): tuple(told) for recipient, account, service, *told in facts}


def _write(file: ExchangeFile, lines: Sequence[_Line], *, at: dt.datetime, tell: Teller) -> range:
    ids = next_ids(Charge, len(lines))
    copy_rows(f"providers_charge_{file.month:%Y_%m}", CHARGE_COLUMNS, _charges(file, ids, lines, at, tell))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_returnedline line SET status = %s, charge_id = loaded.charge, charge_month = %s"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS loaded(line, charge) WHERE line.id = loaded.line",
            [ReturnedLine.Status.LOADED.value, file.month, [line.pk for line in lines], list(ids)],
        )
    return ids


def _charges(
    file: ExchangeFile, ids: range, lines: Sequence[_Line], at: dt.datetime, tell: Teller
) -> Iterator[tuple[object, ...]]:
    for charge_id, line in zip(ids, lines, strict=True):
        tell(charge_id - ids.start)
        yield (
            charge_id, file.month, file.late_month, file.office_id, line.recipient_id, file.provider_id, line.account_id,
            line.service_id, 0, line.billed, *line.facts, *_source(file, line), at,
        )  # fmt: skip


def _source(file: ExchangeFile, line: _Line) -> tuple[str, str, int | None]:
    """Tell where a charge comes from: the file and its row; what was typed by hand names no file."""
    if file.origin == ExchangeFile.Origin.TYPED:
        return Charge.Source.TYPED.value, "", None
    return Charge.Source.FILE.value, file.sha256, line.row_number


def _charged(file: ExchangeFile, ids: range) -> Amount:
    """Count and sum the charges as they stand in the month now."""
    written = Charge.objects.filter(month=file.month, pk__gte=ids.start, pk__lt=ids.stop, provider=file.provider)
    found = written.aggregate(n=Count("pk"), billed=Sum("billed"))
    return Amount(found["n"], found["billed"] or balances.ZERO)


def _billed(lines: Sequence[_Line]) -> Decimal:
    return sum((line.billed for line in lines), balances.ZERO)


def _write_into_journal(file: ExchangeFile, loaded: Amount) -> None:
    assert file.loaded_by is not None, "the file was marked as loaded above"
    assert file.loaded_at is not None, "the file was marked as loaded above"
    late = f" за {file.late_month:%m.%Y}, опоздавший ответ" if file.late_month else ""
    paper = journal.Paper(
        subject=f"начисления предприятия {file.provider}{late}",
        item=ITEM,
        month=file.month,
        file_name=file.name,
        sha256=file.sha256,
        rows=loaded.rows,
        roubles=to_kopecks(loaded.roubles),
    )
    journal.record(office=file.office, event="загружено", paper=paper, by=file.loaded_by, at=file.loaded_at)
