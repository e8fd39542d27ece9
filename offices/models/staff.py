"""Who works where, in which role, and who may see whom."""

import datetime as dt
from typing import Any, Self

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.units import Office


class Role(models.TextChoices):
    """The roles R1 to R14 of the segregation of duties; the code follows the duty."""

    INTAKE = "intake", "специалист по приёму"
    CALCULATION = "calculation", "специалист по расчёту"
    EXCHANGE = "exchange", "специалист по обмену"
    CHECKING = "checking", "специалист по проверке"
    HEAD = "head", "начальник отдела"
    RECEPTION = "reception", "приём сведений (отдел выплат)"
    REGISTRIES = "registries", "ведение реестров (отдел выплат)"
    PAYMENTS = "payments", "выплатные документы (отдел выплат)"
    VERIFIER = "verifier", "проверяющий отдела субсидий"
    ACCOUNTANT = "accountant", "бухгалтер"
    LEGAL = "legal", "отдел кадров и права"
    DEPARTMENT_HEAD = "department_head", "руководитель Департамента"
    ADMINISTRATOR = "administrator", "администратор"
    AUDITOR = "auditor", "аудитор"


DISTRICT_ROLES = (Role.INTAKE, Role.CALCULATION, Role.EXCHANGE, Role.CHECKING, Role.HEAD)
BLIND_ROLES = (Role.ADMINISTRATOR,)


@pghistory.track(exclude=["password", "last_login"])
class Staff(AbstractUser):
    """A person of the department who signs in."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел", related_name="staff", null=True)
    middle_name = models.CharField("отчество", max_length=60, blank=True)
    position = models.CharField("должность", max_length=150, blank=True)
    snils = models.CharField("СНИЛС", max_length=11, blank=True)

    class Meta:
        verbose_name = "сотрудник"
        verbose_name_plural = "сотрудники"
        constraints = [
            models.CheckConstraint(
                condition=Q(snils="") | Q(snils__regex=r"^\d{11}$"),
                name="staff_snils_has_eleven_digits",
                violation_error_message="СНИЛС — одиннадцать цифр.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    def roles_on(self, day: dt.date) -> set[str]:
        """Name the roles in force on `day`."""
        known: tuple[dt.date, frozenset[str]] | None = getattr(self, "_remembered", None)
        if known is not None and known[0] == day:
            return set(known[1])
        return set(self.grants.valid_on(day).values_list("role", flat=True))

    def remember_roles(self, day: dt.date) -> frozenset[str]:
        """Read the roles in force on `day` once for this object: for one request, where many lists ask for them."""
        self._remembered = (day, frozenset(self.roles_on(day)))
        return self._remembered[1]


@pghistory.track()
class RoleGrant(DatedRow):
    """A role given to a member of staff by an order, for a period."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="сотрудник", related_name="grants")
    role = models.CharField("роль", max_length=20, choices=Role.choices)
    order = models.CharField("приказ", max_length=150)
    granted_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="назначил", related_name="+", null=True
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "роль сотрудника"
        verbose_name_plural = "роли сотрудников"
        constraints = [
            not_empty("role_grant_period_is_not_empty"),
            no_overlap(
                "role_grants_do_not_overlap",
                "staff",
                "role",
                message="Эта роль у сотрудника уже есть в пересекающийся период.",
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("staff")),
                name="role_is_not_granted_to_oneself",
                violation_error_message="Роль не назначают самому себе.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="role_grant_names_a_known_role",
                violation_error_message="Такой роли нет.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="roles_do_not_conflict",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT 1 FROM offices_rolegrant other"
                    " JOIN offices_forbiddenrolepair pair"
                    " ON (pair.first = NEW.role AND pair.second = other.role)"
                    " OR (pair.second = NEW.role AND pair.first = other.role)"
                    " WHERE other.staff_id = NEW.staff_id AND other.id <> NEW.id"
                    " AND daterange(other.valid_from, other.valid_to)"
                    " && daterange(NEW.valid_from, NEW.valid_to)) THEN"
                    " RAISE EXCEPTION 'roles conflict' USING ERRCODE = 'check_violation';"
                    " END IF; RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.get_role_display()}"


class ForbiddenRolePair(models.Model):
    """Two roles that one account never holds at once (reliability.md, section 7)."""

    first = models.CharField("роль", max_length=20, choices=Role.choices)
    second = models.CharField("несовместима с", max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = "запрещённое сочетание ролей"
        verbose_name_plural = "запрещённые сочетания ролей"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="forbidden_role_pair_is_listed_once",
                violation_error_message="Это сочетание уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_first_display()} — {self.get_second_display()}"


class OfficeQuerySet(models.QuerySet[Any]):
    """Rows that belong to a district office; `office_path` leads to it."""

    office_path = "office"

    def for_user(self, staff: Staff, *, on: dt.date) -> Self:
        """Keep what `staff` may see on the day `on`: a district its own, the department all.

        Without a role nothing is seen; an administrator sees no personal data at all.
        """
        roles = staff.roles_on(on)
        if roles & set(DISTRICT_ROLES):
            return self.filter(**{self.office_path: staff.office_id})
        return self.all() if roles - set(BLIND_ROLES) else self.none()


class DatedOfficeQuerySet(DatedQuerySet, OfficeQuerySet):  # type: ignore[override]
    """Dated rows that belong to a district office."""
