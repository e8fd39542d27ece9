"""What a list of people says is decided together with what it does to months already accrued (3.3, 3.4, 3.5)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from calculations.models import Recalculation
from calculations.services.fact_changes import Applied, Cause, supported_in
from calculations.services.foreseeing import Foreseen, foresee, make_change
from exchange.models import DifferenceSource, PensionDifference
from exchange.services.pension_decisions import decide_difference, deciding_sources
from exchange.services.pension_effects import group_starts_on
from housing.models import Residence
from offices.dated import open_end
from offices.models import Staff
from offices.refusals import Refusal
from recipients.eligibility import came_of_age_on, first_day_after_month_of_last
from recipients.models import Entitlement

Kind, Decision = PensionDifference.Kind, PensionDifference.Decision
NEVER: Final = dt.date.max
_A_DAY: Final = dt.timedelta(days=1)


class NotSeenYet(Refusal):
    """Accepting changes accrued months, and nobody has looked at the difference."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A proposal is accepted; the fact it tells counts from `changed_from` on."""

    difference_id: int
    source_id: int | None
    cause: str
    changed_from: dt.date
    document: str

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Accept the proposal. Raises the refusals of `decide_difference`."""
        row = decide_difference(
            difference_id=self.difference_id, decision=Decision.ACCEPTED, source_id=self.source_id, by=by, at=at
        )
        assert row.recipient_id is not None, "only a proposal about a case of ours changes accrued months"
        homes = Residence.objects.filter(person=row.person_id).touching(self.changed_from - _A_DAY, NEVER)
        neighbours = supported_in(*homes.values_list("dwelling_id", flat=True), since=self.changed_from)
        return Applied(what=f"{row}: {row.theirs}"[:500], recipient_ids=tuple(sorted({row.recipient_id, *neighbours})))


def foresee_acceptance(
    *, difference: PensionDifference, source_id: int | None, by: Staff, at: dt.datetime
) -> Foreseen | None:
    """Tell what accepting a proposal would do to accrued months; nothing is written.

    None where a proposal of its kind touches no month. Raises RunIsBeingCalculated, SourcesDisagree and the refusals
    of accepting.
    """
    change = _acceptance(difference, source_id)
    return None if change is None else foresee(change=change, by=by, at=at)


@transaction.atomic
def decide_proposal(
    *,
    difference_id: int,
    decision: str,
    by: Staff,
    at: dt.datetime,
    reason: str = "",
    source_id: int | None = None,
    seen: str = "",
) -> tuple[PensionDifference, list[Recalculation]]:
    """Decide about a proposal; one that is accepted and changes accrued months prepares their order.

    `seen` is the fingerprint of the difference that was shown. Raises NotSeenYet, OtherThanSeen, RunIsBeingCalculated
    and the refusals of `decide_difference` and of the order.
    """
    row: PensionDifference = PensionDifference.objects.select_related("file", "recipient__office", "person").get(
        pk=difference_id
    )
    change = _acceptance(row, source_id) if decision == Decision.ACCEPTED and row.is_undecided else None
    if change is None:
        decided = decide_difference(
            difference_id=difference_id, decision=decision, by=by, at=at, reason=reason, source_id=source_id
        )
        return decided, []
    if not seen:
        found = foresee(change=change, by=by, at=at)
        if found.differs:
            raise NotSeenYet("Посмотрите, что изменится в уже начисленных месяцах, и примите ещё раз.")
        seen = found.fingerprint
    orders = make_change(change=change, seen=seen, by=by, at=at)
    row.refresh_from_db()
    return row, orders


def _acceptance(row: PensionDifference, source_id: int | None) -> Acceptance | None:
    """Return the change that accepting means, None where it touches no accrued month."""
    if row.recipient_id is None or row.person_id is None or row.kind not in _TOUCHING:
        return None
    cause, since = _TOUCHING[Kind(row.kind)]
    sources = deciding_sources(row, source_id)
    day = since(row, sources[0]) if sources else None
    if day is None:
        return None
    files = "; ".join(f"сведения за {one.record.file.month:%m.%Y}, файл {one.record.file}" for one in sources)
    return Acceptance(row.pk, source_id, cause, day, files[:300])


def _death(row: PensionDifference, source: DifferenceSource) -> dt.date:
    return dt.date.fromisoformat(source.record.content["death_date"]) + _A_DAY


def _move(row: PensionDifference, source: DifferenceSource) -> dt.date:
    return dt.date.fromisoformat(source.record.content["moved_on"])


def _certificate(row: PensionDifference, source: DifferenceSource) -> dt.date | None:
    """Return the first day that the former or the new end of the certificate takes from the right."""
    last = source.record.content.get("disability_to")
    ends = [] if not last else [open_end(dt.date.fromisoformat(last))]
    rights = Entitlement.objects.filter(recipient=row.recipient_id, disabled_person=row.person_id)
    former = rights.touching(row.file.month, NEVER).values_list("certificate_valid_to", flat=True)
    return min((first_day_after_month_of_last(day) for day in (*ends, *former) if day), default=None)


def _group(row: PensionDifference, source: DifferenceSource) -> dt.date:
    assert row.recipient is not None, "another group is told of a case of ours"
    return group_starts_on(recipient=row.recipient, month=row.file.month)


def _coming_of_age(row: PensionDifference, source: DifferenceSource) -> dt.date | None:
    """Return the earlier day of coming of age, by the card or by the list, of a child whose right that ends."""
    told = source.record.content.get("birth_date")
    is_child = Entitlement.objects.filter(disabled_person=row.person_id, holder=Entitlement.Holder.FAMILY).exists()
    if not (told and is_child and row.person):
        return None
    born = (row.person.birth_date, dt.date.fromisoformat(told))
    return min(first_day_after_month_of_last(came_of_age_on(day)) for day in born)


_Since = Callable[[PensionDifference, DifferenceSource], dt.date | None]
_TOUCHING: Final[Mapping[PensionDifference.Kind, tuple[str, _Since]]] = {
    Kind.DIED: (Cause.DEATH, _death),
    Kind.MOVED: (Cause.HOUSEHOLD, _move),
    Kind.CERTIFICATE: (Cause.CERTIFICATE, _certificate),
    Kind.GROUP: (Cause.CATEGORY, _group),
    Kind.BIRTH_DATE: (Cause.OTHER, _coming_of_age),
}
"""The kinds of proposals that touch accrued months: the cause of the order, and the day the fact counts from."""
