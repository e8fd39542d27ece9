"""One deceased recipient's case: months and services, claims, decisions and payouts, what came after the death."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from housing.models import Residence
from offices.dated import last_valid_day
from offices.models import Staff
from payments.models import CancelledAccrual, HeirClaim, HeirDecision, HeirRequisites, PaymentLine
from payments.selectors.after_death import spent_after_death, unpaid_after_death
from payments.selectors.claims import DOCUMENT_KINDS, channel_in_words, claims_seen, last_day_to_claim, obstacle_of
from payments.selectors.heirs import service_sums, shares_of, unreceived_accruals
from recipients.models import Application, Entitlement, Person, Recipient, Termination
from workplace.selectors.heirs import ZERO, cancelled_of

Status = PaymentLine.Status
PAYOUT_WORDS = {
    Status.LISTED: ("run", "в дополнительном списке"),
    Status.REGISTERED: ("run", "в реестре"),
    Status.SENT: ("run", "отправлено"),
    Status.PAID: ("ok", "выплачено"),
    Status.RETURNED: ("warn", "возвращено"),
}


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A month not received: its services, the accrual and what no confirmed decision gives, in roubles."""

    month: dt.date
    services: tuple[tuple[str, Decimal], ...]
    accrued: Decimal
    undecided: Decimal


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as the page shows it; `papers` are the documents of its kind with whether they were brought.

    `part` is what an equal sharing now would give, None where the claim takes no part in one.
    """

    claim: HeirClaim
    papers: tuple[tuple[str, bool], ...]
    obstacle: str
    ground: str
    way: str
    waiting: HeirRequisites | None
    part: Decimal | None
    lived_together: bool


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """A part of a decision and what became of it: the kind of its status, the word, and the register."""

    month: dt.date
    payable: Decimal
    kind: str
    word: str
    register: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with its parts."""

    decision: HeirDecision
    payouts: tuple[PayoutRow, ...]


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right of the deceased: `ends_on` is its last day, None where no decision ended it; `open` waits for the head."""

    right: Entitlement
    ends_on: dt.date | None
    open: Termination | None


@dataclass(frozen=True, slots=True)
class DeceasedCase:
    """Everything the page of one deceased recipient shows."""

    recipient: Recipient
    died_on: dt.date
    term_ends_on: dt.date
    days_left: int
    months: tuple[MonthSums, ...]
    undecided: Decimal
    claims: tuple[ClaimRow, ...]
    decisions: tuple[DecisionRow, ...]
    rights: tuple[RightRow, ...]
    unpaid_after: tuple[tuple[dt.date, Decimal], ...]
    spent_after: tuple[PaymentLine, ...]
    cancelled: tuple[CancelledAccrual, ...]


def case_of(recipient: Recipient, *, died_on: dt.date, staff: Staff, on: dt.date) -> DeceasedCase:
    """Read the case of a dead recipient for `staff` on a day."""
    unreceived = unreceived_accruals(recipient)
    services: dict[int, list[tuple[str, Decimal]]] = {}
    for row in service_sums(unreceived):
        services.setdefault(row.accrual_id, []).append((row.service, row.accrued))
    claims = list(claims_seen(staff, on=on).filter(recipient=recipient))
    sharing = _sharing(claims)
    shares = shares_of(unreceived, claims=[claim.pk for claim in sharing]) if sharing else {}
    home = _living_with(recipient, died_on)
    term_ends_on = last_day_to_claim(died_on)
    return DeceasedCase(
        recipient=recipient,
        died_on=died_on,
        term_ends_on=term_ends_on,
        days_left=(term_ends_on - on).days,
        months=tuple(
            MonthSums(one.month, tuple(services.get(one.accrual_id, ())), one.accrued, one.undecided)
            for one in unreceived
        ),
        undecided=sum((one.undecided for one in unreceived), ZERO),
        claims=tuple(_claim(claim, shares, home) for claim in claims),
        decisions=_decisions(recipient),
        rights=_rights(recipient),
        unpaid_after=tuple(unpaid_after_death([recipient.pk]).values_list("month", "accrued")),
        spent_after=tuple(
            spent_after_death()
            .filter(recipient=recipient)
            .select_related("asked_back__notice")
            .order_by("accrual__month", "pk")
        ),
        cancelled=tuple(cancelled_of(recipient)),
    )


def household_of(recipient: Recipient, *, died_on: dt.date) -> list[Person]:
    """Return who lived with the deceased on the day of death and lives, the eldest first."""
    living = Person.objects.filter(pk__in=_living_with(recipient, died_on), death_date__isnull=True)
    return list(living.order_by("birth_date", "pk"))


def _sharing(claims: Sequence[HeirClaim]) -> list[HeirClaim]:
    """Return whose claims take part in an equal sharing now, in the order of claiming."""
    standing = sorted(
        (one for one in claims if one.application.status != Application.Status.REFUSED and not obstacle_of(one)[1]),
        key=lambda one: (one.claimed_on, one.pk),
    )
    return [one for one in standing if one.kind != HeirClaim.Kind.HEIR] or standing


def _living_with(recipient: Recipient, died_on: dt.date) -> set[int]:
    homes = Residence.objects.valid_on(died_on).filter(person=recipient.person_id).values("dwelling")
    others = Residence.objects.valid_on(died_on).filter(dwelling__in=homes).exclude(person=recipient.person_id)
    return set(others.values_list("person_id", flat=True))


def _claim(claim: HeirClaim, shares: Mapping[int, Sequence[tuple[int, Decimal]]], home: set[int]) -> ClaimRow:
    brought = {document.kind for document in claim.application.documents.all()}
    requisites = list(claim.requisites.all())
    is_open = claim.application.status != Application.Status.REFUSED
    ground, obstacle = obstacle_of(claim) if is_open else ("", "")
    part = sum((payable for _, payable in shares[claim.pk]), ZERO) if claim.pk in shares else None
    return ClaimRow(
        claim=claim,
        papers=tuple((str(kind.label), kind in brought) for kind in DOCUMENT_KINDS[claim.kind]),
        obstacle=obstacle,
        ground=ground,
        way=channel_in_words(requisites[0]) if requisites else "",
        waiting=requisites[0] if requisites and requisites[0].confirmed_at is None else None,
        part=part,
        lived_together=claim.claimant_id in home,
    )


def _decisions(recipient: Recipient) -> tuple[DecisionRow, ...]:
    rows = (
        HeirDecision.objects.filter(recipient=recipient)
        .select_related("claimant", "prepared_by", "confirmed_by")
        .prefetch_related("parts__accrual", "parts__lines__entry__register")
        .order_by("pk")
    )
    return tuple(DecisionRow(row, tuple(_payouts(row))) for row in rows)


def _payouts(decision: HeirDecision) -> list[PayoutRow]:
    found = []
    for part in sorted(decision.parts.all(), key=lambda one: (one.accrual.month, one.pk)):
        line = max(part.lines.all(), key=lambda one: one.pk, default=None)
        kind, word = PAYOUT_WORDS[Status(line.status)] if line else ("idle", "ждёт списка")
        entry = getattr(line, "entry", None) if line else None
        register = f"№ {entry.register.number} за {entry.register.month:%m.%Y}" if entry else ""
        found.append(PayoutRow(part.accrual.month, part.payable, kind, word, register))
    return found


def _rights(recipient: Recipient) -> tuple[RightRow, ...]:
    rights = list(recipient.entitlements.order_by("-valid_from", "-pk"))
    endings = {one.entitlement_id: one for one in Termination.objects.filter(entitlement__in=rights)}
    prepared = Termination.Status.PREPARED
    return tuple(
        RightRow(
            right=right,
            ends_on=last_valid_day(right.valid_to),
            open=endings[right.pk] if right.pk in endings and endings[right.pk].status == prepared else None,
        )
        for right in rights
    )
