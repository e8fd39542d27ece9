import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.captions import describe
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import ServiceKind, Stock
from calculations.rules.line import apply_rule, calculate_line
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.result import ReasonCode
from calculations.rules.trace import Recording, StepCode
from tests.calculations.rules.samples import FACTS, HALF, PART, PERIOD, line, zones
from tests.calculations.rules.test_line_properties import lines

SEPTEMBER = dt.date(2020, 9, 1)


def told(inputs: LineInputs) -> list[str]:
    trace = Recording()
    calculate_line(SEPTEMBER, inputs, HALF, trace)
    return [describe(step).text.replace("\N{NO-BREAK SPACE}", " ") for step in trace.steps]


def test_tells_how_the_norm_cut_the_bill() -> None:
    assert told(line()) == [
        "Коммунальная услуга: не выше норматива на зарегистрированных",
        "364,84 ₽ за месяц, объём 14 м³, тариф 26,06 ₽ за м³",
        "4,32 м³ на человека × 3 чел. × 26,06 ₽ = 337,7376 ₽",
        "в расчёт принято 337,7376 ₽",
        "337,7376 ₽ × 1 из 3 чел. = 112,5792 ₽",
        "112,5792 ₽ × 50 % = 56,2896 ₽",
        "округлено до копейки: 56,29 ₽",
    ]


def test_tells_how_the_norm_was_shared_among_zones() -> None:
    texts = told(zones())
    assert "46 кВт·ч на человека × 3 чел. = 138 кВт·ч, делится по потреблению, всего 200 кВт·ч" in texts
    assert "день: 138 × 140 / 200 кВт·ч × 4,67 ₽ = 451,122 ₽" in texts
    assert "ночь: 138 × 60 / 200 кВт·ч × 2,72 ₽ = 112,608 ₽" in texts
    assert texts[-1] == "округлено до копейки: 93,96 ₽"


def test_tells_the_norm_by_area() -> None:
    heating = line(
        ServiceKind.HEATING, norm=Decimal("0.0185"), part={"billed": Decimal("1658.56"), "tariff": Decimal("1660.22")}
    )
    assert "0,0185 Гкал на м² × 54 м² × 1 660,22 ₽ = 1 658,55978 ₽" in told(heating)


def test_tells_the_minimum_contribution() -> None:
    repair = line(ServiceKind.CAPITAL_REPAIR, norm=Decimal("6.32"), facts=replace(FACTS, stock=Stock.PRIVATE))
    assert "6,32 ₽ за м² × 54 м² = 341,28 ₽" in told(repair)


def test_tells_each_period_of_a_month_that_changed() -> None:
    halves = (replace(PERIOD, days=15, residents=2), replace(PERIOD, days=15))
    texts = told(LineInputs(ServiceKind.WASTE, halves))
    assert [text for text in texts if text.startswith("период")] == [
        "период 1 из 2: 15 из 30 дней месяца",
        "период 2 из 2: 15 из 30 дней месяца",
    ]
    assert "≈ 121,613333 ₽ × 15 из 30 дней = ≈ 60,806667 ₽" in texts


def test_tells_why_a_private_dwelling_gets_no_rent() -> None:
    texts = told(line(ServiceKind.RENT, facts=replace(FACTS, stock=Stock.PRIVATE)))
    assert texts[1:] == [
        "в частном жилищном фонде эта плата не компенсируется: 0,00 ₽",
        "0,00 ₽ × 50 % = 0,00 ₽",
        "округлено до копейки: 0,00 ₽",
    ]


def test_tells_only_the_sum_where_the_provider_gave_no_quantity() -> None:
    assert told(line(ServiceKind.WASTE, part={"quantity": None}))[1] == "364,84 ₽ за месяц"


def test_names_the_law_the_acts_and_the_row_of_the_file() -> None:
    part = replace(PART, tariff_act="тариф № 131", origin="VDK.DBF, строка 418")
    trace = Recording()
    calculate_line(SEPTEMBER, line(parts=(part,), norm_act="норматив № 260"), HALF, trace)
    sources = {step.code: describe(step).source for step in trace.steps}
    assert sources[StepCode.BILLED] == "VDK.DBF, строка 418"
    assert sources[StepCode.NORM_PER_PERSON] == "норматив № 260; тариф № 131"
    assert sources[StepCode.DISCOUNT] == HALF.decree
    assert "181-ФЗ" in sources[StepCode.RULE]


@settings(max_examples=200, deadline=None)
@given(inputs=lines(), regime=st.sampled_from(Regime))
def test_never_changes_a_sum_by_listening(inputs: LineInputs, regime: Regime) -> None:
    rule = rule_for(regime, inputs.kind)
    trace = Recording()
    assert apply_rule(rule, inputs, HALF, trace) == apply_rule(rule, inputs, HALF)
    captions = [describe(step) for step in trace.steps]
    assert all(caption.title and caption.text for caption in captions)
    assert "None" not in "".join(caption.text for caption in captions)


@pytest.mark.parametrize(
    ("inputs", "code", "text"),
    [
        pytest.param(
            line(), ReasonCode.OVER_NORM, "учтено 337,74 ₽ из 364,84 ₽: сверх норматива не компенсируется", id="norm"
        ),
        pytest.param(
            line(ServiceKind.WASTE, days=10),
            ReasonCode.PART_OF_MONTH,
            "право действовало 10 из 30 дней месяца",
            id="days",
        ),
        pytest.param(
            line(days=15),
            ReasonCode.OVER_NORM,
            "учтено 168,87 ₽ из 182,42 ₽: сверх норматива не компенсируется; право действовало 15 из 30 дней месяца",
            id="norm and days",
        ),
        pytest.param(
            line(ServiceKind.CAPITAL_REPAIR, norm=Decimal(6), facts=replace(FACTS, stock=Stock.PRIVATE)),
            ReasonCode.OVER_MINIMUM,
            "учтено 324,00 ₽ из 364,84 ₽: сверх минимального взноса не компенсируется",
            id="minimum contribution",
        ),
        pytest.param(
            line(part={"billed": Decimal(0)}),
            ReasonCode.NOTHING_BILLED,
            "предприятие ничего не начислило",
            id="no bill",
        ),
    ],
)
def test_gives_the_reason_in_words(inputs: LineInputs, code: ReasonCode, text: str) -> None:
    reason = calculate_line(SEPTEMBER, inputs, HALF).reason
    assert reason is not None
    assert (reason.code, reason.text.replace("\N{NO-BREAK SPACE}", " ")) == (code, text)


def test_gives_no_reason_to_a_whole_line() -> None:
    assert calculate_line(SEPTEMBER, line(ServiceKind.WASTE), HALF).reason is None
