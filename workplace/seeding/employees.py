"""Everybody who works with the system, with roles by order; one password for all of the demo."""

from django.contrib.auth.hashers import make_password

from offices.models import Office, RoleGrant, Staff
from workplace.demo import staff as demo_staff

PASSWORD = "demo"  # noqa: S105 (the demo's own, printed by the command)


def seed_employees() -> None:
    """Make staff and their roles; the administrator is granted by the head of the department."""
    offices = {office.code: office for office in Office.objects.all()}
    password = make_password(PASSWORD)
    for one in demo_staff.staff():
        Staff.objects.create(
            username=one.username,
            password=password,
            last_name=one.last_name,
            first_name=one.first_name,
            middle_name=one.middle_name,
            position=one.position,
            office=offices[one.office_code],
        )
    _grant_roles()


def _grant_roles() -> None:
    staff = {one.username: one for one in Staff.objects.all()}
    granting = staff["admin"]
    for one in demo_staff.staff():
        by = granting if one.username != granting.username else staff["rukovoditel"]
        for role in one.roles:
            RoleGrant.objects.create(
                staff=staff[one.username], role=role, order=one.order, granted_by=by, valid_from=one.granted_on
            )


def with_role(role: str, office: Office) -> Staff:
    """Return the first member of an office's staff who holds a role."""
    grants = RoleGrant.objects.filter(role=role, staff__office=office)
    found: RoleGrant = grants.select_related("staff").order_by("valid_from", "pk")[0]
    return found.staff
