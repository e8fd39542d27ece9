"""Item 3.10: what a returned file says is held against tariffs, card and recalculations.

A blocking discrepancy holds its line, or its whole row, until a specialist decides; what no row of
ours stands behind is rejected. Everything goes into one protocol for the provider.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from exchange.checks.expectations import Expected
from exchange.checks.findings import Code, Finding
from exchange.checks.matching import Outcome
from exchange.checks.rows import check_row
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine, ReturnedRow
from exchange.selectors.answers import unanswered_rows
from exchange.selectors.expectations import expected_rows
from exchange.services import protocols
from exchange.services.layouts import layout_of
from offices import balances, files
from offices.balances import Amount, Balance
from offices.copying import copy_rows
from offices.models import Staff
from offices.refusals import Refusal

DISCREPANCY_COLUMNS = (
    "file_id", "row_id", "line_id", "request_row_id", "code", "is_blocking", "expected", "found", "difference",
    "text", "decision",
)  # fmt: skip
UNMATCHED = {
    Outcome.UNKNOWN: (Code.NOT_ASKED, "Этого человека в запросе нет."),
    Outcome.AMBIGUOUS: (Code.NOT_ASKED, "Строка подходит к нескольким строкам запроса, различить их нечем."),
    Outcome.DUPLICATE: (Code.DUPLICATE, "На эту строку запроса в файле уже есть ответ выше."),
}


class FileNotReceived(Refusal):
    """The file is not waiting for verification."""


class DiscrepancyDecided(Refusal):
    """The discrepancy was decided, or its file is loaded already."""


@transaction.atomic
def verify_return_file(*, file_id: int, discount: Decimal, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Check every row of a received file and write the protocol of what was found.

    `discount` (a fraction) only weighs a discrepancy in roubles of the equivalent.
    Raises FileNotReceived, and BalanceDoesNotClose when a line ended nowhere.
    """
    file = _locked(file_id)
    if file.kind != ExchangeFile.Kind.RETURN or file.status != ExchangeFile.Status.RECEIVED:
        raise FileNotReceived(f"Файл «{file}» не ждёт проверки: {file.get_status_display()}.")
    assert file.layout is not None, "a received file follows its request's layout"
    layout = layout_of(file.layout)
    parsed = {row.row_no: row for row in parse_return(layout, open_table(layout, files.read(file.file)))}
    staged = {row.row_number: row for row in ReturnedRow.objects.filter(file=file).order_by("row_number")}
    expected = expected_rows(file, layout=layout, discount=discount)
    found = {number: _findings(staged[number], row, expected) for number, row in parsed.items()}
    _write_discrepancies(file, staged, found)
    _settle_lines(file)
    file.status = ExchangeFile.Status.VERIFIED
    file.verified_at, file.verified_by = at, by
    file.save(update_fields=["status", "verified_at", "verified_by"])
    protocols.write_protocol(file=file, by=by, at=at)
    _strike_balance(file, at=at)
    return file


@transaction.atomic
def decide_discrepancy(*, discrepancy_id: int, decision: str, by: Staff, at: dt.datetime) -> Discrepancy:
    """Record the specialist's decision about one discrepancy; a line is freed when all of its are accepted.

    Raises DiscrepancyDecided.
    """
    found = Discrepancy.objects.select_related("file").get(pk=discrepancy_id)
    file = _locked(found.file_id)
    found = Discrepancy.objects.select_for_update(of=("self",)).get(pk=discrepancy_id)
    if found.decision != Discrepancy.Decision.OPEN or file.status == ExchangeFile.Status.LOADED:
        raise DiscrepancyDecided("Решение по этому несоответствию уже принято или файл уже загружен.")
    found.decision, found.decided_at, found.decided_by = decision, at, by
    found.save(update_fields=["decision", "decided_at", "decided_by"])
    if decision == Discrepancy.Decision.ACCEPT:
        _free_lines(found)
    return found


def _locked(file_id: int) -> ExchangeFile:
    files_ = ExchangeFile.objects.select_for_update(of=("self",))
    return files_.select_related("layout", "provider", "office", "file", "request").get(pk=file_id)


def _findings(staged: ReturnedRow, row: ParsedRow, expected: Mapping[int, Expected]) -> list[Finding]:
    if staged.request_row_id is None:
        code, text = UNMATCHED[Outcome(staged.match)]
        return [Finding(code, text, found=f"{row.last_name} {row.first_name} {row.middle_name}, счёт {row.account}")]
    return check_row(row, expected=expected[staged.request_row_id])


def _write_discrepancies(
    file: ExchangeFile, staged: Mapping[int, ReturnedRow], found: Mapping[int, Sequence[Finding]]
) -> None:
    facts = ReturnedLine.objects.filter(row__file=file).values_list("pk", "row_id", "position")
    lines: dict[tuple[int, int | None], int] = {(row_id, position): pk for pk, row_id, position in facts}
    rows: list[tuple[object, ...]] = [
        (
            file.pk, staged[number].pk, lines.get((staged[number].pk, one.position)), staged[number].request_row_id,
            one.code.value, one.is_blocking, one.expected[:120], one.found[:120], one.difference, one.text[:300],
            Discrepancy.Decision.OPEN.value,
        )
        for number, findings in sorted(found.items())
        for one in findings
    ]  # fmt: skip
    rows += [
        (
            file.pk, None, None, asked.pk, Code.NOT_ANSWERED.value, False, asked.full_name[:120], "нет строки", None,
            "Предприятие не ответило на эту строку запроса.", Discrepancy.Decision.OPEN.value,
        )
        for asked in unanswered_rows(file)
    ]  # fmt: skip
    copy_rows("exchange_discrepancy", DISCREPANCY_COLUMNS, rows)


def _settle_lines(file: ExchangeFile) -> None:
    """Give every staged line its end: rejected with its row, held by a discrepancy, or clean.

    A line without a sum or a service cannot be loaded and is held with the discrepancy that says so.
    """
    lines = ReturnedLine.objects.filter(row__file=file, status=ReturnedLine.Status.STAGED)
    lines.filter(row__request_row__isnull=True).update(status=ReturnedLine.Status.REJECTED)
    blocking = Discrepancy.objects.filter(file=file, is_blocking=True)
    held_rows = blocking.filter(line__isnull=True, row__isnull=False).values("row_id")
    lines.filter(row_id__in=held_rows).update(status=ReturnedLine.Status.HELD)
    lines.filter(pk__in=blocking.filter(line__isnull=False).values("line_id")).update(status=ReturnedLine.Status.HELD)
    lines.filter(billed__isnull=True).update(status=ReturnedLine.Status.REJECTED)
    lines.update(status=ReturnedLine.Status.CLEAN)


def _free_lines(decided: Discrepancy) -> None:
    held = ReturnedLine.objects.filter(row_id=decided.row_id, status=ReturnedLine.Status.HELD)
    standing = Discrepancy.objects.filter(row_id=decided.row_id, is_blocking=True).exclude(
        decision=Discrepancy.Decision.ACCEPT
    )
    if standing.filter(line__isnull=True).exists():
        return
    free = held.exclude(pk__in=standing.filter(line__isnull=False).values("line_id"))
    free.filter(service__isnull=False, billed__gte=0).update(status=ReturnedLine.Status.CLEAN)


def _strike_balance(file: ExchangeFile, *, at: dt.datetime) -> None:
    lines = ReturnedLine.objects.filter(row__file=file).values_list("pk", "row_id", "status", "billed", "row__match")
    codes = _first_codes(file)
    on, held = Amount(), defaultdict[str, Amount](Amount)
    counted: Counter[str] = Counter()
    for pk, row_id, status, billed, match in lines.order_by("pk"):
        amount = Amount(1, billed or Decimal("0.00"))
        counted[status] += 1
        if status == ReturnedLine.Status.CLEAN:
            on += amount
        elif status == ReturnedLine.Status.HELD:
            held[codes.get((row_id, pk)) or codes[row_id, None]] += amount
        else:
            held[UNMATCHED[Outcome(match)][0].value if Outcome(match) in UNMATCHED else "no_sum"] += amount
    balances.strike(
        month=file.month,
        item="3.10",
        stage="проверка начислений предприятий",
        office=file.office,
        subject=f"файл «{file.name}», {file.provider}, № {file.pk}",
        balance=Balance(sum(held.values(), on), on, dict(held)),
        at=at,
    )


def _first_codes(file: ExchangeFile) -> dict[tuple[int, int | None], str]:
    codes: dict[tuple[int, int | None], str] = {}
    rows = Discrepancy.objects.filter(file=file, is_blocking=True, row__isnull=False)
    for row_id, line_id, code in rows.order_by("code", "pk").values_list("row_id", "line_id", "code"):
        codes.setdefault((row_id, line_id), code)
    return codes
