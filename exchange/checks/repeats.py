"""Rows of a file that answer one row of ours and say different things: none of them is believed by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from exchange.checks.dwelling import normal
from exchange.checks.findings import Code, Finding
from exchange.layouts.exchanged import ParsedLine, ParsedRow
from offices.money import format_amount

_NOTHING: Final = "нет суммы"


def contradictions(standing: Iterable[ParsedRow], repeated: Iterable[ParsedRow]) -> dict[int, list[Finding]]:
    """Find what `repeated` rows say otherwise than the row that stands; by the number of the standing row.

    Rows are of one person by the number of the request, by СНИЛС, or by account and name. A repetition that bills
    the same changes nothing.
    """
    others: dict[tuple[str, ...], list[tuple[int, ParsedLine]]] = defaultdict(list)
    for row in repeated:
        for line in row.lines:
            for key in _keys(row, line):
                others[key].append((row.row_no, line))
    found: dict[int, list[Finding]] = {}
    for row in standing if others else ():
        told = [finding for line in row.lines for finding in _told_otherwise(row, line, others)]
        if told:
            found[row.row_no] = told
    return found


def _keys(row: ParsedRow, line: ParsedLine) -> Iterator[tuple[str, ...]]:
    name = normal(f"{row.last_name} {row.first_name} {row.middle_name}")
    if row.request_id:
        yield "request", row.request_id, line.service
    if row.snils:
        yield "snils", row.snils, line.service
    if row.account and name:
        yield "account", normal(row.account), name, line.service


def _told_otherwise(
    row: ParsedRow, line: ParsedLine, others: dict[tuple[str, ...], list[tuple[int, ParsedLine]]]
) -> Iterator[Finding]:
    rows = {number: other for key in _keys(row, line) for number, other in others.get(key, ())}
    for number, other in sorted(rows.items()):
        if _sums(other) != _sums(line):
            yield Finding(
                Code.DUPLICATE,
                f"В строке {number} файла об этом же сказано другое: начислено {_amount(other)}, а здесь {_amount(line)}.",
                expected=f"строка {number}: {_amount(other)}",
                found=_amount(line),
                position=line.position,
            )
            return


def _sums(line: ParsedLine) -> tuple[object, ...]:
    return line.billed, line.adjustment, line.adjustment_month


def _amount(line: ParsedLine) -> str:
    return _NOTHING if line.billed is None else f"{format_amount(line.billed)} руб."
