"""The department's review of a submitted run, its approval and its return (3.13)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.timezone import get_current_timezone

from calculations.models import Accrual, CalculationRun, ReviewDecision
from calculations.selectors import ReviewItem, review_queue
from calculations.services.handover import ZERO, standing_balance, subsidies_unit
from calculations.services.taking import settle_recalculations
from offices import balances, journal
from offices.balances import Amount, Balance
from offices.models import Role, Staff
from offices.refusals import Refusal

ITEM: Final = "3.13"
STAGE: Final = "проверка начислений"
RETURNED: Final = "returned"
Status = CalculationRun.Status
Verdict = ReviewDecision.Verdict


class RunNotSubmitted(Refusal):
    """The run does not lie with the department for review."""


class NotVerifier(Refusal):
    """Only a verifier of the subsidies unit reviews."""


class OwnRun(Refusal):
    """Who calculated or submitted a run does not review it."""


class NotInQueue(Refusal):
    """The accrual is not among those to be reviewed."""


class AlreadyReviewed(Refusal):
    """The accrual has its verdict."""


class NoteMissing(Refusal):
    """A wrong accrual does not say what is wrong."""


class QueueNotReviewed(Refusal):
    """Some accruals of the queue have no verdict."""


class RunHasWrongAccruals(Refusal):
    """The review found wrong accruals; the run can only be returned."""


class ReturnReasonMissing(Refusal):
    """A return does not say why."""


@dataclass(frozen=True, slots=True)
class ReviewedAccrual:
    """A verifier's verdict on one accrual; a wrong one has a note."""

    accrual_id: int
    verdict: str = Verdict.CORRECT
    note: str = ""


@transaction.atomic
def record_review(*, accrual_id: int, verdict: str, note: str, by: Staff, at: dt.datetime) -> ReviewDecision:
    """Record a verifier's verdict on one accrual of the queue.

    Raises RunNotSubmitted, NotVerifier, OwnRun, NotInQueue, AlreadyReviewed, NoteMissing.
    """
    accrual = Accrual.objects.get(pk=accrual_id)
    reviewed = ReviewedAccrual(accrual_id=accrual_id, verdict=verdict, note=note)
    return record_reviews(run_id=accrual.run_id, verdicts=[reviewed], by=by, at=at)[0]


@transaction.atomic
def record_reviews(
    *, run_id: int, verdicts: Sequence[ReviewedAccrual], by: Staff, at: dt.datetime
) -> list[ReviewDecision]:
    """Record a verifier's verdicts on accruals of one run's queue, all or none.

    Raises RunNotSubmitted, NotVerifier, OwnRun, NotInQueue, AlreadyReviewed, NoteMissing.
    """
    run = _under_review(run_id, by, at)
    queue = {item.accrual_id: item for item in review_queue(run.pk)}
    decisions = [_decision(queue.get(verdict.accrual_id), verdict, by, at) for verdict in verdicts]
    return ReviewDecision.objects.bulk_create(decisions)


@transaction.atomic
def approve_run(*, run_id: int, by: Staff, at: dt.datetime) -> CalculationRun:
    """Approve a run whose whole queue is reviewed as correct; it goes on to the payment lists.

    Raises RunNotSubmitted, NotVerifier, OwnRun, QueueNotReviewed, RunHasWrongAccruals.
    """
    run = _under_review(run_id, by, at)
    queue = review_queue(run.pk)
    left = sum(1 for item in queue if not item.verdict)
    if left:
        raise QueueNotReviewed(f"{run}: не проверено начислений — {left} из {len(queue)}.")
    if ReviewDecision.objects.filter(accrual__run=run, verdict=Verdict.WRONG).exists():
        raise RunHasWrongAccruals(f"{run}: есть начисления с выводом «неверно», расчёт можно только вернуть.")
    _close(run, status=Status.APPROVED, by=by, at=at)
    settle_recalculations(run=run)
    everything = _everything(run)
    _strike(run, Balance(taken=everything, handed_on=everything), at)
    paper = journal.Paper(
        subject=f"утверждён {run}", item=ITEM, month=run.month, rows=run.recipients, roubles=run.total
    )
    journal.record(office=subsidies_unit(), event="утверждено", paper=paper, by=by, at=at, counterpart=str(run.office))
    return run


@transaction.atomic
def return_run(*, run_id: int, reason: str, by: Staff, at: dt.datetime) -> CalculationRun:
    """Return a run to its district with the reason; the district may calculate under the next number.

    Its balance holds everything as returned; the next run's balance supersedes it.
    Raises ReturnReasonMissing, RunNotSubmitted, NotVerifier, OwnRun.
    """
    if not reason.strip():
        raise ReturnReasonMissing("Укажите, почему расчёт возвращается.")
    run = _under_review(run_id, by, at)
    run.return_reason = reason.strip()
    _close(run, status=Status.RETURNED, by=by, at=at)
    everything = _everything(run)
    _strike(run, Balance(taken=everything, handed_on=Amount(), held={RETURNED: everything}), at)
    paper = journal.Paper(
        subject=f"возвращён {run}: {run.return_reason}"[:300],
        item=ITEM,
        month=run.month,
        rows=run.recipients,
        roubles=run.total,
    )
    journal.record_handover(sender=subsidies_unit(), receiver=run.office, paper=paper, by=by, at=at)
    return run


def _under_review(run_id: int, by: Staff, at: dt.datetime) -> CalculationRun:
    run: CalculationRun = CalculationRun.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.status != Status.SUBMITTED:
        raise RunNotSubmitted(f"{run}: на проверке не находится.")
    if Role.VERIFIER not in by.roles_on(at.astimezone(get_current_timezone()).date()):
        raise NotVerifier("Начисления проверяет только проверяющий отдела субсидий.")
    if by.pk in (run.started_by_id, run.submitted_by_id):
        raise OwnRun(f"{run}: проверяет не тот, кто рассчитал или передал.")
    return run


def _decision(item: ReviewItem | None, verdict: ReviewedAccrual, by: Staff, at: dt.datetime) -> ReviewDecision:
    if item is None:
        raise NotInQueue(f"Начисление {verdict.accrual_id} не входит в очередь проверки этого расчёта.")
    if item.verdict:
        raise AlreadyReviewed(f"Начисление {verdict.accrual_id} уже проверено.")
    if verdict.verdict == Verdict.WRONG and not verdict.note.strip():
        raise NoteMissing(f"Начисление {verdict.accrual_id}: укажите, что неверно.")
    return ReviewDecision(
        accrual_id=item.accrual_id,
        cause=item.cause,
        verdict=Verdict(verdict.verdict),
        note=verdict.note.strip(),
        reviewed_at=at,
        reviewed_by=by,
    )


def _close(run: CalculationRun, *, status: str, by: Staff, at: dt.datetime) -> None:
    run.status, run.reviewed_at, run.reviewed_by = status, at, by
    run.save(update_fields=["status", "reviewed_at", "reviewed_by", "return_reason"])


def _everything(run: CalculationRun) -> Amount:
    sums = run.accruals.aggregate(rows=Count("pk"), roubles=Sum("accrued", default=ZERO))
    return Amount(sums["rows"], sums["roubles"])


def _strike(run: CalculationRun, balance: Balance, at: dt.datetime) -> None:
    balances.strike(
        month=run.month,
        item=ITEM,
        stage=STAGE,
        office=run.office,
        subject=f"расчёт № {run.number}",
        balance=balance,
        at=at,
        supersedes=standing_balance(run=run, item=ITEM),
    )
