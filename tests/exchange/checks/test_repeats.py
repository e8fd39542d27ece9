from decimal import Decimal

import pytest

from exchange.checks.findings import Code
from exchange.checks.repeats import contradictions
from tests.exchange.checks.made import line, row

FIRST = row(row_no=3, snils="99000000101", lines=(line(billed=Decimal("364.84")),))


@pytest.mark.parametrize(
    "same",
    [
        pytest.param({"snils": "99000000101"}, id="everything"),
        pytest.param({}, id="account and name"),
        pytest.param({"snils": "99000000101", "account": "other"}, id="SNILS"),
    ],
)
def test_finds_another_sum_for_the_same_service_of_the_same_person(same: dict[str, str]) -> None:
    again = row(row_no=9, lines=(line(billed=Decimal("500.00")),), **same)
    (finding,) = contradictions([FIRST], [again])[3]
    assert (finding.code, finding.is_blocking, finding.position) == (Code.DUPLICATE, True, FIRST.lines[0].position)
    assert "В строке 9 файла" in finding.text
    assert "500,00" in finding.text
    assert finding.found == "364,84 руб."


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(row(row_no=9, lines=(line(billed=Decimal("364.84")),)), id="the same again"),
        pytest.param(row(row_no=9, lines=(line(service="14", billed=Decimal("1.00")),)), id="another service"),
        pytest.param(
            row(row_no=9, first_name="Иная", lines=(line(billed=Decimal("1.00")),)),
            id="another person on the account",
        ),
    ],
)
def test_is_silent_where_nothing_is_contradicted(again: object) -> None:
    assert contradictions([FIRST], [again]) == {}  # type: ignore[list-item]
