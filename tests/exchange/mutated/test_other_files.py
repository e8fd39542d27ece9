"""Fifteen thousand spoiled copies of answers with a line for each service, as tables, text and workbooks (G5, G7)."""

import pytest

from tests.exchange.mutated import importing
from tests.exchange.mutated.importing import CASES, answered, tried

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CAPITAL_REPAIR = ("03",)


def test_has_twenty_thousand_cases() -> None:
    assert sum(CASES.values()) == 20_000


@pytest.mark.parametrize("layout", ["l3_capital_repair", "long", "text", "workbook"])
def test_loads_nothing_wrong_of_a_spoiled_file(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    services = CAPITAL_REPAIR if layout == "l3_capital_repair" else ("10", "14")
    ends = tried(answered(layout, codes=services), monkeypatch, range(CASES[layout]), stored=50)
    assert ends["loaded"] + ends["held"] > CASES[layout] // 5
    assert min(ends[f"refused: {code}"] for code in ("control_rows", "control_roubles")) > 0
    assert ends["stored"] > 5


def test_would_load_wrong_sums_if_no_row_were_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "check_row", lambda *_, **__: [])
    with pytest.raises(AssertionError, match="loaded"):
        tried(answered("long"), monkeypatch, range(100, 200), stored=50)


def test_would_load_wrong_sums_told_alone_if_there_were_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "check_totals", lambda *_, **__: None)
    with pytest.raises(AssertionError, match="loaded"):
        tried(answered("long", told_alone=True), monkeypatch, range(80, 2000), stored=10_000)
