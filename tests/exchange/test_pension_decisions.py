"""What a specialist's decision about a difference with the pension fund does (3.4)."""

import datetime as dt
from typing import Any

import pytest

from exchange.models import PensionDecision, PensionDifference
from exchange.services import layouts, pension_data, pension_decisions, registers
from exchange.services.pension_decisions import DifferenceDecided, NotADecision, ReasonMissing
from exchange.services.pension_effects import NeedsApplication, RightNotInForce
from offices.models import JournalEntry, Office
from recipients.models import Change, EntitledPerson, Entitlement
from recipients.services.own_case import OwnCase
from tests import factories as make
from tests.exchange.pension_files import agreeing, line, pension_file
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def unit() -> Office:
    """The payments unit in an open month, with the layouts in their directory."""
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.unit()


def difference(right: Entitlement, **said: Any) -> PensionDifference:
    """The one difference that a file makes which says this of the right's disabled person."""
    content = pension_file(agreeing(right) | said)
    file = pension_data.receive_pension_file(content=content, name="PFR.dbf", month=MONTH, by=make.staff(), at=AT)
    return PensionDifference.objects.get(file=file)


def decide(row: PensionDifference, decision: str = "accepted", **given: Any) -> PensionDifference:
    by = given.pop("by", None) or make.staff()
    given.setdefault("reason", "Карточка верна." if decision == "rejected" else "")
    return pension_decisions.decide_difference(difference_id=row.pk, decision=decision, by=by, at=AT, **given)


def test_turns_an_accepted_death_into_a_change() -> None:
    right = make.entitlement()
    row = decide(difference(right, death_date=dt.date(2026, 9, 12)))
    right.disabled_person.refresh_from_db()
    change = Change.objects.get()
    assert (change.kind, change.happened_on, change.recipient) == ("death", dt.date(2026, 9, 12), right.recipient)
    assert right.disabled_person.death_date == dt.date(2026, 9, 12)
    assert (row.decision, row.decided_at) == ("accepted", AT)
    assert "PFR.dbf" in change.document


def test_accepts_a_death_that_was_reported_before() -> None:
    right = make.entitlement()
    row = difference(right, death_date=dt.date(2026, 9, 12))
    Change.objects.create(
        recipient=right.recipient,
        office=right.recipient.office,
        kind="death",
        happened_on=dt.date(2026, 9, 12),
        source="ЗАГС",
        document="свидетельство",
        reported_at=AT,
        reported_by=make.staff(),
    )
    assert decide(row).decision == "accepted"
    assert Change.objects.count() == 1


def test_writes_a_childs_death_into_the_childs_card() -> None:
    child = make.person(birth_date=dt.date(2015, 5, 5))
    right = make.entitlement(disabled_person=child, holder="family", category="child")
    decide(difference(right, death_date=MONTH))
    child.refresh_from_db()
    right.recipient.person.refresh_from_db()
    assert (child.death_date, right.recipient.person.death_date) == (MONTH, None)
    assert Change.objects.get().kind == "household"


def test_turns_a_disappearance_into_a_question_to_the_office() -> None:
    right = make.entitlement()
    decide(difference(right, removed_flag=True))
    right.refresh_from_db()
    right.disabled_person.refresh_from_db()
    change = Change.objects.get()
    assert (change.kind, change.office) == ("other", right.recipient.office)
    assert (right.valid_to, right.disabled_person.death_date) == (None, None)


def test_corrects_an_accepted_name() -> None:
    right = make.entitlement()
    decide(difference(right, last_name="Орлова", first_name="Вера", middle_name=""))
    right.disabled_person.refresh_from_db()
    assert right.disabled_person.full_name == "Орлова Вера"


def test_corrects_an_accepted_birth_date() -> None:
    right = make.entitlement()
    decide(difference(right, birth_date=dt.date(1950, 1, 2)))
    right.disabled_person.refresh_from_db()
    assert right.disabled_person.birth_date == dt.date(1950, 1, 2)


def test_writes_an_accepted_term_of_the_certificate() -> None:
    right = make.entitlement(certificate_valid_to=MONTH)
    decide(difference(right, disability_to=dt.date(2027, 12, 31)))
    right.refresh_from_db()
    assert right.certificate_valid_to == dt.date(2028, 1, 1)


def test_writes_a_certificate_without_end() -> None:
    right = make.entitlement(certificate_valid_to=dt.date(2027, 1, 1))
    decide(difference(right, disability_to=None))
    right.refresh_from_db()
    assert right.certificate_valid_to is None


def test_follows_the_right_by_one_of_the_new_group_from_the_files_month() -> None:
    right = make.entitlement(certificate_valid_to=dt.date(2027, 1, 1))
    decide(difference(right, disability_group="3"))
    right.refresh_from_db()
    new = Entitlement.objects.get(valid_from=MONTH)
    assert (right.category, right.valid_to) == ("2", MONTH)
    assert (new.category, new.valid_to, new.certificate_valid_to) == ("3", None, dt.date(2027, 1, 1))
    covered = EntitledPerson.objects.order_by("valid_from").values_list("entitlement", "person", "valid_to")
    person = right.disabled_person_id
    assert list(covered) == [(right.pk, person, MONTH), (new.pk, person, None)]


def test_follows_from_the_next_month_when_the_register_stands() -> None:
    right = make.entitlement()
    row = difference(right, disability_group="3")
    registers.build_register(office=right.recipient.office, month=MONTH, by=make.staff(), at=AT)
    decide(row)
    right.refresh_from_db()
    assert right.valid_to == NOVEMBER
    assert Entitlement.objects.get(category="3").valid_from == NOVEMBER


def test_changes_the_group_of_a_right_that_begins_with_the_month() -> None:
    right = make.entitlement(valid_from=MONTH)
    decide(difference(right, disability_group="1"))
    right.refresh_from_db()
    assert (right.category, Entitlement.objects.count()) == ("1", 1)


def test_refuses_to_make_the_right_another_one() -> None:
    right = make.entitlement()
    row = difference(right, disability_group="child")
    with pytest.raises(NeedsApplication):
        decide(row)
    row.refresh_from_db()
    assert row.decision == "open"


def test_refuses_to_change_a_right_that_ended_meanwhile() -> None:
    right = make.entitlement()
    row = difference(right, disability_group="3")
    make.ended(right, MONTH)
    with pytest.raises(RightNotInForce):
        decide(row)


def test_leaves_the_card_alone_when_the_difference_is_rejected() -> None:
    right = make.entitlement()
    decide(difference(right, death_date=MONTH), "rejected")
    right.disabled_person.refresh_from_db()
    assert right.disabled_person.death_date is None
    assert not Change.objects.exists()


def test_writes_the_decision_into_the_offices_journal() -> None:
    right = make.entitlement()
    decide(difference(right, disability_group="3"), "rejected")
    entry = JournalEntry.objects.get(office=right.recipient.office)
    assert (entry.item, entry.event) == ("3.4", "предложение: отклонено")


def test_changes_nothing_when_decided_the_same_again() -> None:
    row = decide(difference(make.entitlement(), removed_flag=True))
    assert decide(row).decided_by == row.decided_by
    assert Change.objects.count() == 1


def test_refuses_another_decision() -> None:
    row = decide(difference(make.entitlement(), removed_flag=True))
    with pytest.raises(DifferenceDecided):
        decide(row, "rejected")


def test_declines_only_with_a_reason() -> None:
    row = difference(make.entitlement(), removed_flag=True)
    with pytest.raises(ReasonMissing):
        decide(row, "rejected", reason="  ")
    assert decide(row, "rejected", reason="Справка из МФЦ").reason == "Справка из МФЦ"


def test_keeps_every_decision_in_the_history() -> None:
    row = difference(make.entitlement(), removed_flag=True)
    later, taker = make.staff(), make.staff()
    decide(row, "later", by=later)
    decide(row, by=taker)
    told = PensionDecision.objects.filter(difference=row).order_by("pk").values_list("decision", "by")
    assert list(told) == [("later", later.pk), ("accepted", taker.pk)]


def test_tells_the_office_that_a_group_ended() -> None:
    right = make.entitlement()
    decide(difference(right, disability_group=""))
    right.refresh_from_db()
    change = Change.objects.get()
    assert (change.kind, right.category, right.valid_to) == ("other", "2", None)
    assert "решение о прекращении" in change.note


def test_writes_an_accepted_pension_case_into_the_card() -> None:
    right = make.entitlement()
    decide(difference(right, pension_case_no="067-112345"))
    right.disabled_person.refresh_from_db()
    assert right.disabled_person.pension_case == "067-112345"


@pytest.mark.parametrize("decision", ["open", "maybe"])
def test_refuses_what_is_no_decision(decision: str) -> None:
    row = difference(make.entitlement(), removed_flag=True)
    with pytest.raises(NotADecision):
        decide(row, decision)


def test_refuses_a_decision_about_oneself() -> None:
    right = make.entitlement(valid_from=LONG_AGO)
    row = difference(right, removed_flag=True)
    with pytest.raises(OwnCase):
        decide(row, by=make.staff(snils=right.disabled_person.snils))


def test_keeps_a_stranger_out_of_it() -> None:
    right = make.entitlement()
    content = pension_file(agreeing(right), line(make.person(), death_date=MONTH))
    pension_data.receive_pension_file(content=content, name="PFR.dbf", month=MONTH, by=make.staff(), at=AT)
    assert not PensionDifference.objects.exists()
