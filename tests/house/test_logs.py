"""Log lines keep what helps to find a fault and lose what names a person."""

import json
import logging
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from config.logs import JsonFormatter, PlainFormatter, without_personal_data

FORMATTERS = [PlainFormatter(), JsonFormatter()]


def line_of(formatter: logging.Formatter, message: str, *args: Any, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    return formatter.format(logging.LogRecord("payments", logging.ERROR, "", 0, message, args, exc_info))


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("formatter", FORMATTERS, ids=["plain", "json"])
@pytest.mark.parametrize(
    "personal",
    [
        "Ёлкина-Заде Анна Петровна",
        "ИВАНОВ И. И.",
        "г. Смоленск, ул. Николаева",
        "08765430300",
        "087-654-303 00",
        "40817810099910004312",
        "+7 (910) 123-45-67",
        "8 910 123 45 67",
        "66 10 123456",
        "6610 123456",
        "05.03.1961",
        "/admin/?q=%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2",
        repr("Иванов".encode("cp866")),
        json.dumps("Иванов"),
    ],
)
def test_masks_what_names_a_person(formatter: logging.Formatter, personal: str) -> None:
    secret = personal.removeprefix("/admin/?q=")
    texts = [
        line_of(formatter, f"could not read {personal}!"),
        line_of(formatter, "could not read %s", personal),
        line_of(formatter, "failed", error=raised(ValueError(personal))),
        line_of(formatter, "failed", error=raised(RuntimeError("x"), cause=KeyError(personal))),
    ]
    for text in texts:
        assert secret not in text
        assert "скрыто" in text


@pytest.mark.parametrize(
    "useful",
    [
        "Task offices.tasks.reconcile_jobs[3f2a7c1e-9b4d-4e7a-8c55-123456789012] succeeded in 0.12s",
        "job 1234567 of 2026-10-01 took 12.5 s at 2026-11-02T10:42:17.120+00:00",
        "GET /payments/lists/2026-10/ 200 18233 12 ms",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ],
)
def test_keeps_what_helps_to_find_the_place(useful: str) -> None:
    assert without_personal_data(useful) == useful


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", FORMATTERS, ids=["plain", "json"])
@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ("'Ёлкина', 'Elkina', 1", ["23514", "names_are_not_hers"]),
        ("'А', 'Smith', 'Elkina'", ["22P02"]),
        ("'А', NULL, 1", ["23502", "latin", "log_canary"]),
    ],
    ids=["a check", "a wrong type", "a missing value"],
)
def test_says_the_place_of_a_database_error_without_its_values(
    formatter: logging.Formatter, values: str, facts: list[str]
) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            "CREATE TEMP TABLE log_canary"
            " (name text CONSTRAINT names_are_not_hers CHECK (name <> 'Ёлкина'), latin text NOT NULL, number int)"
        )
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute(f"INSERT INTO log_canary VALUES ({values})")
        cursor.execute("DROP TABLE log_canary")
    for text in (
        line_of(formatter, "failed", error=caught.value),
        line_of(formatter, "Task x[1] raised unexpected: %s", repr(caught.value), error=caught.value),
    ):
        assert not [secret for secret in ("Ёлкина", "Elkina", "Failing row") if secret in text]
        assert not [fact for fact in facts if fact not in text]


def test_writes_json_a_line_for_a_collector() -> None:
    line = line_of(FORMATTERS[1], "run %s\nstarted", 7, error=raised(ValueError("bad")))
    parsed = json.loads(line)
    assert "\n" not in line
    assert parsed["message"] == "run 7\nstarted"
    assert parsed["level"] == "ERROR"
    assert "ValueError: bad" in parsed["trace"]


def test_survives_an_exception_that_is_its_own_context() -> None:
    error = raised(ValueError("bad"))
    error.__context__ = error
    assert "ValueError: bad" in line_of(FORMATTERS[0], "failed", error=error)
