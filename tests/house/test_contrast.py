"""Colours of the theme stand apart enough: text 4.5 to 1 and borders of controls 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from config.embedded import ROOT

SHEET = (ROOT / "static/css/app.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", SHEET))
WHITE = "#fff"
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("bg", "paper", "idle-bg", "brand-bg")),
    *((colour, "paper") for colour in ("brand", "brand-d", "ok", "warn", "err", "idle")),
    *((colour, "bg") for colour in ("brand", "brand-d", "ok", "warn", "err", "idle")),
    ("ok", "ok-bg"), ("warn", "warn-bg"), ("err", "err-bg"), ("idle", "idle-bg"), ("brand-d", "brand-bg"),
    (WHITE, "nav"), (WHITE, "nav-2"), (WHITE, "brand"), (WHITE, "brand-d"), (WHITE, "ok"), (WHITE, "err"),
]  # fmt: skip
BORDERS = [
    ("err-line", "paper"), ("brand", "paper"), ("brand", "bg"), ("ok", "paper"), ("ink", "focus"), ("focus", "nav"),
]  # fmt: skip


def colour(name: str) -> str:
    return name if name.startswith("#") else TOKENS[name]


def channels(colour: str) -> list[float]:
    digits = colour.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[place : place + 2] for place in (0, 2, 4)]
    return [int(pair, 16) / 255 for pair in pairs]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def rules_with_both() -> list[tuple[str, str, str]]:
    """Every rule of the sheets that names both a text colour and a ground, as selector, text and ground."""
    found = []
    for sheet in sorted((ROOT / "static/css").glob("*.css")):
        text = re.sub(r"/\*.*?\*/|@font-face\{[^}]*\}", "", sheet.read_text(), flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            ink = re.search(r"(?<![\w-])color:\s*(var\(--[\w-]+\)|#[0-9a-f]{3,6})", body)
            ground = re.search(r"(?<![\w-])background(?:-color)?:\s*(var\(--[\w-]+\)|#[0-9a-f]{3,6})", body)
            if ink and ground:
                found.append((f"{sheet.name} {selector.strip()}", named(ink[1]), named(ground[1])))
    return found


def named(value: str) -> str:
    return value.removeprefix("var(--").removesuffix(")")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#fff", 4.0), ("#fff", "#fff", 1.0)],
)
def test_measures_as_the_guidelines_do(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXTS, ids="-on-".join)
def test_lets_text_be_read(text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= 4.5


@pytest.mark.parametrize(("border", "ground"), BORDERS, ids="-on-".join)
def test_lets_borders_and_focus_be_seen(border: str, ground: str) -> None:
    assert contrast(colour(border), colour(ground)) >= 3


def test_lets_a_field_be_seen_by_its_border() -> None:
    fields = re.findall(
        r"border:1px solid (#[0-9a-f]{6})[^}]*", "".join(re.findall(r"\.(?:field|inp|srch)[^{]*\{[^}]*\}", SHEET))
    )
    assert fields
    assert all(contrast(border, WHITE) >= 3 for border in fields)


@pytest.mark.parametrize(("selector", "text", "ground"), rules_with_both(), ids=lambda value: value)
def test_lets_the_text_of_every_rule_be_read_on_its_ground(selector: str, text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= 4.5
