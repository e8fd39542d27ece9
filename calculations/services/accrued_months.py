"""What accrued months of a district's recipients are worth by all facts as they stand, beside what was accrued (3.3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from calculations.inputs.bearing import bearing_in
from calculations.inputs.differences import ZERO, MonthDifference, ServiceDifference
from calculations.inputs.past_months import read_past_months
from calculations.inputs.without_right import ACCRUED
from calculations.models import CalculationRun
from calculations.services.differences import Difference, differences_of, ground_of
from offices.models import Office
from offices.months import month_name, month_of, next_month
from offices.refusals import Refusal
from recipients.models import Recipient

AT_ONCE: Final = 500
"""Recipients whose months are read together."""


class RunIsBeingCalculated(Refusal):
    """A run of the district reads the facts just now."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Accrued months that are worth something else now, the parts as `Foreseen` tells them."""

    months: tuple[MonthDifference, ...]
    without_right: tuple[int, ...]
    after_death: tuple[MonthDifference, ...]
    unknown: tuple[str, ...]


def worth_now(*, office_id: int, recipient_ids: Sequence[int], since: dt.date) -> Worth:
    """Calculate the accrued months of an office's recipients from `since` on anew; nothing is written.

    All facts count as they stand in the transaction. A fixed number of queries for each month and 500 recipients.
    Raises RunIsBeingCalculated.
    """
    months = _accrued_months(office_id, since)
    parts = [
        _worth(office_id, recipient_ids[start : start + AT_ONCE], months)
        for start in range(0, len(recipient_ids) if months else 0, AT_ONCE)
    ]
    return Worth(
        months=tuple(one for part in parts for one in part.months),
        without_right=tuple(pk for part in parts for pk in part.without_right),
        after_death=tuple(one for part in parts for one in part.after_death),
        unknown=tuple(dict.fromkeys(text for part in parts for text in part.unknown)),
    )


def _worth(office_id: int, recipient_ids: Sequence[int], months: Sequence[dt.date]) -> Worth:
    following = next_month(months[-1])
    bearing = bearing_in(following, recipient_ids)
    dead = Recipient.objects.filter(pk__in=recipient_ids, person__death_date__isnull=False)
    deaths = {pk: day or dt.date.max for pk, day in dead.values_list("pk", "person__death_date")}
    past = read_past_months(
        office_id=office_id,
        month=following,
        recipient_ids=list(recipient_ids),
        ordered={month: list(recipient_ids) for month in months},
        counted=ACCRUED,
    )
    found: list[MonthDifference] = []
    unknown: list[str] = []
    for one in past:
        differences: dict[int, list[Difference]] = defaultdict(list)
        for each in differences_of(ground_of(one)):
            if isinstance(each, Difference):
                differences[each.recipient_id].append(each)
            elif not each.is_known:
                unknown.append(f"{month_name(one.month)}: {each.text}")
        found += [_month(pk, one.month, of) for pk, of in differences.items() if any(row.difference for row in of)]
    found.sort(key=_place)
    after = [one for one in found if one.month > deaths.get(one.recipient_id, dt.date.max)]
    ordered = [one for one in found if one.month <= deaths.get(one.recipient_id, dt.date.max)]
    return Worth(
        months=tuple(ordered),
        without_right=tuple(sorted({one.recipient_id for one in ordered} - bearing)),
        after_death=tuple(after),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _accrued_months(office_id: int, since: dt.date) -> list[dt.date]:
    """Return the months from `since` on that the district has accrued; no run begins until the transaction ends."""
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office_id)
    runs = CalculationRun.objects.filter(office=office_id, month__gte=month_of(since)).order_by("month")
    if runs.filter(status=CalculationRun.Status.DRAFT).exists():
        raise RunIsBeingCalculated(
            "Расчёт района ещё выполняется и читает эти сведения. Дождитесь его окончания и внесите изменение."
        )
    return list(runs.filter(status__in=ACCRUED).values_list("month", flat=True))


def _month(recipient_id: int, month: dt.date, rows: Iterable[Difference]) -> MonthDifference:
    sums: dict[tuple[str, int], ServiceDifference] = {}
    for row in rows:
        key = row.service, row.account_id
        before = sums.get(key, ServiceDifference(*key, ZERO, ZERO))
        sums[key] = ServiceDifference(*key, before.accrued + row.before.roubles, before.recalculated + row.due)
    differing = [one for _, one in sorted(sums.items()) if one.difference]
    return MonthDifference(recipient_id=recipient_id, month=month, services=tuple(differing))


def _place(one: MonthDifference) -> tuple[int, dt.date]:
    return one.recipient_id, one.month
