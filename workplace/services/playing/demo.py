"""The demo of a day: earlier months played whole, and the month in progress with every district at its stop."""

from collections.abc import Callable, Sequence

from offices.models import Job, Office
from workplace.services.playing import law, living, region_files, waiting, workbench
from workplace.services.playing.days import DemoDays, LivingTimetable
from workplace.services.playing.month import Step, asking_steps_of, steps_of
from workplace.services.playing.scene import Scene, scene_of
from workplace.services.playing.stops import stops_of
from workplace.simulation.manners import Delivery, Manners, Planted

DESK = "66401"
OFTEN_RETURNED = Manners(returned=0.06)
"""In the last whole month more payments come back: some in every larger district."""
NEVER_SILENT = Manners(silent=0)
"""In the month in progress it is told who is silent, not drawn."""


def demo_steps(
    *,
    days: DemoDays,
    calculate: Callable[[Sequence[Job]], None],
    fill_inbox: Callable[[Office, Sequence[Delivery]], None],
    office_codes: Sequence[str] = (),
    desk: str = DESK,
) -> list[Step]:
    """Give the steps of a day's demo, in all offices of the demo region or some; each does what is not done yet.

    `fill_inbox` keeps the files that the office of the `desk` has still to receive.
    Raises NoRegion.
    """

    def scene(month_at: int, manners: Manners) -> Scene:
        return scene_of(month=days.whole[month_at], manners=manners, calculate=calculate, office_codes=office_codes)

    *earlier, last = range(len(days.whole))
    living_scene = scene_of(
        month=days.in_progress,
        manners=NEVER_SILENT,
        calculate=calculate,
        office_codes=office_codes,
        timetable=LivingTimetable(days.in_progress, days.working_days),
    )
    first = scene(0, Manners())
    return [
        _step("3.8", "порядок файлов предприятий", lambda: region_files.agree(scene=first, days=days)),
        *(step for place in earlier for step in _with_cases(scene(place, Manners()))),
        *_with_open_returns(scene(last, OFTEN_RETURNED), desk),
        *asking_steps_of(scene=living_scene),
        *_living_steps(living_scene, days, desk, fill_inbox),
    ]


def _with_cases(scene: Scene) -> list[Step]:
    """Give the steps of a whole month and what follows it besides its round."""
    return [*steps_of(scene=scene), _cases(scene)]


def _with_open_returns(scene: Scene, desk: str) -> list[Step]:
    """Give the steps of a whole month after which some returned payments still wait to be cleared up."""
    *steps, last = steps_of(scene=scene)
    some = _step(last.item, last.title, lambda: waiting.clear_up_some_returns(scene=scene))
    return [*steps, some, _cases(scene, desk)]


def _cases(scene: Scene, desk: str = "") -> Step:
    on_desk = _desk_of(scene, desk)
    title = "перерасчёты, переплаты, топливо, долги"
    return _step("3.3", title, lambda: law.happen_after_month(scene=scene, desk=on_desk))


def _desk_of(scene: Scene, desk: str) -> Office | None:
    return next((office for office in scene.offices if office.code == desk), None)


def _living_steps(
    scene: Scene, days: DemoDays, desk: str, fill_inbox: Callable[[Office, Sequence[Delivery]], None]
) -> list[Step]:
    on_desk = _desk_of(scene, desk)
    others = [office.code for office in scene.offices if office != on_desk]
    stops = stops_of(others, month=scene.month, seed=scene.seed)

    def set_desk() -> None:
        if on_desk is not None:
            alone = living.alone(scene=scene, office=on_desk)
            fill_inbox(on_desk, workbench.play_desk(scene=alone, office=on_desk))

    return [
        _step("3.9", "районы в работе", lambda: living.play_districts(scene=scene, stops=stops)),
        _step("3.10", "рабочее место района", set_desk),
        _step("3.2", "что ждёт решения", lambda: waiting.leave_waiting(scene=scene, days=days, desk=on_desk)),
        _step("3.3", "дела, которые ждут", lambda: law.leave_cases(scene=scene, days=days, desk=on_desk)),
    ]


def _step(item: str, title: str, play: Callable[[], None]) -> Step:
    def act() -> Sequence[Planted]:
        play()
        return ()

    return Step(item, title, act)
