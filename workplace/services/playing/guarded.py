"""Item 3.3.2 (в, г): rows of directories entered by one person that wait until another has seen whom they concern."""

import datetime as dt
from decimal import Decimal
from typing import Final

from offices.models import Decree, Office, Role, Staff
from offices.money import to_kopecks
from providers.models import ConsumptionNorm, Tariff
from providers.services.directories import NormShape, enter_norm, enter_tariff
from workplace.demo.directories import decrees
from workplace.services.playing.scene import Scene

DEARER: Final = Decimal("1.094")
LESS: Final = Decimal("0.95")
WASTE, COLD_WATER = "23", "10"
ASSUMED: Final = "demo"


def leave_rows(*, scene: Scene, office: Office, since: dt.date) -> None:
    """Leave a tariff and a norm of the region from a day on, entered in an office and not confirmed, unless they are there."""
    by = scene.cast.of(office, Role.CALCULATION)
    number = next(one.number for one in decrees() if one.key == ASSUMED)
    decree = Decree.objects.get(number=number)
    _leave_tariff(since, decree, by)
    _leave_norm(since, decree, by)


def _leave_tariff(since: dt.date, decree: Decree, by: Staff) -> None:
    rows = Tariff.objects.filter(service=WASTE, provider__isnull=True, district__isnull=True, settlement__isnull=True)
    former = rows.valid_on(since - dt.timedelta(days=1)).first()
    if former is None or rows.filter(valid_from=since).exists():
        return
    enter_tariff(
        service=former.service,
        price=to_kopecks(former.price * DEARER),
        decree=decree,
        valid_from=since,
        variant=former.variant,
        is_assumed=True,
        by=by,
    )


def _leave_norm(since: dt.date, decree: Decree, by: Staff) -> None:
    rows = ConsumptionNorm.objects.filter(
        service=COLD_WATER, provider__isnull=True, district__isnull=True, settlement__isnull=True
    )
    former = rows.valid_on(since - dt.timedelta(days=1)).order_by("pk").first()
    if former is None or rows.filter(valid_from=since).exists():
        return
    enter_norm(
        service=former.service,
        shape=NormShape(
            former.basis, former.rooms, former.persons, former.stove, former.dwelling_kind, former.amenities
        ),
        amount=to_kopecks(former.amount * LESS),
        decree=decree,
        valid_from=since,
        is_assumed=True,
        by=by,
    )
