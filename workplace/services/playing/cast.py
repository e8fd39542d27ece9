"""Who does what: the member of staff with a role in an office, by the grants in force."""

import datetime as dt
from dataclasses import dataclass

from offices.models import Office, Role, RoleGrant, Staff
from offices.refusals import Refusal


class NobodyInRole(Refusal):
    """No member of an office's staff holds the role in the month."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The staff of the region by role: in the districts by office, in the department by role alone."""

    district: dict[tuple[int, str], Staff]
    department: dict[str, tuple[Staff, ...]]

    def of(self, office: Office, role: Role) -> Staff:
        """Return who has a role in a district office. Raises NobodyInRole."""
        found = self.district.get((office.pk, role))
        if found is None:
            raise NobodyInRole(f"{office}: нет сотрудника с ролью «{role.label}».")
        return found

    def one(self, role: Role, *, place: int = 0) -> Staff:
        """Return who has a role in the department; `place` chooses among several. Raises NobodyInRole."""
        found = self.department.get(role, ())
        if len(found) <= place:
            raise NobodyInRole(f"В Департаменте не хватает сотрудников с ролью «{role.label}».")
        return found[place]


def cast_on(*, day: dt.date) -> Cast:
    """Read who holds which role on a day."""
    district: dict[tuple[int, str], Staff] = {}
    department: dict[str, tuple[Staff, ...]] = {}
    grants = RoleGrant.objects.valid_on(day).select_related("staff__office").order_by("staff_id", "pk")
    for grant in grants:
        office = grant.staff.office
        if office is None:
            continue
        if office.kind == Office.Kind.DISTRICT:
            district.setdefault((office.pk, grant.role), grant.staff)
        else:
            department[grant.role] = (*department.get(grant.role, ()), grant.staff)
    return Cast(district, department)
