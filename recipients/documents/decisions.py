"""What decisions of a district office share on paper: head, signatures, names written for a letter."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string

from config.pdf import Signature, render_form
from offices.calendar import day_of
from offices.letterhead import letterhead_of
from offices.models import Office, Staff
from recipients.models import Person
from recipients.names import (
    GrammaticalCase,
    PersonName,
    Sex,
    decline,
    full_name,
    initials_and_surname,
    surname_and_initials,
)
from recipients.snils import format_snils

SPECIALIST = "Специалист"
HEAD = "Начальник отдела"


def print_decision(
    template: str,
    *,
    office: Office,
    number: str,
    at: dt.datetime,
    by: Staff,
    signed_by: Staff | None,
    facts: dict[str, Any],
) -> bytes:
    """Print a decision of the office to PDF; `facts` is what the template adds to the common head and foot.

    `by` prepared it and stands as its executor; `signed_by` signs below, a blank name where nobody is known.
    """
    context = {
        **asdict(letterhead_of(office)),
        "number": number,
        "issued_on": day_of(at),
        "executor": surname_and_initials(name_of_staff(by)),
        "signatures": [
            Signature(by.position or SPECIALIST, initials_and_surname(name_of_staff(by))),
            Signature(
                signed_by.position if signed_by and signed_by.position else HEAD,
                initials_and_surname(name_of_staff(signed_by)) if signed_by else "",
            ),
        ],
        **facts,
    }
    return render_form(render_to_string(template, context))


def name_of_staff(staff: Staff) -> PersonName:
    """Return a member of staff's name in parts."""
    return PersonName(staff.last_name, staff.first_name, staff.middle_name)


def name_in(case: GrammaticalCase, person: Person) -> str:
    """Write a person's full name in a case: «Соловьёвой Любови Ильиничне»."""
    name = PersonName(person.last_name, person.first_name, person.middle_name)
    return full_name(decline(name, case, sex=Sex(person.sex)))


def snils_of(person: Person) -> str:
    """Write a person's СНИЛС, empty where it is unknown."""
    return format_snils(person.snils) if person.snils else ""
