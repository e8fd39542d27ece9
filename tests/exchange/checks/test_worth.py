"""What a discrepancy is worth: the equivalent by the file less the equivalent by our side, by the rules of the month."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock
from calculations.rules.line import calculate_line
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from exchange.checks.expectations import Bill, Expected, ExpectedService, Measure
from exchange.checks.findings import Code
from exchange.checks.rows import check_row
from exchange.checks.worth import difference, equivalent, total, worth_of_silence
from exchange.layouts.exchanged import ParsedLine
from tests.exchange.checks.made import COLD_WATER, MONTH, expected, line, row

SEPTEMBER = dt.date(2026, 9, 1)
PRICE = Decimal("26.06")
NORMED = replace(COLD_WATER, tariff=PRICE, limit=Decimal("4.32"), norm_volume=Decimal("12.96"))
"""4.32 m³ a person: 12.96 m³ or 337.74 roubles for three."""
HEATING = ExpectedService(
    "21", "Отопление", tariffs=(Decimal("3032.61"),), tariff=Decimal("3032.61"), kind="heating", limit=Decimal("0.0185")
)


def zone(kind: str, price: str) -> ExpectedService:
    return ExpectedService(
        kind, kind, tariffs=(Decimal(price),), tariff=Decimal(price), kind=f"electricity_{kind}", limit=Decimal(50)
    )


def card(service: ExpectedService, **changes: Any) -> Expected:
    return expected(**{"services": {service.service: service}} | changes)


def worth(sent: ParsedLine, of: Expected, code: Code, **row_says: Any) -> Decimal | None:
    (found,) = [one for one in check_row(row(lines=(sent,), **row_says), expected=of) if one.code == code]
    return found.difference


def accrued(kind: ServiceKind, *parts: BilledPart, **facts: Any) -> Decimal:
    """The equivalent as a run accrues it."""
    household = {"entitled": 1, "residents": 3, "norm": Decimal("4.32"), "area": Decimal(54)} | facts
    terms = household.pop("terms", Parameters(Decimal("0.5"), frozenset(Group), decree=""))
    of = Facts(Holder.ADULT, Group.FIRST, household.pop("stock", Stock.STATE))
    period = Period(parts=parts, facts=of, days=31, days_in_month=31, **household)
    return calculate_line(MONTH, LineInputs(kind, (period,)), terms).cash_equivalent


def water(quantity: str, tariff: str = "26.06", **more: Any) -> ParsedLine:
    return line(quantity=Decimal(quantity), tariff=Decimal(tariff), billed=Decimal(quantity) * Decimal(tariff), **more)


@pytest.mark.parametrize(
    ("quantity", "roubles"),
    [("10", "2.17"), ("12.96", "0.00"), ("14", "0.00"), ("12.5", "2.00")],
    ids=["within the norm", "at the norm", "over it", "theirs over it, ours within"],
)
def test_weighs_a_tariff_by_what_it_changes_in_the_equivalent(quantity: str, roubles: str):
    sent = water(quantity, "27.36")
    ours = BilledPart(billed=Decimal(quantity) * PRICE, tariff=PRICE)
    by_file = accrued(ServiceKind.COLD_WATER, replace(ours, billed=sent.billed))
    assert worth(sent, card(NORMED), Code.TARIFF) == Decimal(roubles)
    assert by_file - accrued(ServiceKind.COLD_WATER, ours) == Decimal(roubles)


def test_weighs_what_is_over_the_norm_at_nothing():
    assert worth(water("20", metered=False), card(NORMED), Code.VOLUME) == 0
    assert worth(water("20"), card(replace(NORMED, billed_before=Decimal("337.74"))), Code.JUMP) == 0
    assert worth(line(billed=Decimal("900.00")), card(NORMED), Code.PRODUCT) == 0


@pytest.mark.parametrize(
    ("share_rule", "norm_cap", "others", "roubles"),
    [
        (ShareRule.OWN_SHARE, NormCap.NORM, 1, "2.17"),
        (ShareRule.ALL_FAMILY, NormCap.NORM, 0, "6.50"),
        (ShareRule.ALL_FAMILY, NormCap.NORM, 1, "4.33"),
        (ShareRule.ALL_FAMILY, NormCap.NORM, 3, "2.17"),
    ],
    ids=["own share", "the whole family", "beside another family", "never less than the entitled"],
)
def test_weighs_by_the_share_of_the_months_variant(
    share_rule: ShareRule, norm_cap: NormCap, others: int, roubles: str
) -> None:
    terms = Parameters(Decimal("0.5"), frozenset(Group), decree="", share_rule=share_rule, norm_cap=norm_cap)
    of = card(NORMED)
    of = replace(of, share=replace(of.share, measure=Measure.of(terms), others=others))
    assert worth(water("10", "27.36"), of, Code.TARIFF) == Decimal(roubles)
    bill = Bill(NORMED, Decimal("260.60"), Decimal(10))
    run = accrued(
        ServiceKind.COLD_WATER, BilledPart(Decimal("260.60"), tariff=PRICE), terms=terms, family=of.share.family
    )
    assert equivalent(bill, expected=of) == run


def test_weighs_what_is_over_the_norm_where_the_variant_caps_nothing() -> None:
    of = card(NORMED)
    of = replace(of, share=replace(of.share, measure=Measure(Decimal("0.5"), norm_cap=NormCap.NONE)))
    # 20 − 12.96 = 7.04 m³ at 26.06; a half of it for one of three.
    assert worth(water("20", metered=False), of, Code.VOLUME) == Decimal("30.58")


def test_weighs_by_the_share_of_the_variant_where_the_directory_has_no_norm() -> None:
    service = replace(NORMED, limit=None)
    of = card(service)
    of = replace(of, share=replace(of.share, measure=Measure(Decimal("0.5"), ShareRule.ALL_FAMILY)))
    assert equivalent(Bill(service, Decimal("300.00")), expected=of) == Decimal("150.00")


def test_keeps_what_it_weighs_by_in_the_parameters_of_a_task() -> None:
    kept = Measure(Decimal("0.3"), ShareRule.ALL_FAMILY, NormCap.NONE)
    assert Measure.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_weighs_what_is_over_the_norm_in_full_where_the_rule_knows_no_norm():
    month = dt.date(2015, 6, 1)
    # 20 − 12.96 = 7.04 m³ at 26.06; a half of it for one of three.
    assert worth(water("20", metered=False), card(NORMED, month=month), Code.VOLUME) == Decimal("30.58")


def test_weighs_persons_by_share_and_norm_together():
    within, over = water("8"), water("20")
    # 208.48 × 1/2 × (1/2 − 1/3).
    assert worth(within, card(NORMED), Code.RESIDENTS, residents=2) == Decimal("17.37")
    # Over the norm a person's part is one norm, however many they are.
    assert worth(over, card(NORMED), Code.RESIDENTS, residents=2) == 0


def test_weighs_an_area_by_what_is_billed_by_it():
    home = card(HEATING, residents=3)
    both = replace(home, services={"21": HEATING, "10": NORMED})
    heat = line(
        service="21", position=10, tariff=Decimal("3032.61"), quantity=Decimal("0.6"), billed=Decimal("1819.57")
    )
    sent = row(lines=(heat, water("8")), total_area=Decimal(60))
    (found,) = [one for one in check_row(sent, expected=both) if one.code == Code.AREA]
    # Water does not depend on the area: 1819.57 × (1 − 54/60) / 6.
    assert found.difference == Decimal("30.32")


def test_weighs_the_zones_of_electricity_by_their_one_norm():
    day, night = zone("day", "5.60"), zone("night", "3.10")
    billed = (Bill(day, Decimal("840.00"), Decimal(150)), Bill(night, Decimal("310.00"), Decimal(100)))
    of = expected(services={"day": day, "night": night}, zones=billed)
    run = accrued(
        ServiceKind.ELECTRICITY,
        BilledPart(Decimal("840.00"), Decimal(150), Decimal("5.60"), zone="day"),
        BilledPart(Decimal("310.00"), Decimal(100), Decimal("3.10"), zone="night"),
        norm=Decimal(50),
    )
    assert total(billed, expected=of) == equivalent(billed[0], expected=of) == equivalent(billed[1], expected=of) == run
    # Over the norm more of the day moves the parting of 150 kWh: 560 + 155 roubles after 504 + 186, a sixth of it.
    more = replace(billed[0], billed=Decimal("1120.00"), quantity=Decimal(200))
    assert difference(more, billed[0], expected=of) == Decimal("4.17")


def test_weighs_a_private_dwelling_by_what_the_rule_denies_it():
    maintenance = ExpectedService("02", "Содержание", tariffs=(Decimal("20.72"),), kind="maintenance")
    sent = line(service="02", tariff=Decimal("22.00"), quantity=Decimal(54), billed=Decimal("1188.00"))
    assert worth(sent, card(maintenance, stock="private"), Code.TARIFF) == 0
    assert worth(sent, card(maintenance, stock="municipal"), Code.TARIFF) == Decimal("11.52")


def test_weighs_a_service_outside_the_measure_at_nothing():
    lift = ExpectedService("41", "Лифт", tariffs=(Decimal("3.15"),))
    assert equivalent(Bill(lift, Decimal("126.00")), expected=card(lift)) == 0


def test_weighs_a_recalculation_by_the_bill_it_is_about():
    past = {SEPTEMBER: Decimal("390.00")}
    of = card(replace(NORMED, billed_before=Decimal("390.00"), billed_in=past))
    back = line(adjustment=Decimal("-500.00"), adjustment_month=SEPTEMBER)
    # September had 390.00, of it 337.74 within the norm: 337.74 / 6 and what is taken back beyond it, 110.00 / 6.
    assert worth(back, of, Code.RECALCULATION) == Decimal("-74.62")


def test_weighs_a_row_without_an_answer_by_what_last_month_brought():
    assert worth_of_silence(card(replace(NORMED, billed_before=Decimal("260.60")))) == Decimal("-43.43")
    assert worth_of_silence(card(NORMED)) is None


ROUBLES = st.decimals(min_value="0.00", max_value="9999.99", places=2)


@given(
    theirs=ROUBLES,
    ours=ROUBLES,
    limit=st.none() | st.decimals(min_value="0.0001", max_value="20", places=4),
    people=st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
)
def test_never_weighs_more_than_the_persons_part_of_the_difference_between_the_bills(theirs, ours, limit, people):
    entitled, residents = people
    service = replace(NORMED, limit=limit)
    of = card(service, residents=residents)
    of = replace(of, share=replace(of.share, entitled=entitled, residents=residents))
    found = difference(Bill(service, theirs), Bill(service, ours), expected=of)
    part = abs(theirs - ours) * entitled / residents / 2
    assert abs(found) <= part + Decimal("0.01")
    assert found == 0 or (found > 0) == (theirs > ours)
    assert difference(Bill(service, ours), Bill(service, theirs), expected=of) == -found
