"""The filters and tags of the screens: Russian sums, days, names and states."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from config.embedded import ROOT
from offices import icons
from offices.templatetags import ui


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("690.15"), "+690,15"), (Decimal("-7.02"), "−7,02"), (Decimal("0.00"), "—"), (None, "—")],
)
def test_shows_a_difference_with_its_sign(value: Decimal | None, shown: str) -> None:
    assert ui.signed(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("1496.9"), "1 496,90 ₽"), (Decimal("26.68307"), "26,68307 ₽"), (None, "—")]
)
def test_shows_roubles(value: Decimal | None, shown: str) -> None:
    assert ui.roubles(value).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(("number", "shown"), [(1, "1 строка"), (22, "22 строки"), (1011, "1 011 строк")])
def test_puts_the_noun_into_its_form(number: int, shown: str) -> None:
    assert ui.plural(number, "строка,строки,строк").replace("\u00a0", " ") == shown


def test_shortens_names_and_spaces_numbers() -> None:
    person = SimpleNamespace(last_name="Берёзкина", first_name="Анна", middle_name="")
    assert ui.short_name(person).replace("\u00a0", " ") == "Берёзкина А."
    assert ui.snils("11223344595").replace("\u00a0", " ") == "112-233-445 95"
    assert ui.snils("123") == "123"
    assert ui.day_month(dt.date(2026, 5, 9)).replace("\u00a0", " ") == "9 мая"
    assert (ui.percent(2, 3), ui.percent(0, 0)) == (66, 100)


@pytest.mark.parametrize(
    ("left", "word"),
    [(-2, "просрочено 2 дня"), (-1, "просрочено 1 день"), (0, "сегодня"), (1, "завтра"), (2, "до 22.11.2026")],
)
def test_counts_the_days_to_a_term(left: int, word: str) -> None:
    on = dt.date(2026, 11, 20)
    request = SimpleNamespace(frame=SimpleNamespace(on=on))
    template = Template("{% load ui %}{% deadline due %}")
    shown = template.render(Context({"request": request, "due": on + dt.timedelta(days=left)}))
    assert word in shown.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", ui.STATUSES)
def test_says_every_state_by_an_icon_and_a_word(kind: str) -> None:
    shown = ui.status(kind, "слово")
    assert "<svg" in shown
    assert "слово" in shown


def test_knows_no_icon_that_is_not_kept() -> None:
    for name in ("no-such-icon", "../../config/x"):
        with pytest.raises(icons.UnknownIcon):
            icons.icon(name)


def test_hides_icons_from_screen_readers_and_drops_their_empty_frame() -> None:
    drawn = icons.icon("check", "good")
    assert 'class="i good"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "M0 0h24v24H0z" not in drawn
    assert drawn.count("<path") == 1


@pytest.mark.parametrize("file", sorted((ROOT / "static/vendor/tabler").glob("*.svg")), ids=lambda file: file.stem)
def test_draws_every_icon_whole(file: Path) -> None:
    kept = file.read_text()
    drawn = icons.icon(file.stem)
    assert drawn.count("<path") == kept.count("<path") - kept.count("M0 0h24v24H0z") > 0
    assert set(re.findall(r"<(\w+)", kept)) == {"svg", "path"}
