from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.money import (
    NothingToSplitBy,
    NotKopecks,
    choose_form,
    count_with_noun,
    format_number,
    format_quantity,
    format_roubles,
    roubles_in_words,
    split_by_weights,
    split_evenly,
    to_kopecks,
)

KOPECKS = st.integers(min_value=-(10**11), max_value=10**11).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1496.90", "1\xa0496,90\xa0₽"),
        ("0", "0,00\xa0₽"),
        ("0.05", "0,05\xa0₽"),
        ("999.99", "999,99\xa0₽"),
        ("1234567.8", "1\xa0234\xa0567,80\xa0₽"),
        ("-10.68", "−10,68\xa0₽"),
    ],
)
def test_shows_roubles_the_russian_way(value: str, shown: str) -> None:
    assert format_roubles(Decimal(value)) == shown


@pytest.mark.parametrize("value", ["0.001", "1.005", "NaN", "Infinity"])
def test_refuses_to_show_what_is_not_whole_kopecks(value: str) -> None:
    with pytest.raises(NotKopecks):
        format_roubles(Decimal(value))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12.9600", "12,96"), ("0.0185", "0,0185"), ("54.00", "54"), ("1200", "1\xa0200"), ("0", "0")],
)
def test_shows_a_quantity_without_trailing_zeros(value: str, shown: str) -> None:
    assert format_quantity(Decimal(value)) == shown


def test_refuses_to_drop_decimal_places() -> None:
    with pytest.raises(ValueError, match="more than 1 decimal places"):
        format_number(Decimal("1.25"), places=1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1496.90", "Одна тысяча четыреста девяносто шесть рублей 90 копеек"),
        ("0.00", "Ноль рублей 00 копеек"),
        ("1.01", "Один рубль 01 копейка"),
        ("2.02", "Два рубля 02 копейки"),
        ("11.11", "Одиннадцать рублей 11 копеек"),
        ("22.14", "Двадцать два рубля 14 копеек"),
        ("2000000.21", "Два миллиона рублей 21 копейка"),
        ("101002.00", "Сто одна тысяча два рубля 00 копеек"),
    ],
)
def test_writes_a_sum_in_words(value: str, words: str) -> None:
    assert roubles_in_words(Decimal(value)) == words


def test_refuses_to_write_a_negative_sum_in_words() -> None:
    with pytest.raises(ValueError, match="negative"):
        roubles_in_words(Decimal("-1.00"))


@pytest.mark.parametrize(
    ("count", "form"),
    [(1, "лист"), (21, "лист"), (11, "листов"), (2, "листа"), (24, "листа"), (12, "листов"), (0, "листов")],
)
def test_chooses_the_form_of_a_noun(count: int, form: str) -> None:
    assert choose_form(count, ("лист", "листа", "листов")) == form


def test_counts_with_a_noun_that_never_leaves_its_number() -> None:
    shown = count_with_noun(1201, ("получатель", "получателя", "получателей"))
    assert shown == "1\xa0201\xa0получатель"


def test_gives_the_kopecks_left_over_to_the_first_parts() -> None:
    parts = split_evenly(Decimal("8525.00"), parts=12)
    assert parts == [Decimal("710.42")] * 8 + [Decimal("710.41")] * 4


def test_mirrors_the_split_of_a_negative_sum() -> None:
    assert split_evenly(Decimal("-0.05"), parts=3) == [Decimal("-0.02"), Decimal("-0.02"), Decimal("-0.01")]


def test_gives_nothing_to_a_part_without_weight() -> None:
    parts = split_by_weights(Decimal("100.00"), weights=[Decimal(0), Decimal(1), Decimal(2)])
    assert parts == [Decimal("0.00"), Decimal("33.34"), Decimal("66.66")]


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_refuses_to_split_by_nothing(weights: list[Decimal]) -> None:
    with pytest.raises(NothingToSplitBy):
        split_by_weights(Decimal("1.00"), weights=weights)


def test_refuses_to_split_what_is_finer_than_a_kopeck() -> None:
    with pytest.raises(NotKopecks):
        split_evenly(Decimal("0.001"), parts=2)


@given(total=KOPECKS, weights=st.lists(st.integers(0, 1000).map(Decimal), min_size=1, max_size=30))
def test_splits_into_parts_that_add_up(total: Decimal, weights: list[Decimal]) -> None:
    if not any(weights):
        return
    parts = split_by_weights(total, weights=weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / whole) <= Decimal("0.02")


@pytest.mark.parametrize(("value", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("1.00499", "1.00")])
def test_rounds_half_up(value: str, rounded: str) -> None:
    assert to_kopecks(Decimal(value)) == Decimal(rounded)
