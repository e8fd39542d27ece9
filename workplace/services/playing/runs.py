"""Items 3.12 and 3.13: every district calculates and submits; the department reviews, returns one, approves."""

from calculations.models import CalculationRun
from calculations.selectors import live_run, review_queue
from calculations.services import review, runs
from calculations.services.review import ReviewedAccrual
from offices.models import Office, Role
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.services.submission import accrual_file

Status = CalculationRun.Status
RETURN_REASON = "Выборочная сверка: расчёт выполнен до загрузки уточнённых сведений. Пересчитайте месяц."
CHECKED_BY, APPROVED_BY = 0, 1


def calculate_and_submit(*, scene: Scene) -> None:
    """Play item 3.12: the runs of all districts as jobs, then their submission with the accrual files."""
    calculate(scene=scene)
    submit(scene=scene)


def calculate(*, scene: Scene) -> None:
    """Calculate the districts that have no finished run, as jobs."""
    jobs = []
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is None or run.status == Status.DRAFT:
            by = scene.cast.of(office, Role.CALCULATION)
            moment = Moment.CALCULATION_AGAIN if _is_second(scene, office) else Moment.CALCULATION
            jobs.append(runs.request_run(office=office, month=scene.month, by=by, at=scene.timetable.at(moment)))
    if jobs:
        scene.calculate(jobs)


def submit(*, scene: Scene) -> None:
    """Hand over every calculated run with its accrual file."""
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is not None and run.status == Status.CALCULATED:
            _submit(scene, office, run)


def review_and_approve(*, scene: Scene) -> None:
    """Play item 3.13: the queue of every run is reviewed; one run goes back and comes again as number 2."""
    chosen = live_run(office=scene.chosen, month=scene.month)
    if chosen is not None and chosen.status == Status.SUBMITTED and not _is_second(scene, scene.chosen):
        send_back(scene=scene, run=chosen, reason=RETURN_REASON)
    if live_run(office=scene.chosen, month=scene.month) is None or _is_unsubmitted(scene):
        calculate_and_submit(scene=scene)
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is not None and run.status == Status.SUBMITTED:
            approve(scene=scene, run=run)


def _is_second(scene: Scene, office: Office) -> bool:
    return CalculationRun.objects.filter(office=office, month=scene.month, status=Status.RETURNED).exists()


def _is_unsubmitted(scene: Scene) -> bool:
    run = live_run(office=scene.chosen, month=scene.month)
    return run is not None and run.status in {Status.DRAFT, Status.CALCULATED}


def _submit(scene: Scene, office: Office, run: CalculationRun) -> None:
    moment = Moment.SUBMISSION_AGAIN if run.number > 1 else Moment.SUBMISSION
    runs.submit_run(
        run_id=run.pk,
        accrual_file=accrual_file(run=run),
        by=scene.cast.of(office, Role.HEAD),
        at=scene.timetable.at(moment),
    )


def send_back(*, scene: Scene, run: CalculationRun, reason: str) -> None:
    """Return a run to its district with a remark."""
    by = scene.cast.one(Role.VERIFIER, place=CHECKED_BY)
    at = scene.timetable.at(Moment.RETURNED_RUN)
    review.return_run(run_id=run.pk, reason=reason, by=by, at=at)


def approve(*, scene: Scene, run: CalculationRun) -> None:
    """Review what is left of a run's queue and approve the run."""
    review_queued(scene=scene, run=run)
    head = scene.cast.one(Role.VERIFIER, place=APPROVED_BY)
    review.approve_run(run_id=run.pk, by=head, at=scene.timetable.at(Moment.APPROVAL))


def review_queued(*, scene: Scene, run: CalculationRun, percent: int = 100) -> None:
    """Find right what waits in a run's queue, or so many percent of the queue from its beginning."""
    queue = review_queue(run.pk)
    some = queue[: len(queue) * percent // 100]
    left = [ReviewedAccrual(item.accrual_id) for item in some if not item.verdict]
    if left:
        by = scene.cast.one(Role.VERIFIER, place=CHECKED_BY)
        at = scene.timetable.at(Moment.REVIEW_AGAIN if run.number > 1 else Moment.REVIEW)
        review.record_reviews(run_id=run.pk, verdicts=left, by=by, at=at)
