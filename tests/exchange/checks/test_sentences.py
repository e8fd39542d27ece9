"""Every discrepancy is a Russian sentence with both sides of it; what is weighed is weighed to the kopeck."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.checks.expectations import Expected
from exchange.checks.findings import NOTES, Code, Finding
from exchange.checks.groups import ACCEPT, ADVICE, GROUPS, HOLD, SHORT, suggestion_for, title_of
from exchange.checks.rows import check_row
from exchange.layouts.exchanged import ParsedRow, RowFault
from exchange.services.file_lines import UNMATCHED
from offices.money import to_kopecks
from tests.exchange.checks.made import COLD_WATER, MONTH, expected, line, row

SEPTEMBER = dt.date(2026, 9, 1)
WATER = replace(
    COLD_WATER, tariff=Decimal("26.06"), limit=Decimal("4.32"), norm_volume=Decimal("12.96"), is_metered=False
)
BEFORE = replace(WATER, billed_before=Decimal("300.00"), billed_in={SEPTEMBER: Decimal("300.00")})
MIXED = replace(WATER, tariffs=(Decimal("26.06"), Decimal("28.51")))


def sent(**changes: Any) -> ParsedRow:
    return row(lines=(line(**changes),))


CASES: dict[Code, tuple[ParsedRow, Any]] = {
    Code.UNREADABLE: (row(faults=(RowFault("SUM4", "bad_number", "«12х» — не число.", "12х", 4),)), WATER),
    Code.WRONG_MONTH: (row(month=SEPTEMBER), WATER),
    Code.DUPLICATE: (row(lines=(line(), line(position=5))), WATER),
    Code.ACCOUNT: (row(account="77"), WATER),
    Code.PERSON: (row(first_name="Яна"), WATER),
    Code.ACCOUNT_BEFORE: (sent(), replace(WATER, account_before="99")),
    Code.TARIFF: (sent(tariff=Decimal(30), billed=Decimal(420)), WATER),
    Code.NORM: (sent(norm=Decimal("5.4"), metered=False), WATER),
    Code.PRODUCT: (sent(billed=Decimal("374.71")), WATER),
    Code.MIXED_TARIFF: (sent(tariff=Decimal(27), billed=Decimal(378)), MIXED),
    Code.VOLUME: (sent(metered=False), WATER),
    Code.UNDERSUPPLY: (sent(undersupply=Decimal("0.15")), WATER),
    Code.METERING: (sent(metered=True), WATER),
    Code.AREA: (row(total_area=Decimal("55.5")), WATER),
    Code.RESIDENTS: (row(residents=2), WATER),
    Code.RECALCULATION: (sent(adjustment=Decimal(-400), adjustment_month=SEPTEMBER), BEFORE),
    Code.NEGATIVE: (sent(billed=Decimal(-5)), WATER),
    Code.BEFORE_RIGHT: (sent(adjustment=Decimal(-9), adjustment_month=dt.date(2007, 9, 1)), WATER),
    Code.UNKNOWN_SERVICE: (row(lines=(line(service="19", service_name="Газ"),)), WATER),
    Code.ABSENT_SERVICE: (row(lines=()), BEFORE),
    Code.JUMP: (sent(), replace(WATER, billed_before=Decimal("100.00"))),
    Code.STOPPED: (sent(billed=Decimal(0), quantity=Decimal(0)), BEFORE),
    Code.ARREARS: (sent(debt=Decimal("512.40"), debt_months=3), WATER),
}
UNWEIGHED = {
    Code.UNREADABLE, Code.WRONG_MONTH, Code.DUPLICATE, Code.ACCOUNT, Code.PERSON, Code.ACCOUNT_BEFORE, Code.MIXED_TARIFF,
    Code.METERING, Code.ARREARS, Code.UNKNOWN_SERVICE,
}  # fmt: skip
"""What is no sum, changes none, or (a service not in the card) is weighed only where the directory knows the service."""


def found(code: Code) -> Finding:
    answer, service = CASES[code]
    (one,) = [finding for finding in check_row(answer, expected=of(service)) if finding.code == code]
    return one


def of(service: Any) -> Expected:
    return expected(services={"10": service})


@pytest.mark.parametrize("code", CASES, ids=lambda code: code.value)
def test_says_it_in_a_sentence_of_a_language(code: Code) -> None:
    one = found(code)
    assert one.text[0].isupper()
    assert re.search(r"[^.]\.$", one.text), one.text
    assert not re.search(r"[A-Za-z]{2,}|None|\s\s|\.\.|,\.", one.text.replace("SUM4", "")), one.text
    assert len(one.text) <= 300
    assert one.found or code == Code.ABSENT_SERVICE
    assert one.expected or code in {Code.UNREADABLE, Code.DUPLICATE, Code.UNKNOWN_SERVICE}


@pytest.mark.parametrize("code", CASES, ids=lambda code: code.value)
def test_weighs_to_the_kopeck_what_is_a_sum(code: Code) -> None:
    worth = found(code).difference
    assert (worth is None) == (code in UNWEIGHED)
    assert worth is None or worth == to_kopecks(worth)


def test_has_a_case_for_every_code_that_a_row_of_ours_can_have() -> None:
    of_rows = {code for code, _ in UNMATCHED.values()} | {Code.NOT_ANSWERED}
    assert set(Code) - of_rows == CASES.keys() - of_rows


def test_advises_and_suggests_for_every_code() -> None:
    assert {suggestion_for(code.value) for code in Code} == {HOLD, ACCEPT}
    assert [
        code for group in GROUPS for code in group.codes if code not in NOTES and suggestion_for(code) == ACCEPT
    ] == []
    for code in Code:
        for text in (ADVICE[code], title_of(code.value), SHORT[code]):
            assert text[0].isupper(), text
            assert not re.search(r"[A-Za-z]{2,}|\s\s", text), text
        assert ADVICE[code].endswith(".")
        assert not title_of(code.value).endswith(".")


SMALL = st.decimals(min_value="0", max_value="99999", places=2)


@given(billed=SMALL, tariff=SMALL, quantity=SMALL, residents=st.integers(0, 9), area=SMALL, adjustment=SMALL)
def test_never_says_what_cannot_be_read_whatever_is_sent(billed, tariff, quantity, residents, area, adjustment) -> None:
    answer = row(
        residents=residents,
        total_area=area,
        lines=(
            line(
                billed=billed, tariff=tariff, quantity=quantity, metered=False, norm=tariff, adjustment=-adjustment,
                adjustment_month=SEPTEMBER,
            ),
        ),
    )  # fmt: skip
    for one in check_row(answer, expected=replace(of(BEFORE), month=MONTH)):
        assert re.fullmatch(r"[А-ЯЁ].*[^.]\.", one.text), one.text
        assert "E" not in one.text
        assert one.difference is None or one.difference == to_kopecks(one.difference)
