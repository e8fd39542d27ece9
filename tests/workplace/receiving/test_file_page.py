"""A page for every file: what was read of it, which cells were not, how its rows met the request, what happened."""

import pytest

from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf
from exchange.models import ExchangeFile
from exchange.selectors import file_content
from exchange.selectors.file_content import content_of, faults_of, history_of, matching_of
from tests.exchange.answering import Desk, asked, desk, filled, right_answers
from tests.workplace.receiving.bringing import clerk, right
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def page_of(at: Desk, file: ExchangeFile, **query: str) -> str:
    shown = clerk(at.office).get(f"/exchange/files/{file.pk}/", query)
    assert shown.status_code == 200
    return shown.content.decode()


def with_bad_sums(request: ExchangeFile, rows: int) -> bytes:
    """The right answers with the first sum of the first rows unreadable."""
    content = bytearray(right(request))
    table = read_dbf(bytes(content), encoding="cp866")
    at = 1
    for field in table.fields:
        if field.name == "SUM4":
            break
        at += field.length
    header = table.header
    for row in range(rows):
        place = header.header_length + row * header.record_length + at
        content[place : place + 4] = b"12,?"
    return bytes(content)


def test_shows_the_fields_and_the_first_rows_in_russian_letters(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(right(request), request.name)
    content = content_of(file)
    assert (content.encoding, content.live, content.deleted, len(content.rows)) == ("cp866", 3, 0, 3)
    shown = page_of(at_desk, file)
    person = request.request_rows.select_related("recipient__person").order_by("row_number")[0].recipient.person
    assert f"<td>{person.last_name}</td>" in shown
    assert "CP866" in shown
    assert "923,20" not in shown
    assert "1\xa0384,80\xa0₽" in shown


def test_shows_at_most_twenty_rows(at_desk: Desk) -> None:
    request = asked(at_desk, people=23)
    file = at_desk.receive(right(request), request.name)
    assert len(content_of(file).rows) == 20
    assert "Первые 20\xa0строк файла" in page_of(at_desk, file)


def test_shows_the_rows_in_another_code_page_when_asked(at_desk: Desk) -> None:
    request = asked(at_desk)
    table = read_dbf(right(request), encoding="cp866")
    other = write_dbf(table.fields, [row.values for row in table.rows()], encoding="cp1251")
    file = at_desk.receive(other, request.name)
    assert file.refusal_code == "wrong_encoding"
    name = request.request_rows.get().recipient.person.last_name
    assert f"<td>{name}</td>" in page_of(at_desk, file, cp="cp1251")
    assert f"<td>{name}</td>" not in page_of(at_desk, file, cp="cp866")


def test_names_the_cells_that_could_not_be_read(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(with_bad_sums(request, 2), request.name)
    assert file.status == "received"
    page = faults_of(file)
    assert [(one.row, one.field, one.raw.strip()[:4]) for one in page.faults] == [
        (1, "SUM4", "12,?"),
        (2, "SUM4", "12,?"),
    ]
    assert page.after is None
    assert "<code>" in page_of(at_desk, file)


def test_gives_the_faults_piece_by_piece(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_content, "FAULTS_SHOWN", 2)
    request = asked(at_desk, people=5)
    content = with_bad_sums(request, 5)
    taken = at_desk.receive(content, request.name)
    refused = at_desk.receive(content, "выгрузка.dbf")
    assert (taken.status, refused.status) == ("received", "received")
    other = at_desk.receive(content[:1] + b"\x7e\x01\x02" + content[4:], request.name)
    assert other.status == "refused"
    for file in (taken, other):
        seen, after = [], 0
        while after is not None:
            page = faults_of(file, after=after)
            seen += [one.row for one in page.faults]
            after = page.after
        assert seen == [1, 2, 3, 4, 5]
    assert "?m=2026-10&amp;after=2#faults" in page_of(at_desk, taken)


def test_counts_how_the_rows_met_the_request(at_desk: Desk) -> None:
    request = asked(at_desk, people=3)
    file = at_desk.receive(filled(request, right_answers(request)[:2]), request.name)
    found = matching_of(file)
    assert (found.ways, found.matched, found.unmatched, found.asked) == ((("по лицевому счёту", 2),), 2, 0, 3)
    shown = page_of(at_desk, file)
    assert "Поставщик прислал 2\xa0строки, мы запрашивали 3. Связано 2, не связано 0." in shown
    assert "Наши без ответа: 1</a>" in shown


def test_tells_the_files_history_in_order(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.verify(at_desk.receive(right(request), request.name))
    steps = history_of(ExchangeFile.objects.select_related("request__by", "by", "verified_by").get(pk=file.pk))
    told = [step.text for step in steps]
    assert [one for one in told if not one.startswith("журнал")] == ["файл получен", "запрос отправлен", "проверен"]
    assert any(one.startswith("журнал, запись №") for one in told)
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_gives_the_original_bytes(at_desk: Desk) -> None:
    request = asked(at_desk)
    content = right(request)
    file = at_desk.receive(content, request.name)
    assert f'href="/documents/{file.file_id}/"' in page_of(at_desk, file)
    given = clerk(at_desk.office).get(f"/documents/{file.file_id}/")
    assert b"".join(given.streaming_content) == content


def test_shows_of_an_unreadable_file_why_and_what_to_write(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(b"%PDF-1.7" + bytes(100), request.name)
    shown = page_of(at_desk, file)
    assert "Строки не прочитаны: Это не DBF" in shown
    assert "Вернуть поставщику" in shown
    assert "Просим прислать ответ файлом DBF без архива" in shown
    assert "Связь с запросом" not in shown


@pytest.mark.parametrize("after", ["-1", "x", "1" * 30])
def test_refuses_a_place_that_is_no_row(at_desk: Desk, after: str) -> None:
    file = at_desk.receive(b"x", "файл.dbf")
    assert clerk(at_desk.office).get(f"/exchange/files/{file.pk}/?after={after}").status_code == 404


def test_hides_a_file_of_another_district(at_desk: Desk) -> None:
    request = asked(at_desk)
    file = at_desk.receive(right(request), request.name)
    neighbor = desk("66204")
    for role in ("exchange", "checking", "head"):
        assert clerk(neighbor.office, role).get(f"/exchange/files/{file.pk}/").status_code == 404
    assert (
        clerk(neighbor.office).post(f"/exchange/files/{file.pk}/provider/", {"request": request.pk}).status_code == 404
    )
    assert clerk(neighbor.office, "checking").post(f"/exchange/files/{file.pk}/verify/").status_code == 404


def test_shows_a_request_file_to_nobody_as_a_returned_one(at_desk: Desk) -> None:
    assert clerk(at_desk.office).get(f"/exchange/files/{asked(at_desk).pk}/").status_code == 404


def test_hides_people_from_an_administrator(at_desk: Desk) -> None:
    file = at_desk.receive(b"x", "файл.dbf")
    assert visitor("administrator").get(f"/exchange/files/{file.pk}/").status_code == 403
