"""A specialist decides about every discrepancy; what is decided may be taken back until a protocol tells it (3.10)."""

import dataclasses
from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from exchange.selectors.discrepancies import Weight, changeable, weight_of, why_not_acceptable
from exchange.services import decisions
from exchange.services.decisions import (
    DecidedAlike,
    DiscrepancyDecided,
    FileAlreadyLoaded,
    ListChanged,
    ToldInAProtocol,
)
from exchange.services.loading import LoadedByItsChecker, ReadyChanged, load_charges
from exchange.services.protocols import NothingMarked
from offices.balances import Amount
from offices.models import HandoverBalance
from providers.models import Charge
from tests import factories as make
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled, held
from tests.factories import AT

pytestmark = pytest.mark.django_db
DEARER = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))
RIGHT = billed("14")


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def checked(at: Desk, *lines: object, people: int = 1, **changes: object) -> ExchangeFile:
    request = asked(at, people=people)
    rows = [ReturnedRow(answer(*(lines or (DEARER, RIGHT)), **changes), row_no=row + 1) for row in range(people)]
    return at.verify(at.receive(filled(request, rows), request.name))


def only(file: ExchangeFile, code: str = "E10") -> Discrepancy:
    return Discrepancy.objects.get(file=file, code=code)


def statuses(file: ExchangeFile) -> list[str]:
    return list(ReturnedLine.objects.filter(row__file=file).order_by("pk").values_list("status", flat=True))


def alike(at: Desk, file: ExchangeFile, decision: str, code: str = "E10", **given: object) -> DecidedAlike:
    weight = weight_of(changeable(file, code=code, decision=decision))
    told = {"expected": weight, "by": at.checker, "at": AT} | given
    return decisions.decide_alike(file_id=file.pk, code=code, decision=decision, **told)


def test_takes_an_acceptance_back_and_holds_the_line_again(at_desk: Desk) -> None:
    file = checked(at_desk)
    at_desk.decide(only(file))
    assert statuses(file) == ["clean", "clean"]
    at_desk.decide(only(file), "open", seen="accept")
    assert statuses(file) == ["held", "clean"]
    found = only(file)
    assert (found.decision, found.decided_at, found.decided_by) == ("open", None, None)
    assert held(at_desk.balance("3.10")) == {"E10": (1, Decimal("300.00"))}


def test_strikes_the_balance_anew_as_often_as_minds_are_changed(at_desk: Desk) -> None:
    file = checked(at_desk)
    for _ in range(2):
        at_desk.decide(only(file))
        at_desk.decide(only(file), "open", seen="accept")
    struck = HandoverBalance.objects.filter(item="3.10", office=at_desk.office)
    assert struck.count() == 5
    assert struck.get(superseded_by__isnull=True).subject.endswith(", уточнение 4")


def test_holds_the_whole_row_again_when_its_area_is_taken_back(at_desk: Desk) -> None:
    file = checked(at_desk, total_area=Decimal("60.00"))
    at_desk.decide(only(file, "E20"))
    assert statuses(file) == ["held", "clean"]
    at_desk.decide(only(file, "E20"), "open", seen="accept")
    assert statuses(file) == ["held", "held"]


def test_puts_a_row_off_without_deciding_it(at_desk: Desk) -> None:
    file = checked(at_desk)
    at_desk.decide(only(file), "later")
    found = only(file)
    assert (found.decision, found.decided_by, statuses(file)) == ("later", at_desk.checker, ["held", "clean"])
    at_desk.decide(found, "hold", seen="later")
    assert only(file).decision == "hold"


def test_tells_the_second_of_two_people_who_decided_before(at_desk: Desk) -> None:
    file = checked(at_desk)
    second = make.staff(office=at_desk.office)
    at_desk.decide(only(file), "hold")
    with pytest.raises(DiscrepancyDecided, match=r"Строка 1: уже решено .*Сотрудников.*15\.10\.2026 в .*не записано"):
        at_desk.decide(only(file), "accept", by=second)
    assert (only(file).decision, only(file).decided_by) == ("hold", at_desk.checker)
    at_desk.decide(only(file), "open", seen="hold")
    with pytest.raises(DiscrepancyDecided, match="решение уже отменили"):
        at_desk.decide(only(file), "accept", seen="hold", by=second)


def test_changes_nothing_for_the_same_decision_again(at_desk: Desk) -> None:
    file = checked(at_desk)
    at_desk.decide(only(file), "hold")
    again = at_desk.decide(only(file), "hold", by=make.staff(office=at_desk.office))
    assert again.decided_by == at_desk.checker


def test_keeps_what_a_protocol_told_and_takes_the_answer(at_desk: Desk) -> None:
    file = checked(at_desk)
    at_desk.tell(file)
    for decision in ("open", "later"):
        with pytest.raises(ToldInAProtocol, match="стоит в протоколе № 1/2026"):
            at_desk.decide(only(file), decision, seen="hold")
    at_desk.decide(only(file), "accept", seen="hold")
    assert (statuses(file), only(file).protocol.number) == (["clean", "clean"], "1/2026")


def test_decides_all_of_one_reason_with_one_balance(at_desk: Desk) -> None:
    file = checked(at_desk, people=3)
    assert alike(at_desk, file, "accept") == DecidedAlike(rows=3, left=0)
    assert set(statuses(file)) == {"clean"}
    assert at_desk.balance("3.10").subject.endswith(", уточнение 1")
    assert alike(at_desk, file, "open") == DecidedAlike(rows=3, left=0)
    assert statuses(file).count("held") == 3


def test_leaves_what_cannot_be_accepted(at_desk: Desk) -> None:
    file = checked(at_desk, billed("10", "-10"), RIGHT)
    assert alike(at_desk, file, "accept", code="E31") == DecidedAlike(rows=0, left=1)
    assert alike(at_desk, file, "hold", code="E31") == DecidedAlike(rows=1, left=0)


def test_refuses_a_list_that_is_not_the_one_confirmed(at_desk: Desk) -> None:
    file = checked(at_desk, people=2)
    for wrong in (Weight(3, Decimal("39.40")), Weight(2, Decimal("39.41"))):
        with pytest.raises(ListChanged, match=r"стало 2 на 39,40"):
            alike(at_desk, file, "hold", expected=wrong)
    assert set(Discrepancy.objects.values_list("decision", flat=True)) == {"open"}


def test_prints_exactly_the_rows_marked_and_the_later_ones_next_time(at_desk: Desk) -> None:
    file = checked(at_desk, people=3)
    first, second, third = Discrepancy.objects.filter(file=file).order_by("pk")
    at_desk.decide(first, "hold")
    at_desk.decide(second, "later")
    at_desk.decide(third, "accept")
    assert list(at_desk.form(file).discrepancies.all()) == [first]
    with pytest.raises(NothingMarked):
        at_desk.form(file)
    at_desk.decide(second, "hold", seen="later")
    assert (at_desk.form(file).number, file.protocols.count()) == ("2/2026", 2)


def test_marks_for_the_protocol_after_the_loading_and_accepts_no_more(at_desk: Desk) -> None:
    file = at_desk.load(checked(at_desk))
    with pytest.raises(FileAlreadyLoaded):
        at_desk.decide(only(file))
    assert alike(at_desk, file, "accept") == DecidedAlike(rows=0, left=1)
    at_desk.decide(only(file), "hold")
    assert at_desk.form(file).discrepancies.count() == 1
    assert statuses(file) == ["held", "loaded"]


def test_loads_nothing_but_what_was_confirmed(at_desk: Desk) -> None:
    file = checked(at_desk)
    with pytest.raises(ReadyChanged, match="было 2, стало 1"):
        load_charges(file_id=file.pk, by=at_desk.loader, at=AT, expected=Amount(2, Decimal("501.00")))
    load_charges(file_id=file.pk, by=at_desk.loader, at=AT, expected=Amount(1, Decimal("201.000000")))
    assert Charge.objects.count() == 1


def test_lets_nobody_load_what_they_accepted_with_the_others(at_desk: Desk) -> None:
    file = checked(at_desk)
    alike(at_desk, file, "accept", by=at_desk.loader)
    with pytest.raises(LoadedByItsChecker):
        at_desk.load(file)


def test_says_of_each_row_what_the_filter_of_acceptable_ones_does(at_desk: Desk) -> None:
    odd = dataclasses.replace(billed("10"), service="40", service_name="Уборка")
    file = checked(at_desk, billed("14", "-1"), odd, residents=2)
    found = Discrepancy.objects.filter(file=file).select_related("row", "line")
    fit = {one.pk for one in found if not why_not_acceptable(one)}
    assert {one.code for one in found} >= {"E21", "E31", "E40"}
    assert set(changeable(file, code="", decision="accept").values_list("pk", flat=True)) == fit
    assert 0 < len(fit) < len(found)
