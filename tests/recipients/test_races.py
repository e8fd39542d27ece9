"""Two people deciding at once: one decision stands, the other is refused in plain words."""

import datetime as dt
from collections.abc import Callable

import pytest

from offices.models import JournalEntry, NumberSeries, Office
from recipients.eligibility import FirstMonth
from recipients.models import CardHandover, EntitledPerson, Entitlement, Recipient
from recipients.services import applications, cards, termination
from recipients.services.applications import ApplicationDecided
from recipients.services.cards import NothingToHandOver
from recipients.services.coverage import AlreadyEntitled
from recipients.services.termination import NotPrepared
from tests import factories
from tests.at_once import at_once, refusals
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db(transaction=True)

RECEIVED = dt.date(2026, 10, 15)


def grant(application_id: int, office: Office) -> Callable[[], object]:
    by = factories.staff(office=office)
    return lambda: applications.grant_application(
        application_id=application_id,
        certificate="МСЭ № 1",
        certificate_valid_to=None,
        covered=[],
        shelf="",
        first_month=FirstMonth.NEXT,
        by=by,
        at=AT,
    )


def test_grants_one_application_once() -> None:
    office = factories.office()
    application = factories.application(office=office, received_on=RECEIVED)
    (refusal,) = refusals(at_once(grant(application.pk, office), grant(application.pk, office)))
    assert isinstance(refusal, ApplicationDecided)
    assert (Entitlement.objects.count(), Recipient.objects.count()) == (1, 1)


def test_grants_one_person_one_right_in_two_offices() -> None:
    person, offices = factories.person(), [factories.office(), factories.office()]
    made = [factories.application(office=office, applicant=person, received_on=RECEIVED) for office in offices]
    (refusal,) = refusals(at_once(*(grant(one.pk, one.office) for one in made)))
    assert isinstance(refusal, AlreadyEntitled)
    assert (Entitlement.objects.count(), EntitledPerson.objects.count(), Recipient.objects.count()) == (1, 1, 1)


def test_confirms_a_termination_once() -> None:
    right = factories.entitlement()
    prepared = termination.prepare_termination(
        entitlement_id=right.pk,
        ground_code=factories.ground("termination").code,
        document="справка № 1",
        happened_on=MONTH,
        by=right.granted_by,
        at=AT,
    )
    heads = [factories.staff("head", office=right.recipient.office) for _ in range(2)]
    (refusal,) = refusals(
        at_once(
            *(lambda by=by: termination.confirm_termination(termination_id=prepared.pk, by=by, at=AT) for by in heads)
        )
    )
    assert isinstance(refusal, NotPrepared)
    assert JournalEntry.objects.filter(event="решение о прекращении утверждено").count() == 1


def test_hands_every_card_over_once() -> None:
    factories.open_month()
    factories.unit(Office.Kind.PAYMENTS)
    office = factories.office()
    for _ in range(3):
        factories.channel(recipient=factories.recipient(office=office))
    clerks = [factories.staff("exchange", office=office) for _ in range(2)]
    (refusal,) = refusals(
        at_once(*(lambda by=by: cards.hand_over_cards(office=office, month=MONTH, by=by, at=AT) for by in clerks))
    )
    assert isinstance(refusal, NothingToHandOver)
    assert CardHandover.objects.get().cards.count() == 3


def test_numbers_applications_without_gaps_when_many_come_at_once() -> None:
    office = factories.office()
    by = factories.staff("intake", office=office)
    people = [factories.person() for _ in range(4)]

    def register(person: object) -> object:
        return applications.register_application(
            office=office,
            kind="equivalent",
            way="in_person",
            received_on=RECEIVED,
            applicant=person,
            disabled_person=person,
            category="2",
            address="214000, г. Смоленск",
            is_place_of_stay=False,
            channel="почта",
            documents=[],
            by=by,
            at=AT,
        )

    assert refusals(at_once(*(lambda person=person: register(person) for person in people))) == []
    series = NumberSeries.objects.get(office=office, series="application")
    numbers = sorted(office.application_set.values_list("number", flat=True))
    assert (series.last_number, numbers) == (4, ["1/2026", "2/2026", "3/2026", "4/2026"])
