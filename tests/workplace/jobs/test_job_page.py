"""A long action has a page of its own: how far it is, how long still, what came out of it."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from offices.models import Job
from offices.telling import teller
from tests import factories as make
from tests.workplace.jobs.working import SECOND, job, running
from tests.workplace.visiting import browser_of, visitor
from workplace.selectors.jobs import shown_job
from workplace.wording_of_jobs import WORDINGS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october() -> None:
    make.open_month()


def told(row: Job) -> str:
    return shown_job(row, now=timezone.now()).sentence


def page_of(row: Job, **query: str) -> str:
    answer = browser_of(row.requested_by).get(f"/jobs/{row.pk}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_tells_how_much_is_done_and_how_long_it_still_takes() -> None:
    row = running(812, 1248, seconds=12, kind="verify_return")
    assert told(row) == "Проверено 812 из 1\xa0248 строк, осталось около 6 секунд"


@pytest.mark.parametrize(
    ("done", "seconds", "left"),
    [
        pytest.param(600, 10, "около 10 секунд", id="seconds"),
        pytest.param(100, 60, "около 11 минут", id="minutes"),
        pytest.param(10, 600, "около 20 часов", id="hours"),
        pytest.param(1199, 60, "меньше секунды", id="almost done"),
    ],
)
def test_measures_the_rest_by_its_own_speed(done: int, seconds: int, left: str) -> None:
    assert told(running(done, 1200, seconds=seconds)).endswith(f"осталось {left}")


def test_promises_nothing_before_a_first_part_is_done() -> None:
    assert "станет видно через секунду-две" in told(running(0, 1200))


def test_measures_anew_after_another_worker_took_it() -> None:
    row = running(600, 1200, seconds=10, done_when_taken=500)
    assert told(row).endswith("осталось около 1 минуты")


def test_shows_what_a_long_step_tells_of_itself_before_it_is_done() -> None:
    now = timezone.now()
    row = running(0, 1000, kind="verify_return", taken_at=now - 11 * SECOND, progressed_at=now - 10 * SECOND)
    teller(row)(500)
    shown = shown_job(row, now=now)
    assert (shown.done, shown.percent) == (500, 50)
    assert shown.sentence == "Проверено 500 из 1\xa0000 строк, осталось около 10 секунд"


def test_forgets_what_a_lost_worker_told() -> None:
    row = running(0, 1000)
    teller(row)(500)
    Job.objects.filter(pk=row.pk).update(attempts=row.attempts + 1)
    row.refresh_from_db()
    assert shown_job(row, now=timezone.now()).done == 0


def test_tells_nothing_where_the_cache_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_given: object, **_named: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(cache, "set", down)
    monkeypatch.setattr(cache, "get_many", down)
    row = running(3, 1000)
    teller(row)(500)
    assert shown_job(row, now=timezone.now()).done == 3


def test_takes_off_what_a_part_under_way_has_taken() -> None:
    now = timezone.now()
    row = running(500, 1000, seconds=20, taken_at=now - 20 * SECOND, progressed_at=now - 10 * SECOND)
    assert told(row).endswith("осталось меньше секунды")


def test_says_what_becomes_of_a_job_whose_worker_is_lost() -> None:
    assert "продолжит с того же места" in told(running(5, 10, lease_until=timezone.now() - SECOND))


def test_says_that_a_job_waits_longer_than_usual() -> None:
    assert "обычно это несколько секунд" in told(job())
    assert "дольше обычного" in told(job(requested_at=timezone.now() - 600 * SECOND))


def test_asks_for_itself_every_second_while_it_runs() -> None:
    row = running(812, 1248)
    shown = page_of(row)
    assert f'hx-get="/jobs/{row.pk}/progress/?said=60" hx-trigger="every 1s"' in shown
    assert re.search(r'<progress value="65" max="100" aria-label="Расчёт района" aria-valuetext="Рассчитано', shown)
    assert "Можно уйти со страницы" in shown


def test_has_a_bar_without_an_end_while_the_whole_is_unknown() -> None:
    assert re.search(r'<progress max="100"', page_of(job("running")))


def test_speaks_only_when_another_tenth_is_done() -> None:
    row = running(812, 1248)
    browser = browser_of(row.requested_by)
    silent = browser.get(f"/jobs/{row.pk}/progress/?said=60", headers={"HX-Request": "true"}).content.decode()
    speaking = browser.get(f"/jobs/{row.pk}/progress/?said=50", headers={"HX-Request": "true"}).content.decode()
    assert "hx-swap-oob" not in silent
    assert f'<div id="job-{row.pk}-live" hx-swap-oob="innerHTML">Расчёт района: сделано 60 %</div>' in speaking


def test_stops_asking_and_counts_what_came_out() -> None:
    row = job("done", kind="verify_return", result={"succeeded": 1187, "warnings": 38, "errors": 23, "file": 5})
    shown = page_of(row)
    assert "hx-trigger" not in shown.partition("<main")[2]
    assert "Готово. Успешно: 1\xa0187. Предупреждений: 38. Ошибок: 23" in shown
    assert f'href="/exchange/files/5/check/?m=2026-10&amp;r={row.office.code}"' in shown


def test_shows_why_it_stopped_and_what_to_do() -> None:
    shown = page_of(job("failed", error="Месяц 10.2026 не открыт."))
    assert "Месяц 10.2026 не открыт." in shown
    assert "запустите работу снова" in shown


def test_names_its_number_for_the_administrator_after_repeated_faults() -> None:
    row = job("quarantined", error="Работа несколько раз прервалась без продвижения.")
    shown = page_of(row)
    assert "остановлено после повторных сбоев" in shown
    assert f"номер работы: {row.pk}" in shown


def test_names_who_asked_for_it_in_a_title_of_words() -> None:
    row = job("done", result={"recipients": 285, "lines": 1204, "total": "1.00"})
    shown = page_of(row)
    assert row.requested_by.full_name in shown
    assert "Успешно: 285" in shown
    assert "calculate_run" not in shown


@pytest.mark.parametrize("kind", sorted(WORDINGS))
def test_leads_to_what_each_kind_is_about(kind: str) -> None:
    row = job("done", kind=kind, result={"file": 7, "succeeded": 1})
    shown = shown_job(row, now=timezone.now())
    assert shown.link is not None
    assert reverse(shown.link.route, args=[shown.link.pk] if shown.link.pk else []).startswith("/")
    assert (
        f'<a class="btn-a" href="{reverse(shown.link.route, args=[shown.link.pk] if shown.link.pk else [])}?'
        in page_of(row)
    )
    assert shown.title[0].isupper()


def test_hides_a_job_of_a_foreign_district() -> None:
    row = running(1, 2)
    neighbor = visitor("head", office=make.office())
    assert neighbor.get(f"/jobs/{row.pk}/").status_code == 404
    assert neighbor.get(f"/jobs/{row.pk}/progress/").status_code == 404


def test_hides_a_job_of_the_whole_region_from_a_district() -> None:
    row = job(kind="build_lists", office=None, by=make.staff("payments", office=make.unit()))
    Job.objects.filter(pk=row.pk).update(office=None)
    assert visitor("head").get(f"/jobs/{row.pk}/").status_code == 404
    assert browser_of(row.requested_by).get(f"/jobs/{row.pk}/").status_code == 200


def test_shows_a_colleagues_job_to_the_same_district() -> None:
    row = running(1, 2)
    assert visitor("intake", office=row.office).get(f"/jobs/{row.pk}/").status_code == 200


def test_asks_who_one_is_first() -> None:
    from django.test import Client

    assert Client().get(f"/jobs/{running(1, 2).pk}/").status_code == 302
