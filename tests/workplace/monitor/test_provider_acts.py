"""What is done from a provider's page: letters, ability, agreements, requests for information, transfers."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from offices.models import Office, Role
from offices.months import month_of, next_month
from providers.models import AccountTransfer, Agreement, ProviderInquiry, Reminder, ReminderLetter, ServiceAccount
from tests import factories as make
from tests.factories import LONG_AGO
from tests.workplace.board.ground import LATE, asked, district, planned
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
PAGE = "/exchange/providers/"
TODAY = localdate()
NEXT = next_month(month_of(TODAY))
GRACE = NEXT + dt.timedelta(days=92)
WORKS = Role.VERIFIER


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def worker():
    return make.staff(WORKS, office=make.unit(Office.Kind.SUBSIDIES))


@pytest.fixture
def silent():
    """A provider whose files two late districts wait for."""
    one = make.provider(short_name="ТСЖ «Энтузиаст»", email="a@p.example")
    for name in ("Рославльский район", "Велижский район"):
        office = district(name)
        planned(office, i3_9=LATE)
        make.agreement(provider=one, office=office)
        asked(office, one)
    return one


def test_writes_letters_to_all_that_are_late_in_one_go(silent) -> None:
    other = make.provider(short_name="УК «Вторая»")
    office = Office.objects.get(district__name="Велижский район")
    asked_of_other = asked(district("А район"), other)
    planned(asked_of_other[0].office, i3_9=LATE)
    client = browser_of(worker())
    page = text_of(client, f"{PAGE}letters/")
    assert "Составить письма опоздавшим (2)?" in page
    assert "Велижский район" in page
    answer = client.post(f"{PAGE}letters/", {"provider": [silent.pk]}, follow=True)
    assert "1 письмо" in answer.content.decode().replace("\u00a0", " ")
    letter = ReminderLetter.objects.get()
    assert (letter.provider, letter.reminders.count()) == (silent, 2)
    assert "Письма предприятиям" in answer.content.decode()
    pdf = client.get(f"/documents/{letter.document_id}/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert "Составить письма опоздавшим (1)?" in text_of(client, f"{PAGE}letters/")
    assert visitor(Role.EXCHANGE, office=office).get(f"/documents/{letter.document_id}/").status_code == 404


def test_writes_a_letter_to_one_provider(silent) -> None:
    client = browser_of(worker())
    offices = [office.code for office in Office.objects.filter(agreement__provider=silent)]
    facts = {"way": "letter", "told": "a@p.example", "text": "Просим сдать.", "offices": offices}
    page = client.post(f"{PAGE}{silent.pk}/remind/", facts, follow=True).content.decode()
    letter = ReminderLetter.objects.get()
    assert f"Письмо № {letter.number}" in page
    assert Reminder.objects.filter(letter=letter).count() == len(offices)


def test_says_who_cannot_send_files_and_shows_since_when(silent) -> None:
    client = browser_of(worker())
    facts = {"is_able": "0", "reason": "ведёт на бумаге", "since": f"{LATE:%d.%m.%Y}"}
    page = client.post(f"{PAGE}{silent.pk}/ability/", facts, follow=True).content.decode()
    assert f"ведёт на бумаге, с {LATE:%d.%m.%Y}" in page.replace("\u00a0", " ")
    assert f"ведёт на бумаге, с {LATE:%d.%m.%Y}" in text_of(client, PAGE)
    without = client.post(f"{PAGE}{silent.pk}/ability/", {"is_able": "0", "since": "05.11.2026"})
    assert "Укажите, почему" in without.content.decode()


def test_signs_renews_and_ends_an_agreement(silent) -> None:
    client = browser_of(worker())
    office = Office.objects.get(district__name="Велижский район")
    facts = {"office": office.code, "number": "С-99", "signed_on": TODAY, "valid_from": TODAY, "contact": "Орлова"}
    page = client.post(f"{PAGE}{silent.pk}/agreements/new/", facts, follow=True).content.decode()
    assert "№ С-99" in page
    former, new = Agreement.objects.filter(provider=silent, office=office).order_by("valid_from")
    assert (former.valid_to, new.valid_to) == (TODAY, None)
    twice = client.post(f"{PAGE}{silent.pk}/agreements/new/", facts, follow=True).content.decode()
    assert "уже введена" in twice
    last = TODAY + dt.timedelta(days=30)
    client.post(f"{PAGE}{silent.pk}/agreements/{new.pk}/", {"contact": "Мирова", "last_day": last})
    new.refresh_from_db()
    assert (new.contact, new.valid_to) == ("Мирова", last + dt.timedelta(days=1))
    assert f"истекает {new.valid_to:%d.%m.%Y}" in text_of(client, f"{PAGE}?covered=истекает")


def test_logs_a_request_and_its_answer(silent) -> None:
    office = Office.objects.get(district__name="Велижский район")
    client = visitor(Role.EXCHANGE, office=office)
    facts = {
        "way": "phone", "told": "Орлова", "subject": "Тарифы с июля", "text": "Прислать тарифы.", "asked_on": LATE,
        "answer_due_on": LATE,
    }  # fmt: skip
    page = client.post(f"{PAGE}{silent.pk}/inquiries/new/", facts, follow=True).content.decode()
    assert "Тарифы с июля" in page
    assert "просрочен" in page
    made = ProviderInquiry.objects.get()
    assert "Тарифы с июля" in text_of(client, f"{PAGE}inquiries/?overdue=1")
    answer = client.get(f"{PAGE}inquiries/?overdue=1&xlsx=1")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    values = [value for row in openpyxl.load_workbook(io.BytesIO(content)).active.values for value in row]
    assert "Тарифы с июля" in values
    client.post(f"{PAGE}inquiries/{made.pk}/", {"answered_on": TODAY, "answer": "Прислали."})
    assert "Прислали." in text_of(client, f"{PAGE}inquiries/{made.pk}/")
    assert "Тарифы с июля" not in text_of(client, f"{PAGE}inquiries/?waiting=1")
    other = visitor(Role.EXCHANGE, office=Office.objects.get(district__name="Рославльский район"))
    assert other.get(f"{PAGE}inquiries/{made.pk}/").status_code == 404
    assert "Тарифы с июля" not in text_of(other, f"{PAGE}{silent.pk}/")


def transfer_facts(**given: object) -> dict:
    return {
        "kind": "renumbering", "valid_from": f"{NEXT:%d.%m.%Y}", "known_until": f"{GRACE:%d.%m.%Y}",
        "basis": "письмо № 7", "act": "look",
    } | given  # fmt: skip


def test_previews_a_table_then_two_people_carry_it_out(silent) -> None:
    number = ServiceAccount.objects.filter(provider=silent).order_by("pk").values_list("number", flat=True)[0]
    table = SimpleUploadedFile("t.csv", f"Прежний;Новый\n{number};N1\nчужой;N2\n".encode())
    author, second = worker(), worker()
    client, address = browser_of(author), f"{PAGE}{silent.pk}/transfers/new/"
    preview = client.post(address, transfer_facts(file=table)).content.decode()
    assert "Можно составить: 1 счёт" in preview.replace("\u00a0", " ")
    assert "такого открытого счёта нет" in preview
    assert not AccountTransfer.objects.exists()
    pasted = transfer_facts(table=f"{number};N1\nчужой;N2", act="propose")
    page = client.post(address, pasted, follow=True).content.decode()
    assert "выполнить его должен другой сотрудник" in page.lower()
    made = AccountTransfer.objects.get()
    assert (made.rows, made.file.name.endswith(".csv")) == (1, True)
    act, said = f"{PAGE}transfers/{made.pk}/", {"act": "carry-out"}
    assert "должен другой сотрудник" in client.post(act, said, follow=True).content.decode()
    assert not ServiceAccount.objects.filter(number="N1").exists()
    assert "отменить нельзя" in browser_of(second).get(act).content.decode()
    done = browser_of(second).post(act, said, follow=True).content.decode()
    assert "Выполнено: переведено счетов" in done
    assert ServiceAccount.objects.valid_on(NEXT).filter(provider=silent, number="N1").exists()
    again = client.post(address, pasted, follow=True).content.decode()
    assert "второй раз он не составляется" in again


def test_shows_the_lines_that_stand_in_the_way(silent) -> None:
    first, other = ServiceAccount.objects.filter(provider=silent).order_by("pk")[:2]
    pasted = transfer_facts(table=f"{first.number};{other.number}")
    page = browser_of(worker()).post(f"{PAGE}{silent.pk}/transfers/new/", pasted).content.decode()
    assert "Составить нельзя" in page
    assert "новый номер занят другим счётом" in page


def test_merges_providers_and_lets_it_be_withdrawn(silent) -> None:
    heir = make.provider(short_name="Наследник")
    client = browser_of(worker())
    facts = transfer_facts(kind="merger", successor=heir.pk)
    preview = client.post(f"{PAGE}{silent.pk}/transfers/new/", facts).content.decode()
    assert "нет соглашения с отделами" in preview
    client.post(f"{PAGE}{silent.pk}/transfers/new/", {**facts, "act": "propose"})
    made = AccountTransfer.objects.get()
    page = client.post(f"{PAGE}transfers/{made.pk}/", {"act": "withdraw"}, follow=True).content.decode()
    assert "ни один счёт не изменился" in page
    assert not ServiceAccount.objects.filter(provider=heir).exists()


def test_asks_as_much_for_many_inquiries_and_accounts_as_for_a_few(silent) -> None:
    client = browser_of(worker())
    asked_for = {"way": "phone", "subject": "Сверка", "text": "Сверим.", "asked_on": LONG_AGO}
    client.post(f"{PAGE}{silent.pk}/inquiries/new/", asked_for)
    text_of(client, f"{PAGE}inquiries/")
    for path in (f"{PAGE}inquiries/", f"{PAGE}letters/", f"{PAGE}{silent.pk}/"):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                text_of(client, path)
            counts.append(len(queries))
            for _ in range(3):
                client.post(f"{PAGE}{silent.pk}/inquiries/new/", asked_for)
            other = district(f"Район {path} {len(counts)}")
            planned(other, i3_9=LATE)
            asked(other, *(make.provider() for _ in range(3)))
        assert counts[0] == counts[1], path
        if path.endswith("s/"):
            assert counts[0] < 15


@pytest.mark.parametrize("path", ["ability/", "agreements/new/", "transfers/new/"])
def test_lets_no_district_and_no_auditor_edit(path: str, silent) -> None:
    office = Office.objects.get(district__name="Велижский район")
    for client in (visitor(Role.EXCHANGE, office=office), visitor(Role.AUDITOR)):
        assert client.get(f"{PAGE}{silent.pk}/{path}").status_code == 403
        assert path not in text_of(client, f"{PAGE}{silent.pk}/")
