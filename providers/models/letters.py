"""Letters to providers: numbered, printed, stored; each reminder of a letter points to it."""

from django.db import models

from offices.columns import first_of_month
from offices.guards import append_only
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.providers import Provider


class ReminderLetter(models.Model):
    """A letter that reminds a provider of the files of a month, of one district or several."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="кто направил")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="letters")
    month = models.DateField("месяц")
    number = models.CharField("№ письма", max_length=20)
    made_at = models.DateTimeField("составлено")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")
    answer_due_on = models.DateField("ответить до")
    document = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, verbose_name="письмо (PDF)", related_name="reminder_letter"
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо предприятию"
        verbose_name_plural = "письма предприятиям"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="letter_number_is_unique_in_its_office",
                violation_error_message="Письмо с этим номером уже есть.",
            ),
            first_of_month("letter_month_is_a_first_day"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"письмо № {self.number}"
