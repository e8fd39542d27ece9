"""Who belongs into a district's register of a month, with everything a register row holds by value (3.6)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from exchange.models import RecipientRegister, RegisterRow
from exchange.register_content import RegisteredAccount, RegisteredPerson
from exchange.selectors.households import Households, Row
from offices.models import Office
from offices.months import last_day
from recipients.eligibility import Basis, Ending, end_of_right
from recipients.models import Category
from recipients.selectors import rights_in


class Held(StrEnum):
    """Why a right in force did not go on into a register or a request; the codes of the balances."""

    DIED = "died"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CAME_OF_AGE = "came_of_age"
    NO_DWELLING = "no_dwelling"
    NO_DWELLING_FACTS = "no_dwelling_facts"
    DOES_NOT_FIT = "does_not_fit"
    NO_ACCOUNT = "no_account"
    NO_AGREEMENT = "no_agreement"
    NO_LAYOUT = "no_layout"
    PROVIDER_UNABLE = "provider_unable"


_LAPSED = {Ending.CERTIFICATE: Held.CERTIFICATE_EXPIRED, Ending.CAME_OF_AGE: Held.CAME_OF_AGE}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A right in force in the month: what its register row will hold, or why it is held."""

    recipient_id: int
    entitlement_id: int
    dwelling_id: int | None
    person: RegisteredPerson | None
    held: Held | None


def candidates(*, office: Office, month: dt.date) -> list[Candidate]:
    """Return every right of the office in force in the month, by name of the recipient.

    The facts are those of the last day of the month on which the right is in force. The number of queries does
    not depend on the number of rights.
    """
    rights = list(_rights(office, month))
    households = Households(office, month)
    return [_candidate(right, households, month) for right in rights]


def standing_register(*, office: Office, month: dt.date) -> RecipientRegister | None:
    """Return the office's register of the month that was not rejected."""
    registers = RecipientRegister.objects.filter(office=office, month=month)
    found: RecipientRegister | None = registers.exclude(status=RecipientRegister.Status.REJECTED).first()
    return found


def accepted_register(*, office: Office, month: dt.date) -> RecipientRegister | None:
    """Return the office's register of the month once the office accepted it."""
    registers = RecipientRegister.objects.filter(office=office, month=month)
    found: RecipientRegister | None = registers.filter(status=RecipientRegister.Status.ACCEPTED).first()
    return found


def rows_of(register: RecipientRegister, /) -> QuerySet[RegisterRow]:
    """Return a register's rows in their order."""
    return RegisterRow.objects.filter(register=register).order_by("row_number")


def _rights(office: Office, month: dt.date) -> Iterator[Row]:
    rows = rights_in(office=office, month=month).values(
        "pk",
        "recipient_id",
        "category",
        "certificate_valid_to",
        "valid_from",
        "valid_to",
        "recipient__case_number",
        *(f"{whose}__{name}" for whose in ("recipient__person", "disabled_person") for name in _PERSON),
    )
    return iter(rows)


_PERSON = ("last_name", "first_name", "middle_name", "birth_date", "death_date", "snils")


def _candidate(right: Row, households: Households, month: dt.date) -> Candidate:
    held = _held_person(right, month)
    day = min(last_day(month), (right["valid_to"] or dt.date.max) - dt.timedelta(days=1))
    dwelling = _in_force(households.supported.get(right["recipient_id"], ()), day)
    facts = _in_force(households.facts.get(dwelling["dwelling_id"], ()), day) if dwelling else None
    if held is None and dwelling is None:
        held = Held.NO_DWELLING
    elif held is None and facts is None:
        held = Held.NO_DWELLING_FACTS
    person = None
    if held is None and dwelling is not None and facts is not None:
        residences = households.residences.get(dwelling["dwelling_id"], ())
        residents = sum(1 for row in residences if _covers(row, day))
        accounts = households.accounts.get(dwelling["dwelling_id"], ())
        person = _person(right, dwelling, facts, residents=residents, accounts=accounts)
    return Candidate(
        recipient_id=right["recipient_id"],
        entitlement_id=right["pk"],
        dwelling_id=dwelling["dwelling_id"] if dwelling else None,
        person=person,
        held=held,
    )


def _held_person(right: Row, month: dt.date) -> Held | None:
    """Hold who died before the month, and whose certificate or childhood ended before it."""
    deaths = (right["recipient__person__death_date"], right["disabled_person__death_date"])
    if any(death is not None and death < month for death in deaths):
        return Held.DIED
    end = end_of_right(
        Basis(
            is_child=right["category"] == Category.CHILD,
            born_on=right["disabled_person__birth_date"],
            certificate_valid_to=right["certificate_valid_to"],
            died_on=None,
            ends_on=right["valid_to"],
        )
    )
    return _LAPSED.get(end.why) if end is not None and end.day <= month else None


def _in_force(rows: Iterable[Row], day: dt.date) -> Row | None:
    """Return the row in force on the day, or the last one of the month before it."""
    begun = [row for row in rows if row["valid_from"] <= day]
    return begun[-1] if begun else None


def _covers(row: Mapping[str, Any], day: dt.date) -> bool:
    return bool(row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"]))


def _person(
    right: Row, dwelling: Row, facts: Row, *, residents: int, accounts: tuple[RegisteredAccount, ...]
) -> RegisteredPerson:
    area: Decimal = facts["total_area"]
    disabled = (right[f"disabled_person__{name}"] for name in ("last_name", "first_name", "middle_name"))
    return RegisteredPerson(
        case_number=right["recipient__case_number"],
        last_name=right["recipient__person__last_name"],
        first_name=right["recipient__person__first_name"],
        middle_name=right["recipient__person__middle_name"],
        birth_date=right["recipient__person__birth_date"],
        snils=right["recipient__person__snils"] or "",
        disabled_name=" ".join(filter(None, disabled)),
        disabled_snils=right["disabled_person__snils"] or "",
        category=right["category"],
        right_from=right["valid_from"],
        right_to=right["valid_to"],
        district=dwelling["district"],
        settlement_code=dwelling["settlement_code"],
        settlement=f"{dwelling['settlement_kind']} {dwelling['settlement_name']}",
        street_code=dwelling["street_code"],
        street=dwelling["street"],
        house=dwelling["house"],
        building=dwelling["building"],
        flat=dwelling["flat"],
        room=dwelling["room"],
        postal_index=dwelling["postal_index"],
        total_area=area,
        heated_area=area if facts["has_central_heating"] else None,
        rooms=facts["rooms"],
        residents=residents,
        accounts=accounts,
    )
