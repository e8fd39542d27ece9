"""The month from its opening to the cleared-up returns, in the order of the regulation's items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from offices.models import Role
from offices.services.months import open_month
from workplace.services.playing import changes, heirs, intake, payments, pension, registers, returns, runs
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import Planted


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the month: its item, the name of its stage on the board, what it does.

    What `play` returns was planted by the outside world in the files of this call.
    """

    item: str
    title: str
    play: Callable[[], Sequence[Planted]]


def steps_of(*, scene: Scene) -> list[Step]:
    """Give the steps of a month in their order; each does only what is not done yet."""
    return [*asking_steps_of(scene=scene), *_answering_steps_of(scene)]


def asking_steps_of(*, scene: Scene) -> list[Step]:
    """Give the steps up to the requests, which the month billed ends with."""
    of = partial(_step, scene)
    return [
        of("", "открытие месяца", _open),
        of("3.2", "приём заявлений", intake.apply),
        of("3.3", "передача карточек", intake.hand_over_cards),
        Step("3.4", "сведения Пенсионного фонда", lambda: pension.receive(scene=scene)),
        of("3.5", "сообщение об изменениях", changes.report_and_send),
        of("3.16", "прекращение выплаты", changes.end_rights_of_the_dead),
        of("3.6", "районные реестры", registers.build),
        of("3.7", "передача реестров", registers.hand_over),
        of("3.8", "файлы запросов", registers.send_requests),
    ]


def _answering_steps_of(scene: Scene) -> list[Step]:
    of = partial(_step, scene)
    return [
        Step("3.9", "приём ответных файлов", lambda: returns.receive(scene=scene)),
        of("3.10", "проверка начислений предприятий", returns.verify),
        of("3.10", "протоколы несоответствий", returns.tell),
        of("3.11", "загрузка начислений", returns.load),
        of("3.12", "расчёт и передача начислений", runs.calculate_and_submit),
        of("3.13", "проверка начислений", runs.review_and_approve),
        of("3.3", "решения о выплате наследникам", heirs.decide_for_heirs),
        of("3.14", "списки на выплату", payments.make_lists),
        of("3.15", "дополнительный список", payments.add_what_came_back),
        of("3.15", "приём списков", payments.hand_over_lists),
        of("3.15", "реестры", payments.form_and_release),
        of("3.15", "ответ", payments.record_answers),
        of("3.15", "выяснение возвратов", payments.clear_up_returns),
    ]


def _step(scene: Scene, item: str, title: str, play: Callable[..., None]) -> Step:
    def act() -> Sequence[Planted]:
        play(scene=scene)
        return ()

    return Step(item, title, act)


def _open(*, scene: Scene) -> None:
    by = scene.cast.one(Role.DEPARTMENT_HEAD)
    open_month(month=scene.month, by=by, at=scene.timetable.at(Moment.OPENING))
