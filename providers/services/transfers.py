"""Bulk transfers of accounts from the first day of a month: entered by one person, carried out by another.

Accounts and what is connected to them end on the day, and new ones begin there; charges of the months before stay
on the former accounts. A transfer is carried out in one transaction and is not undone: a further one leads back.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from offices import journal
from offices.models import BillingMonth, Office, Staff, StoredFile
from offices.refusals import Refusal
from providers.account_tables import Pair
from providers.models import AccountTransfer, AccountTransferLine, Provider
from providers.moving import AT_ONCE, move_accounts, pass_districts
from providers.transferring import Plan, plan_merger, plan_renumbering

ITEM = "3.3"
Kind, Status = AccountTransfer.Kind, AccountTransfer.Status


class TransferNotSound(Refusal):
    """Something in the table or the day stands in the way."""


class TransferDecided(Refusal):
    """The transfer was carried out or withdrawn before."""


class ConfirmedByItsAuthor(Refusal):
    """Whoever entered a transfer does not carry it out."""


class AccountsChanged(Refusal):
    """The accounts are not those that the transfer was entered for."""


@transaction.atomic
def propose_renumbering(
    *,
    provider: Provider,
    pairs: Sequence[Pair],
    valid_from: dt.date,
    known_until: dt.date,
    basis: str,
    file: StoredFile | None = None,
    by: Staff,
    at: dt.datetime,
) -> AccountTransfer:
    """Enter a table of numbers that change from the first day of a month; the same table again is the same transfer.

    Lines whose former number nobody of ours has are left out. Raises TransferNotSound.
    """
    _lock(provider, provider)
    plan = plan_renumbering(provider=provider, pairs=pairs, valid_from=valid_from)
    return _propose(Kind.RENUMBERING, provider, provider, plan, valid_from, known_until, basis, file, by, at)


@transaction.atomic
def propose_merger(
    *,
    provider: Provider,
    successor: Provider,
    valid_from: dt.date,
    known_until: dt.date,
    basis: str,
    by: Staff,
    at: dt.datetime,
) -> AccountTransfer:
    """Enter the passing of all of a provider's accounts to another from the first day of a month.

    Raises TransferNotSound.
    """
    if provider == successor:
        raise TransferNotSound("Счета передают другому предприятию: выберите его.")
    _lock(provider, successor)
    plan = plan_merger(provider=provider, successor=successor, valid_from=valid_from)
    return _propose(Kind.MERGER, provider, successor, plan, valid_from, known_until, basis, None, by, at)


@transaction.atomic
def carry_out(*, transfer_id: int, by: Staff, at: dt.datetime) -> AccountTransfer:
    """Carry a transfer out: all of its accounts or none. It is not undone.

    Raises TransferDecided, ConfirmedByItsAuthor, AccountsChanged, TransferNotSound.
    """
    transfer = _undecided(transfer_id)
    if transfer.proposed_by_id == by.pk:
        raise ConfirmedByItsAuthor("Перевод счетов составили вы, поэтому выполнить его должен другой сотрудник.")
    _lock(transfer.provider, transfer.successor)
    _require_open(transfer.valid_from)
    lines = list(transfer.lines.select_related("old_account__dwelling").order_by("pk"))
    _require_unchanged(transfer, lines)
    move_accounts(transfer, lines)
    if transfer.kind == Kind.MERGER:
        pass_districts(transfer)
    transfer.status, transfer.decided_at, transfer.decided_by = Status.DONE, at, by
    transfer.save(update_fields=["status", "decided_at", "decided_by"])
    _tell_districts(transfer, lines, by=by, at=at)
    return transfer


@transaction.atomic
def withdraw_transfer(*, transfer_id: int, by: Staff, at: dt.datetime) -> AccountTransfer:
    """Withdraw a transfer that was not carried out: by its author or by whoever was to carry it out.

    Raises TransferDecided.
    """
    transfer = _undecided(transfer_id)
    transfer.status, transfer.decided_at, transfer.decided_by = Status.WITHDRAWN, at, by
    transfer.save(update_fields=["status", "decided_at", "decided_by"])
    return transfer


def _propose(
    kind: AccountTransfer.Kind,
    provider: Provider,
    successor: Provider,
    plan: Plan,
    valid_from: dt.date,
    known_until: dt.date,
    basis: str,
    file: StoredFile | None,
    by: Staff,
    at: dt.datetime,
) -> AccountTransfer:
    _require_open(valid_from)
    if known_until <= valid_from:
        raise TransferNotSound("Прежние номера узнают хотя бы день: укажите день позже дня перевода.")
    if not basis.strip():
        raise TransferNotSound("Укажите основание: письмо предприятия, договор, распоряжение.")
    digest = _digest(plan, kind)
    same = AccountTransfer.objects.filter(
        provider=provider, successor=successor, valid_from=valid_from, digest=digest
    ).exclude(status=Status.WITHDRAWN)
    before = same.first()
    if before is not None:
        return before
    if not plan.is_sound:
        raise TransferNotSound(_why_not(plan))
    transfer = AccountTransfer.objects.create(
        kind=kind,
        provider=provider,
        successor=successor,
        valid_from=valid_from,
        known_until=known_until,
        basis=basis.strip()[:300],
        file=file,
        digest=digest,
        rows=len(plan.found),
        proposed_at=at,
        proposed_by=by,
    )
    AccountTransferLine.objects.bulk_create(
        [
            AccountTransferLine(transfer=transfer, old_account=one.account, old_number=one.old, new_number=one.new)
            for one in plan.found
        ],
        batch_size=AT_ONCE,
    )
    return transfer


def _digest(plan: Plan, kind: AccountTransfer.Kind) -> str:
    lines = sorted(f"{one.old}\t{one.new}" for one in plan.lines)
    return hashlib.sha256("\n".join([kind.value, *lines]).encode()).hexdigest()


def _why_not(plan: Plan) -> str:
    if not plan.faults:
        return "Ни один из прежних номеров не найден среди открытых счетов получателей: переводить нечего."
    first = plan.faults[0]
    return (
        f"Мешают строки таблицы: {len(plan.faults)}. Первая — строка {first.line}, {first.old} → {first.new}: "
        f"{first.words}. Исправьте таблицу и загрузите её заново."
    )


def _lock(provider: Provider, successor: Provider) -> None:
    """Let one transfer at a time change the accounts of the two providers; new accounts wait as well."""
    keys = {provider.pk, successor.pk}
    list(Provider.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))


def _undecided(transfer_id: int) -> AccountTransfer:
    rows = AccountTransfer.objects.select_for_update(of=("self",)).select_related("provider", "successor")
    transfer: AccountTransfer = rows.get(pk=transfer_id)
    if transfer.status != Status.PROPOSED:
        raise TransferDecided(f"Перевод счетов «{transfer}» уже {transfer.get_status_display()}.")
    return transfer


def _require_open(valid_from: dt.date) -> None:
    """Hold that the day is a month's first one and that the month was not closed."""
    if valid_from.day != 1:
        raise TransferNotSound("Счета переводят с первого числа месяца: иначе месяц начислят дважды.")
    if BillingMonth.objects.filter(month__gte=valid_from, closed_at__isnull=False).exists():
        raise TransferNotSound(f"Месяц {valid_from:%m.%Y} закрыт: выберите первое число более позднего месяца.")


def _require_unchanged(transfer: AccountTransfer, lines: Sequence[AccountTransferLine]) -> None:
    """Judge the accounts anew: nothing may have been opened, closed or billed since the transfer was entered."""
    if transfer.kind == Kind.MERGER:
        plan = plan_merger(provider=transfer.provider, successor=transfer.successor, valid_from=transfer.valid_from)
    else:
        pairs = [Pair(place, line.old_number, line.new_number) for place, line in enumerate(lines, start=1)]
        plan = plan_renumbering(provider=transfer.provider, pairs=pairs, valid_from=transfer.valid_from)
    if plan.faults:
        raise TransferNotSound(_why_not(plan))
    now = {one.account.pk for one in plan.found if one.account is not None}
    if now != {line.old_account_id for line in lines}:
        raise AccountsChanged(
            f"После составления перевода счета изменились: было {len(lines)}, стало {len(now)}. "
            "Отзовите перевод и составьте его заново."
        )


def _tell_districts(
    transfer: AccountTransfer, lines: Sequence[AccountTransferLine], *, by: Staff, at: dt.datetime
) -> None:
    """Write a line into the journal of every district office whose recipients' accounts have moved."""
    counted = Counter(line.old_account.dwelling.district_id for line in lines)
    where = f" → {transfer.successor}" if transfer.kind == Kind.MERGER else ""
    for office in Office.objects.filter(district__in=counted).order_by("pk"):
        paper = journal.Paper(
            subject=f"{transfer.get_kind_display()} с {transfer.valid_from:%d.%m.%Y}{where}: {transfer.basis}"[:300],
            item=ITEM,
            rows=counted[office.district_id or 0],
            file_name=transfer.file.name if transfer.file else "",
            sha256=transfer.file.sha256 if transfer.file else "",
        )
        journal.record(
            office=office, event="счета переведены", paper=paper, counterpart=transfer.provider.name[:200], by=by, at=at
        )
