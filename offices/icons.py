"""Icons of Tabler, inlined into the page: one file each in `static/vendor/tabler`."""

import functools
import re

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

DRAWN = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_PATH = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


class UnknownIcon(ValueError):
    """No such file stands among the vendored icons."""


@functools.cache
def icon(name: str, kind: str = "") -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers: the word stands beside it.

    Raises UnknownIcon for a name that is not vendored.
    """
    found = finders.find(f"vendor/tabler/{name}.svg") if re.fullmatch(r"[a-z0-9-]+", name) else None
    if not found:
        raise UnknownIcon(name)
    with open(found, encoding="utf-8") as file:  # noqa: PTH123  the finder answers with a string
        drawn = DRAWN.search(file.read())
    assert drawn is not None, f"{name}.svg is an SVG"
    paths = " ".join(EMPTY_PATH.sub("", drawn[1]).split())
    classes = f"i {kind}".strip()
    return mark_safe(f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{paths}</svg>')  # noqa: S308
