"""The embedded servers: shared, kept apart, and gone with whoever needed them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from config.embedded import ROOT, ServersNotStarted, prepare_environment, secret_key
from config.processes import is_locked, wait_for

USER = """
import json, os, sys
from config import embedded
embedded.prepare_environment()
names = ("DATABASE_URL", "SUPERUSER_DATABASE_URL", "REDIS_URL", "SECRET_KEY", "APP_VAR")
print(json.dumps({name: os.environ[name] for name in names}), flush=True)
sys.stdin.read()
"""
GONE_WITHIN = 30.0


class User:
    """A process that needs the servers of an installation until it is told to leave."""

    def __init__(self, var: Path) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=ROOT,
            env={**environ, "APP_VAR": str(var), "SECRET_KEY": environ.get("SECRET_KEY", "x")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.environ: dict[str, str] = json.loads(self.process.stdout.readline())

    def query(self, sql: str, address: str = "DATABASE_URL") -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.environ[address])) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
            return rows

    def postmaster(self) -> int:
        return int((self.var / "pg18" / "postmaster.pid").read_text().split()[0])

    def supervisor(self) -> int:
        status = Path(f"/proc/{self.postmaster()}/status").read_text()
        return int(status.split("PPid:")[1].split()[0])

    def leave(self) -> None:
        self.process.communicate(timeout=10)


def nothing_runs(var: Path) -> bool:
    return not is_locked(var / "supervisor.lock") and not is_locked(var / "servers.lock")


@pytest.fixture
def place(open_place: Path, request: pytest.FixtureRequest) -> Path:
    return open_place / request.node.name[:40]


@pytest.fixture
def user_of(place: Path) -> Iterator[Callable[[str], User]]:
    users: list[User] = []

    def join(installation: str) -> User:
        users.append(User(place / installation))
        return users[-1]

    yield join
    for user in users:
        user.leave()
    for user in users:
        assert wait_for(lambda: nothing_runs(user.var), GONE_WITHIN), user.var  # noqa: B023 - asked at once


def test_shares_running_servers_and_stops_them_after_the_last_user(user_of: Callable[[str], User]) -> None:
    first, second = user_of("дом"), user_of("дом")
    assert first.environ == second.environ
    first.leave()
    assert second.query("SELECT current_user") == [("app",)]
    assert is_locked(second.var / "servers.lock")
    second.leave()
    assert wait_for(lambda: nothing_runs(second.var), GONE_WITHIN)
    assert not (second.var / "servers.json").exists()


def test_keeps_two_installations_apart_under_awkward_names(user_of: Callable[[str], User]) -> None:
    long = "очень длинное имя каталога с пробелами и «кавычками» " + "ё" * 60
    first, second = user_of(f'{long}/"одна"'), user_of(f"{long}/дру'гая")
    first.query("CREATE TABLE only_here (id int)")
    assert second.query("SELECT to_regclass('only_here')") == [(None,)]
    one, other = (redis.Redis.from_url(user.environ["REDIS_URL"]) for user in (first, second))
    with one, other:
        one.set("only_here", "1")
        assert other.get("only_here") is None


def test_leaves_nothing_running_and_loses_nothing_when_the_supervisor_is_killed(
    user_of: Callable[[str], User],
) -> None:
    user = user_of("дом с пробелом")
    user.query("CREATE TABLE kept (id int); INSERT INTO kept SELECT generate_series(1, 1000)")
    with redis.Redis.from_url(user.environ["REDIS_URL"]) as broker:
        broker.set("kept", "ring")
    os.kill(user.supervisor(), signal.SIGKILL)
    assert wait_for(lambda: nothing_runs(user.var), GONE_WITHIN)
    assert (user.var / "servers.json").exists(), "the stale addresses are there for the next start to replace"
    again = user_of("дом с пробелом")
    assert again.environ["REDIS_URL"] != user.environ["REDIS_URL"]
    assert again.query("SELECT count(*) FROM kept") == [(1000,)]
    with redis.Redis.from_url(again.environ["REDIS_URL"]) as broker:
        assert broker.get("kept") == b"ring"


def test_ends_the_other_server_when_one_is_killed_and_recovers_what_was_committed(
    user_of: Callable[[str], User],
) -> None:
    user = user_of("дом")
    user.query("CREATE TABLE kept (id int); INSERT INTO kept SELECT generate_series(1, 1000)")
    os.kill(user.postmaster(), signal.SIGKILL)
    assert wait_for(lambda: nothing_runs(user.var), GONE_WITHIN)
    assert user_of("дом").query("SELECT count(*) FROM kept") == [(1000,)]


def test_makes_the_cluster_anew_when_its_making_was_cut_short(user_of: Callable[[str], User], place: Path) -> None:
    data = place / "дом" / "pg18"
    (data / "base").mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    (place / "дом" / "initdb.unfinished").touch()
    assert user_of("дом").query("SHOW data_checksums") == [("on",)]


def test_gives_the_application_a_role_that_is_no_superuser(user_of: Callable[[str], User]) -> None:
    user = user_of("дом")
    superusers = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname IN ('app', 'postgres') ORDER BY 1"
    assert user.query(superusers) == [("app", False), ("postgres", True)]
    assert user.query("SELECT current_user", "SUPERUSER_DATABASE_URL") == [("postgres",)]


def test_keeps_values_of_rows_out_of_the_servers_log(user_of: Callable[[str], User]) -> None:
    user = user_of("дом")
    user.query("CREATE TABLE person (snils text UNIQUE CHECK (snils <> '11223344595'), born date)")
    user.query("INSERT INTO person VALUES ('08765430300', NULL)")
    for values in ("'11223344595', NULL", "'08765430300', NULL", "'1', 'Ёлкина'"):
        with pytest.raises(psycopg2.Error):
            user.query(f"INSERT INTO person VALUES ({values})")
    with pytest.raises(psycopg2.Error):
        user.query("SELECT Ёлкина")
    log = (user.var / "log" / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert not [canary for canary in ("11223344595", "08765430300", "Ёлкина", "person") if canary in log]


def test_closes_its_directory_and_its_secrets_to_others(user_of: Callable[[str], User]) -> None:
    user = user_of("дом")
    assert not user.var.stat().st_mode & 0o066
    for name in ("servers.json", "valkey.conf"):
        assert not (user.var / name).stat().st_mode & 0o077, name


def test_makes_one_secret_key_for_ever(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) > 50
    assert secret_key(tmp_path) == key
    assert not (tmp_path / "secret_key").stat().st_mode & 0o077


def test_refuses_one_address_without_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/app")
    monkeypatch.delenv("REDIS_URL")
    with pytest.raises(ServersNotStarted, match="REDIS_URL"):
        prepare_environment()
