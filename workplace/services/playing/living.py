"""The month in progress: every district goes as far as its stop, through the services and by its own staff."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calculations.models import CalculationRun
from calculations.selectors import live_run
from exchange.models import ExchangeFile
from offices.models import Office
from workplace.services.playing import payments, reminding, returns, runs
from workplace.services.playing.days import LivingTimetable
from workplace.services.playing.scene import Scene
from workplace.services.playing.stops import Stop
from workplace.simulation.books import Prices
from workplace.simulation.manners import Manners, dice
from workplace.simulation.providers import Request, answer

Status = ExchangeFile.Status
MINUTES_APART = 2
SILENT_MOST, CHECKED_PERCENT, UNSENT, REVIEWED_PERCENT = 3, 50, 2, 60
REMARK = (
    "У четырёх получателей площадь в расчёте не совпадает с карточкой жилья. Сверьте характеристики жилья, "
    "исправьте карточки и пересчитайте месяц."
)
CUT_SHORT = Manners(**dict.fromkeys(Manners.__slots__, 0.0) | {"truncated": 1.0})


@dataclass(frozen=True, slots=True)
class District:
    """A district on its way: the scene with this one office and its own delay."""

    scene: Scene
    office: Office
    stop: Stop
    prices: Prices


def play_districts(*, scene: Scene, stops: dict[str, Stop]) -> None:
    """Bring every district that has a stop to it."""
    prices = Prices.of(scene.month)
    for office in scene.offices:
        if office.code in stops:
            _play(District(alone(scene=scene, office=office), office, stops[office.code], prices))


def alone(*, scene: Scene, office: Office) -> Scene:
    """Return the scene of one office, whose moments differ from those of the others by minutes."""
    timetable = scene.timetable
    if isinstance(timetable, LivingTimetable):
        minutes = list(scene.offices).index(office) * MINUTES_APART
        timetable = replace(timetable, delay=dt.timedelta(minutes=minutes))
    return replace(scene, offices=(office,), timetable=timetable)


def _play(district: District) -> None:
    scene, office, stop = district.scene, district.office, district.stop
    _receive(district)
    _check_and_load(district)
    if stop >= Stop.CALCULATED and not _has_returned(scene, office):
        runs.calculate(scene=scene)
    if stop >= Stop.SUBMITTED:
        runs.submit(scene=scene)
    _review(district)
    if stop >= Stop.LISTED:
        payments.make_lists(scene=scene)
    if stop >= Stop.HANDED_OVER:
        payments.hand_over_lists(scene=scene)


def _receive(district: District) -> None:
    """Receive the files; where providers are late the receiving stays open, and one file is refused."""
    scene, office = district.scene, district.office
    requests = list(returns.requests_of(scene=scene, office=office, prices=district.prices))
    late = _late(district, requests) if district.stop == Stop.RECEIVING else []
    come = [one for one in requests if one not in late]
    returns.take(
        scene=scene, office=office, answers=[answer(one, seed=scene.seed, manners=scene.manners) for one in come]
    )
    if district.stop == Stop.RECEIVING:
        spoiled = [answer(one, seed=scene.seed, manners=CUT_SHORT) for one in late[:1]]
        returns.take(scene=scene, office=office, answers=spoiled)
        reminding.call_some_silent(scene=scene, office=office)
    else:
        returns.close(scene=scene, office=office)


def _late(district: District, requests: Sequence[Request]) -> list[Request]:
    """Choose providers that have not answered yet: one to three of a district, never all."""
    throw = dice(district.scene.seed, district.scene.month, district.office.code, "late")
    count = min(throw.randint(1, SILENT_MOST), max(len(requests) - 1, 1))
    return throw.sample(requests, min(count, len(requests)))


def _check_and_load(district: District) -> None:
    scene, office = district.scene, district.office
    come = returns.returned(scene=scene, office=office, statuses=[Status.RECEIVED, Status.VERIFIED, Status.LOADED])
    if district.stop == Stop.CHECKING:
        come = come[: (len(come) * CHECKED_PERCENT + 99) // 100]
    returns.verify_files(scene=scene, files_=[file for file in come if file.status == Status.RECEIVED])
    for file in returns.returned(scene=scene, office=office, statuses=[Status.VERIFIED]):
        returns.put_into_protocol(scene=scene, file=file)
    returns.send_protocols(scene=scene, office=office, but=UNSENT if district.stop <= Stop.CHECKING else 0)
    if district.stop != Stop.CHECKING:
        returns.load_files(scene=scene, files_=returns.returned(scene=scene, office=office, statuses=[Status.VERIFIED]))


def _review(district: District) -> None:
    scene, office = district.scene, district.office
    run = live_run(office=office, month=scene.month)
    if run is None or run.status != CalculationRun.Status.SUBMITTED:
        return
    if district.stop == Stop.REVIEWED_IN_PART:
        runs.review_queued(scene=scene, run=run, percent=REVIEWED_PERCENT)
    elif district.stop == Stop.RETURNED:
        runs.send_back(scene=scene, run=run, reason=REMARK)
    elif district.stop >= Stop.APPROVED:
        runs.approve(scene=scene, run=run)


def _has_returned(scene: Scene, office: Office) -> bool:
    returned = CalculationRun.objects.filter(office=office, month=scene.month, status=CalculationRun.Status.RETURNED)
    return returned.exists()
