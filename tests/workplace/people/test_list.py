"""The list of recipients: who stands in it, what is summed, and who may look."""

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils.timezone import localdate

from offices.models import Office
from providers.models import ProviderDistrict
from recipients.models import Recipient
from tests import factories as make
from tests.factories import LONG_AGO, MONTH
from tests.workplace.people.neighbours import BEFORE, accrued, neighbour, settled
from tests.workplace.visiting import browser_of, visitor

ADDRESS = "/recipients/"


@pytest.fixture
def office(db: Any) -> Office:
    make.open_month(MONTH)
    return make.office()


@pytest.fixture
def clerk(office: Office) -> Client:
    return browser_of(make.staff("calculation", office=office))


def page(browser: Client, **query: Any) -> str:
    answer = browser.get(ADDRESS, query)
    assert answer.status_code == 200, answer.headers
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def keys(html: str) -> list[int]:
    return [int(key) for key in re.findall(r'id="row-(\d+)"', html)]


def sheet(browser: Client, **query: Any) -> list[list[Any]]:
    answer = browser.get(ADDRESS, {**query, "xlsx": "1"})
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_says_of_a_person_name_birth_address_category_sums_payment_and_state(clerk: Client, office: Office) -> None:
    person = neighbour(office, "Берёзкина", birth_date=dt.date(1958, 5, 14))
    settled(person, street="ул. Полевая", house="12", flat="34", town="Сафоново")
    make.channel(recipient=person)
    accrued(office, {person: "806.75"}, month=BEFORE)
    accrued(office, {person: "1496.90"})
    neighbour(office, "Яковлева")
    html = page(clerk)
    for told in ("Берёзкина А. П.", "14.05.1958", "ул. Полевая, 12, кв. 34", "инвалид II группы", "1 496,90"):
        assert told in html
    assert "+690,15" in html
    assert "банк" in html
    assert "получает" in html
    assert f'data-href="/recipients/{person.pk}/?m=2026-10"' in html


def test_orders_by_name_with_yo_among_ye(clerk: Client, office: Office) -> None:
    named = [neighbour(office, name) for name in ("Яшина", "Елина", "Ёлкина", "Ельцова", "Абрамова")]
    assert keys(page(clerk)) == [named[place].pk for place in (4, 1, 2, 3, 0)]


def test_shows_a_district_its_own_people_only(clerk: Client, office: Office) -> None:
    own = [neighbour(office, "Берёзкина"), neighbour(office, "Орлова")]
    foreign = neighbour(make.office(), "Соколова")
    assert keys(page(clerk)) == [one.pk for one in own]
    assert keys(page(clerk, q="Соколова")) == []
    assert keys(page(clerk, q=foreign.person.snils)) == []


def test_shows_the_department_everyone_or_a_chosen_district(office: Office) -> None:
    other = make.office()
    here, there = neighbour(office, "Берёзкина"), neighbour(other, "Соколова")
    verifier = visitor("verifier")
    assert keys(page(verifier, r="all")) == [here.pk, there.pk]
    assert keys(page(verifier, r=other.code)) == [there.pk]
    assert "Искать по всей области" in page(verifier, r=other.code, q="Берёзкина")


@pytest.mark.parametrize("address", [ADDRESS, "/recipients/suggestions/?q=бер"])
def test_refuses_an_administrator_in_words(address: str, office: Office) -> None:
    neighbour(office, "Берёзкина")
    answer = visitor("administrator").get(address)
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "Этот раздел открывают" in html
    assert "Берёзкина" not in html


def test_opens_the_accruals_of_the_only_one_found(clerk: Client, office: Office) -> None:
    wanted, _ = neighbour(office, "Берёзкина"), neighbour(office, "Орлова")
    answer = clerk.get(ADDRESS, {"q": "берёзкина"})
    assert (answer.status_code, answer["Location"]) == (302, f"/recipients/{wanted.pk}/accruals/?m=2026-10")


def test_shows_the_only_one_nearly_so_instead_of_opening(clerk: Client, office: Office) -> None:
    wanted = neighbour(office, "Берёзкина")
    html = page(clerk, q="Бирёзкина")
    assert keys(html) == [wanted.pk]
    assert "Точно так никого не зовут" in html


def test_keeps_by_each_filter_those_it_names(clerk: Client, office: Office) -> None:
    plain, first_group, ended, new, unpaid, expiring = (
        neighbour(office, name, **given)
        for name, given in (
            ("Авдеева", {}),
            ("Бокова", {"category": "1"}),
            ("Власова", {}),
            ("Гусева", {}),
            ("Дунина", {}),
            ("Ершова", {}),
        )
    )
    everyone = [plain, first_group, ended, new, unpaid, expiring]
    make.channel(recipient=plain, kind="post")
    make.channel(recipient=first_group)
    home = settled(plain, street="ул. Полевая", house="1")
    account = make.account(dwelling=home)
    ProviderDistrict.objects.create(provider=account.provider, district=office.district, valid_from=LONG_AGO)
    make.ended(ended.entitlements.get(), MONTH)
    expiring.entitlements.update(certificate_valid_to=localdate() + dt.timedelta(days=29))
    unpaid.entitlements.update(certificate_valid_to=localdate() + dt.timedelta(days=31))
    known = [one for one in everyone if one is not new]
    accrued(office, dict.fromkeys(known, "10.00"), month=BEFORE, status="approved")
    accrued(office, dict.fromkeys([plain, first_group, new, expiring], "10.00") | {unpaid: "0.00"})
    expected = {
        "state=active": [one for one in everyone if one is not ended],
        "state=ended": [ended],
        "category=1": [first_group],
        "channel=post": [plain],
        f"provider={account.provider_id}": [plain],
        "new=1": [new],
        "unpaid=1": [unpaid],
        "expiring=1": [expiring],
        "returned=1": [],
        "state=active&category=2&new=1": [new],
    }
    found = {query: keys(clerk.get(f"{ADDRESS}?{query}").content.decode()) for query in expected}
    assert found == {query: [one.pk for one in people] for query, people in expected.items()}


def test_shows_nobody_by_a_filter_that_cannot_be_read(clerk: Client, office: Office) -> None:
    neighbour(office, "Берёзкина")
    html = page(clerk, category="'; --")
    assert keys(html) == []
    assert "Сбросить фильтры" in html


def test_counts_and_sums_the_whole_filtered_set_on_screen_and_in_the_sheet(clerk: Client, office: Office) -> None:
    people = [neighbour(office, f"Белова{number:03}", category="1" if number % 2 else "2") for number in range(60)]
    accrued(office, {one: f"{number}.15" for number, one in enumerate(people)}, month=BEFORE)
    accrued(office, {one: f"{number * 2}.50" for number, one in enumerate(people)})
    html = page(clerk, category="1")
    chosen = [number for number in range(60) if number % 2]
    total = sum((Decimal(f"{number * 2}.50") for number in chosen), Decimal(0))
    change = total - sum((Decimal(f"{number}.15") for number in chosen), Decimal(0))
    assert (total, change) == (Decimal("1815.00"), Decimal("910.50"))
    foot = html[html.index("<tfoot") : html.index("</tfoot>")]
    assert "Всего по фильтру: 30 получателей" in foot
    assert "1 815,00" in foot
    assert "+910,50" in foot
    assert "1 815,00" in page(clerk, category="1", per="25"), "the same whichever page is shown"
    rows = sheet(clerk, category="1", per="25")
    names = [row[0] for row in rows if str(row[0]).startswith("Белова")]
    assert len(names) == len(set(names)) == 30
    assert rows[-1][0] == "Всего строк: 30"
    assert [Decimal(str(value)) for value in rows[-1][3:5]] == [total, change]


def test_tells_in_the_sheet_what_was_filtered_when_and_by_whom(clerk: Client, office: Office) -> None:
    neighbour(office, "Берёзкина", category="1", case_number="0012", snils="11223344595")
    query = {"category": "1", "col": ["name", "case_number", "snils", "accrued"]}
    rows = sheet(clerk, **query)
    tops = [row[0] for row in rows[:6]]
    assert tops[0] == "Получатели"
    assert "Отбор: Категория: инвалид I группы" in tops
    assert f"Составлено: {localdate():%d.%m.%Y}" in tops
    assert any(str(line).startswith("Составил: Сотрудников") for line in tops)
    assert rows[7] == ["ФИО, дата рождения", "№ дела", "СНИЛС", "Октябрь, ₽"]
    assert rows[8] == ["Берёзкина Анна Петровна, 14.03.1951", "0012", "112-233-445 95", None]


def test_keeps_the_filter_when_columns_are_chosen(clerk: Client, office: Office) -> None:
    neighbour(office, "Берёзкина", case_number="К-77")
    html = page(clerk, category="2", col=["name", "case_number"])
    assert "К-77" in html
    assert '<th scope="col" class="">Адрес' not in html
    assert '<input type="hidden" name="category" value="2">' in html


def test_answers_htmx_with_the_list_alone_and_says_how_many(clerk: Client, office: Office) -> None:
    neighbour(office, "Берёзкина")
    answer = clerk.get(ADDRESS, {"category": "2"}, headers={"HX-Request": "true", "HX-Target": "list"})
    html = answer.content.decode().replace("\xa0", " ")
    assert "<html" not in html
    assert "Найдено: 1 получатель" in html
    restored = {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"}
    assert "<html" in clerk.get(ADDRESS, headers=restored).content.decode()


def test_asks_as_few_queries_for_many_people_as_for_one(
    clerk: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        settled(neighbour(office, f"Белова{number}"), street="ул. Полевая", house="1")
    queries = ("", "?q=белова", "?q=билова1", "?sort=-accrued", "?new=1&category=2&channel=bank", "?xlsx=1")
    for query in queries:
        with django_assert_max_num_queries(14):
            answer = clerk.get(f"{ADDRESS}{query}")
            assert b"".join(answer)


def test_suggests_a_few_people_with_year_address_and_district(clerk: Client, office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", birth_date=dt.date(1958, 5, 14))
    settled(wanted, street="ул. Полевая", house="12")
    for number in range(9):
        neighbour(office, f"Белова{number}")
    neighbour(make.office(), "Берёзкина")
    html = clerk.get("/recipients/suggestions/", {"q": "березк"}).content.decode()
    assert re.findall(r'data-href="([^"]+)"', html) == [f"/recipients/{wanted.pk}/accruals/?m=2026-10"]
    for told in ("Берёзкина Анна Петровна", "1958", "ул. Полевая, 12", str(office.district)):
        assert told in html
    many = clerk.get("/recipients/suggestions/", {"q": "бел"}).content.decode()
    assert many.count('role="option"') == 8
    assert "Показаны первые 8" in many
    assert clerk.get("/recipients/suggestions/", {"q": "б"}).content.decode().strip() == ""


def test_lists_everyone_even_before_a_month_is_opened(db: Any) -> None:
    office = make.office()
    person = neighbour(office, "Берёзкина")
    browser = browser_of(make.staff("intake", office=office))
    assert keys(page(browser)) == [person.pk]
    assert Recipient.objects.count() == 1


def test_compares_nobody_whose_district_has_not_calculated_the_month(clerk: Client, office: Office) -> None:
    one = neighbour(office, "Берёзкина")
    accrued(office, {one: "405.59"}, month=BEFORE)
    html = page(clerk)
    foot = html[html.index("<tfoot") : html.index("</tfoot>")]
    assert "405,59" not in html
    assert "−" not in foot
