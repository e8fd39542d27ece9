"""Charges typed by hand are an answer like any other: checked by another person, loaded, replaced by a file (3.9)."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.models import ExchangeFile, ReturnedLine
from exchange.selectors.typing_grid import places_of, tells_month, typed_before, unable_providers
from exchange.services import typed
from exchange.services.layouts import layout_of
from exchange.services.typed import AnsweredByFile, GroundMissing, NothingToAsk, NothingTyped
from exchange.services.verification import CheckedByItsReceiver
from exchange.typed_lines import Typed, pasted_cells, read_cells
from offices.models import JournalEntry
from providers.models import Charge
from tests import factories as make
from tests.exchange.answering import Desk, ask, asked, billed_household, codes_of, desk, filled, provider, right_answers
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
GROUND = "нет технической возможности"
WATER = {"tariff": "26,06", "quantity": "10", "billed": "260,60"}


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def told(request: ExchangeFile, **by_service: dict[str, str]) -> Typed:
    """The same cells in every row of a request, by service `s10`, `s14`."""
    places = places_of(request)
    cells = {one.key: by_service[f"s{one.service}"] for one in places if f"s{one.service}" in by_service}
    assert request.layout is not None
    return read_cells(cells, places, month=MONTH, tells_month=tells_month(layout_of(request.layout)))


def keep(at: Desk, request: ExchangeFile, told: Typed, **given: object) -> ExchangeFile:
    facts = {"request_id": request.pk, "lines": told.lines, "ground": GROUND, "by": at.receiver, "at": AT} | given
    return typed.keep_typed(**facts)


@pytest.mark.parametrize("layout", ["l1_tula", "long"])
def test_makes_charges_of_what_was_typed(at_desk: Desk, layout: str) -> None:
    request = asked(at_desk, people=2, layout=layout)
    file = keep(at_desk, request, told(request, s10=WATER))
    assert (file.origin, file.status, file.billed) == ("typed", "received", Decimal("521.20"))
    at_desk.load(at_desk.verify(file))
    charges = Charge.objects.order_by("pk").values_list("billed", "source", "file_sha256", "row_number")
    assert list(charges) == [(Decimal("260.60"), "typed", "", None)] * 2


def test_asks_the_second_person_about_a_recalculation_typed_into_the_sum(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.verify(keep(at_desk, request, told(request, s10=WATER | {"adjustment": "-5,00"})))
    assert "E12" in codes_of(file)


def test_takes_the_month_of_a_recalculation_where_the_layout_has_a_place_for_it(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long")
    recalculated = WATER | {"adjustment": "-5,00", "adjustment_month": "9.2026"}
    file = keep(at_desk, request, told(request, s10=recalculated))
    line = ReturnedLine.objects.get(row__file=file)
    assert (line.adjustment, line.adjustment_month) == (Decimal("-5.00"), dt.date(2026, 9, 1))
    (before,) = typed_before(request).values()
    assert before["adjustment_month"] == "09.2026"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"adjustment": "-5,00"}, "Укажите, за какой месяц перерасчёт: ММ.ГГГГ."),
        ({"adjustment": "-5,00", "adjustment_month": "осень"}, "не месяц: «осень»"),
        ({"adjustment": "-5,00", "adjustment_month": "10.2026"}, "раньше месяца начислений"),
        ({"adjustment_month": "09.2026"}, "а самого перерасчёта нет"),
    ],
)
def test_says_what_is_wrong_with_the_month_of_a_recalculation(
    at_desk: Desk, cells: dict[str, str], sentence: str
) -> None:
    request = asked(at_desk, layout="long")
    found = told(request, s10=WATER | cells)
    assert (found.lines, sentence in found.faults[0].text) == ((), True)


def test_checks_what_was_typed_like_a_file_and_by_another_person(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = keep(at_desk, request, told(request, s10=WATER | {"tariff": "30,00"}))
    assert "E10" in codes_of(at_desk.verify(file))
    other = asked(desk("66204"))
    mine = keep(at_desk, other, told(other, s10=WATER), by=at_desk.checker)
    with pytest.raises(CheckedByItsReceiver):
        at_desk.verify(mine)


def test_writes_the_ground_into_the_journal(at_desk: Desk) -> None:
    request = asked(at_desk)
    keep(at_desk, request, told(request, s10=WATER))
    assert GROUND in JournalEntry.objects.get(event="введено вручную").subject


def test_replaces_what_was_typed_before_and_shows_it(at_desk: Desk) -> None:
    request = asked(at_desk)
    first = keep(at_desk, request, told(request, s10=WATER))
    second = keep(at_desk, request, told(request, s10=WATER | {"billed": "300"}))
    first.refresh_from_db()
    assert (first.status, second.replaces) == ("superseded", first)
    (cells,) = typed_before(request).values()
    assert (cells["billed"], cells["tariff"], cells["adjustment"]) == ("300", "26,06", "0")


def test_lets_a_file_take_the_place_of_what_was_typed(at_desk: Desk) -> None:
    request = asked(at_desk)
    typed_file = keep(at_desk, request, told(request, s10=WATER))
    file = at_desk.receive(filled(request, right_answers(request)), request.name)
    assert (file.status, file.replaces) == ("received", typed_file)
    with pytest.raises(AnsweredByFile):
        keep(at_desk, request, told(request, s10=WATER))


def test_refuses_nothing_and_no_ground(at_desk: Desk) -> None:
    request = asked(at_desk)
    with pytest.raises(NothingTyped):
        keep(at_desk, request, told(request))
    with pytest.raises(GroundMissing):
        keep(at_desk, request, told(request, s10=WATER), ground=" ")


def test_makes_the_list_of_a_provider_that_sends_no_files(at_desk: Desk) -> None:
    unable = provider(at_desk.office, is_technically_able=False, inability_reason="нет компьютера")
    able = provider(at_desk.office)
    billed_household(at_desk.office, unable, able)
    ask(at_desk.office)
    assert unable_providers(office=at_desk.office, month=MONTH) == [unable]
    facts = {"provider_id": unable.pk, "office": at_desk.office, "month": MONTH, "by": at_desk.receiver, "at": AT}
    made = typed.ask_on_paper(**facts)
    assert (made.provider, made.rows, unable_providers(office=at_desk.office, month=MONTH)) == (unable, 2, [])
    assert keep(at_desk, made, told(made, s10=WATER, s14=WATER)).rows == 2
    with pytest.raises(NothingToAsk):
        typed.ask_on_paper(**facts)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"billed": "много"}, "В графе «начислено» не число: «много»."),
        ({"billed": "1,001"}, "В графе «начислено» больше 2 знаков после запятой."),
        ({"billed": "-1"}, "В графе «начислено» число меньше нуля."),
        ({"billed": "10000000"}, "В графе «начислено» слишком большое число."),
        ({"billed": "NaN"}, "В графе «начислено» не число: «NaN»."),
        ({"quantity": "5"}, "Не указано, сколько начислено. Если услуги не было, поставьте 0."),
    ],
)
def test_says_what_in_a_cell_cannot_be_taken(at_desk: Desk, cells: dict[str, str], text: str) -> None:
    found = told(asked(at_desk), s10=cells)
    assert [fault.text for fault in found.faults] == [text]
    assert found.lines == ()


def test_puts_a_pasted_table_into_the_grid_and_names_the_rows_that_do_not_fit(at_desk: Desk) -> None:
    request = asked(at_desk)
    places = places_of(request)
    account = places[0].account
    table = (
        "Счёт\tУслуга\tТариф\tОбъём\tНачислено\n"
        f"{account}\t10\t26,06\t10\t260,60\n"
        f"{account}\tВодоотведение\t\t\t0\n"
        f"{account}\t10\t\t\t5\n"
        "нет такого\t10\t\t\t5\n"
        f"{account};газ;;;5\n"
    )
    cells, faults = pasted_cells(table, places)
    assert [line.billed for line in read_cells(cells, places, month=MONTH, tells_month=False).lines] == [
        Decimal("260.60"),
        Decimal(0),
    ]
    assert [fault.where for fault in faults] == ["Строка 4 таблицы", "Строка 5 таблицы", "Строка 6 таблицы"]


def test_leaves_an_account_of_two_people_to_the_specialist(at_desk: Desk) -> None:
    one = provider(at_desk.office)
    first = billed_household(at_desk.office, one)
    make.entitled_household(office=at_desk.office, dwelling=first.dwelling)
    (request,) = ask(at_desk.office)
    places = places_of(request)
    cells, faults = pasted_cells(f"{places[0].account}\t10\t\t\t5", places)
    assert (cells, len(faults)) == ({}, 1)
    assert "несколько получателей" in faults[0].text
