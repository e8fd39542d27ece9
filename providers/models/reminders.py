"""Reminders: who was asked to finish an item of the exchange schedule, by whom and how."""

from django.db import models
from django.db.models import Q

from offices.columns import first_of_month
from offices.guards import append_only
from offices.models.journals import JournalEntry
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.letters import ReminderLetter
from providers.models.providers import Provider


class Reminder(models.Model):
    """A reminder about one item of a district's month: to its office, a unit of the department or a provider.

    The addressee is `provider` where one is named, else `unit`, else the district's office itself. A message and a
    call to one addressee about one item are written once a day each, on the day of the region's time zone.
    """

    class Way(models.TextChoices):
        MESSAGE = "message", "сообщение в системе"
        LETTER = "letter", "письмо"
        PHONE = "phone", "по телефону"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел района")
    unit = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        verbose_name="подразделение Департамента",
        related_name="unit_reminders",
        null=True,
        blank=True,
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="reminders", null=True, blank=True
    )
    month = models.DateField("месяц")
    item = models.CharField("пункт регламента", max_length=5)
    way = models.CharField("способ", max_length=7, choices=Way.choices)
    told = models.CharField("кому", max_length=200)
    text = models.CharField("текст", max_length=1000)
    day = models.DateField("день")
    at = models.DateTimeField("время")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто напомнил", related_name="+")
    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, verbose_name="запись журнала", related_name="reminder"
    )
    letter = models.ForeignKey(
        ReminderLetter,
        on_delete=models.PROTECT,
        verbose_name="письмо",
        related_name="reminders",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "unit", "provider", "month", "item", "way", "day"],
                nulls_distinct=False,
                name="one_reminder_a_day_to_an_addressee",
                violation_error_message="Сегодня об этом пункте уже напоминали.",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(provider__isnull=True),
                name="reminder_has_one_addressee",
                violation_error_message="Напоминают либо подразделению, либо предприятию.",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["message", "letter", "phone"]) & ~Q(told="") & ~Q(text="") & ~Q(item=""),
                name="reminder_says_whom_how_and_what",
                violation_error_message="Укажите, кому, как и о чём напомнили.",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(way="letter", provider__isnull=False),
                name="only_a_written_reminder_has_a_letter",
                violation_error_message="Письмо есть только у письменного напоминания предприятию.",
            ),
            first_of_month("reminder_month_is_a_first_day"),
        ]
        indexes = [models.Index(fields=["month", "office"], name="reminders_of_a_month")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.told}: п. {self.item}"
