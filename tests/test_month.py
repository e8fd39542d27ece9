"""One small office through a whole month: files in, registers out."""

from collections.abc import Iterator
from decimal import Decimal

import dbfread
import pytest

from calculations.models import Accrual, AccrualLine, CalculationRun
from exchange.models import Discrepancy, ExchangeFile, RegisterRow, RequestRow, ReturnedLine
from offices import files
from offices.models import JournalEntry, Office, StoredFile
from payments.models import PaymentDocument, PaymentLine, PaymentList, PaymentRegister
from providers.models import Charge
from tests.workplace.month.playing import AUGUST, play, region_of_its_own
from workplace.audit.running import audit
from workplace.selectors.stages import stages_of
from workplace.simulation.manners import GOOD

OFFICE = "66205"
CLOSED_ON = Decimal("0.00")


@pytest.fixture(scope="module")
def month(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Play August in one office whose providers answer well, once for all tests of the module."""
    with django_db_blocker.unblock(), region_of_its_own(tmp_path_factory.mktemp("files"), recipients=60):
        assert play(AUGUST, manners=GOOD, offices=[OFFICE]) == []
        yield


@pytest.fixture
def own_files() -> None:
    """The files belong to the module's month."""


def rows_in(file: StoredFile, tmp_path) -> list[dict[str, object]]:
    """Read a stored table with another reader than ours."""
    path = tmp_path / f"{file.sha256}.dbf"
    path.write_bytes(files.read(file))
    return list(dbfread.DBF(str(path), load=True, parserclass=Exact))


class Exact(dbfread.FieldParser):
    """A reader of the other library that gives money as Decimal."""

    def parseN(self, field, data):  # noqa: N802 - the library's name
        text = data.strip().strip(b"*").decode("ascii")
        return Decimal(text) if text else None


def test_asks_every_provider_about_its_accounts(month, tmp_path) -> None:
    requests = ExchangeFile.objects.filter(month=AUGUST, kind="request").select_related("file")
    assert requests.count() > 5
    assert set(requests.values_list("status", flat=True)) == {"acknowledged"}
    for request in requests:
        assert len(rows_in(request.file, tmp_path)) == RequestRow.objects.filter(file=request).count() > 0


def test_takes_every_answer_and_finds_nothing_wrong_in_good_files(month, tmp_path) -> None:
    returned = ExchangeFile.objects.filter(month=AUGUST, kind="return").select_related("file", "request")
    assert returned.count() == ExchangeFile.objects.filter(month=AUGUST, kind="request").count()
    assert set(returned.values_list("status", flat=True)) == {"loaded"}
    assert all(len(rows_in(file.file, tmp_path)) == file.rows == file.request.request_rows.count() for file in returned)
    assert not Discrepancy.objects.filter(file__month=AUGUST, is_blocking=True).exists()
    assert set(ReturnedLine.objects.values_list("status", flat=True)) == {"loaded"}


def test_loads_the_sums_of_the_files(month, tmp_path) -> None:
    returned = ExchangeFile.objects.filter(month=AUGUST, kind="return").select_related("file", "layout")
    billed = Decimal(0)
    for file in returned:
        for row in rows_in(file.file, tmp_path):
            if file.layout.code == "l3_capital_repair":
                billed += 2 * row["SUML1"]
            else:
                billed += sum(value for name, value in row.items() if name.rstrip("0123456789") == "SUM" and value)
    loaded = Charge.objects.filter(month=AUGUST).values_list("billed", flat=True)
    assert len(loaded) > 50
    assert sum(loaded) == billed > 1000


def test_hands_over_an_accrual_file_of_the_run(month, tmp_path) -> None:
    run = CalculationRun.objects.select_related("accrual_file").get(month=AUGUST, status="approved")
    rows = rows_in(run.accrual_file, tmp_path)
    assert len(rows) == run.lines == AccrualLine.objects.filter(run=run).count() > 40
    assert sum(row["SUMMA"] for row in rows) == run.total > 0
    assert {row["RAION"] for row in rows} == {OFFICE[-2:]}


def test_pays_what_was_accrued_through_banks_and_the_post(month, tmp_path) -> None:
    accrued = sum(Accrual.objects.filter(month=AUGUST, run__status="approved").values_list("accrued", flat=True))
    listed = PaymentList.objects.get(month=AUGUST)
    other = sum(PaymentLine.objects.filter(kind="other").values_list("payable", flat=True), CLOSED_ON)
    registers = list(PaymentRegister.objects.filter(month=AUGUST).select_related("file"))
    sent = [row["SUMMA"] for register in registers for row in rows_in(register.file, tmp_path)]
    assert accrued == listed.total == sum(sent) + other
    assert {register.channel for register in registers} == {"bank", "post"}
    assert {register.status for register in registers} == {"answered"}
    paid = PaymentLine.objects.exclude(kind="other")
    assert set(paid.values_list("status", flat=True)) == {"paid"}
    assert paid.count() == len(sent)


def test_prints_the_documents_of_every_register(month) -> None:
    for register in PaymentRegister.objects.filter(month=AUGUST):
        printed = PaymentDocument.objects.filter(register=register).select_related("file")
        assert {document.kind for document in printed} >= {"summary", "covering"}
        assert all(files.read(document.file).startswith(b"%PDF") for document in printed)


def test_registers_everybody_with_a_right_and_asks_about_each(month) -> None:
    registered = set(RegisterRow.objects.values_list("recipient", flat=True))
    assert registered == set(RequestRow.objects.values_list("recipient", flat=True))
    assert registered == set(Accrual.objects.values_list("recipient", flat=True))
    assert len(registered) > 5


def test_writes_every_handover_into_both_journals(month) -> None:
    office = Office.objects.get(code=OFFICE)
    entries = JournalEntry.objects.filter(handover__isnull=False)
    pairs = {entry.handover: set() for entry in entries}
    for entry in entries:
        pairs[entry.handover].add(entry.office_id)
    assert len(pairs) > 3
    assert all(len(offices) == 2 for offices in pairs.values())
    numbers = list(JournalEntry.objects.filter(office=office).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_balances_and_passes_the_audit(month) -> None:
    stages = stages_of(AUGUST)
    assert all(stage.balances for stage in stages)
    assert [check for check in audit(AUGUST) if not check.ok] == []
    received = next(stage for stage in stages if stage.item == "3.9")
    assert received.held == ()
