"""Roles are given and ended by an order, for a period; conflicting ones never meet in one account."""

import datetime as dt

from django.db import transaction

from offices import selectors
from offices.models import Role, RoleGrant, Staff
from offices.refusals import Refusal


class RolesConflict(Refusal):
    """The person holds a role that never goes with the new one."""


class RoleHeld(Refusal):
    """The person holds the role already."""


class GrantedToOneself(Refusal):
    """Nobody gives a role to oneself."""


class NotGrantedThen(Refusal):
    """The role is not in force on the day it is to end."""


@transaction.atomic
def grant_role(
    *, staff_id: int, role: str, order: str, starts_on: dt.date, ends_on: dt.date | None, by: Staff
) -> RoleGrant:
    """Give a role from a day on; `ends_on` is the first day without it.

    Raises GrantedToOneself, RoleHeld, RolesConflict.
    """
    staff = Staff.objects.select_for_update(of=("self",)).get(pk=staff_id)
    if staff == by:
        raise GrantedToOneself("Роль не назначают самому себе.")
    if staff.grants.filter(role=role).touching(starts_on, ends_on or dt.date.max).exists():
        raise RoleHeld(f"Роль «{Role(role).label}» у сотрудника {staff} в этот период уже есть.")
    conflicts = selectors.conflicting_roles(staff=staff, role=role, start=starts_on, end=ends_on)
    if conflicts:
        held = ", ".join(f"«{Role(other).label}»" for other in conflicts)
        raise RolesConflict(f"Роль «{Role(role).label}» несовместима с ролью {held} сотрудника {staff}.")
    return RoleGrant.objects.create(
        staff=staff, role=role, order=order, valid_from=starts_on, valid_to=ends_on, granted_by=by
    )


@transaction.atomic
def end_role(*, grant_id: int, ends_on: dt.date) -> RoleGrant:
    """End a role; `ends_on` is the first day without it.

    Raises NotGrantedThen.
    """
    grant: RoleGrant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant_id)
    if ends_on <= grant.valid_from or (grant.valid_to is not None and grant.valid_to <= ends_on):
        raise NotGrantedThen(f"Роль нельзя прекратить {ends_on:%d.%m.%Y}: в этот день она не действует.")
    grant.valid_to = ends_on
    grant.save(update_fields=["valid_to"])
    return grant
