"""Information requests and calls to providers: written down with their term, then answered."""

import datetime as dt

from django.db import transaction

from offices import journal
from offices.calendar import day_of
from offices.models import JournalEntry, Office, Staff
from offices.refusals import Refusal
from providers.models import Provider, ProviderInquiry

ITEM = "3.9"
WAYS = {
    ProviderInquiry.Way.LETTER: JournalEntry.Way.PAPER,
    ProviderInquiry.Way.EMAIL: JournalEntry.Way.ELECTRONIC,
    ProviderInquiry.Way.PHONE: JournalEntry.Way.PHONE,
    ProviderInquiry.Way.MEETING: JournalEntry.Way.PAPER,
}


class InquirySaysNothing(Refusal):
    """The subject or the text is missing, or the days do not follow one another."""


class AnsweredAlready(Refusal):
    """The answer has been written down."""


@transaction.atomic
def write_inquiry(
    *,
    provider: Provider,
    office: Office,
    way: str,
    subject: str,
    text: str,
    told: str = "",
    asked_on: dt.date,
    answer_due_on: dt.date | None = None,
    by: Staff,
    at: dt.datetime,
) -> ProviderInquiry:
    """Write down what a provider was asked, with a line in the journal of `office`, which asks.

    Raises InquirySaysNothing.
    """
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or not text:
        raise InquirySaysNothing("Укажите, о чём запрос и что именно запросили.")
    if asked_on > day_of(at):
        raise InquirySaysNothing(f"День {asked_on:%d.%m.%Y} ещё не наступил.")
    if answer_due_on is not None and answer_due_on < asked_on:
        raise InquirySaysNothing(f"Срок ответа {answer_due_on:%d.%m.%Y} раньше запроса.")
    event = "запрошено по телефону" if way == ProviderInquiry.Way.PHONE else "направлен запрос"
    counterpart = f"{provider}, {told.strip()}" if told.strip() else str(provider)
    paper = journal.Paper(subject=subject, item=ITEM, way=WAYS[ProviderInquiry.Way(way)])
    return ProviderInquiry.objects.create(
        provider=provider,
        office=office,
        way=way,
        subject=subject,
        text=text,
        told=told.strip(),
        asked_on=asked_on,
        answer_due_on=answer_due_on,
        at=at,
        by=by,
        entry=journal.record(office=office, event=event, paper=paper, counterpart=counterpart[:200], by=by, at=at),
    )


@transaction.atomic
def write_answer(*, inquiry_id: int, answer: str, answered_on: dt.date, by: Staff, at: dt.datetime) -> ProviderInquiry:
    """Write down a provider's answer to an inquiry, once, with a line in the journal of the office that asked.

    Raises AnsweredAlready, InquirySaysNothing.
    """
    rows = ProviderInquiry.objects.select_for_update(of=("self",)).select_related("provider", "office")
    inquiry: ProviderInquiry = rows.get(pk=inquiry_id)
    if inquiry.answered_on is not None:
        raise AnsweredAlready(f"Ответ на запрос «{inquiry.subject}» записан {inquiry.answered_on:%d.%m.%Y}.")
    if not answer.strip():
        raise InquirySaysNothing("Напишите, что ответило предприятие.")
    if not inquiry.asked_on <= answered_on <= day_of(at):
        raise InquirySaysNothing(f"Ответ получают не раньше {inquiry.asked_on:%d.%m.%Y} и не позже сегодняшнего дня.")
    inquiry.answered_on, inquiry.answer, inquiry.answered_by = answered_on, answer.strip(), by
    inquiry.save(update_fields=["answered_on", "answer", "answered_by"])
    paper = journal.Paper(subject=f"ответ на запрос: {inquiry.subject}"[:300], item=ITEM, way=inquiry.entry.way)
    journal.record(
        office=inquiry.office, event="получен ответ", paper=paper, counterpart=str(inquiry.provider), by=by, at=at
    )
    return inquiry
