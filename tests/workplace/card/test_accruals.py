"""The tab «Начисления»: the sum, the boxes, each service with its explanation, what changed since the month before."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from calculations.models import AccrualLine, CalculationRun
from exchange.models import Discrepancy, RequestRow
from offices.models import Office
from tests import factories as make
from tests.calculations import made, town
from tests.exchange import stored
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, Opened, calculated, opened, run_of, words_of

pytestmark = pytest.mark.django_db
ZERO = Decimal("0.00")


def two_months(**given: object) -> Opened:
    """September with water, October with dearer water and heating."""
    one = opened(months=(BEFORE, MONTH), **given)
    town.bill(one.family, "10", "260.60", "10", month=BEFORE)
    town.bill(one.family, "10", "364.84", "14")
    town.bill(one.family, "21", "1658.56", "0.9990")
    run_of(one, BEFORE)
    run_of(one, MONTH)
    return one


def test_adds_the_boxes_up_to_the_accrual() -> None:
    shown = calculated().tab().context["shown"]
    by_kind = {box.title: box.amount for box in shown.boxes}
    assert by_kind["Начислено по квитанциям"] == shown.table.billed == Decimal("5023.09")
    deductions = sum((box.amount for box in shown.boxes if box.kind in ("minus", "plus")), ZERO)
    assert by_kind["Половина (50\N{NO-BREAK SPACE}%)"] + deductions == by_kind["К выплате"] == shown.accrued


def test_says_whose_part_is_taken_off() -> None:
    titles = [box.title for box in calculated().tab().context["shown"].boxes]
    assert "Льгота у одного из троих:" in titles
    assert "Сверх норматива:" in titles


def test_adds_the_rows_up_to_the_accrual() -> None:
    one = calculated()
    shown = one.tab().context["shown"]
    stored = dict(AccrualLine.objects.values_list("service__name", "accrued"))
    assert {row.title: row.accrued for row in shown.table.rows} == stored
    assert shown.table.accrued == shown.accrued == sum(stored.values(), ZERO)


def test_explains_a_service_with_names_norms_acts_and_the_source() -> None:
    one = calculated()
    shown = one.tab().context["shown"]
    water = next(row for row in shown.table.rows if row.title == "cold_water")
    line = water.explained[0]
    told = " ".join(f"{step.title} {step.text} {step.note} {step.act}" for step in line.steps)
    assert "4,32 м³ на человека × 3 чел. × 26,06 ₽" in told
    assert one.recipient.person.last_name in told
    assert "без права на меру: " in told
    assert "Постановление" in told
    assert "округлено до копейки: 56,29" in told
    assert "181-ФЗ" in line.basis
    words = words_of(one.tab())
    assert "Как получилось 56,29 ₽" in words
    assert "Источник: введено вручную." in words


def test_names_the_file_row_and_leads_to_the_file() -> None:
    one = opened()
    sent = received_file(one.office)
    town.bill(one.family, "10", "364.84", "14", source="file", file_sha256=sent.sha256, row_number=418)
    town.calculate(one.office)
    page = one.tab().content.decode()
    assert f'href="/documents/{sent.file_id}/">{sent.name}, строка 418</a>, загружен' in page


def received_file(office: Office) -> object:
    file = stored.loaded()
    type(file).objects.filter(pk=file.pk).update(office=office)
    file.refresh_from_db()
    return file


def test_names_a_service_that_is_billed_and_not_paid_with_the_reason() -> None:
    one = opened()
    town.bill(one.family, "10", "364.84", "14")
    town.bill(one.family, "22", "500.00", "1")
    town.bill(one.family, "02", "999.00", "54")
    make.service(code="22")
    town.calculate(one.office)
    rows = {row.title: row for row in one.tab().context["shown"].table.rows}
    assert rows["solid_fuel"].why_not == "Услуга не входит в меру социальной поддержки."
    assert rows["maintenance"].why_not == "В частном жилищном фонде эта плата не компенсируется."
    boxes = {box.title: box for box in one.tab().context["shown"].boxes}
    assert boxes["Не входит в меру:"].amount == Decimal("-749.50")
    assert "maintenance" in boxes["Не входит в меру:"].note
    assert "solid_fuel" in boxes["Не входит в меру:"].note


def test_postpones_a_bill_without_a_tariff_and_says_what_to_do() -> None:
    one = opened()
    town.bill(one.family, "10", "364.84", "14")
    make.service(code="12", kind="gas", name="Газоснабжение")
    town.bill(one.family, "12", "100.00", "10")
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    gas = next(row for row in shown.table.rows if row.title == "Газоснабжение")
    assert gas.advice.startswith("Внесите ")
    assert {box.title: box.amount for box in shown.boxes}["Отложено до исправления:"] == Decimal("-50.00")


def test_counts_a_providers_recalculation_apart_from_the_bill_and_shows_it() -> None:
    one = opened()
    town.bill(one.family, "10", "364.84", "14", adjustment=Decimal("-64.84"))
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    boxes = {box.title: box.amount for box in shown.boxes}
    assert (boxes["Начислено по квитанциям"], boxes["Перерасчёт предприятия"]) == (Decimal("300.00"), Decimal("32.42"))
    naive = Decimal("-10.81")  # half of a third of -64.84: the provider told no month
    assert boxes["К выплате"] == shown.accrued == Decimal("56.29") + naive


def test_parts_the_change_into_causes_that_add_up() -> None:
    shown = two_months().tab().context["shown"]
    before = AccrualLine.objects.get(month=BEFORE).accrued
    assert shown.previous == BEFORE
    assert sum((change.roubles for change in shown.changes), ZERO) == shown.accrued - before == shown.table.change
    titles = [change.title for change in shown.changes]
    assert titles[0] == "Начался отопительный сезон"
    assert any(title.startswith("cold_water: 14 м³ вместо 10") for title in titles)


def test_shows_a_service_that_was_there_the_month_before_only() -> None:
    one = opened(months=(BEFORE, MONTH))
    for code, quantity in (("10", "10"), ("23", "3")):
        town.bill(one.family, code, "100.00", quantity, month=BEFORE)
    town.bill(one.family, "10", "100.00", "10")
    run_of(one, BEFORE)
    run_of(one, MONTH)
    shown = one.tab().context["shown"]
    gone = next(row for row in shown.table.rows if row.title == "waste")
    assert (gone.billed, gone.change) == (None, Decimal("-16.67"))
    assert [(change.title, change.roubles) for change in shown.changes] == [
        ("В этом месяце не начислено: waste", Decimal("-16.67"))
    ]


def test_says_what_kept_a_service_of_the_month_before_out() -> None:
    one = opened(months=(BEFORE, MONTH))
    town.bill(one.family, "10", "100.00", "10", month=BEFORE)
    run_of(one, BEFORE)
    run_of(one, MONTH)
    request = stored.request(provider=one.family.account.provider)
    asked = RequestRow.objects.create(
        file=request,
        row_number=1,
        register_row=stored.register_row(),
        recipient=one.recipient,
        account=one.family.account,
        services=["10"],
    )
    answer = stored.returned(request=request, provider=request.provider)
    Discrepancy.objects.create(file=answer, request_row=asked, code="E30", is_blocking=True, text="перерасчёт")
    gone = one.tab().context["shown"].table.rows[0]
    assert gone.why_not == "Сведения предприятия не приняты: перерасчёт без периода или больше начисленного."


def test_shows_both_rights_of_a_recipient_in_one_row() -> None:
    one = opened(residents=3)
    child = make.person(birth_date=dt.date(2015, 5, 5))
    make.residence(person=child, dwelling=one.family.account.dwelling, valid_from=town.LONG_BEFORE)
    right = make.entitlement(
        recipient=one.recipient, holder="family", category="child", disabled_person=child, valid_from=town.LONG_BEFORE
    )
    make.entitled_person(right, person=one.family.people[1])
    town.bill(one.family, "23", "400.00", "4")
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    row = shown.table.rows[0]
    assert len(shown.table.rows) == 1
    assert row.billed == Decimal("400.00")
    assert {line.whose for line in row.explained} == {one.recipient.person.full_name, child.full_name}
    assert shown.accrued == row.accrued == sum((line.accrued for line in row.explained), ZERO)
    assert shown.boxes[0].amount == Decimal("400.00")
    assert shown.boxes[-1].amount == shown.accrued


def test_says_loudly_that_a_stored_sum_does_not_come_out_again() -> None:
    one = calculated()
    good = AccrualLine.objects.get(service="10")
    first = CalculationRun.objects.get()
    made.forward(first, CalculationRun.Status.DISCARDED)
    run = made.run(office=one.office, number=2)
    accrual = made.accrual(run, recipient=one.recipient, entitlement=one.family.right, accrued=good.accrued + 1)
    made.line(
        accrual, good.charge, rule=good.rule, inputs=good.inputs, base=good.base, share=good.share,
        reason=good.reason, accrued=good.accrued + 1,
    )  # fmt: skip
    answer = one.tab()
    words = words_of(answer)
    assert answer.context["shown"].faults == ("cold_water",)
    assert "Сумма этого месяца не подтверждается повторным расчётом." in words
    assert "Записано 57,29 ₽, повторный расчёт даёт 56,29 ₽" in words
    assert answer.context["shown"].boxes == ()


def test_says_loudly_that_a_line_cannot_be_read() -> None:
    one = opened()
    run = made.run(office=one.office)
    accrual = made.accrual(run, recipient=one.recipient, entitlement=one.family.right, accrued=Decimal("50.00"))
    made.line(accrual, town.bill(one.family, "10", "100.00", "4"), inputs={"format": 99})
    words = words_of(one.tab())
    assert "не подтверждается" in words
    assert "исходные данные строки не читаются" in words


def test_writes_no_code_of_the_program_and_no_float() -> None:
    one = two_months()
    for service in {line.service for line in AccrualLine.objects.select_related("service")}:
        type(service).objects.filter(pk=service.pk).update(name=f"Услуга {service.pk}")
    words = words_of(one.tab())
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", words)
    assert not re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])|\d,\d{7,}", words)
