"""Tables joined and rows taken out of them, byte for byte."""

import pytest

from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.records import join_tables, take_records
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import write_dbf

FIELDS = (Field("LCHET", "C", 6), Field("SUM", "N", 8, 2))


def table(*accounts: str, fields: tuple[Field, ...] = FIELDS) -> bytes:
    return write_dbf(fields, [(account, None) for account in accounts], encoding="cp866")


def accounts_of(content: bytes) -> list[object]:
    return [row.values[0] for row in read_dbf(content).rows()]


def test_joins_tables_in_their_order() -> None:
    joined = join_tables([table("1", "2"), table(), table("3")])
    assert joined == table("1", "2", "3")


def test_takes_records_in_the_order_asked() -> None:
    assert accounts_of(take_records(table("1", "2", "3"), (3, 1))) == ["3", "1"]
    assert take_records(table("1", "2"), ()) == table()
    with pytest.raises(ValueError, match="2 записей"):
        take_records(table("1", "2"), (3,))


def test_moves_a_cell_nobody_can_read_as_it_is() -> None:
    spoiled = table("1", "2").replace(b"2     " + b" " * 8, b"2     " + b"12,3x.. ")
    (taken,) = read_dbf(take_records(spoiled, (2,))).rows()
    assert (taken.values[1], taken.faults[0].raw) == (None, "12,3x.. ")
    assert accounts_of(join_tables([spoiled, table("3")])) == ["1", "2", "3"]


def test_refuses_what_cannot_stand_in_one_table() -> None:
    with pytest.raises(Refused, match="Таблица 2 устроена не так"):
        join_tables([table("1"), table("1", fields=(Field("LCHET", "C", 7), Field("SUM", "N", 8, 2)))])
    with pytest.raises(Refused, match="таблиц нет"):
        join_tables([])
    with pytest.raises(Refused, match="не DBF"):
        take_records(b"not a table" * 9, (1,))
