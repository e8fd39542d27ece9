"""What goes wrong is said in plain Russian, also without a database and whatever the static files are called."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path
from django.views import defaults

from offices.models import Role
from tests.workplace.visiting import visitor
from workplace.views import faults

ENGLISH = re.compile(r"\b(page|not found|forbidden|server error|bad request|CSRF)\b", re.IGNORECASE)


def fails(request: HttpRequest) -> None:
    raise RuntimeError("secret of the house")


urlpatterns = [path("fails/", fails)]


def shown(answer) -> str:
    page = answer.content.decode()
    words = re.sub(r"<[^>]*>", " ", page)
    assert not ENGLISH.search(words)
    assert 'lang="ru"' in page
    for link in re.findall(r'href="/static/([^"]+)"', page):
        assert finders.find(link), link
    return words


@pytest.fixture(autouse=True)
def hashed_names_without_a_manifest(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static_files.GzippedStaticFiles"},
    }


def test_says_that_a_page_is_not_there_without_asking_the_database(django_db_blocker) -> None:
    with django_db_blocker.block():
        answer = Client().get("/nothing/here/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in shown(answer)


def test_says_that_something_failed_without_asking_the_database(settings, django_db_blocker) -> None:
    settings.ROOT_URLCONF = __name__
    with django_db_blocker.block():
        answer = Client(raise_request_exception=False).get("/fails/")
    assert answer.status_code == 500
    words = shown(answer)
    assert "Не получилось" in words
    assert "secret" not in words


def test_says_that_something_failed_when_the_database_does_not_answer(django_db_blocker) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    with django_db_blocker.block():
        answer = client.get("/")
    assert answer.status_code == 500
    assert "Не получилось" in shown(answer)


def test_says_that_a_request_was_not_understood() -> None:
    answer = defaults.bad_request(RequestFactory().get("/"), SuspiciousOperation("odd"))
    assert answer.status_code == 400
    assert "Запрос не понят" in shown(answer)


def test_says_that_a_form_is_too_old() -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Страница устарела" in shown(answer)
    assert answer.resolver_match.func is not faults.page_expired


@pytest.mark.django_db
def test_says_that_an_action_is_not_allowed() -> None:
    answer = visitor(Role.INTAKE).get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "Это действие вам не разрешено" in shown(answer)
