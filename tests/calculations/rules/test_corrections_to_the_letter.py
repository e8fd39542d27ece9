"""Corrections and recalculations without a month: each step told, each word stored, each sentence."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from calculations.rules.captions import Caption, describe
from calculations.rules.corrections import (
    WITHOUT_MONTH,
    Correction,
    Ground,
    ToldLater,
    corrected,
    nobody_any_more,
    tell_recalculations,
)
from calculations.rules.housing import RENT_AND_MAINTENANCE
from calculations.rules.kinds import ServiceKind, Stock
from calculations.rules.line import apply_rule
from calculations.rules.result import Reason, ReasonCode
from calculations.rules.stored import replay, to_stored
from calculations.rules.stored_corrections import correction_read, correction_stored, unmonthed_read, unmonthed_stored
from calculations.rules.told import Unmonthed, without_month
from calculations.rules.trace import Recording, Step, StepCode, TraceValue
from tests.calculations.rules.samples import FACTS, HALF, line

UTILITY = "utility_capped_per_person"
BARE = Correction(accrued=Decimal("45.60"), right="17")
WHOLE = Correction(
    accrued=Decimal("40.00"),
    right="17",
    month="2026-09",
    grounds=(Ground.LATE, Ground.TOLD, Ground.ORDERED),
    billed=Decimal("260.60"),
    stands=Decimal("180.00"),
    told=(
        ToldLater(5, Decimal("-78.10"), "файл, строка 7"),
        ToldLater(6, Decimal("-1.50"), "файл, строка 9"),
        ToldLater(7, Decimal("-1.00"), "файл, строка 7"),
    ),
)
STORED: dict[str, Any] = {
    "accrued": "40.00",
    "right": "17",
    "month": "2026-09",
    "grounds": ["late", "told", "ordered"],
    "billed": "260.60",
    "stands": "180.00",
    "told": [
        {"charge": 5, "roubles": "-78.10", "origin": "файл, строка 7"},
        {"charge": 6, "roubles": "-1.50", "origin": "файл, строка 9"},
        {"charge": 7, "roubles": "-1.00", "origin": "файл, строка 7"},
    ],
}


@pytest.mark.parametrize(
    ("correction", "stored"),
    [
        (WHOLE, STORED),
        (BARE, {"accrued": "45.60", "right": "17"}),
        (
            replace(BARE, billed=Decimal(0), stands=Decimal(0)),
            {"accrued": "45.60", "right": "17", "billed": "0", "stands": "0"},
        ),
    ],
)
def test_stores_a_correction_in_these_words(correction: Correction, stored: dict[str, Any]) -> None:
    assert correction_stored(correction) == stored
    assert correction_read(stored) == correction


def test_stores_a_recalculation_without_a_month_in_these_words() -> None:
    told, stored = Unmonthed(Decimal("-10.50"), UTILITY, 3), {"roubles": "-10.50", "rule": UTILITY, "version": 3}
    assert unmonthed_stored(told) == stored
    assert unmonthed_read(stored) == told


def test_tells_what_was_recalculated_with_every_row_once() -> None:
    trace = Recording()
    tell_recalculations(WHOLE, trace)
    assert [(step.code, step.values) for step in trace.steps] == [
        (
            StepCode.RECALCULATED,
            {
                "month": "2026-09", "billed": Decimal("260.60"), "told": Decimal("-80.60"), "result": Decimal("180.00"),
                "source": "файл, строка 7; файл, строка 9",
            },
        )
    ]  # fmt: skip


def test_tells_of_no_recalculation_where_there_was_none() -> None:
    trace = Recording()
    tell_recalculations(replace(WHOLE, told=()), trace)
    assert trace.steps == []


def test_tells_a_correction_with_its_grounds() -> None:
    trace, result = Recording(), apply_rule(RENT_AND_MAINTENANCE, line(ServiceKind.RENT), HALF)
    again = corrected(result, WHOLE, trace)
    assert again == replace(result, cash_equivalent=Decimal("20.81"))
    assert [(step.code, step.values) for step in trace.steps] == [
        (
            StepCode.CORRECTED,
            {
                "month": "2026-09", "grounds": "late,told,ordered", "recalculated": Decimal("60.81"),
                "accrued": Decimal("40.00"), "result": Decimal("20.81"),
            },
        )
    ]  # fmt: skip


def test_denies_what_is_not_due_any_more() -> None:
    assert nobody_any_more(FACTS, HALF) is ReasonCode.NOT_DUE


NO_MONTH = "предприятие не указало месяц перерасчёта"


@pytest.mark.parametrize(
    ("told", "equivalent"), [("364.84", "60.81"), ("-364.84", "-60.81"), ("0.01", "60.81"), ("0", "60.81")]
)
def test_takes_the_sign_of_what_was_told(told: str, equivalent: str) -> None:
    """The parts bill the sum; `told` gives the sign, and nothing told turns nothing around."""
    trace, inputs = Recording(), line()
    result = without_month(Unmonthed(Decimal(told), UTILITY, 1), RENT_AND_MAINTENANCE, inputs, HALF, trace)
    assert (result.cash_equivalent, result.reason) == (Decimal(equivalent), Reason(ReasonCode.NO_MONTH, NO_MONTH))
    assert (result.rule, result.base) == (WITHOUT_MONTH.name, Decimal("364.84"))
    first, last = trace.steps[0], trace.steps[-1]
    assert (first.code, first.values["title"]) == (StepCode.RULE, WITHOUT_MONTH.title)
    assert (last.code, last.values) == (
        StepCode.WITHOUT_MONTH, {"told": Decimal(told), "result": Decimal(equivalent)}
    )  # fmt: skip


def test_gives_nothing_of_a_recalculation_that_the_services_rule_denies() -> None:
    inputs = line(ServiceKind.RENT, facts=replace(FACTS, stock=Stock.PRIVATE))
    result = without_month(Unmonthed(Decimal(5), "housing_as_billed", 1), RENT_AND_MAINTENANCE, inputs, HALF)
    text = f"{NO_MONTH}; в частном жилищном фонде эта плата не компенсируется"
    assert (result.cash_equivalent, result.reason) == (Decimal("0.00"), Reason(ReasonCode.NO_MONTH, text))


def test_replays_a_recalculation_without_a_month_step_by_step() -> None:
    told, again = Recording(), Recording()
    unmonthed = Unmonthed(Decimal(-5), RENT_AND_MAINTENANCE.name, RENT_AND_MAINTENANCE.version)
    result = without_month(unmonthed, RENT_AND_MAINTENANCE, line(ServiceKind.RENT), HALF, told)
    stored = to_stored(line(ServiceKind.RENT), HALF, unmonthed=unmonthed)
    assert replay(WITHOUT_MONTH.name, WITHOUT_MONTH.version, stored, again) == result
    assert again.steps == told.steps


GROUNDS = "ответ предприятия пришёл позже, перерасчёт предприятия, перерасчёт по решению отдела"
CORRECTED: dict[str, TraceValue] = {
    "recalculated": Decimal("60.81"), "accrued": Decimal("40.00"), "result": Decimal("20.81")
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "values", "title", "text"),
    [
        (
            StepCode.RECALCULATED,
            {"month": "2026-02", "billed": Decimal(300), "told": Decimal("-50.5"), "result": Decimal("249.50")},
            "Перерасчёт предприятия",
            "за февраль 2026 года начислено 300,00_₽, перерасчёт −50,50_₽, теперь 249,50_₽",
        ),
        (
            StepCode.WITHOUT_MONTH,
            {"told": Decimal(-30), "result": Decimal(-5)},
            "Перерасчёт предприятия без месяца",
            "предприятие не указало, за какой месяц перерасчёт −30,00_₽, поэтому от него берётся доля этого месяца: −5,00_₽",
        ),
        (
            StepCode.CORRECTED,
            CORRECTED | {"month": "2026-12", "grounds": "late,told,ordered"},
            "Исправление прошедшего месяца",
            f"за декабрь 2026 года ({GROUNDS}): 60,81_₽ − 40,00_₽ начислено прежде = 20,81_₽",
        ),
        (
            StepCode.CORRECTED,
            CORRECTED | {"month": "", "grounds": ""},
            "Исправление прошедшего месяца",
            "60,81_₽ − 40,00_₽ начислено прежде = 20,81_₽",
        ),
    ],
)
def test_says_each_step_of_a_correction_to_the_letter(
    code: StepCode, values: dict[str, TraceValue], title: str, text: str
) -> None:
    assert describe(Step(code, values)) == Caption(title, text.replace("_", "\N{NO-BREAK SPACE}"), "")
