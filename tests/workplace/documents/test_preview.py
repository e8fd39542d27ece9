"""Beside the list a document is shown: a page of a PDF as a picture, the first rows of a DBF."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from exchange.dbf.header import Field
from exchange.dbf.writing import write_dbf
from offices import files
from offices.models import Office, Role, StoredFile
from offices.models.staff import DISTRICT_ROLES
from tests import factories as make
from tests.payments import rows as payments
from tests.workplace.visiting import request_file, stored, visitor

pytestmark = pytest.mark.django_db


def pdf(pages: int = 2) -> bytes:
    written = PdfWriter()
    for _ in range(pages):
        written.add_blank_page(width=595, height=842)
    content = io.BytesIO()
    written.write(content)
    return content.getvalue()


def paper(office: Office, content: bytes) -> StoredFile:
    return request_file(office, file=stored("бумага.pdf", content=content, media_type=files.PDF)).file


def picture_of(file: StoredFile, number: int = 1) -> str:
    return reverse("document-preview", args=[file.pk, number])


def pane_of(file: StoredFile) -> str:
    return reverse("document-pane", args=[file.pk])


def test_draws_a_page_as_a_picture() -> None:
    office = make.office()
    answer = visitor(Role.EXCHANGE, office=office).get(picture_of(paper(office, pdf())))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "no-store" in answer["Cache-Control"]
    drawn = Image.open(io.BytesIO(answer.content))
    assert (round(drawn.width / 595, 2), round(drawn.height / 842, 2)) == (1.53, 1.53)


@pytest.mark.parametrize("number", [0, 3, 999_999])
def test_knows_no_page_beyond_the_last(number: int) -> None:
    office = make.office()
    assert visitor(Role.EXCHANGE, office=office).get(picture_of(paper(office, pdf()), number)).status_code == 404


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_draws_no_page_of_another_districts_document(role: str) -> None:
    file = paper(make.office(), pdf())
    client = visitor(role, office=make.office())
    assert [client.get(address).status_code for address in (picture_of(file), pane_of(file))] == [404, 404]


def test_draws_no_page_of_payments_for_a_district() -> None:
    file = payments.document().file
    assert visitor(Role.HEAD, office=make.office()).get(picture_of(file)).status_code == 404


def test_draws_nothing_for_an_administrator() -> None:
    assert visitor(Role.ADMINISTRATOR).get(picture_of(paper(make.office(), pdf()))).status_code == 403


def test_has_no_pictures_of_a_table() -> None:
    office = make.office()
    assert visitor(Role.EXCHANGE, office=office).get(picture_of(request_file(office).file)).status_code == 404


def test_turns_the_pages_of_a_pdf() -> None:
    office = make.office()
    file = paper(office, pdf(3))
    client = visitor(Role.EXCHANGE, office=office)
    assert "страница 1 из 3" in client.get(pane_of(file)).content.decode()
    page = client.get(pane_of(file), {"page": "2"}).content.decode()
    assert "страница 2 из 3" in page
    assert picture_of(file, 2) in page
    assert "Назад" in page
    assert "страница 3 из 3" in client.get(pane_of(file), {"page": "99"}).content.decode()


def test_says_so_when_a_pdf_cannot_be_read() -> None:
    office = make.office()
    page = visitor(Role.EXCHANGE, office=office).get(pane_of(paper(office, b"%PDF-1.7 broken"))).content.decode()
    assert "Показать страницы нельзя: файл не читается как PDF" in page


def test_shows_the_first_rows_of_a_table_with_hash_and_author() -> None:
    office = make.office()
    content = write_dbf(
        [Field("FAMIL", "C", 20), Field("SUMMA", "N", 9, 2)], [["Берёзкина", Decimal("1496.90")]] * 25, encoding="cp866"
    )
    file = request_file(office, file=stored("teplo.dbf", content=content)).file
    page = visitor(Role.EXCHANGE, office=office).get(pane_of(file)).content.decode().replace("\u00a0", " ")
    assert "25 строк, показаны первые 20" in page
    assert page.count("<td>Берёзкина</td><td>1496,90</td>") == 20
    assert file.sha256 in page
    assert file.stored_by.last_name in page


def test_shows_a_text_line_by_line() -> None:
    office = make.office()
    text = "Протокол загрузки файла\r\nСтрок в файле: 3\r\n".encode("cp866")
    file = request_file(office, file=stored("protokol.txt", content=text, media_type=files.TEXT)).file
    page = visitor(Role.EXCHANGE, office=office).get(pane_of(file)).content.decode()
    assert "<td>Строк в файле: 3</td>" in page
    assert "2 строки · текст, кодировка CP866" in page.replace("\u00a0", " ")


def test_says_why_a_file_is_no_table() -> None:
    office = make.office()
    file = request_file(office, file=stored("letter.dbf", content=b"\x00not a table at all")).file
    page = visitor(Role.EXCHANGE, office=office).get(pane_of(file)).content.decode()
    assert 'class="bd sm"' in page
    assert "DBF" in page
