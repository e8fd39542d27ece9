"""What a list of people says is seen in accrued months before it is accepted, and accepted with its order."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from calculations.models import Recalculation
from exchange.models import ExchangeFile, PensionDifference
from exchange.services import layouts, pension_data
from exchange.services.pension_paper import PaperLine, Visas, enter_paper_list
from housing.models import Residence
from offices.models import Role
from tests import factories
from tests.calculations import made, town
from tests.calculations.retroactive import NOVEMBER, OCTOBER, SEPTEMBER, TODAY, approve, approved, billed_family
from tests.exchange.pension_files import agreeing, pension_file
from tests.factories import AT
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db
DIED_ON = dt.date(2026, 9, 30)


@pytest.fixture
def office():
    town.directories()
    factories.unit()
    layouts.install_presets(by=factories.staff(), confirmed_by=factories.staff(), at=AT)
    return factories.office()


@pytest.fixture
def clerk(office):
    return browser_of(factories.staff(Role.CALCULATION, office=office))


@pytest.fixture
def family(office):
    found = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    factories.open_month(NOVEMBER)
    return found


def told(family: town.Family, **said: Any) -> PensionDifference:
    """The proposal that the fund's file of November makes of the recipient."""
    content = pension_file(agreeing(family.right) | {"file_month": NOVEMBER} | said)
    file = pension_data.receive_pension_file(
        content=content, name="PFR.dbf", month=NOVEMBER, by=factories.staff(), at=AT
    )
    return PensionDifference.objects.get(file=file, recipient=family.recipient)


def moved(family: town.Family, day: dt.date) -> PensionDifference:
    """The proposal of a municipality's list on paper: the recipient was taken off the register of the dwelling."""
    person, office = family.recipient.person, family.recipient.office
    line = PaperLine(
        person.snils or "", person.last_name, person.first_name, person.middle_name, person.birth_date, "moved", day, ""
    )
    enter_paper_list(
        kind=ExchangeFile.Kind.COUNCIL, office=office, month=NOVEMBER, lines=[line],
        visas=Visas("Петрова А. А.", AT.date(), AT.date()), by=factories.staff(Role.INTAKE, office=office), at=TODAY,
    )  # fmt: skip
    return PensionDifference.objects.get(kind="moved")


def page_of(clerk: Client, row: PensionDifference) -> str:
    answer = clerk.get(reverse("pension-proposal", args=[row.pk]), {"m": "2026-11"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def accept(clerk: Client, row: PensionDifference, seen: str = "") -> str:
    address = f"{reverse('pension-decide', args=[row.pk])}?m=2026-11"
    page = clerk.post(address, {"decision": "accepted", "seen": seen}, follow=True).content.decode()
    row.refresh_from_db()
    return " ".join(page.replace("\xa0", " ").split())


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_orders_the_months_of_everybody_in_the_dwelling_of_the_dead(family, office, clerk) -> None:
    """The dead recipient's October is no matter of an order; the neighbour's share of it grows to a half."""
    other = factories.recipient(office=office, person=family.people[1])
    factories.supported_dwelling(recipient=other, dwelling=family.account.dwelling, valid_from=town.LONG_BEFORE)
    factories.entitlement(recipient=other, category="2", valid_from=town.LONG_BEFORE)
    factories.open_month(NOVEMBER)
    charge = factories.charge(
        recipient=other, account=family.account, service=factories.service(code="21"), billed=Decimal("1658.56"),
        quantity=Decimal("0.9990"), month=NOVEMBER, is_metered=True,
    )  # fmt: skip
    approved(office, NOVEMBER)
    row = told(family, death_date=dt.date(2026, 10, 31))
    page = page_of(clerk, row)
    assert charge.recipient.person.full_name in page
    assert "Вместе за ноябрь 2026" in page
    assert Recalculation.objects.count() == 0
    assert "Подготовлен перерасчёт № 1" in accept(clerk, row, seen_on(page))
    order = Recalculation.objects.get()
    assert (order.cause, order.changed_from, order.status) == ("death", NOVEMBER, "prepared")
    assert {(one.recipient_id, one.month) for one in order.months.all()} == {(other.pk, NOVEMBER)}
    assert approve(order).status == "approved"


def test_shows_what_was_accrued_after_a_death_and_where_that_leads(family, clerk) -> None:
    row = told(family, death_date=DIED_ON)
    page = page_of(clerk, row)
    assert "за месяцы после смерти начислено 804,25 ₽" in page
    assert "просит вернуть банк или почту" in page
    accept(clerk, row, seen_on(page))
    assert row.decision == "accepted"
    assert not Recalculation.objects.exists()


def test_is_not_accepted_unseen(family, clerk) -> None:
    row = told(family, death_date=DIED_ON)
    assert "Посмотрите, что изменится" in accept(clerk, row)
    assert row.decision == "open"
    assert "разница стала другой" in accept(clerk, row, "0" * 32)
    family.recipient.person.refresh_from_db()
    assert (row.decision, family.recipient.person.death_date) == ("open", None)


def test_ends_the_registration_of_who_moved_and_orders_what_was_paid_since(family, clerk) -> None:
    row = moved(family, OCTOBER)
    page = page_of(clerk, row)
    assert "−804,25" in page
    assert "Подготовлен перерасчёт" in accept(clerk, row, seen_on(page))
    assert Residence.objects.get(person=family.people[0]).valid_to == OCTOBER
    (month,) = Recalculation.objects.get().months.all()
    assert (month.month, month.accrued, month.recalculated) == (OCTOBER, Decimal("804.25"), Decimal("0.00"))


def test_says_why_a_proposal_cannot_be_accepted_while_a_run_reads_the_facts(family, office, clerk) -> None:
    row = told(family, death_date=DIED_ON)
    made.run(office=office, month=NOVEMBER)
    assert "Принять сейчас нельзя. Расчёт района ещё выполняется" in page_of(clerk, row)
    assert "Расчёт района ещё выполняется" in accept(clerk, row)
    assert row.decision == "open"
