"""What a month of a card is read from: lines, the charges under them, the people they count, what checks found."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from calculations.models import Accrual, AccrualLine, UnappliedRecalculation, Withheld
from calculations.rules.faults import LineFault
from calculations.rules.regimes import UnknownRule
from calculations.rules.stored import StoredLine, UnreadableStoredLine, from_stored
from calculations.services import explanation
from calculations.services.explanation import Explanation
from exchange.models import Discrepancy, ExchangeFile
from exchange.selectors.region_files import RowInWhole
from providers.models import Charge
from recipients.models import Person, Recipient

ANSWERS = (ExchangeFile.Kind.RETURN, ExchangeFile.Kind.LATE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a charge came from; a hand-typed one has no file. `document` is the id of the stored file."""

    file_name: str
    row: int | None
    loaded_at: dt.datetime | None
    document: int | None
    whole_row: int | None = None
    """The row's number in the file that the provider sent, where that was one for the whole region."""


@dataclass(frozen=True, slots=True)
class HeldCharge:
    """Why a charge became no line of the run."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class KnownCharge:
    """A charge of the month with its file, and why it was held where it was."""

    charge: Charge
    source: Source
    held: HeldCharge | None
    unapplied: str = ""
    """Why the recalculation it tells changes nothing, empty where there is none or it stands in a line."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stored line with the same calculated again; both are None where the line cannot be read, `fault` says why."""

    line: AccrualLine
    stored: StoredLine | None
    explanation: Explanation | None
    fault: str = ""

    @property
    def is_faithful(self) -> bool:
        """Say whether the rule gives the stored sum again."""
        return self.explanation is not None and self.explanation.equals_stored


@dataclass(frozen=True, slots=True)
class MonthSources:
    """Everything of a recipient's month and of the one before it; persons are short names by id."""

    lines: tuple[Replayed, ...]
    former: tuple[Replayed, ...]
    charges: tuple[KnownCharge, ...]
    persons: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Discrepancy, ...] = ()


def month_sources(
    *, recipient: Recipient, month: dt.date, accruals: Sequence[Accrual], former: Sequence[Accrual]
) -> MonthSources:
    """Read a month in four queries; `accruals` are the month's, `former` those of the month before."""
    lines = _lines([*accruals, *former])
    replayed = [_replayed(line) for line in lines]
    now = tuple(one for one in replayed if one.line.month == month)
    return MonthSources(
        lines=now,
        former=tuple(one for one in replayed if one.line.month != month),
        charges=_charges(recipient, month, accruals),
        persons=_persons(now),
        findings=_findings(recipient, month),
    )


def _lines(accruals: Sequence[Accrual]) -> list[AccrualLine]:
    rows = AccrualLine.objects.filter(
        accrual__in=[one.pk for one in accruals], month__in={one.month for one in accruals}
    ).select_related("service", "account__provider", "tariff", "accrual__entitlement__disabled_person")
    return list(rows.order_by("service_id", "account_id", "accrual_id", "pk"))


def _replayed(line: AccrualLine) -> Replayed:
    try:
        return Replayed(line, from_stored(line.inputs), explanation.replay(line=line))
    except UnreadableStoredLine:
        return Replayed(line, None, None, "исходные данные строки не читаются")
    except (UnknownRule, LineFault) as fault:
        return Replayed(line, None, None, str(fault))


def _charges(recipient: Recipient, month: dt.date, accruals: Iterable[Accrual]) -> tuple[KnownCharge, ...]:
    runs = {one.run_id for one in accruals}
    held = Withheld.objects.filter(charge_id=OuterRef("pk"), recipient=recipient, run__in=runs).order_by("-pk")
    left = UnappliedRecalculation.objects.filter(charge_id=OuterRef("pk"), recipient=recipient, run__in=runs)
    row_in_whole = RowInWhole("region_part__row_numbers", OuterRef("row_number"))
    files = ExchangeFile.objects.filter(
        sha256=OuterRef("file_sha256"), month=month, kind__in=ANSWERS, status=ExchangeFile.Status.LOADED
    ).order_by("-loaded_at", "-pk")
    rows: Any = (
        Charge.objects.filter(recipient=recipient, month=month)
        .select_related("service", "account__provider")
        .annotate(
            left=ArraySubquery(left.values_list("text")[:1]),
            held=ArraySubquery(held.values(told=JSONObject(reason="reason", text="text"))[:1]),
            files=ArraySubquery(
                files.values(told=JSONObject(name="name", at="loaded_at", file="file_id", whole=row_in_whole))[:1]
            ),
        )
        .order_by("service_id", "account_id", F("billed_for").desc(nulls_first=True), "number", "pk")
    )
    return tuple(
        KnownCharge(row, _source(row), HeldCharge(**row.held[0]) if row.held else None, row.left[0] if row.left else "")
        for row in rows
    )


def _source(charge: Any) -> Source:
    known = charge.files[0] if charge.files else {}
    loaded_at = dt.datetime.fromisoformat(known["at"]) if known.get("at") else None
    return Source(
        file_name=known.get("name", ""),
        row=charge.row_number,
        loaded_at=loaded_at,
        document=known.get("file"),
        whole_row=known.get("whole"),
    )


def _persons(lines: Iterable[Replayed]) -> dict[str, str]:
    ids = {
        pk
        for one in lines
        if one.stored
        for period in one.stored.inputs.periods
        for pk in (*period.entitled_ids, *period.resident_ids)
    }
    rows = Person.objects.filter(pk__in=ids).only("last_name", "first_name", "middle_name")
    return {str(row.pk): _short(row) for row in rows}


def _short(person: Person) -> str:
    initials = " ".join(f"{part[0]}." for part in (person.first_name, person.middle_name) if part)
    return f"{person.last_name}\N{NO-BREAK SPACE}{initials}"


def _findings(recipient: Recipient, month: dt.date) -> tuple[Discrepancy, ...]:
    rows = Discrepancy.objects.filter(
        Q(request_row__recipient=recipient) | Q(row__request_row__recipient=recipient), file__month=month
    ).select_related("file__provider", "line__service", "decided_by")
    return tuple(rows.order_by("code", "pk"))


def by_charge(charges: Iterable[KnownCharge]) -> dict[int, KnownCharge]:
    """Find charges by their ids."""
    return {one.charge.pk: one for one in charges}


def standing(charges: Iterable[KnownCharge]) -> list[KnownCharge]:
    """Keep the last number of each service of each account and month billed: the earlier ones were corrected."""
    last: dict[tuple[int, str, dt.date | None], KnownCharge] = {}
    for one in charges:
        last[one.charge.account_id, one.charge.service_id, one.charge.billed_for] = one
    return list(last.values())


def total(values: Collection[Decimal]) -> Decimal:
    """Add roubles up; nothing is zero."""
    return sum(values, Decimal("0.00"))


Place = tuple[str, int | None, dt.date | None, bool]
"""Service, account, the past month that a correction counts for, whether it is a recalculation that names no month."""


def grouped(lines: Iterable[Replayed]) -> dict[Place, list[Replayed]]:
    """Put the lines of several rights to one service of one account together, corrections and recalculations apart."""
    groups: dict[Place, list[Replayed]] = defaultdict(list)
    for one in sorted(lines, key=lambda one: one.line.corrects_month or dt.date.min):
        line = one.line
        groups[line.service_id, line.account_id, line.corrects_month, line.is_unmonthed].append(one)
    return dict(groups)
