"""Confirmations of receipt: ours for an answer, a provider's for our request (3.8, 3.9)."""

from django.db import models
from django.db.models import F, Q

from exchange.models.files import ExchangeFile
from offices.columns import first_of_month
from offices.guards import append_only
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office


class Acknowledgement(models.Model):
    """What was sent back for a file by the layout's agreement, and what it says: rows received, rows matched.

    Of an answer it is ours, made when the answer is accepted; of a request it is the provider's, read as it came.
    """

    file = models.OneToOneField(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="acknowledgement"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="подтверждение", related_name="+")
    rows = models.PositiveIntegerField("строк получено")
    matched = models.PositiveIntegerField("строк сопоставлено")
    at = models.DateTimeField("составлено или получено")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "подтверждение приёма"
        verbose_name_plural = "подтверждения приёма"
        constraints = [
            models.CheckConstraint(
                condition=Q(matched__lte=F("rows")),
                name="no_more_rows_are_matched_than_received",
                violation_error_message="Сопоставлено больше строк, чем получено.",
            ),
            first_of_month("acknowledgement_month_is_a_first_day"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.document.name}: строк {self.rows}, сопоставлено {self.matched}"
