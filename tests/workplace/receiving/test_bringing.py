"""Files are brought many at once; each is kept at once and becomes a job (3.9)."""

import io
import zipfile
from typing import Any

import pytest
from django.contrib.messages import get_messages

from exchange.layouts.acknowledgements import Received, confirmation
from exchange.models import ExchangeFile
from exchange.services import brought as limits
from exchange.services.layouts import layout_of
from offices import files
from offices.models import BillingMonth, Job, StoredFile
from tests import factories as make
from tests.exchange.answering import Desk, asked, desk
from tests.factories import AT, MONTH
from tests.workplace.receiving.bringing import ADDRESS, bring, clerk, right, rows, the_row, work
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def said(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def archive_of(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_keeps_the_bytes_and_asks_for_a_job_before_anything_is_read(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser, content = clerk(at_desk.office), right(request)
    answer = bring(browser, (request.name, content))
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    job = Job.objects.get(kind="receive_return")
    assert files.read(StoredFile.objects.get(pk=job.parameters["stored"])) == content
    assert (job.office, job.state) == (at_desk.office, "queued")
    assert not ExchangeFile.objects.filter(kind="return").exists()
    row = the_row(browser)
    assert (row.name, row.is_live, row.state_word) == (request.name, True, "в очереди")


def test_takes_several_files_of_a_form_without_script(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    answer = bring(browser, (request.name, right(request)), ("выгрузка.dbf", b"%PDF"), ("третий.dbf", b"x"))
    assert said(answer) == ["Принято к обработке файлов: 3."]
    assert len(work()) == 3
    assert [row.state_word for row in rows(browser)].count("не распознан") == 2


def test_shows_what_was_received_of_the_file(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    browser = clerk(at_desk.office)
    bring(browser, (request.name, right(request)))
    (job,) = work()
    row = the_row(browser)
    assert (row.rows, row.encoding, str(row.billed), row.state_word) == (2, "CP866", "923.200000", "принят")
    assert row.provider == request.provider.short_name
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    counted = {name: job.result[name] for name in ("outcome", "succeeded", "warnings", "errors")}
    assert counted == {"outcome": "received", "succeeded": 2, "warnings": 0, "errors": 0}
    assert StoredFile.objects.filter(name=request.name, sha256=files.sha256_of(right(request))).count() == 1


def test_tells_how_many_providers_have_answered(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    before = browser.get(ADDRESS).content.decode()
    assert "Получено <b>0 из 1</b> · не сдал: " + request.provider.short_name in before
    bring(browser, (request.name, right(request)))
    work()
    assert "Получено <b>1 из 1</b> · сдали все" in browser.get(ADDRESS).content.decode()


def test_asks_once_for_the_same_file_brought_twice_at_once(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser, content = clerk(at_desk.office), right(request)
    bring(browser, (request.name, content))
    bring(browser, (request.name, content))
    assert Job.objects.filter(kind="receive_return").count() == 1


def test_asks_again_for_the_same_bytes_under_another_name(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser, content = clerk(at_desk.office), right(request)
    bring(browser, ("выгрузка.dbf", content), (request.name, content))
    assert [job.result["outcome"] for job in work()] == ["refused", "received"]


def test_refuses_more_files_than_a_person_brings(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    answer = bring(browser, *((f"{number}.dbf", b"x") for number in range(limits.MOST_FILES + 1)))
    assert said(answer) == [
        "За один раз принимается не больше 60 файлов, а выбрано 61. Разделите их на части.",
    ]
    assert not Job.objects.exists()


def test_refuses_a_file_too_large_and_names_the_way_out(at_desk: Desk, settings: Any) -> None:
    request = asked(at_desk)
    settings.BROUGHT_FILE_LIMIT = 3 * 1024 * 1024
    browser = clerk(at_desk.office)
    answer = bring(browser, ("большой.dbf", bytes(3 * 1024 * 1024 + 1)), (request.name, right(request)))
    assert "«большой.dbf» больше 3 МБ — это предел для одного файла. Сожмите его в архив ZIP" in said(answer)[0]
    assert said(answer)[1] == "Принято к обработке файлов: 1."
    assert "до 3 МБ" in browser.get(ADDRESS).content.decode()


def test_takes_out_of_an_archive_what_is_larger_than_a_file_may_be(at_desk: Desk, settings: Any) -> None:
    request = asked(at_desk)
    settings.BROUGHT_FILE_LIMIT = len(right(request)) - 1
    bring(clerk(at_desk.office), ("ответы.zip", archive_of(request.name, right(request))))
    (job,) = work()
    assert job.result["outcome"] == "received"


def test_refuses_files_that_are_too_large_together(at_desk: Desk, settings: Any) -> None:
    settings.BROUGHT_FILE_LIMIT = 1024 * 1024
    browser = clerk(at_desk.office)
    answer = bring(browser, *((f"{number}.dbf", bytes(1024 * 1024)) for number in range(5)))
    assert "вместе больше 4 МБ: загрузите их в несколько приёмов" in said(answer)[0]
    assert not Job.objects.exists()


def test_reads_a_confirmation_of_the_request(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    made = confirmation(
        layout_of(request.layout),
        Received(request.name, MONTH, AT.date(), by="Орлова", rows=1, unmatched=("Ёлкина",)),
    )
    browser = clerk(at_desk.office)
    bring(browser, (made.name, made.text.encode("cp866")))
    work()
    row = the_row(browser)
    assert (row.state_kind, row.state_word, row.provider) == ("warn", "запрос подтверждён", str(request.provider))
    assert "строк получено 1, сопоставлено 0. Строк отправлено 2" in row.sentence
    request.refresh_from_db()
    assert request.status == "acknowledged"


def test_refuses_an_empty_file_and_an_empty_form(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    assert "«пусто.dbf» пустой" in said(bring(browser, ("пусто.dbf", b"")))[0]
    assert "Файлы не выбраны" in said(bring(browser))[-1]
    assert not Job.objects.exists()


def test_answers_a_script_with_what_was_taken(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    good = bring(browser, (request.name, right(request)), accept="application/json")
    assert (good.status_code, good.json()) == (200, {"taken": 1, "faults": []})
    bad = bring(browser, ("пусто.dbf", b""), accept="application/json")
    assert (bad.status_code, bad.json()["taken"]) == (422, 0)
    assert "пустой" in bad.json()["faults"][0]


def test_takes_nothing_for_a_closed_month(at_desk: Desk) -> None:
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    browser = clerk(at_desk.office)
    shown = browser.get(ADDRESS).content.decode()
    assert "Месяц закрыт" in shown
    assert 'type="file"' not in shown
    assert "не открыт" in said(bring(browser, ("файл.dbf", b"x")))[0]
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["calculation", "checking", "head", "intake"])
def test_lets_other_specialists_look_and_not_bring(at_desk: Desk, role: str) -> None:
    browser = clerk(at_desk.office, role)
    assert 'type="file"' not in browser.get(ADDRESS).content.decode()
    answer = bring(browser, ("файл.dbf", b"x"))
    assert answer.status_code == 403
    assert "принимает специалист по обмену" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "accountant", "legal"])
def test_explains_to_others_whose_page_it_is(at_desk: Desk, role: str) -> None:
    answer = visitor(role, office=make.unit()).get(ADDRESS)
    assert answer.status_code == 403
    assert "Этот раздел открывают" in answer.content.decode()


def test_sees_the_own_district_only(at_desk: Desk) -> None:
    request = asked(at_desk)
    bring(clerk(at_desk.office), (request.name, right(request)))
    work()
    neighbor = desk("66204")
    browser = clerk(neighbor.office)
    assert rows(browser) == ()
    assert browser.get(f"{ADDRESS}&r={at_desk.office.code}").status_code == 404
