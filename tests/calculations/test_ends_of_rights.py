"""A right lasts as long as what it stands on: the certificate, or childhood; a new certificate pays back (2.4.1)."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Accrual, AccrualLine, Withheld
from calculations.services.certificates import CertificateChange
from offices.models import JournalEntry, Office, Staff
from recipients.services.certificates import CertificateNotProlonged, prolong_certificate
from tests import factories
from tests.calculations import fuelled, town
from tests.calculations.retroactive import (
    NOVEMBER,
    OCTOBER,
    TODAY,
    approve,
    approved,
    billed_family,
    changed,
    corrections,
    seen_by,
)
from tests.factories import MONTH

pytestmark = pytest.mark.django_db
WHOLE = Decimal("804.25")
"""EX-2, group II."""


@pytest.fixture
def office() -> Office:
    factories.open_month()
    town.directories()
    return factories.office()


@pytest.fixture
def clerk(office: Office) -> Staff:
    return town.specialist(office)


def accrued(office: Office) -> Decimal:
    return sum(Accrual.objects.filter(run=town.calculate(office)).values_list("accrued", flat=True), Decimal(0))


def with_certificate(office: Office, until: dt.date | None) -> town.Family:
    """The family of EX-2 in October; `until` is the first day without the certificate."""
    return billed_family(office, months=(OCTOBER,), certificate_valid_to=until)


def new_certificate(of: town.Family, **given: dt.date | None) -> CertificateChange:
    facts = {"former_valid_to": OCTOBER, "certificate_valid_to": None, "established_on": OCTOBER} | given
    return CertificateChange(right_id=of.right.pk, certificate="МСЭ-2026 № 7 от 02.10.2026", **facts)


def test_withholds_what_was_billed_after_the_certificate(office) -> None:
    with_certificate(office, MONTH)
    assert accrued(office) == 0
    held = Withheld.objects.all()
    assert {one.reason for one in held} == {"certificate_ended"}
    assert held[0].text == (
        "Срок справки об инвалидности истёк, право действовало по 30.09.2026. Когда внесут новую справку, месяцы без "
        "неё пересчитают."
    )


@pytest.mark.parametrize("until", [MONTH + dt.timedelta(days=1), NOVEMBER], ids=["one day of the month", "its end"])
def test_counts_the_month_in_which_the_certificate_ends_whole(office, until: dt.date) -> None:
    with_certificate(office, until)
    assert accrued(office) == WHOLE


@pytest.mark.parametrize(
    ("born_on", "reasons"),
    [
        pytest.param(dt.date(2008, 10, 1), {"came_of_age"}, id="eighteen on the first day"),
        pytest.param(dt.date(2008, 10, 2), set(), id="a child for one day more"),
    ],
)
def test_ends_a_familys_right_with_the_month_before_the_child_is_of_age(office, born_on, reasons: set[str]) -> None:
    family = town.family_with_a_disabled_child(office)
    family.right.disabled_person.birth_date = born_on
    family.right.disabled_person.save(update_fields=["birth_date"])
    town.bill(family, "23", "374.52", "4")
    assert (accrued(office) == 0) == bool(reasons)
    assert set(Withheld.objects.values_list("reason", flat=True)) == reasons
    assert all(
        "исполнилось 18 лет, право семьи действовало по 30.09.2026" in one.text for one in Withheld.objects.all()
    )


def test_names_no_certificate_where_the_person_had_died(office) -> None:
    family = with_certificate(office, dt.date(2028, 1, 1))
    family.recipient.person.death_date = dt.date(2026, 8, 3)
    family.recipient.person.save(update_fields=["death_date"])
    assert accrued(office) == 0
    assert set(Withheld.objects.values_list("reason", flat=True)) == {"no_right"}


def test_gives_no_part_of_fuel_without_a_certificate(office) -> None:
    fuelled.fuel_directories()
    factories.service(code="20", kind="bottled_gas", name="Баллонный газ", unit="баллон")
    lasting, ended = fuelled.house(office), fuelled.house(office)
    for one in (lasting, ended):
        fuelled.assigned(one)
    ended.right.certificate_valid_to = MONTH
    ended.right.save(update_fields=["certificate_valid_to"])
    town.calculate(office)
    assert set(AccrualLine.objects.values_list("recipient", flat=True)) == {lasting.recipient.pk}


def test_pays_back_by_an_order_when_the_next_certificate_is_entered(office, clerk) -> None:
    family = with_certificate(office, OCTOBER)
    approved(office, OCTOBER)
    change = new_certificate(family)
    assert sum(one.difference for one in seen_by(clerk, change).months) == WHOLE
    order = changed(clerk, change)
    assert (order.cause, order.changed_from, order.document) == ("certificate", OCTOBER, "МСЭ-2026 № 7 от 02.10.2026")
    approve(order)
    factories.open_month(NOVEMBER)
    lines = corrections(town.calculate(office, month=NOVEMBER))
    assert sum(lines.values()) == WHOLE
    assert {month for _, month, _ in lines} == {OCTOBER}
    assert JournalEntry.objects.filter(event="внесена новая справка", office=office).count() == 1


def test_takes_back_nothing_of_a_month_that_the_certificate_reached(office, clerk) -> None:
    family = with_certificate(office, NOVEMBER)
    approved(office, OCTOBER)
    assert seen_by(clerk, new_certificate(family, former_valid_to=NOVEMBER)).months == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"established_on": dt.date(2026, 10, 2)}, "между ними перерыв"),
        ({"certificate_valid_to": OCTOBER}, "должна действовать дольше прежней"),
        ({"former_valid_to": NOVEMBER}, "её изменил другой сотрудник"),
    ],
)
def test_refuses_a_certificate_that_does_not_go_on(office, clerk, given, words: str) -> None:
    family = with_certificate(office, OCTOBER)
    with pytest.raises(CertificateNotProlonged, match=words):
        seen_by(clerk, new_certificate(family, **given))


def test_refuses_a_certificate_for_a_right_ended_by_a_decision(office, clerk) -> None:
    family = with_certificate(office, OCTOBER)
    factories.ended(family.right, dt.date(2026, 9, 1))
    with pytest.raises(CertificateNotProlonged, match="нужно новое заявление"):
        prolong_certificate(
            entitlement_id=family.right.pk, former_valid_to=OCTOBER, certificate="МСЭ", certificate_valid_to=None,
            established_on=OCTOBER, by=clerk, at=TODAY,
        )  # fmt: skip
