"""Our own corrections of past months: what changed, what difference was seen before saving, who approved it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from calculations.models.recalculation_guards import MONTH_KEEPS_ITS_ORDER, ORDER_CLOSES_ITS_MONTHS, ORDER_GOES_FORWARD
from calculations.models.runs import CalculationRun
from offices.columns import MOST_ROUBLES, between, first_of_month, roubles
from offices.guards import no_truncate
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from recipients.models.persons import Recipient

FREED_BY = (CalculationRun.Status.RETURNED, CalculationRun.Status.DISCARDED)
"""Runs in these states have freed the months they had taken."""
_UNDECIDED = Q(decided_at__isnull=True, decided_by__isnull=True)
_DECIDED = Q(decided_at__isnull=False, decided_by__isnull=False)


class Recalculation(models.Model):
    """An order to calculate past months of a district's recipients anew, because a fact changed from a past date.

    The fact is saved with the order. Its months are taken by the district's next run once another person approved
    it, and become correction lines there; an order is done when every month stands in an approved run.
    """

    class Cause(models.TextChoices):
        HOUSEHOLD = "household", "состав семьи"
        DWELLING = "dwelling", "площадь или жилищный фонд"
        CATEGORY = "category", "группа инвалидности"
        CERTIFICATE = "certificate", "новая справка об инвалидности"
        DEATH = "death", "смерть человека"
        TARIFF = "tariff", "тариф"
        NORM = "norm", "норматив"
        PARAMETER = "parameter", "параметр расчёта"
        RESUMED = "resumed", "выплата возобновлена"
        OTHER = "other", "другое изменение"

    class Status(models.TextChoices):
        PREPARED = "prepared", "ждёт утверждения"
        APPROVED = "approved", "утверждён, войдёт в расчёт"
        REFUSED = "refused", "отклонён"
        REPLACED = "replaced", "заменён следующим"
        DONE = "done", "учтён в расчёте"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.PositiveIntegerField("№ перерасчёта")
    cause = models.CharField("причина", max_length=12, choices=Cause.choices)
    changed_from = models.DateField("изменилось с")
    what = models.CharField("что изменилось", max_length=500)
    document = models.CharField("основание", max_length=300)
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.PREPARED)
    prepared_at = models.DateTimeField("подготовлен")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто подготовил", related_name="+")
    decided_at = models.DateTimeField("утверждён или отклонён", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто утвердил или отклонил",
        related_name="+",
        null=True,
        blank=True,
    )
    refusal_reason = models.CharField("почему отклонён", max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, verbose_name="заменён перерасчётом", related_name="+", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "перерасчёт"
        verbose_name_plural = "перерасчёты"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="recalculation_number_is_given_once",
                violation_error_message="Перерасчёт с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(document=""),
                name="recalculation_says_what_and_why",
                violation_error_message="Укажите, что изменилось и каким документом это подтверждено.",
            ),
            models.CheckConstraint(
                condition=(Q(status="prepared", refusal_reason="", replaced_by__isnull=True) & _UNDECIDED)
                | (Q(status__in=["approved", "done"], refusal_reason="", replaced_by__isnull=True) & _DECIDED)
                | (Q(status="refused", replaced_by__isnull=True) & ~Q(refusal_reason="") & _DECIDED)
                | (Q(status="replaced", refusal_reason="", replaced_by__isnull=False) & (_DECIDED | _UNDECIDED)),
                name="recalculation_status_fits_its_facts",
                violation_error_message="Состояние перерасчёта не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("prepared_by")),
                name="recalculation_is_not_decided_by_its_author",
                violation_error_message="Перерасчёт утверждает или отклоняет не тот, кто его подготовил.",
            ),
        ]
        triggers = [ORDER_GOES_FORWARD, ORDER_CLOSES_ITS_MONTHS, no_truncate()]

    def __str__(self) -> str:
        return f"перерасчёт № {self.number}"


class RecalculationMonthQuerySet(OfficeQuerySet):
    """Months of orders."""

    office_path = "order__office"

    def waiting(self) -> Self:
        """Keep what is approved and no run has taken, or only one that was returned or discarded."""
        free = Q(run__isnull=True) | Q(run__status__in=FREED_BY)
        return self.filter(free, is_open=True, order__status=Recalculation.Status.APPROVED)


class RecalculationMonth(models.Model):
    """A past month of one recipient in an order, with the difference as it was seen before saving.

    `accrued` is what runs accrued for the month, earlier corrections with it; `recalculated` what it is worth now, in
    roubles. `services` keeps the same by service as text: code, account, before, now. `run` is the run that took
    the month; one that was returned or discarded has freed it. A month that no run can take, because its recipient has
    no right any more, ends: `ended_because` says what became of the difference. `is_open` follows the order until then.
    """

    order = models.ForeignKey(Recalculation, on_delete=models.PROTECT, verbose_name="перерасчёт", related_name="months")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="recalculated_months"
    )
    month = models.DateField("месяц")
    accrued = roubles("было начислено, руб.")
    recalculated = roubles("должно быть, руб.")
    services = models.JSONField("по услугам")
    is_open = models.BooleanField("ждёт расчёта", default=True)
    run = models.ForeignKey(
        CalculationRun,
        on_delete=models.PROTECT,
        verbose_name="расчёт, в который вошёл",
        related_name="recalculated_months",
        null=True,
        blank=True,
    )
    ended_at = models.DateTimeField("окончен без расчёта", null=True, blank=True)
    ended_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто окончил", related_name="+", null=True, blank=True
    )
    ended_because = models.CharField("чем окончен", max_length=300, blank=True)

    objects = RecalculationMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "месяц перерасчёта"
        verbose_name_plural = "месяцы перерасчётов"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "recipient", "month"],
                name="a_month_stands_once_in_a_recalculation",
                violation_error_message="Этот месяц получателя в перерасчёте уже есть.",
            ),
            models.UniqueConstraint(
                fields=["recipient", "month"],
                condition=Q(is_open=True),
                name="a_month_waits_in_one_recalculation",
                violation_error_message="Этот месяц получателя уже ждёт в другом перерасчёте.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="recalculated_month_ends_as_a_whole",
                violation_error_message="Окончание без расчёта: день, сотрудник и причина указываются вместе.",
            ),
            first_of_month("recalculated_month_is_a_first_day"),
            between("accrued_before_is_a_number", "accrued", -MOST_ROUBLES, MOST_ROUBLES, "Сумма вне границ."),
            between("recalculated_is_a_number", "recalculated", 0, MOST_ROUBLES, "Сумма вне границ."),
        ]
        triggers = [MONTH_KEEPS_ITS_ORDER, no_truncate()]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.month:%m.%Y}"
