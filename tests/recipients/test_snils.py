import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipients.snils import NotASnils, control_number, format_snils, parse_snils, snils_is_valid

NUMBERS = st.integers(1_001_999, 999_999_999).map(lambda number: f"{number:09d}")


@pytest.mark.parametrize(
    ("snils", "valid"),
    [
        pytest.param("11223344595", True, id="published vector"),
        pytest.param("11223344596", False, id="published vector, one off"),
        pytest.param("08765430300", True, id="sum 202 leaves zero"),
        pytest.param("02211468091", True, id="published test data"),
        pytest.param("10959882712", True, id="published test data, two"),
        pytest.param("58659591780", True, id="published vector, three"),
        pytest.param("11111111111", False, id="all ones"),
        pytest.param("00000000000", False, id="all zeros"),
        pytest.param("00000000001", False, id="number zero"),
        pytest.param("00100199877", True, id="last number without control"),
        pytest.param("00100199977", False, id="first number with control"),
        pytest.param("1122334459", False, id="ten digits"),
        pytest.param("11223344595\n", False, id="line end"),
        pytest.param("١١٢٢٣٣٤٤٥٩٥", False, id="Arabic digits"),
    ],
)
def test_checks_the_control_number(snils: str, valid: bool) -> None:
    assert snils_is_valid(snils) is valid


@pytest.mark.parametrize(
    "typed",
    [
        "112-233-445 95",
        "11223344595",
        " 112 233 445 95 ",
        "112–233—445\xa095",
        "112-233-445-95",
        "112‑233‑445 95",
    ],
)
def test_reads_a_snils_however_it_is_typed(typed: str) -> None:
    assert parse_snils(typed) == "11223344595"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("000-000-000 00", "нулей"),
        ("112-233-445 96", "не сходится"),
        ("112-233-445", "11 цифр"),
        ("112-233-445 9O", "11 цифр"),
        ("", "11 цифр"),
    ],
)
def test_says_what_is_wrong(typed: str, says: str) -> None:
    with pytest.raises(NotASnils, match=says):
        parse_snils(typed)


def test_shows_a_snils_as_on_the_card() -> None:
    assert format_snils("11223344595") == "112-233-445 95"


def test_refuses_to_show_what_is_not_eleven_digits() -> None:
    with pytest.raises(NotASnils):
        format_snils("112")


@given(number=NUMBERS)
def test_accepts_exactly_one_control_number(number: str) -> None:
    valid = [ending for ending in range(100) if snils_is_valid(f"{number}{ending:02d}")]
    assert valid == [int(control_number(number))]


@given(number=NUMBERS)
def test_reads_back_what_it_shows(number: str) -> None:
    snils = number + control_number(number)
    assert parse_snils(format_snils(snils)) == snils
