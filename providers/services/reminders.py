"""Reminders of the exchange schedule: written once a day, with a line in the journals (3.5.1 б and on)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from offices import journal
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, Office, Staff
from offices.months import month_name
from offices.refusals import Refusal
from providers.models import Provider, Reminder, ReminderLetter

MOST_LETTERS = 1000
EVENTS = {
    Reminder.Way.MESSAGE: "направлено напоминание",
    Reminder.Way.LETTER: "направлено напоминание",
    Reminder.Way.PHONE: "напомнили по телефону",
}
RECEIVED = "получено напоминание"


class ReminderEmpty(Refusal):
    """A reminder says nothing, or is addressed to nobody."""


class RemindedToday(Refusal):
    """The addressee was reminded of the item today, in the same way."""


class RemindedOneself(Refusal):
    """Whoever reminds is the addressee."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to remind of what: the district's office itself, a unit of the department or a provider."""

    office: Office
    item: str
    text: str
    unit: Office | None = None
    provider: Provider | None = None
    told: str = ""

    @property
    def addressee(self) -> str:
        """Name the addressee as the journal does; `told` adds the person or the address."""
        named = str(self.provider or self.unit or self.office)
        return f"{named}, {self.told}"[:200] if self.told else named[:200]


@transaction.atomic
def remind(
    *,
    calls: Sequence[Call],
    month: dt.date,
    way: str,
    by: Staff,
    at: dt.datetime,
    letter: ReminderLetter | None = None,
) -> list[Reminder]:
    """Write reminders, all or none: each a fact with a line in the sender's journal and in a reminded office's.

    `letter` is the printed letter that reminds a provider; the line of the journal names its file. One addressee is
    reminded of one item of a district once a day in one way.
    Raises ReminderEmpty, RemindedToday, RemindedOneself.
    """
    if not calls:
        raise ReminderEmpty("Напоминать некому: выберите, кому напомнить.")
    offices = {call.office.pk for call in calls} | {call.unit.pk for call in calls if call.unit}
    list(Office.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=offices).order_by("pk"))
    return [_remind(call, month=month, way=way, by=by, at=at, letter=letter) for call in calls]


def _remind(
    call: Call, *, month: dt.date, way: str, by: Staff, at: dt.datetime, letter: ReminderLetter | None
) -> Reminder:
    text = " ".join(call.text.split())
    if not text or not call.item:
        raise ReminderEmpty(f"{call.addressee}: напишите, о чём напоминаете.")
    if len(text) > MOST_LETTERS:
        raise ReminderEmpty(f"{call.addressee}: сократите текст до {MOST_LETTERS} знаков, сейчас {len(text)}.")
    receiver = None if call.provider else call.unit or call.office
    if receiver is not None and receiver.pk == by.office_id:
        raise RemindedOneself(f"{receiver}: это ваш отдел, напоминание самим себе не записывается.")
    day = day_of(at)
    _require_first(call, month=month, way=way, day=day)
    return Reminder.objects.create(
        office=call.office,
        unit=call.unit,
        provider=call.provider,
        month=month,
        item=call.item,
        way=way,
        told=call.addressee,
        text=text,
        day=day,
        at=at,
        by=by,
        entry=_write_into_journals(call, receiver, month=month, way=way, by=by, at=at, letter=letter),
        letter=letter,
    )


def _require_first(call: Call, *, month: dt.date, way: str, day: dt.date) -> None:
    same = Reminder.objects.filter(
        office=call.office, unit=call.unit, provider=call.provider, month=month, item=call.item, way=way, day=day
    )
    before = same.select_related("by").first()
    if before is not None:
        raise RemindedToday(
            f"{call.addressee}: о пункте {call.item} сегодня уже напоминали ({before.get_way_display()}, {before.by}). "
            "Повторите завтра."
        )


def _write_into_journals(
    call: Call,
    receiver: Office | None,
    *,
    month: dt.date,
    way: str,
    by: Staff,
    at: dt.datetime,
    letter: ReminderLetter | None,
) -> JournalEntry:
    """Write the sender's line and, of a reminded office, the receiver's; return the sender's.

    The counters are taken in the order of the offices' ids, as those of a hand-over are.
    """
    sender = by.office or call.office
    paper = Paper(
        subject=_subject(call, month, letter)[:300],
        item=call.item,
        month=month,
        way=JournalEntry.Way.PHONE if way == Reminder.Way.PHONE else JournalEntry.Way.ELECTRONIC,
        file_name=letter.document.name if letter else "",
        sha256=letter.document.sha256 if letter else "",
    )
    sides = [(sender, EVENTS[Reminder.Way(way)], call.addressee)]
    if receiver is not None and receiver.pk != sender.pk:
        sides.append((receiver, RECEIVED, str(sender)))
    handover = uuid.uuid4() if len(sides) > 1 else None  # a provider keeps no journal of ours
    lines = {
        office.pk: journal.record(
            office=office, event=event, paper=paper, by=by, at=at, counterpart=other, handover=handover
        )
        for office, event, other in sorted(sides, key=lambda side: side[0].pk)
    }
    return lines[sender.pk]


def _subject(call: Call, month: dt.date, letter: ReminderLetter | None) -> str:
    about = f"пункт {call.item} за {month_name(month)}, {call.office}"
    return f"письмо № {letter.number}: {about}" if letter else f"напоминание: {about}"
