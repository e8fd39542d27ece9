"""PostgreSQL and Valkey from wheels, for a machine that has neither: how a process gets to them.

One supervisor (`config.servers`) per installation (`APP_VAR`) owns both servers. Whoever needs them holds a shared
lock on `users.lock`; the supervisor leaves when nobody holds it. The kernel drops a dead process's locks, so no
count of users can go stale. This module runs before the settings are read and imports neither Django nor an app.
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.processes import (
    STOP_TIMEOUT,
    is_locked,
    locked,
    open_log,
    private_directory,
    share_until_exit,
    wait_for,
    write_private,
)

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT = 120.0


class ServersNotStarted(RuntimeError):
    """The embedded servers did not come up; the text says why and where to look."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses of the running servers. The application's role owns the database but is no superuser."""

    database_url: str
    superuser_url: str
    redis_url: str


def var_directory(environ: Mapping[str, str]) -> Path:
    """Return the absolute directory of this installation; a relative `APP_VAR` stands in the project."""
    return (ROOT / (environ.get("APP_VAR") or "var")).resolve()


def prepare_environment(*, postgres_settings: tuple[str, ...] = ()) -> None:
    """Start or share the embedded servers, unless the environment names servers already.

    Sets DATABASE_URL, SUPERUSER_DATABASE_URL, REDIS_URL and, if absent, SECRET_KEY for this process and its children.
    Raises ServersNotStarted when only one of the two addresses is given, or a server fails.
    """
    given = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(given) == 2:
        return
    if given:
        raise ServersNotStarted(f"задан только {given[0]}: задайте и DATABASE_URL, и REDIS_URL либо ни одного из них")
    var = var_directory(os.environ)
    servers = connect(var, postgres_settings=postgres_settings)
    os.environ["APP_VAR"] = str(var)
    os.environ["DATABASE_URL"] = servers.database_url
    os.environ["SUPERUSER_DATABASE_URL"] = servers.superuser_url
    os.environ["REDIS_URL"] = servers.redis_url
    os.environ.setdefault("SECRET_KEY", secret_key(var))


def secret_key(var: Path) -> str:
    """Return the installation's key, made once and readable by its owner only."""
    path = var / "secret_key"
    with locked(var / "secret_key.lock", timeout=START_TIMEOUT):
        if not path.exists():
            write_private(var / "secret_key.new", secrets.token_urlsafe(64))
            (var / "secret_key.new").rename(path)
    return path.read_text()


def connect(var: Path, *, postgres_settings: tuple[str, ...] = ()) -> Servers:
    """Return the installation's servers, started if need be, and keep them running until this process ends."""
    private_directory(var)
    with locked(var / "start.lock", timeout=START_TIMEOUT):
        share_until_exit(var / "users.lock")
        state = var / "servers.json"
        if is_locked(var / "supervisor.lock") and not state.exists():  # it is on its way out
            wait_for(lambda: not is_locked(var / "supervisor.lock"), STOP_TIMEOUT)
        if not is_locked(var / "supervisor.lock"):
            _spawn_supervisor(var, postgres_settings)
        return Servers(**json.loads(state.read_text()))


def _spawn_supervisor(var: Path, postgres_settings: tuple[str, ...]) -> None:
    state, log_path = var / "servers.json", var / "log" / "supervisor.log"
    state.unlink(missing_ok=True)
    command = [sys.executable, "-m", "config.servers", str(var), *postgres_settings]
    with open_log(log_path) as log:
        supervisor = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    wait_for(lambda: state.exists() or supervisor.poll() is not None, START_TIMEOUT)
    if not state.exists():
        with contextlib.suppress(ProcessLookupError):
            supervisor.terminate()
        tail = "\n".join(log_path.read_text(errors="replace").splitlines()[-5:])
        raise ServersNotStarted(f"встроенные серверы не запустились, журналы в {log_path.parent}:\n{tail}")
    supervisor.returncode = 0  # it may outlive us on purpose: nobody waits for it
