"""Icons of Tabler, inlined into the page: one file each in `static/vendor/tabler`."""

import functools
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STROKE = re.compile(r'<path d="([^"]+)"')
"""A stroke of a drawing; the empty frame of Tabler begins with another attribute and is left out."""


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
    strokes = STROKE.findall(Path(found).read_text(encoding="utf-8"))
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f"i {kind}".strip(),
        format_html_join("", '<path d="{}"/>', ((stroke,) for stroke in strokes)),
    )
