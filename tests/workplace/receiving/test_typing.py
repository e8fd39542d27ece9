"""The grid of charges typed by hand: preview, what is wrong by row, keeping, who may."""

import pytest

from exchange.models import ExchangeFile
from exchange.selectors.typing_grid import places_of
from offices.models import Role
from tests.exchange.answering import Desk, asked, desk
from tests.workplace.receiving.bringing import clerk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def test_shows_the_requests_rows_with_an_input_for_every_sum(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    browser = clerk(at_desk.office)
    assert request.provider.short_name in browser.get("/exchange/typing/?m=2026-10").content.decode()
    shown = browser.get(f"/exchange/typing/{request.pk}/?m=2026-10").content.decode()
    assert shown.count('size="10"') == 2 * 2 * 4
    assert 'inputmode="decimal"' in shown


def test_previews_a_pasted_table_before_it_is_kept(at_desk: Desk) -> None:
    request = asked(at_desk)
    account = places_of(request)[0].account
    browser = clerk(at_desk.office)
    address = f"/exchange/typing/{request.pk}/?m=2026-10"
    given = {"act": "keep", "ground": "разрешение", "table": f"{account}\t10\t26,06\t10\t260,60"}
    shown = browser.post(address, given)
    assert "Будет принято начислений: 1 на 260,60" in shown.content.decode()
    assert not ExchangeFile.objects.filter(kind="return").exists()
    key = places_of(request)[0].key
    kept = browser.post(address, {"act": "keep", "ground": "разрешение", f"{key}:billed": "260,60"})
    assert kept.status_code == 302
    assert ExchangeFile.objects.get(kind="return").origin == "typed"


def test_keeps_nothing_while_a_row_is_wrong(at_desk: Desk) -> None:
    request = asked(at_desk)
    first, second = places_of(request)
    given = {"act": "keep", "ground": "разрешение", f"{first.key}:billed": "десять", f"{second.key}:billed": "5"}
    answered = clerk(at_desk.office).post(f"/exchange/typing/{request.pk}/?m=2026-10", given)
    assert answered.status_code == 422
    assert "не число: «десять»" in answered.content.decode()
    assert 'value="десять"' in answered.content.decode()
    assert not ExchangeFile.objects.filter(kind="return").exists()


def test_says_in_the_page_why_it_is_not_kept(at_desk: Desk) -> None:
    request = asked(at_desk)
    given = {"act": "keep", f"{places_of(request)[0].key}:billed": "5"}
    answered = clerk(at_desk.office).post(f"/exchange/typing/{request.pk}/?m=2026-10", given)
    assert answered.status_code == 422
    assert "Укажите основание ввода" in answered.content.decode()


def test_lets_only_the_exchange_specialist_of_the_office_type(at_desk: Desk) -> None:
    request = asked(at_desk)
    address = f"/exchange/typing/{request.pk}/?m=2026-10"
    assert clerk(at_desk.office, Role.CHECKING).get(address).status_code == 403
    assert clerk(desk("66204").office).get(address).status_code == 404
