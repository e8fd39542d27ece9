"""What fuzzing found, kept; and a small set of spoiled seeds, the same every time, through every target."""

import random
from collections.abc import Callable, Sequence

import pytest

from exchange.dbf.verdicts import Refused
from exchange.layouts.model import Container
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from tests.fuzzing import judging
from tests.fuzzing.judging import MOST_BYTES, MOST_SECONDS, TooLarge, TooSlow, judge
from tests.fuzzing.kinds import TABLE
from tests.fuzzing.seeds import seeds, texts
from tests.fuzzing.targets import TARGETS, fuzz_text

SPOILED = 25
YEAR = b";2026;"


@pytest.mark.parametrize(
    "year", [b"155555555550", b"9" * 5000, b"0" * 5000 + b"1"], ids=["beyond a date", "long", "zeros"]
)
def test_makes_a_year_that_is_none_a_fault(year: bytes) -> None:
    content = texts()[0].replace(YEAR, b";" + year + b";", 1)
    assert content != texts()[0]
    layout = TABLE[Container.CSV]
    first, second = parse_return(layout, open_table(layout, content))
    assert first.month is None
    assert [fault.code for fault in first.faults] in (["bad_month"], ["bad_number"])
    assert (second.faults, second.month is None) == ((), False)


@pytest.mark.parametrize("residents", [b"1000", b"2147483647", b"2147483648", b"99999999999"])
def test_makes_a_number_of_people_that_no_dwelling_has_a_fault(residents: bytes) -> None:
    content = texts()[0].replace(b";44,50;2;", b";44,50;" + residents + b";")
    layout = TABLE[Container.CSV]
    rows = list(parse_return(layout, open_table(layout, content)))
    assert [row.residents for row in rows] == [None, None]
    assert [len(row.faults) for row in rows] == [1, 1]


@pytest.mark.parametrize("page", ["utf-16-le", "utf-16-be"])
def test_refuses_a_text_cut_inside_a_letter(page: str) -> None:
    content = ("\ufeff" + texts()[0].decode("cp866")).encode(page)[:-1]
    with pytest.raises(Refused) as caught:
        open_table(TABLE[Container.CSV], content)
    assert caught.value.code == "not_text"
    fuzz_text(content)


@pytest.mark.parametrize("name", TARGETS)
def test_takes_spoiled_seeds_by_refusing_or_reading_them(name: str) -> None:
    dice = random.Random(name)
    planted = seeds()[name]
    for seed in planted:
        TARGETS[name](seed)
    for _ in range(SPOILED):
        TARGETS[name](dice.choice(SPOILS)(dice, planted))


def test_tells_a_case_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((10.0, 10.0 + MOST_SECONDS + 0.1))
    monkeypatch.setattr(judging, "process_time", moments.__next__)
    with pytest.raises(TooSlow):
        judge(lambda content: None, b"")


def test_tells_a_case_that_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    peaks = iter((0, MOST_BYTES + 1))
    monkeypatch.setattr(judging, "_peak", peaks.__next__)
    with pytest.raises(TooLarge):
        judge(lambda content: None, b"")


def _flipped(dice: random.Random, planted: Sequence[bytes]) -> bytes:
    spoiled = bytearray(dice.choice(planted))
    for _ in range(dice.randint(1, 8)):
        spoiled[dice.randrange(len(spoiled))] ^= 1 << dice.randrange(8)
    return bytes(spoiled)


def _cut(dice: random.Random, planted: Sequence[bytes]) -> bytes:
    whole = dice.choice(planted)
    return whole[: dice.randrange(len(whole))]


def _crossed(dice: random.Random, planted: Sequence[bytes]) -> bytes:
    one, other = dice.choice(planted), dice.choice(planted)
    return one[: dice.randrange(len(one))] + other[dice.randrange(len(other)) :]


def _filled(dice: random.Random, planted: Sequence[bytes]) -> bytes:
    whole = dice.choice(planted)
    start = dice.randrange(len(whole))
    return whole[:start] + bytes((dice.choice((0, 0x20, 0x2A, 0xFF)),)) * dice.randint(1, 16) + whole[start + 8 :]


Spoil = Callable[[random.Random, Sequence[bytes]], bytes]
SPOILS: tuple[Spoil, ...] = (_flipped, _flipped, _cut, _crossed, _filled)
