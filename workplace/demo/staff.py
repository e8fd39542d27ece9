"""Offices of the 27 districts, units of the department, and who works there in which roles.

Roles are the codes of `offices.models.staff.Role`. The smallest staff that keeps the
forbidden pairs apart: in a district four people, in the department nine.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from workplace.demo.people import draw_family_name
from workplace.demo.places import DemoDistrict, districts
from workplace.demo.vocabulary import Sex, fathers_name, first_name, patronymic, surname_for

SEED = "staff"
DISTRICT_ROLES = ("intake", "calculation", "exchange", "checking", "head")
DEPARTMENT_ROLES = (
    "reception", "registries", "payments", "verifier", "accountant", "legal", "department_head",
    "administrator", "auditor",
)  # fmt: skip
LONELY_ROLES = ("administrator", "auditor", "department_head")

# login's ending, position, roles; who is named first in a role is who has it in a played month
DISTRICT_POSTS = (
    ("priem", "Специалист по приёму и обмену", ("intake", "exchange")),
    ("raschet", "Специалист по расчёту и обмену", ("calculation", "exchange")),
    ("proverka", "Специалист по проверке", ("checking",)),
    ("nachalnik", "Начальник отдела", ("head",)),
)
# unit's code, login, position, roles
DEPARTMENT_POSTS = (
    ("payments", "reestr", "Главный специалист по реестрам", ("reception", "registries")),
    ("payments", "vyplata", "Главный специалист по выплатным документам", ("payments",)),
    ("subsidies", "lgoty-1", "Главный специалист по проверке", ("verifier",)),
    ("subsidies", "lgoty-2", "Ведущий специалист по проверке", ("verifier",)),
    ("accounting", "buhgalter", "Главный бухгалтер", ("accountant",)),
    ("legal", "pravo", "Главный специалист отдела кадров", ("legal",)),
    ("management", "rukovoditel", "Начальник Департамента", ("department_head",)),
    ("administration", "admin", "Администратор системы", ("administrator",)),
    ("administration", "auditor", "Аудитор", ("auditor",)),
)
# code, kind, name
UNITS = (
    ("payments", "payments", "Отдел организации выплат"),
    ("subsidies", "subsidies", "Отдел жилищно-коммунальных субсидий и льгот"),
    ("accounting", "accounting", "Отдел бухгалтерского учёта и отчётности"),
    ("legal", "legal", "Отдел кадров и правового обеспечения"),
    ("management", "management", "Руководство Департамента"),
    ("administration", "administration", "Администрирование системы"),
)
DEPARTMENT = "Департамент Смоленской области по социальному развитию"
DEPARTMENT_ADDRESS = "214025, г. Смоленск, ул. Багратиона, д. 23"
HOURS = "пн–чт 9:00–18:00, пт 9:00–16:45, обед 13:00–13:45"


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A district office (with its district) or a unit of the department (without)."""

    code: str
    kind: str
    name: str
    district_code: str
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """An employee with a login and roles; `granted_on` is the first day of the roles."""

    username: str
    last_name: str
    first_name: str
    middle_name: str
    sex: str
    office_code: str
    position: str
    roles: tuple[str, ...]
    order: str
    granted_on: dt.date


@cache
def offices() -> tuple[DemoOffice, ...]:
    """Return the district offices, then the department's units."""
    units = (
        DemoOffice(code, kind, name, "", DEPARTMENT_ADDRESS, "+7 000 481-00-00", HOURS) for code, kind, name in UNITS
    )
    return (*(_office(place) for place in districts()), *units)


@cache
def staff() -> tuple[DemoStaff, ...]:
    """Return everybody who works with the system; logins are unique."""
    return tuple(_staff())


@cache
def forbidden_role_pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of roles that one account never holds, each pair in alphabetical order.

    Source: segregation of duties, the pairs forbidden in one account at all.
    """
    everything = (*DISTRICT_ROLES, *DEPARTMENT_ROLES)
    pairs = {(alone, other) for alone in LONELY_ROLES for other in everything if other != alone}
    pairs |= {(first, second) for first in DISTRICT_ROLES for second in DEPARTMENT_ROLES}
    pairs |= {("payments", "verifier"), ("accountant", "payments"), ("accountant", "verifier")}
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _office(place: DemoDistrict) -> DemoOffice:
    center = place.center
    street = center.streets[-1]
    return DemoOffice(
        code=place.code,
        kind="district",
        name=f"Отдел социальной защиты населения {place.within}",
        district_code=place.code,
        address=f"{center.postal_index}, {center.kind} {center.name}, {street.name}, д. 10",
        phone=f"({place.phone_code}) 0-00-00",
        hours=HOURS,
    )


def _staff() -> Iterator[DemoStaff]:
    dice = random.Random(SEED)  # noqa: S311 - invented data, the same each time
    for place in districts():
        for ending, position, roles in DISTRICT_POSTS:
            yield _employee(dice, f"{place.slug}-{ending}", place.code, position, roles)
    for unit, username, position, roles in DEPARTMENT_POSTS:
        yield _employee(dice, username, unit, position, roles)


def _employee(dice: random.Random, username: str, office_code: str, position: str, roles: tuple[str, ...]) -> DemoStaff:
    assert not any((min(pair), max(pair)) in forbidden_role_pairs() for pair in combinations(roles, 2))
    sex: Sex = "m" if dice.random() < 0.15 else "f"
    born_on = dt.date(dice.randrange(1966, 1996), 5, 1)
    return DemoStaff(
        username=username,
        last_name=surname_for(draw_family_name(dice), sex=sex),
        first_name=first_name(dice, sex=sex, born_on=born_on),
        middle_name=patronymic(fathers_name(dice, born_on=born_on), sex=sex),
        sex=sex,
        office_code=office_code,
        position=position,
        roles=roles,
        order=f"приказ № {dice.randrange(10, 300)}-к от 09.01.2020",
        granted_on=dt.date(2020, 1, 9),
    )
