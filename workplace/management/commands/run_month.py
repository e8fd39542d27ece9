import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from offices import jobs, months
from offices.models import Job
from offices.money import KOPECK
from offices.refusals import Refusal
from workplace.selectors import planted as planted_selectors
from workplace.selectors.month import recipients_in
from workplace.selectors.stages import Stage, stages_of
from workplace.selectors.written import rows_written
from workplace.services.playing.month import Step, steps_of
from workplace.services.playing.scene import scene_of
from workplace.simulation.manners import Manners, Planted

LONGEST_JOB = 1800.0
LONGEST_LEASE = jobs.LEASE.total_seconds() + 30
PAUSE = 0.2
LIVE = (Job.State.QUEUED, Job.State.RUNNING)


class Command(BaseCommand):
    help = "Проводит месяц учебной области от открытия до возвратов; сделанное раньше не повторяет"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="месяц начислений, ГГГГ-ММ")
        parser.add_argument("--json", action="store_true", help="итог одним документом JSON")
        parser.add_argument("--through-worker", action="store_true", help="считать обработчиком заданий, а не здесь")
        parser.add_argument("--offices", nargs="*", default=[], help="только эти районы (коды); без них все")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        before = rows_written()
        try:
            month = months.parse_month(options["month"])
            scene = scene_of(
                month=month,
                manners=Manners(),
                calculate=through_worker if options["through_worker"] else here,
                office_codes=options["offices"],
            )
            seconds, planted = play(steps_of(scene=scene), tell=self.stderr.write)
        except (Refusal, months.NotAMonth) as refusal:
            raise CommandError(str(refusal)) from refusal
        report = {
            "month": f"{month:%Y-%m}",
            "recipients": recipients_in(month),
            "seconds": round(time.perf_counter() - started, 2),
            "stages": stages_as_json(stages_of(month), seconds),
            "written": rows_written() - before,
            "planted": len(planted),
            "missed": [as_json(one) for one in planted_selectors.missed(planted, month=month)],
        }
        self.show(report, as_document=options["json"])
        if report["missed"]:
            raise CommandError(f"Не найдено из подложенного: {len(report['missed'])}.")

    def show(self, report: dict[str, Any], *, as_document: bool) -> None:
        if as_document:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(f"Месяц {report['month']}, получателей {report['recipients']}, {report['seconds']} с")
        for stage in report["stages"]:
            self.stdout.write(
                f"{stage['item']:>5} {stage['stage']:<34} поступило {stage['rows_in']:>7} на {stage['roubles_in']:>16}, "
                f"передано {stage['rows_on']:>7} на {stage['roubles_on']:>16}, "
                f"удержано {stage['rows_held']:>6} на {stage['roubles_held']}"
            )
        self.stdout.write(f"Записано строк: {report['written']}. Подложено ошибок: {report['planted']}, найдены все.")


def play(steps: Sequence[Step], *, tell: Callable[[str], object]) -> tuple[dict[tuple[str, str], float], list[Planted]]:
    """Do the steps, telling of each; give the seconds by item and title, and what was planted."""
    seconds: dict[tuple[str, str], float] = {}
    planted: list[Planted] = []
    for step in steps:
        began = time.perf_counter()
        planted += step.play()
        seconds[step.item, step.title] = time.perf_counter() - began
        tell(f"{step.item:>5} {step.title}: {seconds[step.item, step.title]:.1f} с")
    return seconds, planted


def here(waiting: Sequence[Job]) -> None:
    """Do the jobs in this process; one that a killed process still holds is waited for until its lease ends."""
    for job in waiting:
        refuse_unfinished(run_when_free(job))


def run_when_free(job: Job) -> Job:
    deadline = time.monotonic() + LONGEST_LEASE
    while True:
        try:
            return jobs.run_here(job)
        except jobs.JobLeased:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def through_worker(waiting: Sequence[Job]) -> None:
    """Ring the worker and wait until it has done the jobs, for half an hour at most."""
    for job in waiting:
        jobs.ring_after_commit(job)
    deadline = time.monotonic() + LONGEST_JOB
    ids = [job.pk for job in waiting]
    while Job.objects.filter(pk__in=ids, state__in=LIVE).exists():
        if time.monotonic() > deadline:
            raise CommandError("Обработчик заданий не закончил расчёт за полчаса: запущен ли он?")
        time.sleep(PAUSE)
    for job in Job.objects.filter(pk__in=ids).order_by("pk"):
        refuse_unfinished(job)


def refuse_unfinished(job: Job) -> None:
    if job.state != Job.State.DONE:
        raise CommandError(f"Работа «{job}» не выполнена: {job.get_state_display()}. {job.error}")


def stages_as_json(stages: Sequence[Stage], seconds: dict[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Put the stages into the shape of the architecture, section 5."""
    return [
        {
            "item": stage.item,
            "stage": stage.stage,
            "rows_in": stage.taken.rows,
            "rows_on": stage.handed_on.rows,
            "rows_held": stage.held_in_all.rows,
            "roubles_in": exact(stage.taken.roubles),
            "roubles_on": exact(stage.handed_on.roubles),
            "roubles_held": exact(stage.held_in_all.roubles),
            "held": [
                {"reason": held.reason, "rows": held.amount.rows, "roubles": exact(held.amount.roubles)}
                for held in stage.held
            ],
            "seconds": round(seconds.get((stage.item, stage.stage), 0.0), 2),
        }
        for stage in stages
    ]


def exact(roubles: Decimal) -> str:
    """Write roubles with two decimals, and with as many more as they have."""
    rounded = roubles.quantize(KOPECK)
    return f"{rounded if rounded == roubles else roubles.normalize():f}"


def as_json(one: Planted) -> dict[str, Any]:
    return {"kind": one.kind, "code": one.code, "office": one.office, "file": one.file, "row": one.row}
