"""Reading the one answer of a region-wide provider: read once, matched to every district's rows, cut into parts (3.9)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exchange.checks.districts import Placed, place_rows
from exchange.checks.dwelling import normal
from exchange.checks.matching import AskedRow, Matched, match_rows
from exchange.dbf.reading import look_into
from exchange.dbf.records import take_records
from exchange.dbf.verdicts import Refused
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Kind, Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import ExchangeFile, RegionFile
from exchange.selectors.answers import asked_rows
from exchange.selectors.recognition import why_other_provider
from exchange.selectors.region_files import homes_of_accounts
from exchange.selectors.remembered import remembered_of
from exchange.services.answer_reading import Answer, check_rows
from exchange.services.layouts import layout_of
from exchange.services.staging import billed_in
from offices.telling import Teller


@dataclass(frozen=True, slots=True)
class Part:
    """What of a whole answer is one district's: its table, its rows, and the number of each in the whole."""

    request: ExchangeFile
    content: bytes
    answer: Answer
    row_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegionAnswer:
    """A whole answer, cut: the parts by the request's office, and the rows that belong to no district."""

    whole: Answer
    parts: tuple[Part, ...]
    strays: tuple[Placed, ...]


def read_region_answer(
    content: bytes, /, *, request: RegionFile, requests: Sequence[ExchangeFile], tell: Teller
) -> RegionAnswer:
    """Read a whole answer once and cut it into the parts of the districts whose `requests` it answers.

    Raises Refused when the file cannot be read, is of another month, another provider's, or another list.
    """
    assert request.layout is not None, "a whole request is written in a layout"
    layout = layout_of(request.layout)
    table = open_table(layout, content)
    rows: list[ParsedRow] = []
    for row in parse_return(layout, table):
        tell(len(rows))
        rows.append(row)
    check_rows(rows, request.month)
    asked = {one.pk: asked_rows(one) for one in requests}
    foreign = why_other_provider(rows, request=request, asked=[one for found in asked.values() for one in found])
    if foreign is not None:
        raise foreign
    matched = match_rows(
        rows,
        [one for found in asked.values() for one in found],
        matching=layout.matching,
        is_long=layout.kind is Kind.LONG,
        remembered={key: meant for one in requests for key, meant in remembered_of(one).items()},
    )
    if all(one.key is None for one in matched):
        raise Refused("foreign_rows", "Ни одна строка файла не отвечает на отправленный запрос: это другой список.")
    placed = place_rows(matched, asked=asked, open_at=_open_at(matched, asked, requests))
    whole = Answer(layout, matched, table.encoding, billed_in(matched, layout=layout))
    return RegionAnswer(
        whole,
        _cut(content, placed, requests, layout=layout, read_in=table.encoding),
        tuple(one for one in placed if one.request is None),
    )


def _open_at(
    matched: Sequence[Matched], asked: Mapping[int, Sequence[AskedRow]], requests: Sequence[ExchangeFile]
) -> dict[str, int]:
    """Tell in which district an account is open that nobody was asked about."""
    ours = {normal(one.account) for found in asked.values() for one in found}
    strangers = {one.row.account for one in matched if one.key is None and normal(one.row.account) not in ours}
    by_office = {one.office_id: one.pk for one in requests}
    homes = homes_of_accounts(strangers - {""}, provider_id=requests[0].provider_id or 0)
    return {normal(number): by_office[office] for number, office in homes.items() if office in by_office}


def _cut(
    content: bytes, placed: Sequence[Placed], requests: Sequence[ExchangeFile], *, layout: Layout, read_in: str
) -> tuple[Part, ...]:
    mine: dict[int, list[Matched]] = defaultdict(list)
    for one in placed:
        if one.request is not None:
            mine[one.request].append(one.matched)
    parts = []
    for request in sorted(requests, key=lambda one: one.office_id):
        found = mine.get(request.pk)
        if not found:
            continue
        numbers = tuple(one.row.row_no for one in found)
        table = take_records(content, numbers)
        if look_into(table, encoding=layout.encoding).encoding != read_in:
            raise Refused(
                "wrong_encoding", f"Строки района «{request.office}» читаются в другой кодировке, чем весь файл."
            )
        own = [replace(one, row=replace(one.row, row_no=place)) for place, one in enumerate(found, start=1)]
        parts.append(Part(request, table, Answer(layout, own, read_in, billed_in(own, layout=layout)), numbers))
    return tuple(parts)
