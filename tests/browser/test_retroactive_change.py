"""Somebody left a dwelling in a month that is paid: seen first, saved, approved by another, paid by the next run."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from calculations.models import Accrual, AccrualLine, CalculationRun, Recalculation
from calculations.services.runs import discard_run
from housing.models import Residence, SupportedDwelling
from offices.models import Office, Role, Staff
from payments.models import PaymentLine
from providers.models import Charge
from recipients.models import EntitledPerson, Entitlement, Recipient
from tests.browser.conftest import Visit
from tests.browser.installation import Installation
from tests.browser.looking import faults_of
from tests.factories import AT
from tests.played_month import LOADED
from tests.workplace.month.playing import OCTOBER, SEPTEMBER

LONGEST = 90_000  # milliseconds
CELLS = """(rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText))"""
MONTHS = """(cells) => cells.map((cell) => cell.innerText.replace(/\\s/g, " "))"""
TITLED = """(rows) => rows.map((row) => [row.querySelector("th").innerText.trim().replace(/\\s/g, " "),
  row.querySelector("td.num.b").innerText])"""
Sums = dict[str, Decimal]


@pytest.fixture
def office(installation: Installation) -> Office:
    """The district whose October nobody has calculated: what another test calculated there is given up."""
    found: Office = Office.objects.get(code=LOADED)
    head = Staff.objects.get(office=found, grants__role=Role.HEAD)
    for run in CalculationRun.objects.filter(office=found, month=OCTOBER, status="calculated"):
        discard_run(run_id=run.pk, reason="изменились сведения", by=head, at=AT)
    return found


def worker(office: Office, role: str) -> Staff:
    found: Staff = Staff.objects.get(office=office, grants__role=role)
    return found


def lodger(office: Office) -> tuple[Recipient, Residence]:
    """Whoever was paid for most services of September while sharing them with a neighbour without a right, and him."""
    late = Charge.objects.filter(month=OCTOBER, billed_for__isnull=False).values("recipient")
    paid = PaymentLine.objects.filter(accrual__month=SEPTEMBER, accrual__office=office, status="paid")
    entitled = [*Entitlement.objects.values_list("disabled_person", flat=True)]
    entitled += EntitledPerson.objects.values_list("person", flat=True)
    homes = SupportedDwelling.objects.valid_on(OCTOBER).filter(recipient__in=paid.values("recipient"))
    found: list[tuple[int, Recipient, Residence]] = []
    for home in homes.exclude(recipient__in=late).select_related("recipient__person").order_by("recipient"):
        here = Residence.objects.valid_on(SEPTEMBER).filter(dwelling=home.dwelling_id, valid_to__isnull=True)
        neighbour = here.exclude(person__in=entitled).select_related("person").order_by("pk").first()
        if neighbour is not None and SupportedDwelling.objects.filter(dwelling=home.dwelling_id).count() == 1:
            lines = AccrualLine.objects.filter(month=SEPTEMBER, recipient=home.recipient, accrued__gt=0).count()
            found.append((lines, home.recipient, neighbour))
    _, one, gone = max(found, key=lambda row: row[0])
    return one, gone


def stored() -> Counter[str]:
    """Count the rows of every table."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return Counter({model._meta.label: model._base_manager.count() for model in models})


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s+]", "", text).replace("\N{MINUS SIGN}", "-").replace(",", "."))


def ask(page: Page, gone: Residence) -> None:
    """Open the form from the card and say who left on the first day of September."""
    page.get_by_role("link", name="Кто-то выбыл").click()
    page.get_by_label(gone.person.full_name).check()
    page.get_by_label("Дата выбытия или смерти").fill("2026-09-01")
    page.get_by_label("Основание").fill("справка о составе семьи № 14 от 05.11.2026")
    assert faults_of(page) == []
    page.get_by_role("button", name="Посмотреть, что изменится").click()
    expect(page.locator("h1")).to_have_text("Что изменится в прошлых месяцах")


def foreseen(page: Page) -> Sums:
    """Read the differences by service, each of them what will be less what was; they add up to the total shown."""
    rows = page.locator(".was-will tbody tr:not(.sum)").evaluate_all(CELLS)
    found: Sums = {}
    for service, _, was, will, difference in rows:
        assert number(will) - number(was) == number(difference)
        found[service] = found.get(service, Decimal(0)) + number(difference)
    assert page.locator(".was-will th[scope=rowgroup]").evaluate_all(MONTHS) == ["Сентябрь 2026"]
    assert number(page.locator(".deciding .big b").inner_text().removesuffix("₽")) == sum(found.values())
    return found


def approve(page: Page, order: Recalculation) -> None:
    page.goto("/recalculations/", wait_until="networkidle")
    page.get_by_role("link", name=re.compile(rf"^№ {order.number}\b")).click()
    expect(page.locator("h1")).to_contain_text(f"Перерасчёт № {order.number}")
    assert faults_of(page) == []
    page.get_by_role("button", name="Утвердить").click()
    expect(page.locator("#messages")).to_contain_text("утверждён")


def calculate(page: Page) -> None:
    page.goto("/runs/", wait_until="networkidle")
    page.keyboard.press("F2")
    expect(page.locator("main a.btn-a")).to_be_visible(timeout=LONGEST)


def corrected(page: Page) -> Sums:
    """Read from the card what the rows «за сентябрь 2026» give, by service."""
    rows = page.locator("#services tbody tr:not(.opened)").evaluate_all(TITLED)
    split = [(title.partition(": за сентябрь 2026"), number(sum_)) for title, sum_ in rows]
    return {service: roubles for (service, mark, _), roubles in split if mark}


def test_pays_in_the_next_run_what_was_seen_before_anything_was_saved(visit: Visit, office: Office) -> None:
    one, gone = lodger(office)
    page = visit(worker(office, Role.CALCULATION).username)
    page.goto(f"/recipients/{one.pk}/family/", wait_until="networkidle")
    before = stored()
    ask(page, gone)
    seen = foreseen(page)
    assert len(seen) > 1
    assert sum(seen.values()) > 0
    assert stored() == before
    assert faults_of(page) == []

    page.get_by_role("button", name="Сохранить и подготовить перерасчёт").click()
    expect(page.locator("#messages")).to_contain_text("подготовлен, его утверждает другой сотрудник")
    order = Recalculation.objects.get(months__recipient=one)
    expect(page.get_by_role("button", name="Утвердить")).to_have_count(0)
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    refused = page.request.post(
        f"/recalculations/{order.pk}/approve/", form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url}
    )
    assert refused.status == 403
    assert "Перерасчёт утверждают" in refused.text()

    approve(visit(worker(office, Role.HEAD).username), order)
    calculate(page)
    run = CalculationRun.objects.get(office=office, month=OCTOBER, status="calculated")
    page.goto(f"/recalculations/{order.pk}/", wait_until="networkidle")
    expect(page.locator("main")).to_contain_text(f"вошёл в расчёт за 10.2026 № {run.number}")

    page.goto(f"/recipients/{one.pk}/accruals/?m=2026-10", wait_until="networkidle")
    assert corrected(page) == seen
    first = page.locator("#services tbody tr", has_text="за сентябрь 2026").first
    first.get_by_role("button").click()
    told = page.locator(f"#{first.get_by_role('button').get_attribute('aria-controls')}")
    expect(told).to_contain_text("сентябрь 2026")
    assert faults_of(page) == []
    lines = AccrualLine.objects.filter(run=run, recipient=one, corrects_month=SEPTEMBER)
    paid = AccrualLine.objects.filter(
        pk__in=lines.values("corrects"), month=SEPTEMBER, recipient=one, corrects_month=None
    )
    assert sorted(paid.values_list("service", flat=True)) == sorted(lines.values_list("service", flat=True))
    assert Accrual.objects.get(run=run, recipient=one).accrued > 0
