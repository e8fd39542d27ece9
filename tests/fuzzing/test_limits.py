"""Every case of a file made to eat time or memory takes under a second and 200 MB (F13)."""

import json
import subprocess
import sys
from typing import Any

import pytest

from config.embedded import ROOT
from tests.fuzzing.hostile import HOSTILE
from tests.fuzzing.judging import MOST_BYTES, MOST_SECONDS

READ = {"two thousand columns", "two thousand columns of one name", "nothing but faults", "text of wrong rows"}
BUSY = 2
"""How many times longer a second of the processor may take beside other runs than alone."""


@pytest.fixture(scope="module")
def taken() -> dict[str, dict[str, Any]]:
    """What each case took, in a process of its own."""
    command = [sys.executable, "-m", "tests.fuzzing.hostile"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    return {facts["name"]: facts for facts in map(json.loads, told.stdout.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_takes_little_of_a_machine(name: str, taken: dict[str, dict[str, Any]]) -> None:
    facts = taken[name]
    assert facts["seconds"] < BUSY * MOST_SECONDS
    assert facts["megabytes"] < MOST_BYTES // 1024 // 1024
    assert (facts["end"] == "read") == (name in READ)
