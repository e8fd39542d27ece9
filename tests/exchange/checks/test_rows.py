import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.checks.expectations import Expected
from exchange.checks.findings import Code
from exchange.checks.groups import ADVICE, GROUPS, SHORT, title_of
from exchange.checks.rows import check_row
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RowFault
from offices.money import to_kopecks
from tests.exchange.checks.made import COLD_WATER, MONTH, expected, line, row

SEPTEMBER = dt.date(2026, 9, 1)


AUGUST = dt.date(2026, 8, 1)


def before(billed: str) -> Expected:
    """Cold water with that much billed last month."""
    return expected(services={"10": replace(COLD_WATER, billed_before=Decimal(billed))})


def volume(norm: str) -> Expected:
    """Cold water whose norm for the household makes that many cubic metres."""
    return expected(services={"10": replace(COLD_WATER, norm_volume=Decimal(norm))})


def meter(*, is_metered: bool) -> Expected:
    return expected(services={"10": replace(COLD_WATER, is_metered=is_metered)})


def in_august(billed: str) -> Expected:
    """Cold water with that much billed in August and the usual sum in September."""
    past = {AUGUST: Decimal(billed), SEPTEMBER: Decimal("364.84")}
    return expected(services={"10": replace(COLD_WATER, billed_before=Decimal("364.84"), billed_in=past)})


def by_norm(quantity: str, *, metered: bool = False) -> ParsedLine:
    return line(quantity=Decimal(quantity), billed=Decimal("26.06") * Decimal(quantity), metered=metered)


def takes_back(roubles: str, month: dt.date) -> ParsedRow:
    return row(lines=(line(adjustment=-Decimal(roubles), adjustment_month=month),))


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
        pytest.param(row(), before("243.23"), [], id="half as much again is no jump"),
        pytest.param(row(), before("243.22"), ["E50"], id="a kopeck more than half as much again is"),
        pytest.param(
            row(lines=(line(billed=Decimal(0), quantity=Decimal(0)),)), before("0.01"), ["E51"], id="nothing any more"
        ),
        pytest.param(
            row(lines=(line(billed=Decimal(0), quantity=Decimal(0)),)), before("0"), [], id="nothing as before"
        ),
        pytest.param(row(), expected(services={"10": replace(COLD_WATER, account_before="99")}), ["E08"], id="account"),
        pytest.param(row(lines=(by_norm("12.97"),)), volume("12.96"), [], id="a hundredth over the norm"),
        pytest.param(row(lines=(by_norm("12.98"),)), volume("12.96"), ["E14"], id="two hundredths over the norm"),
        pytest.param(row(lines=(by_norm("12.98", metered=True),)), volume("12.96"), [], id="a meter may be over it"),
        pytest.param(row(lines=(line(metered=True),)), meter(is_metered=True), [], id="a meter on both sides"),
        pytest.param(row(lines=(line(metered=False),)), meter(is_metered=True), ["E16"], id="a meter in the card only"),
        pytest.param(row(lines=(line(metered=True),)), meter(is_metered=False), ["E16"], id="a meter in the file only"),
        pytest.param(row(lines=(line(undersupply=Decimal("0.2")),)), expected(), ["E15"], id="supplied in part"),
        pytest.param(row(lines=(line(undersupply=Decimal(0)),)), expected(), [], id="supplied in full"),
        pytest.param(row(lines=(line(undersupply=Decimal(1)),)), expected(), [], id="a column left at nought"),
        pytest.param(
            row(lines=(line(undersupply=Decimal("0.2"), adjustment=Decimal(-72), adjustment_month=SEPTEMBER),)),
            expected(),
            [],
            id="supplied in part and taken back",
        ),
        pytest.param(takes_back("120.01", AUGUST), in_august("120.00"), ["E30"], id="a kopeck more than August had"),
        pytest.param(takes_back("120.00", AUGUST), in_august("120.00"), [], id="all that August had"),
        pytest.param(takes_back("300.00", SEPTEMBER), in_august("120.00"), [], id="September had more than that"),
        pytest.param(
            takes_back("1.00", dt.date(2020, 1, 1)), expected(right_from=dt.date(2020, 1, 1)), [], id="the first month"
        ),
    ],
)
def test_finds_what_differs(sent: Any, card: Any, found: list[str]):
    assert codes(sent, card) == found


def test_takes_a_tariff_between_two_of_the_month_as_mixed():
    two = replace(COLD_WATER, tariffs=(Decimal("26.06"), Decimal("28.51")))
    sent = row(lines=(line(tariff=Decimal(27), billed=Decimal(378)),))
    assert codes(sent, expected(services={"10": two})) == ["E13"]


@pytest.mark.parametrize(
    ("billed", "found"),
    [("364.84", []), ("380.00", ["E13"]), ("399.14", ["E13"]), ("364.81", ["E12"]), ("399.18", ["E12"])],
    ids=["by the first tariff", "by both", "by the second", "less than the first makes", "more than the second makes"],
)
def test_takes_a_sum_between_two_tariffs_of_the_month_as_mixed(billed: str, found: list[str]):
    two = replace(COLD_WATER, tariffs=(Decimal("26.06"), Decimal("28.51")))
    sent = row(lines=(line(billed=Decimal(billed)),))
    assert codes(sent, expected(services={"10": two})) == found


@pytest.mark.parametrize(
    ("residents", "found"), [(3, ["E50"]), (2, []), (5, ["E50"])], ids=["the same", "by heads", "fewer heads"]
)
def test_compares_a_sum_with_last_months_by_heads_where_the_family_changed(residents: int, found: list[str]):
    was = replace(COLD_WATER, billed_before=Decimal("240.00"), residents_before=residents)
    assert codes(row(), expected(services={"10": was})) == found


def test_compares_no_sum_with_last_months_that_is_wrong_itself():
    assert codes(row(lines=(line(billed=Decimal("900.00")),)), before("364.84")) == ["E12"]
    assert codes(row(lines=(line(billed=Decimal("-364.84"), quantity=Decimal(-14)),)), before("364.84")) == ["E31"]


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
    assert (first.text, first.found) == ("Поле TARIF4: не число.", "TARIF4: ***")


def test_tells_an_unknown_code_of_a_service_once():
    fault = RowFault("", "unknown_service", "Код услуги «99» в формате файла не описан.", "99", 7)
    found = check_row(row(lines=(line(), line(service="", position=7)), faults=(fault,)), expected=expected())
    assert [(finding.code.value, finding.position) for finding in found] == [("E40", 7)]


def test_writes_numbers_as_they_are_written_in_russian():
    sent = row(total_area=Decimal("54.5"), lines=(line(billed=Decimal("1364.80")),))
    area, product = check_row(sent, expected=expected())
    assert area.text == "Общая площадь: в карточке 54 м², у предприятия 54,5 м²."
    assert (product.expected, product.found) == ("364,84", "1\u00a0364,80")


def test_names_the_provider_that_supplies_a_foreign_service():
    (found, _) = check_row(row(lines=(line(service="19"),)), expected=expected(elsewhere={"19": "Газпром"}))
    assert (found.code, found.expected) == (Code.UNKNOWN_SERVICE, "Газпром")
    assert found.text.endswith("по карточке её оказывает Газпром.")


def test_tells_of_arrears_with_months_and_agreement():
    owing = line(debt=Decimal("512.40"), debt_months=3, debt_status="agreed_paid")
    (found,) = check_row(row(lines=(owing,)), expected=expected())
    assert (found.found, found.is_blocking) == ("512,40 за 3 месяца", False)
    assert "есть соглашение о погашении" in found.text


def test_weighs_a_service_that_is_not_billed_any_more():
    (found,) = check_row(row(lines=()), expected=before("364.84"))
    # A half of 364.84 for one of three.
    assert (found.code, found.difference) == (Code.ABSENT_SERVICE, Decimal("-60.81"))


def test_has_words_and_a_place_for_every_code():
    grouped = [code for group in GROUPS for code in group.codes]
    assert sorted(grouped) == sorted(Code)
    assert SHORT.keys() == ADVICE.keys() == set(Code)
    assert all(title_of(code) for code in Code)


QUANTITIES = st.decimals(min_value="0.0001", max_value="999.9999", places=4)
PRICES = st.decimals(min_value="0.01", max_value="9999.99", places=2)


@given(
    price=PRICES,
    quantity=QUANTITIES,
    norm=PRICES,
    area=st.decimals(min_value="8.00", max_value="300.00", places=2),
    residents=st.integers(min_value=1, max_value=12),
    is_metered=st.booleans(),
)
def test_finds_nothing_in_any_row_that_agrees(
    price: Decimal, quantity: Decimal, norm: Decimal, area: Decimal, residents: int, is_metered: bool
):
    billed = to_kopecks(price * quantity)
    sent = line(tariff=price, quantity=quantity, billed=billed, norm=norm, metered=is_metered, debt=Decimal(0))
    card = replace(
        COLD_WATER, tariffs=(price,), norm=norm, norm_volume=quantity, is_metered=is_metered, billed_before=billed
    )
    household = expected(services={"10": card}, total_area=area, residents=residents)
    assert check_row(row(lines=(sent,), total_area=area, residents=residents), expected=household) == []
