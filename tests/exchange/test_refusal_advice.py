"""Every code a file can be refused with is called by its name, with what the specialist does about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import exchange
from exchange.refused_files import ADVICE, ARCHIVE, UNNAMED, advice_for

SOURCES = Path(exchange.__file__).parent
OF_A_SAMPLE = {"bad_widths"}
"""Said while a layout is built from a sample, where no file is received."""


def refusal_codes() -> Iterator[str]:
    """Every code that the source of the exchange refuses a file with, where it is written out."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_refusal = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
            if is_refusal and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_advises_on_every_code_of_refusal() -> None:
    codes = set(refusal_codes()) - OF_A_SAMPLE
    assert len(codes) > 30
    assert [code for code in sorted(codes) if advice_for(code) is UNNAMED] == []
    assert advice_for("archive_nested") is ARCHIVE
    assert advice_for("of another edition") is UNNAMED


def test_writes_advice_as_sentences_and_requests_that_complete_ours() -> None:
    for code, one in ADVICE.items():
        assert one.advice[0].isupper(), code
        assert one.advice.endswith("."), code
        assert one.word == one.word.strip().lower().replace("dbf", "DBF"), code
        assert not one.asks or (one.asks[0].islower() and not one.asks.endswith(".")), code
