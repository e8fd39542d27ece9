"""Numbers without gaps, one series per office, kind of paper and year."""

import datetime as dt

from django.db import connection
from django.utils.timezone import get_current_timezone

from offices.models import NumberSeries, Office


def next_number(*, office: Office, series: str, year: int) -> int:
    """Take the next number of a series in one statement; the series is held until the transaction ends."""
    table = NumberSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS taken (office_id, series, year, last_number) VALUES (%s, %s, %s, 1)"  # noqa: S608
            " ON CONFLICT (office_id, series, year) DO UPDATE SET last_number = taken.last_number + 1"
            " RETURNING last_number",
            [office.pk, series, year],
        )
        row: tuple[int] = cursor.fetchone()
    return row[0]


def year_of(moment: dt.datetime) -> int:
    """Return the calendar year of a moment in the region's time zone."""
    return moment.astimezone(get_current_timezone()).year
