"""What holds for every line, whatever its numbers; and the same law written another way."""

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone
from calculations.rules.line import apply_rule, calculate_line
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from calculations.rules.regimes import RULES_BY_KIND, Regime, rule_for
from calculations.rules.result import LineResult
from tests.calculations.rules.samples import HALF

KOPECK = Decimal("0.01")
LONGEST_STORED_REASON = 200
LINE_KINDS = sorted(RULES_BY_KIND[Regime.FEDERAL_2016])
COMMON = {kind for kind in LINE_KINDS if kind.startswith("common_")}


def decimals(highest: int, places: int, *, lowest: int = 0) -> st.SearchStrategy[Decimal]:
    scale = 10**places
    return st.integers(lowest, highest * scale).map(lambda units: Decimal(units).scaleb(-places))


variants = st.builds(replace, st.just(HALF), share_rule=st.sampled_from(ShareRule), norm_cap=st.sampled_from(NormCap))
facts = st.builds(Facts, holder=st.sampled_from(Holder), group=st.sampled_from(Group), stock=st.sampled_from(Stock))


def parts_of(zone: Zone) -> st.SearchStrategy[BilledPart]:
    return st.builds(
        BilledPart,
        billed=decimals(20_000, 2),
        quantity=decimals(900, 3, lowest=1),
        tariff=decimals(3_000, 5, lowest=1),
        metered=st.booleans(),
        zone=st.just(zone),
    )


@st.composite
def lines(draw: st.DrawFn) -> LineInputs:
    kind = draw(st.sampled_from(LINE_KINDS))
    periods = []
    left = 30
    for _ in range(draw(st.integers(1, 3))):
        zones = [Zone.WHOLE]
        if kind is ServiceKind.ELECTRICITY and draw(st.booleans()):
            zones = draw(st.sampled_from([[Zone.DAY], [Zone.DAY, Zone.NIGHT], [Zone.PEAK, Zone.DAY, Zone.NIGHT]]))
        residents = draw(st.integers(1, 12))
        entitled = draw(st.integers(1, residents))
        days = draw(st.integers(0, left))
        left -= days
        periods.append(
            Period(
                parts=tuple(draw(parts_of(zone)) for zone in zones),
                facts=draw(facts),
                entitled=entitled,
                residents=residents,
                days=days,
                days_in_month=30,
                norm=draw(decimals(60, 4, lowest=1)),
                area=draw(decimals(120, 1, lowest=1)),
                family=draw(st.none() | st.integers(entitled, residents)),
            )
        )
    return LineInputs(kind=kind, periods=tuple(periods))


def calculated(regime: Regime, inputs: LineInputs, parameters: Parameters) -> LineResult:
    return apply_rule(rule_for(regime, inputs.kind, parameters.norm_cap), inputs, parameters)


def base_by_the_book(regime: Regime, kind: ServiceKind, period: Period, norm_cap: NormCap = NormCap.NORM) -> Fraction:
    """The dossier's 1.2 in exact fractions, written without the rules' code."""
    private = period.facts.stock is Stock.PRIVATE
    billed = sum((Fraction(part.billed) for part in period.parts), Fraction(0))
    norm, area = Fraction(str(period.norm)), Fraction(str(period.area))
    if kind in {ServiceKind.RENT, ServiceKind.MAINTENANCE}:
        return Fraction(0) if private else billed
    if kind is ServiceKind.CAPITAL_REPAIR:
        covered = regime is Regime.FEDERAL_2016 and private and period.facts.group is not Group.THIRD
        return min(billed, norm * area) if covered else Fraction(0)
    if regime is Regime.REGULATION_2007 or kind is ServiceKind.WASTE or kind in COMMON or norm_cap is NormCap.NONE:
        return billed
    if kind is ServiceKind.HEATING:
        return min(billed, norm * area * Fraction(str(period.parts[0].tariff)))
    used = sum((Fraction(str(part.quantity)) for part in period.parts), Fraction(0))
    base = Fraction(0)
    for part in period.parts:
        their_part = norm * period.residents * Fraction(str(part.quantity)) / used
        base += min(Fraction(part.billed), their_part * Fraction(str(part.tariff)))
    return base


def share_by_the_book(period: Period, share_rule: ShareRule) -> Fraction:
    people = {ShareRule.OWN_SHARE: period.entitled, ShareRule.ALL_FAMILY: period.family or period.residents}
    return Fraction(people[share_rule], period.residents)


def month_by_the_book(regime: Regime, inputs: LineInputs, parameters: Parameters) -> tuple[Decimal, Decimal]:
    """The equivalent and the base of a line."""
    due, base = Fraction(0), Fraction(0)
    for period in inputs.periods:
        part = Fraction(period.days, period.days_in_month)
        counted = base_by_the_book(regime, inputs.kind, period, parameters.norm_cap) * part
        base += counted
        due += Fraction(str(parameters.discount)) * counted * share_by_the_book(period, parameters.share_rule)
    return kopecks_by_the_book(due), kopecks_by_the_book(base)


def kopecks_by_the_book(amount: Fraction) -> Decimal:
    """Round half up through the fractional part, not through integer division of doubled values."""
    whole, rest = divmod(amount * 100, 1)
    return Decimal(int(whole) + (1 if rest >= Fraction(1, 2) else 0)) * KOPECK


@settings(max_examples=600, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime), parameters=variants)
def test_agrees_with_the_formula_written_in_fractions(
    inputs: LineInputs, regime: Regime, parameters: Parameters
) -> None:
    result = calculated(regime, inputs, parameters)
    assert (result.cash_equivalent, result.base) == month_by_the_book(regime, inputs, parameters)


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime), parameters=variants)
def test_never_pays_more_than_half_of_the_billed_share(
    inputs: LineInputs, regime: Regime, parameters: Parameters
) -> None:
    most = sum(
        (
            Fraction(sum(part.billed for part in period.parts))
            * share_by_the_book(period, parameters.share_rule)
            * Fraction(period.days, 30)
            for period in inputs.periods
        ),
        Fraction(0),
    )
    result = calculated(regime, inputs, parameters)
    assert Decimal(0) <= result.cash_equivalent <= kopecks_by_the_book(most / 2)
    assert result.base <= result.billed


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), data=st.data(), regime=st.sampled_from(Regime), parameters=variants)
def test_takes_periods_and_zones_in_any_order(
    inputs: LineInputs, data: st.DataObject, regime: Regime, parameters: Parameters
) -> None:
    shuffled = tuple(
        replace(period, parts=tuple(data.draw(st.permutations(period.parts))))
        for period in data.draw(st.permutations(inputs.periods))
    )
    other = calculated(regime, replace(inputs, periods=shuffled), parameters)
    result = calculated(regime, inputs, parameters)
    assert (other.cash_equivalent, other.base, other.billed) == (result.cash_equivalent, result.base, result.billed)


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), more=decimals(500, 2), regime=st.sampled_from(Regime), parameters=variants)
def test_never_pays_less_when_more_is_billed(
    inputs: LineInputs, more: Decimal, regime: Regime, parameters: Parameters
) -> None:
    first, *rest = inputs.periods
    part = replace(first.parts[0], billed=first.parts[0].billed + more)
    dearer = replace(inputs, periods=(replace(first, parts=(part, *first.parts[1:])), *rest))
    less, most = calculated(regime, inputs, parameters), calculated(regime, dearer, parameters)
    assert less.cash_equivalent <= most.cash_equivalent


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), data=st.data(), regime=st.sampled_from(Regime), parameters=variants)
def test_pays_separate_holders_no_more_than_the_whole(
    inputs: LineInputs, data: st.DataObject, regime: Regime, parameters: Parameters
) -> None:
    """Each of n lines is rounded by half a kopeck at the most, the joint line by half a kopeck too, not all at once."""
    period = inputs.periods[0]
    cuts = sorted(data.draw(st.sets(st.integers(1, max(period.residents - 1, 1)), max_size=4)) - {period.residents})
    sizes = [after - before for before, after in zip([0, *cuts], [*cuts, period.residents], strict=True)]
    separate = [
        calculated(regime, LineInputs(inputs.kind, (replace(period, entitled=size, family=size),)), parameters)
        for size in sizes
    ]
    everyone = replace(period, entitled=period.residents, family=None)
    together = calculated(regime, LineInputs(inputs.kind, (everyone,)), parameters).cash_equivalent
    paid = sum((result.cash_equivalent for result in separate), Decimal(0))
    assert abs(paid - together) / (KOPECK / 2) < len(sizes) + 1


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime), parameters=variants)
def test_pays_a_family_and_an_uncapped_bill_no_less(inputs: LineInputs, regime: Regime, parameters: Parameters) -> None:
    least = calculated(regime, inputs, HALF).cash_equivalent
    assert least <= calculated(regime, inputs, parameters).cash_equivalent


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), days=st.integers(1, 29), regime=st.sampled_from(Regime))
def test_gives_the_same_for_a_month_cut_into_equal_periods(inputs: LineInputs, days: int, regime: Regime) -> None:
    rule = rule_for(regime, inputs.kind)
    whole = replace(inputs.periods[0], days=30)
    cut = (replace(whole, days=days), replace(whole, days=30 - days))
    one = apply_rule(rule, replace(inputs, periods=(whole,)), HALF)
    two = apply_rule(rule, replace(inputs, periods=cut), HALF)
    assert (one.cash_equivalent, one.base) == (two.cash_equivalent, two.base)


@settings(max_examples=300, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime))
def test_gives_a_reason_exactly_where_the_line_is_zero_or_cut(inputs: LineInputs, regime: Regime) -> None:
    result = apply_rule(rule_for(regime, inputs.kind), inputs, HALF)
    days = sum(period.days for period in inputs.periods)
    short = not result.cash_equivalent or result.base < result.billed or days < 30
    assert (result.reason is not None) == short
    if result.reason is not None:
        assert len(f"{result.reason.code}: {result.reason.text}") <= LONGEST_STORED_REASON


@settings(max_examples=200, deadline=None)
@given(billed=decimals(5_000, 2), residents=st.integers(1, 40))
def test_rounds_half_up_as_decimal_does(billed: Decimal, residents: int) -> None:
    period = Period(
        parts=(BilledPart(billed=billed),),
        facts=Facts(Holder.ADULT, Group.FIRST, Stock.PRIVATE),
        entitled=1,
        residents=residents,
        days=31,
        days_in_month=31,
    )
    result = calculate_line(dt.date(2026, 10, 1), LineInputs(ServiceKind.WASTE, (period,)), HALF)
    assert result.cash_equivalent == (billed / (2 * residents)).quantize(KOPECK, ROUND_HALF_UP)
