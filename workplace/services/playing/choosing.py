"""In which offices and to which families something happens in a played month: by dice, the same whenever it is played."""

import datetime as dt

from django.db.models import Q

from calculations.models import Suspension
from offices.models import Office
from recipients.models import Entitlement
from workplace.services.playing.scene import Scene
from workplace.simulation.manners import dice

ONE_OFFICE_IN = 6
HALF_A_YEAR = dt.timedelta(days=183)


def some_offices(*, scene: Scene, what: str) -> list[Office]:
    """Choose one office of six, at least one."""
    return shuffled_offices(scene=scene, what=what)[: how_many(scene=scene)]


def shuffled_offices(*, scene: Scene, what: str) -> list[Office]:
    """Return the offices of the scene in the order in which something is tried in them."""
    offices = sorted(scene.offices, key=lambda office: office.code)
    dice(scene.seed, scene.month, what).shuffle(offices)
    return offices


def how_many(*, scene: Scene) -> int:
    """Say in how many offices something happens."""
    return -(-len(scene.offices) // ONE_OFFICE_IN)


def rights_on(*, scene: Scene, office: Office, day: dt.date, what: str) -> list[Entitlement]:
    """Return the rights of living adults that go on for half a year after a day and are not suspended, shuffled."""
    lasting = Q(certificate_valid_to__isnull=True) | Q(certificate_valid_to__gt=day + HALF_A_YEAR)
    rights = Entitlement.objects.valid_on(day).filter(
        lasting, recipient__office=office, valid_to__isnull=True, holder=Entitlement.Holder.ADULT,
        disabled_person__death_date__isnull=True, disabled_person__represented__isnull=True,
    ).exclude(recipient__in=Suspension.objects.filter(status=Suspension.Status.CONFIRMED).values("recipient"))  # fmt: skip
    found = sorted(
        rights.select_related("recipient__person", "disabled_person"), key=lambda one: one.disabled_person.snils or ""
    )
    dice(scene.seed, scene.month, office.code, what).shuffle(found)
    return found
