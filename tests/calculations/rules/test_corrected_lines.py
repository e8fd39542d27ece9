"""A past month's line calculated anew counts by its difference, and replays to it from what was stored."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.captions import describe
from calculations.rules.corrections import Correction, corrected
from calculations.rules.inputs import LineInputs
from calculations.rules.line import apply_rule
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.stored import UnreadableStoredLine, from_stored, replay, to_stored
from calculations.rules.trace import Recording, StepCode
from tests.calculations.rules.samples import HALF, line
from tests.calculations.rules.test_line_properties import lines

BEFORE = Correction(accrued=Decimal("45.61"), right="17")


@settings(max_examples=100, deadline=None)
@given(inputs=lines(), before=st.decimals(0, 9999, places=2))
def test_replays_to_the_new_sum_less_what_was_accrued(inputs: LineInputs, before: Decimal) -> None:
    result = apply_rule(rule_for(Regime.FEDERAL_2016, inputs.kind), inputs, HALF)
    correction = Correction(accrued=before, right="1")
    stored = json.loads(json.dumps(to_stored(inputs, HALF, correction)))
    again = replay(result.rule, result.version, stored)
    assert again == corrected(result, correction)
    assert again.cash_equivalent + before == result.cash_equivalent
    assert (again.base, again.share, again.reason) == (result.base, result.share, result.reason)


def test_reads_back_what_was_accrued_and_for_which_right() -> None:
    assert from_stored(to_stored(line(), HALF, BEFORE)).correction == BEFORE
    assert from_stored(to_stored(line(), HALF)).correction is None


def test_tells_the_difference_as_its_last_step() -> None:
    trace = Recording()
    replay("utility_capped_per_person", 1, to_stored(line(), HALF, BEFORE), trace)
    assert trace.steps[-1].code is StepCode.CORRECTED
    assert describe(trace.steps[-1]).text.replace("\u00a0", " ") == "56,29 ₽ − 45,61 ₽ начислено прежде = 10,68 ₽"


def test_refuses_a_correction_that_does_not_say_what_was_accrued() -> None:
    with pytest.raises(UnreadableStoredLine):
        from_stored(to_stored(line(), HALF) | {"correction": {"right": "17"}})
