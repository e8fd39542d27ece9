"""Letters that remind providers of late files: numbered, printed, stored, in the journal, each once a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from config.pdf import Signature
from offices import files
from offices.calendar import day_of
from offices.letterhead import head_of, letterhead_of
from offices.models import NumberSeries, Office, Staff
from offices.months import month_name
from offices.numbering import next_number, year_of
from offices.selectors import production_calendar
from providers.documents.reminder import AwaitedFile, ReminderPaper, print_reminder
from providers.models import Provider, Reminder, ReminderLetter
from providers.services.reminders import Call, ReminderEmpty, remind

ITEM = "3.9"
DAYS_TO_ANSWER = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """To which provider, about which files that did not come, in which words; `told` is the address or person."""

    provider: Provider
    awaited: Sequence[AwaitedFile]
    text: str
    told: str = ""


@transaction.atomic
def send_letters(*, letters: Sequence[Letter], month: dt.date, by: Staff, at: dt.datetime) -> list[ReminderLetter]:
    """Print and keep a letter for each provider and write its districts' reminders, all letters or none.

    The letter is numbered by the office of whoever sends it. Each district it speaks of becomes a reminder with a
    line of the journal that names the PDF; a provider is written to about a district once a day.
    Raises ReminderEmpty, RemindedToday.
    """
    if not letters or not all(letter.awaited for letter in letters):
        raise ReminderEmpty("Писать не о чем: выберите поставщиков, от которых ждут файлы.")
    return [_send(letter, month=month, by=by, at=at) for letter in letters]


def _send(letter: Letter, *, month: dt.date, by: Staff, at: dt.datetime) -> ReminderLetter:
    sender = by.office or letter.awaited[0].office
    year, made_on = year_of(at), day_of(at)
    calendar = production_calendar(start=made_on, end=made_on + dt.timedelta(days=31))
    due = calendar.add(made_on, working_days=DAYS_TO_ANSWER)
    number = next_number(office=sender, series=NumberSeries.Series.LETTER, year=year)
    printed = print_reminder(
        _paper(letter, sender=sender, number=f"{number}/{year}", month=month, due=due, by=by, made_on=made_on)
    )
    stored = files.store(
        content=printed, name=f"letter_{sender.pk}_{number}_{year}.pdf", media_type=files.PDF, by=by, at=at
    )
    made = ReminderLetter.objects.create(
        office=sender,
        provider=letter.provider,
        month=month,
        number=f"{number}/{year}",
        made_at=at,
        made_by=by,
        answer_due_on=due,
        document=stored,
    )
    calls = [
        Call(office=one.office, provider=letter.provider, item=ITEM, text=letter.text, told=letter.told)
        for one in letter.awaited
    ]
    remind(calls=calls, month=month, way=Reminder.Way.LETTER, by=by, at=at, letter=made)
    return made


def _paper(
    letter: Letter, *, sender: Office, number: str, month: dt.date, due: dt.date, by: Staff, made_on: dt.date
) -> ReminderPaper:
    head, chief = letterhead_of(sender), head_of(sender, on=made_on)
    phone = f", тел. {head.phone}" if head.phone else ""
    return ReminderPaper(
        number=number,
        made_on=made_on,
        month=month_name(month),
        department=head.department,
        office=head.office,
        contacts=head.contacts,
        provider=letter.provider.name,
        address=letter.provider.address,
        text=letter.text,
        answer_due_on=due,
        signed_by=Signature("Начальник отдела", str(chief))
        if chief
        else Signature(by.position or "Исполнитель", str(by)),
        executor=f"{by}{phone}",
        files=letter.awaited,
    )
