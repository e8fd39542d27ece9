"""Payments suspended because of a debt, and how they were resumed."""

from django.db import models
from django.db.models import F, Q

from calculations.models.debt_guards import SUSPENSION_GOES_FORWARD, SUSPENSION_HAS_ITS_GROUND
from calculations.models.debts import DebtAnswer, DebtCourtAct
from offices.columns import first_of_month
from offices.guards import no_truncate
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from recipients.models.applications import Ground
from recipients.models.persons import Recipient

_NOT_CONFIRMED = Q(confirmed_at__isnull=True, confirmed_by__isnull=True, notice__isnull=True)
_CONFIRMED = Q(confirmed_at__isnull=False, confirmed_by__isnull=False, notice__isnull=False)
_NOT_RESUMED = Q(
    resumed_on__isnull=True, resumed_because="", resumed_document="", resumed_at__isnull=True, resumed_by__isnull=True
)
_RESUMED = Q(resumed_on__isnull=False, resumed_at__isnull=False, resumed_by__isnull=False) & ~Q(resumed_document="")


class Suspension(models.Model):
    """A decision that a recipient's payment is suspended from a month on (Housing Code, article 160, item 3).

    It stops every right of the recipient, from `starts_on`, the first day of the month after the decision, as long as
    it is not resumed. Resumed, it stops no month any more: the past ones are accrued by an order of recalculation.
    """

    class Rule(models.TextChoices):
        AGREEMENT = "agreement", "долг без соглашения о его погашении"
        COURT_ACT = "court_act", "долг подтверждён судебным актом"

    class Status(models.TextChoices):
        PREPARED = "prepared", "ждёт утверждения"
        WITHDRAWN = "withdrawn", "отозвано до утверждения"
        CONFIRMED = "confirmed", "выплата приостановлена"
        RESUMED = "resumed", "выплата возобновлена"

    class Resumed(models.TextChoices):
        PAID = "paid", "долг погашен"
        AGREEMENT = "agreement", "заключено соглашение о погашении"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="suspensions"
    )
    number = models.CharField("№ решения", max_length=20)
    rule = models.CharField("правило", max_length=9, choices=Rule.choices)
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, verbose_name="основание")
    court_act = models.ForeignKey(
        DebtCourtAct,
        on_delete=models.PROTECT,
        verbose_name="судебный акт",
        related_name="suspensions",
        null=True,
        blank=True,
    )
    answer = models.ForeignKey(
        DebtAnswer,
        on_delete=models.PROTECT,
        verbose_name="ответ предприятия",
        related_name="suspensions",
        null=True,
        blank=True,
    )
    status = models.CharField("состояние", max_length=9, choices=Status.choices, default=Status.PREPARED)
    starts_on = models.DateField("приостановлена с")
    prepared_at = models.DateTimeField("подготовлено")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="подготовил", related_name="+")
    confirmed_at = models.DateTimeField("утверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="утвердил", related_name="+", null=True, blank=True
    )
    notice = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="уведомление (PDF)",
        related_name="+",
        null=True,
        blank=True,
    )
    resumed_on = models.DateField("долг погашен или соглашение от", null=True, blank=True)
    resumed_because = models.CharField("почему возобновлена", max_length=9, choices=Resumed.choices, blank=True)
    resumed_document = models.CharField("документ", max_length=200, blank=True)
    resumed_at = models.DateTimeField("возобновлена", null=True, blank=True)
    resumed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто возобновил", related_name="+", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "приостановление выплаты"
        verbose_name_plural = "приостановления выплат"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="suspension_number_is_unique_in_its_office",
                violation_error_message="Решение с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(status__in=["prepared", "confirmed"]),
                name="a_payment_is_suspended_once_at_a_time",
                violation_error_message="Выплата этому получателю уже приостановлена или решение готовится.",
            ),
            models.CheckConstraint(
                condition=Q(rule="court_act", court_act__isnull=False, answer__isnull=True)
                | Q(rule="agreement", court_act__isnull=True, answer__isnull=False),
                name="suspension_stands_on_an_act_or_an_answer",
                violation_error_message="Приостанавливают по судебному акту или по ответу предприятия.",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=["prepared", "withdrawn"]) & _NOT_CONFIRMED & _NOT_RESUMED)
                | (Q(status="confirmed") & _CONFIRMED & _NOT_RESUMED)
                | (Q(status="resumed", resumed_because__in=["paid", "agreement"]) & _CONFIRMED & _RESUMED),
                name="suspension_status_fits_its_facts",
                violation_error_message="Состояние решения не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("prepared_by")),
                name="suspension_is_not_confirmed_by_its_author",
                violation_error_message="Решение утверждает не тот, кто его подготовил.",
            ),
            first_of_month("suspension_begins_with_a_month", "starts_on"),
        ]
        triggers = [SUSPENSION_GOES_FORWARD, SUSPENSION_HAS_ITS_GROUND, no_truncate()]

    def __str__(self) -> str:
        return f"решение № {self.number}"
