"""What people are looked for by: keys that the database keeps in step itself, and the words of a question.

A key is a stored generated column: nobody writes it, not even raw SQL, and it is never behind the text it is made of.
`text_key` and `code_key` are the Python twins of `TextKey` and `CodeKey`; a test proves that both sides agree.
"""

import re

from django.db.models import Func, TextField

RUSSIAN, LATIN = "абвгдежзийклмнопрстуфхцчшщъыьэюя", "abvgdejziyklmnoprstufhc4w50x132q"
WORD_BREAKS = "-.,;:№«»\"'()"
CODE_BREAKS = " -–—/.,№#"
LONGEST_QUESTION = 120


class TextKey(Func):
    """Text in small letters with е for ё, its words parted by single spaces; several columns one after another."""

    function = "ru_key"
    template = "btrim(translate(%(function)s(%(expressions)s), '-', ' '))"
    arg_joiner = " || ' ' || "
    output_field = TextField(db_collation="C")


class CodeKey(Func):
    """A number as people type it: small letters and digits, without spaces, dashes, slashes and points."""

    function = "ru_key"
    template = f"translate(%(function)s(%(expressions)s), '{CODE_BREAKS}', '')"
    output_field = TextField(db_collation="C")


class Latin(Func):
    """A key letter by letter in Latin, for trigrams: a database of the C locale takes no other letters for letters."""

    template = f"translate(%(expressions)s, '{RUSSIAN}', '{LATIN}')"
    output_field = TextField(db_collation="C")


def latin(key: str) -> str:
    """Return a key letter by letter in Latin, as `Latin` does."""
    return key.translate(str.maketrans(RUSSIAN, LATIN))


def text_key(text: str) -> str:
    """Return the key of a text as the database makes it."""
    return _lowered(text).replace("-", " ").strip(" ")


def code_key(text: str) -> str:
    """Return the key of a number as the database makes it."""
    return _lowered(text).translate(str.maketrans("", "", CODE_BREAKS))


def words_of_question(text: str) -> list[str]:
    """Part a question into words in the spelling of the keys; what is too long is cut."""
    plain = _lowered(text[:LONGEST_QUESTION])
    return re.sub(f"[{re.escape(WORD_BREAKS)}]", " ", plain).split()


def _lowered(text: str) -> str:
    return text.lower().replace("ё", "е")
