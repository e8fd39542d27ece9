"""A certificate that the pension fund tells changes months accrued already: an order is prepared with the decision."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from calculations.models import Recalculation
from exchange.models import PensionDifference
from exchange.services import layouts, pension_data
from offices.models import Role
from tests import factories
from tests.calculations import town
from tests.calculations.retroactive import NOVEMBER, OCTOBER, approved, billed_family
from tests.exchange.pension_files import agreeing, pension_file
from tests.factories import AT
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db
WHOLE = Decimal("804.25")


def test_orders_what_october_is_worth_by_the_certificate_that_the_fund_tells() -> None:
    town.directories()
    office = factories.office()
    unit = factories.unit()
    layouts.install_presets(by=factories.staff(), confirmed_by=factories.staff(), at=AT)
    family = billed_family(office, months=(OCTOBER,), certificate_valid_to=OCTOBER)
    approved(office, OCTOBER)
    factories.open_month(NOVEMBER)
    content = pension_file(agreeing(family.right) | {"disability_to": dt.date(2028, 9, 30), "file_month": NOVEMBER})
    pension_data.receive_pension_file(content=content, name="PFR.dbf", month=NOVEMBER, by=factories.staff(), at=AT)
    row = PensionDifference.objects.get(kind="certificate")
    browser = browser_of(factories.staff(Role.RECEPTION, office=unit))
    address = f"{reverse('pension-decide', args=[row.pk])}?m=2026-11"
    asked = browser.get(reverse("pension-proposal", args=[row.pk]), {"m": "2026-11"}).context["shown"]
    assert asked.difference == WHOLE
    told = {"decision": "accepted", "seen": asked.found.fingerprint}
    page = browser.post(address, told, follow=True).content.decode()
    order = Recalculation.objects.get()
    assert f"Подготовлен перерасчёт № {order.number}" in page
    assert (order.office, order.cause, order.changed_from) == (office, "certificate", OCTOBER)
    (month,) = order.months.all()
    assert month.recalculated - month.accrued == WHOLE
    browser.post(address, told)
    assert Recalculation.objects.count() == 1
