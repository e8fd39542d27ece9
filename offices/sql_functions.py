"""SQL twins of the pure checks, as text for migrations.

Each function is immutable and strict (NULL in, NULL out, so a CHECK on an empty column
passes) and is written with a `RETURN` body, which PostgreSQL binds when it is created.
The Python twins are `recipients.snils` and `offices.accounts`; a test on PostgreSQL
proves that both sides agree. A text used by a released migration is never edited: a
changed rule is a new migration with a new text. Texts hold `%`, so they are executed
without parameters (`RunSQL` does so).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SqlFunction:
    """One SQL function: how a migration makes it and how it removes it."""

    name: str
    create: str
    drop: str


RU_KEY = SqlFunction(
    name="ru_key",
    # Russian order without ICU: the letter ё counts as е, case does not count.
    create="""
CREATE OR REPLACE FUNCTION ru_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN replace(lower(value COLLATE "pg_c_utf8"), 'ё', 'е') COLLATE "C"
""",
    drop="DROP FUNCTION IF EXISTS ru_key(text)",
)

SNILS_IS_VALID = SqlFunction(
    name="snils_is_valid",
    # Eleven digits as stored; numbers up to 001-001-998 carry no control number.
    create="""
CREATE OR REPLACE FUNCTION snils_is_valid(snils text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE
    WHEN snils !~ '^[0-9]{11}$' THEN false
    WHEN left(snils, 9)::integer = 0 THEN false
    WHEN left(snils, 9)::integer <= 1001998 THEN true
    ELSE right(snils, 2)::integer = (
        substr(snils, 1, 1)::integer * 9
        + substr(snils, 2, 1)::integer * 8
        + substr(snils, 3, 1)::integer * 7
        + substr(snils, 4, 1)::integer * 6
        + substr(snils, 5, 1)::integer * 5
        + substr(snils, 6, 1)::integer * 4
        + substr(snils, 7, 1)::integer * 3
        + substr(snils, 8, 1)::integer * 2
        + substr(snils, 9, 1)::integer
    ) % 101 % 100
END
""",
    drop="DROP FUNCTION IF EXISTS snils_is_valid(text)",
)

ACCOUNT_KEY_IS_VALID = SqlFunction(
    name="account_key_is_valid",
    # Three digits of the BIK and the account's twenty, weighted 7, 1, 3 in turn.
    create="""
CREATE OR REPLACE FUNCTION account_key_is_valid(bik text, account text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE
    WHEN bik !~ '^[0-9]{9}$' THEN false
    WHEN account !~ '^[0-9]{5}[0-9ABCEHKMPTX][0-9]{14}$' THEN false
    ELSE (
        SELECT sum(
            substr(keyed.digits, place, 1)::integer * (ARRAY[3, 7, 1])[place % 3 + 1] % 10
        ) % 10 = 0
        FROM (
            SELECT CASE
                WHEN account LIKE '301%' OR account LIKE '40102%'
                    OR right(bik, 3) IN ('000', '001', '002')
                THEN '0' || substr(bik, 5, 2)
                ELSE right(bik, 3)
            END || translate(account, 'ABCEHKMPTX', '0123456789') AS digits
        ) AS keyed, generate_series(1, 23) AS place
    )
END
""",
    drop="DROP FUNCTION IF EXISTS account_key_is_valid(text, text)",
)

FUNCTIONS: tuple[SqlFunction, ...] = (RU_KEY, SNILS_IS_VALID, ACCOUNT_KEY_IS_VALID)
