"""Item 3.9: files that providers return are received whole, recognised, acknowledged, and taken once.

A fault of the file refuses it and changes nothing else; a fault of a row is staged with its row.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from exchange.dbf.verdicts import Refused
from exchange.models import Acknowledgement, ExchangeFile
from exchange.selectors.answers import answered_and_silent
from exchange.selectors.recognition import answers_for_region, request_named, why_unknown
from exchange.selectors.region_files import belongs_to_region
from exchange.services import staging
from exchange.services.acknowledgements import confirm_answer
from exchange.services.answer_reading import Answer, check_totals, read_answer, refuse_archive
from exchange.services.staging import Incoming
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.models import HandoverBalance, Office, Staff, StoredFile
from offices.money import to_kopecks
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import Teller, silent

ITEM, STAGE = "3.9", "приём ответных файлов"
SAME_ROWS = "same_rows"


class ReceivingChanged(Refusal):
    """Files came in while the end of receiving was being confirmed."""


@transaction.atomic
def receive_return_file(
    *,
    content: bytes | Path,
    name: str,
    office: Office,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    control_rows: int | None = None,
    control_roubles: Decimal | None = None,
    stored: StoredFile | None = None,
    request: ExchangeFile | None = None,
    origin: str = ExchangeFile.Origin.FILE,
    tell: Teller = silent,
) -> ExchangeFile:
    """Take a returned file of a month: stage its rows, or refuse it with a sentence and a code.

    A corrected file takes the place of an accepted one that is not loaded yet; the former stays, superseded, with
    its rows and what was decided about them.

    `request` is what the file answers where a person has said so; otherwise its name tells. `stored` is given where
    the bytes are kept already; `tell` is told how many rows are read.

    The same bytes again give the first file back, unchanged; bytes refused before are looked at anew, and only
    another refusal is written down. `control_rows` and `control_roubles` are the covering letter's totals and must
    hold. `origin` tells a file that was typed by hand.

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
        refuse_archive(content)
        if request is None:
            raise why_unknown(name, office=office, month=month)
        if origin == ExchangeFile.Origin.FILE and belongs_to_region(request):
            raise answers_for_region(name)
        answer = read_answer(content, request=request, tell=tell)
        former = _to_replace(request, answer)
        check_totals(answer, control_rows=control_rows, control_roubles=control_roubles)
    except Refused as refused:
        return _refuse(incoming, request, refused)
    if former is not None:
        _supersede(former)
    received = staging.keep_received(
        incoming,
        request=request,
        matched=answer.matched,
        encoding=answer.encoding,
        billed=answer.billed,
        replaces=former,
        origin=origin,
        **_letter(control_rows, control_roubles, by, at),
    )
    confirmed = None
    if origin == ExchangeFile.Origin.FILE:
        confirmed = confirm_answer(received=received, layout=answer.layout, matched=answer.matched)
    _write_into_journal(received, confirmed)
    return received


@transaction.atomic
def receive_part(
    *, content: bytes, name: str, answer: Answer, request: ExchangeFile, origin: str, by: Staff, at: dt.datetime
) -> ExchangeFile | None:
    """Take a district's part of a whole file, read already, as the answer to the district's request.

    It replaces a former part as any corrected file does. None where its very rows stand already. `origin` says in
    the journal where it comes from.

    Raises Refused where the accepted rows are charges already, or the part brings back rows that were replaced.
    """
    office = Office.objects.select_for_update(of=("self",), no_key=True).get(pk=request.office_id)
    incoming = Incoming(content, name, files.sha256_of(content), office, request.month, by, at)
    try:
        former = _to_replace(request, answer)
    except Refused as refused:
        if refused.code == SAME_ROWS:
            return None
        raise
    if _taken_before(incoming) is not None:
        raise Refused("same_as_replaced", "в файле снова строки, которые уже были заменены исправленными.")
    if former is not None:
        _supersede(former)
    received = staging.keep_received(
        incoming,
        request=request,
        matched=answer.matched,
        encoding=answer.encoding,
        billed=answer.billed,
        replaces=former,
    )
    _write_into_journal(received, origin=origin)
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


def _to_replace(request: ExchangeFile, answer: Answer) -> ExchangeFile | None:
    """Return the accepted answer that this one corrects, held so that nobody loads it meanwhile; None where it is the first.

    Raises Refused for the same rows saved anew, and where the accepted ones are charges already.
    """
    accepted = request.returns.filter(kind=ExchangeFile.Kind.RETURN).exclude(status__in=ExchangeFile.NOT_STANDING)
    standing = accepted.select_for_update(of=("self",)).order_by("pk").first()
    if standing is None:
        return None
    taken = f"Ответ предприятия «{request.provider}» за {request.month:%m.%Y} уже принят {day_of(standing.at):%d.%m.%Y}"
    if staging.holds_same_rows(standing, answer.matched):
        raise Refused(SAME_ROWS, f"{taken}: в файле те же строки, что и в принятом «{standing.name}».")
    if standing.status == ExchangeFile.Status.LOADED:
        text = f"{taken} и загружен в расчёт: файл «{standing.name}» с другим содержанием. Второй файл не принимается."
        raise Refused("already_received", text)
    return standing


def _supersede(former: ExchangeFile) -> None:
    former.status = ExchangeFile.Status.SUPERSEDED
    former.save(update_fields=["status"])


def _letter(rows: int | None, roubles: Decimal | None, by: Staff, at: dt.datetime) -> dict[str, Any]:
    is_given = rows is not None or roubles is not None
    entered = {"control_at": at, "control_by": by} if is_given else {}
    return {"control_rows": rows, "control_roubles": roubles, **entered}


def _write_into_journal(
    received: ExchangeFile, confirmed: Acknowledgement | None = None, *, origin: str = "ответный файл"
) -> None:
    assert received.billed is not None, "an accepted file bills"
    sent_back = f"; подтверждение «{confirmed.document.name}»" if confirmed is not None else ""
    paper = journal.Paper(
        subject=f"{origin}: {received.provider}{sent_back}"[:300],
        item=ITEM,
        month=received.month,
        file_name=received.name,
        sha256=received.sha256,
        rows=received.rows,
        roubles=to_kopecks(received.billed),
    )
    journal.record(
        office=received.office,
        event="получено, подтверждение отправлено",
        paper=paper,
        by=received.by,
        at=received.at,
        counterpart=str(received.provider),
    )
