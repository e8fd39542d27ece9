"""Our side of the pension fund's file: the people it may be about, and what awaits a decision (3.4)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from exchange.models import ExchangeFile, PensionDifference
from exchange.pension.differences import OurPerson
from exchange.pension.matching import KnownPerson
from offices.models import Staff
from offices.months import next_month
from recipients.models import Entitlement, Person, Recipient

_CARD = ("last_name", "first_name", "middle_name", "birth_date", "death_date")
ROWS_AT_ONCE = 5000


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
        "category",
        "certificate_valid_to",
        "disabled_person_id",
        "recipient__person_id",
        *(f"disabled_person__{name}" for name in _CARD),
        *(f"recipient__person__{name}" for name in _CARD),
    )  # fmt: skip
    people: dict[tuple[int, int], OurPerson] = {}
    for right in rights.iterator(ROWS_AT_ONCE):
        ground = _person(right, "disabled_person", right["category"], right["certificate_valid_to"])
        people[ground.recipient_id, ground.person_id] = ground
        recipient = _person(right, "recipient__person", "", None)
        people.setdefault((recipient.recipient_id, recipient.person_id), recipient)
    return list(people.values())


def taken_pension_file(*, month: dt.date) -> ExchangeFile | None:
    """Return the fund's file of the month that was taken."""
    pension = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.PENSION, month=month)
    found: ExchangeFile | None = pension.exclude(status=ExchangeFile.Status.REFUSED).first()
    return found


def differences_to_decide(*, month: dt.date, staff: Staff, on: dt.date) -> QuerySet[PensionDifference]:
    """Return the month's differences without a decision about recipients whom `staff` may see on the day."""
    seen = Recipient.objects.for_user(staff, on=on)
    rows = PensionDifference.objects.filter(file__month=month, decision="open", recipient__in=seen)
    return rows.select_related("person", "recipient__office").order_by("kind", "person__last_name", "pk")


def _person(right: dict[str, Any], whose: str, category: str, certificate_to: dt.date | None) -> OurPerson:
    card = {name: right[f"{whose}__{name}"] for name in _CARD}
    names = (card["last_name"], card["first_name"], card["middle_name"])
    return OurPerson(
        person_id=right[f"{whose}_id"],
        recipient_id=right["recipient_id"],
        full_name=" ".join(str(name) for name in names if name),
        birth_date=card["birth_date"],
        death_date=card["death_date"],
        category=category,
        certificate_to=certificate_to,
    )
