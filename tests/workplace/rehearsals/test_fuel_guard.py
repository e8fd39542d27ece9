"""Norms of sale and prices of fuel under the guard: seen on applications, in roubles, before a second person decides."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import FuelAssignment
from calculations.services import parameters
from calculations.services.fuel_guard import fuel_effects
from offices.models import Role
from providers.models import FuelPrice, SaleNorm
from providers.services import directories, fuel_directories
from providers.services.directories import WHOLE_REGION, NormShape, RowScope
from providers.services.fuel_directories import NormOfSale
from tests import factories
from tests.calculations import fuelled, town
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
NEXT_YEAR, SEPTEMBER = dt.date(2027, 1, 1), dt.date(2026, 9, 1)


@pytest.fixture
def of() -> town.Family:
    """EX-8: two tonnes of coal at 7 800 and a cubic metre of kindling at 1 450, half of it assigned: 8 525.00."""
    factories.open_month()
    fuelled.directories()
    made = fuelled.house()
    fuelled.assigned(made)
    return made


def price(roubles: str, valid_from: dt.date = NEXT_YEAR, **given: Any) -> FuelPrice:
    facts = {"fuel": "coal", "decree": factories.decree(), "scope": WHOLE_REGION, "by": factories.staff()} | given
    return fuel_directories.enter_fuel_price(price=Decimal(roubles), valid_from=valid_from, **facts)


def norm(tonnes: str, valid_from: dt.date = NEXT_YEAR) -> SaleNorm:
    return fuel_directories.enter_sale_norm(
        fuel="coal", norm=NormOfSale("per_household", Decimal(tonnes)), decree=factories.decree(), valid_from=valid_from,
        by=factories.staff(),
    )  # fmt: skip


def plain(answer: Any) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_shows_applications_in_roubles_before_another_person_confirms(of: town.Family) -> None:
    row = price("8000")
    head = visitor(Role.HEAD, office=of.recipient.office)
    listed = plain(head.get(reverse("guard")))
    assert "Цена топлива: уголь" in listed
    assert "+200,00" in listed
    address = reverse("guard-row", args=["fuel-price", row.pk])
    page = plain(head.get(address))
    for told in (
        "7 800,00 ₽ за т",
        "8 000,00 ₽ за т",
        of.recipient.person.full_name,
        "8 525,00",
        "8 725,00",
        "+200,00 ₽",
    ):
        assert told in page, told
    seen = head.get(address).context["effect"].mark
    assert head.post(address, {"act": "confirm", "seen": seen}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_by is not None
    assert FuelAssignment.objects.get().amount == Decimal("8525.00"), "what was assigned by a decision stays"


def test_confirms_nothing_but_what_was_seen(of: town.Family) -> None:
    row = price("8000")
    head = visitor(Role.HEAD, office=of.recipient.office)
    address = reverse("guard-row", args=["fuel-price", row.pk])
    seen = head.get(address).context["effect"].mark
    fuelled.assigned(fuelled.house(of.recipient.office))
    answer = head.post(address, {"act": "confirm", "seen": seen}, follow=True)
    assert "появились другие заявления" in plain(answer)
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_is_decided_by_another_person_than_its_author(of: town.Family) -> None:
    author = factories.staff(Role.CALCULATION, Role.HEAD, office=of.recipient.office)
    row = price("8000", by=author)
    client, address = browser_of(author), reverse("guard-row", args=["fuel-price", row.pk])
    shown = client.get(address)
    assert "Строку ввели вы" in plain(shown)
    client.post(address, {"act": "confirm", "seen": shown.context["effect"].mark})
    specialist = visitor(Role.CALCULATION, office=of.recipient.office)
    assert specialist.post(address, {"act": "confirm"}).status_code == 403
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_gives_the_former_price_back_when_it_is_refused(of: town.Family) -> None:
    row = price("8000")
    head = visitor(Role.DEPARTMENT_HEAD)
    address = reverse("guard-row", args=["fuel-price", row.pk])
    assert head.post(address, {"act": "refuse", "reason": "не тот акт"}).status_code == 302
    row.refresh_from_db()
    standing = FuelPrice.objects.get(fuel="coal", confirmed_at__isnull=False)
    assert (row.refusal_reason, standing.valid_to) == ("не тот акт", None)


def test_counts_a_norm_of_sale_as_the_rule_does(of: town.Family) -> None:
    (effect,) = fuel_effects([norm("1.5")])
    # (1.5 × 7 800 + 1 450) / 2 = 6 575.00 after 8 525.00.
    assert (effect.difference, effect.is_foreseen, effect.recipients) == (Decimal("-1950.00"), True, 1)


@pytest.mark.parametrize(
    ("days", "is_foreseen", "difference"),
    [((SEPTEMBER, None), False, "200.00"), ((dt.date(2027, 9, 1), None), True, "200.00"),
     ((dt.date(2027, 10, 1), None), True, "0.00")],
    ids=["of its own days", "of the year before", "too long ago"],
)  # fmt: skip
def test_counts_applications_of_its_days_or_of_the_year_before(
    of: town.Family, days: Any, is_foreseen: bool, difference: str
) -> None:
    (effect,) = fuel_effects([price("8000", days[0])])
    assert (effect.is_foreseen, effect.difference) == (is_foreseen, Decimal(difference))


def test_leaves_alone_whom_a_row_is_not_for(of: town.Family) -> None:
    elsewhere, here = factories.district(), of.account.dwelling.district
    rows = [
        price("9000", scope=RowScope(district=elsewhere)),
        price("9000", scope=RowScope(district=here)),
        price("9000", fuel="briquette"),
    ]
    assert [len(effect.differences) for effect in fuel_effects(rows)] == [0, 1, 0]


def test_tells_what_cannot_be_counted_by_the_row(of: town.Family) -> None:
    bands = NormOfSale("by_band", bands=[(Decimal(9), Decimal("0.8"))])
    row = fuel_directories.enter_sale_norm(
        fuel="coal", norm=bands, decree=factories.decree(), valid_from=NEXT_YEAR, by=factories.staff()
    )
    (effect,) = fuel_effects([row])
    assert (effect.impossible, effect.difference, effect.recipients) == (1, 0, 1)
    page = plain(visitor(Role.HEAD, office=of.recipient.office).get(reverse("guard-row", args=["sale-norm", row.pk])))
    assert "посчитать нельзя" in page


def test_shows_a_district_its_own_people_and_the_sums_of_all(of: town.Family) -> None:
    row = price("8000")
    stranger = visitor(Role.HEAD, office=factories.office())
    page = plain(stranger.get(reverse("guard-row", args=["fuel-price", row.pk])))
    assert of.recipient.person.full_name not in page
    assert "+200,00" in page


def test_asks_the_same_however_many_rows_of_every_directory_wait(of: town.Family) -> None:
    browser = visitor(Role.VERIFIER)

    def entered(start: dt.date) -> None:
        facts = {"decree": factories.decree(), "valid_from": start, "by": factories.staff()}
        price("8000", start)
        norm("2", start)
        sewerage = factories.service(code="14")
        directories.enter_tariff(service=sewerage, price=Decimal(20), **facts)
        directories.enter_norm(service=sewerage, shape=NormShape("per_person"), amount=Decimal(7), **facts)
        parameters.enter_parameter(code="sample_percent", value="12", **facts)

    entered(NEXT_YEAR)
    counts = []
    for more in range(3):
        browser.get(reverse("guard"))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("guard"))
        counts.append(len(queries))
        assert len(page.context["rows"]) == 5 * (more + 1)
        entered(dt.date(2027, more + 2, 1))
    assert counts[0] == counts[-1] < 15, [one["sql"][:90] for one in queries.captured_queries]
