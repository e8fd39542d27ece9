"""The letter «Пояснение к начислению» and the words for the telephone: the same numbers as on the card."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from offices.models import Role
from offices.money import format_amount
from recipients.models import CardView
from tests import factories as make
from tests.calculations import town
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, Opened, calculated, opened, run_of
from tests.workplace.visiting import browser_of
from workplace.papers.explanation import explanation_html, is_explainable
from workplace.selectors.card.chain import ShownBox
from workplace.selectors.card.script import script_of

pytestmark = pytest.mark.django_db


def letter(one: Opened) -> list[str]:
    """The pages of the letter as words."""
    answer = one.browser.get(reverse("card-explanation", args=[one.recipient.pk]), {"m": f"{MONTH:%Y-%m}"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def written(one: Opened) -> str:
    """The letter's HTML as words, without the printer."""
    shown = one.tab().context["shown"]
    identity = one.tab().context["identity"]
    html = explanation_html(identity, shown, by=one.staff, on=MONTH)
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text.replace("&shy;", ""))


def script(one: Opened) -> tuple[str, ...]:
    shown = one.tab().context["shown"]
    return tuple(line.replace("\N{NO-BREAK SPACE}", " ") for line in script_of(shown, office=one.office))


def test_prints_a_month_on_two_pages_at_most_and_writes_down_who_printed_it() -> None:
    one = calculated()
    pages = letter(one)
    assert len(pages) <= 2
    words = " ".join(pages)
    assert "804,25" in words
    assert "4,32 м³ на человека × 3 чел. × 26,06 ₽ = 337,7376 ₽" in words
    assert one.recipient.person.full_name in words
    assert CardView.objects.filter(recipient=one.recipient, tab="Пояснение к начислению (PDF)").exists()


def test_writes_every_box_service_act_and_person_of_the_card() -> None:
    one = calculated()
    shown = one.tab().context["shown"]
    text = written(one)
    for box in shown.boxes:
        assert format_amount(abs(box.amount)).replace("\N{NO-BREAK SPACE}", " ") in text
    for row in shown.table.rows:
        assert row.title in text
        assert f"{format_amount(row.accrued)}" in text
        assert all(step.act in text for line in row.explained for step in line.steps)
    assert "зарегистрированы 3 человека, право у 1" in text
    assert "[1]" in text


def test_gives_a_citizen_no_advice_meant_for_the_office() -> None:
    one = opened()
    town.bill(one.family, "10", "364.84", "14")
    make.service(code="12", kind="gas", name="Газоснабжение")
    town.bill(one.family, "12", "100.00", "10")
    town.calculate(one.office)
    text = written(one)
    assert "Внесите тариф" not in text
    assert "рассчитайте район заново" not in text
    assert "Отдел уточнит это и доплатит исправлением" in text
    assert any("Отложено: газоснабжение" in line for line in script(one))


def test_tells_the_boxes_by_telephone_in_their_order() -> None:
    one = calculated()
    shown = one.tab().context["shown"]
    told = script(one)
    sums = [format_amount(abs(box.amount)).replace("\N{NO-BREAK SPACE}", " ") for box in shown.boxes]
    for sentence, amount in zip(told, sums, strict=False):
        assert amount in sentence
    assert told[0].startswith("За октябрь предприятия начислили 5 023,09 ₽")
    assert told[len(sums) - 1] == "Итого вам за октябрь: 804,25 ₽."
    assert one.office.name in told[-1]
    assert all(len(sentence) < 200 for sentence in told), "a sentence to say aloud"


def test_names_what_is_not_compensated_with_its_reason_by_telephone() -> None:
    one = opened()
    town.bills(one.family, town.BILLS_OF_EX_2)
    town.bill(one.family, "02", "999.00")
    town.calculate(one.office)
    assert any("в частном жилищном фонде эта плата не компенсируется" in line for line in script(one))


def test_says_what_changed_by_telephone() -> None:
    one = opened(months=(BEFORE, MONTH))
    town.bill(one.family, "10", "260.60", "10", month=BEFORE)
    run_of(one, BEFORE)
    town.bill(one.family, "10", "312.72", "12")
    town.calculate(one.office)
    told = " ".join(script(one))
    assert "Это на 8,69 ₽ больше, чем за сентябрь 2026." in told
    assert "прибавилось 8,69 ₽" in told


def test_says_why_there_is_nothing_by_telephone_and_prints_no_letter() -> None:
    one = opened()
    assert "За октябрь 2026 начисления нет." in " ".join(script(one))
    address = reverse("card-explanation", args=[one.recipient.pk])
    assert one.browser.get(address, {"m": f"{MONTH:%Y-%m}"}).status_code == 404


def test_explains_no_sum_that_does_not_come_out_again() -> None:
    one = calculated()
    doubtful = replace(one.tab().context["shown"], faults=("cold_water",))
    assert script_of(doubtful, office=one.office) == (
        "Сумму этого месяца перепроверяют. Мы перезвоним, когда выясним причину.",
    )
    assert not is_explainable(doubtful)


def test_tells_what_an_overpayment_takes() -> None:
    one = calculated()
    shown = one.tab().context["shown"]
    *before, payable = shown.boxes
    took = ShownBox("Удержано по переплате № 7", "погашена", Decimal("-160.85"), "minus")
    left = replace(payable, amount=Decimal("643.40"))
    shown = replace(shown, boxes=(*before, took, left))
    told = [line.replace("\N{NO-BREAK SPACE}", " ") for line in script_of(shown, office=one.office)]
    place = told.index("Удержано по переплате № 7, погашена: минус 160,85 ₽.")
    assert told[place + 1] == "Итого вам за октябрь: 643,40 ₽."
    html = explanation_html(one.tab().context["identity"], shown, by=one.staff, on=MONTH)
    assert "Удержано по переплате № 7" in html


def test_gives_no_letter_of_a_foreign_card() -> None:
    one = calculated()
    stranger = browser_of(make.staff(Role.CALCULATION, office=make.office()))
    address = reverse("card-explanation", args=[one.recipient.pk])
    assert stranger.get(address, {"m": f"{MONTH:%Y-%m}"}).status_code == 404


def test_shows_the_button_and_the_sentences_on_the_card() -> None:
    one = calculated()
    html = one.tab().content.decode()
    assert reverse("card-explanation", args=[one.recipient.pk]) in html
    assert "По телефону" in html
    assert "Итого вам за октябрь" in html
