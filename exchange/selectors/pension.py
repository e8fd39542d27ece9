"""Our side of the lists of people: whom they may be about, and what awaits a decision (3.4, 3.5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from exchange.models import DifferenceSource, ExchangeFile, PensionDifference, PensionRecord
from exchange.pension.differences import OurPerson
from exchange.pension.matching import KnownPerson, comparable
from housing.models import SupportedDwelling
from offices.models import Staff
from offices.months import next_month, shift_month
from recipients.models import Entitlement, Person

_CARD = ("last_name", "first_name", "middle_name", "birth_date", "death_date", "pension_case")
ROWS_AT_ONCE = 5000
Decision = PensionDifference.Decision


def known_persons() -> Iterator[KnownPerson]:
    """Give the disabled persons and recipients of every right, in force or not, in one query."""
    rights = Entitlement.objects.all()
    grounds, recipients = rights.values("disabled_person_id"), rights.values("recipient__person_id")
    people = Person.objects.filter(Q(pk__in=grounds) | Q(pk__in=recipients)).order_by("pk")
    rows = people.values_list("pk", "snils", "last_name", "first_name", "middle_name", "birth_date")
    for pk, snils, last_name, first_name, middle_name, birth_date in rows.iterator(ROWS_AT_ONCE):
        yield KnownPerson(pk, snils or "", f"{last_name} {first_name} {middle_name}".strip(), birth_date)


def persons_of_rights(*, month: dt.date) -> list[OurPerson]:
    """Return the disabled persons of the rights in force in the month, and their recipients, each once."""
    rights = Entitlement.objects.touching(month, next_month(month)).order_by("pk").values(
        "recipient_id",
        "recipient__office_id",
        "category",
        "certificate_valid_to",
        "disabled_person_id",
        "recipient__person_id",
        *(f"disabled_person__{name}" for name in _CARD),
        *(f"recipient__person__{name}" for name in _CARD),
    )  # fmt: skip
    dwellings = _dwellings(month)
    people: dict[tuple[int, int], OurPerson] = {}
    for right in rights.iterator(ROWS_AT_ONCE):
        address = dwellings.get(right["recipient_id"], "")
        ground = _person(right, "disabled_person", right["category"], right["certificate_valid_to"], address)
        people[ground.recipient_id, ground.person_id] = ground
        recipient = _person(right, "recipient__person", "", None, address)
        people.setdefault((recipient.recipient_id, recipient.person_id), recipient)
    return list(people.values())


def taken_pension_file(*, month: dt.date) -> ExchangeFile | None:
    """Return the fund's file of the month that stands; one entered from paper is none."""
    pension = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.PENSION, month=month, origin=ExchangeFile.Origin.FILE)
    found: ExchangeFile | None = pension.exclude(status__in=ExchangeFile.NOT_STANDING).first()
    return found


def has_pension_data(*, month: dt.date) -> bool:
    """Tell whether the fund's data of the month came, as a file or on paper."""
    pension = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.PENSION, month=month)
    return bool(pension.exclude(status__in=ExchangeFile.NOT_STANDING).exists())


def proposals_of(*, month: dt.date, staff: Staff, on: dt.date) -> QuerySet[PensionDifference]:
    """Return the month's proposals of the offices `staff` may see on the day, without those taken back by the fund.

    An earlier month's belong here too while they are undecided or where a list of this month told of them again.
    """
    own: QuerySet[PensionDifference] = PensionDifference.objects.for_user(staff, on=on)
    told = DifferenceSource.objects.filter(difference=OuterRef("pk"), record__file__month=month)
    waiting = Q(decision__in=PensionDifference.UNDECIDED, file__month__lt=month)
    return own.filter(Q(file__month=month) | waiting | Exists(told)).exclude(decision=Decision.REPLACED)


def people_files(*, month: dt.date, staff: Staff, on: dt.date) -> QuerySet[ExchangeFile]:
    """Return the lists of people of the month that `staff` may see, the newest first."""
    files: QuerySet[ExchangeFile] = ExchangeFile.objects.for_user(staff, on=on)
    rows = files.filter(kind__in=ExchangeFile.PEOPLE, month=month)
    joined = rows.select_related("office__district", "by", "file", "fund_notice", "paper_delivery", "replaces")
    return joined.order_by("-at", "-pk")


def faulty_records(file: ExchangeFile) -> QuerySet[PensionRecord]:
    """Return the file's rows with faults, in their order."""
    return PensionRecord.objects.filter(file=file, match=PensionRecord.Match.FAULTY).order_by("row_number")


def identities_told_before(file: ExchangeFile) -> set[str]:
    """Return whom the fund's file of the month before told of without our knowing them; empty without such a file."""
    former = taken_pension_file(month=shift_month(file.month, -1))
    if former is None:
        return set()
    records = PensionRecord.objects.filter(file=former, match=PensionRecord.Match.UNKNOWN)
    names = ("content__snils", "content__last_name", "content__first_name", "content__birth_date")
    return {identity(*told) for told in records.values_list(*names).iterator(ROWS_AT_ONCE)}


def identity(snils: str | None, last_name: str | None, first_name: str | None, birth_date: str | None) -> str:
    """Return by what a person unknown to us is recognised in the next file."""
    return snils or comparable(f"{last_name} {first_name} {birth_date}")


def _dwellings(month: dt.date) -> dict[int, str]:
    """Return the address counted for each recipient on some day of the month, as far as the card knows one."""
    address = "dwelling__address"
    names = (
        f"{address}__street__settlement__name",
        f"{address}__street__name",
        f"{address}__house",
        f"{address}__building",
        f"{address}__flat",
    )
    rows = SupportedDwelling.objects.touching(month, next_month(month)).order_by("valid_from", "pk")
    found: dict[int, str] = {}
    for recipient, settlement, street, house, building, flat in rows.values_list("recipient_id", *names).iterator(
        ROWS_AT_ONCE
    ):
        parts = (settlement, street, f"д. {house}", building and f"корп. {building}", flat and f"кв. {flat}")
        found[recipient] = ", ".join(part for part in parts if part)
    return found


def _person(
    right: dict[str, Any], whose: str, category: str, certificate_to: dt.date | None, address: str
) -> OurPerson:
    card = {name: right[f"{whose}__{name}"] for name in _CARD}
    names = (card["last_name"], card["first_name"], card["middle_name"])
    return OurPerson(
        person_id=right[f"{whose}_id"],
        recipient_id=right["recipient_id"],
        office_id=right["recipient__office_id"],
        full_name=" ".join(str(name) for name in names if name),
        birth_date=card["birth_date"],
        death_date=card["death_date"],
        pension_case=card["pension_case"],
        address=address,
        category=category,
        certificate_to=certificate_to,
    )
