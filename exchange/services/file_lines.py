"""What becomes of every line of a returned file: clean, held or rejected, none lost; and their balance (3.10)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from exchange.checks.findings import Code
from exchange.checks.matching import Outcome
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from offices import balances
from offices.balances import Amount, Balance
from offices.models import HandoverBalance

ITEM, STAGE = "3.10", "проверка начислений предприятий"
NO_SUM = "no_sum"
UNMATCHED = {
    Outcome.UNKNOWN: (Code.NOT_ASKED, "Этого человека в запросе нет."),
    Outcome.AMBIGUOUS: (Code.NOT_ASKED, "Строка подходит к нескольким строкам запроса, различить их нечем."),
    Outcome.DUPLICATE: (Code.DUPLICATE, "На эту строку запроса в файле есть другой ответ."),
}

Status = ReturnedLine.Status


def lock_file(file_id: int, /) -> ExchangeFile:
    """Take a file for deciding or printing; whoever comes second waits, and sees what the first one did."""
    locked = ExchangeFile.objects.select_for_update(of=("self",))
    file: ExchangeFile = locked.select_related("layout", "provider", "office", "file").get(pk=file_id)
    return file


def settle_lines(file: ExchangeFile, /) -> None:
    """Give every staged line its end: rejected with its row, held by a discrepancy, rejected without a sum, or clean."""
    lines = ReturnedLine.objects.filter(row__file=file, status=Status.STAGED)
    blocking = Discrepancy.objects.filter(file=file, is_blocking=True)
    held_rows = blocking.filter(line__isnull=True, row__isnull=False).values("row_id")
    held_lines = blocking.filter(line__isnull=False).values("line_id")
    lines.filter(row__request_row__isnull=True).update(status=Status.REJECTED)
    lines.filter(row_id__in=held_rows).update(status=Status.HELD)
    lines.filter(pk__in=held_lines).update(status=Status.HELD)
    lines.filter(billed__isnull=True).update(status=Status.REJECTED)
    lines.update(status=Status.CLEAN)


def resettle_lines(row_ids: Collection[int], /) -> None:
    """Hold and free the lines of rows anew after decisions; a line freed without a sum is rejected.

    A row that answers no request stays rejected, and what is loaded stays loaded.
    """
    standing = Discrepancy.objects.filter(row__in=row_ids, is_blocking=True).exclude(
        decision=Discrepancy.Decision.ACCEPT
    )
    whole = Q(row_id__in=standing.filter(line__isnull=True).values("row_id"))
    alone = Q(pk__in=standing.filter(line__isnull=False).values("line_id"))
    lines = ReturnedLine.objects.filter(row__in=row_ids, row__request_row__isnull=False)
    lines.filter(whole | alone, status__in=[Status.CLEAN, Status.REJECTED]).update(status=Status.HELD)
    free = lines.filter(status=Status.HELD).exclude(whole).exclude(alone)
    free.filter(billed__isnull=True).update(status=Status.REJECTED)
    free.update(status=Status.CLEAN)


def strike_balance(file: ExchangeFile, /, *, taken: Amount, at: dt.datetime) -> HandoverBalance:
    """Strike the balance of a file's verification in lines and billed roubles, the held by code.

    `taken` is what the file itself holds. The balance of a file that this one replaces counts no more. Raises
    BalanceDoesNotClose when a line ended nowhere.
    """
    return _strike(file, taken, former=_replaced_balance(file), subject=_subject(file), at=at)


def _replaced_balance(file: ExchangeFile) -> HandoverBalance | None:
    if file.replaces is None:
        return None
    return _struck(file.replaces).filter(superseded_by__isnull=True).first()


def standing_balance(file: ExchangeFile, /) -> HandoverBalance:
    """Return the file's balance of 3.10 as the last decision left it."""
    return _struck(file).get(superseded_by__isnull=True)


def strike_anew(file: ExchangeFile, /, *, at: dt.datetime) -> HandoverBalance:
    """Strike the file's balance again after a decision, unless what is held and why stayed as it was."""
    former = standing_balance(file)
    held = {one.reason: Amount(one.rows, one.roubles) for one in former.held.all()}
    if held == _held(file):
        return former
    subject = f"{_subject(file)}, уточнение {_struck(file).count()}"
    return _strike(file, Amount(former.rows_in, former.roubles_in), former=former, subject=subject, at=at)


def _struck(file: ExchangeFile) -> QuerySet[HandoverBalance]:
    """Return every balance of 3.10 struck for the file, the superseded ones too."""
    subject = _subject(file)
    struck = HandoverBalance.objects.filter(item=ITEM, stage=STAGE, month=file.month, office=file.office)
    return struck.filter(Q(subject=subject) | Q(subject__startswith=f"{subject}, "))


def _amount_of(file: ExchangeFile, status: str) -> Amount:
    """Count and sum a file's lines of one status."""
    found = ReturnedLine.objects.filter(row__file=file, status=status).aggregate(n=Count("pk"), billed=Sum("billed"))
    return Amount(found["n"], found["billed"] or balances.ZERO)


def _strike(
    file: ExchangeFile, taken: Amount, *, former: HandoverBalance | None, subject: str, at: dt.datetime
) -> HandoverBalance:
    return balances.strike(
        month=file.month,
        item=ITEM,
        stage=STAGE,
        office=file.office,
        subject=subject,
        balance=Balance(taken, _amount_of(file, Status.CLEAN), _held(file)),
        at=at,
        supersedes=former,
    )


def _held(file: ExchangeFile) -> dict[str, Amount]:
    """Sum the held and rejected lines by what stands against them."""
    codes = _first_codes(file)
    held: dict[str, Amount] = defaultdict(Amount)
    lines = ReturnedLine.objects.filter(row__file=file, status__in=[Status.HELD, Status.REJECTED]).order_by("pk")
    for pk, row_id, billed, match in lines.values_list("pk", "row_id", "billed", "row__match"):
        outcome = Outcome(match)
        reason = (
            UNMATCHED[outcome][0].value if outcome in UNMATCHED else codes.get((row_id, pk), codes.get((row_id, None)))
        )
        held[reason or NO_SUM] += Amount(1, billed or Decimal("0.00"))
    return dict(held)


def _first_codes(file: ExchangeFile) -> dict[tuple[int, int | None], str]:
    codes: dict[tuple[int, int | None], str] = {}
    rows = Discrepancy.objects.filter(file=file, is_blocking=True, row__isnull=False)
    standing = rows.exclude(decision=Discrepancy.Decision.ACCEPT).order_by("code", "pk")
    for row_id, line_id, code in standing.values_list("row_id", "line_id", "code"):
        codes.setdefault((row_id, line_id), code)
    return codes


def _subject(file: ExchangeFile) -> str:
    return f"файл «{file.name}», {file.provider}, № {file.pk}"
