"""Months, the exchange schedule and the production calendar."""

import datetime as dt

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.columns import first_of_month, together
from offices.guards import never_deleted
from offices.models.staff import Staff
from offices.models.units import Office


class BillingMonth(models.Model):
    """A month billed, from its opening to its closing."""

    month = models.DateField("месяц", primary_key=True)
    opened_at = models.DateTimeField("открыт")
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кем открыт", related_name="+")
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)
    closed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кем закрыт",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "месяц"
        verbose_name_plural = "месяцы"
        constraints = [
            first_of_month("billing_month_is_a_first_day"),
            together(
                "month_is_closed_by_someone",
                "closed_at",
                "closed_by",
                message="Закрытие месяца: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="month_closes_after_it_opens",
                violation_error_message="Месяц закрыт раньше, чем открыт.",
            ),
        ]
        triggers = never_deleted()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


@pghistory.track()
class CalendarDay(models.Model):
    """A day that differs from the week's pattern: a holiday or a moved working day."""

    day = models.DateField("день", primary_key=True)
    is_working = models.BooleanField("рабочий")
    note = models.CharField("основание", max_length=200)

    class Meta:
        verbose_name = "день производственного календаря"
        verbose_name_plural = "производственный календарь"

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"


@pghistory.track()
class ExchangeSchedule(models.Model):
    """The exchange schedule of a half-year, approved by the head of the department (3.5.1 б)."""

    starts_on = models.DateField("полугодие с", unique=True)
    approved_at = models.DateTimeField("утверждён")
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="утвердил", related_name="+")

    class Meta:
        verbose_name = "график обмена"
        verbose_name_plural = "графики обмена"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__month__in=[1, 7], starts_on__day=1),
                name="schedule_starts_a_half_year",
                violation_error_message="График начинается 1 января или 1 июля.",
            ),
        ]

    def __str__(self) -> str:
        return f"график с {self.starts_on:%d.%m.%Y}"


@pghistory.track()
class ScheduledStep(models.Model):
    """The day by which an office finishes one item of the regulation for a month billed."""

    schedule = models.ForeignKey(
        ExchangeSchedule, on_delete=models.PROTECT, verbose_name="график", related_name="steps"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    item = models.CharField("пункт регламента", max_length=5)
    due_on = models.DateField("срок")

    class Meta:
        verbose_name = "срок графика"
        verbose_name_plural = "сроки графика"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "item"],
                name="scheduled_step_is_set_once",
                violation_error_message="Срок этого пункта для отдела и месяца уже задан.",
            ),
            first_of_month("scheduled_step_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.due_on:%d.%m.%Y}"

    def is_late_on(self, day: dt.date) -> bool:
        return day > self.due_on
