"""Mutation testing of the rules: `./run mutate [MODULE …]`; one process, at the lowest priority.

mutmut changes one thing of a rule at a time (a sign, a bound, a number, an argument) and asks the rules' own tests to
notice. It works on a copy in `APP_VAR/mutation`, which keeps what was killed: only changed rules and what survived are
tried again. Properties are asked of few examples there, the same every time. A module is named without its package and is
tried whole: `money`. What survived, and why, is told in `docs/mutation.md`.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from config import embedded

PACKAGE: Final = "calculations.rules"
RULES: Final = embedded.ROOT / "calculations" / "rules"
LOWEST_PRIORITY: Final = 15
KILLED: Final = frozenset({1, 3, 24, 36, 152, -24, -9, -11, 255})
"""Exit codes of a mutant that tests noticed: failed, broke the collection, ran without end or died."""
ENDLESS: Final = frozenset({24, 36, 152, -24})
"""Those of them that ran out of time; they are tried again, for a busy machine is slow too."""
EXAMPLES: Final = 25
"""Of each property; a change that twenty-five lines do not show is to be shown by a test of its own."""
UNASKED: Final = frozenset({None, 34})
"""Exit codes of a mutant that nobody has tried, or that mutmut left out."""

SETTINGS: Final = """
[tool.mutmut]
source_paths = ["calculations"]
only_mutate = ["calculations/rules/*.py"]
also_copy = ["offices"]
pytest_add_cli_args = [
    "-p", "no:django", "-p", "no:cacheprovider", "--noconftest",
    "--ignore=tests/calculations/rules/test_calculate_cases.py", "--ignore=tests/calculations/rules/test_cases_table.py",
]
pytest_add_cli_args_test_selection = ["tests/calculations/rules", "tests/calculations/test_cases_in_one.py"]
use_git_change_detection = false
timeout_constant = 10.0

[tool.pytest.ini_options]
addopts = ["-p", "tests.quickest_first", "--import-mode=importlib", "-m", "not slow"]
markers = ["slow"]
pythonpath = ["."]
"""

QUICKEST_FIRST: Final = """
from hypothesis import Phase, settings

settings.register_profile("unshrunk", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("unshrunk")  # a property that fails has noticed: nobody reads its smallest example


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: getattr(item.obj, "is_hypothesis_test", False))
"""

IN_ONE: Final = """
from calculations.cases.calculation import calculate_table
from calculations.management.commands.calculate_cases import PARAMETERS
from tests.calculations.rules.test_cases_table import CASES, expected, rows


def test_gives_every_expected_line():
    calculated = rows(calculate_table(CASES.read_text(encoding="utf-8"), PARAMETERS).text)
    answers = {(row["case"], row["service"]): row for row in calculated}
    for row in expected():
        answer = answers[row["case"], row["service"]]
        given = (answer["base"], answer["share"], answer["cash_equivalent"], answer["reason"].partition(":")[0])
        assert given == (row["base"], row["share"], row["cash_equivalent"], row["reason"])
"""


def main() -> int:
    """Try the chosen modules and print, per module, what was killed and every change that survived."""
    modules = sorted(path.stem for path in RULES.glob("*.py") if path.stem != "__init__")
    given = argparse.ArgumentParser(prog="./run mutate", description="Mutation testing of calculations/rules.")
    given.add_argument(
        "modules",
        nargs="*",
        metavar="MODULE",
        help=f"tried whole, of {', '.join(modules)}; without any what is not killed",
    )
    whole = given.parse_args().modules
    chosen = whole or modules
    if unknown := sorted(set(chosen) - set(modules)):
        given.error(f"no such module: {', '.join(unknown)}")
    place = embedded.var_directory(os.environ) / "mutation"
    _copy(place)
    _forget_survivors(place, chosen)
    command = ["nice", "-n", str(LOWEST_PRIORITY), sys.executable, "-m", "mutmut", "run", "--max-children", "1"]
    environ = os.environ | {"CI": "1"}  # hypothesis takes the same examples every time
    subprocess.run([*command, *(f"{PACKAGE}.{name}.*" for name in whole)], cwd=place, env=environ, check=False)
    return _report(place, chosen)


def _copy(place: Path) -> None:
    """Copy what the rules and their tests are made of, plain Python only; unchanged files keep their dates."""
    place.mkdir(parents=True, exist_ok=True)
    written = {
        Path("pyproject.toml"): SETTINGS,
        Path("tests", "quickest_first.py"): QUICKEST_FIRST,
        Path("tests", "calculations", "test_cases_in_one.py"): IN_ONE,
    }
    sources = ["calculations", "offices", "tests/calculations"]
    wanted = [path for name in sources for path in (embedded.ROOT / name).rglob("*") if path.suffix in {".py", ".csv"}]
    wanted.append(embedded.ROOT / "tests" / "__init__.py")
    for path in wanted:
        text = path.read_text(encoding="utf-8")
        if "tests" in path.parts:
            text = re.sub(r"max_examples=[\d_]+", f"max_examples={EXAMPLES}", text)
        written[path.relative_to(embedded.ROOT)] = text
    for name in sources:
        for old in (place / name).rglob("*.*"):
            if old.is_file() and old.relative_to(place) not in written:
                old.unlink()
    for name, text in written.items():
        copy = place / name
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")


def _forget_survivors(place: Path, modules: list[str]) -> None:
    """Have mutmut try again what no test noticed in time, with the tests as they are now."""
    (place / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)  # which test reaches which function
    for module in modules:
        answers = _answers(place, module)
        if answers:
            known = json.loads(_meta(place, module).read_text(encoding="utf-8"))
            known["exit_code_by_key"] = {
                name: code if code in KILLED - ENDLESS else None for name, code in answers.items()
            }
            _meta(place, module).write_text(json.dumps(known), encoding="utf-8")


def _report(place: Path, modules: list[str]) -> int:
    """Print a row for each module, then the survivors as changes; return 1 where a change was not tried."""
    totals: Counter[str] = Counter()
    survived: list[str] = []
    sys.stdout.write("\n| Module | Changes | Killed | Survived | |\n| --- | ---: | ---: | ---: | ---: |\n")
    for module in modules:
        found = Counter[str]()
        for name, code in _answers(place, module).items():
            answer = "unasked" if code in UNASKED else "killed" if code in KILLED else "survived"
            found[answer] += 1
            if answer == "survived":
                survived.append(name)
        totals += found
        if found:
            sys.stdout.write(_row(f"`{module}`", found))
    sys.stdout.write(_row("**all**", totals))
    for name in survived:
        shown = subprocess.run(
            [sys.executable, "-m", "mutmut", "show", name], cwd=place, capture_output=True, text=True, check=False
        )
        sys.stdout.write(f"\n{shown.stdout}")
    return 1 if totals["unasked"] else 0


def _answers(place: Path, module: str) -> dict[str, int | None]:
    meta = _meta(place, module)
    if not meta.exists():
        return {}
    answers: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return answers


def _meta(place: Path, module: str) -> Path:
    return place / "mutants" / "calculations" / "rules" / f"{module}.py.meta"


def _row(title: str, found: Counter[str]) -> str:
    tried = found["killed"] + found["survived"]
    part = f"{found['killed'] / tried:.1%}" if tried else "not tried"
    return f"| {title} | {found.total()} | {found['killed']} | {found['survived']} | {part} |\n"


if __name__ == "__main__":
    sys.exit(main())
