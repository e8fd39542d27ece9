"""A right ends by a decision of two people, on the day the ground says, for everybody it covered."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdf
import pytest

from offices import files
from offices.models import JournalEntry, Office, Staff
from recipients.models import Entitlement, Ground, Recipient, Termination
from recipients.services import cases, termination
from recipients.services.cases import CaseStillNeeded
from recipients.services.own_case import OwnCase
from recipients.services.termination import (
    ConfirmedByItsAuthor,
    DocumentMissing,
    EventNotPossible,
    NotPrepared,
    RightEnded,
)
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

EVENT = dt.date(2026, 10, 10)
NEXT_MONTH = dt.date(2026, 11, 1)


@pytest.fixture
def office() -> Office:
    return factories.office()


@pytest.fixture
def specialist(office: Office) -> Staff:
    return factories.staff("calculation", office=office)


@pytest.fixture
def head(office: Office) -> Staff:
    return factories.staff("head", office=office)


@pytest.fixture
def right(office: Office) -> Entitlement:
    return factories.entitlement(recipient=factories.recipient(office=office))


def prepare(right: Entitlement, by: Staff, **given: Any) -> Termination:
    ground = given.pop("ground", None) or factories.ground("termination")
    defaults = {
        "entitlement_id": right.pk,
        "ground_code": ground.code,
        "document": "свидетельство I-МП № 600001",
        "happened_on": EVENT,
        "by": by,
        "at": AT,
    }
    return termination.prepare_termination(**defaults | given)


def confirm(prepared: Termination, by: Staff, **given: Any) -> Termination:
    return termination.confirm_termination(termination_id=prepared.pk, by=by, at=AT, **given)


def by_death() -> Ground:
    return factories.ground("termination", ends="next_day")


def test_changes_nothing_until_another_person_confirms(right: Entitlement, specialist: Staff, head: Staff) -> None:
    prepared = prepare(right, specialist)
    right.refresh_from_db()
    assert right.valid_to is None
    with pytest.raises(ConfirmedByItsAuthor):
        confirm(prepared, specialist)
    assert confirm(prepared, head).confirmed_by == head
    right.refresh_from_db()
    assert right.valid_to == NEXT_MONTH


@pytest.mark.parametrize(
    ("ground", "died_on", "ends_on"),
    [
        (by_death, None, dt.date(2026, 10, 11)),
        (by_death, EVENT, dt.date(2026, 10, 11)),
        (lambda: factories.ground("termination"), EVENT, dt.date(2026, 10, 11)),
        (lambda: factories.ground("termination"), None, NEXT_MONTH),
    ],
    ids=["a ground of death", "a recorded death", "a death under another ground", "any other event"],
)
def test_ends_the_day_after_a_death_and_otherwise_with_the_month(
    right: Entitlement, specialist: Staff, ground: Any, died_on: dt.date | None, ends_on: dt.date
) -> None:
    right.disabled_person.death_date = died_on
    right.disabled_person.save()
    assert prepare(right, specialist, ground=ground()).ends_on == ends_on


def test_ends_the_cover_of_everybody_still_covered(office: Office, specialist: Staff, head: Staff) -> None:
    right = factories.entitlement(
        recipient=factories.recipient(office=office),
        disabled_person=factories.person(birth_date=dt.date(2015, 5, 5)),
        holder="family",
        category="child",
    )
    left = factories.entitled_person(right, valid_to=dt.date(2025, 1, 1))
    stays = factories.entitled_person(right, valid_from=dt.date(2025, 1, 1))
    confirm(prepare(right, specialist), head)
    ends = dict(right.persons.values_list("pk", "valid_to"))
    assert ends.pop(left.pk) == dt.date(2025, 1, 1)
    assert set(ends.values()) == {NEXT_MONTH}
    assert stays.pk in ends


def test_prints_the_form_of_appendix_6(right: Entitlement, specialist: Staff, head: Staff) -> None:
    ground = factories.ground("termination", title="смерть получателя", article="пункт 3.16.1", text="Норма о смерти.")
    confirmed = confirm(prepare(right, specialist, ground=ground), head, overpaid=Decimal("1496.90"))
    assert confirmed.decision_file is not None
    pages = pypdf.PdfReader(BytesIO(files.read(confirmed.decision_file))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for fact in (
        "Приложение № 6", f"№ {confirmed.number}", "с 01.11.2026", "октябрь 2026 года", "1 496,90 руб.",
        "смерть получателя", "пункт 3.16.1", "«Норма о смерти.»", "свидетельство I-МП № 600001",
        f"№ {right.recipient.case_number}", "Одна тысяча четыреста девяносто шесть рублей 90 копеек",
    ):  # fmt: skip
        assert fact in text.replace("\N{NO-BREAK SPACE}", " "), fact


def test_leaves_an_unknown_overpayment_to_be_filled_by_hand(right: Entitlement, specialist: Staff, head: Staff) -> None:
    confirmed = confirm(prepare(right, specialist), head)
    assert confirmed.decision_file is not None
    text = pypdf.PdfReader(BytesIO(files.read(confirmed.decision_file))).pages[0].extract_text()
    assert "☐ нет" in text


def test_writes_both_steps_into_the_journal(right: Entitlement, specialist: Staff, head: Staff) -> None:
    confirmed = confirm(prepare(right, specialist), head)
    lines = JournalEntry.objects.filter(item="3.16").order_by("number")
    assert [(line.event, line.by) for line in lines] == [
        ("решение о прекращении подготовлено", specialist),
        ("решение о прекращении утверждено", head),
    ]
    assert lines[1].sha256 == confirmed.decision_file.sha256


def test_corrects_a_decision_that_is_not_confirmed(right: Entitlement, specialist: Staff, head: Staff) -> None:
    first = prepare(right, specialist)
    second = prepare(right, head, happened_on=dt.date(2026, 9, 5))
    assert (second.pk, second.number, second.ends_on) == (first.pk, first.number, dt.date(2026, 10, 1))
    with pytest.raises(ConfirmedByItsAuthor):
        confirm(second, head)
    confirm(second, specialist)
    with pytest.raises(RightEnded):
        prepare(right, specialist)
    with pytest.raises(NotPrepared):
        confirm(second, specialist)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"happened_on": dt.date(2026, 10, 16)}, EventNotPossible),
        ({"happened_on": dt.date(2019, 11, 30)}, EventNotPossible),
        ({"document": " "}, DocumentMissing),
    ],
    ids=["tomorrow", "before the right began", "no document"],
)
def test_refuses_an_impossible_event(
    right: Entitlement, specialist: Staff, given: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        prepare(right, specialist, **given)
    assert not Termination.objects.exists()


def test_refuses_another_day_than_the_recorded_death(right: Entitlement, specialist: Staff) -> None:
    right.recipient.person.death_date = dt.date(2026, 10, 9)
    right.recipient.person.save()
    with pytest.raises(EventNotPossible, match=r"09\.10\.2026"):
        prepare(right, specialist, ground=by_death())


def test_refuses_a_right_that_ended_before(office: Office, specialist: Staff) -> None:
    ended = factories.entitlement(recipient=factories.recipient(office=office), valid_to=dt.date(2026, 10, 1))
    with pytest.raises(RightEnded):
        prepare(ended, specialist)


def test_refuses_a_decision_on_oneself(right: Entitlement) -> None:
    herself = factories.staff("calculation", snils=right.disabled_person.snils)
    with pytest.raises(OwnCase):
        prepare(right, herself)


def test_closes_a_case_only_after_its_rights(right: Entitlement, specialist: Staff, head: Staff) -> None:
    def close() -> Recipient:
        return cases.close_case(recipient_id=right.recipient_id, closed_on=NEXT_MONTH, by=specialist, at=AT)

    with pytest.raises(CaseStillNeeded, match="действует право"):
        close()
    confirm(prepare(right, specialist), head)
    assert close().closed_on == NEXT_MONTH
    with pytest.raises(CaseStillNeeded, match="уже закрыто"):
        close()
