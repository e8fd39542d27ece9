import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.accounts import (
    NotRequisites,
    account_key_is_valid,
    bik_is_valid,
    inn_is_valid,
    is_personal_account,
    with_account_key,
    with_inn_control,
)

DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("bik", "account"),
    [
        pytest.param("044525225", "30101810400000000225", id="correspondent account, central bank's rule"),
        pytest.param("044525593", "40702810801400016513", id="current account"),
        pytest.param("044525225", "40817810700000000001", id="citizen's account"),
        pytest.param("046614632", "42306810659000000001", id="citizen's deposit"),
        pytest.param("016614901", "40102810445370000055", id="single account of the Treasury"),
    ],
)
def test_accepts_published_accounts(bik: str, account: str) -> None:
    assert account_key_is_valid(bik, account)


@pytest.mark.parametrize(
    ("bik", "account"),
    [
        pytest.param("044525225", "40817810800000000001", id="key changed"),
        pytest.param("044525226", "40817810700000000001", id="another bank"),
        pytest.param("044525225", "4081781070000000000", id="nineteen digits"),
        pytest.param("044525225", "408178107000000000011", id="twenty-one digits"),
        pytest.param("04452522", "40817810700000000001", id="short BIK"),
        pytest.param("044525225", "4081781070000000000А", id="Cyrillic letter"),
        pytest.param("044525225", "40817810700000000001\n", id="line end"),
        pytest.param("044525225", "", id="empty"),
    ],
)
def test_refuses_accounts_whose_key_does_not_fit(bik: str, account: str) -> None:
    assert not account_key_is_valid(bik, account)


def test_reads_a_letter_in_the_sixth_place_as_its_digit() -> None:
    lettered = with_account_key("044525225", "40817A10000000000001")
    digital = with_account_key("044525225", "40817010000000000001")
    assert lettered[8] == digital[8]
    assert account_key_is_valid("044525225", lettered)


@given(
    bik=st.text(DIGITS, min_size=9, max_size=9),
    account=st.text(DIGITS, min_size=20, max_size=20),
    place=st.integers(0, 19),
    shift=st.integers(1, 9),
)
def test_finds_every_single_wrong_digit(bik: str, account: str, place: int, shift: int) -> None:
    good = with_account_key(bik, account)
    assert account_key_is_valid(bik, good)
    wrong = f"{good[:place]}{(int(good[place]) + shift) % 10}{good[place + 1 :]}"
    if not wrong.startswith(("301", "40102")) and not good.startswith(("301", "40102")):
        assert not account_key_is_valid(bik, wrong)


def test_refuses_to_make_a_key_for_a_wrong_shape() -> None:
    with pytest.raises(NotRequisites):
        with_account_key("0445", "40817810700000000001")


@pytest.mark.parametrize(
    ("bik", "valid"),
    [
        ("044525225", True),
        ("016614901", True),
        ("000000000", False),
        ("344525225", False),
        ("04452522X", False),
    ],
)
def test_knows_the_shape_of_a_bik(bik: str, valid: bool) -> None:
    assert bik_is_valid(bik) is valid


@pytest.mark.parametrize(
    ("account", "personal"),
    [
        ("40817810700000000001", True),
        ("42306810659000000001", True),
        ("40702810801400016513", False),
        ("40817", False),
    ],
)
def test_knows_a_citizens_account(account: str, personal: bool) -> None:
    assert is_personal_account(account) is personal


@pytest.mark.parametrize(
    ("inn", "valid"),
    [
        ("6449013711", True),
        ("1111111117", True),
        ("1111111111", False),
        ("635277570478", True),
        ("635277570473", False),
        ("423543534553", False),
        ("0000000000", False),
        ("64490137110", False),
    ],
)
def test_checks_an_inn(inn: str, valid: bool) -> None:
    assert inn_is_valid(inn) is valid


@given(digits=st.text(DIGITS, min_size=9, max_size=10).filter(lambda text: int(text) > 0))
def test_makes_an_inn_that_passes_its_check(digits: str) -> None:
    assert inn_is_valid(with_inn_control(digits))


def test_refuses_to_make_an_inn_of_another_length() -> None:
    with pytest.raises(NotRequisites):
        with_inn_control("12345")
