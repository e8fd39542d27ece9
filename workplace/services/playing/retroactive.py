"""Item 3.3: a fact of a card turns out to have changed in a month already accrued; its order is prepared and approved."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from calculations.models import Recalculation
from calculations.services.fact_changes import Departure
from calculations.services.foreseeing import foresee, make_change
from calculations.services.recalculations import approve_recalculation
from housing.models import Residence, SupportedDwelling
from offices.models import Office, Role
from recipients.models import EntitledPerson, Recipient
from workplace.services.playing.choosing import how_many, rights_on, shuffled_offices
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

MOST_TRIED = 4


def correct_past(*, scene: Scene) -> None:
    """Prepare and approve an order in some offices: the next run of each takes it."""
    at = scene.timetable.at(Moment.FACTS_CHANGED)
    reported = (
        report_departure(scene=scene, office=office, left_on=scene.month, at=at)
        for office in shuffled_offices(scene=scene, what="left home")
    )
    for order in islice((one for one in reported if one is not None), how_many(scene=scene)):
        if order.status == Recalculation.Status.PREPARED:
            approve_recalculation(
                order_id=order.pk,
                by=scene.cast.of(order.office, Role.HEAD),
                at=scene.timetable.at(Moment.FACTS_CHANGED_APPROVED),
            )


def report_departure(*, scene: Scene, office: Office, left_on: dt.date, at: dt.datetime) -> Recalculation | None:
    """Report that somebody without a right has left a recipient's home on a day in the past, unless it is done.

    The order is of this very moment; there is none where nobody has left or no accrued month differs.
    """
    known = Recalculation.objects.filter(office=office, prepared_at=at).first()
    if known is not None:
        return known
    by = scene.cast.of(office, Role.CALCULATION)
    document = f"справка о составе семьи от {at:%d.%m.%Y}"
    for place, residence in enumerate(_may_leave(scene, office, left_on)):
        if place == MOST_TRIED:
            break
        change = Departure(residence.pk, left_on, document)
        seen = foresee(change=change, by=by, at=at)
        if seen.months:
            orders = make_change(change=change, seen=seen.fingerprint, by=by, at=at)
            return next((order for order in orders if order.office_id == office.pk), None)
    return None


def _may_leave(scene: Scene, office: Office, left_on: dt.date) -> Iterator[Residence]:
    """Give those registered with a recipient who have no right and no case of their own."""
    covered = EntitledPerson.objects.touching(left_on, dt.date.max).values("person")
    for right in rights_on(scene=scene, office=office, day=left_on, what="left home"):
        home = SupportedDwelling.objects.valid_on(left_on).filter(recipient=right.recipient_id).first()
        if home is None:
            continue
        others = (
            Residence.objects.valid_on(left_on)
            .filter(dwelling=home.dwelling_id, valid_to__isnull=True, valid_from__lt=left_on)
            .filter(person__death_date__isnull=True)
            .exclude(person__in=covered)
            .exclude(person__in=Recipient.objects.values("person"))
        )
        first = others.order_by("person__snils", "pk").first()
        if first is not None:
            yield first
