"""The board as a page: whose rows, what a cell opens, the sheet, the print, the number of queries."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Role
from offices.models.staff import DISTRICT_ROLES
from tests import factories as make
from tests.factories import MONTH
from tests.workplace.board.ground import LATE, SOON, answered, asked, district, planned
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
PAGE = "/board/"
DEPARTMENT_ROLES = [role for role in Role if role not in DISTRICT_ROLES and role != Role.ADMINISTRATOR]


def text_of(client, path: str = PAGE, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.fixture
def region():
    """A late district with one file of two, and one that is in time."""
    late, fine = district("Рославльский район"), district("Велижский район")
    planned(late, i3_8=LATE, i3_9=LATE, i3_12=SOON, i3_15=SOON)
    planned(fine, i3_9=SOON)
    first, _ = asked(late, make.provider(), make.provider(short_name="ТСЖ «Энтузиаст»"), people=3)
    answered(first)
    return late, fine


@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
def test_shows_the_department_every_district_the_late_ones_first(role: str, region) -> None:
    page = text_of(visitor(role))
    assert 0 < page.index("Рославльский") < page.index('title="Велижский район"')
    assert "1 отстаёт" in page
    assert "1 из 2<span" in page


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_shows_a_district_its_own_row_only(role: str, region) -> None:
    page = text_of(visitor(role, office=region[1]))
    assert "Велижский" in page
    assert "Рославльский" not in page


def test_narrows_to_the_chosen_district(region) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD), f"{PAGE}?r={region[1].code}")
    assert 'title="Велижский район"' in page
    assert 'title="Рославльский район"' not in page


def test_says_a_state_in_words_beside_its_colour(region) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD))
    assert '1 из 2<span class="vh">, просрочено 2 дня: Рославльский район, пункт 3.9</span>' in page
    assert "ещё рано: Велижский район, пункт 3.9" in page


def test_names_who_holds_the_month_before_a_cell_is_chosen(region) -> None:
    page = text_of(visitor(Role.DEPARTMENT_HEAD))
    assert "Кто держит месяц" in page
    assert f"o={region[0].code}&amp;i=3.9" in page


def test_opens_a_cell_by_its_address_and_as_a_fragment(region) -> None:
    client, address = visitor(Role.DEPARTMENT_HEAD), f"{PAGE}?o={region[0].code}&i=3.9"
    page, fragment = text_of(client, address), text_of(client, address, hx_request="true", hx_target="panel")
    for shown in (page, fragment):
        assert "1 из 2 файлов" in shown
        assert "ТСЖ «Энтузиаст»" in shown
    assert "<table" in page
    assert "<table" not in fragment
    assert page.count('aria-current="true" hx-get') == 1


@pytest.mark.parametrize("query", ["o=none&i=3.9", "o={code}&i=3.99", "o={code}", "i=3.9"])
def test_has_no_such_cell(query: str, region) -> None:
    assert visitor(Role.DEPARTMENT_HEAD).get(f"{PAGE}?{query.format(code=region[0].code)}").status_code == 404


def test_has_no_cell_of_a_foreign_district(region) -> None:
    client = visitor(Role.HEAD, office=region[1])
    assert client.get(f"{PAGE}?o={region[0].code}&i=3.9").status_code == 404


@pytest.mark.parametrize("path", [PAGE, "/board/excel/", "/board/schedule/"])
def test_is_closed_to_an_administrator_and_to_strangers(path: str, region) -> None:
    assert visitor(Role.ADMINISTRATOR).get(path).status_code == 403
    assert visitor().get(path).status_code == 403


def test_says_so_while_no_month_is_open() -> None:
    assert "Ни один месяц ещё не открыт" in text_of(visitor(Role.DEPARTMENT_HEAD))


def test_says_so_where_no_terms_are_planned() -> None:
    district("Велижский район")
    assert "Графика обмена на этот месяц нет" in text_of(visitor(Role.DEPARTMENT_HEAD))


def test_offers_reminders_to_those_who_remind(region) -> None:
    assert "Напомнить отстающим (1)" in text_of(visitor(Role.DEPARTMENT_HEAD))
    for role in (Role.AUDITOR, Role.ACCOUNTANT, Role.LEGAL):
        assert "/remind/" not in text_of(visitor(role), f"{PAGE}?o={region[0].code}&i=3.9")


def test_asks_as_much_for_many_districts_as_for_a_few(region) -> None:
    client = visitor(Role.DEPARTMENT_HEAD)
    text_of(client)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            text_of(client)
        counts.append(len(queries))
        for number in range(5):
            one = district(f"Ещё один район {len(counts)}-{number}")
            planned(one, i3_9=LATE)
            asked(one, make.provider(), make.provider())
    assert counts[0] == counts[1]
    assert counts[0] < 15


def test_asks_as_much_for_many_missing_files_as_for_a_few(region) -> None:
    client, late = visitor(Role.DEPARTMENT_HEAD), district("Ярцевский район")
    planned(late, i3_9=LATE)
    asked(late, *(make.provider() for _ in range(7)), people=2)
    text_of(client)
    counts = []
    for office in (region[0], late):
        with CaptureQueriesContext(connection) as queries:
            text_of(client, f"{PAGE}?o={office.code}&i=3.9", hx_request="true", hx_target="panel")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_writes_the_same_rows_and_words_into_a_sheet(region) -> None:
    answer = visitor(Role.DEPARTMENT_HEAD, last_name="Белова").get("/board/excel/?sort=name")
    assert f"{MONTH:%Y-%m}.xlsx" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Ход месяца: октябрь 2026"
    assert "по алфавиту" in rows[1][0]
    assert "Белова" in rows[2][0]
    names = [row[0] for row in rows[5:]]
    assert names == sorted(names)
    assert rows[5 + names.index("Рославльский район")][5] == "1 из 2, просрочено, 2 дн."
    assert sheet.page_setup.orientation == "landscape"


def test_shows_the_terms_of_the_half_year_and_warns_of_days_off() -> None:
    first, other = district("Велижский район"), district("Ярцевский район")
    district("Шумячский район")
    for office in (first, other):
        planned(office, i3_5=dt.date(2026, 10, 20))
    planned(first, i3_9=dt.date(2026, 11, 5))
    planned(other, i3_9=dt.date(2026, 11, 7))
    page = text_of(visitor(Role.DEPARTMENT_HEAD), "/board/schedule/")
    assert "20.10.2026" in page
    assert "вторник" in page
    assert "07.11 — нерабочий день, ближайший рабочий — 09.11.2026" in page
    assert "кроме: Ярцевский район — 07.11" in page
    own = text_of(visitor(Role.HEAD, office=first), "/board/schedule/")
    assert "07.11" not in own
    assert "Все сроки приходятся на рабочие дни" in own


def test_has_no_schedule_of_an_unplanned_half_year() -> None:
    district("Велижский район")
    client = visitor(Role.DEPARTMENT_HEAD)
    assert "Графика обмена на это полугодие ещё нет" in text_of(client, "/board/schedule/")
    assert client.get("/board/schedule/?h=2030-01").status_code == 404
    assert client.get("/board/schedule/?h=abc").status_code == 404
