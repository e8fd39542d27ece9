"""Long actions as rows: PostgreSQL knows them, the broker only rings."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from offices.models.staff import DISTRICT_ROLES, Role, Staff
from offices.models.units import Office

KINDS = {
    "receive_return": "приём файла предприятия",
    "receive_region": "приём сводного файла предприятия",
    "verify_return": "проверка файла предприятия",
    "load_return": "загрузка начислений файла",
    "take_people": "приём списка людей",
    "calculate_run": "расчёт района",
    "rehearse": "репетиция",
    "build_lists": "списки на выплату",
    "form_registers": "реестры на выплату",
    "demo_region": "учебная область",
}
"""Kinds of jobs in words; each is requested by the floor that does it."""

DISTRICT_KINDS = ("calculate_run", "load_return", "receive_return", "verify_return")
"""Kinds done for one district office; the others are of the whole region."""


class JobQuerySet(models.QuerySet[Any]):
    """Jobs, by who may look at them."""

    def for_user(self, staff: Staff, *, on: dt.date) -> Self:
        """Keep the jobs whose page `staff` may open on a day: own ones, and those of the own district's office.

        The department and an administrator see every job: it names ids and files, no person.
        """
        roles = staff.roles_on(on)
        own = Q(requested_by=staff)
        if roles & set(DISTRICT_ROLES):
            return self.filter(own | Q(office__isnull=False, office=staff.office_id))
        return self.all() if roles else self.filter(own)

    def listed_for(self, staff: Staff, *, on: dt.date) -> Self:
        """Keep what a list of jobs shows: own ones; to a head the office's, to department and administrator all."""
        seen = self.for_user(staff, on=on)
        answers_for_all = {Role.HEAD, Role.ADMINISTRATOR, Role.DEPARTMENT_HEAD, Role.AUDITOR}
        return seen if staff.roles_on(on) & answers_for_all else seen.filter(requested_by=staff)

    def unfinished(self) -> Self:
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])


class Job(models.Model):
    """A long action: what, by whom, how far, and who works on it until when."""

    class State(models.TextChoices):
        QUEUED = "queued", "в очереди"
        RUNNING = "running", "выполняется"
        DONE = "done", "выполнено"
        FAILED = "failed", "ошибка"
        QUARANTINED = "quarantined", "остановлено после повторных сбоев"

    kind = models.CharField("вид", max_length=60)
    key = models.CharField("предмет", max_length=150)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, verbose_name="отдел", related_name="+", null=True, blank=True
    )
    task = models.CharField("задача", max_length=150)
    parameters = models.JSONField("параметры", default=dict)
    state = models.CharField("состояние", max_length=12, choices=State.choices, default="queued")
    cursor = models.JSONField("где остановились", default=dict)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    progressed_in = models.PositiveSmallIntegerField("попытка, которая продвинулась", default=0)
    taken_at = models.DateTimeField("взято исполнителем", null=True, blank=True)
    done_when_taken = models.PositiveIntegerField("сделано до того", default=0)
    progressed_at = models.DateTimeField("последнее продвижение", null=True, blank=True)
    lease_until = models.DateTimeField("занято до", null=True, blank=True)
    rung_at = models.DateTimeField("последний звонок", null=True, blank=True)
    result = models.JSONField("итог", default=dict)
    error = models.TextField("ошибка", blank=True)
    requested_at = models.DateTimeField("запрошено")
    requested_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кем запрошено", related_name="+")
    started_at = models.DateTimeField("начато", null=True, blank=True)
    finished_at = models.DateTimeField("закончено", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "работа"
        verbose_name_plural = "работы"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="one_live_job_per_kind_and_key",
                violation_error_message="Эта работа уже выполняется.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) | Q(total=0),
                name="job_does_not_exceed_its_total",
                violation_error_message="Сделано больше, чем всего.",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="only_a_running_job_holds_a_lease",
                violation_error_message="Занято до — только у выполняемой работы.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "quarantined"], finished_at__isnull=False),
                name="a_finished_job_has_its_end",
                violation_error_message="Конец указывают у законченной работы и только у неё.",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False) | ~Q(kind__in=DISTRICT_KINDS),
                name="job_of_a_district_knows_its_office",
                violation_error_message="У работы района указывают отдел.",
            ),
            models.CheckConstraint(
                condition=Q(progressed_at__isnull=True) | Q(taken_at__isnull=False),
                name="job_progresses_after_it_is_taken",
                violation_error_message="Продвигается только работа, взятая исполнителем.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "requested_at"],
                condition=Q(state__in=["queued", "running"]),
                name="live_jobs",
            )
        ]

    def __str__(self) -> str:
        return f"{KINDS.get(self.kind, self.kind)}, {self.key}"
