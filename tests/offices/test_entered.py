"""Days and sums are read as people type them; what is not one is said in Russian."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from offices.entered import NotADay, NotASum, read_day, read_sum
from offices.fields import DayField, RoublesField
from offices.money import format_roubles, format_sum

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "14.05.1958", "14.5.1958", "14.5.58", "14/05/1958", "14-05-58", "14 5 1958", "14051958", "140558", "1958-05-14",
        " 14,05,1958 ", "14.05.1958 г.", "14.05.1958г",
    ],
)  # fmt: skip
def test_reads_a_day_in_any_reasonable_form(typed: str) -> None:
    assert read_day(typed, today=TODAY) == dt.date(1958, 5, 14)


@pytest.mark.parametrize(("typed", "year"), [("01.01.26", 2026), ("01.01.36", 2036), ("01.01.37", 1937)])
def test_guesses_the_century_by_today(typed: str, year: int) -> None:
    assert read_day(typed, today=TODAY).year == year


@pytest.mark.parametrize("typed", ["", "вчера", "31.02.2026", "14.13.1958", "1958", "14.05", "0.1.2020", "14.05.0000"])
def test_takes_nothing_else_for_a_day(typed: str) -> None:
    with pytest.raises(NotADay, match=r"например 14\.05\.1958"):
        read_day(typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1496,9", "1496.90"), ("1 496.90", "1496.90"), ("1\u00a0496,90 ₽", "1496.90"), ("1496", "1496.00"),
        ("−12,5", "-12.50"), ("0", "0.00"), ("15 руб.", "15.00"),
    ],
)  # fmt: skip
def test_reads_a_sum_in_any_reasonable_form(typed: str, value: str) -> None:
    assert str(read_sum(typed)) == value


@pytest.mark.parametrize("typed", ["", "много", "12,345", "1.2.3", "1e5", "NaN", "--5", "9" * 17])
def test_takes_nothing_else_for_a_sum(typed: str) -> None:
    with pytest.raises(NotASum, match="например 1496,90"):
        read_sum(typed)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_reads_back_every_sum_it_shows(value: Decimal) -> None:
    assert read_sum(format_sum(value)) == value == read_sum(format_roubles(value))


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_reads_back_every_day_it_shows(day: dt.date) -> None:
    assert read_day(f"{day:%d.%m.%Y}", today=TODAY) == day == read_day(day.isoformat(), today=TODAY)


class _Form(forms.Form):
    day = DayField(label="День", required=False)
    sum = RoublesField(label="Сумма", required=False)


def test_keeps_what_was_typed_beside_its_fault() -> None:
    form = _Form({"day": "31.02.26", "sum": "много"})
    assert not form.is_valid()
    assert form.errors["sum"] == ["Введите сумму в рублях, например 1496,90."]
    assert 'value="31.02.26"' in str(form["day"])


def test_shows_a_value_as_the_house_writes_it_and_leaves_out_the_empty() -> None:
    shown = _Form(initial={"day": dt.date(1958, 5, 14), "sum": Decimal("1496.90")})
    assert 'value="14.05.1958"' in str(shown["day"])
    assert "496,90" in str(shown["sum"])
    empty = _Form({"day": "", "sum": ""})
    assert empty.is_valid()
    assert empty.cleaned_data == {"day": None, "sum": None}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "Введите сумму не меньше 0,01 ₽."),
        ("-0,01", "Введите сумму не меньше 0,01 ₽."),
        ("100,01", "Введите сумму не больше 100,00 ₽."),
        ("1e999", "Введите сумму в рублях, например 1496,90."),
    ],
)
def test_takes_sums_within_their_bounds(typed: str, said: str) -> None:
    field = RoublesField(label="Сумма", least=Decimal("0.01"), most=Decimal(100))
    with pytest.raises(forms.ValidationError, match=said):
        field.clean(typed)
    assert (field.clean("0,01"), field.clean("100")) == (Decimal("0.01"), Decimal("100.00"))
