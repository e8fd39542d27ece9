"""Who opened whose card, and when: the access log, written once and never changed."""

from django.db import models
from django.db.models import F
from django.db.models.lookups import Exact

from offices.guards import append_only
from offices.models.staff import OfficeQuerySet, Staff
from recipients.models.persons import Recipient


class WholeMinute(models.Func):
    """The beginning of a moment's minute, the same in every zone."""

    template = "date_trunc('minute', %(expressions)s, 'UTC')"
    output_field = models.DateTimeField()


class CardViewQuerySet(OfficeQuerySet):
    office_path = "recipient__office"


class CardView(models.Model):
    """A member of staff looked at a recipient's card; pages opened within one minute are one line."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="чья карточка", related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто открыл", related_name="+")
    minute = models.DateTimeField("когда")
    tab = models.CharField("раздел карточки", max_length=40)
    address = models.GenericIPAddressField("с какого адреса", null=True, blank=True)

    objects = CardViewQuerySet.as_manager()

    class Meta:
        verbose_name = "просмотр карточки"
        verbose_name_plural = "просмотры карточек"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "staff", "minute"],
                name="card_view_is_kept_once_a_minute",
                violation_error_message="Этот просмотр уже записан.",
            ),
            models.CheckConstraint(
                condition=Exact(WholeMinute("minute"), F("minute")),
                name="card_view_is_kept_to_the_minute",
                violation_error_message="Время просмотра хранится с точностью до минуты.",
            ),
            models.CheckConstraint(
                condition=~models.Q(tab=""),
                name="card_view_names_its_tab",
                violation_error_message="Укажите, какой раздел карточки открыли.",
            ),
        ]
        indexes = [models.Index(fields=["minute"], name="card_views_by_time")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.staff}: {self.recipient}"
