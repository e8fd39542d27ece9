import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.corrections import TAKEN_BACK, WITHOUT_MONTH
from calculations.rules.inputs import LineInputs
from calculations.rules.line import apply_rule
from calculations.rules.regimes import (
    RULES,
    RULES_BY_APPLICATION,
    RULES_BY_KIND,
    WITHOUT_NORM,
    Regime,
    UnknownRule,
    rule_for,
)
from calculations.rules.stored import UnreadableStoredLine, from_stored, replay, to_stored
from calculations.rules.trace import Recording
from tests.calculations.rules.samples import HALF, PART, line
from tests.calculations.rules.test_line_properties import lines

NAMED = replace(PART, tariff_act="постановление от 20.12.2019 № 131", origin="VDK_3104_0920.DBF, строка 418")
FULL = line(parts=(NAMED,), norm_act="решение № 260", entitled_ids=("p-17",), resident_ids=("p-17", "p-18", "p-19"))


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime))
def test_replays_a_stored_line_to_the_last_digit(inputs: LineInputs, regime: Regime) -> None:
    result = apply_rule(rule_for(regime, inputs.kind), inputs, HALF)
    stored = json.loads(json.dumps(to_stored(inputs, HALF)))
    trace = Recording()
    assert replay(result.rule, result.version, stored, trace) == result
    assert trace.steps[-1].values["result"] == result.cash_equivalent


@pytest.mark.parametrize("inputs", [FULL, line(norm=None, area=None, part={"quantity": None, "tariff": None})])
def test_reads_back_what_it_stored(inputs: LineInputs) -> None:
    read = from_stored(json.loads(json.dumps(to_stored(inputs, HALF))))
    assert read.inputs == inputs
    assert read.parameters == HALF


def test_keeps_every_digit_that_was_received() -> None:
    inputs = line(part={"tariff": Decimal("26.683070")})
    assert to_stored(inputs, HALF)["periods"][0]["parts"][0]["tariff"] == "26.683070"


def test_replays_by_the_stored_discount_not_by_todays() -> None:
    stored = to_stored(line(), replace(HALF, discount=Decimal("0.3")))
    assert replay("utility_capped_per_person", 1, stored).cash_equivalent == Decimal("33.77")


@pytest.mark.parametrize(("name", "version"), [("utility_capped_per_person", 2), ("no_such_rule", 1)])
def test_refuses_a_rule_that_the_code_does_not_have(name: str, version: int) -> None:
    with pytest.raises(UnknownRule, match=name):
        replay(name, version, to_stored(line(), HALF))


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"kind": "antenna"},
        {"discount": "half"},
        {"periods": [{}]},
        {"periods": None},
        {"capital_repair_groups": ["4"]},
    ],
    ids=str,
)
def test_refuses_a_stored_line_that_it_did_not_write(change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableStoredLine):
        from_stored({**to_stored(line(), HALF), **change})


def test_names_each_rule_once() -> None:
    distinct = {
        id(rule) for rules in (*RULES_BY_KIND.values(), WITHOUT_NORM, RULES_BY_APPLICATION) for rule in rules.values()
    } | {id(TAKEN_BACK), id(WITHOUT_MONTH)}
    assert len(distinct) == len({(rule.name, rule.version) for rule in RULES.values()}) == len(RULES)
