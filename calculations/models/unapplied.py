"""What providers recalculated and a run made no line of, with the reason: nothing is lost in silence."""

from django.db import models

from calculations.models.guards import written_with_its_draft
from calculations.models.runs import CalculationRun
from offices.columns import first_of_month, received
from offices.guards import closed_month_is_frozen, no_truncate
from recipients.models.persons import Recipient


class UnappliedRecalculation(models.Model):
    """A recalculation that a charge of the run's month tells and that changes nothing.

    `roubles` are the provider's, signed; `counts_for` is the past month it names, empty where it names none.
    """

    class Reason(models.TextChoices):
        NO_DIFFERENCE = "no_difference", "сумма за тот месяц не меняется"
        NO_RIGHT = "no_right", "в том месяце не было права"
        SUSPENDED = "suspended", "выплата за тот месяц приостановлена"
        RIGHT_ENDED = "right_ended", "права уже нет"
        NOT_IN_MEASURE = "not_in_measure", "услуга не входит в меру"
        NO_DWELLING = "no_dwelling", "мера предоставлена по другому жилью"
        NOT_KNOWN = "not_known", "не хватает данных, чтобы пересчитать"

    run = models.ForeignKey(
        CalculationRun, on_delete=models.PROTECT, verbose_name="расчёт", related_name="unapplied_recalculations"
    )
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="unapplied_recalculations"
    )
    charge_id = models.BigIntegerField("начисление предприятия")
    month = models.DateField("месяц")
    counts_for = models.DateField("за прошедший месяц", null=True, blank=True)
    roubles = received("перерасчёт предприятия")
    reason = models.CharField("причина", max_length=20, choices=Reason.choices)
    text = models.CharField("пояснение", max_length=300)

    class Meta:
        verbose_name = "перерасчёт без изменения суммы"
        verbose_name_plural = "перерасчёты без изменения суммы"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "charge_id"],
                name="recalculation_is_left_once_in_a_run",
                violation_error_message="Этот перерасчёт в расчёте уже отмечен.",
            ),
            models.CheckConstraint(
                condition=~models.Q(roubles=0),
                name="what_is_left_was_recalculated",
                violation_error_message="Перерасчёта на ноль не бывает.",
            ),
            models.CheckConstraint(
                condition=models.Q(counts_for__isnull=True) | models.Q(counts_for__lt=models.F("month")),
                name="what_is_left_counts_for_an_earlier_month",
                violation_error_message="Перерасчёт относится к прошедшему месяцу.",
            ),
            first_of_month("left_recalculation_month_is_a_first_day"),
        ]
        triggers = [
            written_with_its_draft("submitted_unapplied_is_frozen"),
            closed_month_is_frozen(),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_reason_display()}"
