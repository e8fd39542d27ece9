"""Five thousand spoiled copies of answers with a row for each person: nothing wrong of them is loaded (G5, G7)."""

import pytest

from tests.exchange.mutated.importing import CASES, answered, tried

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("layout", ["l1_tula", "l2_gubkin"])
def test_loads_nothing_wrong_of_a_spoiled_wide_table(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = tried(answered(layout), monkeypatch, range(CASES[layout]), stored=50)
    assert ends["loaded"] + ends["held"] > CASES[layout] // 5
    assert ends["refused: truncated"] >= 250
    assert min(ends[f"refused: {code}"] for code in ("record_length", "strange_marks", "control_roubles")) > 0
    assert ends["stored"] > 15
