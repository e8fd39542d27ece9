"""A bare machine needs sh and python3; what is installed is named and pinned."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from subprocess import Popen
from typing import IO

import pytest

from config.embedded import ROOT
from tests import whole_suite

LOCK = (ROOT / "requirements.lock").read_text()
FUZZ_LOCK = (ROOT / "requirements-fuzz.lock").read_text()
MUTATE_LOCK = (ROOT / "requirements-mutate.lock").read_text()
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[\w+\])?==(\S+)[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)
PROJECT = (ROOT / "pyproject.toml").read_text()


def required() -> list[str]:
    parsed = tomllib.loads(PROJECT)
    return [*parsed["project"]["dependencies"], *parsed["dependency-groups"]["dev"]]


def test_pins_every_dependency_by_hash() -> None:
    pins = PIN.findall(LOCK)
    assert len(pins) == len(re.findall(r"^\S", LOCK, re.MULTILINE))
    assert {re.split(r"[<>=]", line)[0] for line in required()} <= {name for name, _ in pins}


def test_pins_by_hash_what_fuzzing_alone_needs() -> None:
    (fuzzer,) = tomllib.loads(PROJECT)["dependency-groups"]["fuzz"]
    assert [name for name, _ in PIN.findall(FUZZ_LOCK)] == [re.split(r"[<>=]", fuzzer)[0]]
    assert fuzzer not in required()


def test_pins_by_hash_what_mutation_testing_alone_needs_and_nothing_else_anew() -> None:
    (mutator,) = tomllib.loads(PROJECT)["dependency-groups"]["mutate"]
    pins, ours = dict(PIN.findall(MUTATE_LOCK)), dict(PIN.findall(LOCK))
    assert len(pins) == len(re.findall(r"^\S", MUTATE_LOCK, re.MULTILINE))
    assert re.split(r"[<>=]", mutator)[0] in pins
    assert mutator not in required()
    assert {name: version for name, version in pins.items() if name in ours} == {
        name: ours[name] for name in pins if name in ours
    }


def test_names_no_registry() -> None:
    assert not re.search(r"://|index.url|find.links", LOCK + FUZZ_LOCK + MUTATE_LOCK)


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


class BareMachine:
    """A machine of few programs: what `./run` asks of apt is written down instead of installed."""

    def __init__(self, place: Path, *, user: int) -> None:
        self.place, self.bin, self.asked = place, place / "bin", place / "asked"
        self.bin.mkdir()
        shutil.copy(ROOT / "run", place)
        for name in ("sh", "cat", "grep", "dirname", "env"):
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.has("id", f"echo {user}")
        self.has("python3", "exit 0")
        self.has("ldconfig", "echo libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0")
        self.has("apt-get", f'echo "$*" >>"{self.asked}"')

    def has(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, command: str) -> str:
        """Return what was said; the command ends early, for there is no project beside it."""
        environ = {"PATH": str(self.bin)}
        arguments = [self.place / "run", command]
        ended = subprocess.run(arguments, env=environ, capture_output=True, text=True, check=False, timeout=20)
        assert ended.returncode
        return ended.stderr

    def installed(self) -> str:
        return self.asked.read_text() if self.asked.exists() else ""


@pytest.mark.parametrize("command", ["test", "screens"])
def test_asks_apt_for_the_browser_where_screens_are_looked_at(command: str, tmp_path: Path) -> None:
    machine = BareMachine(tmp_path, user=0)
    machine.run(command)
    assert machine.installed().splitlines()[-1].endswith("install --no-install-recommends chromium libatomic1")


@pytest.mark.parametrize("command", ["demo", "up", "manage", "setup"])
def test_asks_apt_for_no_browser_elsewhere(command: str, tmp_path: Path) -> None:
    machine = BareMachine(tmp_path, user=0)
    machine.run(command)
    assert machine.installed() == ""


def test_takes_the_browser_that_is_there(tmp_path: Path) -> None:
    machine = BareMachine(tmp_path, user=0)
    machine.has("chromium", "exit 0")
    machine.has("ldconfig", "echo libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 libatomic.so.1")
    machine.run("test")
    assert machine.installed() == ""


def test_tells_a_plain_user_the_line_that_installs_the_browser(tmp_path: Path) -> None:
    machine = BareMachine(tmp_path, user=1000)
    said = machine.run("test")
    assert "apt-get update && apt-get install -y --no-install-recommends chromium libatomic1" in said
    assert machine.installed() == ""


def test_splits_the_suite_by_places_that_exist() -> None:
    assert all((ROOT / place).exists() for place in whole_suite.NAMED)


def test_ends_as_the_worse_half_of_the_suite(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def start(chosen: tuple[str, ...], environ: dict[str, str], told: IO[bytes] | None = None) -> Popen[bytes]:
        ends = 1 if chosen == whole_suite.NAMED else 0
        return Popen([sys.executable, "-c", f"print('half'); raise SystemExit({ends})"], stdout=told)

    monkeypatch.setattr(whole_suite, "start", start)
    monkeypatch.setattr(whole_suite.signal, "signal", lambda *_: None)
    monkeypatch.delenv("DATABASE_URL")
    assert whole_suite.main() == 1
    assert capfd.readouterr().out.split() == ["half", "half"]
