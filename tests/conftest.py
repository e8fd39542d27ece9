"""What every test may ask for: a real worker on the test database, a superuser behind the guards, own files."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from config.celery import app as celery_app
from config.embedded import ROOT
from config.processes import StillLocked, locked, wait_for

WORKER_START_TIMEOUT = 120.0


def at_database(url: str, name: str) -> str:
    """Return the address with another database's name."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@dataclass(slots=True)
class WorkerProcess:
    """A real Celery worker of the test's own that can be killed and started again."""

    environ: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    name: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:8]}@localhost")
    include: tuple[str, ...] = ()  # further modules with tasks

    def start(self) -> None:
        """Start the worker and wait until it answers."""
        assert self.process is None, "the worker runs already"
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-n", self.name, "-c", "1"]
        command += [f"--include={','.join(self.include)}"] if self.include else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        if not wait_for(self._answers, WORKER_START_TIMEOUT, pause=0.1):
            pytest.fail(f"the worker did not start:\n{self.log.read_text()}")

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            pytest.fail(f"the worker ended:\n{self.log.read_text()}")
        return bool(celery_app.control.ping(destination=[self.name], timeout=0.5))

    def kill(self) -> None:
        """End the worker and its pool as a power cut would: nothing is handed back or finished."""
        assert self.process is not None, "the worker does not run"
        self.process.kill()
        self.process.wait(10)
        self.process = None

    def stop(self) -> None:
        """End the worker politely, if it runs."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """The test database, a copy of one migrated before; one run of tests at a time for an installation."""
    from django.conf import settings

    from tests.prepared_database import flushable, prepared_database

    lock = locked(settings.APP_VAR / "tests.lock", timeout=0)
    try:
        with lock, django_db_blocker.unblock(), prepared_database(), flushable():
            yield
    except StillLocked:
        pytest.exit("другой прогон тестов занял эти серверы: дождитесь его или задайте другой APP_VAR", 2)


@pytest.fixture
def celery_worker_process(transactional_db: None, tmp_path: Path) -> Iterator[WorkerProcess]:
    """A worker on the test database, not started yet; every ring of earlier tests is thrown away."""
    from django.conf import settings
    from django.db import connection

    url = at_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    environ = {**os.environ, "DATABASE_URL": url, "FILES_ROOT": str(settings.FILES_ROOT)}
    celery_app.control.purge()
    worker = WorkerProcess(environ, tmp_path / "worker.log")
    yield worker
    worker.stop()
    celery_app.control.purge()


@pytest.fixture
def superuser_connection(transactional_db: None) -> Iterator[psycopg2.extensions.connection]:
    """A superuser's own connection to the test database, to change rows behind the guards."""
    from django.db import connection

    given = os.environ.get("SUPERUSER_DATABASE_URL", os.environ["DATABASE_URL"])
    raw = psycopg2.connect(at_database(given, connection.settings_dict["NAME"]))
    raw.autocommit = True
    yield raw
    raw.close()


@pytest.fixture(autouse=True)
def own_numbers() -> None:
    """Every test numbers its rows from 1, whatever ran before it."""
    from tests.rows.ground import start_numbering

    start_numbering()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    """Every test writes documents and exchange files into a directory of its own."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
