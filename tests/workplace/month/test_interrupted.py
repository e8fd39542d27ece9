"""A month that is cut off goes on where it stopped and ends like one that was not; a repeated one writes nothing."""

import pytest
from django.db import transaction

from offices import journal
from tests.workplace.month.playing import AUGUST, everything, play, seed
from workplace.selectors.written import rows_written

FIRST, MORE = 12, 5
MOST_CUTS = 40


class PowerCut(BaseException):
    """What ends a process in the middle of a service."""


@pytest.fixture
def region(db: None) -> None:
    seed()


def undisturbed() -> dict[str, list[object]]:
    """Play the month and take it back."""
    with transaction.atomic():
        play(AUGUST)
        facts = everything(AUGUST)
        transaction.set_rollback(True)
    return facts


def cut_the_power(monkeypatch: pytest.MonkeyPatch) -> None:
    """End the process in the middle of a service that writes into a journal, each time after a few lines more."""
    whole, left, cuts = journal.record, [FIRST], [0]

    def record_or_die(**facts):
        left[0] -= 1
        if left[0] == 0:
            cuts[0] += 1
            left[0] = FIRST + MORE * cuts[0]
            raise PowerCut
        return whole(**facts)

    monkeypatch.setattr(journal, "record", record_or_die)


@pytest.mark.usefixtures("region")
def test_ends_the_same_after_many_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = undisturbed()
    cut_the_power(monkeypatch)
    cuts = 0
    while cuts < MOST_CUTS:
        try:
            play(AUGUST)
            break
        except PowerCut:
            cuts += 1
    assert 4 < cuts < MOST_CUTS
    assert len(expected["lines"]) > 50
    for what, facts in everything(AUGUST).items():
        assert facts == expected[what], what


@pytest.mark.usefixtures("region")
def test_writes_nothing_when_it_is_played_again() -> None:
    start = rows_written()
    play(AUGUST)
    played, facts = rows_written(), everything(AUGUST)
    assert played - start > 1000
    assert play(AUGUST) == []
    assert rows_written() == played
    assert everything(AUGUST) == facts
