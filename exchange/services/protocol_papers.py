"""What a protocol says on its papers: the rows told, and the same rows for the provider's program."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exchange.checks.expectations import Measure
from exchange.documents.protocol import Protocol, ProtocolRow
from exchange.documents.protocol_table import ToldLine, ToldRow, write_protocol_table
from exchange.media_types import ending_of, media_type_of
from exchange.models import Discrepancy, ExchangeFile, RequestRow, ReturnedLine, ReturnedRow
from exchange.selectors.expectations import expected_rows
from exchange.services.layouts import layout_of
from exchange.services.request_tables import request_table
from offices.letterhead import letterhead_of
from offices.models import Staff
from offices.months import month_name

_STRAY: dict[str, str] = {
    ReturnedRow.Match.UNKNOWN: "строка, которую не запрашивали",
    ReturnedRow.Match.AMBIGUOUS: "подходит к нескольким строкам запроса",
    ReturnedRow.Match.DUPLICATE: "ещё одна строка о том же",
}


@dataclass(frozen=True, slots=True)
class ProviderTable:
    """A table of the provider's own layout; `ending` is that of its name, without the dot."""

    content: bytes
    ending: str
    media_type: str


def protocol_told(
    file: ExchangeFile,
    marked: Sequence[Discrepancy],
    /,
    *,
    number: str,
    made_on: dt.date,
    due_on: dt.date,
    made_by: Staff,
) -> Protocol:
    """Put the marked rows of a file into the words of a protocol."""
    head = letterhead_of(file.office)
    return Protocol(
        number=number,
        made_on=f"{made_on:%d.%m.%Y}",
        month=month_name(file.billed_month),
        department=head.department,
        office=head.office,
        contacts=head.contacts,
        provider=file.provider.name if file.provider else "",
        file_name=file.name,
        file_sha256=file.sha256,
        rows_in_file=file.rows,
        answer_due_on=f"{due_on:%d.%m.%Y}",
        made_by=str(made_by),
        rows=[_row(one) for one in marked],
    )


def protocol_table(file: ExchangeFile, marked: Sequence[Discrepancy], /) -> ProviderTable | None:
    """Write the marked rows that we asked about in the layout of the request, None where there is no place for them."""
    asked = {one.request_row_id for one in marked if one.request_row_id is not None}
    request = file.request
    if request is None or request.layout is None or not asked:
        return None
    layout = layout_of(request.layout)
    expected = expected_rows(file, layout=layout, measure=Measure(Decimal(0)), only=asked)
    numbers = dict(RequestRow.objects.filter(pk__in=asked).values_list("pk", "row_number"))
    sent = _lines_sent(file, list(asked))
    rows = [ToldRow(numbers[pk], expected[pk], tuple(sent[pk])) for pk in asked]
    content = write_protocol_table(layout, request_table(request), rows)
    return None if content is None else ProviderTable(content, ending_of(layout), media_type_of(layout))


def _lines_sent(file: ExchangeFile, asked: Sequence[int]) -> dict[int, list[ToldLine]]:
    found = ReturnedLine.objects.filter(row__file=file, row__request_row__in=asked).order_by("row", "position")
    facts = found.values_list(
        "row__request_row_id", "service_id", "billed", "tariff", "quantity", "is_metered"
    )  # fmt: skip
    sent: dict[int, list[ToldLine]] = defaultdict(list)
    for request_row_id, service, billed, tariff, quantity, is_metered in facts:
        sent[request_row_id].append(ToldLine(service or "", billed, tariff, quantity, is_metered))
    return sent


def _row(one: Discrepancy) -> ProtocolRow:
    asked = one.request_row
    return ProtocolRow(
        row_number=one.row.row_number if one.row else None,
        account=asked.account.number if asked else "",
        person=asked.recipient.person.full_name if asked else one.found,
        address=str(asked.account.dwelling) if asked else "",
        service=one.line.service.name if one.line and one.line.service else "",
        code=one.code,
        expected=one.expected,
        found=one.found if asked else _stray(one),
        difference=one.difference,
        is_blocking=one.is_blocking,
    )


def _stray(one: Discrepancy) -> str:
    """Say what is wrong with a row that answers none of ours; who is in it stands in the person's column."""
    return _STRAY.get(one.row.match, "") if one.row else ""
