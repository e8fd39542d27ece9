"""Lines replayed for their explanation, from drawn inputs."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from calculations.explaining.boxes import ServiceBill
from calculations.explaining.causes import MonthLine
from calculations.explaining.stages import Stages, stages_of
from calculations.rules.inputs import LineInputs
from calculations.rules.line import apply_rule
from calculations.rules.parameters import Parameters
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.trace import Recording
from tests.calculations.rules.samples import HALF
from tests.calculations.rules.test_line_properties import decimals, lines, variants

regimes = st.sampled_from(Regime)


def billed_by(inputs: LineInputs) -> Decimal:
    """The month's bill that the parts of the first period carry."""
    return sum((part.billed for part in inputs.periods[0].parts), Decimal(0))


def replayed(
    inputs: LineInputs, regime: Regime = Regime.FEDERAL_2016, parameters: Parameters = HALF
) -> tuple[Stages, Decimal]:
    """The stages of a line and its equivalent."""
    recording = Recording()
    result = apply_rule(rule_for(regime, inputs.kind, parameters.norm_cap), inputs, parameters, recording)
    accrued = result.cash_equivalent
    return stages_of(billed=billed_by(inputs), inputs=inputs, steps=recording.steps, accrued=accrued), accrued


@st.composite
def service_bills(draw: st.DrawFn) -> ServiceBill:
    """A service's bill with the lines of no right, of one, or of two rights that share it."""
    if draw(st.integers(0, 3)) == 0:
        billed = draw(decimals(20_000, 4))
        return ServiceBill(billed, draw(decimals(900, 2, lowest=-900)), (), is_postponed=draw(st.booleans()))
    inputs = draw(lines())
    regime = draw(regimes)
    stages, _ = replayed(inputs, regime, draw(variants))
    return ServiceBill(
        billed=billed_by(inputs),
        recalculated=draw(st.sampled_from([Decimal("0.00"), Decimal("-120.55"), Decimal("33.333333")])),
        lines=(stages,) * draw(st.integers(1, 2)),
    )


@st.composite
def month_lines(draw: st.DrawFn) -> MonthLine:
    """A line of a month of one of two rights, services in a few accounts; some correct another month or name none."""
    inputs = draw(lines())
    regime = draw(regimes)
    return MonthLine(
        right=draw(st.integers(1, 2)),
        service=draw(st.sampled_from(["10", "15", "21"])),
        account=draw(st.integers(1, 2)),
        rule=rule_for(regime, inputs.kind),
        inputs=inputs,
        parameters=HALF,
        accrued=replayed(inputs, regime)[1],
        corrects_month=draw(st.sampled_from([None] * 5 + [dt.date(2026, 8, 1)])),
        is_unmonthed=draw(st.integers(0, 5)) == 0,
    )
