import csv
import io
from pathlib import Path

import pytest

from calculations.cases.calculation import calculate_table
from calculations.management.commands.calculate_cases import PARAMETERS

CASES = Path(__file__).parent.parent / "cases.csv"
EXPECTED = Path(__file__).parent.parent / "cases_expected.csv"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def expected() -> list[dict[str, str]]:
    return rows(EXPECTED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], dict[str, str]]:
    answer = calculate_table(CASES.read_text(encoding="utf-8"), PARAMETERS)
    return {(row["case"], row["service"]): row for row in rows(answer.text)}


@pytest.mark.parametrize("row", expected(), ids=lambda row: f"{row['case']}: {row['service']}")
def test_gives_the_expected_line(row: dict[str, str], answers: dict[tuple[str, str], dict[str, str]]) -> None:
    answer = answers[row["case"], row["service"]]
    given = (answer["base"], answer["share"], answer["cash_equivalent"], answer["reason"].partition(":")[0])
    assert given == (row["base"], row["share"], row["cash_equivalent"], row["reason"]), row["derivation"]


def test_leaves_no_line_of_the_table_without_an_expectation(answers: dict[tuple[str, str], dict[str, str]]) -> None:
    lines = {key for key in answers if key[1] != "total"}
    assert lines == {(row["case"], row["service"]) for row in expected() if row["service"] != "total"}


def test_derives_every_expectation_in_words() -> None:
    assert [row["case"] for row in expected() if len(row["derivation"]) < 4] == []


def test_totals_every_case_after_its_lines(answers: dict[tuple[str, str], dict[str, str]]) -> None:
    by_case: dict[str, list[str]] = {}
    for case, service in answers:
        by_case.setdefault(case, []).append(service)
    assert all(services.index("total") == len(services) - 1 > 0 for services in by_case.values())


def test_pays_two_entitled_people_less_than_a_joint_formula_would() -> None:
    """EX-4: each is calculated separately, 209.33 twice and not 418.67 once."""
    separate = [row for row in expected() if row["case"].startswith("EX-4") and row["service"] == "hot_water"]
    assert [row["cash_equivalent"] for row in separate] == ["209.33", "209.33"]
