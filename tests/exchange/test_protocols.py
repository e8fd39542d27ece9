"""What was found in a file goes to its provider as one numbered protocol (3.10.4)."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader

from exchange.documents.protocol import Protocol, ProtocolRow, print_protocol
from exchange.layouts.exchanged import RequestedPerson, ReturnedRow
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile
from exchange.services.protocols import AddresseeMissing, NothingMarked, ProtocolAlreadySent
from offices import files
from offices.models import CalendarDay, JournalEntry
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled
from tests.factories import AT

MINUS = "\N{MINUS SIGN}"
DEARER = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))
STRANGER = RequestedPerson("1", "Чужой", "Иван", "Ильич", account="777", services=("10",))


def text_of(pdf: bytes) -> str:
    """The words of all pages, single blanks between them."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.fixture
def at_desk(db: None) -> Desk:
    return desk()


def verified(at: Desk, request: ExchangeFile, *rows: ReturnedRow) -> ExchangeFile:
    return at.verify(at.receive(filled(request, rows), request.name))


def told(at: Desk, request: ExchangeFile, *rows: ReturnedRow) -> ExchangeFile:
    """A verified file of which everything went into a protocol."""
    return at.tell(verified(at, request, *rows)).file


def test_gathers_all_that_was_found_under_a_number(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    file = told(at_desk, request, ReturnedRow(answer(DEARER, billed("14"), residents=2), row_no=1))
    protocol = DiscrepancyProtocol.objects.get()
    assert (protocol.file, protocol.number, protocol.made_by) == (file, "1/2026", at_desk.checker)
    assert (protocol.made_at, protocol.sent_at) == (AT, None)
    assert Discrepancy.objects.filter(file=file, protocol=protocol).count() == 3
    assert protocol.document.name == "protocol_1_2026.pdf"


def test_gives_three_working_days_to_answer(at_desk: Desk) -> None:
    # AT is a Thursday: Friday, Monday and, the Tuesday being moved, Wednesday.
    CalendarDay.objects.create(day=dt.date(2026, 10, 20), is_working=False)
    request = asked(at_desk)
    told(at_desk, request, ReturnedRow(answer(DEARER), row_no=1))
    assert DiscrepancyProtocol.objects.get().answer_due_on == dt.date(2026, 10, 21)


def test_says_who_what_and_how_much(at_desk: Desk) -> None:
    request = asked(at_desk)
    row = request.request_rows.get()
    rows = [ReturnedRow(answer(DEARER, billed("14")), row_no=1), ReturnedRow(answer(billed("10")), person=STRANGER)]
    file = told(at_desk, request, *rows)
    text = text_of(files.read(DiscrepancyProtocol.objects.get().document))
    for said in (
        "Протокол несоответствий № 1/2026 от 15.10.2026",
        f"Предприятие: {file.provider.name}. Начисления за октябрь 2026.",
        f"Файл {file.name}, строк в файле: 2.",
        row.recipient.person.full_name,
        row.account.number,
        "Холодное водоснабжение",
        "E10 тариф не по справочнику",
        "26,06",
        "19,70",
        "Чужой Иван Ильич, счёт 777",
        "строка, которую не запрашивали",
        "Не принято к начислению до исправления: 2",
        "завышение 19,70 ₽, занижение 0,00 ₽",
        "ответить до 20.10.2026",
        f"SHA-256 файла: {file.sha256}",
        at_desk.checker.full_name,
    ):
        assert said in text


def test_parts_what_holds_from_what_is_noted() -> None:
    def row(code: str, difference: str | None, *, is_blocking: bool) -> ProtocolRow:
        worth = None if difference is None else Decimal(difference)
        return ProtocolRow(
            row_number=None if code == "E04" else 7, account="00123", person="Ёлкина Анна Львовна",
            address="г. Смоленск, ул. Мира, д. 4, кв. 8", service="Отопление", code=code, expected="54", found="64,5",
            difference=worth, is_blocking=is_blocking,
        )  # fmt: skip

    found = [
        row("E20", "-12.50", is_blocking=True),
        row("E12", "1100.00", is_blocking=True),
        row("E50", "5000.00", is_blocking=False),
        row("E04", None, is_blocking=False),
    ]
    text = text_of(
        print_protocol(
            Protocol(
                number="17/2026",
                made_on="15.10.2026",
                month="октябрь 2026",
                department="Департамент",
                office="Отдел",
                contacts="",
                provider="МУП «Водоканал»",
                file_name="A.dbf",
                file_sha256="ab" * 32,
                rows_in_file=1240,
                answer_due_on="20.10.2026",
                made_by="Сотрудникова А. И.",
                rows=found,
            )
        )
    )
    assert "Не принято к начислению до исправления: 2" in text
    assert "Принято к сведению, начислению не мешает: 2" in text
    assert f"{MINUS}12,50" in text
    assert "завышение 1 100,00 ₽, занижение 12,50 ₽" in text
    assert "E04 нет ответа предприятия — 1" in text
    assert "строк в файле: 1 240." in text


def test_sends_it_once_with_a_line_in_the_journal(at_desk: Desk) -> None:
    request = asked(at_desk)
    told(at_desk, request, ReturnedRow(answer(DEARER, billed("14")), row_no=1))
    protocol = DiscrepancyProtocol.objects.get()
    sent = at_desk.send(protocol)
    facts = (sent.sent_at, sent.sent_by, sent.sent_way, sent.sent_to)
    assert facts == (AT, at_desk.checker, "email", "abonent@example.ru")
    entry = JournalEntry.objects.get(item="3.10")
    assert (entry.event, entry.rows, entry.sha256) == ("отправлено", 1, protocol.document.sha256)
    assert entry.counterpart == str(request.provider)
    with pytest.raises(ProtocolAlreadySent, match=r"отправлен 15\.10\.2026"):
        at_desk.send(protocol)


def test_sends_it_to_somebody(at_desk: Desk) -> None:
    request = asked(at_desk)
    told(at_desk, request, ReturnedRow(answer(DEARER, billed("14")), row_no=1))
    with pytest.raises(AddresseeMissing, match="кому отправлен"):
        at_desk.send(DiscrepancyProtocol.objects.get(), to="  ")
    assert not DiscrepancyProtocol.objects.filter(sent_at__isnull=False).exists()


def test_makes_no_protocol_where_nothing_is_marked(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = verified(at_desk, request, ReturnedRow(answer(DEARER, billed("14")), row_no=1))
    with pytest.raises(NothingMarked, match="отметьте хотя бы одну"):
        at_desk.form(file)
    assert not DiscrepancyProtocol.objects.exists()
