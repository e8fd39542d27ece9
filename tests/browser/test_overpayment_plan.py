"""An overpayment is named with its cause, agreed to, and withheld by the next list as its plan said."""

import re
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from calculations.models import Accrual, CalculationRun
from offices.models import Office, Role, Staff
from offices.money import format_sum
from payments.models import Overpayment, PaymentLine
from payments.services.lists import build_payment_list
from recipients.models import Recipient
from tests.browser.conftest import Visit
from tests.browser.installation import Installation
from tests.browser.looking import faults_of
from tests.browser.protocol_papers import printed_pages
from tests.played_month import SUBMITTED
from tests.workplace.month.playing import OCTOBER, SEPTEMBER, scene
from workplace.services.playing.runs import approve

KOPECK, FIFTH = Decimal("0.01"), Decimal("0.20")
ROWS = """(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s/g, " ")))"""


@pytest.fixture
def office(installation: Installation) -> Office:
    found: Office = Office.objects.get(code=SUBMITTED)
    return found


def chosen(office: Office) -> Recipient:
    """The last of those who were paid for September and are due more in October than is withheld at once."""
    paid = PaymentLine.objects.filter(
        accrual__month=SEPTEMBER,
        accrual__office=office,
        status="paid",
        heir_part__isnull=True,
        accrual__accrued__gt=100,
    )
    due = Accrual.objects.filter(month=OCTOBER, office=office, run__status="submitted", accrued__gt=100)
    alive = Recipient.objects.filter(pk__in=paid.values("recipient"), person__death_date__isnull=True)
    return alive.filter(pk__in=due.values("recipient")).select_related("person").order_by("-pk")[0]


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s₽]", "", text).replace(",", "."))


def shown_plan(page: Page) -> list[list[Decimal]]:
    """Read the plan: due, withheld, paid, left for each month."""
    rows = page.locator("table.plan tbody tr").evaluate_all(ROWS)
    return [[number(cell) for cell in row[1:]] for row in rows]


def cut(due: Decimal) -> Decimal:
    """A fifth of a payment without the part of a kopeck."""
    return (due * FIFTH).quantize(KOPECK, ROUND_DOWN)


def hold_plan(plan: list[list[Decimal]], owed: Decimal) -> None:
    """A fifth of every payment but the last, which takes what is left; all of them add up to the debt."""
    assert len(plan) > 2
    assert sum(withheld for _, withheld, _, _ in plan) == owed
    assert [withheld for _, withheld, _, _ in plan[:-1]] == [cut(due) for due, *_ in plan[:-1]]
    assert 0 < plan[-1][1] <= cut(plan[-1][0])
    assert all(due - withheld == paid for due, withheld, paid, _ in plan)
    lefts = [owed, *(left for *_, left in plan)]
    assert [before - after for before, after in pairwise(lefts)] == [withheld for _, withheld, _, _ in plan]
    assert lefts[-1] == 0


def name_overpayment(page: Page, one: Recipient) -> Overpayment:
    """From the card: the authority's own error is not withheld, the recipient's is; the plan comes before the record."""
    page.goto(f"/recipients/{one.pk}/payments/", wait_until="networkidle")
    page.get_by_role("link", name="Записать переплату").click()
    page.get_by_label("Что произошло").fill("Не сообщил о выезде члена семьи.")
    accrual = Accrual.objects.get(recipient=one, month=SEPTEMBER, run__status="approved")
    owed = (accrual.accrued * Decimal("0.70")).quantize(KOPECK, ROUND_DOWN)
    page.get_by_label("Переплачено за сентябрь 2026, ₽").fill(f"{owed:f}".replace(".", ","))
    for cause, is_withheld in (
        ("ошибка отдела или Департамента", False), ("счётная ошибка", True), ("вина получателя", True),
    ):  # fmt: skip
        page.get_by_label(cause).check()
        page.get_by_role("button", name="Показать план").click()
        expect(page.get_by_role("button", name="Записать переплату")).to_be_visible()
        expect(page.get_by_text("Ошибку отдела или Департамента не удерживают")).to_have_count(0 if is_withheld else 1)
        if is_withheld:
            hold_plan(shown_plan(page), owed)
        else:
            assert shown_plan(page) == []
        assert faults_of(page) == []
    assert not Overpayment.objects.filter(recipient=one).exists()
    page.get_by_role("button", name="Записать переплату").click()
    expect(page.locator("#messages")).to_contain_text("уведомление и бланк согласия готовы")
    made: Overpayment = Overpayment.objects.get(recipient=one)
    assert (made.cause, made.total) == ("recipient", owed)
    return made


def open_papers(page: Page, one: Recipient) -> None:
    for link, heading in (("Уведомление", "УВЕДОМЛЕНИЕ"), ("Бланк согласия", "СОГЛАСИЕ")):
        address = page.get_by_role("link", name=link, exact=True).get_attribute("href") or ""
        answer = page.request.get(address)
        assert answer.headers["content-type"] == "application/pdf"
        words = " ".join(" ".join(printed_pages(answer.body())).split())
        assert heading in words.upper()
        assert one.person.last_name in words


def agree(page: Page) -> None:
    """Record a consent: more than a fifth is not taken, a fifth is."""
    page.get_by_role("link", name="Записать согласие").click()
    page.get_by_label("Документ").fill("заявление № 3")
    page.get_by_label("Удерживать не больше, % выплаты").fill("20,01")
    assert faults_of(page) == []
    page.get_by_role("button", name="Записать согласие").click()
    expect(page.locator("main")).to_contain_text("удерживают не больше 20 % выплаты")
    assert faults_of(page) == []
    page.get_by_label("Удерживать не больше, % выплаты").fill("20")
    page.get_by_role("button", name="Записать согласие").click()
    expect(page.locator("#messages")).to_contain_text("Согласие записано")


def list_october(office: Office) -> None:
    """Approve the run that waits for it and make the list of those who are paid by it."""
    run = CalculationRun.objects.get(office=office, month=OCTOBER, status="submitted")
    approve(scene=scene(OCTOBER, offices=(office.code,)), run=run)
    verifier = Staff.objects.get(username="lgoty-1")
    build_payment_list(office=office, month=OCTOBER, by=verifier, at=timezone.now())


def test_withholds_what_the_plan_said_and_not_a_kopeck_more(visit: Visit, office: Office) -> None:
    one = chosen(office)
    page = visit(Staff.objects.get(office=office, grants__role=Role.CALCULATION).username)
    owing = name_overpayment(page, one)
    hold_plan(shown_plan(page), owing.total)
    open_papers(page, one)
    agree(page)
    hold_plan(shown_plan(page), owing.total)
    assert faults_of(page) == []

    list_october(office)
    due = Accrual.objects.get(recipient=one, month=OCTOBER).accrued
    left = owing.total - cut(due)
    page.reload()
    rows = page.get_by_role("region", name="Удержано по месяцам").locator("tbody tr").evaluate_all(ROWS)
    assert [(row[0], *map(number, row[2:])) for row in rows] == [("Октябрь 2026", due, cut(due), left)]
    expect(page.locator(".kpi", has_text="Осталось")).to_contain_text(format_sum(left))
    assert sum(withheld for _, withheld, _, _ in shown_plan(page)) == left
    assert faults_of(page) == []
    owing.refresh_from_db()
    assert (owing.rest, PaymentLine.objects.get(recipient=one, accrual__month=OCTOBER).payable) == (
        left,
        due - cut(due),
    )

    page.goto(f"/recipients/{one.pk}/accruals/?m=2026-10", wait_until="networkidle")
    taken = page.locator(".why li", has_text=f"Удержано по переплате № {owing.number}")
    assert -number(taken.locator(".v").inner_text().replace("\N{MINUS SIGN}", "-")) == cut(due)
    assert number(page.locator(".why li.pay .v").inner_text()) == due - cut(due)
    assert faults_of(page) == []
    page.goto(f"/recipients/{one.pk}/payments/", wait_until="networkidle")
    expect(page.get_by_role("region", name="Переплаты")).to_contain_text("удерживается")
    assert faults_of(page) == []
