"""Item 3.4: the pension fund's data are received, staged and compared with the cards; a specialist decides.

A fault of the file refuses it and changes nothing else; a fault of a row is staged with its row. Nothing of the
fund's data reaches a card or a right without a decision about that very difference.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.db import transaction

from exchange.dbf.verdicts import Refused
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Layout
from exchange.layouts.names import parse_name
from exchange.layouts.recognition import open_table
from exchange.models import ExchangeFile, FileLayout, PensionDifference, PensionRecord
from exchange.pension.differences import differences
from exchange.pension.matching import MatchedRow, Matcher
from exchange.pension.rows import PensionRow, as_text, row_of
from exchange.selectors.pension import known_persons, persons_of_rights, taken_pension_file
from exchange.services.layouts import confirmed_layout, layout_of
from exchange.services.pension_effects import apply_difference
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.copying import copy_rows
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open

ITEM, STAGE = "3.4", "сведения Пенсионного фонда"
FUND = "Отделение Пенсионного фонда"
RECORD_COLUMNS = ("file_id", "row_number", "content", "match", "person_id")
ROWS_AT_ONCE = 10_000
Match = PensionRecord.Match
Decision = PensionDifference.Decision


class DifferenceDecided(Refusal):
    """Another decision was taken about the difference before."""


class NotADecision(Refusal):
    """A difference is accepted or rejected, nothing else."""


@transaction.atomic
def receive_pension_file(*, content: bytes, name: str, month: dt.date, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Take the fund's file of a month: stage its rows, match them, list what they say otherwise than the cards.

    A file whose structure, month or content is at fault is kept as refused, with its code and sentence, and so is
    another file after one was taken. The same bytes again return the first file and change nothing.

    Raises MonthNotOpen, LayoutNotUsable.
    """
    require_open(month)
    unit = Office.objects.select_for_update(of=("self",), no_key=True).get(
        pk=unit_of_kind(kind=Office.Kind.PAYMENTS).pk
    )
    kept = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.PENSION, office=unit, month=month, sha256=files.sha256_of(content)
    )
    same = kept.order_by("pk").first()
    if same is not None:
        return same
    layout_row = confirmed_layout(code="pension")
    layout = layout_of(layout_row)
    try:
        with transaction.atomic():
            _require_expected(name, layout, month=month)
            rows = _rows(layout, content, month=month)
            file = _keep(content, name, ExchangeFile.Status.RECEIVED, layout_row, unit, month, by=by, at=at)
            _stage(file, rows)
    except Refused as refused:
        file = _keep(content, name, ExchangeFile.Status.REFUSED, layout_row, unit, month, by=by, at=at, refused=refused)
        _record(file, "не принято")
        return file
    _record(file, "получено")
    return file


@transaction.atomic
def decide_difference(*, difference_id: int, decision: str, by: Staff, at: dt.datetime) -> PensionDifference:
    """Accept or reject what the fund says; the same decision again changes nothing.

    Accepted, it is applied as `exchange.services.pension_effects` tells; rejected, the card stays as it is.

    Raises NotADecision, DifferenceDecided, OwnCase and the refusals of what is applied.
    """
    if decision not in {Decision.ACCEPTED, Decision.REJECTED}:
        raise NotADecision("По расхождению принимают одно из двух решений: принять или отклонить.")
    rows = PensionDifference.objects.select_for_update(of=("self",))
    row: PensionDifference = rows.select_related("file", "recipient__office", "recipient__person", "person").get(
        pk=difference_id
    )
    if row.decision == decision:
        return row
    if row.decision != Decision.OPEN:
        raise DifferenceDecided(f"По расхождению «{row}» уже принято решение: {row.get_decision_display()}.")
    if decision == Decision.ACCEPTED:
        apply_difference(difference=row, by=by, at=at)
    row.decision, row.decided_at, row.decided_by = decision, at, by
    row.save(update_fields=["decision", "decided_at", "decided_by"])
    paper = journal.Paper(
        subject=f"{row}: у нас «{row.ours}», у фонда «{row.theirs}»"[:300], item=ITEM, month=row.file.month
    )
    event = f"расхождение: {row.get_decision_display()}"
    journal.record(office=row.recipient.office, event=event, paper=paper, counterpart=FUND, by=by, at=at)
    return row


def _require_expected(name: str, layout: Layout, *, month: dt.date) -> None:
    taken = taken_pension_file(month=month)
    if taken is not None:
        raise Refused("already_received", f"Сведения за {month:%m.%Y} уже приняты: файл «{taken}».")
    parts = parse_name(layout, name)
    if parts is not None and parts.month not in {None, month}:
        raise Refused("wrong_month", f"Файл «{name}» за {parts.month:%m.%Y}, а принимаются сведения за {month:%m.%Y}.")


def _rows(layout: Layout, content: bytes, *, month: dt.date) -> Iterator[PensionRow]:
    """Read the table's structure at once and its rows when they are asked for. Raises Refused."""
    records = parse_records(layout, open_table(layout, content))
    return (row_of(record, month=month) for record in records)


def _keep(
    content: bytes,
    name: str,
    status: str,
    layout: FileLayout,
    unit: Office,
    month: dt.date,
    *,
    by: Staff,
    at: dt.datetime,
    refused: Refused | None = None,
) -> ExchangeFile:
    stored = files.store(content=content, name=name[:200], media_type=files.DBF, by=by, at=at)
    file: ExchangeFile = ExchangeFile.objects.create(
        kind=ExchangeFile.Kind.PENSION,
        office=unit,
        month=month,
        layout=layout,
        file=stored,
        name=stored.name,
        sha256=stored.sha256,
        status=status,
        refusal_code=refused.code[:20] if refused else "",
        refusal_text=refused.text[:500] if refused else "",
        at=at,
        by=by,
    )
    return file


def _stage(file: ExchangeFile, rows: Iterable[PensionRow]) -> None:
    """Match and store every row, piece by piece, then list the differences and strike the balance.

    Raises Refused when the file has no rows, or none of its month.
    """
    matcher = Matcher(known_persons())
    ours = persons_of_rights(month=file.month)
    concerned = {person.person_id for person in ours}
    counted, of_month, found = Counter[Match](), 0, dict[int, PensionRow]()
    pieces = iter(rows)
    while piece := list(islice(pieces, ROWS_AT_ONCE)):
        matched = [matcher.match(row) for row in piece]
        copy_rows("exchange_pensionrecord", RECORD_COLUMNS, (_stored(file, one) for one in matched))
        counted.update(one.match for one in matched)
        of_month += sum(1 for row in piece if row.month == file.month)
        found |= {
            one.person_id: replace(one.row, content={})  # what is compared, without all that is stored
            for one in matched
            if one.person_id is not None and one.person_id in concerned
        }
    if not counted:
        raise Refused("no_rows", "В файле нет ни одной строки.")
    if not of_month:
        raise Refused("wrong_month", f"В файле нет ни одной строки за {file.month:%m.%Y}.")
    file.rows = counted.total()
    file.save(update_fields=["rows"])
    unclear = matcher.named_in_faulty_rows
    PensionDifference.objects.bulk_create(
        (
            PensionDifference(
                file=file,
                recipient_id=one.ours.recipient_id,
                person_id=one.ours.person_id,
                kind=one.kind,
                ours=one.says_ours[:200],
                theirs=one.says_theirs[:200],
            )
            for person in ours
            if person.person_id in found or person.person_id not in unclear
            for one in differences(person, found.get(person.person_id), month=file.month)
        ),
        batch_size=1000,
    )
    _strike(file, counted)


def _stored(file: ExchangeFile, one: MatchedRow) -> tuple[object, ...]:
    return file.pk, one.row.number, as_text(one.row, faults=one.faults), one.match.value, one.person_id


def _strike(file: ExchangeFile, counted: Counter[Match]) -> None:
    on = Amount(counted[Match.SNILS] + counted[Match.NAME])
    held = {match.value: Amount(counted[match]) for match in (Match.UNKNOWN, Match.AMBIGUOUS, Match.FAULTY)}
    balances.strike(
        month=file.month,
        item=ITEM,
        stage=STAGE,
        office=file.office,
        subject=f"файл «{file}»"[:200],
        balance=Balance(Amount(file.rows), on, held),
        at=file.at,
    )


def _record(file: ExchangeFile, event: str) -> None:
    paper = journal.Paper(
        subject=f"{STAGE}: {file.refusal_text}"[:300] if file.refusal_text else STAGE,
        item=ITEM,
        month=file.month,
        file_name=file.name,
        sha256=file.sha256,
        rows=file.rows,
    )
    journal.record(office=file.office, event=event, paper=paper, counterpart=FUND, by=file.by, at=file.at)
