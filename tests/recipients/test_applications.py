"""An application is registered under its number, checked, and refused with reasons."""

import datetime as dt
from typing import Any

import pytest

from offices import files
from offices.models import JournalEntry, Office, Staff
from recipients.models import Application, Ground
from recipients.selectors import GroundNotInForce
from recipients.services import applications
from recipients.services.admission import (
    CategoryDoesNotFitAge,
    DocumentListedTwice,
    DocumentNotProvidedFor,
    HandedDocument,
    NoAuthority,
    NotReceivedYet,
    PersonDied,
)
from recipients.services.applications import ApplicationDecided, FactsMissing
from recipients.services.own_case import OwnCase
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

FACTS = "К заявлению приложены квитанции за сентябрь 2026 года, справка об инвалидности не приложена."
A_CHILD = dt.date(2015, 5, 5)


@pytest.fixture
def office() -> Office:
    return factories.office()


@pytest.fixture
def specialist(office: Office) -> Staff:
    return factories.staff("intake", office=office, position="Специалист по приёму")


def register(office: Office, by: Staff, **given: Any) -> Application:
    person = given.get("applicant") or factories.person()
    return applications.register_application(
        **{
            "office": office,
            "kind": "equivalent",
            "way": "in_person",
            "received_on": AT.date(),
            "applicant": person,
            "disabled_person": person,
            "category": "2",
            "address": "214000, г. Смоленск, ул. Ленина, д. 1",
            "is_place_of_stay": False,
            "channel": "почта",
            "documents": [HandedDocument("certificate", 2, "МСЭ-2020 № 1"), HandedDocument("receipts", 3)],
            "by": by,
            "at": AT,
        }
        | given
    )


def test_numbers_applications_in_one_series_of_an_office_and_year(office: Office, specialist: Staff) -> None:
    later = AT.replace(year=2027)
    numbers = [register(office, specialist, at=at).number for at in (AT, AT, later)]
    assert numbers == ["1/2026", "2/2026", "1/2027"]
    assert register(factories.office(), specialist).number == "1/2026"


def test_writes_the_application_into_the_journal(office: Office, specialist: Staff) -> None:
    application = register(office, specialist)
    line = JournalEntry.objects.get(office=office)
    assert (line.item, line.event, line.way, line.rows) == ("3.2", "заявление зарегистрировано", "paper", 2)
    assert str(application) in line.subject
    assert line.by == specialist


def test_takes_the_day_the_office_received_the_post_as_the_day_of_application(
    office: Office, specialist: Staff
) -> None:
    posted = register(office, specialist, way="post", received_on=dt.date(2026, 9, 30))
    assert posted.received_on == dt.date(2026, 9, 30)
    assert posted.registered_at == AT


def test_refuses_a_day_that_has_not_come(office: Office, specialist: Staff) -> None:
    with pytest.raises(NotReceivedYet, match=r"16\.10\.2026"):
        register(office, specialist, received_on=dt.date(2026, 10, 16))


@pytest.mark.parametrize(
    ("kind", "category", "document", "item"),
    [
        ("equivalent", "2", "death", "2.5.1"),
        ("equivalent", "2", "family", "2.5.1"),
        ("equivalent", "2", "паспорт супруга", "2.5.1"),
        ("fuel", "2", "receipts", "2.5.2"),
        ("bottled_gas", "2", "identity", "2.5.3"),
        ("heir", "2", "certificate", "2.5.4"),
    ],
    ids=["a death for the living", "kinship for an adult", "out of the list", "fuel", "gas", "heir"],
)
def test_refuses_a_document_the_regulation_does_not_name(
    office: Office, specialist: Staff, kind: str, category: str, document: str, item: str
) -> None:
    with pytest.raises(DocumentNotProvidedFor) as refusal:
        register(office, specialist, kind=kind, category=category, documents=[HandedDocument(document)])
    assert "2.5.5" in str(refusal.value)
    assert f"пунктом {item}:" in str(refusal.value)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("kind", "documents"),
    [
        ("equivalent", ["certificate", "receipts", "identity", "residence"]),
        ("fuel", []),
        ("bottled_gas", []),
        ("heir", ["death", "kinship", "joint_residence"]),
    ],
    ids=["appendix 2", "fuel", "gas", "heir"],
)
def test_takes_every_document_the_regulation_names(
    office: Office, specialist: Staff, kind: str, documents: list[str]
) -> None:
    handed = [HandedDocument(document) for document in documents]
    application = register(office, specialist, kind=kind, documents=handed)
    assert sorted(application.documents.values_list("kind", flat=True)) == sorted(documents)


def test_refuses_one_document_listed_twice(office: Office, specialist: Staff) -> None:
    with pytest.raises(DocumentListedTwice):
        register(office, specialist, documents=[HandedDocument("identity"), HandedDocument("identity")])


def test_refuses_a_stranger_who_applies_for_a_child(office: Office, specialist: Staff) -> None:
    child, mother = factories.person(birth_date=A_CHILD), factories.person()
    given = {"applicant": mother, "disabled_person": child, "category": "child"}
    with pytest.raises(NoAuthority, match="законного представителя"):
        register(office, specialist, **given)
    factories.representative(represented=child, representative=mother)
    assert register(office, specialist, **given).disabled_person == child


@pytest.mark.parametrize(
    ("born", "category", "fits"),
    [
        (dt.date(2008, 10, 16), "child", True),
        (dt.date(2008, 10, 15), "child", False),
        (dt.date(2008, 10, 15), "1", True),
        (dt.date(2008, 10, 16), "1", False),
    ],
    ids=["a day before coming of age", "a child of age", "an adult since today", "a group before coming of age"],
)
def test_fits_the_category_to_the_age_on_the_day_of_application(
    office: Office, specialist: Staff, born: dt.date, category: str, fits: bool
) -> None:
    given = {"applicant": factories.person(birth_date=born), "category": category, "documents": []}
    if fits:
        assert register(office, specialist, **given).category == category
    else:
        with pytest.raises(CategoryDoesNotFitAge):
            register(office, specialist, **given)


def test_refuses_an_application_of_the_dead(office: Office, specialist: Staff) -> None:
    with pytest.raises(PersonDied):
        register(office, specialist, applicant=factories.person(death_date=dt.date(2026, 9, 1)))


def test_refuses_a_specialist_who_takes_an_application_from_oneself(office: Office) -> None:
    person = factories.person()
    herself = factories.staff("intake", office=office, snils=person.snils)
    with pytest.raises(OwnCase):
        register(office, herself, applicant=person)


def refuse(application: Application, by: Staff, ground: Ground, **given: Any) -> Application:
    return applications.refuse_application(
        **{"application_id": application.pk, "ground_code": ground.code, "facts": FACTS, "by": by, "at": AT} | given
    )


def test_refuses_an_application_with_a_letter(office: Office, specialist: Staff) -> None:
    ground = factories.ground()
    refused = refuse(register(office, specialist), specialist, ground)
    assert (refused.status, refused.ground, refused.decided_by) == ("refused", ground, specialist)
    assert refused.decision_file is not None
    assert files.read(refused.decision_file).startswith(b"%PDF")
    line = JournalEntry.objects.get(office=office, event="отказано в приёме заявления")
    assert line.sha256 == refused.decision_file.sha256


@pytest.mark.parametrize("facts", ["", "   ", "нет справки", "н е т   с п р а в к и"], ids=repr)
def test_refuses_nothing_without_facts(office: Office, specialist: Staff, facts: str) -> None:
    with pytest.raises(FactsMissing):
        refuse(register(office, specialist), specialist, factories.ground(), facts=facts)


@pytest.mark.parametrize(
    "given",
    [{"kind": "termination"}, {"valid_to": dt.date(2026, 10, 15)}, {"valid_from": dt.date(2026, 10, 16)}],
    ids=["a ground of termination", "ended yesterday", "begins tomorrow"],
)
def test_refuses_nothing_on_a_ground_that_is_not_in_force(
    office: Office, specialist: Staff, given: dict[str, Any]
) -> None:
    with pytest.raises(GroundNotInForce):
        refuse(register(office, specialist), specialist, factories.ground(**given))


def test_decides_an_application_once(office: Office, specialist: Staff) -> None:
    application, ground = register(office, specialist), factories.ground()
    refuse(application, specialist, ground)
    with pytest.raises(ApplicationDecided):
        refuse(application, specialist, ground)
    assert JournalEntry.objects.filter(office=office, event="отказано в приёме заявления").count() == 1
