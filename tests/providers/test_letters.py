"""Letters to providers: numbered, printed, stored, in the journal, once a day."""

import datetime as dt
import io

import pypdf
import pytest

from offices import files
from offices.models import JournalEntry, Office
from providers.documents.reminder import AwaitedFile
from providers.models import Reminder, ReminderLetter
from providers.services.letters import Letter, send_letters
from providers.services.reminders import RemindedToday, ReminderEmpty
from tests import factories as make
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
TEXT = "Просим передать файл начислений за октябрь 2026."


def awaited(office: Office, **given) -> AwaitedFile:
    made = {"file_name": "R4170001.dbf", "sent_on": MONTH, "people": 12, "due_on": MONTH, "was_refused": False}
    return AwaitedFile(office=office, **made | given)


def sent(*letters: Letter, by=None, at=AT) -> list[ReminderLetter]:
    return send_letters(letters=letters, month=MONTH, by=by or make.staff(office=make.unit("subsidies")), at=at)


def words_of(letter: ReminderLetter) -> str:
    pages = pypdf.PdfReader(io.BytesIO(files.read(letter.document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_prints_to_whom_about_which_files_and_by_when() -> None:
    one = make.provider(name="МУП «Водоканал»", address="г. Смоленск, ул. Мира, д. 1")
    first, second = make.office(district=make.district(name="Рославльский район")), make.office()
    (made,) = sent(Letter(one, [awaited(first), awaited(second, was_refused=True)], TEXT))
    words = words_of(made)
    for said in (
        "№ 1/2026", "О передаче сведений о начислениях", "МУП «Водоканал»", "ул. Мира", TEXT, "Рославльский район", "R4170001.dbf",
        "присланный файл не принят", f"Просим ответить до {made.answer_due_on:%d.%m.%Y}", "369",
    ):  # fmt: skip
        assert said in words, said
    assert made.answer_due_on > AT.date()


def test_is_numbered_by_its_sender_and_stands_in_its_journal() -> None:
    by, office, one = make.staff(office=make.unit("subsidies")), make.office(), make.provider()
    first, second = sent(Letter(one, [awaited(office)], TEXT), Letter(make.provider(), [awaited(office)], TEXT), by=by)
    assert (first.number, second.number, first.office) == ("1/2026", "2/2026", by.office)
    reminder = first.reminders.get()
    entry = reminder.entry
    assert (entry.office, entry.sha256, entry.file_name) == (by.office, first.document.sha256, first.document.name)
    assert entry.subject.startswith("письмо № 1/2026: пункт 3.9")
    assert (reminder.way, reminder.provider, reminder.office) == ("letter", one, office)


def test_reminds_of_every_district_of_the_letter() -> None:
    offices = [make.office(), make.office()]
    (made,) = sent(Letter(make.provider(), [awaited(office) for office in offices], TEXT))
    assert set(made.reminders.values_list("office_id", flat=True)) == {office.pk for office in offices}


def test_writes_to_a_provider_once_a_day_and_all_letters_or_none() -> None:
    office, one = make.office(), make.provider()
    sent(Letter(one, [awaited(office)], TEXT))
    with pytest.raises(RemindedToday):
        sent(Letter(make.provider(), [awaited(office)], TEXT), Letter(one, [awaited(office)], TEXT))
    assert (ReminderLetter.objects.count(), Reminder.objects.count()) == (1, 1)
    assert JournalEntry.objects.count() == 1
    sent(Letter(one, [awaited(office)], TEXT), at=AT + dt.timedelta(days=1))


def test_refuses_a_letter_about_nothing() -> None:
    with pytest.raises(ReminderEmpty, match="Писать не о чем"):
        sent(Letter(make.provider(), [], TEXT))
