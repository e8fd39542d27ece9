"""The rows of a list of people are matched and stored piece by piece, then compared and balanced (3.4, 3.5)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from exchange.dbf.verdicts import Refused
from exchange.models import ExchangeFile, PensionRecord
from exchange.pension.differences import Telling, telling_of
from exchange.pension.matching import MatchedRow, Matcher
from exchange.pension.rows import PensionRow, as_text
from exchange.selectors.pension import known_persons, persons_of_rights
from exchange.services.pension_proposals import Told, propose
from offices import balances
from offices.balances import Amount, Balance
from offices.copying import copy_rows

RECORD_COLUMNS = ("file_id", "row_number", "content", "match", "person_id")
ROWS_AT_ONCE = 10_000
Match = PensionRecord.Match


def stage_rows(*, file: ExchangeFile, rows: Iterable[PensionRow], item: str, stage: str) -> None:
    """Match and store every row, piece by piece, then list the proposals and strike the balance.

    Raises Refused when the file has no rows, or none of its month.
    """
    matcher = Matcher(known_persons())
    ours = persons_of_rights(month=file.month)
    concerned = {person.person_id for person in ours}
    telling = telling_of(kind=file.kind, origin=file.origin)
    counted, dated, of_month = Counter[Match](), 0, 0
    found, strangers = dict[int, PensionRow](), list[PensionRow]()
    pieces = iter(rows)
    while piece := list(islice(pieces, ROWS_AT_ONCE)):
        matched = [matcher.match(row) for row in piece]
        copy_rows("exchange_pensionrecord", RECORD_COLUMNS, (_stored(file, one) for one in matched))
        counted.update(one.match for one in matched)
        dated += sum(1 for row in piece if row.month is not None)
        of_month += sum(1 for row in piece if row.month == file.month)
        found |= {
            one.person_id: replace(one.row, content={})  # what is compared, without all that is stored
            for one in matched
            if one.person_id is not None and one.person_id in concerned
        }
        if telling is Telling.EVERYONE:
            strangers += [replace(one.row, content={}) for one in matched if _is_stranger(one, file.month)]
    if not counted:
        raise Refused("no_rows", "В файле нет ни одной строки.")
    if dated and not of_month:
        raise Refused("wrong_month", f"В файле нет ни одной строки за {file.month:%m.%Y}.")
    file.rows = counted.total()
    file.save(update_fields=["rows"])
    propose(file=file, told=Told(ours, found, strangers, matcher.named_in_faulty_rows, telling))
    _strike(file, counted, item=item, stage=stage)


def _is_stranger(one: MatchedRow, month: dt.date) -> bool:
    """Tell whether a row is of a disabled person with a live right whom none of our cards is about."""
    row = one.row
    is_current = row.certificate_to is None or row.certificate_to > month
    return bool(one.match is Match.UNKNOWN and row.group and not row.is_removed and not row.death_date and is_current)


def _stored(file: ExchangeFile, one: MatchedRow) -> tuple[object, ...]:
    return file.pk, one.row.number, as_text(one.row, faults=one.faults), one.match.value, one.person_id


def _strike(file: ExchangeFile, counted: Counter[Match], *, item: str, stage: str) -> None:
    on = Amount(counted[Match.SNILS] + counted[Match.NAME])
    held = {match.value: Amount(counted[match]) for match in (Match.UNKNOWN, Match.AMBIGUOUS, Match.FAULTY)}
    corrected = f", исправленный {file.at:%d.%m.%Y %H:%M}" if file.replaces_id else ""
    balances.strike(
        month=file.month,
        item=item,
        stage=stage,
        office=file.office,
        subject=f"файл «{file.name[:140]}»{corrected}",
        balance=Balance(Amount(file.rows), on, held),
        at=file.at,
    )
