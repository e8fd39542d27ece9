"""Rights of a month, certificates that end, authorities, and who may see whom."""

import datetime as dt

import pytest

from offices.services.succession import StartsBeforeFormer
from recipients import selectors
from recipients.models import Application, Recipient
from recipients.services import representatives
from recipients.services.representatives import AuthorityEnded, CannotRepresent
from tests import factories
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db

NEXT = dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        (LONG_AGO, None, True),
        (MONTH, NEXT, True),
        (LONG_AGO, dt.date(2026, 10, 2), True),
        (LONG_AGO, MONTH, False),
        (NEXT, None, False),
    ],
    ids=["for ever", "the month itself", "one day of it", "ended the day before", "begins the day after"],
)
def test_counts_a_right_in_force_on_some_day_of_the_month(begins: dt.date, ends: dt.date | None, counts: bool) -> None:
    right = factories.entitlement(valid_from=begins, valid_to=ends)
    factories.entitlement()
    found = selectors.rights_in(office=right.recipient.office, month=MONTH)
    assert list(found) == ([right] if counts else [])


def test_warns_of_certificates_that_end() -> None:
    office = factories.office()
    days = [dt.date(2026, 10, 14), dt.date(2026, 10, 15), dt.date(2026, 11, 14), dt.date(2026, 11, 15), None]
    rights = [
        factories.entitlement(recipient=factories.recipient(office=office), certificate_valid_to=day) for day in days
    ]
    found = selectors.rights_with_certificates_ending(
        office=office, start=dt.date(2026, 10, 15), end=dt.date(2026, 11, 15)
    )
    assert list(found) == rights[1:3]


def test_shows_a_district_its_own_people_the_department_all_and_an_administrator_nobody() -> None:
    mine, foreign = factories.channel(), factories.channel()
    rights = [factories.entitlement(recipient=row.recipient) for row in (mine, foreign)]
    clerk = factories.staff("intake", office=mine.recipient.office)
    verifier = factories.staff("verifier", office=factories.unit("subsidies"))
    for staff, seen in [
        (clerk, 1),
        (verifier, 2),
        (factories.staff("administrator"), 0),
        (factories.staff(office=mine.recipient.office), 0),
    ]:
        assert len(selectors.channels_for_user(staff=staff, on=MONTH)) == seen
        assert len(selectors.entitlements_for_user(staff=staff, on=MONTH)) == seen
        assert len(Recipient.objects.for_user(staff, on=MONTH)) == seen
        assert len(Application.objects.for_user(staff, on=MONTH)) == seen
    assert list(selectors.channels_for_user(staff=clerk, on=MONTH)) == [mine]
    assert list(selectors.entitlements_for_user(staff=clerk, on=MONTH)) == rights[:1]


def test_shows_nothing_before_and_after_a_role() -> None:
    recipient = factories.recipient()
    clerk = factories.staff("intake", office=recipient.office)
    clerk.grants.update(valid_to=NEXT)
    assert list(Recipient.objects.for_user(clerk, on=MONTH)) == [recipient]
    assert not Recipient.objects.for_user(clerk, on=NEXT)
    assert not Recipient.objects.for_user(clerk, on=LONG_AGO - dt.timedelta(1))


def record(child, mother, **given):
    defaults = {
        "represented": child,
        "representative": mother,
        "authority": "guardian",
        "document": "постановление № 5",
        "document_issued_on": LONG_AGO,
        "starts_on": MONTH,
        "ends_on": None,
        "by": factories.staff("calculation"),
    }
    return representatives.record_representative(**defaults | given)


def test_follows_one_authority_by_another_of_the_same_person() -> None:
    child, mother = factories.person(), factories.person()
    former = record(child, mother, starts_on=LONG_AGO)
    newer = record(child, mother, authority="trustee")
    former.refresh_from_db()
    assert (former.valid_to, newer.valid_to) == (MONTH, None)
    found = selectors.authority_of(representative=mother, represented=child, on=dt.date(2026, 9, 30))
    assert found == former
    assert selectors.authority_of(representative=child, represented=mother, on=MONTH) is None
    with pytest.raises(StartsBeforeFormer):
        record(child, mother)


@pytest.mark.parametrize(
    "given",
    [{"document": " "}, {"document_issued_on": NEXT}, {"ends_on": MONTH}],
    ids=["no document", "a document issued later", "an empty period"],
)
def test_refuses_an_authority_that_cannot_be(given) -> None:
    with pytest.raises(CannotRepresent):
        record(factories.person(), factories.person(), **given)


def test_lets_nobody_represent_oneself_or_after_death() -> None:
    person = factories.person()
    with pytest.raises(CannotRepresent, match="своим"):
        record(person, person)
    with pytest.raises(CannotRepresent, match="умер"):
        record(person, factories.person(death_date=LONG_AGO))


def test_ends_an_authority_while_it_is_in_force() -> None:
    authority = record(factories.person(), factories.person())
    by = factories.staff()
    ended = representatives.end_authority(representative_id=authority.pk, ends_on=NEXT, by=by)
    assert ended.valid_to == NEXT
    with pytest.raises(AuthorityEnded):
        representatives.end_authority(representative_id=authority.pk, ends_on=NEXT, by=by)
