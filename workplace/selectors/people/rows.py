"""The rows of the list of recipients, ready to be shown, and the suggestions under the search box."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from housing.models import Address, SupportedDwelling
from recipients.models import Category, PaymentChannel, Recipient
from recipients.names import PersonName, surname_and_initials
from recipients.snils import format_snils
from workplace.selectors.people.facts import WORDS
from workplace.selectors.people.search import Found, found

CATEGORIES = dict(Category.choices)
KINDS = dict(PaymentChannel.Kind.choices)
MOST_SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A recipient in the list; sums in roubles, `certificate_to` is the last day of the certificate."""

    pk: int
    name: str
    short_name: str
    birth_date: dt.date
    snils: str
    case_number: str
    district: str
    address: str
    category: str
    certificate_to: dt.date | None
    accrued: Decimal | None
    change: Decimal | None
    channel: str
    state: str
    state_word: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A recipient under the search box: name, year of birth, address, district and case number."""

    pk: int
    name: str
    year: int
    address: str
    district: str
    case_number: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """What stands under the search box; `is_nearly` where nobody is called exactly so, `more` where not all fit."""

    people: tuple[Suggestion, ...]
    is_nearly: bool
    more: bool


def ready_rows(people: Sequence[Any], *, day: dt.date) -> list[PersonRow]:
    """Turn recipients with their facts into rows of the list, with the addresses of the day; one query."""
    addresses = addresses_of(people, day=day)
    return [_row(recipient, addresses.get(recipient.pk, "")) for recipient in people]


def suggestions(text: str, *, rows: "QuerySet[Any]", on: dt.date) -> Suggested:
    """Answer a question being typed with the first few of the recipients meant."""
    answer: Found = found(text, rows=rows, on=on)
    wanted = rows.filter(answer.condition).select_related("person", "office__district")
    people = list(wanted.order_by("person__name_key", "pk")[: MOST_SUGGESTED + 1])
    shown = people[:MOST_SUGGESTED]
    addresses = addresses_of(shown, day=on)
    return Suggested(
        people=tuple(_suggestion(one, addresses.get(one.pk, "")) for one in shown),
        is_nearly=answer.is_nearly,
        more=len(people) > MOST_SUGGESTED,
    )


def addresses_of(people: Iterable[Recipient], *, day: dt.date) -> dict[int, str]:
    """Return the addresses of the recipients' dwellings on the day, or of the last ones before; by recipient."""
    dwellings = (
        SupportedDwelling.objects.filter(recipient__in=[one.pk for one in people], valid_from__lte=day)
        .select_related("dwelling__address__street__settlement")
        .order_by("recipient_id", "-valid_from")
        .distinct("recipient_id")
    )
    return {row.recipient_id: short_address(row.dwelling.address) for row in dwellings}


def short_address(address: Address) -> str:
    """Write an address in one line: «г. Сафоново, Полевая, 12 корп. 2, кв. 34»."""
    house = " ".join(filter(None, [address.house, address.building and f"корп. {address.building}"]))
    flat = address.flat and f"кв. {address.flat}"
    room = address.room and f"ком. {address.room}"
    street = address.street
    return ", ".join(filter(None, [str(street.settlement), street.name, house, flat, room]))


def _row(recipient: Any, address: str) -> PersonRow:
    person = recipient.person
    ends = recipient.certificate_to
    kind, word = WORDS[recipient.state]
    return PersonRow(
        pk=recipient.pk,
        name=person.full_name,
        short_name=surname_and_initials(PersonName(person.last_name, person.first_name, person.middle_name)),
        birth_date=person.birth_date,
        snils=format_snils(person.snils) if person.snils else "",
        case_number=recipient.case_number,
        district=str(recipient.office.district),
        address=address,
        category=CATEGORIES.get(recipient.category, ""),
        certificate_to=ends - dt.timedelta(days=1) if ends else None,
        accrued=recipient.accrued,
        change=recipient.change,
        channel=KINDS.get(recipient.channel, ""),
        state=kind,
        state_word=word,
    )


def _suggestion(recipient: Any, address: str) -> Suggestion:
    return Suggestion(
        pk=recipient.pk,
        name=recipient.person.full_name,
        year=recipient.person.birth_date.year,
        address=address,
        district=str(recipient.office.district),
        case_number=recipient.case_number,
    )
