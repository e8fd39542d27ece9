"""The department's pages of files that a provider exchanges once for the whole region."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.models import ExchangeFile, ProviderFileScope, RegionFile
from offices import jobs
from offices.models import Job, Office, Role
from tests import factories as make
from tests.exchange import region_stored
from tests.exchange.region_asking import filled, region, right_rows
from tests.exchange.test_region_returns import stranger
from tests.workplace.receiving.bringing import brought
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
MONTH = "?m=2026-10"


def address(name: str, *args: object) -> str:
    return reverse(name, args=args) + MONTH


def text_of(browser: Client, name: str, *args: object) -> str:
    answer = browser.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def bring(browser: Client, whole: RegionFile, content: bytes, **given: str) -> Job:
    given = {"control_rows": "", "control_roubles": "", "request": ""} | given
    answer = browser.post(address("region-files"), {"file": brought(whole.name, content), **given})
    assert answer.status_code == 302
    job = Job.objects.filter(kind="receive_region").latest("pk")
    return jobs.run_here(job)


def test_leads_from_the_ready_districts_to_the_divided_answer() -> None:
    at = region(asking=2)
    browser = browser_of(at.clerk)
    late = at.desks[2].office
    page = text_of(browser, "region-files")
    assert "не все районы готовы" in page
    assert late.district.name in page
    plan = text_of(browser, "region-file-send", at.provider.pk)
    assert f'value="{late.code}" required' in plan
    answer = browser.post(address("region-file-send", at.provider.pk), {"without": [late.code]})
    whole = RegionFile.objects.get(kind="request")
    assert answer.url.startswith(f"{reverse('region-file', args=[whole.pk])}?m=2026-10")
    browser.post(address("region-file", whole.pk), {"who": "Группа приёма"})
    assert "Группа приёма" in text_of(browser, "region-file", whole.pk)
    job = bring(browser, whole, filled(whole, [*right_rows(whole), stranger()]), control_rows="5")
    assert (job.state, job.result["succeeded"], job.result["errors"]) == ("done", 4, 1)
    page = text_of(browser, "region-file", job.result["file"])
    assert "в районах 4, без района 1" in page
    assert "Чужаков Пров" in page
    assert "есть строки без района" in text_of(browser, "region-files")
    assert "Сводный запрос" in text_of(browser, "region-files")


def test_tells_why_an_answer_was_not_taken() -> None:
    at = region()
    browser = browser_of(at.clerk)
    whole = at.send()
    job = bring(browser, whole, filled(whole, right_rows(whole)), control_rows="7")
    assert job.result["outcome"] == "refused"
    assert "7" in job.result["sentence"]
    assert job.result["sentence"] in text_of(browser, "region-files")
    assert job.result["advice"] in text_of(browser, "region-file", job.result["file"])


def test_says_where_a_district_row_stands_in_the_whole_file() -> None:
    at = region()
    whole = at.send()
    rows = right_rows(whole)
    at.receive(filled(whole, [rows[place] for place in (4, 0, 2, 5, 1, 3)]), whole.name)
    (part,) = [one for one in at.parts() if one.office == at.desks[2].office]
    page = text_of(visitor(Role.EXCHANGE, office=part.office), "exchange-file", part.pk)
    assert f"часть сводного файла «{whole.name}»" in page
    assert "в сводном 4" in page


def test_shows_a_district_nothing_of_the_whole_file() -> None:
    at = region()
    whole = at.send()
    got = at.receive(filled(whole, right_rows(whole)), whole.name)
    browser = visitor(Role.EXCHANGE, office=at.desks[0].office)
    for name, args in (("region-files", ()), ("region-file", (got.pk,)), ("region-file-send", (at.provider.pk,))):
        assert browser.get(address(name, *args)).status_code == 403
    assert browser.get(reverse("document", args=[got.file_id])).status_code == 404
    foreign = ExchangeFile.objects.filter(kind="return").exclude(office=at.desks[0].office).first()
    assert foreign is not None
    assert browser.get(address("exchange-file", foreign.pk)).status_code == 404
    assert browser_of(at.clerk).get(reverse("document", args=[got.file_id])).status_code == 200


def test_asks_the_database_as_often_for_many_providers_as_for_one() -> None:
    at = region(people=1)
    browser = browser_of(at.clerk)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            region_stored.scope()
        browser.get(address("region-files"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address("region-files"))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 15


def test_puts_a_setting_into_use_with_a_second_person() -> None:
    provider = make.provider(is_regional=True)
    office = make.office()
    make.open_month()
    make.agreement(provider=provider, office=office)
    make.unit(Office.Kind.PAYMENTS)
    author, second = (make.staff(Role.RECEPTION, office=None) for _ in range(2))
    given = {"is_one_file": "1", "valid_from": "2026-11", "basis": "письмо № 4 от 01.10.2026"}
    assert "Файл на каждый район" in text_of(browser_of(author), "provider", provider.pk)
    browser_of(author).post(address("provider-files", provider.pk), given)
    row = ProviderFileScope.objects.get()
    assert (row.entered_by, row.confirmed_at) == (author, None)
    own = text_of(browser_of(author), "provider", provider.pk)
    assert "ждёт подтверждения" in own
    assert "Подтвердить" not in own
    path, chosen = address("provider-files", provider.pk), {"confirm": row.pk}
    assert "подтверждает не тот" in browser_of(author).post(path, chosen, follow=True).content.decode()
    assert "Подтвердить" in text_of(browser_of(second), "provider", provider.pk)
    browser_of(second).post(path, chosen)
    row.refresh_from_db()
    assert row.confirmed_by == second
    wrong = browser_of(author).post(address("provider-files", provider.pk), given | {"valid_from": "ноябрь"})
    assert "Выберите месяц из списка" in wrong.content.decode()
