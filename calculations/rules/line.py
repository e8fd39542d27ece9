"""One accrual line: the rule of its month over its periods, rounded once."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from calculations.rules.faults import LineFault, WrongMonthLength, WrongParts, shape_faults
from calculations.rules.inputs import LineInputs, Period
from calculations.rules.kinds import ServiceKind
from calculations.rules.money import EXACT, Exact, ExactSum
from calculations.rules.parameters import Parameters, ShareRule
from calculations.rules.reasons import DENIALS, reason_of
from calculations.rules.regimes import regime_of, rule_for
from calculations.rules.result import LineResult
from calculations.rules.rule import Rule
from calculations.rules.terms import days_of
from calculations.rules.trace import SILENT, StepCode, Trace

_NOTHING: Final = Decimal(0)


def calculate_line(month: dt.date, inputs: LineInputs, parameters: Parameters, trace: Trace = SILENT) -> LineResult:
    """Return the equivalent of one service of one recipient for the month billed.

    Raises UnknownServiceKind, or the first LineFault that makes the line impossible.
    """
    days_in_month = days_of(month)
    for number, period in enumerate(inputs.periods):
        if period.days_in_month != days_in_month:
            raise WrongMonthLength(period=number)
    return apply_rule(rule_for(regime_of(month), inputs.kind, parameters.norm_cap), inputs, parameters, trace)


def apply_rule(rule: Rule, inputs: LineInputs, parameters: Parameters, trace: Trace = SILENT) -> LineResult:
    """Return the equivalent of one line by the rule given, in roubles.

    discount x sum over periods of (base x entitled / residents x days / days in month):
    exact, divided once, rounded half up to the kopeck once. A period whose facts give no
    right adds nothing. Where the parameters say so, the holder's family counts for the entitled.

    Source: Regulation 369 of 30.10.2007, items 1.1 and 2.4.2; Law 181-FZ, article 17;
    dossier 1.2, items 1-4.
    Raises the first LineFault that makes the line impossible.
    """
    for fault in line_faults(rule, inputs, parameters):
        raise fault
    trace.step(StepCode.RULE, service=inputs.kind, title=rule.title, source=rule.source)
    billed, base, due = ExactSum(), ExactSum(), ExactSum()
    with localcontext(EXACT):
        for number, period in enumerate(inputs.periods, start=1):
            _tell_period(trace, period, number=number, of=len(inputs.periods))
            counted = _counted(rule, inputs.kind, period, parameters, trace)
            days, days_in_month = period.days, period.days_in_month
            billed.add(_billed(period), times=days, over=days_in_month)
            base.add(counted, times=days, over=days_in_month)
            due.add(counted, times=days * sharing(period, parameters), over=days_in_month * period.residents)
    return _result(rule, inputs, parameters, trace, billed=billed.to_kopecks(), base=base.to_kopecks(), due=due)


def line_faults(rule: Rule, inputs: LineInputs, parameters: Parameters) -> Iterator[LineFault]:
    """Yield everything that keeps the rule from giving a sum.

    A period that the facts deny needs no tariff, norm or area.
    """
    shape = list(shape_faults(inputs))
    yield from shape
    if any(isinstance(fault, WrongParts) for fault in shape):
        return
    for number, period in enumerate(inputs.periods):
        if rule.denial(period.facts, parameters) is None:
            yield from rule.needs(number, period)


def sharing(period: Period, parameters: Parameters) -> int:
    """Return how many of the residents a period's part of the bill is compensated for.

    Source: dossier 1.1 (`share_rule`), 1.2, items 3 and 9.
    """
    if parameters.share_rule is ShareRule.OWN_SHARE:
        return period.entitled
    return period.residents if period.family is None else period.family


def _result(
    rule: Rule,
    inputs: LineInputs,
    parameters: Parameters,
    trace: Trace,
    *,
    billed: Decimal,
    base: Decimal,
    due: ExactSum,
) -> LineResult:
    _tell_discount(trace, due, parameters)
    due.multiply(parameters.discount)
    equivalent = due.to_kopecks()
    trace.step(StepCode.ROUNDED, result=equivalent)
    return LineResult(
        kind=inputs.kind,
        billed=billed,
        base=base,
        share=";".join([f"{sharing(period, parameters)}/{period.residents}" for period in inputs.periods]),
        cash_equivalent=equivalent,
        rule=rule.name,
        version=rule.version,
        reason=reason_of(rule, inputs, parameters, billed=billed, base=base, equivalent=equivalent),
    )


def _counted(rule: Rule, kind: ServiceKind, period: Period, parameters: Parameters, trace: Trace) -> Exact:
    denial = rule.denial(period.facts, parameters)
    if denial is not None:
        trace.step(StepCode.DENIED, text=DENIALS[denial], result=_NOTHING, source=rule.source)
        return _NOTHING
    counted = rule.base(period, kind, trace)
    _tell_share(trace, counted, period, parameters)
    return counted


def _billed(period: Period) -> Decimal:
    return sum((part.billed for part in period.parts), _NOTHING)


def _tell_period(trace: Trace, period: Period, *, number: int, of: int) -> None:
    if trace is SILENT or (of == 1 and period.days == period.days_in_month):
        return
    trace.step(StepCode.PERIOD, number=number, of=of, days=period.days, days_in_month=period.days_in_month)


def _tell_share(trace: Trace, counted: Exact, period: Period, parameters: Parameters) -> None:
    if trace is SILENT:
        return
    people = sharing(period, parameters)
    shared = Fraction(counted) * people / period.residents
    trace.step(StepCode.BASE, result=counted)
    code = StepCode.SHARE if parameters.share_rule is ShareRule.OWN_SHARE else StepCode.FAMILY_SHARE
    trace.step(code, base=counted, entitled=people, residents=period.residents, result=shared)
    if period.days == period.days_in_month:
        return
    trace.step(
        StepCode.DAYS,
        shared=shared,
        days=period.days,
        days_in_month=period.days_in_month,
        result=shared * period.days / period.days_in_month,
    )


def _tell_discount(trace: Trace, due: ExactSum, parameters: Parameters) -> None:
    if trace is SILENT:
        return
    trace.step(
        StepCode.DISCOUNT,
        due=due.exactly(),
        discount=parameters.discount,
        result=due.exactly() * Fraction(parameters.discount),
        source=parameters.decree,
    )
