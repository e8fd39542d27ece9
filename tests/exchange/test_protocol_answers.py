"""What comes after a protocol was sent: an answer by file or by hand, outcomes, decisions kept in a corrected file."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.models import Discrepancy, DiscrepancyDecision, DiscrepancyProtocol, ExchangeFile
from exchange.selectors.protocol_outcomes import outcomes_of
from exchange.services import protocol_answers
from exchange.services.layouts import layout_of
from exchange.services.protocol_answers import ProtocolAnswered, ProtocolIsClosed, ProtocolNotSent, Reply
from offices import files
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled
from tests.factories import AT

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=2)
DEARER = {code: billed(code, tariff=Decimal("30.00"), billed=Decimal("300.00")) for code in ("10", "14")}
RIGHT = {code: billed(code) for code in ("10", "14")}


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def two_wrong_rows(at: Desk) -> tuple[ExchangeFile, DiscrepancyProtocol]:
    """A file of two rows, each with a wrong tariff, one of them told in a protocol that was sent."""
    request = asked(at, people=2)
    rows = [ReturnedRow(answer(DEARER["10"], RIGHT["14"]), row_no=row) for row in (1, 2)]
    file = at.verify(at.receive(filled(request, rows), request.name))
    first, second = Discrepancy.objects.filter(file=file).order_by("pk")
    at.decide(first, "hold")
    at.decide(second, "accept")
    return file, at.send(at.form(file))


def corrected(at: Desk, file: ExchangeFile, *rows: ReturnedRow) -> ExchangeFile:
    """The provider's corrected file, taken instead of the first one and checked."""
    request = file.request
    fresh = at.receive(filled(request, rows), request.name, at=LATER)
    assert fresh.replaces == file
    return at.verify(fresh)


def state(file: ExchangeFile) -> dict[int, tuple[str, str, bool]]:
    found = Discrepancy.objects.filter(file=file).select_related("row", "carried_from")
    return {one.row.row_number: (one.code, one.decision, one.carried_from is not None) for one in found}


def test_opens_only_what_a_corrected_file_changed(at_desk: Desk) -> None:
    file, protocol = two_wrong_rows(at_desk)
    other = billed("10", tariff=Decimal("31.00"), billed=Decimal("310.00"))
    fresh = corrected(
        at_desk,
        file,
        ReturnedRow(answer(other, RIGHT["14"]), row_no=1),
        ReturnedRow(answer(DEARER["10"], RIGHT["14"]), row_no=2),
    )
    assert state(fresh) == {1: ("E10", "open", False), 2: ("E10", "accept", True)}
    kept = Discrepancy.objects.get(file=fresh, decision="accept")
    assert (kept.decided_by, kept.line.status) == (at_desk.checker, "clean")
    assert list(kept.decisions.values_list("decision", "by")) == [("accept", at_desk.checker.pk)]
    protocol.refresh_from_db()
    assert protocol.answer_file == fresh


def test_tells_nothing_twice_that_came_back_unchanged(at_desk: Desk) -> None:
    file, protocol = two_wrong_rows(at_desk)
    fresh = corrected(
        at_desk,
        file,
        ReturnedRow(answer(DEARER["10"], RIGHT["14"]), row_no=1),
        ReturnedRow(answer(RIGHT["10"], RIGHT["14"]), row_no=2),
    )
    assert state(fresh) == {1: ("E10", "hold", True)}
    (kept,) = Discrepancy.objects.filter(file=fresh)
    assert (kept.protocol, kept.told_in) == (None, protocol)
    assert set(outcomes_of(DiscrepancyProtocol.objects.get()).values()) == {"not_charged"}


def test_ends_a_row_as_corrected_when_the_new_file_says_it_no_more(at_desk: Desk) -> None:
    file, protocol = two_wrong_rows(at_desk)
    rows = [ReturnedRow(answer(RIGHT["10"], RIGHT["14"]), row_no=row) for row in (1, 2)]
    corrected(at_desk, file, *rows)
    close = {"protocol_id": protocol.pk, "by": at_desk.checker, "at": LATER}
    protocol_answers.close_protocol(expected={"corrected": 1}, **close)
    assert list(protocol.discrepancies.values_list("outcome", flat=True)) == ["corrected"]
    with pytest.raises(ProtocolIsClosed):
        protocol_answers.close_protocol(expected={"corrected": 1}, **close)


def test_gives_the_provider_its_own_table_with_what_we_expect(at_desk: Desk) -> None:
    _, protocol = two_wrong_rows(at_desk)
    layout = layout_of(protocol.file.layout)
    (row,) = parse_return(layout, open_table(layout, files.read(protocol.table)))
    told = protocol.discrepancies.get().request_row
    assert (row.account, row.total_area, row.residents) == (told.account.number, Decimal("54.00"), 1)
    # 10 m³ as they sent them by our tariff, not by theirs of 30.00.
    assert [(line.service, line.tariff, line.billed) for line in row.lines] == [
        ("10", Decimal("26.06000"), Decimal("260.6000")),
        ("14", Decimal("20.10000"), Decimal("201.0000")),
    ]


def test_answers_and_reminds_of_nothing_that_was_not_sent(at_desk: Desk) -> None:
    file, sent = two_wrong_rows(at_desk)
    told = sent.discrepancies.get()
    act = {"protocol_id": sent.pk, "by": at_desk.checker, "at": LATER}
    protocol_answers.answer_by_hand(replies={told.pk: Reply("agreed")}, **act)
    with pytest.raises(ProtocolAnswered):
        protocol_answers.remind_of_protocol(way="letter", **act)
    DiscrepancyProtocol.objects.filter(pk=sent.pk).update(
        sent_at=None, sent_by=None, sent_way="", sent_to="", answered_at=None, answered_by=None
    )
    with pytest.raises(ProtocolNotSent):
        protocol_answers.answer_by_hand(replies={told.pk: Reply("agreed")}, **act)
    assert file.protocols.get() == sent


def test_keeps_every_decision_with_who_and_when(at_desk: Desk) -> None:
    request = asked(at_desk)
    rows = [ReturnedRow(answer(DEARER["10"], RIGHT["14"]), row_no=1)]
    file = at_desk.verify(at_desk.receive(filled(request, rows), request.name))
    found = Discrepancy.objects.get(file=file)
    at_desk.decide(found, "hold")
    at_desk.decide(found, "open", seen="hold", by=at_desk.loader)
    taken = DiscrepancyDecision.objects.order_by("pk").values_list("decision", "by", "at")
    assert list(taken) == [("hold", at_desk.checker.pk, AT), ("open", at_desk.loader.pk, AT)]
