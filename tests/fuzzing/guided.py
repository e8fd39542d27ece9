"""One target under Atheris, which changes its inputs by what of the code they reach."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["exchange", "csv", "zipfile", "openpyxl"]):
    from tests.fuzzing.judging import judge
    from tests.fuzzing.targets import TARGETS


def main() -> None:
    """Fuzz the target named first, with the options of libFuzzer that follow."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    target(b"")  # what is read at the first case is no fault of it
    atheris.Setup([sys.argv[0], *options], lambda content: judge(target, content))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
