"""Numbers without gaps, one series per office, kind of paper and year."""

import datetime as dt

from django.utils.timezone import get_current_timezone

from offices.models import NumberSeries, Office


def next_number(*, office: Office, series: str, year: int) -> int:
    """Take the next number of a series; the series is held until the transaction ends."""
    key = {"office": office, "series": series, "year": year}
    NumberSeries.objects.get_or_create(**key, defaults={"last_number": 0})
    row = NumberSeries.objects.select_for_update(of=("self",)).get(**key)
    row.last_number += 1
    row.save(update_fields=["last_number"])
    return row.last_number


def year_of(moment: dt.datetime) -> int:
    """Return the calendar year of a moment in the region's time zone."""
    return moment.astimezone(get_current_timezone()).year
