"""Confirmations of receipt: made for an answer that was accepted, read where one comes for our request (3.8, 3.9.2)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from django.db import transaction

from exchange.checks.matching import Matched, Outcome
from exchange.dbf.encodings import AUTO
from exchange.dbf.verdicts import Refused
from exchange.layouts.acknowledgements import (
    Confirmation,
    NotFilledTemplate,
    Received,
    Told,
    confirmation,
    read_confirmation,
)
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Layout, Reply
from exchange.layouts.tables.texts import decode, readable
from exchange.models import Acknowledgement, ExchangeFile
from exchange.services.layouts import layout_of
from exchange.services.requests import acknowledge_request
from offices import files
from offices.calendar import day_of
from offices.models import Staff, StoredFile
from offices.refusals import Refusal

PAGE = "utf-8-sig"
"""How a text goes back: every letter has a place in it, and any editor opens it."""
MOST_TEXT = 8 * 1024 * 1024
_TWICE = "Лицевой счёт {account} встречается в файле больше одного раза."


class NotAConfirmation(Refusal):
    """The text is not the confirmation of the request that its name tells."""


def confirm_answer(*, received: ExchangeFile, layout: Layout, matched: Collection[Matched]) -> Acknowledgement | None:
    """Make and keep what goes back for an accepted answer by its layout; None where nothing does."""
    reply = layout.acknowledgement.reply
    if reply is Reply.NONE:
        return None
    made = confirmation(layout, _received(received, matched))
    return Acknowledgement.objects.create(
        file=received,
        office=received.office,
        month=received.month,
        document=received.file if made is None else _kept(made, received),
        rows=len(matched),
        matched=sum(one.key is not None for one in matched),
        at=received.at,
        by=received.by,
    )


@transaction.atomic
def take_confirmation(*, request_id: int, stored: StoredFile, by: Staff, at: dt.datetime) -> Acknowledgement:
    """Read a provider's confirmation of our request, keep it, and mark the request as received by the provider.

    The same confirmation again changes nothing.

    Raises NotAConfirmation, NotARequest.
    """
    requests = ExchangeFile.objects.select_for_update(of=("self",)).select_related("layout", "provider", "office")
    request: ExchangeFile = requests.get(pk=request_id)
    former = Acknowledgement.objects.filter(file=request).select_related("document").first()
    if former is not None:
        if former.document.sha256 == stored.sha256:
            return former
        raise NotAConfirmation(
            f"Подтверждение запроса «{request}» уже принято {day_of(former.at):%d.%m.%Y}, второе не принимается."
        )
    assert request.layout is not None, "a request file is written in a layout"
    told = _read(layout_of(request.layout), request, stored)
    acknowledge_request(file_id=request.pk, who=told.by, at=at)
    return Acknowledgement.objects.create(
        file=request,
        office=request.office,
        month=request.month,
        document=stored,
        rows=told.rows,
        matched=told.matched,
        at=at,
        by=by,
    )


def _read(layout: Layout, request: ExchangeFile, stored: StoredFile) -> Told:
    try:
        told = read_confirmation(layout, _text_of(files.whole(stored)))
    except NotFilledTemplate as fault:
        raise NotAConfirmation(
            f"«{stored.name}» — не подтверждение по образцу формата «{layout.name}». {fault} "
            "Отметьте получение запроса вручную или попросите предприятие прислать подтверждение заново."
        ) from fault
    if told.file_name and told.file_name.casefold() != request.name.casefold():
        raise NotAConfirmation(
            f"Подтверждение «{stored.name}» — о файле «{told.file_name}», а запрос называется «{request.name}»."
        )
    return told


def _text_of(place: Path) -> str:
    if place.stat().st_size > MOST_TEXT:
        raise NotFilledTemplate("Это не текст подтверждения: файл слишком велик.")
    content = place.read_bytes()
    try:
        return content.decode(PAGE)
    except UnicodeDecodeError:
        pass
    try:
        return readable(decode(content, AUTO)[0])
    except Refused as refused:
        raise NotFilledTemplate(refused.text) from refused


def _kept(made: Confirmation, received: ExchangeFile) -> StoredFile:
    content = made.text.replace("\n", "\r\n").encode(PAGE)
    return files.store(content=content, name=made.name[:200], media_type=files.TEXT, by=received.by, at=received.at)


def _received(received: ExchangeFile, matched: Collection[Matched]) -> Received:
    return Received(
        file_name=received.name,
        month=received.month,
        received_on=day_of(received.at),
        by=received.by.full_name or received.by.username,
        rows=len(matched),
        unmatched=tuple(_about(one.row) for one in matched if one.key is None),
        notes=tuple(_notes(matched)),
    )


def _about(row: ParsedRow) -> str:
    """Name a row as the published program does: person, birth date, account, address."""
    name = " ".join(filter(None, [row.last_name, row.first_name, row.middle_name]))
    born = f"{row.birth_date:%d.%m.%Y}" if row.birth_date else ""
    account = f"л/с {row.account}" if row.account else ""
    return ", ".join(filter(None, [name, born, account, row.address])) or f"строка {row.row_no}"


def _notes(matched: Collection[Matched]) -> Iterator[str]:
    repeated = Counter(one.row.account for one in matched if one.outcome is Outcome.DUPLICATE and one.row.account)
    yield from (_TWICE.format(account=account) for account in sorted(repeated))
    faulty = sum(bool(one.row.faults) for one in matched)
    if faulty:
        yield f"Строк с нечитаемыми ячейками: {faulty}."
