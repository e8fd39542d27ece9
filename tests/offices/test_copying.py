"""COPY writes every kind of value as an ordinary insert would, and ids come in whole blocks."""

import datetime as dt
import json
import threading
from decimal import Decimal

import pytest
from django.db import DataError, connection, transaction

from offices.copying import copy_rows, copying_beside, next_ids
from offices.models import Decree
from tests.factories import AT

COLUMNS = {
    "whole": ("bigint", [0, -7, None]),
    "money": ("numeric(18, 6)", [Decimal("26.683070"), Decimal("-0.01"), None]),
    "truth": ("boolean", [True, False, None]),
    "day": ("date", [dt.date(2026, 10, 1), dt.date(2007, 1, 31), None]),
    "moment": ("timestamptz", [AT, AT.astimezone(dt.UTC), None]),
    "words": ("text", ["таб\tперевод\nвозврат\rкосая\\ конец", "\\N", None]),
    "ids": ("bigint[]", [[1, 2, 3], [], None]),
    "facts": ("jsonb", [{"ключ": 'кавычки " и \\ косая', "n": None}, {}, None]),
}


@pytest.mark.django_db
def test_writes_every_kind_of_value_unchanged() -> None:
    with connection.cursor() as cursor:
        listed = ", ".join(f"{name} {kind}" for name, (kind, _) in COLUMNS.items())
        cursor.execute(f"CREATE TEMPORARY TABLE copied ({listed}) ON COMMIT DROP")
        rows = list(zip(*(values for _, values in COLUMNS.values()), strict=True))
        assert copy_rows("copied", list(COLUMNS), rows) == 3
        cursor.execute("SELECT * FROM copied")
        found = [(*row[:-1], row[-1] and json.loads(row[-1])) for row in cursor.fetchall()]
        assert found == rows


@pytest.mark.django_db
def test_writes_nothing_for_no_rows() -> None:
    assert copy_rows("no_such_table", ["a"], iter([])) == 0


@pytest.mark.django_db
def test_writes_many_rows_beside_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offices.copying.MOST_AT_ONCE", 100)
    rows = [(number, f"слово {number}") for number in range(500)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copied (place serial, number bigint, word text) ON COMMIT DROP")
        with copying_beside() as beside:
            beside.copy("copied", ["number", "word"], rows[:300])
            beside.copy("copied", ["number", "word"], rows[300:])
        cursor.execute("SELECT number, word FROM copied ORDER BY place")
        assert cursor.fetchall() == rows
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("copy")]


@pytest.mark.django_db
def test_says_what_is_wrong_with_rows_written_beside() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copied (number bigint) ON COMMIT DROP")
    with pytest.raises(DataError), transaction.atomic(), copying_beside() as beside:
        beside.copy("copied", ["number"], [("не число",)])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("copy")]


@pytest.mark.django_db
def test_reserves_ids_that_no_insert_gets() -> None:
    block = next_ids(Decree, 5)
    assert list(block) == list(range(block[0], block[0] + 5))
    later = Decree.objects.create(title="т", number="1", issued_on=dt.date(2026, 1, 1), issuer="и")
    assert later.pk == block[-1] + 1
    assert len(next_ids(Decree, 0)) == 0


@pytest.mark.django_db(transaction=True)
def test_reserves_blocks_that_never_overlap() -> None:
    blocks: list[range] = []
    start = threading.Barrier(4)

    def reserve() -> None:
        try:
            start.wait(10)
            blocks.extend(next_ids(Decree, 100) for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=reserve) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    ids = [number for block in blocks for number in block]
    assert len(ids) == 2000
    assert len(set(ids)) == 2000
