"""Item 3.9: files that providers return are received whole, recognised, acknowledged, and taken once.

A fault of the file refuses it and changes nothing else; a fault of a row is staged with its row.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from exchange.checks.matching import Matched, match_rows
from exchange.dbf.verdicts import Refused
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Kind
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import ExchangeFile
from exchange.selectors.answers import answered_and_silent, asked_rows
from exchange.selectors.recognition import request_named, why_foreign, why_unknown
from exchange.services import staging
from exchange.services.layouts import layout_of
from exchange.services.staging import Incoming
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.columns import MOST_TURNOVER
from offices.models import HandoverBalance, Office, Staff, StoredFile
from offices.money import format_number, to_kopecks
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import Teller, silent

ITEM, STAGE = "3.9", "приём ответных файлов"


class ReceivingChanged(Refusal):
    """Files came in while the end of receiving was being confirmed."""


@transaction.atomic
def receive_return_file(
    *,
    content: bytes,
    name: str,
    office: Office,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    control_rows: int | None = None,
    control_roubles: Decimal | None = None,
    stored: StoredFile | None = None,
    request: ExchangeFile | None = None,
    tell: Teller = silent,
) -> ExchangeFile:
    """Take a returned file of a month: stage its rows, or refuse it with a sentence and a code.

    `request` is what the file answers where a person has said so; otherwise its name tells. `stored` is given where
    the bytes are kept already; `tell` is told how many rows are read.

    The same bytes again give the first file back, unchanged; bytes refused before are looked at anew, and only
    another refusal is written down. `control_rows` and `control_roubles` are the covering letter's totals and must
    hold.

    Raises MonthNotOpen.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    incoming = Incoming(content, name, files.sha256_of(content), office, month, by, at, stored)
    before = _taken_before(incoming)
    if before is not None:
        return before
    request = request or request_named(name, office=office, month=month)
    try:
        if request is None:
            raise why_unknown(name, office=office, month=month)
        matched, encoding = _matched_rows(incoming, request, tell)
        _refuse_second(request, matched)
        _check_control(matched, control_rows, control_roubles)
    except Refused as refused:
        return _refuse(incoming, request, refused)
    received = staging.keep_received(
        incoming,
        request=request,
        matched=matched,
        encoding=encoding,
        control_rows=control_rows,
        control_roubles=control_roubles,
    )
    _write_into_journal(received, matched)
    return received


@transaction.atomic
def close_receiving(
    *, office: Office, month: dt.date, by: Staff, at: dt.datetime, expected: int | None = None
) -> HandoverBalance:
    """Strike the balance of receiving: persons asked = answered by an accepted file + held by reason.

    A provider that has not answered, or whose every file was refused, holds its persons. Called again, it strikes
    anew when files came in between, and otherwise returns the balance that stands. `expected` is how many answered
    persons were confirmed.

    Raises MonthNotOpen, ReceivingChanged, BalanceDoesNotClose.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    found = answered_and_silent(office=office, month=month)
    if expected not in (None, found.answered):
        raise ReceivingChanged(
            f"Пока вы проверяли, пришли файлы: было {expected} ответов, стало {found.answered}. Проверьте ещё раз."
        )
    struck = HandoverBalance.objects.filter(item=ITEM, stage=STAGE, office=office, month=month)
    standing = struck.filter(superseded_by__isnull=True).first()
    if standing is not None and dict(standing.held.values_list("reason", "rows")) == found.silent:
        return standing
    balance = balances.strike(
        month=month,
        item=ITEM,
        stage=STAGE,
        office=office,
        subject=f"ответы предприятий, подведено раз: {struck.count() + 1}",
        balance=Balance(
            Amount(found.asked),
            Amount(found.answered),
            {reason: Amount(rows) for reason, rows in found.silent.items()},
        ),
        at=at,
        supersedes=standing,
    )
    paper = journal.Paper(subject="приём ответных файлов закончен", item=ITEM, month=month, rows=found.answered)
    journal.record(office=office, event="получено", paper=paper, by=by, at=at)
    return balance


def _taken_before(incoming: Incoming) -> ExchangeFile | None:
    same = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN, sha256=incoming.sha256, office=incoming.office, month=incoming.month
    )
    return same.exclude(status=ExchangeFile.Status.REFUSED).order_by("pk").first()


def _refuse(incoming: Incoming, request: ExchangeFile | None, refused: Refused) -> ExchangeFile:
    same = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN,
        status=ExchangeFile.Status.REFUSED,
        sha256=incoming.sha256,
        office=incoming.office,
        month=incoming.month,
        name=incoming.name[:200],
        refusal_code=refused.code[:20],
        refusal_text=refused.text[:500],
    )
    before = same.order_by("pk").first()
    return before or staging.keep_refused(incoming, request=request, code=refused.code, text=refused.text)


def _matched_rows(incoming: Incoming, request: ExchangeFile, tell: Teller) -> tuple[list[Matched], str]:
    """Read the file by its request's layout and match its rows to the request's; tell the code page too.

    Raises Refused when the file cannot be read, is of another month, or is another list.
    """
    assert request.layout is not None, "a request file is written in a layout"
    layout = layout_of(request.layout)
    table = open_table(layout, incoming.content)
    rows: list[ParsedRow] = []
    for row in parse_return(layout, table):
        tell(len(rows))
        rows.append(row)
    _check_rows(rows, incoming.month)
    asked = asked_rows(request)
    foreign = why_foreign(rows, request=request, asked=asked)
    if foreign is not None:
        raise foreign
    matched = match_rows(rows, asked, matching=layout.matching, is_long=layout.kind is Kind.LONG)
    if all(one.key is None for one in matched):
        raise Refused("foreign_rows", "Ни одна строка файла не отвечает на отправленный запрос: это другой список.")
    return matched, table.encoding


def _check_rows(rows: Sequence[ParsedRow], month: dt.date) -> None:
    if not rows:
        raise Refused("no_rows", "В файле нет ни одной строки.")
    told = [row.month for row in rows if row.month is not None]
    others = [other for other in told if other != month]
    if len(others) * 2 > len(told):
        named = ", ".join(sorted({f"{other:%m.%Y}" for other in others}))
        raise Refused("wrong_month", f"Строки файла за {named}, а принимаются ответы за {month:%m.%Y}.")


def _refuse_second(request: ExchangeFile, matched: Sequence[Matched]) -> None:
    """Refuse a further file where one was accepted; the same rows saved anew are told apart from other ones."""
    standing = request.returns.exclude(status=ExchangeFile.Status.REFUSED).order_by("pk").first()
    if standing is None:
        return
    taken = f"Ответ предприятия «{request.provider}» за {request.month:%m.%Y} уже принят {day_of(standing.at):%d.%m.%Y}"
    if staging.holds_same_rows(standing, matched):
        raise Refused("same_rows", f"{taken}: в файле те же строки, что и в принятом «{standing.name}».")
    text = f"{taken}: файл «{standing.name}» с другим содержанием. Второй файл не принимается."
    raise Refused("already_received", text)


def _check_control(matched: Sequence[Matched], control_rows: int | None, control_roubles: Decimal | None) -> None:
    total = staging.billed_in(matched)
    if abs(total) > MOST_TURNOVER:
        raise Refused("too_much", f"Начислено в файле {_shown(total)} руб.: столько не бывает.")
    if control_rows is not None and control_rows != len(matched):
        raise Refused(
            "control_rows", f"В файле строк: {len(matched)}, а в сопроводительном письме указано {control_rows}."
        )
    if control_roubles is not None and control_roubles != total:
        raise Refused(
            "control_roubles",
            f"Начислено в файле {_shown(total)} руб., а в сопроводительном письме указано {_shown(control_roubles)} руб.",
        )


def _shown(roubles: Decimal) -> str:
    places = roubles.normalize().as_tuple().exponent
    return format_number(roubles, places=max(2, -places if isinstance(places, int) else 0))


def _write_into_journal(received: ExchangeFile, matched: Sequence[Matched]) -> None:
    paper = journal.Paper(
        subject=f"ответный файл: {received.provider}",
        item=ITEM,
        month=received.month,
        file_name=received.name,
        sha256=received.sha256,
        rows=received.rows,
        roubles=to_kopecks(staging.billed_in(matched)),
    )
    journal.record(
        office=received.office,
        event="получено, подтверждение отправлено",
        paper=paper,
        by=received.by,
        at=received.at,
        counterpart=str(received.provider),
    )
