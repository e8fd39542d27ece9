"""What a person confirms of a run is what is handed over or approved; the accrual file is built from it (3.12, 3.13)."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Count, Sum

from calculations.models import CalculationRun
from calculations.selectors import accrual_rows
from calculations.services import review, runs
from exchange.layouts.flat import build_records
from exchange.register_content import district_number
from exchange.services.layouts import confirmed_layout, layout_of
from offices.models import Staff
from offices.money import count_with_noun, format_roubles
from offices.refusals import Refusal

ZERO: Final = Decimal("0.00")
RECIPIENTS: Final = ("получатель", "получателя", "получателей")


class ListChanged(Refusal):
    """What the person confirmed is not what would be handed over now."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a submission hands over: recipients and accrued roubles."""

    recipients: int
    total: Decimal

    def __str__(self) -> str:
        return f"{count_with_noun(self.recipients, RECIPIENTS)} на {format_roubles(self.total)}"


def content_of(*, run: CalculationRun) -> Content:
    """Count the run's recipients and sum its accruals anew, not by the run's stored totals."""
    sums = run.accruals.aggregate(recipients=Count("recipient", distinct=True), total=Sum("accrued", default=ZERO))
    return Content(sums["recipients"], sums["total"])


def accrual_file(*, run: CalculationRun) -> bytes:
    """Return a run's accrual file: a record per line, in the confirmed layout.

    Source: Regulation 369 of 30.10.2007, item 3.12.1 (б).
    """
    layout = layout_of(confirmed_layout(code="accrual_file", on=run.month))
    rows = (asdict(row) for row in accrual_rows(run.pk))
    return build_records(layout, (row | {"district_code": district_number(row["district_code"])} for row in rows))


@transaction.atomic
def hand_over_run(*, run_id: int, confirmed: Content, by: Staff, at: dt.datetime) -> CalculationRun:
    """Submit a calculated run when it still holds what the person confirmed.

    Raises ListChanged, and what `submit_run` raises.
    """
    run = _confirmed_run(run_id, confirmed)
    return runs.submit_run(run_id=run.pk, accrual_file=accrual_file(run=run), by=by, at=at)


@transaction.atomic
def approve_confirmed_run(*, run_id: int, confirmed: Content, by: Staff, at: dt.datetime) -> CalculationRun:
    """Approve a reviewed run when it still holds what the verifier confirmed.

    Raises ListChanged, and what `approve_run` raises.
    """
    run = _confirmed_run(run_id, confirmed)
    return review.approve_run(run_id=run.pk, by=by, at=at)


def _confirmed_run(run_id: int, confirmed: Content) -> CalculationRun:
    run: CalculationRun = CalculationRun.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    found = content_of(run=run)
    if found != confirmed:
        raise ListChanged(f"Пока вы проверяли, список изменился: было {confirmed}, стало {found}. Проверьте ещё раз.")
    return run
