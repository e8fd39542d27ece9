import io
import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from config.pdf import Align, ListColumn, ListDocument, ListGroup, RowDoesNotFit, Signature, render_list
from config.pdf_layout import Faces, Grid, RowLine, column_widths, format_sum, lay_out, wrap

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COLUMNS = (
    ListColumn("№ п/п", 9, Align.CENTER),
    ListColumn("Фамилия, имя, отчество", 48),
    ListColumn("Адрес", 60),
    ListColumn("Сумма, руб.", 22, summed=True),
)


def rows(count: int, *, seed: int = 1) -> list[tuple[str, str, str, Decimal]]:
    dice = random.Random(seed)
    names = ["Иванов Иван Иванович", "Соловьёва-Константинопольская Александра Владимировна", "Ким Анна"]
    streets = ["ул. Ленина, д. 5, кв. 3", "ул. Октябрьской Революции, д. 14, корп. 2, кв. 117, комната 4, г. Смоленск"]
    return [
        (str(n), dice.choice(names), dice.choice(streets), Decimal(dice.randrange(1, 300000)) / 100)
        for n in range(1, count + 1)
    ]


def document(*groups: ListGroup, **facts: object) -> ListDocument:
    shared: dict[str, object] = {
        "title": "Список получателей № 15",
        "organization": ("Департамент Смоленской области по социальному развитию",),
        "subtitle": ("за октябрь 2026 года",),
        "signatures": (Signature("Начальник отдела организации выплат", "М. П. Сидорова"),),
        "executor": "Никитина А. В.",
        "file_sha256": HASH,
        "rows_called": "получателей",
    }
    return ListDocument(columns=COLUMNS, groups=groups, **{**shared, **facts})  # type: ignore[arg-type]


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def written(value: Decimal) -> str:
    return format_sum(value).replace("\xa0", " ")


def number(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", "."))


def test_prints_every_row_once_with_head_and_numbers_on_each_sheet() -> None:
    given_rows = rows(150)
    pages = pages_of(render_list(document(ListGroup(given_rows))))
    assert len(pages) > 2
    for sheet, text in enumerate(pages, start=1):
        assert f"лист {sheet} из {len(pages)}" in text
        assert "Фамилия, имя, отчество" in text
        assert f"SHA-256 файла: {HASH}" in text
    whole = " ".join(pages)
    for _, _, _, payable in given_rows:
        assert written(payable) in whole
    assert "лист 1 из" in pages[0]
    assert pages[-1].index("М. П. Сидорова") < pages[-1].index("М.П.")


def test_adds_up_sheets_and_the_whole_list() -> None:
    given_rows = rows(150)
    pages = pages_of(render_list(document(ListGroup(given_rows))))
    of_sheet = [re.search(r"Итого по листу, получателей: (\d+) ([\d ]+,\d\d)", text) for text in pages]
    running = [
        re.search(r"Всего (?:с начала списка|по списку), получателей: (\d+) ([\d ]+,\d\d)", text) for text in pages
    ]
    counted, summed = 0, Decimal(0)
    for sheet, upto in zip(of_sheet, running, strict=True):
        assert sheet is not None
        assert upto is not None
        counted += int(sheet[1])
        summed += number(sheet[2])
        assert (int(upto[1]), number(upto[2])) == (counted, summed)
    assert counted == 150
    assert summed == sum(row[3] for row in given_rows)
    assert f"Всего получателей: 150; сумма: {written(summed)} ₽." in pages[-1]


def test_gives_each_group_its_subtotal() -> None:
    first, second = rows(3, seed=3), rows(4, seed=4)
    groups = (ListGroup(first, "Велижский район"), ListGroup(second, "Вяземский район"))
    (text,) = pages_of(render_list(document(*groups)))
    for name, group in (("Велижский район", first), ("Вяземский район", second)):
        assert name in text
        assert f"Итого, получателей: {len(group)} {written(sum((row[3] for row in group), Decimal(0)))}" in text


def test_prints_an_empty_list_as_one_sheet() -> None:
    (text,) = pages_of(render_list(document(ListGroup(()))))
    assert "Всего получателей: 0; сумма: 0,00 ₽." in text
    assert "лист 1 из 1" in text


def test_prints_the_same_bytes_again() -> None:
    assert render_list(document(ListGroup(rows(60)))) == render_list(document(ListGroup(rows(60))))


def test_turns_the_sheet_on_its_side() -> None:
    reader = PdfReader(io.BytesIO(render_list(document(ListGroup(rows(2)), landscape=True))))
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_carries_only_our_font() -> None:
    reader = PdfReader(io.BytesIO(render_list(document(ListGroup(rows(2))))))
    fonts = reader.pages[0]["/Resources"].get_object()["/Font"].values()
    assert {str(font.get_object()["/BaseFont"]).rpartition("+")[2] for font in fonts} == {
        "PTSans-Regular",
        "PTSans-Bold",
    }


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("1", "Ким", "ул. Ленина"), id="a cell missing"),
        pytest.param(("1", "Ким", "ул. Ленина", "12,00"), id="text in a summed column"),
        pytest.param(("1", "Ким", "слово " * 9000, Decimal(1)), id="higher than a sheet"),
    ],
)
def test_refuses_a_row_that_does_not_fit(row: tuple[str, ...]) -> None:
    with pytest.raises(RowDoesNotFit):
        render_list(document(ListGroup([row])))


def letters(text: str) -> float:
    return 5.0 * len(text)


FACES = Faces(letters, letters)


@given(text=st.text("аб \n-", max_size=80), width=st.floats(5, 200))
def test_wraps_without_losing_a_letter_or_leaving_the_column(text: str, width: float) -> None:
    lines = wrap(text, width=width, measure=letters)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(letters(line.strip()) <= width or len(line) == 1 for line in lines)


@given(count=st.integers(0, 200), tail=st.floats(0, 150), high=st.integers(0, 5))
def test_deals_out_every_row_in_order_within_the_sheets(count: int, tail: float, high: int) -> None:
    given_rows = [(str(n), "имя " * (n % (high + 1)), "", Decimal(n)) for n in range(count)]
    grid = Grid((40, 30, 50, 60), 120, leading=10, padding=2, first_page=300, other_pages=400, tail=tail)
    pages = lay_out(document(ListGroup(given_rows, "Район")), grid=grid, faces=FACES)
    seen = [line.cells[0][0] for page in pages for line in page.lines if isinstance(line, RowLine)]
    assert seen == [row[0] for row in given_rows]
    for place, page in enumerate(pages):
        room = grid.first_page if place == 0 else grid.other_pages
        assert sum(line.height for line in (*page.lines, *page.totals)) <= room
    left = grid.other_pages - sum(line.height for line in (*pages[-1].lines, *pages[-1].totals))
    assert left >= tail or len(pages) == 1


def test_never_gives_a_sum_less_room_than_it_needs() -> None:
    widths = column_widths(
        document(ListGroup([("1", "Ким", "ул. Ленина", Decimal("123456789.10"))])),
        full_width=400,
        bold=letters,
        gap=3,
    )
    assert sum(widths) == pytest.approx(400)
    assert widths[3] >= letters(format_sum(Decimal("123456789.10"))) + 6


def test_prints_a_long_register_in_little_time_and_memory() -> None:
    pdf = render_list(document(ListGroup(rows(10_000))))
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 100
    assert len(pdf) < 3_000_000
