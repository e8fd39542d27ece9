"""What the staged rows say otherwise becomes proposals; what was said before is kept, confirmed or taken back (3.4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from exchange.models import DifferenceSource, ExchangeFile, PensionDecision, PensionDifference, PensionRecord
from exchange.pension.differences import Difference, OurPerson, Telling, differences
from exchange.pension.rows import PensionRow
from exchange.register_content import district_number
from exchange.selectors.pension import identities_told_before, identity
from offices.models import Office
from offices.selectors import district_offices
from recipients.models import Category
from recipients.snils import format_snils

Kind, Decision = PensionDifference.Kind, PensionDifference.Decision
EVENTS = frozenset({Kind.DIED, Kind.MOVED})
"""What happened once: however many lists tell of it, it is one proposal."""
Key = tuple[int | None, int | None, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a list tells of our persons by their ids, of strangers, and of whom its faulty rows may be."""

    ours: Sequence[OurPerson]
    found: Mapping[int, PensionRow]
    strangers: Sequence[PensionRow]
    unclear: Collection[int]
    telling: Telling


def propose(*, file: ExchangeFile, told: Told) -> None:
    """List the proposals of a staged file.

    A proposal that stands and says the same is confirmed by the row instead of repeated: in the same month, or
    anywhere while a death or a move is undecided. What a replaced file said and this one does not is taken back.
    """
    standing = _standing(file)
    kept: set[int] = set()
    confirmed: list[tuple[PensionDifference, PensionRow, str]] = []
    new: list[tuple[PensionDifference, PensionRow | None]] = []
    for person in told.ours:
        row = told.found.get(person.person_id)
        if row is None and person.person_id in told.unclear:
            kept |= {one.pk for one in standing.values() if one.person_id == person.person_id}
            continue
        for one in differences(person, row, month=file.month, telling=told.telling):
            former = standing.get(_key(one))
            if former is not None and _says_the_same(former, one):
                kept.add(former.pk)
                confirmed += [(former, row, one.says_theirs)] if row else []
            else:
                new.append((_proposal(file, one), row))
        if row and row.death_date and row.death_date == person.death_date:
            death = standing.get((person.recipient_id, person.person_id, Kind.DIED, ""))
            confirmed += [(death, row, f"{row.death_date:%d.%m.%Y}")] if death else []
    for stranger, row in _strangers(file, told.strangers):
        former = standing.get((None, None, stranger.full_name, stranger.theirs))
        if former is not None:
            kept.add(former.pk)
            confirmed.append((former, row, stranger.theirs))
        else:
            new.append((stranger, row))
    if file.replaces_id:
        _take_back(file, [one for one in standing.values() if one.pk not in kept])
    PensionDifference.objects.bulk_create([one for one, _ in new], batch_size=1000)
    _add_sources(file, [*confirmed, *((one, row, one.theirs) for one, row in new if row is not None)])
    _retell({one.pk: one for one, _, _ in confirmed if one.kind in EVENTS and one.is_undecided}.values())


def _standing(file: ExchangeFile) -> dict[Key, PensionDifference]:
    """Return what was proposed before: by lists of the same kind and month, and events undecided or accepted."""
    same = Q(file__month=file.month, file__kind=file.kind)
    undecided = Q(kind__in=EVENTS, decision__in=PensionDifference.UNDECIDED)
    accepted = Q(kind=Kind.DIED, decision=Decision.ACCEPTED)
    rows = PensionDifference.objects.filter(same | undecided | accepted).exclude(decision=Decision.REPLACED)
    return {
        (None, None, row.full_name, row.theirs)
        if row.kind == Kind.NEW
        else (row.recipient_id, row.person_id, row.kind, ""): row
        for row in rows.select_related("file").order_by("pk")
    }


def _key(one: Difference) -> Key:
    return one.ours.recipient_id, one.ours.person_id, one.kind, ""


def _says_the_same(former: PensionDifference, one: Difference) -> bool:
    if former.kind in EVENTS and former.is_undecided:
        return True
    return former.decision != Decision.ACCEPTED and former.theirs == one.says_theirs[:200]


def _proposal(file: ExchangeFile, one: Difference) -> PensionDifference:
    return PensionDifference(
        file=file,
        office_id=one.ours.office_id,
        recipient_id=one.ours.recipient_id,
        person_id=one.ours.person_id,
        full_name=one.ours.full_name[:190],
        kind=one.kind,
        ours=one.says_ours[:200],
        theirs=one.says_theirs[:200],
    )


def _strangers(file: ExchangeFile, strangers: Sequence[PensionRow]) -> Iterator[tuple[PensionDifference, PensionRow]]:
    """Give the disabled people whom the fund tells of for the first time and no card is about."""
    before = identities_told_before(file)
    offices = {district_number(one.district.code): one for one in district_offices() if one.district}
    for row in strangers:
        born = row.birth_date.isoformat() if row.birth_date else ""
        if identity(row.snils, row.last_name, row.first_name, born) in before:
            continue
        office: Office = offices.get(row.district, file.office)
        theirs = (f"{row.birth_date:%d.%m.%Y}" if row.birth_date else "", str(Category(row.group).label),
                  f"СНИЛС {format_snils(row.snils)}" if row.snils else "")  # fmt: skip
        told = ", ".join(part for part in theirs if part)
        yield (
            PensionDifference(
                file=file, office=office, full_name=row.full_name[:190], kind=Kind.NEW, theirs=told[:200]
            ),
            row,
        )


def _take_back(file: ExchangeFile, dropped: Sequence[PensionDifference]) -> None:
    """Withdraw the undecided proposals of the replaced file; what another list tells too stays."""
    ours = [one for one in dropped if one.is_undecided and one.file.kind == file.kind and one.file.month == file.month]
    elsewhere = DifferenceSource.objects.filter(difference__in=ours).exclude(record__file__kind=file.kind)
    told = set(elsewhere.values_list("difference_id", flat=True))
    taken = [one for one in ours if one.pk not in told]
    reason = f"Исправленный файл «{file.name[:200]}» этого не говорит."
    PensionDifference.objects.filter(pk__in=[one.pk for one in taken]).update(
        decision=Decision.REPLACED, reason=reason, decided_at=file.at, decided_by=file.by
    )
    PensionDecision.objects.bulk_create(
        (
            PensionDecision(difference=one, decision=Decision.REPLACED, reason=reason, at=file.at, by=file.by)
            for one in taken
        ),
        batch_size=1000,
    )


def _add_sources(file: ExchangeFile, told: Sequence[tuple[PensionDifference, PensionRow, str]]) -> None:
    numbers = [row.number for _, row, _ in told]
    records = dict(
        PensionRecord.objects.filter(file=file, row_number__in=numbers).values_list("row_number", "pk").iterator(5000)
    )
    DifferenceSource.objects.bulk_create(
        (DifferenceSource(difference=one, record_id=records[row.number], says=says[:200]) for one, row, says in told),
        batch_size=1000,
    )


def _retell(events: Collection[PensionDifference]) -> None:
    """Say of an event what all the lists that stand say of it."""
    sources = DifferenceSource.objects.filter(difference__in=events).exclude(
        record__file__status=ExchangeFile.Status.SUPERSEDED
    )
    says: dict[int, list[str]] = {}
    for difference, text in sources.order_by("pk").values_list("difference_id", "says"):
        told = says.setdefault(difference, [])
        if text not in told:
            told.append(text)
    for one in events:
        one.theirs = " / ".join(says[one.pk])[:200]
    PensionDifference.objects.bulk_update(events, ["theirs"], batch_size=500)
