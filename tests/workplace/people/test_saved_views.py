"""Views of a list are kept, shown and thrown away by whom they belong to."""

from typing import Any

import pytest
from django.test import Client

from offices.lists.saved import MOST
from offices.models import Office, SavedView, Staff
from tests import factories as make
from tests.factories import MONTH
from tests.workplace.people.neighbours import neighbour
from tests.workplace.visiting import browser_of, visitor

ADDRESS = "/lists/views/"


@pytest.fixture
def clerk(db: Any) -> Staff:
    make.open_month(MONTH)
    return make.staff("calculation", office=make.office())


def save(browser: Client, name: str, query: str = "category=1", **given: str) -> Any:
    return browser.post(
        ADDRESS, {"page": "recipients", "name": name, "query": query, "next": "/recipients/?m=2026-10", **given}
    )


def test_keeps_filters_order_and_columns_but_neither_month_nor_page(clerk: Staff) -> None:
    browser = browser_of(clerk)
    answer = save(browser, "  Мои   первые ", "m=2026-10&category=1&sort=-accrued&col=name&after=7&r=all&q=Ёж+и")
    kept = SavedView.objects.get()
    assert (kept.staff, kept.name) == (clerk, "Мои первые")
    assert kept.query == "category=1&sort=-accrued&col=name&q=%D0%81%D0%B6+%D0%B8"
    assert answer["Location"] == f"/recipients/?m=2026-10&{kept.query}"
    shown = browser.get(answer["Location"]).content.decode()
    assert "Мои первые" in shown
    assert f"{ADDRESS}{kept.pk}/delete/" in shown


def test_writes_over_a_view_of_the_same_name(clerk: Staff) -> None:
    browser = browser_of(clerk)
    save(browser, "Мои", "category=1")
    save(browser, "Мои", "category=2")
    assert [view.query for view in SavedView.objects.all()] == ["category=2"]


def test_shows_nobody_the_views_of_another(clerk: Staff) -> None:
    save(browser_of(clerk), "Только мои")
    neighbour(clerk.office, "Берёзкина")
    colleague = browser_of(make.staff("calculation", office=clerk.office))
    assert "Только мои" not in colleague.get("/recipients/").content.decode()
    kept = SavedView.objects.get()
    assert colleague.post(f"{ADDRESS}{kept.pk}/delete/", {"next": "/recipients/"}).status_code == 404
    assert SavedView.objects.count() == 1


def test_throws_a_view_away_by_post_only(clerk: Staff) -> None:
    browser = browser_of(clerk)
    save(browser, "Мои")
    address = f"{ADDRESS}{SavedView.objects.get().pk}/delete/"
    assert browser.get(address).status_code == 405
    assert browser.post(address, {"next": "/recipients/?m=2026-10"})["Location"] == "/recipients/?m=2026-10"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "и" * 61])
def test_refuses_a_view_without_a_fitting_name_and_says_why(name: str, clerk: Staff) -> None:
    browser = browser_of(clerk)
    answer = save(browser, name)
    assert answer["Location"] == "/recipients/?m=2026-10"
    assert "Назовите вид" in browser.get("/recipients/").content.decode()
    assert not SavedView.objects.exists()


def test_refuses_more_views_than_fit_on_a_page(clerk: Staff) -> None:
    SavedView.objects.bulk_create(
        SavedView(staff=clerk, page="recipients", name=f"Вид {number}", query="") for number in range(MOST)
    )
    browser = browser_of(clerk)
    save(browser, "Ещё один")
    assert "удалите ненужный" in browser.get("/recipients/").content.decode()
    assert SavedView.objects.count() == MOST


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "", "recipients/"])
def test_never_leads_to_another_site(address: str, clerk: Staff) -> None:
    assert save(browser_of(clerk), "Мои", next=address).status_code == 404
    assert not SavedView.objects.exists()


def test_refuses_an_administrator(db: Any) -> None:
    assert save(visitor("administrator"), "Мои").status_code == 403
    assert not SavedView.objects.exists()


def test_marks_the_view_that_is_shown(clerk: Staff) -> None:
    office: Office = clerk.office
    neighbour(office, "Берёзкина")
    html = browser_of(clerk).get("/recipients/?new=1").content.decode()
    here = html.split('aria-current="true">')[1:]
    assert any(part.startswith("Новые</a>") for part in here)
    assert not any(part.startswith("Все</a>") for part in here)
