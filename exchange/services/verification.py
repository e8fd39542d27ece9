"""Item 3.10: what a returned file says is held against tariffs, card and recalculations.

A blocking discrepancy holds its line, or its whole row, until a specialist decides (`decisions`); what no
row of ours stands behind is rejected. What is marked goes into a protocol for the provider (`protocols`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction

from exchange.checks.expectations import Bill, Expected, Measure
from exchange.checks.findings import Code, Finding
from exchange.checks.habits import Habits, habits_of
from exchange.checks.matching import Outcome
from exchange.checks.repeats import contradictions
from exchange.checks.rows import check_row
from exchange.checks.worth import worth_of_silence, zones_of
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine, ReturnedRow
from exchange.selectors.answers import unanswered_rows
from exchange.selectors.expectations import expected_rows
from exchange.services import file_lines
from exchange.services.arrears import keep_arrears
from exchange.services.carried_decisions import carry_decisions
from exchange.services.layouts import layout_of
from exchange.services.protocol_answers import link_corrected
from offices import files
from offices.balances import Amount
from offices.columns import MOST_TURNOVER
from offices.copying import copy_rows
from offices.models import Staff
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import Teller, silent

DISCREPANCY_COLUMNS = (
    "file_id", "row_id", "line_id", "request_row_id", "code", "is_blocking", "expected", "found", "difference",
    "text", "decision",
)  # fmt: skip
Decision = Discrepancy.Decision


class FileNotReceived(Refusal):
    """The file is not waiting for verification."""


class CheckedByItsReceiver(Refusal):
    """Whoever took a file in neither verifies it nor decides about it."""


@transaction.atomic
def verify_return_file(
    *, file_id: int, measure: Measure, by: Staff, at: dt.datetime, tell: Teller = silent
) -> ExchangeFile:
    """Check every row of a received file and write down what was found; nothing is decided yet.

    Of a corrected file, what came back unchanged keeps the decision taken about the file it replaces. `tell` is told
    how many rows are checked. `measure` only weighs a discrepancy in roubles of the equivalent.
    Arrears told in the file are kept by month; a late answer tells none, its month is closed. The number of queries
    does not depend on the number of rows.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver, and BalanceDoesNotClose when a line ended nowhere.
    """
    file = file_lines.lock_file(file_id)
    require_open(file.month)
    if file.kind not in ExchangeFile.ANSWERS or file.status != ExchangeFile.Status.RECEIVED:
        raise FileNotReceived(f"Файл «{file}» не ждёт проверки: {file.get_status_display()}.")
    require_another(file, by)
    assert file.layout is not None, "a received file follows its request's layout"
    layout = layout_of(file.layout)
    parsed = list(parse_return(layout, open_table(layout, files.read(file.file))))
    staged = {row.row_number: row for row in ReturnedRow.objects.filter(file=file).defer("content")}
    expected = expected_rows(file, layout=layout, measure=measure)
    answers = _answers(parsed, staged, expected)
    habits = habits_of((one.row, one.expected) for one in answers if one.expected is not None)
    repeats = contradictions(
        (one.row for one in answers if one.expected is not None),
        (one.row for one in answers if one.staged.match == ReturnedRow.Match.DUPLICATE),
    )
    found = []
    for number, one in enumerate(answers):
        tell(number)
        found.append((one.staged, [*_findings(one, habits), *repeats.get(one.row.row_no, ())]))
    _write_discrepancies(file, found, expected)
    if file.kind == ExchangeFile.Kind.RETURN:
        keep_arrears(file, ((staged[row.row_no], row) for row in parsed))
    file_lines.settle_lines(file)
    file.status = ExchangeFile.Status.VERIFIED
    file.verified_at, file.verified_by = at, by
    file.save(update_fields=["status", "verified_at", "verified_by"])
    file_lines.strike_balance(file, taken=_amount_in(parsed), at=at)
    if file.replaces_id is not None:
        carry_decisions(old_file_id=file.replaces_id, new_file_id=file.pk, at=at)
        link_corrected(file, at=at)
    return file


def require_another(file: ExchangeFile, by: Staff, /) -> None:
    """Raise CheckedByItsReceiver when whoever took the file in acts on it again."""
    if file.by_id == by.pk:
        raise CheckedByItsReceiver(f"Файл «{file}» проверяет не тот, кто его принял.")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A row as it was staged and read, with what was expected of it; None where it answers no row of ours."""

    staged: ReturnedRow
    row: ParsedRow
    expected: Expected | None


def _answers(
    parsed: Iterable[ParsedRow], staged: Mapping[int, ReturnedRow], expected: Mapping[int, Expected]
) -> list[_Answer]:
    """Put every row beside what is expected of it; the zones of electricity of an account know of one another."""
    answers = []
    zones: dict[tuple[int, int], list[Bill]] = defaultdict(list)
    for row in parsed:
        kept = staged[row.row_no]
        ours = None if kept.request_row_id is None else expected[kept.request_row_id]
        answers.append(_Answer(kept, row, ours))
        if ours is not None:
            zones[ours.charged_on] += zones_of(row, ours)
    return [
        replace(one, expected=replace(one.expected, zones=tuple(zones[one.expected.charged_on])))
        if one.expected is not None and zones[one.expected.charged_on]
        else one
        for one in answers
    ]


def _findings(one: _Answer, habits: Habits) -> list[Finding]:
    if one.expected is not None:
        return check_row(one.row, expected=one.expected, habits=habits)
    code, text = file_lines.UNMATCHED[Outcome(one.staged.match)]
    name = " ".join(f"{one.row.last_name} {one.row.first_name} {one.row.middle_name}".split())
    return [Finding(code, text, found=f"{name or 'без имени'}, счёт {one.row.account or 'не указан'}")]


def _amount_in(parsed: Sequence[ParsedRow]) -> Amount:
    sums = [line.billed or Decimal("0.00") for row in parsed for line in row.lines]
    return Amount(len(sums), sum(sums, Decimal("0.00")))


def _write_discrepancies(
    file: ExchangeFile,
    found: Sequence[tuple[ReturnedRow, Sequence[Finding]]],
    expected: Mapping[int, Expected],
) -> None:
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
            file.pk, None, None, asked.pk, Code.NOT_ANSWERED.value, False, "строка запроса", "нет строки",
            _storable(worth_of_silence(expected[asked.pk])),
            f"Предприятие не ответило на строку запроса: {asked.full_name}."[:300], Decision.OPEN.value,
        )
        for asked in unanswered_rows(file)
    ]  # fmt: skip
    copy_rows("exchange_discrepancy", DISCREPANCY_COLUMNS, rows)


def _storable(difference: Decimal | None) -> Decimal | None:
    """Return the difference where it can be a sum of money at all; an absurd area or volume gives one that cannot."""
    return difference if difference is not None and abs(difference) <= MOST_TURNOVER else None
