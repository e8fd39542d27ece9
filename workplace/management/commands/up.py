"""The whole installation in one window: migrations, web, worker and beat on the servers `manage.py` has prepared."""

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config.celery import restore_unacknowledged
from config.processes import StillLocked, locked, open_log, start, stop, stop_request, wait_for
from offices.calendar import day_of
from workplace.demo.calendar import production_calendar
from workplace.services.playing.days import days_of

DEMO_RECIPIENTS, DEMO_SEED = 400, 7
WEB_TIMEOUT = 120  # seconds; a machine busy with other work loads the pages slowly


class Command(BaseCommand):
    help = "Запустить миграции, веб, обработчик заданий и расписание в этом окне"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--once", action="store_true", help="поднять, проверить ответ и завершиться")
        parser.add_argument("--demo", action="store_true", help="наполнить учебной областью и месяцем в работе")
        parser.add_argument("--recipients", type=int, default=DEMO_RECIPIENTS, help="получателей в учебной области")

    def handle(self, *, port: int, once: bool, demo: bool, recipients: int, **options: Any) -> None:
        try:
            with locked(settings.APP_VAR / "up.lock", timeout=0):
                self.prepare()
                if demo:
                    self.fill(recipients)
                self.run(port, once=once)
        except StillLocked:
            raise CommandError(f"установка {settings.APP_VAR} уже запущена в другом окне") from None

    def prepare(self) -> None:
        """Bring the database and the static files up to date; what is up to date already costs no time."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
        mark, edition = settings.APP_VAR / "static.edition", static_edition()
        if not mark.exists() or mark.read_text() != edition:
            call_command("collectstatic", interactive=False, verbosity=0)
            mark.write_text(edition)
        connection.close()
        restore_unacknowledged()

    def fill(self, recipients: int) -> None:
        """Play the demo of the first day it was asked for once; say the logins every time."""
        chosen, done = settings.APP_VAR / "demo.day", settings.APP_VAR / "demo.done"
        if not chosen.exists():
            chosen.write_text(f"{today():%Y-%m-%d}")
        day = dt.date.fromisoformat(chosen.read_text())
        days = days_of(today=day, calendar=production_calendar())
        call_command(
            "demo_region",
            recipients=recipients,
            seed=DEMO_SEED,
            month=f"{days.whole[0]:%Y-%m}",
            answers_from=days.expected_on,
        )
        if not done.exists():
            call_command("play_demo", day)
            done.touch()

    def run(self, port: int, *, once: bool) -> None:
        asked_to_stop = stop_request()
        logs = settings.APP_VAR / "log"
        running: dict[str, subprocess.Popen[bytes]] = {}
        environ = {**os.environ, "BIND": f"127.0.0.1:{port}"}
        try:
            for name, command, death_signal in programs():
                with open_log(logs / f"{name}.log") as output:
                    running[name] = start(command, death_signal=death_signal, output=output, environ=environ)
            self.wait_for_answer(port, running, logs)
            self.stdout.write(f"Эквивалент ЖКУ: http://127.0.0.1:{port}/   (Ctrl+C — остановить, журналы в {logs})")
            self.stdout.flush()
            while not (once or asked_to_stop()):
                refuse_the_dead(running, logs)
                time.sleep(0.2)
        finally:
            for process in running.values():
                if process.poll() is None:
                    process.terminate()
            for process in running.values():
                stop(process, signal.SIGTERM)

    def wait_for_answer(self, port: int, running: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
        def answers() -> bool:
            refuse_the_dead(running, logs)
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
                    return bool(response.status == 200)
            except (URLError, OSError):
                return False

        if not wait_for(answers, WEB_TIMEOUT, pause=0.1):
            raise CommandError(f"веб-сервер не ответил, журнал в {logs / 'web.log'}")


def today() -> dt.date:
    """Return the day of now in the region."""
    return day_of(timezone.now())


def static_edition() -> str:
    """Return a mark that changes when a static file does."""
    edition = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = Path(storage.path(name)).stat()
            edition.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return edition.hexdigest()


def programs() -> list[tuple[str, list[str], signal.Signals]]:
    """Return the name, command line and death signal of each program of an installation."""
    celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
    return [
        ("web", [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"], signal.SIGTERM),
        ("worker", [*celery, "worker"], signal.SIGQUIT),  # quits at once: the job's row brings the rest back
        ("beat", [*celery, "beat", "--pidfile="], signal.SIGTERM),
    ]


def refuse_the_dead(running: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    """Raise CommandError when one of the programs has ended."""
    for name, process in running.items():
        if process.poll() is not None:
            tail = "\n".join((logs / f"{name}.log").read_text(errors="replace").splitlines()[-8:])
            raise CommandError(f"{name} завершился сам (код {process.returncode}):\n{tail}")
