"""Reading what a chunk of recipients is calculated from: tuples, a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from django.db.models import QuerySet

from calculations.inputs.facts import (
    WITHOUT_END,
    Bill,
    Claim,
    DwellingRows,
    DwellingState,
    Home,
    Presence,
    RecipientRows,
    Right,
)
from calculations.inputs.measure import ServiceBook
from calculations.inputs.prices import Directories
from calculations.inputs.suspended import suspended_in
from housing.models import DwellingFacts, Residence, SupportedDwelling
from offices.months import next_month
from providers.in_force import Traits
from providers.models import Charge, Service
from providers.selectors import norms_in_force, tariffs_in_force
from recipients.eligibility import Basis, RightEnd, end_of_right
from recipients.models import Category, EntitledPerson, Entitlement

_RIGHT = (
    "pk", "recipient_id", "disabled_person_id", "holder", "category", "valid_from", "valid_to",
    "certificate_valid_to", "disabled_person__birth_date", "disabled_person__death_date", "recipient__person__death_date",
)  # fmt: skip
_HOME = (
    "recipient_id", "dwelling_id", "valid_from", "valid_to",
    "dwelling__district_id", "dwelling__address__street__settlement_id",
    "dwelling__address__street__settlement__is_rural",
)  # fmt: skip
_STATE = (
    "dwelling_id", "valid_from", "valid_to", "stock", "kind", "stove", "rooms", "amenities", "total_area",
)  # fmt: skip
BILL_COLUMNS: Final = (
    "pk", "recipient_id", "account_id", "account__dwelling_id", "provider_id", "service_id", "number",
    "billed", "quantity", "is_metered", "tariff", "file_sha256", "row_number",
)  # fmt: skip
_BILL_FIELDS = tuple(one.name for one in fields(Bill))[: len(BILL_COLUMNS) - 2]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some recipients of a month with all their rights, and the dwellings they are supported for."""

    recipients: tuple[RecipientRows, ...]
    dwellings: dict[int, DwellingRows]


def directories_of(month: dt.date) -> Directories:
    """Read the confirmed tariffs and norms of a month."""
    return Directories(month=month, tariffs=tariffs_in_force(month=month), norms=norms_in_force(month=month))


def service_book() -> ServiceBook:
    """Read which services are in the measure."""
    return ServiceBook.of(Service.objects.values_list("code", "kind", "is_supported"))


def read_chunk(*, office_id: int, month: dt.date, recipient_ids: Sequence[int], ended: Collection[int] = ()) -> Chunk:
    """Read the rights of the recipients on some day of the month and all that bears on them.

    `ended` are rights read as well though they have no day in the month: they bear what is still due for past ones.

    The bills are those of the office: of a recipient who moved, the former office's bills stay with its run. What
    came late and bills an earlier month is left out.
    """
    charges = Charge.objects.filter(office_id=office_id, month=month, recipient_id__in=recipient_ids)
    return read_recipients(
        month=month, recipient_ids=recipient_ids, bills=bills_of(charges.of_their_month()), ended=ended
    )


def read_recipients(
    *,
    month: dt.date,
    recipient_ids: Sequence[int],
    bills: Mapping[int, Sequence[Bill]],
    ended: Collection[int] = (),
) -> Chunk:
    """Read the recipients of a month with the bills given by recipient."""
    end = next_month(month)
    rights = _rights(recipient_ids, month, end, ended)
    placed = list(
        SupportedDwelling.objects.filter(recipient_id__in=recipient_ids).touching(month, end).values_list(*_HOME)
    )
    homes: dict[int, list[Home]] = defaultdict(list)
    suspended = suspended_in(month=month, recipient_ids=recipient_ids)
    for recipient_id, dwelling_id, starts, ends, *_ in placed:
        homes[recipient_id].append(Home(dwelling_id, starts, ends or WITHOUT_END))
    return Chunk(
        recipients=tuple(
            RecipientRows(
                id=pk,
                rights=tuple(rights[pk]),
                homes=tuple(homes[pk]),
                bills=tuple(bills.get(pk, ())),
                suspended=suspended.get(pk, ""),
            )
            for pk in recipient_ids
        ),
        dwellings=_dwellings(placed, month, end),
    )


def _rights(
    recipient_ids: Sequence[int], month: dt.date, end: dt.date, ended: Collection[int]
) -> dict[int, list[Right]]:
    theirs = Entitlement.objects.filter(recipient_id__in=recipient_ids)
    asked = theirs.touching(month, end) | theirs.filter(pk__in=ended) if ended else theirs.touching(month, end)
    rows = list(asked.order_by("pk").values_list(*_RIGHT))
    covered: dict[int, list[Presence]] = defaultdict(list)
    for right_id, *presence in (
        EntitledPerson.objects.filter(entitlement_id__in=[row[0] for row in rows])
        .touching(month, end)
        .values_list("entitlement_id", "person_id", "valid_from", "valid_to", "person__death_date")
    ):
        covered[right_id].append(_presence(*presence))
    rights: dict[int, list[Right]] = defaultdict(list)
    for pk, recipient_id, person_id, holder, category, starts, until, certificate_to, born_on, *deaths in rows:
        last = _end(category, born_on, certificate_to, until)
        rights[recipient_id].append(
            Right(
                id=pk,
                recipient_id=recipient_id,
                person_id=person_id,
                holder=holder,
                category=category,
                starts=starts,
                ends=last.day if last else WITHOUT_END,
                died_on=min((day for day in deaths if day is not None), default=None),
                covered=tuple(covered[pk]),
                ending=last.why if last else None,
            )
        )
    return rights


def _end(category: str, born_on: dt.date, certificate_to: dt.date | None, until: dt.date | None) -> RightEnd | None:
    """Return what ends a right of the living; a death counts by the month's own parameter."""
    is_child = category == Category.CHILD
    return end_of_right(
        Basis(is_child=is_child, born_on=born_on, certificate_valid_to=certificate_to, died_on=None, ends_on=until)
    )


def _presence(person_id: int, starts: dt.date, ends: dt.date | None, died_on: dt.date | None) -> Presence:
    last = WITHOUT_END if died_on is None else died_on + dt.timedelta(days=1)
    return Presence(person_id, starts, min(ends or WITHOUT_END, last))


def _dwellings(placed: Iterable[tuple[Any, ...]], month: dt.date, end: dt.date) -> dict[int, DwellingRows]:
    places: dict[int, tuple[int, int, bool]] = {row[1]: row[4:] for row in placed}
    residents: dict[int, list[Presence]] = defaultdict(list)
    for dwelling_id, *presence in (
        Residence.objects.filter(dwelling_id__in=places)
        .touching(month, end)
        .values_list("dwelling_id", "person_id", "valid_from", "valid_to", "person__death_date")
    ):
        residents[dwelling_id].append(_presence(*presence))
    claims = _claims({one.person_id for people in residents.values() for one in people}, month, end)
    states: dict[int, list[DwellingState]] = defaultdict(list)
    rows = DwellingFacts.objects.filter(dwelling_id__in=places).touching(month, end).values_list(*_STATE)
    for dwelling_id, starts, ends, stock, kind, stove, rooms, amenities, area in rows:
        traits = Traits(stock, kind, stove, rooms, amenities, is_rural=places[dwelling_id][2])
        states[dwelling_id].append(DwellingState(starts, ends or WITHOUT_END, stock, area, traits))
    return {
        pk: DwellingRows(
            id=pk,
            district_id=district_id,
            settlement_id=settlement_id,
            states=tuple(states[pk]),
            residents=tuple(residents[pk]),
            claims=tuple(claim for one in residents[pk] for claim in claims.get(one.person_id, ())),
        )
        for pk, (district_id, settlement_id, _) in places.items()
    }


def _claims(people: Collection[int], month: dt.date, end: dt.date) -> dict[int, list[Claim]]:
    """Read by which rights people are covered in the month, other recipients' rights with them."""
    claims: dict[int, list[Claim]] = defaultdict(list)
    rows = (
        EntitledPerson.objects.filter(person_id__in=people)
        .touching(month, end)
        .order_by("pk")
        .values_list(
            "entitlement_id", "entitlement__valid_from", "entitlement__category",
            "entitlement__disabled_person__birth_date", "entitlement__certificate_valid_to", "entitlement__valid_to",
            "person_id", "valid_from", "valid_to", "person__death_date",
        )
    )  # fmt: skip
    for right_id, since, category, born_on, certificate_to, until, *covered in rows:
        presence = _presence(*covered)
        last = _end(category, born_on, certificate_to, until)
        starts, ends = max(presence.starts, since), min(presence.ends, last.day if last else WITHOUT_END)
        if starts < ends:
            claims[presence.person_id].append(Claim(right_id, since, Presence(presence.person_id, starts, ends)))
    return claims


def bills_of(charges: QuerySet[Charge]) -> dict[int, list[Bill]]:
    """Read charges as bills by recipient, in the order they come."""
    bills: dict[int, list[Bill]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = charges.values_list(*BILL_COLUMNS)
    for row in rows:
        bills[row[1]].append(bill_of(row))
    return bills


def bill_of(columns: Sequence[Any]) -> Bill:
    """Arrange the BILL_COLUMNS of a charge."""
    *values, file_sha256, row_number = columns
    named = dict(zip(_BILL_FIELDS, values, strict=True))
    return Bill(**named, origin=_origin(file_sha256, row_number))


def _origin(file_sha256: str, row_number: int | None) -> str:
    return f"файл {file_sha256[:12]}, строка {row_number}" if file_sha256 else "введено вручную"
