"""What every page tells the browser."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from offices.models import Role
from tests import factories as make
from tests.workplace.visiting import PASSWORD, visitor

pytestmark = pytest.mark.django_db
POLICY = "Content-Security-Policy"
PAGES = ["/", "/login/", "/admin/", "/admin/offices/bank/", "/nothing/", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_frames_sniffs_and_tells_addresses_to_nobody(path: str) -> None:
    answer = visitor(Role.ADMINISTRATOR).get(path)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_lets_the_browser_run_and_load_only_what_is_ours(path: str) -> None:
    policy = dict(rule.strip().split(" ", 1) for rule in visitor(Role.ADMINISTRATOR).get(path)[POLICY].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[kind] for kind in ("script-src", "style-src", "font-src", "connect-src", "form-action")} == {
        "'self'"
    }
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"


@pytest.mark.parametrize("path", PAGES[:-1])
def test_asks_no_other_site(path: str) -> None:
    make.open_month()
    page = visitor(Role.ADMINISTRATOR).get(path).content.decode()
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
    assert "@import" not in page


@pytest.mark.parametrize("path", ["/", "/login/", "/nothing/", "/design/"])
def test_runs_no_inline_code(path: str) -> None:
    page = visitor(Role.VERIFIER).get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert set(re.findall(r"<script[^>]*>[^<]*", page)) == set(
        re.findall(r'<script src="/static/[^"]+"[^>]*>(?=</script>)', page)
    )


def test_keeps_cookies_from_scripts_and_other_sites() -> None:
    client = Client()
    client.get("/login/")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    staff = make.staff(Role.INTAKE)
    staff.set_password(PASSWORD)
    staff.save(update_fields=["password"])
    client.post("/login/", {"username": staff.username, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", "")


def test_keeps_pages_with_people_out_of_caches() -> None:
    assert "no-store" in visitor(Role.VERIFIER).get("/")["Cache-Control"]


def test_has_a_mark_of_its_own_for_the_tab() -> None:
    answer = Client().get("/favicon.ico")
    assert answer.url == "/static/img/favicon.svg"
    assert finders.find("img/favicon.svg")


def test_finds_every_file_its_styles_name() -> None:
    for sheet in ("css/app.css", "css/administration.css"):
        named = re.findall(r'url\("?([^")]+)"?\)', Path(finders.find(sheet)).read_text())
        for name in named:
            assert not name.startswith(("http", "//")), name
            assert name.startswith("data:") or finders.find(f"css/{name}".replace("css/../", "")), name
