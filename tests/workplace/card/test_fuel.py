"""The card of who applied for fuel or gas: the month's part is a row, in the boxes and among the causes of the change."""

from decimal import Decimal
from typing import Any

import pytest

from calculations.inputs.fuel_order import Wish
from offices.models import Role
from tests import factories as make
from tests.calculations import fuelled, made, town
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, Opened, words_of
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db
ZERO = Decimal("0.00")
NBSP = "\N{NO-BREAK SPACE}"
THREE_TONNES = (Wish("coal", Decimal(3)), Wish("kindling", Decimal(1)))


def warmed(*, wishes: Any = fuelled.COAL, **given: Any) -> Opened:
    """September approved and October calculated for one in a house of 30 m², who applied in September: parts from October.

    7 m³ of water in both months: 4.32 m³ at 26.06 within the norm, 56.29 a month.
    """
    for month in (BEFORE, MONTH):
        make.open_month(month)
    fuelled.directories(**given)
    office = make.office()
    family = fuelled.house(office)
    fuelled.assigned(family, wishes=wishes)
    for month in (BEFORE, MONTH):
        town.bill(family, "10", "182.42", "7", month=month)
    made.forward(town.calculate(office, month=BEFORE))
    town.calculate(office, month=MONTH)
    staff = make.staff(Role.CALCULATION, office=office)
    return Opened(office, family, staff, browser_of(staff))


def boxes_of(shown: Any) -> dict[str, Decimal]:
    """The boxes by title; they add up from the half to the payment."""
    boxes = {box.title: box.amount for box in shown.boxes}
    parts = sum((box.amount for box in shown.boxes if box.kind in ("minus", "plus")), ZERO)
    assert boxes[f"Половина (50{NBSP}%)"] + parts == boxes["К выплате"] == shown.accrued == shown.table.accrued
    return boxes


def test_shows_the_months_part_as_a_row_and_in_the_boxes() -> None:
    one = warmed()
    shown = one.tab().context["shown"]
    assert [(row.title, row.accrued) for row in shown.table.rows] == [
        ("cold_water", Decimal("56.29")),
        ("Твёрдое топливо", Decimal("2841.67")),
    ]
    boxes = boxes_of(shown)
    # EX-8: of 17 050.00 of cost as much as the part is of 8 525.00: 5 683.34; and 182.42 of water.
    assert boxes["Начислено по квитанциям"] == Decimal("5865.76")
    assert boxes["К выплате"] == Decimal("2897.96")
    assert "Часть за месяц" in words_of(one.tab())


def test_tells_what_is_over_the_norm_of_sale_in_the_boxes() -> None:
    boxes = boxes_of(warmed(wishes=THREE_TONNES).tab().context["shown"])
    # A tonne of 7 800.00 over the norm: a half of it in three parts; and 2.68 m³ of water over theirs.
    assert boxes["Сверх норматива:"] == Decimal("-1334.92")
    assert boxes["К выплате"] == Decimal("2897.96")


def test_names_fuel_as_the_cause_of_the_change() -> None:
    shown = warmed().tab().context["shown"]
    assert sum((cause.roubles for cause in shown.changes), ZERO) == Decimal("2841.67")
    (cause,) = shown.changes
    assert "топлив" in " ".join(str(one) for one in (cause.title, *cause.details)).lower()
