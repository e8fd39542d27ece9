"""A test database copied from one that was migrated before: the migrations run once for each edition of them."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

import psycopg2
from django.conf import settings
from django.db import connection
from psycopg2 import extensions
from psycopg2.sql import SQL, Identifier

from config.embedded import ROOT

NAME = "test_app"
PREFIX = "prepared_"


@cache
def edition() -> str:
    """Return a mark of everything that decides what the migrations make, as it stood when the tests began."""
    sources = sorted({*ROOT.glob("*/migrations/*.py"), *ROOT.glob("offices/*.py"), ROOT / "requirements.lock"})
    mark = hashlib.sha256()
    for path in sources:
        mark.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return PREFIX + mark.hexdigest()[:20]


@contextmanager
def prepared_database() -> Iterator[None]:
    """Point Django's connection at a fresh copy of the migrated database."""
    original, name = connection.settings_dict["NAME"], edition()
    with maintenance() as cursor:
        prepare(cursor, name)
        copy(cursor, name)
        try:
            use(NAME)
            yield
        finally:
            use(original)
            drop(cursor, NAME)


@contextmanager
def flushable() -> Iterator[None]:
    """Lift the guards against TRUNCATE while Django empties the tables after a test of many transactions."""
    whole = connection.ops.sql_flush

    def lifted(*given: object, **named: object) -> list[str]:
        statements = whole(*given, **named)
        return ["SET LOCAL app.allow_truncate = 'on'", *statements] if statements else []

    connection.ops.sql_flush = lifted
    try:
        yield
    finally:
        del connection.ops.sql_flush


@contextmanager
def maintenance() -> Iterator[extensions.cursor]:
    """Give a cursor that may create and drop databases."""
    place = connection.get_connection_params()
    place.pop("cursor_factory", None)
    with closing(psycopg2.connect(**{**place, "dbname": "postgres", "options": ""})) as raw:
        raw.autocommit = True
        with raw.cursor() as cursor:
            yield cursor


def prepare(cursor: extensions.cursor, name: str) -> None:
    """Migrate a database of this edition, if there is none, and drop those of other editions."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    present = {row[0] for row in cursor.fetchall()}
    for other in present - {name}:
        drop(cursor, other)
    if name in present:
        return
    unfinished = re.sub(f"^{PREFIX}", "unprepared_", name)
    original, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = unfinished
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.settings_dict["TEST"]["NAME"] = wanted
        use(original)
    cursor.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(unfinished), Identifier(name)))


def copy(cursor: extensions.cursor, name: str) -> None:
    """Make the test database anew."""
    drop(cursor, NAME)
    cursor.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(NAME), Identifier(name)))


def drop(cursor: extensions.cursor, name: str) -> None:
    """Drop the database, whoever is still in it."""
    cursor.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def use(name: str) -> None:
    """Point Django's connection at the database."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
