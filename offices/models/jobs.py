"""Long actions as rows: PostgreSQL knows them, the broker only rings."""

from django.db import models
from django.db.models import F, Q

from offices.models.staff import Staff

KINDS = {
    "calculate_run": "расчёт района",
    "build_lists": "списки на выплату",
    "form_registers": "реестры на выплату",
    "demo_region": "учебная область",
}
"""Kinds of jobs in words; each is requested by the floor that does it."""


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
    task = models.CharField("задача", max_length=150)
    parameters = models.JSONField("параметры", default=dict)
    state = models.CharField("состояние", max_length=12, choices=State.choices, default="queued")
    cursor = models.JSONField("где остановились", default=dict)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    progressed_in = models.PositiveSmallIntegerField("попытка, которая продвинулась", default=0)
    lease_until = models.DateTimeField("занято до", null=True, blank=True)
    rung_at = models.DateTimeField("последний звонок", null=True, blank=True)
    result = models.JSONField("итог", default=dict)
    error = models.TextField("ошибка", blank=True)
    requested_at = models.DateTimeField("запрошено")
    requested_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кем запрошено", related_name="+")
    started_at = models.DateTimeField("начато", null=True, blank=True)
    finished_at = models.DateTimeField("закончено", null=True, blank=True)

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
