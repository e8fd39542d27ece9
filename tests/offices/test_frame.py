"""The frame of every page: the month and district in the address, remembered, and nobody else's."""

import datetime as dt

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from offices.frame import Forbidden, Frame, page
from offices.models import Office, Role
from offices.refusals import Refusal
from tests import factories as make
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
PAGE = "/board/balance/"


@pytest.fixture(autouse=True)
def months() -> None:
    make.open_month(SEPTEMBER)
    make.open_month(OCTOBER)


def frame_of(answer) -> Frame:
    assert answer.status_code == 200
    return answer.wsgi_request.frame


def test_opens_the_latest_month_and_remembers_another() -> None:
    client = visitor(Role.VERIFIER)
    assert frame_of(client.get(PAGE)).month.month == OCTOBER
    assert frame_of(client.get(f"{PAGE}?m=2026-09")).month.month == SEPTEMBER
    assert frame_of(client.get(PAGE)).month.month == SEPTEMBER


def test_leads_to_the_months_beside() -> None:
    make.open_month(dt.date(2026, 7, 1))
    frame = frame_of(visitor(Role.VERIFIER).get(f"{PAGE}?m=2026-09"))
    assert frame.previous is None
    assert frame.following.month == OCTOBER


@pytest.mark.parametrize("month", ["2026-11", "2026-13", "2026-1", "october", "0000-01", "2026-10-01", ""])
def test_knows_no_page_of_another_month(month: str) -> None:
    assert visitor(Role.VERIFIER).get(f"{PAGE}?m={month}").status_code == 404


def test_lets_the_department_choose_a_district_and_remembers_it() -> None:
    office = make.office()
    client = visitor(Role.PAYMENTS)
    assert frame_of(client.get(PAGE)).office is None
    assert frame_of(client.get(f"{PAGE}?r={office.code}")).office == office
    assert frame_of(client.get(PAGE)).query == {"m": "2026-10", "r": office.code}
    assert frame_of(client.get(f"{PAGE}?r=all")).office is None


def test_keeps_a_district_at_home() -> None:
    own, foreign = make.office(), make.office()
    client = visitor(Role.INTAKE, office=own)
    frame = frame_of(client.get(PAGE))
    assert (frame.office, frame.offices) == (own, (own,))
    assert frame.query == {"m": "2026-10"}
    assert frame_of(client.get(f"{PAGE}?r={own.code}")).office == own
    for asked in (foreign.code, "all", "no such"):
        assert client.get(f"{PAGE}?r={asked}").status_code == 404


def test_knows_no_unit_of_the_department_as_a_district() -> None:
    unit = make.unit()
    assert visitor(Role.VERIFIER).get(f"{PAGE}?r={unit.code}").status_code == 404


def test_scopes_rows_to_who_looks_and_the_district_chosen() -> None:
    from recipients.models import Recipient

    own, foreign = make.office(), make.office()
    mine, theirs = make.recipient(office=own), make.recipient(office=foreign)

    def seen(client, query: str = "") -> set[Recipient]:
        return set(frame_of(client.get(PAGE + query)).seen(Recipient.objects.all()))

    assert seen(visitor(Role.INTAKE, office=own)) == {mine}
    department = visitor(Role.VERIFIER)
    assert seen(department) == {mine, theirs}
    assert seen(department, f"?r={foreign.code}") == {theirs}


def test_says_whose_an_action_is() -> None:
    frame = frame_of(visitor(Role.INTAKE).get(PAGE))
    frame.require({Role.INTAKE}, "Это делает специалист по приёму.")
    with pytest.raises(Forbidden, match="Месяц закрывает отдел выплат"):
        frame.require({Role.PAYMENTS}, "Месяц закрывает отдел выплат.")


def test_names_the_head_to_ask_where_a_section_is_closed() -> None:
    office = make.office()
    make.staff(Role.HEAD, office=office, last_name="Гордеева", first_name="Лариса", middle_name="Степановна")
    staff = make.staff(office=office)
    answer = browser_of(staff).get(PAGE)
    assert answer.status_code == 403
    assert "попросите руководителя: Гордеева Лариса Степановна" in answer.content.decode()


def test_refuses_a_part_of_a_page_to_who_is_signed_out_and_leads_a_page_to_the_login(client) -> None:
    assert client.get(PAGE, headers={"HX-Request": "true"}).status_code == 401
    assert client.get(PAGE).url == f"/login/?next={PAGE}"


@page(section="work", roles=None)
def _refusing(request: HttpRequest) -> HttpResponse:
    raise Refusal("Месяц закрыт: исправляйте перерасчётом.")


def _asked(method: str, **extra: str) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/somewhere/?m=2026-10", **extra)
    request.user = make.staff(Role.VERIFIER)
    request.session = {}
    request.resolver_match = None
    request._messages = FallbackStorage(request)
    return _refusing(request)


def test_says_a_refusal_on_the_page_the_form_came_from() -> None:
    answer = _asked("post")
    assert (answer.status_code, answer.url) == (302, "/somewhere/?m=2026-10")
    form = "http://testserver/exchange/files/7/?m=2026-10"
    assert _asked("post", headers={"Referer": form}).url == form
    assert _asked("post", headers={"Referer": "https://elsewhere.example/"}).url == "/somewhere/?m=2026-10"
    part = _asked("post", headers={"HX-Request": "true"})
    assert part["HX-Retarget"] == "#messages"
    assert "Месяц закрыт" in part.content.decode()


def test_says_a_refusal_on_a_page_of_its_own_when_something_was_only_asked_for() -> None:
    answer = _asked("get")
    assert answer.status_code == 409
    assert "Месяц закрыт: исправляйте перерасчётом." in answer.content.decode()


def test_asks_for_the_roles_once_in_a_request(django_assert_max_num_queries) -> None:
    staff = make.staff(Role.VERIFIER)
    staff.remember_roles(OCTOBER)
    with django_assert_max_num_queries(0):
        assert staff.roles_on(OCTOBER) == {Role.VERIFIER}
    assert Office.objects.exists()
