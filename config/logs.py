"""Log lines without personal data.

Our own log messages are English and carry ids, so whatever is Russian in a line came from a row: it is masked, and
so are long numbers (SNILS, accounts, telephones, passports) and dates of birth. What the database says of an error
is replaced by the facts that name the place: code, table, constraint. The values are in the database, not here.
"""

import datetime as dt
import json
import logging
import re
import traceback

MASK = "[скрыто]"
_PERSONAL = re.compile(
    r"(?:DETAIL|CONTEXT|HINT|LINE \d+):.*"  # what PostgreSQL adds to an error, up to the end
    r"|(?<=invalid input syntax for type )[^\n]*"  # and the one message of its own that quotes a value
    r"|[А-Яа-яЁё](?:[А-Яа-яЁё\s.,«»\"'()№-]*[А-Яа-яЁё.])?"  # a run of Russian words
    r"|(?:\\+x[89a-fA-F][0-9a-fA-F])+|(?:\\+u04[0-9a-fA-F]{2})+"  # the same as escaped bytes or code points, once or twice
    r"|(?:%[dD][01]%[89a-bA-B][0-9a-fA-F])+"  # the same in an address
    r"|\b\d{2}\.\d{2}\.\d{4}\b"  # our logs write days as 2026-10-01; a form and a file as 01.10.2026
    r"|(?<![0-9a-fA-F-])\d{9,}(?![0-9a-fA-F-])"  # SNILS, account, INN, telephone; not a part of a hash
    r"|\b\d{3}-\d{3}-\d{3}[ -]\d{2}\b"  # SNILS as printed
    r"|(?:\+7|\b8)[ (-]*\d{3}[ )-]*\d{3}[ -]?\d{2}[ -]?\d{2}\b"  # telephone
    r"|\b\d{2} ?\d{2} \d{6}\b",  # passport
    re.DOTALL,
)
_DATABASE_MODULES = ("psycopg2", "django.db.utils")


def without_personal_data(text: str) -> str:
    """Return the text with everything masked that may have come from a person's row."""
    return _PERSONAL.sub(MASK, text)


def what_failed(error: BaseException) -> str:
    """Return one line about an exception; about a database error only what names the place."""
    name = type(error).__qualname__
    cause = error.__cause__ if error.__cause__ is not None else error
    if not type(error).__module__.startswith(_DATABASE_MODULES):
        return f"{name}: {without_personal_data(str(error))}"
    diagnosis = getattr(cause, "diag", None)
    facts = [getattr(diagnosis, fact, None) for fact in ("sqlstate", "table_name", "column_name", "constraint_name")]
    return f"{name}: {' '.join(fact for fact in facts if fact) or 'no diagnosis'}"


def trace(error: BaseException) -> str:
    """Return the frames of an exception and of those it came from, the first cause first."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    parts = ["".join(traceback.format_tb(each.__traceback__)) + what_failed(each) for each in reversed(chain)]
    return without_personal_data("\n\n".join(parts))


class PlainFormatter(logging.Formatter):
    """One line for people, then the frames of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        message = without_personal_data(record.getMessage())
        line = f"{moment(record)} {record.levelname} {record.name}: {message}"
        return f"{line}\n{trace(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for a collector."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": moment(record), "level": record.levelname, "logger": record.name, "process": record.process}
        line["message"] = without_personal_data(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            line["trace"] = trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def moment(record: logging.LogRecord) -> str:
    """Return when the line was written, in UTC."""
    return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
