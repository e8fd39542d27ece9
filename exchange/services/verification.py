"""Item 3.10: what a returned file says is held against tariffs, card and recalculations.

A blocking discrepancy holds its line, or its whole row, until a specialist decides; what no row of
ours stands behind is rejected. Everything goes into one protocol for the provider.
"""

import datetime as dt
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
from exchange.services import file_lines, protocols
from exchange.services.layouts import layout_of
from offices import files
from offices.balances import Amount
from offices.calendar import day_of
from offices.columns import MOST_TURNOVER
from offices.copying import copy_rows
from offices.models import Staff
from offices.refusals import Refusal
from offices.services.months import require_open

DISCREPANCY_COLUMNS = (
    "file_id", "row_id", "line_id", "request_row_id", "code", "is_blocking", "expected", "found", "difference",
    "text", "decision",
)  # fmt: skip
Decision = Discrepancy.Decision


class FileNotReceived(Refusal):
    """The file is not waiting for verification."""


class CheckedByItsReceiver(Refusal):
    """Whoever took a file in neither verifies it nor decides about it."""


class DiscrepancyDecided(Refusal):
    """The discrepancy was decided before."""


class FileAlreadyLoaded(Refusal):
    """The file is loaded: what it holds back stays held."""


class CannotBeAccepted(Refusal):
    """What the provider sent cannot become a charge, whatever is decided."""


@transaction.atomic
def verify_return_file(*, file_id: int, discount: Decimal, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Check every row of a received file and write the protocol of what was found.

    `discount` (a fraction) only weighs a discrepancy in roubles of the equivalent. The number of queries does not
    depend on the number of rows.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver, and BalanceDoesNotClose when a line ended nowhere.
    """
    file = _locked(file_id)
    require_open(file.month)
    if file.kind != ExchangeFile.Kind.RETURN or file.status != ExchangeFile.Status.RECEIVED:
        raise FileNotReceived(f"Файл «{file}» не ждёт проверки: {file.get_status_display()}.")
    _require_another(file, by)
    assert file.layout is not None, "a received file follows its request's layout"
    layout = layout_of(file.layout)
    parsed = list(parse_return(layout, open_table(layout, files.read(file.file))))
    staged = {row.row_number: row for row in ReturnedRow.objects.filter(file=file).defer("content")}
    expected = expected_rows(file, layout=layout, discount=discount)
    _write_discrepancies(file, [(staged[row.row_no], _findings(staged[row.row_no], row, expected)) for row in parsed])
    file_lines.settle_lines(file)
    file.status = ExchangeFile.Status.VERIFIED
    file.verified_at, file.verified_by = at, by
    file.save(update_fields=["status", "verified_at", "verified_by"])
    protocols.write_protocol(file=file, by=by, at=at)
    file_lines.strike_balance(file, taken=_amount_in(parsed), at=at)
    return file


@transaction.atomic
def decide_discrepancy(*, discrepancy_id: int, decision: str, by: Staff, at: dt.datetime) -> Discrepancy:
    """Record the specialist's decision, `accept` or `hold`; a line is freed when all that held it is accepted.

    Decisions are taken before the file is loaded: its charges go into the month's run at once.

    Raises MonthNotOpen, CheckedByItsReceiver, FileAlreadyLoaded, DiscrepancyDecided, CannotBeAccepted.
    """
    file = _locked(Discrepancy.objects.values_list("file_id", flat=True).get(pk=discrepancy_id))
    require_open(file.month)
    discrepancies = Discrepancy.objects.select_for_update(of=("self",)).select_related("row", "line")
    found: Discrepancy = discrepancies.get(pk=discrepancy_id)
    _require_open_question(found, file, by)
    if decision == Decision.ACCEPT and found.is_blocking:
        _require_loadable(found)
    found.decision, found.decided_at, found.decided_by = Decision(decision), at, by
    found.save(update_fields=["decision", "decided_at", "decided_by"])
    if decision == Decision.ACCEPT and found.is_blocking:
        file_lines.free_lines(found)
        file_lines.strike_anew(file, at=at)
    return found


def _locked(file_id: int) -> ExchangeFile:
    files_ = ExchangeFile.objects.select_for_update(of=("self",))
    file: ExchangeFile = files_.select_related("layout", "provider", "office", "file").get(pk=file_id)
    return file


def _require_another(file: ExchangeFile, by: Staff) -> None:
    if file.by_id == by.pk:
        raise CheckedByItsReceiver(f"Файл «{file}» проверяет не тот, кто его принял.")


def _require_open_question(found: Discrepancy, file: ExchangeFile, by: Staff) -> None:
    if file.loaded_at is not None:
        raise FileAlreadyLoaded(
            f"Файл «{file}» загружен {day_of(file.loaded_at):%d.%m.%Y}, его удержанные строки в этом месяце уже "
            "не загрузить. Исправленное начисление предприятие передаст перерасчётом в следующем файле."
        )
    if found.decision != Decision.OPEN:
        raise DiscrepancyDecided(f"По несоответствию уже решено: {found.get_decision_display()}.")
    _require_another(file, by)


def _require_loadable(found: Discrepancy) -> None:
    """Refuse to accept what no decision makes a charge."""
    why = ""
    if found.row is None or found.row.request_row_id is None:
        why = "строка файла не отвечает ни одной строке запроса"
    elif found.line is not None and found.line.service_id is None:
        why = "услуги предприятия нет в справочнике"
    elif found.line is not None and found.line.billed is None:
        why = "сумма начисления не прочитана"
    elif found.line is not None and found.line.billed < 0:
        why = "отрицательное начисление учитывают только перерасчётом"
    if why:
        raise CannotBeAccepted(f"Принять нельзя: {why}.")


def _findings(staged: ReturnedRow, row: ParsedRow, expected: Mapping[int, Expected]) -> list[Finding]:
    if staged.request_row_id is None:
        code, text = file_lines.UNMATCHED[Outcome(staged.match)]
        name = " ".join(f"{row.last_name} {row.first_name} {row.middle_name}".split())
        return [Finding(code, text, found=f"{name or 'без имени'}, счёт {row.account or 'не указан'}")]
    return check_row(row, expected=expected[staged.request_row_id])


def _amount_in(parsed: Sequence[ParsedRow]) -> Amount:
    sums = [line.billed or Decimal("0.00") for row in parsed for line in row.lines]
    return Amount(len(sums), sum(sums, Decimal("0.00")))


def _write_discrepancies(file: ExchangeFile, found: Sequence[tuple[ReturnedRow, Sequence[Finding]]]) -> None:
    facts = ReturnedLine.objects.filter(row__file=file).values_list("row_id", "position", "pk")
    lines: dict[tuple[int, int | None], int] = {(row_id, position): pk for row_id, position, pk in facts}
    rows: list[tuple[object, ...]] = [
        (
            file.pk, row.pk, lines.get((row.pk, one.position)), row.request_row_id, one.code.value, one.is_blocking,
            one.expected[:120], one.found[:120], _storable(one.difference), one.text[:300], Decision.OPEN.value,
        )
        for row, findings in found
        for one in findings
    ]  # fmt: skip
    rows += [
        (
            file.pk, None, None, asked.pk, Code.NOT_ANSWERED.value, False, "строка запроса", "нет строки", None,
            f"Предприятие не ответило на строку запроса: {asked.full_name}."[:300], Decision.OPEN.value,
        )
        for asked in unanswered_rows(file)
    ]  # fmt: skip
    copy_rows("exchange_discrepancy", DISCREPANCY_COLUMNS, rows)


def _storable(difference: Decimal | None) -> Decimal | None:
    """Return the difference where it can be a sum of money at all; an absurd area or volume gives one that cannot."""
    return difference if difference is not None and abs(difference) <= MOST_TURNOVER else None
