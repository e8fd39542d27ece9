"""What a corrected file changed against the one it replaces (3.9)."""

from dataclasses import dataclass

from django.db import connection

from exchange.models import ExchangeFile

_COMPARE = """
WITH was AS (SELECT request_row_id, content -> 'cells' AS cells FROM exchange_returnedrow WHERE file_id = %(former)s),
     now AS (SELECT request_row_id, content -> 'cells' AS cells FROM exchange_returnedrow WHERE file_id = %(file)s),
     same AS (SELECT now.request_row_id FROM now JOIN was USING (request_row_id, cells)),
     kept AS (SELECT now.request_row_id FROM now JOIN was USING (request_row_id))
SELECT (SELECT count(*) FROM same), (SELECT count(*) FROM kept),
       (SELECT count(request_row_id) FROM now), (SELECT count(request_row_id) FROM was)
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of a corrected file that answer a request row: as they were, with other cells, new, and left out."""

    same: int
    changed: int
    added: int
    dropped: int


def changes_of(file: ExchangeFile, /) -> Changes:
    """Count what changed; rows that answer nothing are not counted."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, {"former": file.replaces_id, "file": file.pk})
        same, kept, now, was = cursor.fetchone()
    return Changes(same=same, changed=kept - same, added=now - kept, dropped=was - kept)
