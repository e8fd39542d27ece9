"""Triggers that keep facts as they were written, declared on the models they guard.

TRUNCATE passes row triggers by, so an append-only table carries a statement trigger as well. The
setting `app.allow_truncate` lifts only that one, and only the test suite turns it on.
"""

import pgtrigger

_REFUSE = "RAISE EXCEPTION '%s' USING ERRCODE = 'restrict_violation';"
# The same guard as a function of its own, for the leaves of partitioned tables.
REFUSE_TRUNCATE = (
    "CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN"
    " RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation';"
    " END IF; RETURN NULL; END $$"
)
_TRUNCATE = (
    "IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN "
    + _REFUSE % "the table is append-only"
    + " END IF; RETURN NULL;"
)


def no_truncate() -> pgtrigger.Trigger:
    """Refuse to empty the table."""
    return pgtrigger.Trigger(
        name="is_never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=_TRUNCATE,
    )


def append_only() -> list[pgtrigger.Trigger]:
    """Refuse every change of a row once it is written."""
    return [
        pgtrigger.Trigger(
            name="is_append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=_REFUSE % "rows of this table are never changed",
        ),
        no_truncate(),
    ]


def never_deleted() -> list[pgtrigger.Trigger]:
    """Refuse deletion; the row may still be changed."""
    return [
        pgtrigger.Trigger(
            name="is_never_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=_REFUSE % "rows of this table are never deleted",
        ),
        no_truncate(),
    ]


def closed_month_is_frozen(month: str = "month") -> pgtrigger.Trigger:
    """Refuse a new, changed or deleted row of a month that is closed or not opened.

    An UPDATE or DELETE is judged by the old row's month and an INSERT by the new row's.
    """
    return pgtrigger.Trigger(
        name="month_is_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("row_month", "date")],
        func=(
            f"IF TG_OP = 'INSERT' THEN row_month := NEW.{month};"
            f" ELSE row_month := OLD.{month}; END IF;"
            " PERFORM 1 FROM offices_billingmonth"
            " WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE;"
            " IF NOT FOUND THEN "
            "RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation';"
            " END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )
