"""A specialist decides about what a list of people says; only an accepted proposal changes anything (3.4, 3.5)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from exchange.models import DifferenceSource, ExchangeFile, PensionDecision, PensionDifference
from exchange.services.pension_data import SENDERS
from exchange.services.pension_effects import apply_difference
from offices import journal
from offices.models import Staff
from offices.refusals import Refusal
from recipients.services import own_case

Kind, Decision = PensionDifference.Kind, PensionDifference.Decision
HARMLESS = frozenset({Kind.CASE, Kind.NEW})
"""Kinds that change no right: only these are decided many at a time."""
MOST_AT_ONCE = 500


class DifferenceDecided(Refusal):
    """Another decision was taken about the proposal before."""


class NotADecision(Refusal):
    """A proposal is accepted, declined or put off, nothing else."""


class ReasonMissing(Refusal):
    """Declining says why."""


class SourcesDisagree(Refusal):
    """The lists tell different days, and it was not said which of them is right."""


class NotHarmless(Refusal):
    """The kind touches rights: each proposal of it is decided by itself."""


class ProposalsChanged(Refusal):
    """There are not as many proposals as were confirmed."""


@dataclass(frozen=True, slots=True)
class DecidedAlike:
    """How many proposals a decision was written for, and how many were left since they concern who decides."""

    done: int
    left: int


@transaction.atomic
def decide_difference(
    *, difference_id: int, decision: str, by: Staff, at: dt.datetime, reason: str = "", source_id: int | None = None
) -> PensionDifference:
    """Accept, decline or put off what a list says; the same decision again changes nothing.

    Accepted, it is applied as `exchange.services.pension_effects` tells, by the row of `source_id` where the lists
    differ; declined, the card stays as it is and the reason is kept.

    Raises NotADecision, ReasonMissing, DifferenceDecided, SourcesDisagree, OwnCase and the refusals of what is
    applied.
    """
    if decision not in {Decision.ACCEPTED, Decision.REJECTED, Decision.LATER}:
        raise NotADecision("По предложению принимают одно из решений: принять, отклонить или отложить.")
    if decision == Decision.REJECTED and not reason.strip():
        raise ReasonMissing("Укажите, почему предложение отклонено: по каким документам карточка верна.")
    rows = PensionDifference.objects.select_for_update(of=("self",))
    row: PensionDifference = rows.select_related(
        "file", "office", "recipient__office", "recipient__person", "person"
    ).get(pk=difference_id)
    if row.decision == decision:
        return row
    if not row.is_undecided:
        raise DifferenceDecided(
            f"По предложению «{row}» уже решено: {row.get_decision_display()}, {row.decided_by}. "
            "Откройте список заново."
        )
    if row.person is not None and row.recipient is not None:
        own_case.require_stranger(by=by, persons=[row.person, row.recipient.person])
    if decision == Decision.ACCEPTED:
        apply_difference(difference=row, sources=deciding_sources(row, source_id), by=by, at=at)
    _write(row, decision, reason.strip() if decision == Decision.REJECTED else "", by=by, at=at)
    return row


@transaction.atomic
def decide_alike(
    *,
    kind: str,
    difference_ids: Collection[int],
    decision: str,
    expected: int,
    by: Staff,
    at: dt.datetime,
    reason: str = "",
) -> DecidedAlike:
    """Decide alike about many undecided proposals of a kind that changes no right; `expected` was confirmed.

    Raises NotHarmless, ProposalsChanged and what `decide_difference` raises.
    """
    if kind not in HARMLESS:
        raise NotHarmless("Эти предложения меняют право, по каждому решают отдельно.")
    rows = PensionDifference.objects.select_for_update(of=("self",)).filter(
        pk__in=difference_ids, kind=kind, decision__in=PensionDifference.UNDECIDED
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(keys) != expected:
        raise ProposalsChanged(
            f"Нерешённых предложений стало {len(keys)}, а подтверждали {expected}: список изменился, откройте его заново."
        )
    done = left = 0
    for key in keys:
        try:
            with transaction.atomic():
                decide_difference(difference_id=key, decision=decision, reason=reason, by=by, at=at)
            done += 1
        except own_case.OwnCase:
            left += 1
    return DecidedAlike(done, left)


def deciding_sources(row: PensionDifference, source_id: int | None, /) -> list[DifferenceSource]:
    """Return the rows to accept by, the newest first: the chosen one, or all where they say the same.

    Raises SourcesDisagree.
    """
    standing = row.sources.exclude(record__file__status=ExchangeFile.Status.SUPERSEDED)
    told = list(standing.select_related("record__file").order_by("-record__file__at", "-pk"))
    if source_id is not None:
        told = [one for one in told if one.pk == source_id]
        if not told:
            raise SourcesDisagree("Выбранной строки среди источников уже нет: откройте предложение заново.")
    if len({one.says for one in told}) > 1:
        days = "; ".join(f"{SENDERS[_kind_of(one)].name}: {one.says}" for one in told)
        raise SourcesDisagree(f"Источники говорят разное ({days}). Выберите, по какому из них принять.")
    return told


def _kind_of(source: DifferenceSource) -> ExchangeFile.Kind:
    return ExchangeFile.Kind(source.record.file.kind)


def _write(row: PensionDifference, decision: str, reason: str, *, by: Staff, at: dt.datetime) -> None:
    row.decision, row.reason, row.decided_at, row.decided_by = decision, reason[:300], at, by
    row.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    PensionDecision.objects.create(difference=row, decision=decision, reason=row.reason, at=at, by=by)
    sender = SENDERS[ExchangeFile.Kind(row.file.kind)]
    subject = f"{row}: у нас «{row.ours}», прислано «{row.theirs}»{f'. {row.reason}' if row.reason else ''}"
    paper = journal.Paper(subject=subject[:300], item=sender.item, month=row.file.month)
    event = f"предложение: {row.get_decision_display()}"
    journal.record(office=row.office, event=event, paper=paper, counterpart=sender.name, by=by, at=at)
