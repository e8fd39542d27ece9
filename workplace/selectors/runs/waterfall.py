"""Why a district's total differs from the month before, in parts that add up to the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Case, Exists, F, OuterRef, Q, Sum, TextField, Value, When

from calculations.models import Accrual, AccrualLine, CalculationRun
from calculations.rules.corrections import WITHOUT_MONTH
from workplace.selectors.runs.percents import signed_percent

ZERO: Final = Decimal("0.00")
SHOWN: Final = 6
TEXT: Final = TextField()
CORRECTED: Final = "исправления прошлых месяцев"
CARRIED_OVER: Final = "удержания по прошлым месяцам"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the difference, in roubles, and the total once it is added."""

    title: str
    difference: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The way from the total of one run to that of the next: `before` + the parts = `now`, to the kopeck."""

    before: Decimal
    now: Decimal
    parts: tuple[Part, ...]

    @property
    def difference(self) -> Decimal:
        return self.now - self.before

    @property
    def percent(self) -> str:
        """The difference in per cent, a dash of nothing."""
        return signed_percent(self.difference, of=self.before)


def waterfall(run: CalculationRun, before: CalculationRun, /) -> Waterfall:
    """Part the difference of two runs of an office: who came, who left, and each service of those who stayed.

    The largest services stand by themselves, the others together, corrections of past months and what is taken back
    for them apart. What those who stayed leave of a run's total belongs to those whom the other run does not have.
    Two queries.
    """
    was = _by_service(before, in_other=run)
    now = _by_service(run, in_other=before)
    differences = {name: now.get(name, ZERO) - was.get(name, ZERO) for name in {*was, *now}}
    of_past_months = [(name, differences.pop(name, ZERO)) for name in (CORRECTED, CARRIED_OVER)]
    services = sorted(differences.items(), key=lambda row: (-abs(row[1]), row[0]))
    changed = [(name, difference) for name, difference in services if difference]
    rest = sum((difference for _, difference in changed[SHOWN:]), ZERO)
    parts = [
        *changed[:SHOWN],
        ("остальные услуги", rest),
        *of_past_months,
        ("новые и прибывшие", run.total - sum(now.values(), ZERO)),
        ("выбывшие", sum(was.values(), ZERO) - before.total),
    ]
    return Waterfall(before.total, run.total, _running(before.total, parts))


def totals(run: CalculationRun, before: CalculationRun, /) -> Waterfall:
    """Compare two runs of an office by their totals alone, without a query."""
    return Waterfall(before.total, run.total, ())


def _by_service(run: CalculationRun, *, in_other: CalculationRun) -> dict[str, Decimal]:
    """Sum the run's lines of the rights that the other run has too, by the service's name; the past months apart."""
    there = Accrual.objects.filter(run=in_other, entitlement=OuterRef("accrual__entitlement"))
    lines = AccrualLine.objects.filter(Exists(there), month=run.month, run=run)
    title = Case(
        When(Q(corrects_month__isnull=False) | Q(rule=WITHOUT_MONTH.name), then=Value(CORRECTED)),
        default=F("service__name"),
        output_field=TEXT,
    )
    sums = lines.order_by().values(title=title).annotate(sum=Sum("accrued"))
    here = run.accruals.filter(Exists(Accrual.objects.filter(run=in_other, entitlement=OuterRef("entitlement"))))
    carried = here.order_by().values(title=Value(CARRIED_OVER, output_field=TEXT))
    carried = carried.annotate(sum=Sum(F("carried_out") - F("carried_in")))
    return dict(sums.union(carried, all=True).values_list("title", "sum"))


def _running(start: Decimal, parts: Sequence[tuple[str, Decimal]]) -> tuple[Part, ...]:
    total, found = start, []
    for title, difference in parts:
        if difference:
            total += difference
            found.append(Part(title, difference, total))
    return tuple(found)
