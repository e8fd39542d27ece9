"""What goes back to whoever sent a file: the confirmation of receipt by the layout's template (3.8, 3.9.2).

The template is filled for an answer that came to us, and read where a provider sends it for our request.
"""

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


@dataclass(frozen=True, slots=True)
class Told:
    """What a received confirmation says; None and an empty text where the template has no place for it."""

    file_name: str
    by: str
    rows: int
    matched: int


class NotFilledTemplate(ValueError):
    """The text is not the layout's template filled; in a Russian sentence."""


def confirmation(layout: Layout, received: Received) -> Confirmation | None:
    """Fill the template of the layout; None where nothing, or the file itself, goes back."""
    if layout.acknowledgement.reply is not Reply.TEXT:
        return None
    facts = {
        "{file}": received.file_name,
        "{stem}": _stem(received.file_name),
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


def is_named_after(layout: Layout, file_name: str, name: str) -> bool:
    """Tell whether a file bears the name of a confirmation of `file_name`, in any letter case."""
    template = layout.acknowledgement
    if template.reply is not Reply.TEXT:
        return False
    known = {"{file}": file_name, "{stem}": _stem(file_name)}
    pieces = _MARK.split(template.name_mask)
    marks = [re.escape(known[mark]) if mark in known else ".+?" for mark in _MARK.findall(template.name_mask)]
    pattern = "".join(re.escape(piece) + mark for piece, mark in zip(pieces, [*marks, ""], strict=True))
    return re.fullmatch(pattern, name, re.IGNORECASE) is not None


def read_confirmation(layout: Layout, text: str) -> Told:
    """Read a filled template of the layout: what stands in it between the template's own words, in their order.

    Blanks and ends of lines are alike. Raises NotFilledTemplate.
    """
    template = _plain(layout.acknowledgement.text)
    pieces, marks = _MARK.split(template), _MARK.findall(template)
    rest, found = _plain(text), dict[str, str]()
    for mark, words in zip(["", *marks], pieces, strict=True):
        told, met, rest = rest.partition(words.strip()) if words.strip() else ("", "", rest)
        if words.strip() and not met:
            raise NotFilledTemplate(f"В подтверждении нет слов «{words.strip()[:60]}», которые есть в его образце.")
        found.setdefault(mark, told.strip())
    return _told(found)


def _told(found: dict[str, str]) -> Told:
    rows, unmatched = _count(found, "{rows}"), _count(found, "{unmatched}")
    if rows is None:
        raise NotFilledTemplate("В подтверждении нет числа полученных строк.")
    matched = _count(found, "{matched}")
    if matched is None:
        matched = rows - (unmatched or 0)
    if not 0 <= matched <= rows or (unmatched is not None and matched + unmatched != rows):
        raise NotFilledTemplate("Числа строк в подтверждении противоречат друг другу.")
    return Told(found.get("{file}", ""), found.get("{by}", ""), rows, matched)


def _count(found: dict[str, str], mark: str) -> int | None:
    if mark not in found:
        return None
    told = found[mark]
    if not re.fullmatch(r"[0-9]{1,9}", told):
        raise NotFilledTemplate(f"В подтверждении на месте числа строк стоит «{told[:40]}».")
    return int(told)


def unknown_marks(mask: str, known: Collection[str]) -> list[str]:
    """Return the placeholders of a mask that nothing fills."""
    return sorted(set(_MARK.findall(mask)) - set(known))


def _filled(template: str, facts: dict[str, str]) -> str:
    return _MARK.sub(lambda mark: facts[mark[0]], template)


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _plain(text: str) -> str:
    return " ".join(text.split())
