"""A granted application becomes a right from the next month, with a case and the people it covers."""

import datetime as dt
from typing import Any

import pytest

from offices.models import JournalEntry, Office, Staff
from recipients.eligibility import FirstMonth
from recipients.models import Application, ApplicationDocument, CaseDocument, Entitlement, Recipient
from recipients.services import applications
from recipients.services.applications import ApplicationDecided, GrantedByAnotherProcedure
from recipients.services.cases import CaseOfAnotherOffice
from recipients.services.coverage import AlreadyEntitled, CertificateDoesNotReach, CoveredPerson, CoversOnlyOneself
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

A_CHILD = dt.date(2015, 5, 5)
RECEIVED = dt.date(2026, 10, 15)


@pytest.fixture
def office() -> Office:
    return factories.office()


@pytest.fixture
def specialist(office: Office) -> Staff:
    return factories.staff("calculation", office=office)


def grant(application: Application, by: Staff, **given: Any) -> Entitlement:
    return applications.grant_application(
        **{
            "application_id": application.pk,
            "certificate": "МСЭ-2020 № 0001",
            "certificate_valid_to": None,
            "covered": [],
            "shelf": "стеллаж 4",
            "first_month": FirstMonth.NEXT,
            "by": by,
            "at": AT,
        }
        | given
    )


def of_adult(office: Office, **given: Any) -> Application:
    return factories.application(**{"office": office, "received_on": RECEIVED} | given)


def of_family(office: Office, **given: Any) -> Application:
    child = factories.person(birth_date=A_CHILD)
    return of_adult(office, **{"disabled_person": child, "category": "child"} | given)


@pytest.mark.parametrize(
    ("received", "begins"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 11, 1)),
        (dt.date(2026, 10, 31), dt.date(2026, 11, 1)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
    ],
    ids=["on the first", "on the last", "at the year's end"],
)
def test_begins_with_the_month_after_the_application(
    office: Office, specialist: Staff, received: dt.date, begins: dt.date
) -> None:
    assert grant(of_adult(office, received_on=received), specialist).valid_from == begins


def test_pays_an_adult_and_covers_nobody_else(office: Office, specialist: Staff) -> None:
    application = of_adult(office)
    right = grant(application, specialist)
    application.refresh_from_db()
    assert right.recipient.person == application.disabled_person
    assert (right.holder, right.category) == ("adult", "2")
    assert [row.person for row in right.persons.all()] == [application.disabled_person]
    assert (application.status, application.recipient) == ("granted", right.recipient)


def test_pays_the_representative_and_covers_the_child_and_the_family(office: Office, specialist: Staff) -> None:
    application = of_family(office)
    mother, brother = application.applicant, factories.person()
    covered = [CoveredPerson(mother, "мать"), CoveredPerson(brother, "брат")]
    right = grant(application, specialist, covered=covered)
    assert right.recipient.person == mother
    relations = dict(right.persons.values_list("person", "relation"))
    assert relations == {application.disabled_person.pk: "ребёнок-инвалид", mother.pk: "мать", brother.pk: "брат"}


def test_opens_a_case_with_an_inventory(office: Office, specialist: Staff) -> None:
    application = of_adult(office)
    ApplicationDocument.objects.create(application=application, kind="identity", sheets=2, note="паспорт")
    recipient = grant(application, specialist).recipient
    assert (recipient.case_number, recipient.shelf, recipient.opened_on) == ("1/2026", "стеллаж 4", AT.date())
    titles = CaseDocument.objects.filter(recipient=recipient).order_by("number").values_list("number", "title")
    assert list(titles) == [
        (1, f"заявление № {application.number} от 15.10.2026"),
        (2, "копия документа, удостоверяющего личность (паспорт)"),
    ]
    assert JournalEntry.objects.get(office=office).event == "мера назначена"


def test_keeps_an_open_case_and_goes_on_with_its_inventory(office: Office, specialist: Staff) -> None:
    first = of_adult(office)
    right = grant(first, specialist)
    fuel = of_adult(office, kind="fuel", applicant=first.applicant)
    assert grant(fuel, specialist) == right
    assert Recipient.objects.count() == 1
    assert list(CaseDocument.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_pays_for_fuel_only_beside_a_right(office: Office, specialist: Staff) -> None:
    with pytest.raises(GrantedByAnotherProcedure, match="приложения 2"):
        grant(of_adult(office, kind="fuel"), specialist)


def test_leaves_an_heirs_application_to_the_decision_on_the_sums(office: Office, specialist: Staff) -> None:
    heir, deceased = of_adult(office, kind="heir"), factories.recipient(office=office)
    with pytest.raises(GrantedByAnotherProcedure, match="приложение 5"):
        grant(heir, specialist)
    granted = applications.grant_heir_application(
        application_id=heir.pk, recipient_id=deceased.pk, by=specialist, at=AT
    )
    assert (granted.status, granted.recipient) == ("granted", deceased)
    with pytest.raises(GrantedByAnotherProcedure):
        applications.grant_heir_application(
            application_id=of_adult(office).pk, recipient_id=deceased.pk, by=specialist, at=AT
        )


def test_refuses_a_second_right_for_one_disabled_person(office: Office, specialist: Staff) -> None:
    first = of_adult(office)
    grant(first, specialist)
    with pytest.raises(AlreadyEntitled, match=r"уже назначена с 01\.11\.2026"):
        grant(of_adult(office, applicant=first.applicant), specialist)
    assert Entitlement.objects.count() == 1


def test_grants_again_after_the_former_right_ended(office: Office, specialist: Staff) -> None:
    recipient = factories.recipient(office=office)
    factories.entitlement(recipient=recipient, valid_to=dt.date(2026, 11, 1))
    assert grant(of_adult(office, applicant=recipient.person), specialist).valid_from == dt.date(2026, 11, 1)


def test_refuses_a_family_member_whom_another_right_covers(office: Office, specialist: Staff) -> None:
    disabled = factories.entitlement(recipient=factories.recipient(office=office)).disabled_person
    application = of_family(office)
    with pytest.raises(AlreadyEntitled, match="одного человека учитывают один раз"):
        grant(application, specialist, covered=[CoveredPerson(disabled, "отец")])


def test_refuses_one_family_member_named_twice(office: Office, specialist: Staff) -> None:
    application = of_family(office)
    mother = CoveredPerson(application.applicant, "мать")
    with pytest.raises(AlreadyEntitled, match="дважды"):
        grant(application, specialist, covered=[mother, mother])


def test_refuses_family_members_of_an_adult(office: Office, specialist: Staff) -> None:
    with pytest.raises(CoversOnlyOneself):
        grant(of_adult(office), specialist, covered=[CoveredPerson(factories.person(), "жена")])


@pytest.mark.parametrize(
    ("certificate", "valid_to"),
    [("  ", None), ("МСЭ № 1", dt.date(2026, 11, 1))],
    ids=["none named", "ended the day before"],
)
def test_refuses_a_certificate_that_does_not_reach_the_right(
    office: Office, specialist: Staff, certificate: str, valid_to: dt.date | None
) -> None:
    with pytest.raises(CertificateDoesNotReach):
        grant(of_adult(office), specialist, certificate=certificate, certificate_valid_to=valid_to)


def test_refuses_a_person_whose_case_another_office_keeps(office: Office, specialist: Staff) -> None:
    elsewhere = factories.recipient()
    with pytest.raises(CaseOfAnotherOffice, match=elsewhere.office.name):
        grant(of_adult(office, applicant=elsewhere.person), specialist)


def test_grants_an_application_once(office: Office, specialist: Staff) -> None:
    application = of_adult(office)
    grant(application, specialist)
    with pytest.raises(ApplicationDecided):
        grant(application, specialist)
