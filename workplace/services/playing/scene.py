"""What every step of a played month is given."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offices import selectors
from offices.models import Job, Office
from offices.refusals import Refusal
from workplace.services.playing.cast import Cast, cast_on
from workplace.services.playing.timetable import Timetable
from workplace.simulation.manners import Manners

REGION = "demo_region"


class NoRegion(Refusal):
    """There is no demo region to play a month in."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A month to play: where, by whom, when, with what dice, and how jobs are done.

    `calculate` does the given jobs and returns when they are done or raises.
    """

    month: dt.date
    offices: Sequence[Office]
    cast: Cast
    timetable: Timetable
    seed: int
    manners: Manners
    calculate: Callable[[Sequence[Job]], None]

    @property
    def chosen(self) -> Office:
        """The office of the month in which things go wrong: a register rejected, a run returned."""
        return self.offices[(self.month.year * 12 + self.month.month) % len(self.offices)]


def scene_of(
    *,
    month: dt.date,
    manners: Manners,
    calculate: Callable[[Sequence[Job]], None],
    office_codes: Sequence[str] = (),
    timetable: Timetable | None = None,
) -> Scene:
    """Set the scene in the demo region, in all its offices or some; without a timetable by the usual one.

    Raises NoRegion.
    """
    region = Job.objects.filter(kind=REGION, state=Job.State.DONE).first()
    if region is None:
        raise NoRegion("Учебной области нет: сначала создайте её командой demo_region.")
    offices = [office for office in selectors.district_offices() if not office_codes or office.code in office_codes]
    return Scene(
        month=month,
        offices=offices,
        cast=cast_on(day=month),
        timetable=timetable or Timetable(month),
        seed=int(region.parameters["seed"]),
        manners=manners,
        calculate=calculate,
    )
