"""`up --demo`: the demo is of the day it was first asked for, and played once."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from offices.models import Office
from workplace.management.commands import play_demo, up
from workplace.simulation.manners import Delivery

ASKED = dt.date(2026, 11, 22)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[tuple[Any, ...]]:
    """The commands that are called, in their order, in an installation of its own."""
    settings.APP_VAR = tmp_path
    commands: list[tuple[Any, ...]] = []
    monkeypatch.setattr(up, "call_command", lambda *words, **options: commands.append((*words, options)))
    monkeypatch.setattr(up, "today", lambda: ASKED)
    return commands


def test_makes_the_region_for_the_day_and_plays_it(called: list[tuple[Any, ...]]) -> None:
    up.Command().fill(600)
    region = {"recipients": 600, "seed": 7, "month": "2026-08", "answers_from": 16}
    assert called == [("demo_region", region), ("play_demo", ASKED, {})]


def test_keeps_to_the_first_day_and_plays_nothing_a_second_time(
    called: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    up.Command().fill(600)
    monkeypatch.setattr(up, "today", lambda: dt.date(2026, 12, 20))
    up.Command().fill(600)
    assert [words[0] for words in called] == ["demo_region", "play_demo", "demo_region"]
    assert called[0] == called[2]


def test_goes_on_with_the_same_day_after_an_interruption(
    called: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    up.Command().fill(600)
    (up.settings.APP_VAR / "demo.done").unlink()
    monkeypatch.setattr(up, "today", lambda: dt.date(2026, 12, 20))
    up.Command().fill(600)
    assert called[1] == called[3] == ("play_demo", ASKED, {})


def test_lays_the_inbox_anew_in_the_place_of_what_lay_there(settings: Any, tmp_path: Path) -> None:
    settings.APP_VAR = tmp_path
    office = Office(code="66401")
    play_demo.fill_inbox(office, [Delivery("old.dbf", b"old")])
    play_demo.fill_inbox(office, [Delivery("a.dbf", b"a"), Delivery("прислано повторно/a.dbf", b"whole")])
    inbox = tmp_path / "demo" / "inbox" / "smolensk"
    laid = {str(path.relative_to(inbox)): path.read_bytes() for path in inbox.rglob("*.dbf")}
    assert laid == {"a.dbf": b"a", "прислано повторно/a.dbf": b"whole"}
