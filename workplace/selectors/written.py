"""How many rows a call wrote, as PostgreSQL counted them itself."""

from django.db import connection

COUNTED = "relname NOT LIKE 'django\\_%%' AND relname NOT LIKE 'auth\\_%%'"
SUM = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM {view} WHERE schemaname = 'public' AND "


def rows_written() -> int:
    """Return how many rows of our tables this database has seen inserted, updated or deleted so far.

    What this session wrote is counted at once; rows of a transaction that was rolled back count too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        counted = 0
        for view in ("pg_stat_user_tables", "pg_stat_xact_user_tables"):
            cursor.execute(SUM.format(view=view) + COUNTED.replace("%%", "%"))
            counted += int(cursor.fetchone()[0])
    return counted
