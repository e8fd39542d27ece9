"""The way in and out."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from offices.models import Role, RoleGrant
from tests import factories as make
from tests.workplace.visiting import PASSWORD, visitor

pytestmark = pytest.mark.django_db


def enter(client: Client, username: str, password: str, **extra: str):
    return client.post(reverse("login"), {"username": username, "password": password, **extra})


@pytest.fixture
def username() -> str:
    staff = make.staff(Role.INTAKE)
    staff.set_password(PASSWORD)
    staff.save(update_fields=["password"])
    return staff.username


def test_lets_in_by_name_and_password(username: str) -> None:
    client = Client()
    answer = enter(client, username, PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Сотрудников" in client.get("/").content.decode()


def test_says_what_to_check_when_the_password_is_wrong_and_keeps_the_name(username: str) -> None:
    page = enter(Client(), username, "wrong").content.decode()
    assert "Имя или пароль не подошли" in page
    assert f'value="{username}"' in page
    assert "wrong" not in page


def test_lets_nobody_in_whose_account_is_closed(username: str) -> None:
    from offices.models import Staff

    Staff.objects.filter(username=username).update(is_active=False)
    client = Client()
    assert "не подошли" in enter(client, username, PASSWORD).content.decode()
    assert client.get("/").status_code == 302


def test_asks_a_stranger_to_sign_in_and_leads_back() -> None:
    asked = Client().get("/board/balance/?m=2026-10")
    assert (asked.status_code, asked.url) == (302, "/login/?next=/board/balance/%3Fm%3D2026-10")
    assert "Чтобы открыть страницу, войдите." in Client().get(asked.url).content.decode()


def test_leads_back_to_the_page_asked_for(username: str) -> None:
    assert enter(Client(), username, PASSWORD, next="/documents/1/").url == "/documents/1/"


def test_leads_to_no_other_site(username: str) -> None:
    assert enter(Client(), username, PASSWORD, next="https://example.org/").url == "/"


def test_leads_whoever_is_signed_in_past_the_login_page() -> None:
    assert visitor(Role.INTAKE).get(reverse("login")).status_code == 302


def test_signs_out_by_a_button_only() -> None:
    client = visitor(Role.INTAKE)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).url == "/login/"
    assert client.get("/").status_code == 302


def test_takes_no_form_from_another_site(username: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = enter(strict, username, PASSWORD)
    assert answer.status_code == 403
    assert strict.get("/").status_code == 302


def test_sees_nothing_after_the_role_has_ended() -> None:
    staff = make.staff(Role.VERIFIER)
    RoleGrant.objects.filter(staff=staff).update(valid_to=dt.date(2020, 2, 1))
    client = Client()
    client.force_login(staff)
    assert "ни одна роль" in client.get("/").content.decode()
