"""The check of a file: discrepancies with decisions, by script or by form, read-only for who may not decide."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.models import Parameter
from exchange.models import Discrepancy
from offices.models import Role, RoleGrant
from tests import factories as make
from tests.exchange.answering import filled, right_answers
from tests.factories import AT
from tests.workplace.verification.checked_files import FOUND_IN_A_ROW, Checked, checked_file
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def checked() -> Checked:
    return checked_file()


def page_of(checked: Checked, query: str = "", by: object = None) -> str:
    answered = (by or checked.decider).get(f"{checked.address}{query}")
    assert answered.status_code == 200
    return answered.content.decode()


def rows_in(html: str) -> list[tuple[int, str]]:
    return [(int(pk), decision) for pk, decision in re.findall(r'<tr data-row="(\d+)" data-decision="(\w+)"', html)]


def test_lists_every_discrepancy_in_the_order_of_the_file(checked: Checked) -> None:
    html = page_of(checked)
    assert rows_in(html) == [(one.pk, "open") for one in checked.found()]
    assert f"решено 0 из {2 * FOUND_IN_A_ROW}" in html
    assert "Тариф и сумма (п. 3.10.1 а)" in html
    assert "+19,70" in html


def test_writes_a_decision_at_once_and_counts_again(checked: Checked) -> None:
    first = checked.found()[0]
    html = checked.decide(first, "hold")
    assert rows_in(html) == [(first.pk, "hold")]
    for said in ("решено 1 из 8", "ждут протокола: 1", "Сформировать протокол (1)", "refusal"):
        assert (said in html) is (said != "refusal")
    first.refresh_from_db()
    assert (first.decision, first.decided_by) == ("hold", checked.at.checker)


def test_takes_a_decision_back(checked: Checked) -> None:
    first = checked.found()[0]
    checked.decide(first, "accept")
    assert rows_in(checked.decide(first, "open", seen="accept")) == [(first.pk, "open")]
    first.refresh_from_db()
    assert first.decided_by is None


def test_tells_the_second_of_two_deciders_and_shows_what_stands(checked: Checked) -> None:
    first = checked.found()[0]
    second = visitor(Role.CHECKING, office=checked.at.office)
    checked.decide(first, "hold")
    html = checked.decide(first, "accept", by=second)
    assert re.search(r'id="refusal">Строка 1: уже решено .*Проверкина', html)
    assert rows_in(html) == [(first.pk, "hold")]
    first.refresh_from_db()
    assert (first.decision, first.decided_by) == ("hold", checked.at.checker)


def test_says_why_a_row_cannot_be_taken_back(checked: Checked) -> None:
    checked.at.tell(checked.file)
    html = checked.decide(checked.found()[0], "open", seen="hold")
    assert "стоит в протоколе № 1/2026, решение не отменить" in html


def test_writes_a_whole_form_without_scripts(checked: Checked) -> None:
    first, second, third, *rest = checked.found()
    form = {f"was-{one.pk}": "open" for one in checked.found()}
    form |= {f"d-{first.pk}": "hold", f"d-{second.pk}": "accept", f"d-{third.pk}": "later"}
    answered = checked.decider.post(checked.address, form, follow=True)
    assert "Записано решений: 3." in answered.content.decode()
    assert [one.decision for one in checked.found()] == ["hold", "accept", "later", *["open"] * len(rest)]


def test_keeps_what_another_decided_when_a_form_comes_late(checked: Checked) -> None:
    first, second, *_ = checked.found()
    checked.decide(first, "hold")
    form = {f"was-{first.pk}": "open", f"d-{first.pk}": "accept", f"was-{second.pk}": "open", f"d-{second.pk}": "later"}
    html = checked.decider.post(checked.address, form, follow=True).content.decode()
    assert "Строка 1: уже решено" in html
    assert [one.decision for one in checked.found()[:2]] == ["hold", "later"]


def test_narrows_by_reason_and_by_decision(checked: Checked) -> None:
    area, *_ = checked.found("E20")
    assert [pk for pk, _ in rows_in(page_of(checked, "?why=E20"))] == [one.pk for one in checked.found("E20")]
    checked.decide(area, "later")
    assert [pk for pk, _ in rows_in(page_of(checked, "?why=E20&state=later"))] == [area.pk]
    assert "По этому отбору расхождений нет" in page_of(checked, "?state=told")
    assert checked.decider.get(f"{checked.address}?why=E99").status_code == 404
    assert checked.decider.get(f"{checked.address}?state=lost").status_code == 404


def test_says_what_a_row_means_in_roubles(checked: Checked) -> None:
    tariff = checked.found("E10")[0]
    html = checked.decider.get(f"{checked.address}{tariff.pk}/", headers={"HX-Request": "true"}).content.decode()
    # 300.00 billed and half of it given back; by our tariff 10 m³ × 26.06 = 260.60, half of that.
    for said in (
        f"150,00{NBSP}₽",
        f"130,30{NBSP}₽",
        "(+19,70)",
        "Если верна карточка",
        "Сверьте тариф с постановлением",
    ):
        assert said in html
    residents = checked.found("E21")[0]
    html = checked.decider.get(f"{checked.address}{residents.pk}/", headers={"HX-Request": "true"}).content.decode()
    # 600.00 of two services: a half of it for one of one, a quarter for one of two.
    for said in (f"150,00{NBSP}₽", f"300,00{NBSP}₽", "(−150,00)", "Зарегистрировано"):
        assert said in html


def test_weighs_nothing_without_the_parameters_of_the_month(checked: Checked) -> None:
    Parameter.objects.update(confirmed_at=None, confirmed_by=None)
    row = checked.found()[0]
    html = checked.decider.get(f"{checked.address}{row.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Если верен файл" not in html
    assert row.text in html


def test_opens_the_panel_without_scripts(checked: Checked) -> None:
    row = checked.found()[3]
    answered = checked.decider.get(f"{checked.address}{row.pk}/", follow=True)
    assert f'data-shown="{row.pk}"' in answered.content.decode()


@pytest.mark.parametrize("role", [Role.CALCULATION, Role.HEAD, Role.EXCHANGE])
def test_shows_others_the_rows_and_who_decides(checked: Checked, role: str) -> None:
    other = visitor(role, office=checked.at.office)
    html = page_of(checked, by=other)
    assert len(rows_in(html)) == 8
    assert "Решения принимает специалист по проверке района: Проверкина" in html
    assert "data-decide" not in html
    assert 'type="radio"' not in html
    row = checked.found()[0]
    answered = other.post(f"{checked.address}{row.pk}/decide/", {"decision": "hold", "seen": "open"})
    assert answered.status_code == 403
    assert "специалист по проверке" in answered.content.decode()
    assert other.post(checked.address, {f"d-{row.pk}": "hold"}).status_code == 403
    assert {one.decision for one in checked.found()} == {"open"}


def test_lets_who_received_the_file_only_look(checked: Checked) -> None:
    RoleGrant.objects.create(staff=checked.at.receiver, role=Role.CHECKING, order="№ 1", valid_from=AT.date())
    receiver = browser_of(checked.at.receiver)
    assert "Вы приняли этот файл, поэтому решает другой специалист: Проверкина" in page_of(checked, by=receiver)
    assert "проверяет не тот, кто его принял" in checked.decide(checked.found()[0], "hold", by=receiver)
    assert checked.found()[0].decision == "open"


def test_says_that_a_closed_month_is_closed(checked: Checked) -> None:
    month = make.open_month()
    month.closed_at, month.closed_by = AT, make.staff()
    month.save()
    assert "Октябрь 2026 закрыт 15.10.2026, решения и загрузка невозможны" in page_of(checked)
    assert "не открыт" in checked.decide(checked.found()[0], "hold")
    assert checked.found()[0].decision == "open"


def test_leads_from_a_replaced_file_to_the_corrected_one(checked: Checked) -> None:
    request = checked.file.request
    fresh = checked.at.receive(filled(request, right_answers(request)), request.name)
    html = page_of(checked)
    assert "Файл заменён исправленным: решения принимают по новому файлу" in html
    assert f'href="/exchange/files/{fresh.pk}/check/' in html
    assert "data-decide" not in html


def test_hides_a_foreign_district(checked: Checked) -> None:
    foreign = visitor(Role.CHECKING, office=make.office())
    row = checked.found()[0]
    assert foreign.get(checked.address).status_code == 404
    for tail in ("more/", "alike/?decision=hold", "protocol/", f"{row.pk}/"):
        assert foreign.get(f"{checked.address}{tail}").status_code == 404
    pressed = {"decision": "hold", "seen": "open"}
    assert foreign.post(f"{checked.address}{row.pk}/decide/", pressed).status_code == 404


def test_knows_no_row_of_another_file(checked: Checked) -> None:
    other = checked_file(rows=1)
    row = other.found()[0]
    assert checked.decider.get(f"{checked.address}{row.pk}/").status_code == 404
    pressed = {"decision": "hold", "seen": "open"}
    assert checked.decider.post(f"{checked.address}{row.pk}/decide/", pressed).status_code == 404


def test_asks_the_same_number_of_questions_for_eight_and_for_sixty_four() -> None:
    counted = []
    for rows in (2, 16):
        checked = checked_file(rows)
        page_of(checked)
        with CaptureQueriesContext(connection) as queries:
            html = page_of(checked)
        assert len(rows_in(html)) == rows * FOUND_IN_A_ROW
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] < 15, counted


def test_gives_a_long_list_in_pieces(checked: Checked) -> None:
    Discrepancy.objects.bulk_create(
        Discrepancy(file=checked.file, row=checked.found()[0].row, code="E60", is_blocking=False, text="долг")
        for _ in range(200)
    )
    html = page_of(checked)
    seen = [pk for pk, _ in rows_in(html)]
    while found := re.search(r'href="([^"]*/more/[^"]*)" data-next', html):
        html = checked.decider.get(found[1].replace("&amp;", "&")).content.decode()
        seen += [pk for pk, _ in rows_in(html)]
    assert seen == [one.pk for one in checked.found()]
