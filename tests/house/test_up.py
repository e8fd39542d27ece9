"""`manage.py up`: everything in one window, and gone with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from config.embedded import ROOT
from config.processes import is_locked, wait_for
from config.servers import free_port

START_TIMEOUT = 600.0  # the first start migrates


class Installation:
    """A running `manage.py up` in a directory with an awkward name."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        environ = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        self.environ = {**environ, "APP_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        self.process = self.command("up", "--port", str(self.port))

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def programs(self) -> list[int]:
        """Return the processes that carry our `APP_VAR`, the servers' included."""
        mark = f"APP_VAR={self.var}\0".encode()
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in read(path)]

    def is_gone(self) -> bool:
        return not self.programs() and not is_locked(self.var / "servers.lock")


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # ended, or another user's
        return b""


@pytest.fixture
def installation(open_place: Path) -> Iterator[Installation]:
    running = Installation(open_place / "установка")  # migrated by the first test, found so by the rest
    try:
        assert wait_for(lambda: running.answers() or running.process.poll() is not None, START_TIMEOUT, pause=0.1)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.communicate(timeout=30)
        assert wait_for(running.is_gone, 60)


def test_answers_is_alone_and_ends_in_order(installation: Installation) -> None:
    assert installation.answers()
    assert not (installation.var / "static").stat().st_mode & 0o077
    second = installation.command("up", "--port", str(free_port()))
    said, _ = second.communicate(timeout=START_TIMEOUT)
    assert second.returncode == 1
    assert "уже запущена" in said
    installation.process.send_signal(signal.SIGTERM)
    said, _ = installation.process.communicate(timeout=60)
    assert installation.process.returncode == 0
    assert f"http://127.0.0.1:{installation.port}/" in said
    assert wait_for(installation.is_gone, 30)
    assert not installation.answers()


def test_ends_everything_when_one_program_ends(installation: Installation) -> None:
    web = next(pid for pid in installation.programs() if b"gunicorn" in read(Path(f"/proc/{pid}/cmdline")))
    os.kill(web, signal.SIGKILL)
    said, _ = installation.process.communicate(timeout=60)
    assert installation.process.returncode == 1
    assert "web завершился сам" in said
    assert wait_for(installation.is_gone, 30)


def test_leaves_nothing_behind_when_it_is_killed(installation: Installation) -> None:
    assert len(installation.programs()) > 5
    installation.process.kill()
    assert wait_for(installation.is_gone, 60)
