"""Item 3.9 for a region-wide provider: its one answer is cut among the districts, whole or not at all."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Value

from exchange.dbf.reading import read_dbf
from exchange.layouts.exchanged import RequestedPerson, ReturnedRow
from exchange.models import ExchangeFile, RegionFile, RegionPart, RegionStray, RequestRow
from exchange.models import ReturnedRow as StagedRow
from exchange.selectors.region_files import RowInWhole
from exchange.services import region_returns
from offices import files
from offices.models import HandoverBalance, JournalEntry
from providers.models import Charge
from recipients.models import Person
from tests.exchange.answering import answer, ask, billed
from tests.exchange.region_asking import Region, billed_by, filled, region, right_rows
from tests.factories import MONTH

pytestmark = pytest.mark.django_db


def answered(at: Region) -> tuple[RegionFile, list[ReturnedRow], bytes]:
    whole = at.send()
    rows = right_rows(whole)
    return whole, rows, filled(whole, rows)


def stranger(**given: Any) -> ReturnedRow:
    facts = {"request_id": "", "last_name": "Чужаков", "first_name": "Пров", "account": "999999999"} | given
    return ReturnedRow(answer(billed("10")), person=RequestedPerson(**facts))


def dearer(row: ReturnedRow) -> ReturnedRow:
    assert row.answer is not None
    return replace(row, answer=answer(billed("10", "11"), billed("14")))


def test_cuts_the_answer_among_the_districts_that_check_and_load_it() -> None:
    at = region()
    whole, rows, content = answered(at)
    mixed = [rows[place] for place in (4, 0, 2, 5, 1, 3)]
    got = at.receive(filled(whole, mixed), whole.name)
    assert (got.status, got.rows, got.stray_rows) == ("received", 6, 0)
    numbers = {part.file.office_id: part.row_numbers for part in got.parts.all()}
    assert [numbers[desk.office.pk] for desk in at.desks] == [[2, 5], [3, 6], [1, 4]]
    for desk, part in zip(at.desks, at.parts(), strict=True):
        assert part.office == desk.office
        assert (part.name, part.rows) == (whole.name, 2)
        desk.load(desk.verify(part))
    charged = sum(Charge.objects.values_list("billed", flat=True), Decimal("0.00"))
    assert charged == got.billed == sum(map(billed_by, rows), Decimal("0.00"))
    balance = HandoverBalance.objects.get(stage=region_returns.STAGE)
    assert (balance.rows_in, balance.rows_on, balance.roubles_in) == (6, 6, got.billed)
    assert JournalEntry.objects.filter(subject__startswith=f"часть сводного файла «{whole.name}»").count() == 3
    assert content != files.read(got.file)


def test_shows_a_district_no_row_of_another() -> None:
    at = region()
    whole, _, content = answered(at)
    got = at.receive(content, whole.name)
    for part in at.parts():
        own = set(RequestRow.objects.filter(file=part.request).values_list("account__number", flat=True))
        table = read_dbf(files.read(part.file))
        place = [field.name for field in table.fields].index("LCHET")
        assert {row.values[place] for row in table.rows()} == own
    whole_rows = {row.number: row.values for row in read_dbf(files.read(got.file)).rows()}
    for part in RegionPart.objects.filter(whole=got).select_related("file__file"):
        cut = [row.values for row in read_dbf(files.read(part.file.file)).rows()]
        assert cut == [whole_rows[number] for number in part.row_numbers]


def test_leaves_nothing_of_a_cutting_that_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    at = region()
    whole, _, content = answered(at)
    lines, taken = JournalEntry.objects.count(), []
    receive: Callable[..., ExchangeFile] = region_returns.receive_part

    def cut_off(**given: Any) -> ExchangeFile:
        if len(taken) == 2:
            raise OSError("the power went")
        taken.append(receive(**given))
        return taken[-1]

    monkeypatch.setattr(region_returns, "receive_part", cut_off)
    with pytest.raises(OSError, match="power"):
        at.receive(content, whole.name)
    assert len(taken) == 2
    assert not at.parts()
    assert not StagedRow.objects.exists()
    assert not RegionFile.objects.filter(kind="return").exists()
    assert JournalEntry.objects.count() == lines
    monkeypatch.setattr(region_returns, "receive_part", receive)
    at.receive(content, whole.name)
    assert len(at.parts()) == 3


def test_lists_rows_of_no_district_with_whom_they_may_mean() -> None:
    at = region(asking=0)
    namesakes = Person.objects.filter(recipient__office__in=[at.desks[0].office, at.desks[2].office])
    namesakes.update(last_name="Громова", first_name="Анна", middle_name="", birth_date=dt.date(1950, 5, 1))
    for desk in at.desks:
        ask(desk.office)
    whole, rows, _ = answered(at)
    namesake = stranger(last_name="Громова", first_name="Анна", birth_date=dt.date(1950, 5, 1))
    got = at.receive(filled(whole, [*rows, stranger(), namesake]), whole.name)
    unknown, several = RegionStray.objects.filter(whole=got).order_by("row_number")
    assert (unknown.row_number, unknown.reason, unknown.candidates) == (7, "unknown", [])
    assert (unknown.billed, unknown.content["who"]["account"]) == (Decimal("260.60"), "999999999")
    offices = set(RequestRow.objects.filter(pk__in=several.candidates).values_list("file__office__code", flat=True))
    assert (several.reason, offices) == ("several", {at.desks[0].office.code, at.desks[2].office.code})
    balance = HandoverBalance.objects.get(stage=region_returns.STAGE)
    assert (balance.rows_in, balance.rows_on, balance.rows_held) == (8, 6, 2)
    assert list(balance.held.values_list("reason", "rows", "roubles")) == [("no_district", 2, Decimal("521.20"))]
    assert sum(part.rows for part in at.parts()) + got.stray_rows == got.rows


def test_gives_a_district_the_row_of_an_account_open_there() -> None:
    at = region()
    whole, rows, _ = answered(at)
    ours = RequestRow.objects.filter(file__office=at.desks[1].office).order_by("row_number")[0]
    again = stranger(account=ours.account.number)
    got = at.receive(filled(whole, [*rows, again]), whole.name)
    assert got.stray_rows == 0
    (part,) = [one for one in at.parts() if one.office == at.desks[1].office]
    assert sorted(part.returned_rows.values_list("match", flat=True)) == ["account", "account", "duplicate"]


def test_replaces_only_the_parts_that_changed() -> None:
    at = region()
    whole, rows, content = answered(at)
    at.receive(content, whole.name)
    before = at.parts()
    corrected = at.receive(filled(whole, [dearer(rows[0]), *rows[1:]]), whole.name)
    after = at.parts()
    assert corrected.replaces is not None
    assert corrected.replaces.status == "superseded"
    assert [part.office for part in corrected_offices(corrected)] == [before[0].office]
    assert after[0].replaces == before[0]
    assert after[1:] == before[1:]
    standing = HandoverBalance.objects.get(stage=region_returns.STAGE, superseded_by__isnull=True)
    assert standing.roubles_in == corrected.billed == Decimal("26.06") + sum(map(billed_by, rows), Decimal("0.00"))


def corrected_offices(whole: RegionFile) -> list[ExchangeFile]:
    return [part.file for part in whole.parts.select_related("file__office")]


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        pytest.param(lambda rows: rows, "same_rows", "те же строки", id="the same rows saved anew"),
        pytest.param(lambda rows: rows[2:], "district_lost", "нет ни одной строки районов", id="a district is gone"),
    ],
)
def test_refuses_a_second_file_that_replaces_nothing(
    changed: Callable[[list[ReturnedRow]], list[ReturnedRow]], code: str, said: str
) -> None:
    at = region()
    whole, rows, content = answered(at)
    first = at.receive(content, whole.name)
    assert at.receive(content, "другое имя.dbf", request=whole) == first
    saved_anew = bytearray(filled(whole, changed(rows)))
    saved_anew[1:4] = (26, 11, 5)
    refused = at.receive(bytes(saved_anew), whole.name)
    assert (refused.status, refused.refusal_code) == ("refused", code)
    assert said in refused.refusal_text
    first.refresh_from_db()
    assert first.status == "received"
    assert len(at.parts()) == 3


def test_refuses_a_correction_of_a_district_whose_charges_are_loaded() -> None:
    at = region()
    whole, rows, content = answered(at)
    at.receive(content, whole.name)
    parts = at.parts()
    at.desks[0].load(at.desks[0].verify(parts[0]))
    refused = at.receive(filled(whole, [dearer(rows[0]), *rows[1:5], dearer(rows[5])]), whole.name)
    assert refused.refusal_code == "already_received"
    assert str(at.desks[0].office) in refused.refusal_text
    assert at.parts() == parts
    taken = at.receive(filled(whole, [*rows[:5], dearer(rows[5])]), whole.name)
    assert taken.status == "received"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"control_rows": 5}, "control_rows"),
        ({"control_rows": 6, "control_roubles": Decimal("1.00")}, "control_roubles"),
        ({"name": "00_900_202610.dbf"}, "unknown_name"),
        ({"name": "00_900_202609.dbf"}, "wrong_month"),
    ],
)
def test_refuses_a_whole_file_and_takes_no_part_of_it(given: dict[str, Any], code: str) -> None:
    at = region(people=1)
    whole = at.send()
    rows = [*right_rows(whole), *[stranger(account=f"77{place}") for place in range(3)]]
    refused = at.receive(filled(whole, rows), **{"name": whole.name} | given)
    assert (refused.status, refused.refusal_code) == ("refused", code)
    assert not at.parts()
    assert at.receive(filled(whole, rows), **{"name": whole.name} | given) == refused


def test_refuses_an_answer_of_another_month() -> None:
    at = region(people=1, layout="long")
    whole = at.send()
    refused = at.receive(filled(whole, long_rows(whole), month=dt.date(2026, 9, 1)), whole.name)
    assert refused.refusal_code == "wrong_month"
    assert at.receive(filled(whole, long_rows(whole)), whole.name).status == "received"


def long_rows(whole: RegionFile) -> list[ReturnedRow]:
    codes = ["10", "14"] * (whole.rows // 2)
    return [ReturnedRow(answer(billed(code)), row_no=place) for place, code in enumerate(codes, start=1)]


def test_lets_no_office_take_what_is_for_the_whole_region() -> None:
    at = region()
    whole, _, content = answered(at)
    desk = at.desks[0]
    request = ExchangeFile.objects.get(kind="request", office=desk.office)
    for name in (whole.name, request.name):
        file = desk.receive(content, name, month=MONTH)
        assert (file.status, file.refusal_code) == ("refused", "region_file")
    assert "отдел организации выплат" in file.refusal_text


def test_tells_the_row_that_a_part_has_in_the_file_the_provider_sent() -> None:
    at = region(people=1)
    whole, rows, _ = answered(at)
    at.receive(filled(whole, list(reversed(rows))), whole.name)
    placed = ExchangeFile.objects.annotate(
        first=RowInWhole("region_part__row_numbers", Value(1)), none=RowInWhole("region_part__row_numbers", Value(2))
    )
    found = placed.filter(kind="return").order_by("office_id").values_list("first", "none")
    assert list(found) == [(3, None), (2, None), (1, None)]
