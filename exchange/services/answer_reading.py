"""Reading a returned file against the request it answers: rows parsed, held to be of the month, matched (3.9)."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from exchange.checks.matching import Matched, match_named
from exchange.dbf.archives import is_archive, unpacked
from exchange.dbf.verdicts import Refused
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Kind, Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import Overview
from exchange.matched_rows import MatchedRows
from exchange.models import ExchangeFile
from exchange.selectors.answers import asked_rows
from exchange.selectors.letters import Letter, exact_roubles
from exchange.selectors.recognition import why_foreign
from exchange.selectors.remembered import remembered_of
from exchange.services.layouts import layout_of
from offices.columns import MOST_TURNOVER
from offices.telling import Teller


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file answers: its rows with the request rows they met, its code page, roubles billed as sent.

    The rows are read from the file each time they are asked for.
    """

    layout: Layout
    matched: Collection[Matched]
    encoding: str
    billed: Decimal


def read_answer(content: bytes | Path, /, *, request: ExchangeFile, tell: Teller) -> Answer:
    """Read a file by its request's layout and match its rows to the request's.

    Raises Refused when the file cannot be read, is of another month than its request, or is another list.
    """
    assert request.layout is not None, "a request file is written in a layout"
    layout = layout_of(request.layout)
    table = open_table(layout, content)
    overview = Overview(layout, table)
    rows = list(overview)
    check_rows(rows, request.month)
    asked = asked_rows(request)
    foreign = why_foreign(rows, request=request, asked=asked)
    if foreign is not None:
        raise foreign
    found = match_named(
        rows,
        asked,
        matching=layout.matching,
        is_long=layout.kind is Kind.LONG,
        remembered=remembered_of(request),
    )
    if all(key is None for _, key in found):
        raise Refused("foreign_rows", "Ни одна строка файла не отвечает на отправленный запрос: это другой список.")
    return Answer(layout, MatchedRows(layout, table, found, tell=tell), table.encoding, overview.billed)


def refuse_archive(content: bytes | Path, /) -> None:
    """Raise Refused for an archive: one that can be unpacked comes as its files, the others with their reason."""
    if is_archive(content):
        with unpacked(content) as members:
            raise Refused("archive_whole", f"Это архив, в нём файлов: {len(members)}. Принимаются сами файлы.")


def check_totals(answer: Answer, /, *, control_rows: int | None, control_roubles: Decimal | None) -> None:
    """Hold that the sum is possible and the covering letter's totals are the file's; raises Refused."""
    if abs(answer.billed) > MOST_TURNOVER:
        raise Refused("too_much", f"Начислено в файле {exact_roubles(answer.billed)} руб.: столько не бывает.")
    letter = Letter(control_rows, control_roubles, len(answer.matched), answer.billed)
    if letter.code:
        raise Refused(letter.code, letter.sentence)


def check_rows(rows: Sequence[ParsedRow], month: dt.date, /) -> None:
    """Hold that there are rows and most of those that tell a month tell this one; raises Refused."""
    if not rows:
        raise Refused("no_rows", "В файле нет ни одной строки.")
    told = [row.month for row in rows if row.month is not None]
    others = [other for other in told if other != month]
    if len(others) * 2 > len(told):
        named = ", ".join(sorted({f"{other:%m.%Y}" for other in others}))
        raise Refused("wrong_month", f"Строки файла за {named}, а принимаются ответы за {month:%m.%Y}.")
