"""A bare machine needs sh and python3; what is installed is named and pinned."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from config.embedded import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = (ROOT / "pyproject.toml").read_text()


def required() -> list[str]:
    parsed = tomllib.loads(PROJECT)
    return [*parsed["project"]["dependencies"], *parsed["dependency-groups"]["dev"]]


def test_pins_every_dependency_by_hash() -> None:
    pins = re.findall(r"^([a-z0-9._-]+)==(\S+)[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\S", LOCK, re.MULTILINE))
    assert {re.split(r"[<>=]", line)[0] for line in required()} <= {name for name, _ in pins}


def test_names_no_registry() -> None:
    assert not re.search(r"://|index.url|find.links", LOCK)


def test_says_why_each_dependency_is_there() -> None:
    for line in required():
        assert re.search(rf'"{re.escape(line)}",\s+# \w+', PROJECT), line


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_is_plain_sh(script: str) -> None:
    path = ROOT / script
    assert path.read_text().startswith("#!/bin/sh\n")
    assert path.stat().st_mode & 0o100
    subprocess.run(["sh", "-n", str(path)], check=True, timeout=10)


def test_runs_from_any_directory(tmp_path: Path) -> None:
    place = tmp_path / "проект с «пробелами»"
    place.mkdir()
    shutil.copy(ROOT / "run", place)
    helped = subprocess.run([place / "run", "help"], cwd="/", capture_output=True, text=True, check=True, timeout=10)
    assert "./run demo" in helped.stdout


@pytest.mark.parametrize("arguments", [[], ["fly"]], ids=["nothing", "an unknown command"])
def test_refuses_and_explains(arguments: list[str]) -> None:
    refused = subprocess.run([ROOT / "run", *arguments], capture_output=True, text=True, check=False, timeout=10)
    assert refused.returncode == 2
    assert "./run test" in refused.stderr
