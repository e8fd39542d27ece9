"""Agreements: signed, renewed, ended, with their contacts and lines of the journal."""

import datetime as dt

import pytest

from offices.models import JournalEntry
from providers.models import Agreement, Provider
from providers.services import agreements
from providers.services.agreements import AgreementEndsTooEarly, AgreementNotInForce
from providers.succession import AlreadyEntered
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db


def sign(provider: Provider, valid_from: dt.date, **given: object) -> Agreement:
    return agreements.sign_agreement(
        **{"number": "С-1", "signed_on": valid_from, "by": make.staff(), "at": AT} | given,
        provider=provider,
        valid_from=valid_from,
    )


def test_signs_an_agreement_and_ends_the_former_one() -> None:
    provider, office = make.provider(), make.office()
    former = sign(provider, LONG_AGO, office=office)
    sign(provider, MONTH, office=office, number="С-2")
    former.refresh_from_db()
    assert former.valid_to == MONTH
    entries = JournalEntry.objects.filter(office=office).order_by("number")
    assert [entry.subject for entry in entries] == ["соглашение об обмене № С-1", "соглашение об обмене № С-2"]


def test_leaves_agreements_with_other_offices_alone() -> None:
    provider = make.provider()
    other = sign(provider, LONG_AGO, office=make.office())
    sign(provider, MONTH, office=make.office())
    other.refresh_from_db()
    assert other.valid_to is None


def test_signs_before_an_agreement_that_follows() -> None:
    provider, office = make.provider(), make.office()
    sign(provider, MONTH, office=office)
    early = sign(provider, LONG_AGO, office=office, valid_to=MONTH + dt.timedelta(days=400))
    assert early.valid_to == MONTH


def test_refuses_two_agreements_from_one_day() -> None:
    provider, office = make.provider(), make.office()
    sign(provider, MONTH, office=office)
    with pytest.raises(AlreadyEntered):
        sign(provider, MONTH, office=office, number="С-2")


def test_refuses_an_agreement_that_ends_before_it_begins() -> None:
    with pytest.raises(AgreementEndsTooEarly, match="раньше, чем начинается"):
        sign(make.provider(), MONTH, office=make.office(), valid_to=MONTH)


def test_ends_an_agreement_after_its_last_day() -> None:
    row = sign(make.provider(), LONG_AGO, office=make.office())
    agreements.end_agreement(agreement_id=row.pk, valid_to=MONTH, by=make.staff(), at=AT)
    row.refresh_from_db()
    assert row.valid_to == MONTH
    assert JournalEntry.objects.filter(office=row.office, event="прекращено").exists()


def test_refuses_to_end_an_agreement_that_has_ended() -> None:
    row = make.agreement(valid_to=LONG_AGO + dt.timedelta(days=10))
    with pytest.raises(AgreementNotInForce, match="не действует"):
        agreements.end_agreement(agreement_id=row.pk, valid_to=MONTH, by=make.staff(), at=AT)


def test_names_who_answers_for_an_agreement() -> None:
    row = agreements.name_contact(agreement_id=make.agreement().pk, contact=" Орлова  Н. П. ")
    assert row.contact == "Орлова Н. П."
