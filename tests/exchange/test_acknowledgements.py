"""A confirmation goes back for an accepted answer, and one that comes for our request is read (3.8, 3.9.2)."""

import datetime as dt

import pytest

from exchange.layouts.acknowledgements import (
    NotFilledTemplate,
    Received,
    confirmation,
    is_named_after,
    read_confirmation,
)
from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import RequestedPerson, ReturnedRow
from exchange.models import Acknowledgement, ExchangeFile
from exchange.selectors.acknowledgements import request_confirmed_by
from exchange.services.acknowledgements import NotAConfirmation, take_confirmation
from offices import files
from offices.models import JournalEntry, StoredFile
from tests import factories as make
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled, right_answers
from tests.factories import AT, MONTH

L1 = preset("l1_tula")
STRANGER = RequestedPerson("1", "Чужой", "Иван", "Ильич", account="777")


def filled_template(**changes: object) -> str:
    facts = {"file_name": "01.dbf", "month": MONTH, "received_on": dt.date(2026, 10, 15), "by": "Орлова", "rows": 3}
    made = confirmation(L1, Received(**facts | changes))
    assert made is not None
    return made.text


def confirmed_by_provider(request: ExchangeFile, text: str, encoding: str = "cp866") -> StoredFile:
    name = request.name.rpartition(".")[0] + "_protokol.txt"
    return files.store(content=text.encode(encoding), name=name, media_type=files.TEXT, by=make.staff(), at=AT)


def taken(request: ExchangeFile, stored: StoredFile) -> Acknowledgement:
    return take_confirmation(request_id=request.pk, stored=stored, by=make.staff(), at=AT)


@pytest.fixture
def at_desk(db: None) -> Desk:
    return desk()


def test_sends_back_what_was_found_and_who_was_not(at_desk: Desk) -> None:
    request = asked(at_desk, people=2)
    rows = [*right_answers(request), ReturnedRow(answer(billed("10")), person=STRANGER)]
    file = at_desk.receive(filled(request, rows), request.name)
    sent = Acknowledgement.objects.get(file=file)
    assert (sent.rows, sent.matched, sent.office, sent.at) == (3, 2, at_desk.office, AT)
    text = files.read(sent.document).decode("utf-8-sig")
    assert "Строк в файле: 3, сопоставлено: 2, не сопоставлено: 1" in text
    assert "Чужой Иван Ильич, л/с 777" in text
    assert sent.document.name == file.name.rpartition(".")[0] + "_protokol.txt"
    assert sent.document.name in JournalEntry.objects.get(item="3.9").subject


def test_sends_nothing_back_where_the_layout_asks_for_nothing_and_for_a_refused_file(at_desk: Desk) -> None:
    request = asked(at_desk, layout="long", codes=("10",))
    at_desk.receive(filled(request, right_answers(request)), "выгрузка.dbf")
    assert at_desk.receive(filled(request, right_answers(request)), request.name).status == "received"
    assert not Acknowledgement.objects.exists()


def test_reads_what_a_provider_confirms(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    text = filled_template(file_name=request.name, unmatched=("Ёлкина, л/с 1",))
    got = taken(request, confirmed_by_provider(request, text))
    assert (got.file, got.rows, got.matched) == (request, 3, 2)
    request.refresh_from_db()
    assert (request.status, request.acknowledged_by, request.acknowledged_at) == ("acknowledged", "Орлова", AT)
    assert taken(request, got.document) == got


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Файл получен, спасибо.", "нет слов «Протокол загрузки файла»"),
        (filled_template(file_name="99.dbf"), "о файле «99.dbf»"),
        (filled_template(file_name="01.dbf").replace("сопоставлено: 3", "сопоставлено: все"), "стоит «все»"),
        (filled_template(file_name="01.dbf").replace("сопоставлено: 3", "сопоставлено: 2"), "противоречат"),
    ],
    ids=["another text", "another file", "no number", "numbers at odds"],
)
def test_refuses_a_text_that_confirms_nothing(at_desk: Desk, text: str, said: str) -> None:
    request = asked(at_desk, people=3)
    with pytest.raises(NotAConfirmation, match=said):
        taken(request, confirmed_by_provider(request, text))
    request.refresh_from_db()
    assert request.status == "sent"


def test_knows_a_confirmation_by_its_name(at_desk: Desk) -> None:
    request = asked(at_desk)
    name = request.name.rpartition(".")[0].upper() + "_PROTOKOL.TXT"
    assert request_confirmed_by(name, office=at_desk.office, month=MONTH) == request
    assert request_confirmed_by(request.name, office=at_desk.office, month=MONTH) is None
    assert request_confirmed_by(name, office=make.office(), month=MONTH) is None


@pytest.mark.parametrize("name", ["a_protokol.txt", "A_Protokol.TXT"])
def test_names_it_after_the_file(name: str) -> None:
    assert is_named_after(L1, "a.dbf", name)
    assert not is_named_after(L1, "b.dbf", name)
    assert not is_named_after(preset("long"), "a.dbf", name)


def test_reads_what_it_writes_with_any_blanks_and_ends_of_lines() -> None:
    text = filled_template(unmatched=("Строк в файле: 7, Ёлкина",), notes=("повтор",))
    told = read_confirmation(L1, "\ufeff" + text.replace("\n", "\r\n \r\n"))
    assert (told.file_name, told.by, told.rows, told.matched) == ("01.dbf", "Орлова", 3, 2)
    with pytest.raises(NotFilledTemplate):
        read_confirmation(L1, text[: len(text) // 3])
