"""What was asked of providers outside the monthly files: letters and calls, with their answers."""

import datetime as dt

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.guards import never_deleted
from offices.models.journals import JournalEntry
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.providers import Provider


@pghistory.track()
class ProviderInquiry(models.Model):
    """An information request or a call to a provider: what about, to whom, when, by when and what was answered."""

    class Way(models.TextChoices):
        LETTER = "letter", "письмо"
        EMAIL = "email", "эл. почта"
        PHONE = "phone", "по телефону"
        MEETING = "meeting", "на встрече"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="кто запросил")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="inquiries"
    )
    way = models.CharField("способ", max_length=7, choices=Way.choices)
    told = models.CharField("кому", max_length=150, blank=True)
    subject = models.CharField("о чём", max_length=150)
    text = models.CharField("текст", max_length=1000)
    asked_on = models.DateField("когда")
    answer_due_on = models.DateField("ответить до", null=True, blank=True)
    at = models.DateTimeField("записано")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")
    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, verbose_name="запись журнала", related_name="inquiry"
    )
    answered_on = models.DateField("ответ получен", null=True, blank=True)
    answer = models.CharField("ответ", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто записал ответ", related_name="+", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос предприятию"
        verbose_name_plural = "запросы предприятиям"
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["letter", "email", "phone", "meeting"]) & ~Q(subject="") & ~Q(text=""),
                name="inquiry_says_how_and_what",
                violation_error_message="Укажите, как, о чём и что запросили.",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on__isnull=True) | Q(answer_due_on__gte=F("asked_on")),
                name="inquiry_waits_after_it_was_made",
                violation_error_message="Срок ответа раньше запроса.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_on__gte=F("asked_on"), answered_by__isnull=False) & ~Q(answer="")),
                name="inquiry_is_answered_as_a_whole",
                violation_error_message="Ответ: день не раньше запроса, текст и сотрудник указываются вместе.",
            ),
        ]
        indexes = [models.Index(fields=["provider", "-asked_on"], name="inquiries_of_a_provider")]
        triggers = never_deleted()

    def __str__(self) -> str:
        return f"{self.provider}: {self.subject}"

    def is_overdue_on(self, day: dt.date) -> bool:
        """Say whether the answer should have come before the day and did not."""
        return self.answered_on is None and self.answer_due_on is not None and self.answer_due_on < day
