"""What went wrong is said in words, and leads on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import Page, expect

from offices.models import StoredFile
from tests.browser.conftest import Visit
from tests.browser.installation import Installation
from workplace.seeding.employees import PASSWORD

ENGLISH = re.compile(r"\b(?:error|not found|forbidden|server|page|sorry)\b", re.IGNORECASE)


def says(page: Page, sentence: str) -> None:
    expect(page.locator("h1")).to_contain_text(sentence)
    assert not ENGLISH.search(page.inner_text("body"))
    expect(page.get_by_role("link", name="На главную")).to_be_visible()


def test_takes_whose_session_ended_back_to_where_they_were(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/runs/", wait_until="networkidle")
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    Session.objects.get(session_key=key).delete()
    page.goto("/exchange/checks/")
    expect(page).to_have_url(re.compile("/login/"))
    page.fill("[name=username]", "smolensk-raschet")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/exchange/checks/"))


def test_says_whose_a_forbidden_section_is(visit: Visit) -> None:
    page = visit("vyplata")
    answer = page.goto("/runs/")
    assert answer is not None
    assert answer.status == 403
    says(page, "не разрешено")
    expect(page.locator("main")).to_contain_text("специалист по расчёту")


def test_says_that_a_page_is_not_there(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    answer = page.goto("/recipients/999999999/")
    assert answer is not None
    assert answer.status == 404
    says(page, "нет")


def test_says_that_a_month_is_not_there(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    answer = page.goto("/?m=2031-01")
    assert answer is not None
    assert answer.status == 404
    says(page, "нет")


def test_says_that_a_document_is_damaged(visit: Visit, installation: Installation) -> None:
    page = visit("rukovoditel")
    file = StoredFile.objects.filter(media_type="application/pdf", name__startswith="protocol").order_by("pk")[0]
    place = installation.files / file.sha256[:2] / file.sha256
    kept = place.read_bytes()
    place.unlink()  # the disk has lost a document
    try:
        answer = page.goto(f"/documents/{file.pk}/")
    finally:
        place.write_bytes(kept)
    assert answer is not None
    assert answer.status == 409
    expect(page.locator("h1")).to_contain_text("нельзя")
    expect(page.locator("main")).to_contain_text("повреждён")
    assert file.sha256 not in page.content()


def test_says_that_something_failed_without_a_word_of_the_inside(visit: Visit) -> None:
    page = visit("rukovoditel")
    with broken_table("offices_job"):
        answer = page.goto("/jobs/")
    assert answer is not None
    assert answer.status == 500
    says(page, "Не получилось")
    assert "offices_job" not in page.content()


@contextmanager
def broken_table(name: str) -> Iterator[None]:
    """Take a table away from the web server for a moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} RENAME TO {name}_away")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {name}_away RENAME TO {name}")


def test_keeps_what_was_typed_when_the_server_is_away(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/", wait_until="networkidle")
    page.context.set_offline(True)
    visit.forgives = ["консоль: htmx:"]
    page.evaluate("() => htmx.ajax('GET', '/jobs/running/', { target: '#messages' }).catch(() => {})")
    expect(page.locator("#messages")).to_contain_text("Нет связи с сервером")
    page.context.set_offline(False)
