"""The rows of a file that need a person: three lists with sheets, matching by hand, the memory of it."""

import io

import pytest
from openpyxl import load_workbook

from exchange.models import ExchangeFile, RememberedMatch, RequestRow
from offices.models import Role
from tests.exchange.answering import Desk, asked, desk
from tests.exchange.test_hand_matches import lost, match, under_other_accounts
from tests.workplace.receiving.bringing import clerk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def strange_file(at: Desk) -> ExchangeFile:
    """Three people asked about; the first row came under another account and surname."""
    request = asked(at, people=3)
    return at.receive(under_other_accounts(request, "К-77"), request.name)


def page_of(at: Desk, address: str, role: str = Role.EXCHANGE) -> str:
    shown = clerk(at.office, role).get(f"{address}?m=2026-10")
    assert shown.status_code == 200
    return shown.content.decode()


def test_lists_each_kind_of_rows_with_its_number(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    person = RequestRow.objects.get(file=file.request, row_number=1).recipient.person
    shown = page_of(at_desk, f"/exchange/files/{file.pk}/unanswered/")
    assert person.last_name in shown
    assert 'Не из запроса <span class="q">1</span>' in shown
    assert "К-77" in page_of(at_desk, f"/exchange/files/{file.pk}/foreign/")
    assert "Таких строк в файле нет." in page_of(at_desk, f"/exchange/files/{file.pk}/ambiguous/")


def test_gives_each_list_as_a_sheet(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    answered = clerk(at_desk.office).get(f"/exchange/files/{file.pk}/foreign/?m=2026-10&xlsx=1")
    content = b"".join(answered.streaming_content) if answered.streaming else answered.content
    cells = {cell.value for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row}
    assert {"Не из запроса", "К-77"} <= cells


def test_lists_with_the_same_number_of_questions(at_desk: Desk, django_assert_max_num_queries) -> None:
    request = asked(at_desk, people=9)
    file = at_desk.receive(under_other_accounts(request, "К-1", "К-2", "К-3", "К-4"), request.name)
    browser = clerk(at_desk.office)
    for which in ("unanswered", "foreign", "ambiguous", "confirmed"):
        with django_assert_max_num_queries(14):
            assert browser.get(f"/exchange/files/{file.pk}/{which}/?m=2026-10").status_code == 200


def test_shows_whom_a_row_may_mean_and_what_fits(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    shown = clerk(at_desk.office).get(f"/exchange/rows/{lost(file).pk}/?m=2026-10")
    fitting = shown.context["row"].fitting
    assert fitting
    best = fitting[0]
    assert (best.asked.number, best.asked.answered_by) == (1, None)
    assert "счёт" in best.differs


def test_finds_a_person_of_the_request_by_account(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    number = RequestRow.objects.get(file=file.request, row_number=1).account.number
    browser = clerk(at_desk.office)
    for words, count in ((number[:9], 1), ("нет такой", 0)):
        shown = browser.get(f"/exchange/rows/{lost(file).pk}/", {"m": "2026-10", "q": words})
        listed = [one.asked.number for one in shown.context["row"].fitting] + [
            one.number for one in shown.context["found"]
        ]
        assert listed.count(1) == max(count, listed.count(1))
        assert shown.status_code == 200


def test_matches_through_the_page_and_tells_the_memory(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    free = RequestRow.objects.get(file=file.request, row_number=1)
    browser = clerk(at_desk.office)
    given = {"request_row": free.pk, "reason": "письмо № 7", "remember": "1"}
    answered = browser.post(f"/exchange/rows/{lost(file).pk}/?m=2026-10", given)
    assert (answered.status_code, lost(file).match) == (302, "by_hand")
    made = RememberedMatch.objects.get()
    assert "письмо № 7" in page_of(at_desk, "/exchange/matches/")
    assert "Прекратить связь" in page_of(at_desk, f"/exchange/matches/{made.pk}/")
    assert "вручную" in page_of(at_desk, f"/exchange/files/{file.pk}/confirmed/")
    browser.post(f"/exchange/rows/{lost(file).pk}/back/?m=2026-10")
    assert lost(file).match == "unknown"


@pytest.mark.parametrize("given", [{}, {"request_row": "x"}, {"request_row": "0", "reason": "письмо"}])
def test_says_what_is_missing_and_keeps_what_was_typed(at_desk: Desk, given: dict[str, str]) -> None:
    file = strange_file(at_desk)
    answered = clerk(at_desk.office).post(f"/exchange/rows/{lost(file).pk}/?m=2026-10", given)
    assert answered.status_code == 422
    assert answered.context["fault"].endswith(".")
    assert answered.context["reason"] == given.get("reason", "")
    assert lost(file).match == "unknown"


def test_ends_a_memory_through_its_page(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    match(at_desk, file)
    made = RememberedMatch.objects.get()
    assert clerk(at_desk.office).post(f"/exchange/matches/{made.pk}/?m=2026-10").status_code == 302
    made.refresh_from_db()
    assert f"{made.valid_to:%d.%m.%Y}" == "01.11.2026"


def test_lets_only_the_exchange_specialist_of_the_office_match(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    row = lost(file)
    match(at_desk, file)
    made = RememberedMatch.objects.get()
    checker, neighbor = clerk(at_desk.office, Role.CHECKING), clerk(desk("66204").office)
    for address in (f"/exchange/rows/{row.pk}/", f"/exchange/rows/{row.pk}/back/", f"/exchange/matches/{made.pk}/"):
        assert checker.post(f"{address}?m=2026-10").status_code == 403
        assert neighbor.post(f"{address}?m=2026-10").status_code == 404
    assert neighbor.get(f"/exchange/files/{file.pk}/foreign/?m=2026-10").status_code == 404


def test_has_no_page_for_a_row_that_met_its_request_itself(at_desk: Desk) -> None:
    file = strange_file(at_desk)
    row = file.returned_rows.get(row_number=2)
    assert clerk(at_desk.office).get(f"/exchange/rows/{row.pk}/?m=2026-10").status_code == 404
