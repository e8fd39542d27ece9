"""The pages of overpayments: the list, one of them, a new one with its plan first, what each may do."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from offices.models import Role
from payments.models import Overpayment
from tests import factories
from tests.payments import owing
from tests.workplace.visiting import browser_of
from workplace.selectors.card.chain import ShownBox
from workplace.selectors.card.overpaid import less_withheld

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def owed() -> owing.Owing:
    return owing.paid_recipient("1450.00")


@pytest.fixture
def specialist(owed):
    return browser_of(factories.staff(Role.CALCULATION, office=owed.office))


def told(answer) -> str:
    return " ".join(answer.content.decode().replace(NBSP, " ").split())


def filled(owed, **given) -> dict[str, object]:
    sums = {f"of_{owed.accrual.pk}": "1230,40"}
    return (
        {"cause": "recipient", "description": "Не сообщил.", "found_on": "15.01.2020", "act": "foresee"} | sums | given
    )


def new(owed) -> str:
    return reverse("overpayment-new", args=[owed.recipient.pk])


def test_shows_the_plan_before_anything_is_recorded(owed, specialist) -> None:
    page = told(specialist.post(new(owed), filled(owed)))
    assert "План удержаний, если получатель согласится" in page
    assert page.count("290,00") == 4
    assert "70,40" in page
    assert not Overpayment.objects.exists()


def test_records_an_overpayment_and_leads_to_its_page(owed, specialist) -> None:
    answer = specialist.post(new(owed), filled(owed, act="save"), follow=True)
    one = Overpayment.objects.get()
    assert answer.redirect_chain[-1][0].startswith(reverse("overpayment", args=[one.pk]))
    assert f"Переплата № {one.number} записана" in told(answer)
    assert one.total == Decimal("1230.40")


def test_tells_which_sums_are_wrong(owed, specialist) -> None:
    assert "хотя бы за один месяц" in told(specialist.post(new(owed), filled(owed, **{f"of_{owed.accrual.pk}": ""})))
    page = told(specialist.post(new(owed), filled(owed, **{f"of_{owed.accrual.pk}": "1450,01"})))
    assert "1450" in page
    assert not Overpayment.objects.exists()


def test_shows_how_it_arose_what_was_withheld_and_the_plan(owed, specialist) -> None:
    one = owing.agreed(owing.found(owed, "1230.40"))
    owing.repaid(one, "230.40")
    page = told(specialist.get(reverse("overpayment", args=[one.pk])))
    for words in (
        "Не сообщил о выезде члена семьи",
        "Октябрь 2026",
        "не больше <b>20 %</b>",
        "230,40",
        "План удержаний",
    ):
        assert words in page
    assert page.count('<tr><th scope="row">') == 1 + 1 + 4 + 1


def test_lets_the_specialist_record_and_the_head_confirm(owed, specialist) -> None:
    one = owing.found(owed, "100.00", found_on=dt.date(2020, 1, 15))
    acts = {name: reverse(f"overpayment-{name}", args=[one.pk]) for name in ("consent", "repayment", "write-off")}
    day = f"{one.found_on:%Y-%m-%d}"
    specialist.post(acts["consent"], {"agreed_on": day, "document": "заявление", "percent": "12,5"})
    specialist.post(acts["repayment"], {"paid_on": day, "roubles": "40,00", "document": "чек"})
    specialist.post(acts["write-off"], {"ground": "умер", "document": "справка"})
    one.refresh_from_db()
    assert (one.percent, one.rest) == (Decimal("12.50"), Decimal(60))
    confirm = reverse("overpayment-write-off-confirm", args=[one.pk])
    assert specialist.post(confirm, {"rest": "60.00"}).status_code == 403
    head = browser_of(factories.staff(Role.HEAD, office=owed.office))
    assert "60,00 ₽" in told(head.get(confirm))
    head.post(confirm, {"rest": "60.00"})
    one.refresh_from_db()
    assert (one.rest, one.status) == (0, "written_off")


def test_lets_the_specialist_record_that_the_consent_was_withdrawn(owed, specialist) -> None:
    one = owing.agreed(owing.found(owed, "100.00"))
    page, act = (reverse(name, args=[one.pk]) for name in ("overpayment", "overpayment-consent-withdraw"))
    assert act in told(specialist.get(page))
    typed = {"withdrawn_on": f"{owing.DAY:%Y-%m-%d}", "document": "заявление об отзыве"}
    head = browser_of(factories.staff(Role.HEAD, office=owed.office))
    assert head.post(act, typed).status_code == 403
    stranger = browser_of(factories.staff(Role.CALCULATION, office=factories.office()))
    assert stranger.post(act, typed).status_code == 404
    assert "иначе его взыскивают через суд" in told(specialist.get(act))
    owing.withdrawn(one)
    after = told(specialist.get(page))
    assert "Согласие отозвано 24.11.2026: со следующего списка на выплату ничего не удерживается" in after
    assert "План удержаний" not in after
    assert act not in after
    assert reverse("overpayment-claim", args=[one.pk]) in after
    assert "нет действующего согласия" in told(specialist.post(act, typed, follow=True))


def test_asks_the_list_for_the_same_queries_for_one_and_many(owed, specialist, django_assert_max_num_queries) -> None:
    counts = []
    for number in range(3):
        owing.agreed(owing.found(owed, "10.00", found_on=dt.date(2026, 11, 1 + number)))
        with django_assert_max_num_queries(14) as queries:
            page = told(specialist.get(reverse("overpayments")))
        counts.append(len(queries))
    assert page.count("удержано") == 0
    assert "декабрь 2026" in page or "ноябрь 2026" in page
    assert counts[0] == counts[-1]


def test_takes_what_was_withheld_off_the_sum_of_the_card(owed) -> None:

    owing.agreed(owing.found(owed, "500.00"))
    made = owing.listed(owed, "1450.00")
    boxes = [ShownBox("К выплате", "", Decimal("1450.00"), "pay")]
    taken, payable = less_withheld(boxes, [made.lines.get().accrual])
    assert (taken.title, taken.note, taken.amount) == (
        "Удержано по переплате № 1/2026", f"остаток 210,00{NBSP}₽", Decimal("-290.00")
    )  # fmt: skip
    assert payable.amount == made.lines.get().payable == Decimal("1160.00")
