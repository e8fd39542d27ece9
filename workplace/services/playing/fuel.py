"""Items 3.2, 2.4.3 and 2.4.4: families in houses with stoves apply for solid fuel and gas in cylinders."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.db import transaction

from calculations.inputs.fuel_order import FuelRefused, Wish
from calculations.models import FuelAssignment
from calculations.services.fuel import confirm_fuel, prepare_fuel
from housing.models import DwellingFacts, SupportedDwelling
from offices.models import Office, Role
from recipients.models import Application, Entitlement
from workplace.services.playing.choosing import rights_on
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import dice

SOLID, GAS = FuelAssignment.Rule.SOLID_FUEL, FuelAssignment.Rule.BOTTLED_GAS
FAMILIES: Final = ((SOLID, 3), (GAS, 2))
"""How many families of the region are assigned what in a month."""
TONNES: Final = (Decimal("1.8"), Decimal("2.5"), Decimal(3))
MOST_CYLINDERS: Final = 6


@transaction.atomic
def apply_for_fuel(*, scene: Scene) -> None:
    """Let some families of the region apply; another person than who counted assigns what they applied for."""
    at = scene.timetable.at(Moment.FUEL_APPLICATIONS)
    for rule, families in FAMILIES:
        if not FuelAssignment.objects.filter(rule=rule, prepared_at=at).exists():
            _apply(scene, rule, families, at)
    for made in FuelAssignment.objects.filter(prepared_at=at, status=FuelAssignment.Status.PREPARED).order_by("pk"):
        by, assigned_at = scene.cast.of(made.office, Role.HEAD), scene.timetable.at(Moment.FUEL_ASSIGNED)
        confirm_fuel(assignment_id=made.pk, by=by, at=assigned_at)


def leave_application(*, scene: Scene, office: Office, rule: str, at: dt.datetime) -> FuelAssignment | None:
    """Leave an application of an office counted by one person and not decided, unless it is there."""
    known = FuelAssignment.objects.filter(office=office, rule=rule, prepared_at=at).first()
    if known is not None:
        return known
    made = (_prepare(scene, right, rule, at) for right in _with_stoves(scene, office, rule, at.date()))
    return next((one for one in made if one is not None), None)


def _apply(scene: Scene, rule: str, families: int, at: dt.datetime) -> None:
    offices = sorted(scene.offices, key=lambda office: office.code)
    dice(scene.seed, scene.month, "fuel", rule).shuffle(offices)
    applying = (right for office in offices for right in _with_stoves(scene, office, rule, at.date()))
    done = 0
    while done < families and (right := next(applying, None)) is not None:
        done += _prepare(scene, right, rule, at) is not None


def _with_stoves(scene: Scene, office: Office, rule: str, day: dt.date) -> Sequence[Entitlement]:
    """Give those who live in a house without central heating: with a stove for fuel, without mains gas for cylinders."""
    houses = DwellingFacts.objects.valid_on(day).filter(has_central_heating=False)
    fitting = houses.filter(stove="solid") if rule == SOLID else houses.exclude(stove="gas")
    homes = SupportedDwelling.objects.valid_on(day).filter(dwelling__in=fitting.values("dwelling"))
    of = set(homes.filter(recipient__office=office).values_list("recipient_id", flat=True))
    rights = rights_on(scene=scene, office=office, day=day, what=rule)
    return [right for right in rights if right.recipient_id in of]


def _prepare(scene: Scene, right: Entitlement, rule: str, at: dt.datetime) -> FuelAssignment | None:
    """Register and count an application; None where the law gives nothing, as for a dwelling that has had its fuel."""
    recipient = right.recipient
    try:
        return prepare_fuel(
            recipient=recipient,
            rule=rule,
            way=Application.Way.IN_PERSON,
            received_on=at.date(),
            wishes=_wishes(scene, right, rule, at.date()),
            months=None,
            by=scene.cast.of(recipient.office, Role.CALCULATION),
            at=at,
        )
    except FuelRefused:
        return None


def _wishes(scene: Scene, right: Entitlement, rule: str, day: dt.date) -> tuple[Wish, ...]:
    throw = dice(scene.seed, scene.month, "wishes", right.disabled_person.snils or "")
    paper = f"чек № {throw.randint(100, 999)} от {day - dt.timedelta(days=2):%d.%m.%Y}"
    if rule == GAS:
        return (Wish("cylinder", Decimal(throw.randint(1, MOST_CYLINDERS)), paper),)
    return (Wish("coal", throw.choice(TONNES), paper), Wish("kindling", Decimal(1), paper))
