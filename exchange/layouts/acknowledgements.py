"""What goes back to whoever sent a file: the confirmation of receipt by the layout's template (3.9.2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from exchange.layouts.model import Layout, Reply

FACTS = frozenset(
    {"{file}", "{month}", "{received}", "{by}", "{rows}", "{matched}", "{unmatched}", "{list}", "{notes}", "{stem}"}
)
_MARK = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Received:
    """What was received: the file and its rows, told as matched or not; `unmatched` are ready lines of text."""

    file_name: str
    month: dt.date
    received_on: dt.date
    by: str
    rows: int
    unmatched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A text to send back, and the name of its file."""

    name: str
    text: str


def confirmation(layout: Layout, received: Received) -> Confirmation | None:
    """Fill the template of the layout; None where nothing, or the file itself, goes back."""
    if layout.acknowledgement.reply is not Reply.TEXT:
        return None
    facts = {
        "{file}": received.file_name,
        "{stem}": received.file_name.rpartition(".")[0] or received.file_name,
        "{month}": f"{received.month:%m.%Y}",
        "{received}": f"{received.received_on:%d.%m.%Y}",
        "{by}": received.by,
        "{rows}": str(received.rows),
        "{matched}": str(received.rows - len(received.unmatched)),
        "{unmatched}": str(len(received.unmatched)),
        "{list}": "\n".join(received.unmatched) or "нет",
        "{notes}": "\n".join(received.notes) or "нет",
    }
    template = layout.acknowledgement
    return Confirmation(_filled(template.name_mask, facts), _filled(template.text, facts))


def unknown_marks(mask: str, known: Collection[str]) -> list[str]:
    """Return the placeholders of a mask that nothing fills."""
    return sorted(set(_MARK.findall(mask)) - set(known))


def _filled(template: str, facts: dict[str, str]) -> str:
    return _MARK.sub(lambda mark: facts[mark[0]], template)
