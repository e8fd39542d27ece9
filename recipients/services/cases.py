"""Case files: opened under a number of the office's series, filled with documents, closed."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from offices import journal, numbering
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, NumberSeries, Office, Staff
from offices.refusals import Refusal
from recipients.models import Application, CaseDocument, Entitlement, Person, Recipient

ITEM = "3.2"


class CaseOfAnotherOffice(Refusal):
    """The person's case is open in another office."""


class CaseStillNeeded(Refusal):
    """The recipient has a right in force, or the case is closed already."""


def open_case(*, person: Person, office: Office, shelf: str, by: Staff, at: dt.datetime) -> Recipient:
    """Return the person's open case in the office, opened now if there is none.

    Raises CaseOfAnotherOffice.
    """
    recipient = (
        Recipient.objects.select_for_update(of=("self",))
        .filter(person=person, closed_on__isnull=True)
        .select_related("office", "person")
        .first()
    )
    if recipient is not None and recipient.office_id != office.pk:
        raise CaseOfAnotherOffice(
            f"Дело № {recipient.case_number} ({person}) ведёт {recipient.office}. Запросите передачу дела."
        )
    if recipient is not None:
        if shelf and shelf != recipient.shelf:
            recipient.shelf = shelf
            recipient.save(update_fields=["shelf"])
        return recipient
    year = numbering.year_of(at)
    number = numbering.next_number(office=office, series=NumberSeries.Series.CASE, year=year)
    return Recipient.objects.create(
        person=person,
        office=office,
        case_number=f"{number}/{year}",
        shelf=shelf,
        opened_on=day_of(at),
        created_by=by,
    )


@transaction.atomic
def file_documents(*, recipient: Recipient, application: Application, filed_on: dt.date) -> Sequence[CaseDocument]:
    """Add the application and its documents to the case's inventory, under the next numbers (3.2.2 в)."""
    last = CaseDocument.objects.filter(recipient=recipient).aggregate(last=Max("number"))["last"] or 0
    papers = [(f"заявление № {application.number} от {application.received_on:%d.%m.%Y}", 1)]
    papers += [
        (f"{document.get_kind_display()}{f' ({document.note})' if document.note else ''}"[:250], document.sheets)
        for document in application.documents.order_by("pk")
    ]
    return CaseDocument.objects.bulk_create(
        CaseDocument(recipient=recipient, number=number, title=title, sheets=sheets, filed_on=filed_on)
        for number, (title, sheets) in enumerate(papers, start=last + 1)
    )


@transaction.atomic
def close_case(*, recipient_id: int, closed_on: dt.date, by: Staff, at: dt.datetime) -> Recipient:
    """Close a case none of whose rights is in force on the day or later.

    Raises CaseStillNeeded.
    """
    recipient: Recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("office", "person").get(pk=recipient_id)
    )
    if recipient.closed_on is not None:
        raise CaseStillNeeded(f"Дело № {recipient.case_number} уже закрыто {recipient.closed_on:%d.%m.%Y}.")
    right: Entitlement | None = (
        Entitlement.objects.touching(closed_on, dt.date.max).filter(recipient=recipient).order_by("pk").first()
    )
    if right is not None:
        raise CaseStillNeeded(f"Дело № {recipient.case_number} нельзя закрыть: действует право «{right}».")
    recipient.closed_on = closed_on
    recipient.save(update_fields=["closed_on"])
    paper = Paper(subject=str(recipient), item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(office=recipient.office, event="личное дело закрыто", paper=paper, by=by, at=at)
    return recipient
