"""The very words and figures a line is stored by: years later it is replayed from them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from calculations.rules.corrections import Correction
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from calculations.rules.parts import MonthlyPart
from calculations.rules.stored import StoredLine, UnreadableStoredLine, from_stored, to_stored
from tests.calculations.rules.samples import HALF, line
from tests.calculations.rules.test_applied import coal, fuel

DAY = BilledPart(
    billed=Decimal("653.80"), quantity=Decimal("140.0"), tariff=Decimal("4.6700"), metered=True, zone=Zone.DAY,
    tariff_act="тариф", origin="файл, строка 1",
)  # fmt: skip
NIGHT = BilledPart(billed=Decimal(0), zone=Zone.NIGHT)
PERIOD = Period(
    parts=(DAY, NIGHT), facts=Facts(Holder.FAMILY, Group.CHILD, Stock.MUNICIPAL), entitled=2, residents=5, days=10,
    days_in_month=31, norm=Decimal("46.50"), area=Decimal("54.0"), norm_act="норматив", family=3,
    entitled_ids=("1", "2"), resident_ids=("1", "2", "3", "4", "5"),
)  # fmt: skip
INPUTS = LineInputs(ServiceKind.ELECTRICITY, (PERIOD,))
PARAMETERS = Parameters(
    discount=Decimal("0.50"), capital_repair_groups=frozenset({Group.SECOND, Group.CHILD, Group.FIRST}), decree="акт",
    share_rule=ShareRule.ALL_FAMILY, norm_cap=NormCap.NONE,
)  # fmt: skip
STORED = {
    "format": 1,
    "kind": "electricity",
    "discount": "0.50",
    "capital_repair_groups": ["1", "2", "child"],
    "decree": "акт",
    "share_rule": "all_family",
    "norm_cap": "none",
    "periods": [
        {
            "holder": "family", "group": "child", "stock": "municipal", "entitled": 2, "residents": 5, "days": 10,
            "days_in_month": 31, "norm": "46.50", "area": "54.0", "norm_act": "норматив", "family": 3,
            "entitled_ids": ["1", "2"], "resident_ids": ["1", "2", "3", "4", "5"],
            "parts": [
                {
                    "billed": "653.80", "metered": True, "zone": "day", "quantity": "140.0", "tariff": "4.6700",
                    "tariff_act": "тариф", "origin": "файл, строка 1",
                },
                {"billed": "0", "metered": False, "zone": "night"},
            ],
        }
    ],
}  # fmt: skip


def test_stores_a_line_in_these_words() -> None:
    assert to_stored(INPUTS, PARAMETERS) == STORED
    assert from_stored(STORED) == StoredLine(INPUTS, PARAMETERS)


def test_leaves_out_what_was_not_given() -> None:
    bare = line(norm=None, area=None, part={"quantity": None, "tariff": None, "metered": False})
    (period,) = to_stored(bare, HALF)["periods"]
    assert set(period) == {"holder", "group", "stock", "entitled", "residents", "days", "days_in_month", "parts"}
    assert period["parts"] == [{"billed": "364.84", "metered": False}]
    assert from_stored(to_stored(bare, HALF)).inputs == bare


def test_stores_a_family_of_nobody_as_such() -> None:
    """Zero is not «unknown»: the line is faulty, and its replay must say so too."""
    inputs = line(family=0)
    assert from_stored(to_stored(inputs, HALF)).inputs.periods[0].family == 0


def test_stores_a_correction_and_a_part() -> None:
    correction, part = Correction(accrued=Decimal("45.60"), right="17"), MonthlyPart(3, 7)
    stored = to_stored(INPUTS, PARAMETERS, correction, part)
    assert {"accrued": "45.60", "right": "17"}.items() <= stored["correction"].items()
    assert stored["part"] == {"number": 3, "of": 7}
    assert from_stored(stored) == StoredLine(INPUTS, PARAMETERS, correction, part)
    assert {"correction", "part"}.isdisjoint(to_stored(INPUTS, PARAMETERS))


def test_stores_fuel_in_these_words() -> None:
    stored = to_stored(fuel(coal("4.50"), area="46.0", people=2), HALF)["periods"][0]["fuel"]
    norm = {"kind": "per_household", "quantity": "2", "area": "30", "further": "0.07", "bands": []}
    item = {"fuel": "coal", "applied": "4.50", "price": "7800", "price_act": "прайс", "norm": norm, "norm_act": "№ 12"}
    assert stored == {"area": "46.0", "residents": 2, "items": [item]}


@pytest.mark.parametrize("missing", ["kind", "discount", "capital_repair_groups", "decree", "periods"])
def test_names_what_a_stored_line_lacks(missing: str) -> None:
    with pytest.raises(UnreadableStoredLine, match=missing):
        from_stored({name: value for name, value in STORED.items() if name != missing})


@pytest.mark.parametrize(
    "missing", ["holder", "group", "stock", "entitled", "residents", "days", "days_in_month", "parts"]
)
def test_names_what_a_stored_period_lacks(missing: str) -> None:
    period = {name: value for name, value in STORED["periods"][0].items() if name != missing}
    with pytest.raises(UnreadableStoredLine, match=missing):
        from_stored(STORED | {"periods": [period]})


@pytest.mark.parametrize("given", [None, 0, 2, "1"])
def test_names_a_format_it_did_not_write(given: object) -> None:
    with pytest.raises(UnreadableStoredLine, match=f"format {given!r}"):
        from_stored(STORED | {"format": given})


def test_reads_a_stock_of_the_period_not_of_the_line() -> None:
    other = replace(PERIOD, facts=Facts(Holder.ADULT, Group.THIRD, Stock.PRIVATE), days=21)
    inputs = LineInputs(ServiceKind.ELECTRICITY, (PERIOD, other))
    assert from_stored(to_stored(inputs, PARAMETERS)).inputs == inputs
