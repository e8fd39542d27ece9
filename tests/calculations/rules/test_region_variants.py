"""What a region decides otherwise is a dated value, not other code: the share of the family, norms that do not cap.

The figures are the dossier's EX-2 and EX-7 with one value changed; sources: dossier 1.1, table of regional positions.
"""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from calculations.rules.captions import describe
from calculations.rules.faults import WrongFamily
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import ServiceKind, Stock
from calculations.rules.line import calculate_line
from calculations.rules.parameters import NormCap, ShareRule
from calculations.rules.stored import from_stored, replay, to_stored
from calculations.rules.trace import Recording
from tests.calculations.rules.samples import FACTS, HALF, line, zones

APRIL = dt.date(2026, 4, 1)
BEFORE_2016 = dt.date(2015, 11, 1)
OF_FAMILY = replace(HALF, share_rule=ShareRule.ALL_FAMILY)
UNCAPPED = replace(HALF, norm_cap=NormCap.NONE)


@pytest.mark.parametrize(
    ("month", "inputs", "equivalent", "share"),
    [
        (APRIL, line(), "168.87", "3/3"),  # 337.74 / 2: the whole of what is within the norm of three
        (APRIL, line(family=2), "112.58", "2/3"),  # another right covers the third resident
        (APRIL, line(family=1), "56.29", "1/3"),
        (BEFORE_2016, line(family=2), "121.61", "2/3"),  # 364.84 x 2 / 3 / 2
    ],
)
def test_counts_the_family_where_the_region_says_so(
    month: dt.date, inputs: LineInputs, equivalent: str, share: str
) -> None:
    result = calculate_line(month, inputs, OF_FAMILY)
    assert (str(result.cash_equivalent), result.share) == (equivalent, share)
    assert calculate_line(month, inputs, HALF).share == "1/3"


def test_names_the_family_in_the_steps() -> None:
    told = Recording()
    calculate_line(APRIL, line(family=2), OF_FAMILY, told)
    texts = {caption.title: caption.text for caption in map(describe, told.steps)}
    assert "2 из 3 чел." in texts["Доля семьи получателя"]
    assert "Доля имеющих право" not in texts


@pytest.mark.parametrize("family", [0, 1, 4])
def test_refuses_a_family_smaller_than_its_right_or_larger_than_the_household(family: int) -> None:
    with pytest.raises(WrongFamily):
        calculate_line(APRIL, line(entitled=2, family=family), OF_FAMILY)


HEATING = line(ServiceKind.HEATING, norm=Decimal("0.01"), part={"tariff": Decimal("1660.22")})


@pytest.mark.parametrize(
    ("inputs", "capped", "uncapped"),
    [
        (line(), "56.29", "60.81"),  # 364.84 / 6
        (zones(), "93.96", "136.17"),  # 817.00 / 6
        (HEATING, "60.81", "60.81"),  # 896.52 within the norm, more than was billed
        (replace(HEATING, periods=(replace(HEATING.periods[0], area=Decimal(20)),)), "55.34", "60.81"),
    ],
    ids=["water", "zones", "heating", "small dwelling"],
)
def test_compensates_the_whole_bill_where_norms_do_not_cap(inputs: LineInputs, capped: str, uncapped: str) -> None:
    assert str(calculate_line(APRIL, inputs, HALF).cash_equivalent) == capped
    result = calculate_line(APRIL, inputs, UNCAPPED)
    assert (str(result.cash_equivalent), result.rule, result.reason) == (uncapped, "utility_as_billed", None)


def test_needs_no_norm_where_norms_do_not_cap() -> None:
    bare = line(norm=None, part={"tariff": None, "quantity": None})
    assert calculate_line(APRIL, bare, UNCAPPED).cash_equivalent == Decimal("60.81")


def test_keeps_the_minimum_of_capital_repair_and_the_rules_before_2016() -> None:
    repair = line(ServiceKind.CAPITAL_REPAIR, norm=Decimal("6.32"), facts=replace(FACTS, stock=Stock.PRIVATE))
    assert calculate_line(APRIL, repair, UNCAPPED) == calculate_line(APRIL, repair, HALF)
    assert calculate_line(BEFORE_2016, line(), UNCAPPED) == calculate_line(BEFORE_2016, line(), HALF)


@pytest.mark.parametrize("parameters", [OF_FAMILY, UNCAPPED, replace(OF_FAMILY, norm_cap=NormCap.NONE)])
@pytest.mark.parametrize("inputs", [line(family=2), zones()])
def test_replays_a_line_by_the_variant_it_was_stored_with(inputs: LineInputs, parameters: object) -> None:
    result = calculate_line(APRIL, inputs, parameters)
    stored = json.loads(json.dumps(to_stored(inputs, parameters)))
    assert replay(result.rule, result.version, stored) == result
    assert from_stored(stored).parameters == parameters
    assert from_stored(stored).inputs == inputs


def test_replays_lines_stored_before_the_variants_by_own_share_within_the_norm() -> None:
    stored = to_stored(line(), HALF)
    old = {name: value for name, value in stored.items() if name not in {"share_rule", "norm_cap"}}
    assert from_stored(old).parameters == HALF
    assert replay("utility_capped_per_person", 1, old).cash_equivalent == Decimal("56.29")


@pytest.mark.parametrize("change", [{"share_rule": "theirs"}, {"norm_cap": "half"}])
def test_refuses_a_stored_variant_that_it_does_not_know(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"theirs|half"):
        from_stored({**to_stored(line(), HALF), **change})
