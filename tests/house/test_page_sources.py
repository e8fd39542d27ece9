"""What templates, styles and scripts are made of: no inline code, no other site, every licence beside its files."""

import re
from pathlib import Path

import pytest

from config.embedded import ROOT

TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if not {"pdf", "admin"} & set(path.relative_to(ROOT).parts)
)
OURS = [*TEMPLATES, *sorted((ROOT / "static/css").glob("*.css")), *sorted((ROOT / "static/js").glob("*.js"))]
VENDORED = sorted(
    path for path in (ROOT / "static/vendor").rglob("*") if path.is_file() and path.parent.name != "vendor"
)
LICENCES = {"LICENSE", "OFL.txt", "LICENSE.txt"}
ROLL = (ROOT / "static/vendor/LICENSES.md").read_text()
OUTSIDE = re.compile(r"""(?:https?:)?//[a-z0-9-]+\.[a-z]""", re.IGNORECASE)
NAMESPACES = re.compile(r"http://www\.w3\.org/(?:2000/svg|1999/xlink)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_writes_no_code_or_style_into_a_page(path: Path) -> None:
    page = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vars|hx-vals=['\"]js:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.search(r"<script[^>]*>\s*[^\s<]", page)


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_names_no_other_site(path: Path) -> None:
    assert not OUTSIDE.search(NAMESPACES.sub("", path.read_text()))


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").glob("*.js")), ids=name_of)
def test_builds_no_code_from_text(path: Path) -> None:
    assert not re.search(
        r"\beval\(|new Function|\.style\.|setAttribute\(\s*[\"']style|insertAdjacentHTML|\bdocument\.write",
        path.read_text(),
    )


@pytest.mark.parametrize("place", sorted({path.parent for path in VENDORED}), ids=name_of)
def test_keeps_a_licence_beside_what_others_made(place: Path) -> None:
    assert LICENCES & {path.name for path in place.iterdir()}
    assert f"`vendor/{place.name}`" in ROLL


def test_uses_every_script_and_style_of_ours() -> None:
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    ours = [f"{path.parent.name}/{path.name}" for path in OURS if path.suffix in {".css", ".js"}]
    assert [name for name in ours if name not in templates and f"'{name}'" not in templates] == []
