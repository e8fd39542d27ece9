"""The audit finds a forged row by name, and nothing in a month that was played honestly."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from offices.files import place_of
from offices.models import StoredFile
from tests.workplace.month import playing
from workplace.audit.running import audit

MONTH = playing.AUGUST


def forged(sql: str) -> int:
    """Change a row behind the guards, as the owner of the tables can, and return its id."""
    table = sql.replace("DELETE FROM", "DELETE").split()[1]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"{sql} RETURNING id")
        changed: int = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return changed


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written inside."""
    with transaction.atomic():
        mark = transaction.savepoint()
        yield
        transaction.savepoint_rollback(mark)


def found(month: dt.date = MONTH) -> dict[str, str]:
    """Return, by the code of each broken check, where it is broken."""
    return {check.code: " ".join(one.where for one in check.found) for check in audit(month) if not check.ok}


def first(table: str, condition: str = "true") -> str:
    return f"(SELECT min(id) FROM {table} WHERE {condition})"


LINE = "calculations_accrualline"
APPROVED = "run_id IN (SELECT id FROM calculations_calculationrun WHERE status = 'approved')"
RETURNED = "status = 'returned'"
FORGERIES = [
    pytest.param(
        f"UPDATE {LINE} SET accrued = accrued - 1 WHERE id = {first(LINE, f'accrued > 1 AND {APPROVED}')}",
        {"A01", "A08"},
        "строка {id},",
        id="a line's sum",
    ),
    pytest.param(
        f"UPDATE {LINE} SET billed = billed + 1 WHERE id = {first(LINE, APPROVED)}",
        {"A03"},
        "строка {id},",
        id="a line's bill",
    ),
    pytest.param(
        f"UPDATE {LINE} SET inputs = jsonb_set(inputs, '{{discount}}', '\"0.4\"') WHERE id = {first(LINE, 'accrued > 0')}",
        {"A08"},
        "строка {id},",
        id="what a line was made of",
    ),
    pytest.param(
        f"UPDATE {LINE} SET tariff_id = 999999 WHERE id = {first(LINE, 'tariff_id IS NOT NULL')}",
        {"A06"},
        "строка {id}",
        id="a line's tariff",
    ),
    pytest.param(
        f"UPDATE calculations_accrual SET accrued = accrued + 1 WHERE id = {first('calculations_accrual', f'accrued > 0 AND {APPROVED}')}",
        {"A01", "A02", "B09", "B10", "P01"},
        "начисление {id}",
        id="an accrual's sum",
    ),
    pytest.param(
        f"UPDATE providers_charge SET billed = billed + 1 WHERE id = {first('providers_charge')}",
        {"A03", "B07", "B08", "F02"},
        "начисление предприятия {id}",
        id="a charge",
    ),
    pytest.param(
        f"DELETE FROM {LINE} WHERE id = {first(LINE, APPROVED)}",
        {"A01", "A04", "B08"},
        "начисление предприятия",
        id="a line is gone",
    ),
    pytest.param(
        f"UPDATE exchange_returnedline SET billed = billed + 1 WHERE id = {first('exchange_returnedline', 'billed > 0')}",
        {"B06"},
        "",
        id="a received line",
    ),
    pytest.param(
        f"UPDATE payments_paymentline SET payable = payable + 1 WHERE id = {first('payments_paymentline')}",
        {"P01", "P03", "P04"},
        "строка на выплату {id}",
        id="a sum to pay",
    ),
    pytest.param(
        f"UPDATE payments_paymentline SET status = 'sent' WHERE id = {first('payments_paymentline', RETURNED)}",
        {"P05"},
        "строка на выплату {id}",
        id="a return forgotten",
    ),
    pytest.param(
        f"UPDATE payments_paymentregister SET total = total + 1 WHERE id = {first('payments_paymentregister')}",
        {"P04"},
        "реестр {id}",
        id="a register's total",
    ),
    pytest.param(
        f"UPDATE offices_heldamount SET rows = rows + 1 WHERE id = {first('offices_heldamount')}",
        {"B01"},
        "",
        id="a held reason",
    ),
    pytest.param(
        f"DELETE FROM offices_journalentry WHERE id = {first('offices_journalentry', 'number > 1 AND handover IS NOT NULL')}",
        {"B02", "B03"},
        "журнал отдела",
        id="a journal line is gone",
    ),
]


@pytest.fixture
def played(db: None) -> None:
    playing.seed()
    playing.play(MONTH)


def test_finds_every_forged_row_and_nothing_else(played: None) -> None:
    assert found() == {}, "a month played honestly is clean"
    for forgery in FORGERIES:
        sql, codes, where = forgery.values
        with undone():
            row = forged(sql)
            answer = found()
            assert set(answer) >= codes, forgery.id
            assert where.format(id=row) in " ".join(answer.values()), forgery.id
    assert found() == {}


def test_finds_a_damaged_file_and_exits_1(played: None, capsys: pytest.CaptureFixture[str]) -> None:
    stored = StoredFile.objects.order_by("pk")[0]
    place_of(stored.sha256).write_bytes(b"forged")
    with pytest.raises(SystemExit) as ended:
        call_command("audit", f"{MONTH:%Y-%m}", "--json")
    assert ended.value.code == 1
    answer = json.loads(capsys.readouterr().out)
    broken = [check for check in answer["checks"] if not check["ok"]]
    assert [check["code"] for check in broken] == ["F06"]
    assert stored.name in broken[0]["found"][0]["where"]
