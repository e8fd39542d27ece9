"""COPY beside bulk_create, into a table with the columns, key and index of a month's lines."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db import connection, models, transaction

from benchmarks.measuring import Stage, measure
from offices.copying import copy_rows

MONTH = dt.date(2026, 10, 1)
TABLE = "bench_lines"
COLUMNS = ("month", "recipient_id", "service_id", "billed", "accrued", "rule", "reason")


class BenchLine(models.Model):
    """A line for the ordinary way; its table lives as long as the measure."""

    month = models.DateField()
    recipient_id = models.BigIntegerField(db_index=True)
    service_id = models.BigIntegerField()
    billed = models.DecimalField(max_digits=12, decimal_places=2)
    accrued = models.DecimalField(max_digits=12, decimal_places=2)
    rule = models.CharField(max_length=60)
    reason = models.TextField()

    class Meta:
        app_label = "benchmarks"
        managed = False
        db_table = TABLE


def lines(rows: int) -> Iterator[tuple[object, ...]]:
    for number in range(rows):
        billed = Decimal(number % 900_000 + 1) / 100
        yield MONTH, number // 8, number % 8, billed, billed / 2, "federal_2016.utility", ""


def storing_stages(rows: int) -> list[Stage]:
    def by_copy() -> int:
        with transaction.atomic():
            return copy_rows(TABLE, COLUMNS, lines(rows))

    def by_bulk_create() -> int:
        with transaction.atomic():
            made = (BenchLine(**dict(zip(COLUMNS, line, strict=True))) for line in lines(rows))
            return len(BenchLine.objects.bulk_create(made, batch_size=1000))

    return [Stage("запись строк: COPY (рядом bulk_create)", in_fresh_table(by_copy), in_fresh_table(by_bulk_create))]


def in_fresh_table(work):
    with connection.schema_editor() as editor:
        editor.create_model(BenchLine)
    connection.close()  # a fork must not share it
    try:
        return measure(work)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(BenchLine)
        connection.close()
