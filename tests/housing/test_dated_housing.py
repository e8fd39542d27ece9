"""Addresses, facts and registrations follow one another; what is past is not rewritten."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from housing import selectors, services
from housing.models import Dwelling
from housing.services import AddressIncomplete, AreasImpossible, DwellingDescription, NotResident, ResidenceNotPossible
from offices.models import JournalEntry, Staff
from offices.services.succession import StartsBeforeFormer
from tests import factories
from tests.factories import AT, LONG_AGO

pytestmark = pytest.mark.django_db

FIRST = dt.date(2026, 3, 1)
SECOND = dt.date(2026, 7, 1)
FLAT = DwellingDescription(
    stock="private",
    kind="flat",
    total_area=Decimal("40.50"),
    living_area=Decimal("25.00"),
    rooms=1,
    stove="gas",
    has_central_heating=True,
    amenities="full",
)


@pytest.fixture
def specialist() -> Staff:
    return factories.staff("calculation")


def address_of(by: Staff) -> Callable[[dt.date], Any]:
    person = factories.person()
    return lambda day: services.record_address(
        person=person, kind="residence", address=factories.address(), starts_on=day, by=by, at=AT
    )


def facts_of(by: Staff) -> Callable[[dt.date], Any]:
    dwelling = Dwelling.objects.create(address=factories.address(), district=factories.district())
    return lambda day: services.record_dwelling_facts(dwelling=dwelling, facts=FLAT, starts_on=day, by=by, at=AT)


def registration_of(by: Staff) -> Callable[[dt.date], Any]:
    person = factories.person()
    return lambda day: services.register_resident(
        dwelling=factories.dwelling(), person=person, basis="permanent", starts_on=day, by=by, at=AT
    )


def supported_by(by: Staff) -> Callable[[dt.date], Any]:
    recipient = factories.recipient(office=by.office)
    home = factories.residence(person=recipient.person).dwelling
    return lambda day: services.support_dwelling(
        recipient_id=recipient.pk, dwelling=home, basis="permanent", starts_on=day, by=by, at=AT
    )


DATED = pytest.mark.parametrize(
    "record", [address_of, facts_of, registration_of, supported_by], ids=lambda f: f.__name__
)


@DATED
def test_ends_the_former_row_where_the_new_one_begins(specialist: Staff, record: Any) -> None:
    write = record(specialist)
    former, newer = write(FIRST), write(SECOND)
    former.refresh_from_db()
    assert (former.valid_from, former.valid_to) == (FIRST, SECOND)
    assert (newer.valid_from, newer.valid_to) == (SECOND, None)


@DATED
@pytest.mark.parametrize("day", [FIRST, FIRST - dt.timedelta(1)], ids=["the same day", "the day before"])
def test_refuses_a_row_that_begins_no_later_than_the_former(specialist: Staff, record: Any, day: dt.date) -> None:
    write = record(specialist)
    former = write(FIRST)
    with pytest.raises(StartsBeforeFormer, match=r"01\.03\.2026"):
        write(day)
    former.refresh_from_db()
    assert former.valid_to is None


@DATED
def test_writes_a_line_into_the_offices_journal(specialist: Staff, record: Any) -> None:
    record(specialist)(FIRST)
    line = JournalEntry.objects.get(office=specialist.office)
    assert (line.item, line.by) == ("3.3", specialist)


def test_leaves_a_row_that_ended_before_as_it_is(specialist: Staff) -> None:
    write = address_of(specialist)
    former = write(FIRST)
    type(former).objects.filter(pk=former.pk).update(valid_to=dt.date(2026, 5, 1))
    write(SECOND)
    former.refresh_from_db()
    assert former.valid_to == dt.date(2026, 5, 1)


def test_keeps_addresses_of_different_kinds_apart(specialist: Staff) -> None:
    person = factories.person()
    for kind in ("residence", "postal"):
        services.record_address(
            person=person, kind=kind, address=factories.address(), starts_on=FIRST, by=specialist, at=AT
        )
    assert [row.kind for row in selectors.addresses_of(person=person, day=FIRST)] == ["postal", "residence"]


@pytest.mark.parametrize(
    "given",
    [
        {"total_area": Decimal(0), "living_area": Decimal(0)},
        {"living_area": Decimal("40.51")},
        {"total_area": Decimal("2000.01")},
        {"rooms": 0},
    ],
    ids=["no area", "more to live in than there is", "a palace", "no rooms"],
)
def test_refuses_impossible_areas(specialist: Staff, given: dict[str, Any]) -> None:
    described = {name: getattr(FLAT, name) for name in FLAT.__slots__} | given
    with pytest.raises(AreasImpossible):
        services.record_dwelling_facts(
            dwelling=factories.dwelling(), facts=DwellingDescription(**described), starts_on=FIRST, by=specialist, at=AT
        )


def test_counts_a_person_once_in_a_dwelling(specialist: Staff) -> None:
    here = factories.residence()
    with pytest.raises(ResidenceNotPossible, match="уже числится"):
        services.register_resident(
            dwelling=here.dwelling, person=here.person, basis="temporary", starts_on=FIRST, by=specialist, at=AT
        )


def test_registers_a_stay_beside_a_residence(specialist: Staff) -> None:
    home = factories.residence()
    stay = services.register_resident(
        dwelling=factories.dwelling(), person=home.person, basis="temporary", starts_on=FIRST, by=specialist, at=AT
    )
    home.refresh_from_db()
    assert (home.valid_to, stay.valid_to) == (None, None)


def test_registers_nobody_after_death(specialist: Staff) -> None:
    dead = factories.person(death_date=FIRST - dt.timedelta(1))
    with pytest.raises(ResidenceNotPossible):
        services.register_resident(
            dwelling=factories.dwelling(), person=dead, basis="permanent", starts_on=FIRST, by=specialist, at=AT
        )


@pytest.mark.parametrize("day", [LONG_AGO, dt.date(2026, 8, 1)], ids=["its first day", "after its end"])
def test_ends_a_registration_only_while_it_is_in_force(specialist: Staff, day: dt.date) -> None:
    residence = factories.residence()
    services.end_residence(residence_id=residence.pk, ends_on=SECOND, by=specialist, at=AT)
    residence.refresh_from_db()
    assert residence.valid_to == SECOND
    with pytest.raises(ResidenceNotPossible):
        services.end_residence(residence_id=residence.pk, ends_on=day, by=specialist, at=AT)


def test_counts_only_a_dwelling_in_which_somebody_entitled_is_registered(specialist: Staff) -> None:
    mother = factories.recipient(office=specialist.office)
    child = factories.person(birth_date=dt.date(2015, 5, 5))
    factories.entitlement(recipient=mother, disabled_person=child, holder="family", category="child")
    home = factories.dwelling()

    def support() -> Any:
        return services.support_dwelling(
            recipient_id=mother.pk, dwelling=home, basis="permanent", starts_on=FIRST, by=specialist, at=AT
        )

    factories.residence(dwelling=home)
    with pytest.raises(NotResident):
        support()
    factories.residence(person=child, dwelling=home)
    assert support().dwelling == home
    assert selectors.dwelling_of(recipient=mother, day=FIRST) == home
    assert selectors.dwelling_of(recipient=mother, day=FIRST - dt.timedelta(1)) is None


def test_finds_an_address_and_its_dwelling_instead_of_writing_them_twice() -> None:
    street = factories.street()
    first = services.enter_address(street=street, house=" 5 ", postal_index="214000", flat="7")
    assert services.enter_address(street=street, house="5", postal_index="214000", flat="7") == first
    dwelling = services.enter_dwelling(address=first)
    assert services.enter_dwelling(address=first) == dwelling
    assert dwelling.district == street.settlement.district


@pytest.mark.parametrize(
    ("house", "index"), [(" ", "214000"), ("5", "21400"), ("5", "21400a"), ("5", "٢١٤٠٠٠")], ids=repr
)
def test_refuses_an_address_without_a_house_or_an_index(house: str, index: str) -> None:
    with pytest.raises(AddressIncomplete):
        services.enter_address(street=factories.street(), house=house, postal_index=index)


def test_lists_residents_and_facts_of_the_period_only() -> None:
    home = factories.dwelling()
    gone = factories.residence(dwelling=home, valid_to=FIRST)
    here = factories.residence(dwelling=home)
    comes = factories.residence(dwelling=home, valid_from=SECOND)
    found = selectors.residents_in(dwelling_ids=[home.pk], start=FIRST, end=SECOND)
    assert list(found) == [here]
    assert {gone, comes}.isdisjoint(found)
    assert selectors.facts_in(dwelling_ids=[home.pk], start=FIRST, end=SECOND).get() == home.facts.get()
    assert selectors.facts_of(dwelling=home, day=FIRST) == home.facts.get()


def test_shows_a_district_the_dwellings_of_its_own_recipients() -> None:
    mine, foreign = factories.supported_dwelling(), factories.supported_dwelling()
    clerk = factories.staff("intake", office=mine.recipient.office)
    assert list(selectors.dwellings_for_user(staff=clerk, on=FIRST)) == [mine.dwelling]
    everybody = selectors.dwellings_for_user(staff=factories.staff("auditor", office=None), on=FIRST)
    assert set(everybody) == {mine.dwelling, foreign.dwelling}
    assert not selectors.dwellings_for_user(staff=factories.staff("administrator", office=None), on=FIRST)
