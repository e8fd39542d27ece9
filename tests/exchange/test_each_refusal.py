"""Every way in which a file is not the answer has a sentence of its own, and changes nothing (3.9)."""

import datetime as dt

import pytest

from exchange.models import Discrepancy, ExchangeFile, ReturnedLine, ReturnedRow
from offices.models import HandoverBalance, JournalEntry
from providers.models import Charge
from tests.exchange.answering import (
    ask,
    asked,
    billed_household,
    desk,
    filled,
    provider,
    right_answers,
)

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)
KEPT = (ReturnedRow, ReturnedLine, Discrepancy, HandoverBalance, JournalEntry, Charge)


def saved(content: bytes, day: int) -> bytes:
    """The same table, saved on another day: other bytes."""
    return content[:1] + bytes((0x7E, 1, day)) + content[4:]


def state() -> tuple[object, ...]:
    """Everything but the refused files themselves."""
    taken = ExchangeFile.objects.exclude(status="refused").order_by("pk")
    counted = tuple(kind.objects.count() for kind in KEPT)
    return (*counted, *taken.values_list("pk", "status", "verified_at", "rows", "billed", "replaces"))


def test_tells_every_foreign_file_in_its_own_words_and_changes_nothing() -> None:
    at = desk()
    first, second = provider(at.office, "long"), provider(at.office, "long")
    for _ in range(3):
        billed_household(at.office, first, second)
    ours, theirs = ask(at.office)
    content, name = filled(ours, right_answers(ours)), ours.name
    neighbor = asked(desk("66204"), people=3, layout="long")
    at.verify(at.receive(content, name))
    foreign = filled(neighbor, right_answers(neighbor))
    brought = {
        ("wrong_month", "name"): (saved(content, 1), name.replace("202610", "202609")),
        ("wrong_month", "rows"): (filled(ours, right_answers(ours), month=SEPTEMBER), name),
        ("foreign_district", "name"): (foreign, neighbor.name),
        ("foreign_district", "rows"): (saved(foreign, 5), name),
        ("other_provider", "name"): (saved(foreign, 4), name[:7] + "99999" + name[12:]),
        ("other_provider", "rows"): (filled(theirs, right_answers(theirs)), name),
        ("same_rows", ""): (saved(content, 2), name),
        ("unknown_name", ""): (saved(foreign, 3), "выгрузка.dbf"),
        ("archive_damaged", ""): (b"PK\x03\x04" + bytes(60), name),
        ("not_dbf", ""): (b"%PDF-1.7" + bytes(60), name),
        ("truncated", ""): (content[:-60], name),
    }
    before = state()
    refused = {case: at.receive(*file) for case, file in brought.items()}
    assert {case: file.refusal_code for case, file in refused.items()} == {case: case[0] for case in brought}
    sentences = [file.refusal_text for file in refused.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)
    assert at.receive(content, name).status == "verified"
    assert state() == before
