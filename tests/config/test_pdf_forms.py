import io
import re
import time
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from config.pdf import ForeignResource, render_form
from tests.config.pdf_samples import HASH, samples

SECRET = "the content of a file on this machine"


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf: bytes) -> set[str]:
    names: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts = page["/Resources"].get_object().get("/Font", DictionaryObject())
        names |= {str(font.get_object()["/BaseFont"]).rpartition("+")[2] for font in fonts.values()}
    return names


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {name: render_form(html) for name, html in samples().items()}


@pytest.mark.parametrize("name", ["termination", "statement"])
def test_fits_a_short_document_on_one_sheet(printed: dict[str, bytes], name: str) -> None:
    (text,) = pages_of(printed[name])
    assert "лист 1 из 1" in text


def test_prints_everything_a_decision_needs(printed: dict[str, bytes]) -> None:
    text = pages_of(printed["termination"])[0]
    for part in (
        "ДЕПАРТАМЕНТ СМОЛЕНСКОЙ ОБЛАСТИ ПО СОЦИАЛЬНОМУ РАЗВИТИЮ",
        "РЕШЕНИЕ",
        "05.11.2026",
        "№ 05-17/2026",
        "Соловьёва Любовь Ильинична",
        "1 496,90 руб.",
        "Одна тысяча четыреста девяносто шесть рублей 90 копеек",
        "И. И. Иванов-Константинопольский",
        "М.П.",
        "Исполнитель: Никитина А. В., тел. (48131) 0-00-00",
        f"SHA-256 файла: {HASH}",
    ):
        assert part in text


def test_numbers_the_sheets_and_repeats_the_head_of_a_long_table(printed: dict[str, bytes]) -> None:
    pages = pages_of(printed["protocol"])
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"лист {number} из {len(pages)}" in text
    assert all("Замечание" in text for text in pages[:-1])
    reader = PdfReader(io.BytesIO(printed["protocol"]))
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)


def test_carries_our_fonts_and_no_others(printed: dict[str, bytes]) -> None:
    for pdf in printed.values():
        assert {name.rpartition("-Bold")[0] or name.removesuffix("-Italic") for name in fonts_of(pdf)} <= {
            "PT-Sans",
            "PT-Serif",
        }


def test_tells_readers_its_language_title_and_structure(printed: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(printed["termination"]))
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "ru"
    assert root["/MarkInfo"].get_object()["/Marked"]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Решение № 05-17/2026")


def test_prints_the_same_bytes_in_another_second(printed: dict[str, bytes]) -> None:
    time.sleep(1.1)
    again = {name: render_form(html) for name, html in samples().items()}
    assert again == printed


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<img src="{file}">', id="img file"),
        pytest.param('<img src="http://127.0.0.1:9/x.png">', id="img http"),
        pytest.param('<img src="https://localhost/x.png">', id="img https"),
        pytest.param('<img src="//localhost/x.png">', id="img without scheme"),
        pytest.param('<img src="x.png">', id="img relative"),
        pytest.param('<img src="../../etc/passwd">', id="img relative path"),
        pytest.param('<img src="FILE:///etc/hostname">', id="img upper case scheme"),
        pytest.param('<img src="ftp://localhost/x">', id="img ftp"),
        pytest.param('<img src="data:text/plain;base64,AAAA">', id="img data"),
        pytest.param('<img src="font-file:../../../etc/passwd">', id="img our scheme, foreign path"),
        pytest.param('<img srcset="{file} 2x" src="{file}">', id="img srcset"),
        pytest.param('<object data="{file}"></object>', id="object"),
        pytest.param('<embed src="{file}">', id="embed"),
        pytest.param('<link rel="stylesheet" href="{file}">', id="link stylesheet"),
        pytest.param('<link rel="attachment" href="{file}">', id="link attachment"),
        pytest.param('<a rel="attachment" href="{file}">x</a>', id="a attachment"),
        pytest.param("<style>@import url({file});</style>x", id="css import"),
        pytest.param("<style>body {{ background: url({file}) }}</style>x", id="css background"),
        pytest.param("<p style=\"list-style-image: url('{file}'); display: list-item\">x</p>", id="css list image"),
        pytest.param("<style>p::before {{ content: url({file}) }}</style><p>x</p>", id="css content"),
        pytest.param(
            "<style>@font-face {{ font-family: X; src: url({file}) }} p {{ font-family: X }}</style><p>x</p>",
            id="css font",
        ),
        pytest.param('<svg width="9" height="9"><image href="{file}" width="9" height="9"/></svg>', id="svg image"),
        pytest.param("<style>@page {{ background: url({file}) }}</style>x", id="page background"),
        pytest.param("<style>p {{ border-image: url({file}) 30; border: 1px solid }}</style><p>x</p>", id="border"),
    ],
)
def test_refuses_to_fetch_anything(html: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    with pytest.raises(ForeignResource):
        render_form(html.format(file=secret.as_uri()))


def test_draws_nothing_from_another_drawing(tmp_path: Path) -> None:
    drawing = tmp_path / "secret.svg"
    drawing.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text id="a" y="9">{SECRET}</text></svg>')
    html = f'<html lang="ru"><p>x</p><svg width="99" height="9"><use href="{drawing.as_uri()}#a"/></svg></html>'
    assert SECRET not in pages_of(render_form(html))[0]


def test_prints_text_that_only_looks_like_markup() -> None:
    (text,) = pages_of(render_form('<html lang="ru"><p>&lt;img src="file:///etc/hostname"&gt;</p></html>'))
    assert 'img src="file:///etc/hostname"' in text
