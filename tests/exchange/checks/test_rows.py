import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from exchange.checks.rows import check_row
from exchange.layouts.exchanged import RowFault
from tests.exchange.checks.made import COLD_WATER, MONTH, expected, line, row

SEPTEMBER = dt.date(2026, 9, 1)


def codes(sent: Any, card: Any) -> list[str]:
    return [finding.code.value for finding in check_row(sent, expected=card)]


def test_finds_nothing_in_a_row_that_agrees():
    assert codes(row(), expected()) == []


@pytest.mark.parametrize(
    ("sent", "card", "found"),
    [
        pytest.param(row(total_area=Decimal("54.01")), expected(), ["E20"], id="area a hundredth over"),
        pytest.param(row(total_area=None, residents=None), expected(), [], id="provider says nothing of the dwelling"),
        pytest.param(row(residents=4), expected(), ["E21"], id="one resident more"),
        pytest.param(row(account="100201"), expected(), ["E06"], id="other account"),
        pytest.param(row(account=" 100200 "), expected(), [], id="blanks around the account"),
        pytest.param(row(last_name="ОРЛОВА", middle_name="петровна"), expected(), [], id="letter case"),
        pytest.param(row(first_name="Яна"), expected(), ["E07"], id="other person"),
        pytest.param(row(birth_date=dt.date(1961, 5, 1)), expected(), ["E07"], id="other birth date"),
        pytest.param(row(last_name="Орлова", first_name="анна "), expected(), [], id="blanks in the name"),
        pytest.param(
            row(last_name="О'Коннор-Орлова"),
            expected(full_name="О’Коннор–Орлова Анна Петровна"),
            [],
            id="dashes and apostrophes of another code page",
        ),
        pytest.param(row(matched=False, lines=()), expected(), ["E06"], id="account not found by the provider"),
        pytest.param(row(month=SEPTEMBER), expected(), ["E02"], id="row of another month"),
        pytest.param(
            row(faults=(RowFault("SUM4", "unreadable", "Не число.", "12х"),)), expected(), ["E01"], id="unreadable cell"
        ),
        pytest.param(
            row(lines=(line(billed=None),), faults=(RowFault("SUM4", "bad_number", "Не число.", "***", 4),)),
            expected(),
            ["E01"],
            id="unreadable sum is not an absent service",
        ),
        pytest.param(row(lines=()), expected(), ["E41"], id="expected service absent"),
        pytest.param(row(lines=(line(), line(position=5))), expected(), ["E05"], id="one service twice in a row"),
        pytest.param(row(lines=(line(service="19"),)), expected(), ["E40", "E41"], id="service not in the card"),
        pytest.param(
            row(lines=(line(tariff=Decimal("27.36"), billed=Decimal("383.04")),)), expected(), ["E10"], id="tariff +5 %"
        ),
        pytest.param(row(lines=(line(billed=Decimal("364.87")),)), expected(), ["E12"], id="sum three kopecks over"),
        pytest.param(row(lines=(line(billed=Decimal("364.86")),)), expected(), [], id="sum two kopecks over"),
        pytest.param(row(lines=(line(billed=Decimal(-5)),)), expected(), ["E31", "E12"], id="negative charge"),
        pytest.param(row(lines=(line(norm=Decimal("3.16")),)), expected(), ["E11"], id="other norm"),
        pytest.param(row(lines=(line(debt=Decimal("0.01")),)), expected(), ["E60"], id="arrears"),
        pytest.param(row(lines=(line(debt=Decimal(-10)),)), expected(), [], id="paid ahead"),
        pytest.param(row(lines=(line(adjustment=Decimal(-50)),)), expected(), ["E30"], id="recalculation, no month"),
        pytest.param(
            row(lines=(line(adjustment=Decimal(-50), adjustment_month=MONTH),)),
            expected(),
            ["E30"],
            id="of this month",
        ),
        pytest.param(
            row(lines=(line(adjustment=Decimal(-50), adjustment_month=SEPTEMBER),)),
            expected(),
            [],
            id="of last month",
        ),
        pytest.param(
            row(lines=(line(adjustment=Decimal(-50), adjustment_month=dt.date(2019, 12, 1)),)),
            expected(),
            ["E32"],
            id="before the right",
        ),
        pytest.param(
            row(lines=(line(adjustment=Decimal(-400), adjustment_month=SEPTEMBER),)),
            expected(services={"10": replace(COLD_WATER, billed_before=Decimal("364.84"))}),
            ["E30"],
            id="takes back more than was billed",
        ),
        pytest.param(
            row(), expected(services={"10": replace(COLD_WATER, billed_before=Decimal(100))}), ["E50"], id="jump"
        ),
    ],
)
def test_finds_what_differs(sent: Any, card: Any, found: list[str]):
    assert codes(sent, card) == found


def test_takes_a_tariff_between_two_of_the_month_as_mixed():
    two = replace(COLD_WATER, tariffs=(Decimal("26.06"), Decimal("28.51")))
    sent = row(lines=(line(tariff=Decimal(27), billed=Decimal(378)),))
    assert codes(sent, expected(services={"10": two})) == ["E13"]


def test_takes_the_divided_tariff_of_a_sum_with_recalculation_as_mixed():
    # EX-11: SUM 612.40 with the recalculation, TARIF = 26.68307, FAKT = 22.9509.
    sent = row(lines=(line(tariff=Decimal("26.68307"), billed=Decimal("612.40"), quantity=Decimal("22.9509")),))
    assert codes(sent, expected(sum_includes_recalculation=True)) == ["E13"]
    assert codes(sent, expected(sum_includes_recalculation=False)) == ["E10"]


def test_weighs_a_discrepancy_in_roubles_of_the_equivalent():
    sent = row(lines=(line(tariff=Decimal("27.36"), billed=Decimal("383.04")),))
    (finding,) = check_row(sent, expected=expected())
    # 14 m³ × (27.36 − 26.06) = 18.20; a half of it for one of three.
    assert finding.difference == Decimal("3.03")
    assert finding.is_blocking
    assert finding.position == 4


def test_only_tells_of_what_does_not_change_the_sum():
    sent = row(lines=(line(norm=Decimal("3.16"), debt=Decimal(10)),))
    assert [finding.is_blocking for finding in check_row(sent, expected=expected())] == [False, False]


def test_lays_an_unreadable_cell_on_its_line_alone():
    faults = (RowFault("TARIF4", "bad_number", "Не число.", "***", 4), RowFault("DROG", "bad_date", "Не дата.", "x"))
    first, second = check_row(row(faults=faults), expected=expected())
    assert (first.position, second.position) == (4, None)
    assert (first.text, first.found) == ("поле TARIF4: Не число.", "поле TARIF4: ***")


def test_tells_an_unknown_code_of_a_service_once():
    fault = RowFault("", "unknown_service", "Код услуги «99» в формате файла не описан.", "99", 7)
    found = check_row(row(lines=(line(), line(service="", position=7)), faults=(fault,)), expected=expected())
    assert [(finding.code.value, finding.position) for finding in found] == [("E40", 7)]


def test_writes_numbers_as_they_are_written_in_russian():
    sent = row(total_area=Decimal("54.5"), lines=(line(billed=Decimal("1364.80")),))
    area, product = check_row(sent, expected=expected())
    assert area.text == "Общая площадь: в карточке 54 м², у предприятия 54,5 м²."
    assert (product.expected, product.found) == ("364,84", "1\u00a0364,80")
