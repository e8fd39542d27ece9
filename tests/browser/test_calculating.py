"""A district is calculated by the worker; the job's page may be left and come back to."""

import re

from playwright.sync_api import expect

from calculations.models import CalculationRun
from offices.models import Job, Role, Staff
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.played_month import LOADED
from tests.workplace.month.playing import OCTOBER

LONGEST = 90_000  # milliseconds


def test_calculates_while_the_specialist_is_elsewhere(visit: Visit) -> None:
    specialist = Staff.objects.get(office__code=LOADED, grants__role=Role.CALCULATION)
    page = visit(specialist.username)
    page.goto("/runs/", wait_until="networkidle")
    keyboard = Keyboard(page)
    keyboard.press("F2")
    expect(page).to_have_url(re.compile(r"/jobs/\d+/"))
    address = page.url
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    page.goto(address)
    result = page.locator("main a.btn-a")
    expect(result).to_be_visible(timeout=LONGEST)
    expect(page.locator("main progress")).to_have_count(0)
    job = Job.objects.get(pk=int(re.search(r"/jobs/(\d+)/", address)[1]))
    assert (job.state, job.requested_by) == (Job.State.DONE, specialist)
    run = CalculationRun.objects.get(office__code=LOADED, month=OCTOBER)
    assert run.status == CalculationRun.Status.CALCULATED

    keyboard.go_to(result)
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/runs/"))
    page.goto(f"/runs/{run.pk}/")
    expect(page.locator("h1")).to_contain_text("октябрь 2026")
    for tab in ("Начислено", "Отклонения", "Не начислено", "Новые и выбывшие"):
        expect(page.get_by_role("link", name=re.compile(f"^{tab}"))).to_be_visible()
