"""What stands at the head of an office's papers, and who signs them."""

import datetime as dt
from dataclasses import dataclass

from offices.models import Office, Role, RoleGrant, Staff

DEPARTMENT = "Департамент Смоленской области по социальному развитию"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The texts above the line, and the office's phone for the foot."""

    department: str
    office: str
    contacts: str
    phone: str


def letterhead_of(office: Office) -> Letterhead:
    """Return the head of the office's papers."""
    phone = f"тел. {office.phone}" if office.phone else ""
    return Letterhead(
        department=DEPARTMENT,
        office=office.name,
        contacts=" · ".join(filter(None, [office.address, phone])),
        phone=office.phone,
    )


def head_of(office: Office, *, on: dt.date) -> Staff | None:
    """Return who heads the district office on the day, None where nobody was appointed."""
    grants = RoleGrant.objects.valid_on(on).filter(role=Role.HEAD, staff__office=office)
    grant: RoleGrant | None = grants.select_related("staff").order_by("-valid_from", "-pk").first()
    return grant.staff if grant else None
