"""The way of a returned file from its bytes to charges, for thousands of spoiled copies of one that is right."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from exchange.checks.expectations import Expected
from exchange.checks.habits import habits_of
from exchange.checks.matching import Outcome as Met
from exchange.checks.repeats import contradictions
from exchange.checks.rows import check_row
from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import preset_definition
from exchange.layouts.exchanged import ParsedLine, ParsedRow, ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, RequestRow
from exchange.selectors.expectations import expected_rows
from exchange.services import answer_reading
from exchange.services.answer_reading import check_totals, read_answer, refuse_archive
from exchange.services.layouts import layout_of
from offices.money import to_kopecks
from offices.telling import silent
from providers.models import Charge
from tests import factories as make
from tests.exchange.answering import MEASURE, Desk, answer, ask, billed, billed_household, desk, filled, provider
from tests.exchange.mutated.damage import Damage, damaged
from tests.exchange.mutated.grids import Grid, grid_of
from tests.factories import MONTH

CASES = {"l1_tula": 2500, "l2_gubkin": 2500, "l3_capital_repair": 4500, "long": 6000, "text": 3500, "workbook": 1000}
"""How many spoiled copies there are of the answer in each layout."""
LAST = MONTH.replace(month=MONTH.month - 1)
Key = tuple[int, str]
"""A person asked about, by the row of the request, and a service."""
NAMES = ("Ёлкина", "Щукина", "Объедкова", "Белозёрова", "Юрьева")
WRITTEN: Mapping[str, dict[str, Any]] = {
    "text": {
        "code": "text", "name_mask": "ZKU_{district}_{provider}_{YYYY}{MM}.csv", "container": "csv",
        "encoding": "cp1251", "writing": {"decimal_mark": ","},
    },
    "workbook": {
        "code": "workbook", "name_mask": "ZKU_{district}_{provider}_{YYYY}{MM}.xlsx", "container": "xlsx",
        "encoding": "utf-8",
    },
}  # fmt: skip
"""The layout of a row for each service, written otherwise than as a table."""
ROUNDED = Decimal("0.02")
"""Roubles by which a sum may differ from tariff × volume: a file rounds both."""
UNSEEN = frozenset({"lines exchanged"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A desk whose provider answered rightly: the file taken apart, its letter's totals, what it bills.

    `right` are its rows as they are read, without their numbers.
    """

    at: Desk
    request: ExchangeFile
    grid: Grid
    asked: tuple[int, ...]
    rows: int
    roubles: Decimal
    truth: Mapping[Key, Decimal]
    people: tuple[int, ...]
    expected: Mapping[int, Expected]
    right: tuple[ParsedRow, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a kept file loads, and of which rows of the request something is told.

    `contradicted` are those held because a row that the damage changed says something else in their place.
    """

    loaded: Mapping[Key, Decimal]
    told: frozenset[int]
    contradicted: frozenset[int] = field(default=frozenset(), compare=False)


def answered(
    layout: str, *, people: int = 5, codes: tuple[str, ...] = ("10", "14"), told_alone: bool = False
) -> Answered:
    """Let a provider be asked about some people and answer rightly, each with volumes of their own.

    Last month everybody was billed about as much. Sums `told_alone` come without tariff and volume.
    """
    make.open_month(LAST)
    at = desk()
    if layout in WRITTEN:
        make.layout(code=layout, definition=preset_definition("long") | WRITTEN[layout])
    request = _asked(at, layout, people, codes)
    rows = list(RequestRow.objects.filter(file=request).order_by("row_number"))
    numbers = {recipient: number for number, recipient in enumerate(sorted({row.recipient_id for row in rows}))}
    returned, truth = [], {}
    for row in rows:
        lines = [_line(code, numbers[row.recipient_id]) for code in row.services]
        if told_alone:
            lines = [replace(line, tariff=None, quantity=None) for line in lines]
        returned.append(ReturnedRow(answer(*lines), row_no=row.row_number))
        for line in lines:
            assert line.billed is not None
            truth[row.pk, line.service] = line.billed
            before = (line.billed * Decimal("0.95")).quantize(Decimal("0.01"))
            make.charge(
                recipient=row.recipient, account=row.account, service=make.service(code=line.service), month=LAST,
                billed=before, office=at.office,
            )  # fmt: skip
    grid = grid_of(layout_of(request.layout), filled(request, returned))
    total = sum(truth.values(), Decimal("0.00"))
    return Answered(
        at,
        request,
        grid,
        asked=tuple(row.pk for row in rows),
        rows=len(rows),
        roubles=total,
        truth=truth,
        people=tuple(row.recipient_id for row in rows),
        expected=_expected(at, request, grid.content),
        right=tuple(_unnumbered(one.row) for one in read_answer(grid.content, request=request, tell=silent).matched),
    )


def _unnumbered(row: ParsedRow) -> ParsedRow:
    return replace(row, row_no=0)


def _expected(at: Desk, request: ExchangeFile, content: bytes) -> Mapping[int, Expected]:
    """Return our side of every row, as the check of the right file sees it."""
    with transaction.atomic():
        file = at.receive(content, request.name)
        found = expected_rows(file, layout=layout_of(request.layout), measure=MEASURE)
        transaction.set_rollback(True)
    return found


def _asked(at: Desk, layout: str, people: int, codes: tuple[str, ...]) -> ExchangeFile:
    """Ask a provider about people of different names and birthdays."""
    one = provider(at.office, layout)
    for number in range(people):
        person = billed_household(at.office, one, codes=codes).recipient.person
        person.last_name, person.birth_date = NAMES[number], dt.date(1940 + number, 3 + number, 11 + number)
        person.save(update_fields=["last_name", "birth_date"])
    (request,) = ask(at.office)
    return request


def _line(code: str, number: int) -> ParsedLine:
    """A line with a volume that no other person has; what is billed by area is so for everybody's 54 m²."""
    if code == "03":
        return replace(billed("03", "54"), tariff=None, quantity=None)
    right = billed(code, f"{3 + number}.{number}")
    return replace(right, billed=to_kopecks(right.billed or Decimal(0)))


def tried(answered: Answered, patch: pytest.MonkeyPatch, cases: range, *, stored: int) -> Counter[str]:
    """Bring every case to its end and count the ends; what loads what it must not fails, with its number.

    All are read, matched, held to the letter and checked in memory. Of those that are kept every one in `stored` goes
    through the database as well, where it must end the same.
    """
    _remember(answered, patch)
    ends: Counter[str] = Counter()
    kept = 0
    for case in cases:
        damage = damaged(answered.grid, case)
        with _told_of(f"case {case} of {answered.request.name}: {damage.kind}, rows {damage.touched}"):
            outcome = _outcome(answered, damage.content)
            ends[_judged(answered, damage, outcome) if isinstance(outcome, Outcome) else f"refused: {outcome}"] += 1
            kept += isinstance(outcome, Outcome)
            if kept % stored == 1 and isinstance(outcome, Outcome) and damage.content != answered.grid.content:
                assert _imported(answered, damage.content) == outcome
                ends["stored"] += 1
    return ends


def _remember(answered: Answered, patch: pytest.MonkeyPatch) -> None:
    """Ask the database once for what it answers of a request whenever a file for it is read."""
    known = {
        "asked_rows": answer_reading.asked_rows(answered.request),
        "remembered_of": answer_reading.remembered_of(answered.request),
        "layout_of": layout_of(answered.request.layout),
    }
    for name, value in known.items():
        patch.setattr(answer_reading, name, lambda _, value=value: value)


@contextmanager
def _told_of(case: str) -> Iterator[None]:
    """Name the case in whatever is raised of it."""
    try:
        yield
    except BaseException as error:
        error.add_note(case)
        raise


def _outcome(answered: Answered, content: bytes) -> Outcome | str:
    """Read, match, hold to the letter and check, all without the database; a text is the code of a refusal."""
    try:
        refuse_archive(content)
        found = read_answer(content, request=answered.request, tell=silent)
        check_totals(found, control_rows=answered.rows, control_roubles=answered.roubles)
    except Refused as refused:
        return refused.code
    rows = list(found.matched)
    matched = [(one.row, one.key) for one in rows if one.key is not None]
    repeated = [one.row for one in rows if one.outcome is Met.DUPLICATE]
    repeats = contradictions((row for row, _ in matched), repeated)
    habits = habits_of((row, answered.expected[key]) for row, key in matched)
    loaded: dict[Key, Decimal] = {}
    told = set(answered.asked) - {key for _, key in matched}
    for row, key in matched:
        findings = check_row(row, expected=answered.expected[key], habits=habits)
        findings += repeats.get(row.row_no, [])
        told |= {key for _ in findings}
        held = {finding.position for finding in findings if finding.is_blocking}
        for line in row.lines:
            if line.billed is not None and None not in held and line.position not in held:
                loaded.setdefault((key, line.service), line.billed)
    by_damage = _contradicted_by_damage([row for row, _ in matched], repeated, answered.right) if repeats else set()
    return Outcome(loaded, frozenset(told), frozenset(key for row, key in matched if row.row_no in by_damage))


def _contradicted_by_damage(
    standing: Sequence[ParsedRow], repeated: Sequence[ParsedRow], right: Sequence[ParsedRow]
) -> set[int]:
    """Return the standing rows that say otherwise than a repeated one where the damage changed one of the two."""
    spoiled, spoiled_repeats = ([row for row in rows if _unnumbered(row) not in right] for rows in (standing, repeated))
    return {*contradictions(spoiled, repeated), *contradictions(standing, spoiled_repeats)}


def _imported(answered: Answered, content: bytes) -> Outcome:
    """Receive, check and load; whatever comes of it is undone."""
    at, given = answered.at, {"control_rows": answered.rows, "control_roubles": answered.roubles}
    with transaction.atomic():
        file = at.load(at.verify(at.receive(content, answered.request.name, **given)))
        outcome = Outcome(_loaded(answered), _told(file))
        transaction.set_rollback(True)
    return outcome


def _judged(answered: Answered, damage: Damage, outcome: Outcome) -> str:
    """Hold what is loaded against what the right file bills, and what is told against what was changed."""
    loaded = outcome.loaded
    touched = _touched(answered, damage)
    wrong = {key: sum_ for key, sum_ in loaded.items() if abs(sum_ - answered.truth.get(key, -1)) > ROUNDED}
    assert not wrong or damage.kind in UNSEEN, f"loaded {wrong}"
    assert {key for key, _ in wrong} <= touched, f"loaded {wrong}"
    lost = {key for key, _ in answered.truth.keys() - loaded.keys()}
    meant = touched | outcome.contradicted  # a spoiled row may claim another's place: then both are held
    assert lost <= meant, f"held without a reason: {lost}"
    assert outcome.told <= meant, f"told of rows nobody changed: {outcome.told - meant}"
    assert lost <= outcome.told, f"held in silence: {lost - outcome.told}"
    return "unseen" if wrong else "held" if lost else "loaded"


def _touched(answered: Answered, damage: Damage) -> set[int]:
    """Return the request rows of everybody whose rows were changed."""
    if damage.touched is None:
        return set(answered.asked)
    whose = {answered.people[index] for index in damage.touched}
    return {key for key, person in zip(answered.asked, answered.people, strict=True) if person in whose}


def _loaded(answered: Answered) -> dict[Key, Decimal]:
    keys = {
        (row.recipient_id, row.account_id, service): (row.pk, service)
        for row in RequestRow.objects.filter(file=answered.request)
        for service in row.services
    }
    charges = Charge.objects.filter(month=MONTH).values_list("recipient_id", "account_id", "service_id", "billed")
    return {keys[recipient, account, service]: sum_ for recipient, account, service, sum_ in charges}


def _told(file: ExchangeFile) -> frozenset[int]:
    """Return the rows of the request that something was told of."""
    found = Discrepancy.objects.filter(file=file)
    own = found.filter(request_row__isnull=False).values_list("request_row_id", flat=True)
    answers = found.filter(row__request_row__isnull=False).values_list("row__request_row_id", flat=True)
    return frozenset((*own, *answers))
