"""A late answer on its pages: what it waits for in words, the next step for whoever may take it, and why not."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.models import ExchangeFile
from exchange.services.late_answers import take_late
from offices.models import BillingMonth
from tests import factories as make
from tests.calculations import made
from tests.exchange import stored
from tests.exchange.answering import Desk, asked, desk, filled, right_answers
from tests.factories import AT, MONTH
from tests.workplace.receiving.bringing import clerk

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
LIST = "/exchange/late/?m=2026-11"


@pytest.fixture
def at() -> Desk:
    return desk()


def taken(at: Desk) -> ExchangeFile:
    """An answer of October as it was taken in November."""
    request = asked(at)
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    make.open_month(NOVEMBER)
    refused = at.receive(filled(request, right_answers(request)), request.name, month=NOVEMBER)
    return take_late(file_id=refused.pk, by=at.receiver, at=AT)


def text(at: Desk, address: str, role: str = "checking") -> str:
    answer = clerk(at.office, role).get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_says_what_it_waits_for_and_offers_the_next_step(at: Desk) -> None:
    file = taken(at)
    address = f"/exchange/late/{file.pk}/?m=2026-11"
    assert "ждёт проверки" in text(at, LIST)
    page = text(at, address)
    assert f'action="/exchange/files/{file.pk}/verify/' in page
    assert "после проверки и загрузки разницу учтёт расчёт за ноябрь 2026" in page
    at.verify(file)
    assert "можно загружать" in text(at, LIST)
    assert "Загрузить" in text(at, address, "calculation")
    assert file.name in text(at, "/exchange/checks/?m=2026-11")
    at.load(file)
    assert "загружен" in text(at, LIST)
    assert "учитывает расчёт за ноябрь 2026 отдельными строками" in text(at, address)


def test_tells_on_the_check_and_the_loading_which_month_is_billed(at: Desk) -> None:
    file = at.verify(taken(at))
    assert "сверяются с карточками, тарифами и нормативами того месяца" in text(
        at, f"/exchange/files/{file.pk}/check/?m=2026-11"
    )
    assert "начисления за октябрь 2026" in text(at, f"/exchange/files/{file.pk}/check/load/?m=2026-11", "calculation")


def test_loads_nothing_that_the_submitted_run_would_miss(at: Desk) -> None:
    file = at.verify(taken(at))
    made.forward(made.run(office=at.office, month=NOVEMBER), "submitted")
    browser = clerk(at.office, "calculation")
    address = f"/exchange/files/{file.pk}/check/load/?m=2026-11"
    assert "Примите файл в следующем открытом месяце." in text(at, address, "calculation")
    answer = browser.post(address, {"rows": "2", "roubles": "461.600000"}, follow=True)
    assert "Примите файл в следующем открытом месяце." in answer.content.decode()
    file.refresh_from_db()
    assert file.status == "verified"


def test_says_that_a_file_was_not_loaded_before_its_month_was_closed(at: Desk) -> None:
    taken(at)
    BillingMonth.objects.filter(month=NOVEMBER).update(closed_at=AT, closed_by=make.staff(office=None))
    assert "не загружен, примите заново" in text(at, LIST)


def test_lists_many_files_in_as_many_queries_as_one(at: Desk) -> None:
    def queries() -> int:
        browser = clerk(at.office)
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/exchange/late/?m=2026-10").status_code == 200
        return len(found)

    def add() -> None:
        request = stored.request(office=at.office)
        stored.exchange_file(
            "late", "received", request=request, office=at.office, provider=request.provider,
            late_month=stored.LATE_MONTH,
        )  # fmt: skip

    add()
    few = queries()
    for _ in range(3):
        add()
    assert queries() == few < 15
