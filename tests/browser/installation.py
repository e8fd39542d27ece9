"""An installation of the tests' own: the played database, a web server and a worker, as `./run up` starts them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection

from config.celery import app as celery_app
from config.embedded import ROOT
from config.processes import open_log, start, stop, wait_for
from config.servers import free_port
from tests.conftest import WorkerProcess, at_database
from tests.played_database import played_database

DATABASE = "browser_app"
START_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the pages are, where the files are kept, and the worker that does the jobs."""

    address: str
    files: Path
    worker: WorkerProcess


@contextmanager
def running_installation(place: Path) -> Iterator[Installation]:
    """Start everything in the directory, point Django's connection at its database, and end everything after."""
    files = place / "files"
    with played_database(DATABASE, files):
        environ = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATABASE_URL": at_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
            "FILES_ROOT": str(files),
            "STATIC_ROOT": str(place / "static"),
            "WEB_CONCURRENCY": "1",
        }
        _collect_static(environ)
        celery_app.control.purge()
        worker = WorkerProcess(environ, place / "worker.log")
        with _web(environ, place / "web.log") as address:
            try:
                worker.start()
                yield Installation(address, files, worker)
            finally:
                worker.stop()
                celery_app.control.purge()


def _collect_static(environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        pytest.fail(f"collectstatic:\n{done.stdout}{done.stderr}")


@contextmanager
def _web(environ: dict[str, str], log: Path) -> Iterator[str]:
    port = free_port()
    with open_log(log) as output:
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"]
        bound = {**environ, "BIND": f"127.0.0.1:{port}"}
        web = start(command, death_signal=signal.SIGTERM, output=output, environ=bound)
    address = f"http://127.0.0.1:{port}"
    try:
        if not wait_for(lambda: _answers(address, web, log), START_TIMEOUT, pause=0.1):
            pytest.fail(f"the web server did not answer:\n{log.read_text()}")
        yield address
    finally:
        stop(web, signal.SIGTERM)


def _answers(address: str, web: subprocess.Popen[bytes], log: Path) -> bool:
    if web.poll() is not None:
        pytest.fail(f"the web server ended:\n{log.read_text()}")
    try:
        with urlopen(f"{address}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
