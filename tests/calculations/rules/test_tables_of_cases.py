"""The tables beside `cases.csv` for what its format does not hold; their figures come from exact fractions, not from us.

Lists in a cell are parted by «;», equal neighbors written once: `8x710.42`.
"""

import csv
import datetime as dt
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from calculations.rules.corrections import Correction, corrected
from calculations.rules.fuel import (
    FuelItem,
    FuelKind,
    NormKind,
    SaleNorm,
    Stove,
    calculate_bottled_gas,
    calculate_fuel,
)
from calculations.rules.inheritance import Claimant, is_in_time, last_day_to_claim, shared_among
from calculations.rules.inputs import BilledPart, LineInputs, Period
from calculations.rules.kinds import ServiceKind
from calculations.rules.line import calculate_line
from calculations.rules.parts import equal_parts
from calculations.rules.terms import days_of
from calculations.rules.withholding import plan
from offices.calendar import ProductionCalendar
from tests.calculations.rules.samples import FACTS, HALF

TABLES = Path(__file__).parent.parent
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def cases(name: str) -> list[Any]:
    """One parameter for each case: its rows, which stand together."""
    return [pytest.param(list(rows), id=case) for case, rows in groupby(table(name), key=lambda row: row["case"])]


def amounts(cell: str) -> tuple[Decimal, ...]:
    pairs = [one.split("x") for one in cell.split(";") if one]
    return tuple(Decimal(value) for count, value in pairs for _ in range(int(count)))


def days(cell: str) -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in cell.split(";") if day]


def norm_of_row(row: Row) -> SaleNorm:
    bands = (band.split(":") for band in row["bands"].split(";") if band)
    return SaleNorm(
        NormKind(row["norm_kind"]),
        quantity=Decimal(row["norm"] or 0),
        area=Decimal(row["norm_area"] or 0),
        further=Decimal(row["norm_further"] or 0),
        bands=tuple((Decimal(up_to), Decimal(quantity)) for up_to, quantity in bands),
    )


@pytest.mark.parametrize(
    "name", ["fuel_cases.csv", "recalculation_cases.csv", "withholding_cases.csv", "death_cases.csv"]
)
def test_derives_every_case_in_words(name: str) -> None:
    first = {row["case"]: row["derivation"] for row in reversed(table(name))}
    assert len(first) >= 15
    assert [case for case, derivation in first.items() if len(derivation) < 20] == []


@pytest.mark.parametrize("rows", cases("fuel_cases.csv"))
def test_gives_fuel_and_gas_with_their_parts(rows: list[Row]) -> None:
    first = rows[0]
    entitled, residents, discount = int(first["entitled"]), int(first["residents"]), Decimal(first["discount"])
    is_shared = first["share"] == "own_share"
    if first["measure"] == "gas":
        people = {"entitled": entitled, "residents": residents} if is_shared else {}
        paid = calculate_bottled_gas(int(first["applied"]), price=Decimal(first["price"]), discount=discount, **people)
    else:
        items = [
            FuelItem(FuelKind(row["fuel"]), Decimal(row["applied"]), norm_of_row(row), Decimal(row["price"]))
            for row in rows
        ]
        stove = Stove(Decimal(first["area"]), residents, entitled, has_central_heating=False)
        paid = calculate_fuel(items, stove=stove, discount=discount, is_shared=is_shared).cash_equivalent
    assert paid == Decimal(first["equivalent"]), first["derivation"]
    assert equal_parts(paid, months=int(first["months"])) == amounts(first["parts"]), first["derivation"]


def line_of_row(row: Row, billed: Decimal) -> tuple[dt.date, LineInputs]:
    month = dt.date.fromisoformat(f"{row['month']}-01")
    period = Period(
        parts=(BilledPart(billed=billed, tariff=Decimal(row["tariff"])),),
        facts=FACTS,
        entitled=int(row["entitled"]),
        residents=int(row["residents"]),
        days=int(row["days"] or days_of(month)),
        days_in_month=days_of(month),
        norm=Decimal(row["norm"]),
    )
    return month, LineInputs(ServiceKind.COLD_WATER, (period,))


@pytest.mark.parametrize("rows", cases("recalculation_cases.csv"))
def test_pays_the_difference_of_the_month_calculated_anew_not_a_share_of_the_recalculation(rows: list[Row]) -> None:
    (row,) = rows
    before, after = Decimal(row["billed_before"]), Decimal(row["billed_after"])
    month, inputs = line_of_row(row, before)
    accrued = calculate_line(month, inputs, HALF).cash_equivalent
    assert accrued == Decimal(row["accrued"]), row["derivation"]
    month, inputs = line_of_row(row, after)
    anew = calculate_line(month, inputs, HALF)
    assert anew.cash_equivalent == Decimal(row["recomputed"]), row["derivation"]
    difference = corrected(anew, Correction(accrued=accrued, right="1")).cash_equivalent
    assert difference == Decimal(row["difference"]), row["derivation"]
    _, recalculated = line_of_row(row, abs(after - before))
    share = calculate_line(month, LineInputs(ServiceKind.WASTE, recalculated.periods), HALF).cash_equivalent
    assert share.copy_sign(after - before) == Decimal(row["naive"]), row["derivation"]


@pytest.mark.parametrize("rows", cases("withholding_cases.csv"))
def test_withholds_month_by_month(rows: list[Row]) -> None:
    (row,) = rows
    balance = Decimal(row["balance"])
    dues = [Decimal(due) for due in row["dues"].split(";")]
    months = list(plan(dues, balance=balance, percent=Decimal(row["percent"])))
    assert tuple(month.withheld for month in months) == amounts(row["withheld"]), row["derivation"]
    assert tuple(month.paid for month in months) == amounts(row["paid"]), row["derivation"]
    assert (months[-1].balance if months else balance) == Decimal(row["left"]), row["derivation"]


@pytest.mark.parametrize("rows", cases("death_cases.csv"))
def test_hears_claims_in_their_term_and_shares_the_sums(rows: list[Row]) -> None:
    (row,) = rows
    exceptions = dict.fromkeys(days(row["days_off"]), False) | dict.fromkeys(days(row["working_days"]), True)
    calendar = ProductionCalendar(exceptions)
    died_on, claimed_on = days(row["died_on"])[0], days(row["claimed_on"])[0]
    assert last_day_to_claim(died_on, calendar_of_work=calendar) == days(row["last_day"])[0], row["derivation"]
    in_time = is_in_time(Claimant(row["claimant"]), died_on=died_on, claimed_on=claimed_on, calendar_of_work=calendar)
    assert in_time == (row["in_time"] == "1"), row["derivation"]
    shares = shared_among([Decimal(sum_) for sum_ in row["unpaid"].split(";")], claimants=int(row["claimants"]))
    expected = [tuple(map(Decimal, one.split("+"))) for one in row["shares"].split(";")]
    assert list(shares) == expected, row["derivation"]
    assert [sum(one) for one in shares] == [Decimal(total) for total in row["totals"].split(";")]
