"""Items 3.12 and 3.13: every district calculates and submits; the department reviews, returns one, approves."""

from dataclasses import asdict

from calculations.models import CalculationRun
from calculations.selectors import accrual_rows, live_run, review_queue
from calculations.services import review, runs
from calculations.services.review import ReviewedAccrual
from exchange.layouts.flat import build_records
from exchange.register_content import district_number
from exchange.services.layouts import confirmed_layout, layout_of
from offices.models import Office, Role
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

Status = CalculationRun.Status
RETURN_REASON = "Выборочная сверка: расчёт выполнен до загрузки уточнённых сведений. Пересчитайте месяц."
CHECKED_BY, APPROVED_BY = 0, 1


def calculate_and_submit(*, scene: Scene) -> None:
    """Play item 3.12: the runs of all districts as jobs, then their submission with the accrual files."""
    jobs = []
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is None or run.status == Status.DRAFT:
            by = scene.cast.of(office, Role.CALCULATION)
            moment = Moment.CALCULATION_AGAIN if _is_second(scene, office) else Moment.CALCULATION
            jobs.append(runs.request_run(office=office, month=scene.month, by=by, at=scene.timetable.at(moment)))
    if jobs:
        scene.calculate(jobs)
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is not None and run.status == Status.CALCULATED:
            _submit(scene, office, run)


def review_and_approve(*, scene: Scene) -> None:
    """Play item 3.13: the queue of every run is reviewed; one run goes back and comes again as number 2."""
    chosen = live_run(office=scene.chosen, month=scene.month)
    if chosen is not None and chosen.status == Status.SUBMITTED and not _is_second(scene, scene.chosen):
        _return(scene, chosen)
    if live_run(office=scene.chosen, month=scene.month) is None or _is_unsubmitted(scene):
        calculate_and_submit(scene=scene)
    for office in scene.offices:
        run = live_run(office=office, month=scene.month)
        if run is not None and run.status == Status.SUBMITTED:
            _approve(scene, run)


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


def accrual_file(*, run: CalculationRun) -> bytes:
    """Return a run's accrual file: a record per line, in the confirmed layout.

    Source: Regulation 369 of 30.10.2007, item 3.12.1 (б).
    """
    layout = layout_of(confirmed_layout(code="accrual_file"))
    rows = (asdict(row) for row in accrual_rows(run.pk))
    return build_records(layout, (row | {"district_code": district_number(row["district_code"])} for row in rows))


def _return(scene: Scene, run: CalculationRun) -> None:
    by = scene.cast.one(Role.VERIFIER, place=CHECKED_BY)
    at = scene.timetable.at(Moment.RETURNED_RUN)
    review.return_run(run_id=run.pk, reason=RETURN_REASON, by=by, at=at)


def _approve(scene: Scene, run: CalculationRun) -> None:
    is_second = run.number > 1
    checker = scene.cast.one(Role.VERIFIER, place=CHECKED_BY)
    left = [ReviewedAccrual(item.accrual_id) for item in review_queue(run.pk) if not item.verdict]
    if left:
        at = scene.timetable.at(Moment.REVIEW_AGAIN if is_second else Moment.REVIEW)
        review.record_reviews(run_id=run.pk, verdicts=left, by=checker, at=at)
    head = scene.cast.one(Role.VERIFIER, place=APPROVED_BY)
    review.approve_run(run_id=run.pk, by=head, at=scene.timetable.at(Moment.APPROVAL))
