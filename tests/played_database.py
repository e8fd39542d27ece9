"""A database with a played region, made once for each edition of the code and copied for whoever looks at it."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import override_settings
from psycopg2 import extensions
from psycopg2.sql import SQL, Identifier

from config.embedded import ROOT
from tests import prepared_database
from tests.prepared_database import drop, maintenance, use

PREFIX = "played_"
APPS = ("offices", "recipients", "housing", "providers", "exchange", "calculations", "payments", "workplace")


@cache
def edition() -> str:
    """Return a mark of everything that decides how the months go, as it stood when the tests began."""
    own = (ROOT / "tests/played_month.py", ROOT / "tests/workplace/month/playing.py")
    inside = [path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in {".py", ".toml"}]
    pages = {"views", "urls", "templatetags", "admin"}
    played = [path for path in inside if not pages & {path.stem, *path.relative_to(ROOT).parts}]
    mark = hashlib.sha256(prepared_database.edition().encode())
    for path in sorted((*own, *played)):
        mark.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return PREFIX + mark.hexdigest()[:20]


@contextmanager
def played_database(name: str, files: Path) -> Iterator[None]:
    """Point Django at a copy of the played database called `name`, and at a copy of its files in `files`."""
    original = connection.settings_dict["NAME"]
    with maintenance() as cursor:
        kept = _prepare(cursor)
        drop(cursor, name)
        connection.close()
        cursor.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(edition())))
        shutil.copytree(kept, files)
        try:
            use(name)
            with at_files(files):
                yield
        finally:
            use(original)
            drop(cursor, name)


@contextmanager
def at_files(files: Path) -> Iterator[None]:
    """Keep documents and exchange files in the directory."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": files}}
    with override_settings(FILES_ROOT=files, STORAGES={**settings.STORAGES, "default": default}):
        yield


def _prepare(cursor: extensions.cursor) -> Path:
    """Play the months of this edition, if nobody has, and drop those of other editions. Return where the files are."""
    name, place = edition(), settings.APP_VAR / "played"
    cursor.execute("SELECT datname FROM pg_database WHERE datname SIMILAR TO '(un)?played[_]%'")
    present = {row[0] for row in cursor.fetchall()}
    for other in present - {name}:
        drop(cursor, other)
    files = place / name
    if name in present and files.exists():
        return files
    unfinished = re.sub(f"^{PREFIX}", "unplayed_", name)
    shutil.rmtree(place, ignore_errors=True)
    files.mkdir(parents=True)
    _play(cursor, unfinished, files)
    drop(cursor, name)
    cursor.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(unfinished), Identifier(name)))
    return files


def _play(cursor: extensions.cursor, name: str, files: Path) -> None:
    from tests.played_month import play_the_ground

    original = connection.settings_dict["NAME"]
    drop(cursor, name)
    connection.close()
    template = Identifier(prepared_database.edition())
    cursor.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), template))
    try:
        use(name)
        with at_files(files):
            play_the_ground()
    finally:
        use(original)
