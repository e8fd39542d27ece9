"""«Проверки» of a month: what was compared, what was found, what the department said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from calculations.models import Accrual, CalculationRun, ReviewDecision
from exchange.checks.findings import TITLES, Code
from exchange.models import Discrepancy
from offices.calendar import day_of
from offices.money import count_with_noun
from workplace.selectors.card.sources import MonthSources

Decision = Discrepancy.Decision


@dataclass(frozen=True, slots=True)
class Check:
    """A check and how it ended; `kind` is "ok", "warn" or "error"."""

    kind: str
    text: str


def checks_of(sources: MonthSources, accruals: Sequence[Accrual]) -> tuple[Check, ...]:
    """Tell the checks of a month from the facts that are there."""
    return (*_replays(sources), *_findings(sources), *_reviews(accruals), *_runs(accruals))


def _replays(sources: MonthSources) -> Iterator[Check]:
    failed = [one for one in sources.lines if not one.is_faithful]
    if failed:
        names = ", ".join(dict.fromkeys(one.line.service.name for one in failed))
        yield Check("error", f"Повторный расчёт не подтвердил сумму: {names}.")
    elif sources.lines:
        services = count_with_noun(len(sources.lines), ("строка", "строки", "строк"))
        yield Check("ok", f"Пересчитано заново и совпало до копейки: {services}.")


def _findings(sources: MonthSources) -> Iterator[Check]:
    if not sources.findings:
        if any(one.charge.file_sha256 for one in sources.charges):
            yield Check("ok", "Сведения предприятий совпали с карточкой, тарифами и нормативами.")
        return
    for found in sources.findings:
        yield Check("warn" if found.decision == Decision.ACCEPT or not found.is_blocking else "error", _found(found))


def _found(found: Discrepancy) -> str:
    title = TITLES[Code(found.code)]
    service = found.line.service if found.line_id and found.line else None
    where = f"{service.name}, " if service else ""
    values = f" (у нас {found.expected}, прислано {found.found})" if found.expected and found.found else ""
    decided = str(found.get_decision_display())
    return f"{where}{found.file.provider}: {title}{values}. Решение: {decided}."


def _reviews(accruals: Iterable[Accrual]) -> Iterator[Check]:
    for accrual in accruals:
        review: ReviewDecision | None = getattr(accrual, "review", None)
        if review is None:
            continue
        is_right = review.verdict == ReviewDecision.Verdict.CORRECT
        note = f": {review.note}" if review.note else ""
        yield Check(
            "ok" if is_right else "error",
            f"Департамент проверил {day_of(review.reviewed_at):%d.%m.%Y} ({review.get_cause_display()}): "
            f"{review.get_verdict_display()}{note}.",
        )


def _runs(accruals: Iterable[Accrual]) -> Iterator[Check]:
    for run in {one.run_id: one.run for one in accruals}.values():
        if run.status == CalculationRun.Status.RETURNED:
            yield Check("error", f"Расчёт района возвращён: {run.return_reason}")
        elif run.status == CalculationRun.Status.APPROVED and run.reviewed_at:
            yield Check("ok", f"Расчёт района утверждён {day_of(run.reviewed_at):%d.%m.%Y}.")
