"""The monitor and the page of one provider: who sees whom, filters, the sheet, reminders and calls."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Role
from offices.models.staff import DISTRICT_ROLES
from providers.models import Reminder
from tests import factories as make
from tests.exchange import stored
from tests.factories import AT, LONG_AGO, MONTH
from tests.workplace.board.ground import LATE, answered, asked, district, planned, refused
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
PAGE = "/exchange/providers/"
SHOWN = (*DISTRICT_ROLES, Role.DEPARTMENT_HEAD, Role.VERIFIER, Role.PAYMENTS, Role.REGISTRIES, Role.AUDITOR)


def text_of(client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.fixture
def late():
    """A district late with one provider silent, one refused, one that delivered."""
    office = district("Рославльский район")
    planned(office, i3_9=LATE)
    names = ("ТСЖ «Энтузиаст»", "МУП «Водоканал»", "ООО «Десна-Тепло»")
    silent, faulty, steady = (make.provider(short_name=name, name=name) for name in names)
    for one in (silent, faulty, steady):
        make.agreement(provider=one, office=office)
    _, second, third = asked(office, silent, faulty, steady)
    refused(second)
    answered(third)
    return office, silent, faulty, steady


@pytest.mark.parametrize("role", SHOWN)
def test_shows_who_delivered(role: str, late) -> None:
    page = text_of(visitor(role, office=late[0]))
    assert "сдали 1 из 3 (33,3 %)" in page
    assert "цель 100 % имеющих техническую возможность" in page
    assert page.index("ТСЖ «Энтузиаст»") < page.index("МУП «Водоканал»") < page.index("ООО «Десна-Тепло»")
    assert "октябрь 2026: с ошибкой, не принят" in page


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ACCOUNTANT, Role.LEGAL])
def test_is_closed_to_others(role: str, late) -> None:
    for path in (PAGE, f"{PAGE}{late[1].pk}/", f"{PAGE}{late[1].pk}/remind/"):
        assert visitor(role).get(path).status_code == 403


def test_shows_a_district_its_own_providers_only(late) -> None:
    other = district("Велижский район")
    make.agreement(office=other, provider=make.provider(short_name="УК «Своя»"))
    page = text_of(visitor(Role.EXCHANGE, office=other))
    assert "УК «Своя»" in page
    assert "Энтузиаст" not in page
    assert visitor(Role.EXCHANGE, office=other).get(f"{PAGE}{late[1].pk}/").status_code == 404
    assert visitor(Role.EXCHANGE, office=other).get(f"{PAGE}{late[1].pk}/remind/").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=missing", {1, 2}),
        ("state=in", {3}),
        ("state=faulty", {2}),
        ("covered=нет", set()),
        ("named=десна", {3}),
        ("named=ничего", set()),
    ],
)
def test_filters(query: str, shown: set[int], late) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD), f"{PAGE}?{query}")
    for place in (1, 2, 3):
        assert (f"/exchange/providers/{late[place].pk}/?" in page) == (place in shown)


def test_names_those_without_the_means(late) -> None:
    one = make.provider(short_name="УК «Бумага»", is_technically_able=False, inability_reason="ведёт на бумаге")
    make.agreement(provider=one, office=late[0])
    page = text_of(visitor(Role.DEPARTMENT_HEAD))
    assert "УК «Бумага» (ведёт на бумаге)" in page
    assert "сдали 1 из 3" in page


def test_writes_the_filtered_rows_into_a_sheet(late) -> None:
    answer = visitor(Role.DEPARTMENT_HEAD).get(f"{PAGE}?state=missing&xlsx=1")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    names = [row[0] for row in rows]
    assert "ТСЖ «Энтузиаст»" in names
    assert "ООО «Десна-Тепло»" not in names
    assert rows[names.index("МУП «Водоканал»")][1] == "с ошибкой, не принят"


def test_asks_as_much_for_many_providers_as_for_a_few(late) -> None:
    client = visitor(Role.DEPARTMENT_HEAD)
    text_of(client)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            text_of(client)
        counts.append(len(queries))
        other = district(f"Район с поставщиками {len(counts)}")
        asked(other, *(make.provider() for _ in range(5)))
    assert counts[0] == counts[1]
    assert counts[0] < 15


def test_tells_everything_about_one_provider(late) -> None:
    faulty = late[2]
    make.provider_layout(provider=faulty, layout=make.layout(name="Построчный формат"))
    service = make.service(code="10", kind="cold_water", name="Холодная вода", unit="м³")
    make.tariff(service=service, price=Decimal("31.50"), provider=faulty, valid_from=LONG_AGO)
    make.tariff(service=service, price=Decimal("26.06"))
    row = faulty.exchangefile_set.filter(kind="request").get().request_rows.get()
    make.charge(recipient=row.recipient, account=row.account, service=service, billed=Decimal("1496.90"))
    page = text_of(visitor(Role.VERIFIER), f"{PAGE}{faulty.pk}/")
    for words in (
        faulty.inn, "Нет поля SUM_NACH.", "Построчный формат", "Холодная вода", "31,50 ₽", "1 496,90",
        "с ошибкой, не принят", "Рославльский район", "Напоминаний не было",
    ):  # fmt: skip
        assert words in page, words
    assert "26,06" not in page


def test_shows_protocols_beside_their_files(late) -> None:
    office, _, _, steady = late
    file = steady.exchangefile_set.get(kind="return")
    file.protocols.create(
        office=office,
        month=MONTH,
        number="31/2026",
        made_at=AT,
        made_by=make.staff(),
        answer_due_on=AT.date(),
        document=stored.stored_file(),
    )
    assert "№ 31/2026" in text_of(visitor(Role.VERIFIER), f"{PAGE}{steady.pk}/")


def remind(client, provider, **given):
    facts = {"way": "phone", "told": "Орлова Н. П.", "text": "Обещали прислать завтра."} | given
    return client.post(f"{PAGE}{provider.pk}/remind/", facts, follow=True)


def test_writes_down_a_call(late) -> None:
    office, silent, *_ = late
    client = visitor(Role.EXCHANGE, office=office)
    page = remind(client, silent, offices=[office.code]).content.decode()
    made = Reminder.objects.get()
    assert (made.way, made.provider, made.office, made.item) == ("phone", silent, office, "3.9")
    assert made.told == "ТСЖ «Энтузиаст», Орлова Н. П."
    assert "Обещали прислать завтра." in page
    assert made.entry.event == "напомнили по телефону"
    assert "по телефону" in text_of(client)


def test_refuses_a_second_call_on_the_same_day(late) -> None:
    office, silent, *_ = late
    client = visitor(Role.EXCHANGE, office=office)
    remind(client, silent, offices=[office.code])
    again = remind(client, silent, offices=[office.code])
    assert "сегодня уже напоминали" in again.content.decode()
    assert Reminder.objects.count() == 1


def test_offers_a_letter_with_its_words_and_the_districts_that_wait(late) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD), f"{PAGE}{late[1].pk}/remind/")
    assert "Просим передать файл начислений за октябрь 2026 (Рославльский район)" in page
    assert f'value="{late[0].code}"' in page


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"offices": []}, "Выберите хотя бы один район"),
        ({"text": ""}, "Напишите текст"),
        ({"way": ""}, "Выберите, как"),
    ],
    ids=["no district", "no text", "no way"],
)
def test_says_what_is_missing_in_the_form(given: dict, fault: str, late) -> None:
    office, silent, *_ = late
    answer = remind(visitor(Role.EXCHANGE, office=office), silent, **{"offices": [office.code]} | given)
    assert answer.content.decode().count(fault) >= 2
    assert not Reminder.objects.exists()


def test_has_nothing_to_remind_of_where_all_came(late) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD), f"{PAGE}{late[3].pk}/remind/")
    assert "напоминать не о чем" in page


def test_lets_an_auditor_look_and_not_remind(late) -> None:
    client = visitor(Role.AUDITOR)
    assert "/remind/" not in text_of(client)
    assert "/remind/" not in text_of(client, f"{PAGE}{late[1].pk}/")
    assert client.get(f"{PAGE}{late[1].pk}/remind/").status_code == 403
    assert remind(client, late[1], offices=[late[0].code]).status_code == 403
    assert not Reminder.objects.exists()


def test_shows_months_of_one_district_where_one_is_chosen(late) -> None:
    silent = late[1]
    other = district("Велижский район")
    planned(other, i3_9=LATE + dt.timedelta(days=30))
    asked(other, silent)
    client = visitor(Role.DEPARTMENT_HEAD)
    assert "Рославльский район" in text_of(client, f"{PAGE}{silent.pk}/?r=all")
    narrowed = text_of(client, f"{PAGE}{silent.pk}/?r={other.code}")
    assert "ждём, срок не прошёл" in narrowed
    assert "не сдал</span>" not in narrowed
