"""What stands in the played database: September from opening to answers, October standing in the middle of the road.

Every office has stopped in October at another step, so every screen has something to show and something to do.
"""

from dataclasses import dataclass, replace

from exchange.models import ExchangeFile
from offices.models import Office
from tests.workplace.month.playing import OCTOBER, SEPTEMBER, WILD, play, scene, seed
from workplace.services.playing import returns
from workplace.services.playing.month import Step, steps_of
from workplace.simulation.manners import Manners

RECIPIENTS = 200
CHECKED = "66401"
"""Smolensk: files are checked, nothing is decided about what was found."""
LOADED = "66205"
"""Charges are loaded, nothing is calculated."""
ASKED = "66244"
"""Requests are sent, no file has come back."""
SUBMITTED = "66236"
"""The run is submitted and waits for the department's review."""
OFFICES = (CHECKED, LOADED, ASKED, SUBMITTED)
BEFORE_ANSWERS = "3.9"
CARELESS = replace(WILD, silent=0.0, truncated=0.0, wrong_month=0.0, area=0.8, residents=0.7, tariff=0.5)
"""How the providers of Smolensk answer in October: the files are whole, hardly a row agrees."""


@dataclass(frozen=True, slots=True)
class _Road:
    """How far an office goes in October: all its steps before the item."""

    office: str
    before: str
    manners: Manners = WILD


ROADS = (_Road(CHECKED, "3.10", CARELESS), _Road(LOADED, "3.12"), _Road(SUBMITTED, "3.13"))


def play_the_ground() -> None:
    """Make the region and play its month and a half."""
    seed(RECIPIENTS, month=SEPTEMBER)
    play(SEPTEMBER, offices=(CHECKED, LOADED, SUBMITTED))
    together = steps_of(scene=scene(OCTOBER, offices=OFFICES))
    for step in together[: _of_item(together, BEFORE_ANSWERS)]:
        step.play()
    for road in ROADS:
        steps = steps_of(scene=scene(OCTOBER, offices=(road.office,), manners=road.manners))
        for step in steps[_of_item(steps, BEFORE_ANSWERS) : _of_item(steps, road.before)]:
            step.play()
    _check_files(Office.objects.get(code=CHECKED))


def _of_item(steps: list[Step], item: str) -> int:
    return next(place for place, step in enumerate(steps) if step.item == item)


def _check_files(office: Office) -> None:
    set_on = scene(OCTOBER, offices=(office.code,))
    came = ExchangeFile.objects.filter(kind="return", office=office, month=OCTOBER, status="received")
    returns.verify_files(scene=set_on, files_=came.order_by("provider__code", "pk"))
