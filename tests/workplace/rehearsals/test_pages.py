"""The pages of the rehearsal and of the guard: what each person sees, asks and decides."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import Rehearsal
from calculations.services import parameters
from calculations.services.rehearsals import rehearse_chunk
from offices import jobs
from offices.models import Office, Role, Staff
from providers.models import Tariff
from providers.services import directories
from tests import factories
from tests.calculations import made, town
from tests.workplace.visiting import browser_of
from workplace.selectors.guard.gaps import findings

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def office() -> Office:
    factories.open_month()
    town.directories()
    made_office = factories.office()
    for category in ("2", "1"):
        town.bills(town.family(made_office, category=category), town.BILLS_OF_EX_2)
    made.forward(town.calculate(made_office))
    return made_office


def verifier() -> Staff:
    return factories.staff(Role.VERIFIER, office=None)


def asked(browser: Client, **given: str) -> Rehearsal:
    """Fill in the form and let the worker do it."""
    data = {
        "month": "2026-10", "tariff_scope": "every", "norm_scope": "every", "bills": "repriced", **given,
    }  # fmt: skip
    answer = browser.post(reverse("rehearsal-new"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    found = Rehearsal.objects.latest("pk")
    jobs.work(found.job_id, rehearse_chunk)
    found.refresh_from_db()
    return found


def test_shows_who_loses_by_service_and_by_name(office) -> None:
    browser = browser_of(verifier())
    found = asked(browser, discount="40")
    shown = browser.get(reverse("rehearsal", args=[found.pk]))
    page = shown.content.decode()
    assert "доля компенсации 40 %" in found.told
    assert shown.context["shown"].totals["difference"] == found.difference < 0
    assert sum(part.difference for part in shown.context["services"]) == found.difference
    assert sum(part.difference for part in shown.context["districts"]) == found.difference
    assert "Холодная вода" in page or "cold_water" in page
    sheet = browser.get(reverse("rehearsal", args=[found.pk]), {"xlsx": "1"})
    assert sheet.status_code == 200
    sheet.close()


def test_says_what_is_missing_in_the_form(office) -> None:
    browser = browser_of(verifier())
    data = {
        "month": "2026-10",
        "tariff_service": "10",
        "tariff_scope": "every",
        "tariff_price": "30",
        "bills": "repriced",
    }
    page = browser.post(reverse("rehearsal-new"), {**data, "norm_scope": "every"}).content.decode()
    assert "выберите область действия" in page
    assert not Rehearsal.objects.exists()


def test_lets_a_district_rehearse_itself_only(office) -> None:
    other = factories.office()
    own = asked(browser_of(factories.staff(Role.HEAD, office=office)), discount="40")
    assert own.office == office
    stranger = browser_of(factories.staff(Role.HEAD, office=other))
    assert stranger.get(reverse("rehearsal", args=[own.pk])).status_code == 404
    region = asked(browser_of(verifier()), discount="30")
    assert browser_of(factories.staff(Role.HEAD, office=office)).get(
        reverse("rehearsal", args=[region.pk])
    ).status_code == 404  # fmt: skip
    checking = browser_of(factories.staff(Role.CHECKING, office=office))
    assert checking.get(reverse("rehearsal-new")).status_code == 403


def waiting(valid_from: dt.date = dt.date(2026, 12, 1), by: Staff | None = None) -> Tariff:
    return directories.enter_tariff(
        service=factories.service(code="14"), price=Decimal("20.00"), decree=factories.decree(), valid_from=valid_from,
        by=by or factories.staff(Role.CALCULATION),
    )  # fmt: skip


def test_guides_a_row_from_counting_to_the_second_person(office) -> None:
    row = waiting()
    head = browser_of(factories.staff(Role.HEAD, office=office))
    address = reverse("guard-row", args=["tariff", row.pk])
    before = head.get(address).content.decode()
    assert "Посчитать, кого касается" in before
    assert "Подтвердить:" not in before
    head.post(address, {"act": "count"})
    jobs.work(Rehearsal.objects.get().job_id, rehearse_chunk)
    seen = head.get(address)
    assert "Подтвердить: +16,42" in seen.content.decode()
    assert head.post(address, {"act": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_at is not None
    assert head.get(address).status_code == 404


def test_says_what_a_parameter_does_that_no_rehearsal_can_show(office) -> None:
    row = parameters.enter_parameter(
        code="arrears_rule", value="none", valid_from=dt.date(2026, 12, 1), decree=factories.decree(),
        by=factories.staff(),
    )  # fmt: skip
    head = browser_of(factories.staff(Role.DEPARTMENT_HEAD, office=None))
    assert "надо посчитать" not in head.get(reverse("guard")).content.decode()
    address = reverse("guard-row", args=["parameter", row.pk])
    page = head.get(address).content.decode()
    assert "какой долг приостанавливает выплату" in page
    assert 'value="count"' not in page
    assert "arrears_rule" not in head.get(reverse("rehearsal-new")).content.decode()
    assert head.post(address, {"act": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_lets_nobody_decide_on_an_own_row_or_without_the_role(office) -> None:
    author = factories.staff(Role.CALCULATION, Role.HEAD, office=office)
    address = reverse("guard-row", args=["tariff", waiting(by=author).pk])
    page = browser_of(author).get(address).content.decode()
    assert "Строку ввели вы" in page
    assert browser_of(factories.staff(Role.CALCULATION, office=office)).post(
        address, {"act": "confirm"}
    ).status_code == 403  # fmt: skip


def test_refuses_with_a_reason(office) -> None:
    row = waiting()
    head = browser_of(factories.staff(Role.DEPARTMENT_HEAD, office=None))
    address = reverse("guard-row", args=["tariff", row.pk])
    assert "Укажите, почему" in head.post(address, {"act": "refuse", "reason": ""}).content.decode()
    head.post(address, {"act": "refuse", "reason": "не тот акт"})
    row.refresh_from_db()
    assert row.refusal_reason == "не тот акт"


def test_lists_gaps_overlaps_and_what_ends(office) -> None:
    Tariff.objects.filter(service="10").update(valid_to=OCTOBER)
    Tariff.objects.filter(service="11").update(valid_to=dt.date(2026, 12, 1))
    town.norm("14", "9.99", stove="gas")
    town.norm("14", "8.88", dwelling_kind="flat")
    found = findings(month=OCTOBER, on=TODAY)
    told = {(one.kind, one.what) for one in found}
    assert ("gap", "Тариф: cold_water") in told
    assert ("overlap", "Норматив: sewerage") in told
    assert ("ending", "Тариф: hot_water") in told
    gaps = [one.recipients for one in found if (one.kind, one.what) == ("gap", "Тариф: cold_water")]
    assert gaps == [1, 1], "each family has a provider of its own"


@pytest.mark.parametrize("route", ["rehearsals", "guard", "directory-gaps"])
def test_asks_few_questions_however_many_rows(office, route: str) -> None:
    browser = browser_of(verifier())
    if route == "rehearsals":
        asked(browser, discount="40")
    browser.get(reverse(route))
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(route))
    if route == "rehearsals":
        asked(browser, discount="30")
    town.norm("14", "7.50", valid_from=dt.date(2027, 1, 1), stove="gas")
    town.bills(town.family(office), {"23": ("3", "280.89")})
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse(route))
    assert len(many) == len(few) < 15
