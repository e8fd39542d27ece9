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
from exchange.layouts.model import Kind, Layout
from exchange.layouts.names import NameParts, parse_name
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import ExchangeFile
from exchange.selectors.answers import answered_and_silent, asked_rows
from exchange.services import staging
from exchange.services.layouts import layout_of
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.models import Office, Staff
from offices.services.months import require_open


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
) -> ExchangeFile:
    """Take a returned file of a month: stage its rows, or refuse it with a sentence and a code.

    The same bytes again give the first file back, unchanged. `control_rows` and `control_roubles`
    are the covering letter's totals and must hold.

    Raises MonthNotOpen.
    """
    require_open(month)
    sha256 = files.sha256_of(content)
    before = _taken_before(sha256, office=office, month=month)
    if before is not None:
        return before
    incoming = staging.Incoming(content, name, sha256, office, month, by, at)
    request: ExchangeFile | None = None
    try:
        request = _request_of(name, office=office, month=month)
        layout = _layout_of(request)
        rows = _readable_rows(layout, content, month=month)
        matched = _matched(rows, request, layout)
        _check_control(rows, control_rows, control_roubles)
    except Refused as refused:
        return staging.keep_refused(incoming, request=request, code=refused.code, text=refused.text)
    received = staging.keep_received(
        incoming, request=request, matched=matched, control_rows=control_rows, control_roubles=control_roubles
    )
    _write_into_journal(received, rows)
    return received


@transaction.atomic
def close_receiving(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> None:
    """Strike the balance of receiving: persons asked = answered by an accepted file + held by reason.

    A provider that has not answered, or whose every file was refused, holds its persons.
    """
    answered, silent = answered_and_silent(office=office, month=month)
    held = {reason: Amount(rows) for reason, rows in silent.items()}
    taken = sum(held.values(), Amount(answered))
    balances.strike(
        month=month,
        item="3.9",
        stage="приём ответных файлов",
        office=office,
        subject=f"ответы предприятий, {office}",
        balance=Balance(taken, Amount(answered), held),
        at=at,
    )
    paper = journal.Paper(subject="приём ответных файлов закончен", item="3.9", month=month, rows=answered)
    journal.record(office=office, event="получено", paper=paper, by=by, at=at)


def _taken_before(sha256: str, *, office: Office, month: dt.date) -> ExchangeFile | None:
    taken = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, sha256=sha256, office=office, month=month)
    return taken.order_by("pk").first()


def _request_of(name: str, *, office: Office, month: dt.date) -> ExchangeFile:
    """Find, by the file's name, the request it answers, and hold the request until commit."""
    requests = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
    request = requests.select_for_update(of=("self",)).filter(name__iexact=name).first()
    if request is None:
        raise _why_unknown(name, office=office, month=month)
    standing = request.returns.exclude(status=ExchangeFile.Status.REFUSED).first()
    if standing is not None:
        raise Refused(
            "already_received",
            f"Ответ предприятия «{request.provider}» за {month:%m.%Y} уже принят {standing.at:%d.%m.%Y}: "
            f"файл «{standing.name}» с другим содержанием. Второй файл не принимается.",
        )
    return request


def _why_unknown(name: str, *, office: Office, month: dt.date) -> Refused:
    """Say what is wrong with a name no request of the month bears: month, district or provider."""
    elsewhere = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, name__iexact=name)
    other = elsewhere.select_related("office").order_by("-month").first()
    if other is not None and other.office_id != office.pk:
        return Refused("foreign_district", f"Файл «{name}» относится к другому отделу: {other.office}.")
    parts = _parts_of(name, office=office)
    if (other is not None and other.month != month) or (parts is not None and parts.month not in {None, month}):
        theirs = other.month if other is not None else parts.month if parts is not None else None
        shown = f"{theirs:%m.%Y}" if theirs else "другой месяц"
        return Refused("wrong_month", f"Файл «{name}» за {shown}, а принимаются ответы за {month:%m.%Y}.")
    return Refused(
        "unknown_name",
        f"Файла запроса с именем «{name}» отдел за {month:%m.%Y} не отправлял. "
        "Ответный файл должен называться так же, как запрос.",
    )


def _parts_of(name: str, *, office: Office) -> NameParts | None:
    sent = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office).select_related("layout")
    for request in sent.distinct("layout").order_by("layout", "-month"):
        parts = parse_name(_layout_of(request), name)
        if parts is not None:
            return parts
    return None


def _layout_of(request: ExchangeFile) -> Layout:
    assert request.layout is not None, "a request file is written in a layout"
    return layout_of(request.layout)


def _readable_rows(layout: Layout, content: bytes, *, month: dt.date) -> list[ParsedRow]:
    rows = list(parse_return(layout, open_table(layout, content)))
    if not rows:
        raise Refused("no_rows", "В файле нет ни одной строки.")
    others = {row.month for row in rows} - {None, month}
    if others and len([row for row in rows if row.month == month]) * 2 < len(rows):
        named = ", ".join(sorted(f"{other:%m.%Y}" for other in others if other))
        raise Refused("wrong_month", f"Строки файла за {named}, а принимаются ответы за {month:%m.%Y}.")
    return rows


def _matched(rows: Sequence[ParsedRow], request: ExchangeFile, layout: Layout) -> list[Matched]:
    matched = match_rows(rows, asked_rows(request), matching=layout.matching, is_long=layout.kind is Kind.LONG)
    if all(one.key is None for one in matched):
        raise Refused("foreign_rows", "Ни одна строка файла не отвечает на отправленный запрос: это другой список.")
    return matched


def _check_control(rows: Sequence[ParsedRow], control_rows: int | None, control_roubles: Decimal | None) -> None:
    if control_rows is not None and control_rows != len(rows):
        raise Refused("control_rows", f"В файле {len(rows)} строк, в сопроводительном письме {control_rows}.")
    total = staging.billed_in(rows)
    if control_roubles is not None and control_roubles != total:
        raise Refused(
            "control_roubles", f"Начислено в файле {total} руб., в сопроводительном письме {control_roubles} руб."
        )


def _write_into_journal(received: ExchangeFile, rows: Sequence[ParsedRow]) -> None:
    paper = journal.Paper(
        subject=f"ответный файл: {received.provider}",
        item="3.9",
        month=received.month,
        file_name=received.name,
        sha256=received.sha256,
        rows=received.rows,
        roubles=staging.billed_in(rows).quantize(Decimal("0.01")),
    )
    journal.record(
        office=received.office,
        event="получено, подтверждение отправлено",
        paper=paper,
        by=received.by,
        at=received.at,
        counterpart=str(received.provider),
    )
