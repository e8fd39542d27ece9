"""A provider whose requests are files of changes is told only those, and is asked about everybody (3.8, layout L6)."""

import datetime as dt

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.flat import parse_records
from exchange.layouts.names import file_name
from exchange.layouts.recognition import open_table
from exchange.models import (
    DiscrepancyProtocol,
    ExchangeFile,
    FileLayout,
    ProviderRequestLayout,
    RequestedChanges,
    ReturnedLine,
)
from exchange.register_content import district_number
from exchange.selectors.answers import persons_asked
from exchange.selectors.change_files import changes_told
from exchange.selectors.recognition import request_named
from exchange.services import registers, requests, returns
from exchange.services.change_files import NotAChangeFile, choose_request_layout
from exchange.services.layouts import layout_of
from exchange.services.request_tables import request_table
from exchange.services.requests import ChangesForTheRegion
from offices import files
from tests import factories as make
from tests.exchange.answering import Desk, answer, billed, billed_household, desk, provider, right_answers
from tests.factories import AT, LONG_AGO, MONTH, EntitledHousehold

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture
def at() -> Desk:
    return desk()


@pytest.fixture
def told(at: Desk) -> list[EntitledHousehold]:
    """Three recipients with accounts at one provider that gets files of changes."""
    one = provider(at.office)
    choose_request_layout(provider=one, layout=FileLayout.objects.get(code="l6_changes"), valid_from=LONG_AGO)
    return [billed_household(at.office, one) for _ in range(3)]


def ask_in(at: Desk, month: dt.date) -> ExchangeFile:
    if month != MONTH:
        make.open_month(month)
    facts = {"by": make.staff(office=None), "at": AT}
    register = registers.build_register(office=at.office, month=month, **facts)
    registers.hand_over_register(register_id=register.pk, **facts)
    registers.accept_register(register_id=register.pk, by=make.staff(office=None), at=AT)
    (request,) = requests.export_request_files(office=at.office, month=month, **facts)
    return request


def in_file(request: ExchangeFile) -> list[tuple[object, object, object]]:
    layout = preset("l6_changes")
    rows = parse_records(layout, open_table(layout, files.read(request.file)))
    return [(row.values["change"], row.values["last_name"], row.values["residents"]) for row in rows]


def test_tells_everybody_first_and_then_only_the_changes(at: Desk, told: list[EntitledHousehold]) -> None:
    same, moved_in, left = told
    first = ask_in(at, MONTH)
    assert first.name.startswith("org_out_")
    assert [change for change, _, _ in in_file(first)] == ["new"] * 3
    make.residence(dwelling=moved_in.dwelling, valid_from=dt.date(2026, 10, 20))
    make.ended(left.right, NOVEMBER)
    newcomer = billed_household(at.office, first.provider)

    second = ask_in(at, NOVEMBER)
    assert sorted(in_file(second), key=lambda row: str(row[0])) == [
        ("changed", moved_in.recipient.person.last_name, 2),
        ("ended", left.recipient.person.last_name, 1),
        ("new", newcomer.recipient.person.last_name, 1),
    ]
    asked = set(second.request_rows.values_list("recipient", flat=True))
    assert asked == {same.recipient.pk, moved_in.recipient.pk, newcomer.recipient.pk}
    assert (second.rows, persons_asked(office=at.office, month=NOVEMBER)) == (3, 3)
    kept = RequestedChanges.objects.get(file=second)
    assert (kept.since, kept.new, kept.changed, kept.ended) == (first, 1, 1, 1)
    assert "новых 1, изменилось 1, выбыло 1" in changes_told(second)
    assert "строк запроса 3" in changes_told(second)


def test_tells_nothing_where_nothing_changed_and_expects_every_answer(at: Desk, told: list[EntitledHousehold]) -> None:
    ask_in(at, MONTH)
    request = ask_in(at, NOVEMBER)
    assert in_file(request) == []
    layout = layout_of(request.layout)
    wrong = right_answers(request)[:2]
    wrong[0] = ReturnedRow(answer(billed("10"), billed("14"), residents=2), row_no=1)
    content = fill_return(layout, open_table(layout, request_table(request)), wrong, month=NOVEMBER)
    assert request_named(request.name, office=at.office, month=NOVEMBER) is None
    facts = {"office": at.office, "month": NOVEMBER, "by": at.receiver, "at": AT}
    file = returns.receive_return_file(content=content, name=answer_name(request), **facts)
    assert (file.status, file.request) == ("received", request)
    at.verify(file)
    found = set(file.discrepancies.values_list("code", flat=True))
    assert {"E04", "E21"} <= found
    at.tell(file)
    assert DiscrepancyProtocol.objects.get(file=file).table is not None
    assert ReturnedLine.objects.filter(row__file=file).count() == 4


def answer_name(request: ExchangeFile) -> str:
    """How the provider calls its answer: by the layout of the answers."""
    district = district_number(request.office.district.code)
    layout = layout_of(request.layout)
    return file_name(layout, month=request.month, district=district, provider=request.provider.code)


def test_takes_only_a_layout_that_tells_changes(at: Desk) -> None:
    with pytest.raises(NotAChangeFile, match="признаком изменения"):
        choose_request_layout(provider=make.provider(), layout=FileLayout.objects.get(code="long"), valid_from=LONG_AGO)


def test_writes_no_changes_for_one_file_of_the_region(
    at: Desk, told: list[EntitledHousehold], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = set(ProviderRequestLayout.objects.values_list("provider", flat=True))
    monkeypatch.setattr("exchange.selectors.requests.one_file_providers", lambda **_: whole)
    with pytest.raises(ChangesForTheRegion, match="один файл на область"):
        ask_in(at, MONTH)
