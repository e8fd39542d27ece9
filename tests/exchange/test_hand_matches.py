"""A specialist says whom a row means; the next file of the provider is matched by memory, until it ends (3.9)."""

import datetime as dt

import pytest

from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf
from exchange.models import ExchangeFile, RememberedMatch, RequestRow, ReturnedRow
from exchange.selectors.remembered import remembered_of
from exchange.services import hand_matches
from exchange.services.hand_matches import MatchEnded, NotMatchable, NotThisRequestRow, ReasonMissing
from exchange.services.layouts import layout_of
from tests.exchange.answering import Desk, asked, codes_of, desk, filled, refused, right_answers
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def under_other_accounts(request: ExchangeFile, *strange: str) -> bytes:
    """Right answers, the first rows under accounts and a surname of the provider's own, without our numbers."""
    table = read_dbf(filled(request, right_answers(request)), encoding="cp866")
    names = [field.name for field in table.fields]
    said = {"account": "", "last_name": "Приезжая", "snils": "", "request_id": ""}
    fields = [one for one in layout_of(request.layout).fields if one.subject == "person" and one.attribute in said]
    places = {one.attribute: names.index(one.name) for one in fields}
    rows = [list(row.values) for row in table.rows()]
    for row, number in zip(rows, strange, strict=False):
        for attribute, place in places.items():
            row[place] = said[attribute] or number if attribute in ("account", "last_name") else None
    return write_dbf(table.fields, rows, encoding="cp866", version=layout_of(request.layout).dbase)


def lost(file: ExchangeFile) -> ReturnedRow:
    return file.returned_rows.get(row_number=1)


def match(at: Desk, file: ExchangeFile, **given: object) -> int:
    row = lost(file)
    free = RequestRow.objects.filter(file=file.request).exclude(answers__file=file).order_by("row_number")
    facts = {
        "row_id": row.pk,
        "request_row_id": free[0].pk,
        "reason": "письмо № 5",
        "is_remembered": True,
        "by": at.receiver,
        "at": AT,
    }
    return hand_matches.match_by_hand(**(facts | given))


def test_matches_a_strange_row_and_checks_it_with_the_file(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(under_other_accounts(request, "К-77"), request.name)
    assert (lost(file).match, lost(file).content["who"]["account"]) == ("unknown", "К-77")
    assert match(at_desk, file) == 1
    assert (lost(file).match, lost(file).request_row.row_number) == ("by_hand", 1)
    assert codes_of(at_desk.verify(file)) == ["E06", "E07"]


def test_remembers_the_match_for_the_provider_with_its_reason(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(under_other_accounts(request, "К-77"), request.name)
    match(at_desk, file)
    made = RememberedMatch.objects.get()
    assert (made.provider, made.office, made.valid_from, made.valid_to) == (file.provider, at_desk.office, MONTH, None)
    assert (made.sent_account, made.reason, made.entered_by) == ("к-77", "письмо № 5", at_desk.receiver)
    row = lost(file).request_row
    assert remembered_of(request) == {("к-77", made.sent_name): (row.recipient_id, row.account_id)}


def test_uses_the_memory_in_a_further_file_and_asks_no_more(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    match(at_desk, at_desk.receive(under_other_accounts(request, "К-77"), request.name))
    again = at_desk.receive(under_other_accounts(request, "К-77", "К-78"), request.name)
    matched = again.returned_rows.order_by("row_number").values_list("match", "request_row__row_number")
    assert list(matched) == [("remembered", 1), ("unknown", None), ("account", 3)]
    assert codes_of(at_desk.verify(again)) == ["E03", "E04"]


def test_forgets_what_was_matched_for_one_month(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    match(at_desk, at_desk.receive(under_other_accounts(request, "К-77"), request.name), is_remembered=False)
    assert RememberedMatch.objects.get().valid_to == NOVEMBER
    request.month = NOVEMBER
    assert remembered_of(request) == {}


def test_matches_every_service_of_a_person_in_a_long_file(at_desk: Desk) -> None:
    request = asked(at_desk, people=3, layout="long")
    file = at_desk.receive(under_other_accounts(request, "К-77", "К-77"), request.name)
    assert match(at_desk, file) == 2
    matched = file.returned_rows.order_by("row_number").values_list("match", "request_row__row_number")
    assert list(matched)[:3] == [("by_hand", 1), ("by_hand", 2), ("request_id", 3)]


def test_ends_a_memory_from_a_month_on(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    match(at_desk, at_desk.receive(under_other_accounts(request, "К-77"), request.name))
    made = RememberedMatch.objects.get()
    facts = {"match_id": made.pk, "by": at_desk.receiver, "at": AT}
    assert hand_matches.end_match(month=DECEMBER, **facts).valid_to == DECEMBER
    assert hand_matches.end_match(month=MONTH, **facts).valid_to == NOVEMBER
    with pytest.raises(MatchEnded):
        hand_matches.end_match(month=DECEMBER, **facts)


def test_takes_a_match_back_and_matches_another_way(at_desk: Desk) -> None:
    request = asked(at_desk, people=4)
    file = at_desk.receive(under_other_accounts(request, "К-77", "К-78"), request.name)
    match(at_desk, file)
    hand_matches.take_back(row_id=lost(file).pk, by=at_desk.receiver, at=AT)
    assert (lost(file).match, RememberedMatch.objects.get().valid_to) == ("unknown", NOVEMBER)
    assert remembered_of(request) == {}
    other = RequestRow.objects.get(file=request, row_number=2)
    match(at_desk, file, request_row_id=other.pk)
    made = RememberedMatch.objects.get()
    assert (lost(file).request_row, made.recipient, made.valid_to) == (other, other.recipient, None)


def test_ends_the_former_memory_where_a_new_one_begins(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(under_other_accounts(request, "К-77"), request.name)
    match(at_desk, file)
    RememberedMatch.objects.update(valid_from=dt.date(2026, 8, 1))
    ReturnedRow.objects.filter(pk=lost(file).pk).update(match="unknown", request_row=None)
    match(at_desk, file)
    periods = RememberedMatch.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(periods) == [(dt.date(2026, 8, 1), MONTH), (MONTH, None)]


def test_refuses_a_request_row_that_is_answered_or_foreign(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(under_other_accounts(request, "К-77"), request.name)
    answered = RequestRow.objects.get(file=request, row_number=3)
    foreign = asked(desk("66204"))
    for row_id in (answered.pk, foreign.request_rows.get().pk):
        with pytest.raises(NotThisRequestRow):
            match(at_desk, file, request_row_id=row_id)


def test_refuses_without_a_reason_and_twice(at_desk: Desk) -> None:
    request = asked(at_desk, people=4)
    file = at_desk.receive(under_other_accounts(request, "К-77", "К-78"), request.name)
    with pytest.raises(ReasonMissing):
        match(at_desk, file, reason="  ")
    match(at_desk, file)
    with pytest.raises(NotMatchable):
        match(at_desk, file)


def test_refuses_after_the_check(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.verify(at_desk.receive(under_other_accounts(request, "К-77"), request.name))
    with pytest.raises(NotMatchable):
        match(at_desk, file)
    with pytest.raises(NotMatchable):
        hand_matches.take_back(row_id=lost(file).pk, by=at_desk.receiver, at=AT)


def test_still_refuses_a_file_where_nobody_is_ours(at_desk: Desk) -> None:
    request = asked(at_desk, people=1)
    assert refused(at_desk, under_other_accounts(request, "К-77"), request.name) == "foreign_rows"
    assert not RememberedMatch.objects.exists()
