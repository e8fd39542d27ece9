"""A family in a house with a stove, and what it applies for: the dossier's EX-8 and EX-9."""

import datetime as dt
from decimal import Decimal
from typing import Any

from calculations.inputs.fuel_order import Wish
from calculations.models import FuelAssignment, FuelItem, FuelPart, Parameter
from calculations.services import fuel
from housing.models import DwellingFacts
from offices.models import Role
from providers.models import SaleNorm
from tests import factories
from tests.calculations import town
from tests.providers.fuelled import bottled_gas, fuel_directories, solid_fuel

COAL = (Wish("coal", Decimal(2)), Wish("kindling", Decimal(1), "чек № 7"))
IN_SEPTEMBER = dt.date(2026, 9, 10)


def house(office: Any = None, **given: Any) -> town.Family:
    """A disabled person alone in a house of 30 m² without central heating."""
    office = office or factories.office()
    made = town.family(office, **{"residents": 1, "area": "30"} | given)
    DwellingFacts.objects.filter(dwelling=made.account.dwelling).update(has_central_heating=False, stove="solid")
    return made


def directories(**parameters: str) -> None:
    """Enter what fuel needs, and the town's directories where they are not entered yet."""
    solid_fuel()
    bottled_gas()
    if not Parameter.objects.exists():
        town.directories(**parameters)
    if not SaleNorm.objects.exists():
        fuel_directories()


def prepared(of: town.Family, *, rule: str = "solid_fuel", wishes: Any = COAL, **given: Any) -> FuelAssignment:
    made = {"received_on": IN_SEPTEMBER, "months": None, "way": "in_person", "at": factories.AT} | given
    made["by"] = made.get("by") or factories.staff(Role.CALCULATION, office=of.recipient.office)
    return fuel.prepare_fuel(recipient=of.recipient, rule=rule, wishes=wishes, **made)


def assigned(of: town.Family, **given: Any) -> FuelAssignment:
    made = prepared(of, **given)
    head = factories.staff(Role.HEAD, office=of.recipient.office)
    return fuel.confirm_fuel(assignment_id=made.pk, by=head, at=factories.AT)


def refused(of: town.Family) -> FuelAssignment:
    made = prepared(of)
    factories.ground(kind="refusal", code="О06")
    head = factories.staff(Role.HEAD, office=of.recipient.office)
    facts = "В доме с 2024 года проведено центральное отопление, акт от 01.02.2024."
    refused = fuel.refuse_fuel(assignment_id=made.pk, ground_code="О06", facts=facts, by=head, at=factories.AT)
    refused.application.refresh_from_db()
    return refused


def assignment() -> FuelAssignment:
    directories()
    return prepared(house())


def confirmed() -> FuelAssignment:
    directories()
    return assigned(house())


def item() -> FuelItem:
    return assignment().items.get(fuel="coal")


def part() -> FuelPart:
    return assignment().parts.get(number=1)
