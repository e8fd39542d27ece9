"""A letter on paper: who writes and to whom, the number, the words, the table, the rest, the signature, in this order."""

import io

from pypdf import PdfReader

from config.pdf import ListColumn, ListDocument, ListGroup, Signature, render_list

ORDER = (
    "Отдел социальной защиты", "МУП «Водоканал»", "от 18.11.2026 № 12/2026", "О передаче сведений",
    "Просим передать файлы.", "Файл запроса", "01_203_202610.dbf", "Просим ответить до 21.11.2026.",
    "Начальник отдела", "исполнитель: Шубина Г. В.",
)  # fmt: skip


def letter(rows: int) -> list[str]:
    document = ListDocument(
        title="О передаче сведений",
        number="от 18.11.2026 № 12/2026",
        organization=["Отдел социальной защиты"],
        addressee=["МУП «Водоканал»", "г. Смоленск, ул. Мира, д. 1"],
        opening=["Просим передать файлы."],
        columns=[ListColumn("Файл запроса", 30), ListColumn("Район", 30)],
        groups=[ListGroup(rows=[("01_203_202610.dbf", "город Смоленск")] * rows)],
        closing=["Просим ответить до 21.11.2026."],
        signatures=[Signature("Начальник отдела", "Иванова Анна Петровна")],
        executor="Шубина Г. В.",
        rows_called="файлов",
        counted=False,
    )
    return [page.extract_text() for page in PdfReader(io.BytesIO(render_list(document))).pages]


def test_stands_as_a_letter_is_read() -> None:
    (page,) = letter(rows=2)
    places = [page.index(words) for words in ORDER]
    assert places == sorted(places)
    for unasked in ("Всего", "Итого", "М.П."):
        assert unasked not in page


def test_goes_over_to_the_next_sheet_with_its_head_once() -> None:
    pages = letter(rows=90)
    assert len(pages) > 1
    assert [page.count("МУП «Водоканал»") for page in pages] == [1, *[0] * (len(pages) - 1)]
    assert sum(page.count("01_203_202610.dbf") for page in pages) == 90
    assert "Начальник отдела" in pages[-1]
