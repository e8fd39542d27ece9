"""The letter's totals beside the file's on its page; a ZIP archive becomes its files."""

import io
import zipfile
from decimal import Decimal

import pytest

from exchange.models import ExchangeFile
from offices.models import Role
from tests.exchange.answering import Desk, asked, desk
from tests.workplace.receiving.bringing import ADDRESS, bring, brought, clerk, right, rows, taken, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def page_of(at: Desk, file: ExchangeFile) -> str:
    return clerk(at.office).get(f"/exchange/files/{file.pk}/?m=2026-10").content.decode()


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return packed.getvalue()


def test_says_that_no_total_is_given_and_takes_it(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    file = taken(at_desk, browser, asked(at_desk))
    assert "контрольная сумма не указана" in page_of(at_desk, file)
    given = {"control_rows": "1", "control_roubles": "461,60"}
    assert browser.post(f"/exchange/files/{file.pk}/letter/?m=2026-10", given).status_code == 302
    file.refresh_from_db()
    assert (file.control_rows, file.control_roubles) == (1, Decimal("461.60"))
    shown = page_of(at_desk, file)
    assert shown.count("сходится") == 2
    assert "контрольная сумма не указана" not in shown


def test_shows_a_total_that_differs_in_the_list_too(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    file = taken(at_desk, browser, asked(at_desk))
    browser.post(f"/exchange/files/{file.pk}/letter/?m=2026-10", {"control_rows": "", "control_roubles": "1 461,60"})
    assert "расходится" in page_of(at_desk, file)
    (row,) = rows(browser)
    assert row.state_word == "не сходится с письмом"
    assert "в сопроводительном письме указано 1\xa0461,60 руб." in row.sentence


@pytest.mark.parametrize("given", [{"control_rows": "много"}, {"control_roubles": "1,2,3"}, {"control_rows": "0"}])
def test_refuses_what_is_no_total(at_desk: Desk, given: dict[str, str]) -> None:
    browser = clerk(at_desk.office)
    file = taken(at_desk, browser, asked(at_desk))
    browser.post(f"/exchange/files/{file.pk}/letter/?m=2026-10", given)
    file.refresh_from_db()
    assert (file.control_rows, file.control_roubles) == (None, None)


def test_leaves_the_letter_to_the_exchange_specialist_of_the_office(at_desk: Desk) -> None:
    file = taken(at_desk, clerk(at_desk.office), asked(at_desk))
    address = f"/exchange/files/{file.pk}/letter/?m=2026-10"
    assert clerk(at_desk.office, Role.CHECKING).post(address, {"control_rows": "1"}).status_code == 403
    assert clerk(desk("66204").office).post(address, {"control_rows": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("total", "status"), [("461,60", "received"), ("461,61", "refused")], ids=["that agrees", "that differs"]
)
def test_holds_a_file_against_the_total_entered_with_it(at_desk: Desk, total: str, status: str) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    given = {"files": [brought(request.name, right(request))], "control_rows": "1", "control_roubles": total}
    browser.post(ADDRESS, given)
    work()
    assert ExchangeFile.objects.get(kind="return").status == status


def test_takes_one_letter_for_one_file(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    both = [brought(request.name, right(request)), brought("второй.dbf", b"x")]
    browser.post(ADDRESS, {"files": both, "control_rows": "1"})
    assert work() == []


def test_takes_every_file_of_an_archive(at_desk: Desk) -> None:
    request = asked(at_desk)
    browser = clerk(at_desk.office)
    bring(browser, ("ответы.zip", archive(**{request.name: right(request), "чужой.dbf": b"x"})))
    work()
    found = ExchangeFile.objects.filter(kind="return").order_by("name").values_list("name", "status")
    assert set(found) == {(request.name, "received"), ("чужой.dbf", "refused")}


def test_says_why_an_archive_is_not_taken(at_desk: Desk) -> None:
    asked(at_desk)
    browser = clerk(at_desk.office)
    nested = archive(**{"внутри.zip": archive(**{"а.dbf": b"x"})})
    bring(browser, ("ответы.zip", nested))
    work()
    (row,) = rows(browser)
    assert (row.state_word, row.sentence[:22]) == ("архив не открыт", "В архиве лежит ещё оди")


def test_tells_a_corrected_file_from_the_one_it_replaced(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    request = asked(at_desk, people=2)
    former = taken(at_desk, browser, request)
    other = right(request).replace(b"260.60", b"270.60", 1)
    bring(browser, (request.name, other))
    work()
    corrected = ExchangeFile.objects.get(kind="return", status="received")
    assert "Без изменений 1\xa0строка, изменено 1, добавлено 0" in page_of(at_desk, corrected)
    assert "Вместо этого файла принят исправленный" in page_of(at_desk, former)
    assert [row.state_word for row in rows(browser)] == ["принят", "заменён"]
