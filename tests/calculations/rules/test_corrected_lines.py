"""A past month's line calculated anew counts by its difference, and replays to it from what was stored."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.captions import describe
from calculations.rules.corrections import TAKEN_BACK, WITHOUT_MONTH, Correction, Ground, ToldLater, corrected
from calculations.rules.inputs import LineInputs
from calculations.rules.line import apply_rule
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.result import ReasonCode
from calculations.rules.stored import UnreadableStoredLine, from_stored, replay, to_stored
from calculations.rules.told import Unmonthed, without_month
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


TOLD = Correction(
    accrued=Decimal("56.29"),
    right="17",
    month="2026-09",
    grounds=(Ground.TOLD, Ground.ORDERED),
    billed=Decimal("260.60"),
    stands=Decimal("182.42"),
    told=(ToldLater(5, Decimal("-78.18"), "файл abc, строка 7"),),
)


def test_reads_back_everything_a_provider_told_of_the_month() -> None:
    assert from_stored(json.loads(json.dumps(to_stored(line(), HALF, TOLD)))).correction == TOLD


def test_tells_what_was_recalculated_first_and_the_difference_last() -> None:
    trace = Recording()
    replay("utility_capped_per_person", 1, to_stored(line(), HALF, TOLD), trace)
    first, last = describe(trace.steps[0]), describe(trace.steps[-1])
    said = "за сентябрь 2026 года начислено 260,60 ₽, перерасчёт −78,18 ₽, теперь 182,42 ₽"
    assert (first.text.replace("\u00a0", " "), first.source) == (said, "файл abc, строка 7")
    assert last.text.startswith("за сентябрь 2026 года (перерасчёт предприятия, перерасчёт по решению отдела): ")


@settings(max_examples=60, deadline=None)
@given(inputs=lines(), before=st.decimals(0, 9999, places=2))
def test_takes_back_whatever_was_accrued(inputs: LineInputs, before: Decimal) -> None:
    stored = json.loads(json.dumps(to_stored(inputs, HALF, Correction(before, "1"))))
    result = replay(TAKEN_BACK.name, 1, stored)
    assert (result.cash_equivalent, result.base) == (-before, 0)
    assert result.reason is not None


@settings(max_examples=100, deadline=None)
@given(inputs=lines(), is_taken=st.booleans())
def test_gives_of_a_recalculation_without_a_month_what_no_norm_caps(inputs: LineInputs, is_taken: bool) -> None:
    """The sign turns the sum around and nothing else; replayed from JSON it is the same."""
    own = rule_for(Regime.FEDERAL_2016, inputs.kind)
    unmonthed = Unmonthed(Decimal(-1 if is_taken else 1), own.name, own.version)
    result = without_month(unmonthed, own, inputs, HALF)
    capped = apply_rule(own, inputs, HALF).cash_equivalent
    assert result.reason is not None
    assert result.reason.code is ReasonCode.NO_MONTH
    assert -result.cash_equivalent >= capped if is_taken else result.cash_equivalent >= capped
    stored = json.loads(json.dumps(to_stored(inputs, HALF, unmonthed=unmonthed)))
    assert replay(WITHOUT_MONTH.name, 1, stored) == result
