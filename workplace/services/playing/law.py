"""What the law asks for besides the month's round: corrections, overpayments, fuel, debts, claims of heirs, directories.

After each whole month of the demo some of it happens and goes into the next one; on the day of the demo more waits.
"""

import datetime as dt

from calculations.models import FuelAssignment
from offices.models import BillingMonth, Office
from offices.months import month_of, next_month
from workplace.services.playing import debts, fuel, guarded, heirs, overpaid, retroactive
from workplace.services.playing.choosing import some_offices
from workplace.services.playing.days import DemoDays
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

ASKED_DAYS_AGO, ACT_DAYS_AGO = 3, 2  # working days before the last one


def happen_after_month(*, scene: Scene, desk: Office | None = None) -> None:
    """Play what follows a whole month; once the next one is open, all of it has been played.

    On the `desk` an order of recalculation is left to be approved: its fact is known before the next month is asked
    about, as the answers of providers tell the same household.
    """
    if BillingMonth.objects.filter(month=next_month(scene.month)).exists():
        return
    fuel.apply_for_fuel(scene=scene)
    debts.ask_and_suspend(scene=scene)
    overpaid.find_overpaid(scene=scene)
    retroactive.correct_past(scene=scene)
    if desk is not None:
        at = scene.timetable.at(Moment.FACTS_CHANGED, days_later=1)
        retroactive.report_departure(scene=scene, office=desk, left_on=scene.month, at=at)


def leave_cases(*, scene: Scene, days: DemoDays, desk: Office | None) -> None:
    """Leave something of every kind to be done: on the chosen desk, or in one office of the scene."""
    office = desk or some_offices(scene=scene, what="cases")[0]
    at = scene.timetable.at(Moment.WAITING)
    overpaid.find_one(scene=scene, office=office, month=days.whole[-1], at=at)
    for rule in (FuelAssignment.Rule.SOLID_FUEL, FuelAssignment.Rule.BOTTLED_GAS):
        fuel.leave_application(scene=scene, office=office, rule=rule, at=at)
    _leave_debts(scene, office, days)
    heirs.leave_claim(scene=scene, at=at)
    guarded.leave_rows(scene=scene, office=office, since=next_month(month_of(days.today)))


def _leave_debts(scene: Scene, office: Office, days: DemoDays) -> None:
    """Leave a request without an answer, and a court act about one of the people by which nothing is suspended yet."""
    asked = debts.ask(scene=scene, office=office, at=_on(scene, days, ASKED_DAYS_AGO))
    if asked is None:
        return
    at, owing = _on(scene, days, ACT_DAYS_AGO), asked.answers.select_related("recipient__office").earliest("pk")
    debts.bring_court_act(scene=scene, recipient=owing.recipient, provider=asked.provider, at=at)


def _on(scene: Scene, days: DemoDays, ago: int) -> dt.datetime:
    day = days.working_days[max(-1 - ago, -len(days.working_days))]
    return scene.timetable.at(Moment.WAITING).replace(year=day.year, month=day.month, day=day.day)
