"""Every file's row says in words what became of it and what to do next (3.9)."""

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import ExchangeFile
from exchange.refused_files import ADVICE, letter_for
from offices.jobs import MOST_ATTEMPTS
from offices.models import Job, Role
from tests.exchange.answering import Desk, answer, ask, asked, billed, billed_household, desk, filled, provider
from tests.workplace.receiving.bringing import (
    ADDRESS,
    bring,
    clerk,
    right,
    rows,
    specialist,
    taken,
    the_row,
    work,
)
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


@pytest.mark.parametrize(
    ("name", "change", "word"),
    [
        pytest.param("{name}", lambda content: content[:-40], "обрезан", id="cut off"),
        pytest.param("{name}", lambda content: b"PK\x03\x04" + bytes(100), "архив не открыт", id="a broken archive"),
        pytest.param("{name}", lambda content: b"%PDF-1.7" + bytes(100), "не DBF", id="a document"),
        pytest.param("2026", lambda content: content, "не распознан", id="a name that says nothing"),
        pytest.param("{september}", lambda content: content, "за другой месяц", id="another month"),
        pytest.param("{district}", lambda content: content, "чужой район", id="another district"),
        pytest.param("{provider}", lambda content: content, "другой поставщик", id="another provider"),
    ],
)
def test_names_why_a_file_was_not_taken(at_desk: Desk, name: str, change, word: str) -> None:
    request = asked(at_desk)
    names = {
        "{name}": request.name,
        "{september}": request.name.replace("202610", "202609"),
        "{district}": request.name.replace("03_", "04_"),
        "{provider}": request.name[:3] + "99999" + request.name[8:],
    }
    browser = clerk(at_desk.office, Role.HEAD)
    bring(clerk(at_desk.office), (names.get(name, "выгрузка.dbf"), change(right(request))))
    work()
    row = the_row(browser)
    assert (row.state_kind, row.state_word, row.step) == ("error", word, "advice")
    assert row.sentence.endswith(".")
    assert "Что делать" in browser.get(ADDRESS).content.decode()


def test_says_when_the_same_file_was_taken_before(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser, content = clerk(at_desk.office), right(request)
    first = taken(at_desk, browser, request)
    bring(browser, ("копия.dbf", content))
    bring(browser, (request.name, content))
    work()
    newest, kept = rows(browser)
    assert (newest.state_word, newest.file_id) == ("уже принят", first.pk)
    assert newest.sentence.startswith("Тот же файл уже загружен ")
    assert "Второй раз он не загружается." in newest.sentence
    assert kept.state_word == "принят"


def test_tells_a_new_version_from_the_same_rows(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser, content = clerk(at_desk.office), right(request)
    taken(at_desk, browser, request)
    bring(browser, (request.name, content[:1] + b"\x7e\x01\x02" + content[4:]))
    bring(browser, (request.name, filled(request, [ReturnedRow(answer(billed("10", "11")), row_no=1)])))
    work()
    words = {row.state_word for row in rows(browser)}
    assert words == {"принят", "те же строки", "заменён"}


def test_quiets_a_refusal_after_which_a_good_file_came(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    bring(browser, (request.name, right(request)[:-40]))
    work()
    taken(at_desk, browser, request)
    refused = rows(browser)[1]
    assert (refused.state_kind, refused.step) == ("idle", "")
    assert refused.sentence.endswith("Принят другой файл этого поставщика.")


def test_takes_an_unrecognised_file_as_the_answer_of_the_provider_chosen(at_desk: Desk) -> None:
    request = asked(at_desk)
    by = specialist(at_desk.office)
    browser = browser_of(by)
    bring(browser, ("выгрузка.dbf", right(request)))
    work()
    row = the_row(browser)
    assert row.step == "choose"
    assert (
        f'<option value="{request.pk}">{request.provider.short_name}</option>' in browser.get(ADDRESS).content.decode()
    )
    answered = browser.post(f"/exchange/files/{row.file_id}/provider/?m=2026-10", {"request": request.pk})
    assert answered.status_code == 302
    work()
    file = ExchangeFile.objects.get(kind="return", status="received")
    assert (file.request, file.name, file.by) == (request, "выгрузка.dbf", by)
    assert [one.state_kind for one in rows(browser)] == ["run", "idle"]


def test_checks_a_chosen_provider_by_the_accounts_all_the_same(at_desk: Desk) -> None:
    first, second = provider(at_desk.office), provider(at_desk.office)
    for _ in range(3):
        billed_household(at_desk.office, first, second)
    ours, theirs = ask(at_desk.office)
    browser = clerk(at_desk.office)
    bring(browser, ("выгрузка.dbf", right(theirs)))
    work()
    browser.post(f"/exchange/files/{the_row(browser).file_id}/provider/", {"request": ours.pk})
    work()
    assert not ExchangeFile.objects.filter(kind="return", status="received").exists()
    assert "другой поставщик" in {row.state_word for row in rows(browser)}


@pytest.mark.parametrize("chosen", ["", "не число", "999999"])
def test_refuses_a_choice_that_is_no_request_of_the_month(at_desk: Desk, chosen: str) -> None:
    browser = clerk(at_desk.office)
    bring(browser, ("выгрузка.dbf", right(asked(at_desk))))
    work()
    browser.post(f"/exchange/files/{the_row(browser).file_id}/provider/", {"request": chosen})
    assert not Job.objects.unfinished().exists()


def test_refuses_to_choose_a_provider_for_a_file_that_is_taken(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    file = taken(at_desk, browser, request)
    browser.post(f"/exchange/files/{file.pk}/provider/", {"request": request.pk})
    assert not Job.objects.unfinished().exists()


def test_asks_the_checker_to_check_and_nobody_else(at_desk: Desk) -> None:
    by = specialist(at_desk.office)
    taken(at_desk, browser_of(by), asked(at_desk))
    assert the_row(clerk(at_desk.office, Role.CHECKING)).step == "verify"
    assert the_row(clerk(at_desk.office, Role.CALCULATION)).step == ""
    by.grants.create(role=Role.CHECKING, order="№ 2", valid_from="2020-01-01")
    own = the_row(browser_of(by))
    assert (own.step, own.sentence) == ("", "Вы приняли этот файл, поэтому проверить его должен другой сотрудник.")


def test_shows_a_stopped_job_with_its_reason(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    bring(browser, ("файл.dbf", b"x"))
    Job.objects.update(
        state="quarantined", attempts=MOST_ATTEMPTS, error="Работа прервалась.", finished_at="2026-11-02T09:00Z"
    )
    row = the_row(browser)
    assert (row.state_kind, row.sentence, row.is_live) == ("error", "Работа прервалась.", False)
    assert "Подробнее" in browser.get(ADDRESS).content.decode()


def test_asks_for_its_rows_again_only_while_a_file_is_on_its_way(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    bring(browser, (asked(at_desk).name, b"x"))
    assert 'hx-trigger="every 1s, brought from:body"' in browser.get(ADDRESS).content.decode()
    work()
    fragment = browser.get("/exchange/receiving/files/?m=2026-10", headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in fragment
    assert 'id="receiving-summary" hx-swap-oob="true"' in fragment


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_gives_each_refusal_a_word_and_advice_in_sentences(code: str) -> None:
    advice = ADVICE[code]
    assert advice.word
    assert advice.advice[0].isupper()
    assert advice.advice.endswith(".")
    assert not advice.asks.endswith(".")


def test_writes_to_the_provider_what_was_wrong_and_what_is_asked_for(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(right(request)[:-40], request.name)
    letter = letter_for(file)
    assert letter.startswith(f"Файл «{request.name}», полученный 15.10.2026, с начислениями за октябрь 2026 не принят.")
    assert file.refusal_text in letter
    assert "Просим сформировать файл заново" in letter
