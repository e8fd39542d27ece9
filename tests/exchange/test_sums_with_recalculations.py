"""A layout whose sums hold the recalculation that a column of its own tells: what is sent stays, what is charged is apart."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.layouts.definitions import preset_definition
from exchange.layouts.exchanged import RequestedPerson, ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, FileLayout, RegionStray, ReturnedLine
from exchange.selectors.discrepancy_sides import side_of
from exchange.services import layouts
from exchange.services.layouts import layout_of
from offices.models import JournalEntry
from providers.models import Charge
from tests import factories as make
from tests.exchange import region_asking
from tests.exchange.answering import MEASURE, Desk, answer, asked, billed, codes_of, desk, filled
from tests.exchange.containers import LONG_AGO
from tests.factories import AT

pytestmark = pytest.mark.django_db
AUGUST = dt.date(2026, 8, 1)
BACK = Decimal("-26.68")


def layout_with_both() -> FileLayout:
    definition = preset_definition("long") | {"code": "long_both", "sum_includes_adjustment": True}
    row = layouts.propose_layout(definition=definition, valid_from=LONG_AGO, by=make.staff(office=None), at=AT)
    return layouts.confirm_layout(layout_id=row.pk, by=make.staff(office=None), at=AT)


@pytest.fixture
def at_desk() -> Desk:
    made = desk()
    layout_with_both()
    return made


def recalculated(request: ExchangeFile) -> bytes:
    """Water of 260.60 with 26.68 taken back for August, so that 233.92 stands in the file; sewerage of 201.00."""
    water = billed("10", adjustment=BACK, adjustment_month=AUGUST)
    return filled(request, [ReturnedRow(answer(water), row_no=1), ReturnedRow(answer(billed("14")), row_no=2)])


def test_charges_the_sum_and_its_recalculation_apart(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long_both")
    file = at_desk.receive(recalculated(request), request.name, control_rows=2, control_roubles=Decimal("434.92"))
    assert (file.status, file.billed) == ("received", Decimal("434.92"))
    assert JournalEntry.objects.get(item="3.9").roubles == Decimal("434.92")
    staged = ReturnedLine.objects.order_by("row__row_number").values_list("billed", "adjustment", "adjustment_month")
    assert list(staged) == [(Decimal("260.60"), BACK, AUGUST), (Decimal("201.00"), Decimal(0), None)]
    at_desk.load(at_desk.verify(file))
    assert codes_of(file) == []
    water, sewerage = Charge.objects.order_by("service")
    assert (water.billed, water.adjustment, water.adjustment_month) == (Decimal("260.60"), BACK, AUGUST)
    assert (sewerage.billed, sewerage.adjustment) == (Decimal("201.00"), Decimal(0))
    checked, loaded = at_desk.balance("3.10"), at_desk.balance("3.11")
    assert (checked.rows_in, checked.roubles_in) == (checked.rows_on, checked.roubles_on) == (2, Decimal("461.60"))
    assert (loaded.roubles_in, loaded.roubles_on) == (Decimal("461.60"), Decimal("461.60"))


def test_shows_the_sum_of_the_file_beside_what_is_charged(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long_both")
    dearer = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"), adjustment=BACK, adjustment_month=AUGUST)
    file = at_desk.verify(at_desk.receive(filled(request, [ReturnedRow(answer(dearer), row_no=1)]), request.name))
    found = Discrepancy.objects.get(file=file, code="E10")
    side = side_of(found.pk, layout=layout_of(file.layout), measure=MEASURE)
    shown = {one.name: one.theirs for one in side.fields}
    assert shown["Начислено, ₽"] == "300,00"
    assert shown["Сумма в файле, вместе с перерасчётом, ₽"] == "273,32"
    assert not next(one.differs for one in side.fields if one.name == "Тариф × объём, ₽")


def test_takes_a_volume_that_was_told_of_the_whole_sum(at_desk: Desk) -> None:
    """The published export divides the sum with its recalculation by the volume (dossier 1.2.12): 8.9762 × 26.06."""
    request = asked(at_desk, layout="long_both")
    water = billed("10", quantity="8.9762", billed=Decimal("260.60"), adjustment=BACK, adjustment_month=AUGUST)
    rows = [ReturnedRow(answer(water), row_no=1), ReturnedRow(answer(billed("14")), row_no=2)]
    file = at_desk.verify(at_desk.receive(filled(request, rows), request.name))
    assert codes_of(file) == []


def test_hands_a_region_file_on_with_the_sums_it_was_sent_with() -> None:
    layout_with_both()
    made = region_asking.region(people=1, layout="long_both")
    whole = made.send()
    rows = region_asking.right_rows(whole)
    assert rows[0].answer is not None
    (line,) = rows[0].answer.lines
    anew = billed(line.service, adjustment=BACK, adjustment_month=AUGUST)
    nobody = RequestedPerson(
        request_id="", last_name="Чужаков", first_name="Пров", account="999999999", services=(line.service,)
    )
    stranger = ReturnedRow(answer(anew), person=nobody)
    sent = [ReturnedRow(answer(anew), row_no=rows[0].row_no), *rows[1:], stranger]
    total = sum((region_asking.billed_by(one) for one in sent), Decimal(0)) + BACK * 2
    taken = made.receive(region_asking.filled(whole, sent), whole.name, control_roubles=total)
    assert (taken.status, taken.refusal_text, taken.billed) == ("received", "", total)
    assert RegionStray.objects.get().billed == Decimal("233.92")
    assert sum(one.billed for one in made.parts()) == total - RegionStray.objects.get().billed
