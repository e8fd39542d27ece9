"""The pages of debts: asked, answered, proved by a court act, suspended by two people, resumed with what is due seen."""

import datetime as dt

import pytest
from django.urls import reverse

from calculations.models import DebtAnswer, DebtCourtAct, DebtRequest, Recalculation, Suspension
from offices.models import Role
from tests import factories
from tests.calculations import indebted, made, town
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"
NOW = dt.datetime(2020, 1, 15, 12, tzinfo=factories.MOSCOW)
SEPTEMBER = indebted.SEPTEMBER


@pytest.fixture
def family() -> town.Family:
    town.directories()
    indebted.rule()
    return town.family(factories.office())


@pytest.fixture
def specialist(family):
    return browser_of(indebted.specialist(family))


@pytest.fixture
def head(family):
    return browser_of(indebted.head(family))


def told(answer) -> str:
    return " ".join(answer.content.decode().replace(NBSP, " ").split())


def case(family) -> str:
    return reverse("arrears-case", args=[family.recipient.pk])


def test_asks_a_provider_and_writes_down_its_answer(family, specialist) -> None:
    ask = reverse("debt-request-new")
    chosen = {"provider": family.account.provider_id}
    assert "спрашивать не о ком" in told(specialist.post(ask, chosen | {"scope": "told"}))
    page = told(specialist.post(ask, chosen | {"scope": "all"}, follow=True))
    assert "ответ ждём до" in page
    assert family.recipient.person.full_name in page
    answer = DebtAnswer.objects.get()
    form = reverse("debt-answer", args=[answer.pk])
    day = f"{answer.request.sent_on:%Y-%m-%d}"
    given = {"outcome": "debt", "document": "письмо № 7", "answered_on": day}
    assert "укажите сумму" in told(specialist.post(form, given))
    given |= {"debt": "15230,40", "owed_since": "2019-03-05", "months": "6"}
    assert "15 230,40" in told(specialist.post(form, given, follow=True))
    assert "6 месяцев" in told(specialist.get(case(family)))
    assert f"№ {DebtRequest.objects.get().number}" in told(specialist.get(reverse("debt-requests")))


def test_goes_from_a_court_act_to_a_suspension_by_two_people(family, specialist, head) -> None:
    form = reverse("arrears-court-act", args=[family.recipient.pk])
    given = {
        "provider_id": family.account.provider_id, "court": "Промышленный районный суд", "number": "2-15/2019",
        "decided_on": "2019-06-01", "in_force_on": "2019-07-02", "debt": "15230,40", "owed_since": "2018-10-01",
        "months": "37",
    }  # fmt: skip
    assert "не более чем за три года" in told(specialist.post(form, given))
    page = told(specialist.post(form, given | {"months": "8"}, follow=True))
    assert "Промышленный районный суд, № 2-15/2019 от 01.06.2019" in page
    assert "Подготовить приостановление с" in page
    prepare = reverse("arrears-prepare", args=[family.recipient.pk])
    assert "его утверждает начальник отдела" in told(specialist.post(prepare, follow=True))
    one = Suspension.objects.get()
    confirm = reverse("arrears-confirm", args=[one.pk])
    assert specialist.get(confirm).status_code == 403
    assert "15 230,40 ₽" in told(head.get(confirm))
    page = told(head.post(confirm, follow=True))
    assert "Выплата приостановлена с" in page
    one.refresh_from_db()
    assert one.status == "confirmed"
    listed = told(head.get(reverse("arrears")))
    assert "выплата приостановлена" in listed
    assert "15 230,40" in listed


def test_withdraws_a_decision(family, specialist) -> None:
    one = indebted.prepared(family)
    specialist.post(reverse("arrears-withdraw", args=[one.pk]))
    one.refresh_from_db()
    assert one.status == "withdrawn"


def test_shows_what_is_due_for_suspended_months_before_it_resumes(family, specialist) -> None:
    factories.open_month(SEPTEMBER)
    town.bill(family, "23", "280.89", "3", month=SEPTEMBER)
    one = indebted.suspended(family)
    made.forward(town.calculate(family.recipient.office, month=SEPTEMBER))
    assert "Предприятия продолжают присылать начисления" in told(specialist.get(case(family)))
    form = reverse("arrears-resume", args=[one.pk])
    given = {"because": "paid", "resumed_on": "2026-09-10", "document": "справка от 10.09.2026"}
    page = specialist.post(form, given)
    assert "46,82" in told(page)
    one.refresh_from_db()
    assert one.status == "confirmed"
    done = specialist.post(form, given | {"seen": page.context["shown"].found.fingerprint}, follow=True)
    order = Recalculation.objects.get()
    assert f"Перерасчёт № {order.number} подготовлен" in told(done)
    assert "Начислено за приостановленные месяцы" in told(done)
    assert DebtCourtAct.objects.get().settled_on == dt.date(2026, 9, 10)


def test_tells_on_the_card_why_a_month_is_not_paid(family, specialist) -> None:
    factories.open_month(SEPTEMBER)
    town.bill(family, "23", "280.89", "3", month=SEPTEMBER)
    one = indebted.suspended(family)
    made.forward(town.calculate(family.recipient.office, month=SEPTEMBER))
    page = told(specialist.get(reverse("card-accruals", args=[family.recipient.pk]) + "?m=2026-09"))
    assert f"Выплата приостановлена с 01.09.2026 из-за долга: решение № {one.number}" in page
    assert "на странице «Задолженность»" in page
    assert "С01 долг, часть 3 статьи 160" in told(specialist.get(reverse("card-rights", args=[family.recipient.pk])))
    assert case(family) in told(specialist.get(reverse("card-services", args=[family.recipient.pk])))


def test_leaves_another_office_out(family) -> None:
    stranger = browser_of(factories.staff(Role.CALCULATION, office=factories.office()))
    one = indebted.suspended(family)
    assert stranger.get(case(family)).status_code == 404
    assert stranger.get(reverse("arrears-resume", args=[one.pk])).status_code == 404
    assert family.recipient.person.full_name not in told(stranger.get(reverse("arrears")))


@pytest.mark.parametrize("route", ["arrears", "debt-requests"])
def test_asks_a_list_for_the_same_queries_for_one_and_many(
    family, specialist, django_assert_max_num_queries, route: str
) -> None:
    counts = []
    for place in range(3):
        of = family if not place else town.family(family.recipient.office)
        indebted.answered(of)
        indebted.suspended(of)
        with django_assert_max_num_queries(14) as queries:
            specialist.get(reverse(route))
        counts.append(len(queries))
    assert counts[0] == counts[-1]
