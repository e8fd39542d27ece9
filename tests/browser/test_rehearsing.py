"""A month is rehearsed with another discount; a tariff is counted and confirmed by a second person."""

import datetime as dt
import re
from decimal import Decimal

from playwright.sync_api import expect

from calculations.models import Rehearsal
from offices.models import Decree, Role, Staff
from providers.models import Tariff
from providers.services import directories
from tests.browser.conftest import Visit
from tests.browser.looking import faults_of

LONGEST = 90_000  # milliseconds


def test_rehearses_a_month_and_changes_nothing(visit: Visit) -> None:
    page = visit("lgoty-1")
    page.goto("/runs/rehearsals/new/?r=all", wait_until="networkidle")
    page.get_by_label("Месяц", exact=True).select_option("2026-09")
    page.get_by_label(re.compile("Доля компенсации")).fill("40")
    page.get_by_role("button", name="Посчитать").click()
    result = page.locator("main a.btn-a")
    expect(result).to_be_visible(timeout=LONGEST)
    result.click()
    expect(page.locator("h1")).to_contain_text("доля компенсации 40 %")
    expect(page.get_by_role("heading", name="По районам")).to_be_visible()
    assert faults_of(page) == []
    done = Rehearsal.objects.latest("pk")
    assert done.losing > done.gaining == 0
    assert done.drifted == 0


def test_confirms_a_tariff_once_it_was_seen_in_roubles(visit: Visit) -> None:
    former = Tariff.objects.filter(valid_to__isnull=True, provider__isnull=True, confirmed_at__isnull=False)[0]
    author = Staff.objects.filter(grants__role=Role.CALCULATION).order_by("pk")[0]
    row = directories.enter_tariff(
        service=former.service, price=former.price + Decimal("0.50"), decree=Decree.objects.all()[0],
        valid_from=dt.date(2027, 1, 1), variant=former.variant, by=author,
    )  # fmt: skip
    page = visit("rukovoditel")
    page.goto(f"/runs/guard/tariff/{row.pk}/", wait_until="networkidle")
    page.get_by_role("button", name="Посчитать, кого касается").click()
    result = page.locator("main a.btn-a")
    expect(result).to_be_visible(timeout=LONGEST)
    result.click()
    expect(page.get_by_role("button", name=re.compile("^Подтвердить"))).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name=re.compile("^Подтвердить")).click()
    expect(page.locator("#messages")).to_contain_text("Подтверждено")
    row.refresh_from_db()
    assert row.confirmed_by.username == "rukovoditel"
