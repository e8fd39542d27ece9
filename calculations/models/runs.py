"""A district's calculation of a month and how the department reviewed it (3.12, 3.13)."""

from django.db import models
from django.db.models import F, Q

from calculations.models.guards import (
    CARRIED_FROM_BEFORE,
    NOTHING_IS_ACCRUED_TWICE,
    REVIEWED_BY_ANOTHER,
    RUN_GOES_FORWARD,
    written_with_its_draft,
)
from offices.columns import MOST_ROUBLES, MOST_TURNOVER, between, first_of_month, roubles
from offices.guards import append_only, closed_month_is_frozen, no_truncate
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from offices.money import format_amount
from recipients.models.entitlements import Entitlement
from recipients.models.persons import Recipient

_CALCULATED = Q(calculated_at__isnull=False)
_SUBMITTED = Q(submitted_at__isnull=False, submitted_by__isnull=False, accrual_file__isnull=False)
_NOT_SUBMITTED = Q(submitted_at__isnull=True, submitted_by__isnull=True)
_REVIEWED = Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
_NOT_REVIEWED = Q(reviewed_at__isnull=True, reviewed_by__isnull=True)


class CalculationRun(models.Model):
    """One calculation of a district's month; a returned or discarded run is followed by the next number."""

    class Status(models.TextChoices):
        DRAFT = "draft", "рассчитывается"
        CALCULATED = "calculated", "рассчитан"
        SUBMITTED = "submitted", "передан в Департамент"
        RETURNED = "returned", "возвращён"
        APPROVED = "approved", "утверждён"
        DISCARDED = "discarded", "отменён районом до передачи"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    number = models.PositiveSmallIntegerField("№ расчёта", default=1)
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    started_at = models.DateTimeField("начат")
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто рассчитал", related_name="+")
    calculated_at = models.DateTimeField("рассчитан", null=True, blank=True)
    recipients = models.PositiveIntegerField("получателей", default=0)
    lines = models.PositiveIntegerField("строк", default=0)
    total = models.DecimalField("начислено, руб.", max_digits=14, decimal_places=2, default=0)
    accrual_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="файл начислений",
        related_name="+",
        null=True,
        blank=True,
    )
    submitted_at = models.DateTimeField("передан", null=True, blank=True)
    submitted_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто передал",
        related_name="+",
        null=True,
        blank=True,
    )
    reviewed_at = models.DateTimeField("утверждён или возвращён", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто проверил",
        related_name="+",
        null=True,
        blank=True,
    )
    return_reason = models.CharField("причина возврата или отмены", max_length=500, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "расчёт района"
        verbose_name_plural = "расчёты районов"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "number"],
                name="run_number_is_given_once",
                violation_error_message="Расчёт с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["office", "month"],
                condition=~Q(status__in=["returned", "discarded"]),
                name="district_has_one_live_run_a_month",
                violation_error_message="Расчёт района за этот месяц уже есть.",
            ),
            first_of_month("run_month_is_a_first_day"),
            between("run_total_is_a_number", "total", 0, MOST_TURNOVER, "Итог вне допустимых границ."),
            models.CheckConstraint(
                condition=(Q(status="draft", calculated_at__isnull=True) & _NOT_SUBMITTED & _NOT_REVIEWED)
                | (Q(status="calculated") & _CALCULATED & _NOT_SUBMITTED & _NOT_REVIEWED)
                | (Q(status="submitted") & _CALCULATED & _SUBMITTED & _NOT_REVIEWED)
                | (Q(status="approved", return_reason="") & _CALCULATED & _SUBMITTED & _REVIEWED)
                | (Q(status="returned") & ~Q(return_reason="") & _CALCULATED & _SUBMITTED & _REVIEWED)
                | (Q(status="discarded") & ~Q(return_reason="") & _NOT_SUBMITTED & _NOT_REVIEWED),
                name="run_status_fits_its_facts",
                violation_error_message="Состояние расчёта не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("started_by")) & ~Q(reviewed_by=F("submitted_by")),
                name="run_is_not_reviewed_by_its_author",
                violation_error_message="Расчёт утверждает не тот, кто его выполнил или передал.",
            ),
        ]
        triggers = [NOTHING_IS_ACCRUED_TWICE, RUN_GOES_FORWARD, closed_month_is_frozen(), no_truncate()]

    def __str__(self) -> str:
        return f"расчёт {self.office}, {self.month:%m.%Y} № {self.number}"


class Accrual(models.Model):
    """What a recipient's right is worth for a month: the sum of its lines, never less than nothing.

    accrued = lines - `carried_in` + `carried_out`: what corrections take away beyond the month's sum is carried over
    to the next runs, which take it back before anything is paid.
    """

    run = models.ForeignKey(CalculationRun, on_delete=models.PROTECT, verbose_name="расчёт", related_name="accruals")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="accruals"
    )
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, verbose_name="право")
    billed = models.DecimalField("начислено предприятиями", max_digits=18, decimal_places=6)
    accrued = roubles("начислено, руб.")
    lines = models.PositiveSmallIntegerField("строк")
    carried_in = roubles("удержано по прошлым месяцам", default=0, db_default=0)
    carried_out = roubles("осталось удержать", default=0, db_default=0)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "начисление эквивалента"
        verbose_name_plural = "начисления эквивалента"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "entitlement"],
                name="a_right_is_accrued_once_in_a_run",
                violation_error_message="Это право в расчёте уже учтено.",
            ),
            first_of_month("accrual_month_is_a_first_day"),
            between("accrued_is_a_number", "accrued", 0, MOST_ROUBLES, "Сумма вне допустимых границ."),
            between("carried_in_is_a_number", "carried_in", 0, MOST_ROUBLES, "Сумма вне допустимых границ."),
            between("carried_out_is_a_number", "carried_out", 0, MOST_ROUBLES, "Сумма вне допустимых границ."),
            models.CheckConstraint(
                condition=Q(accrued=0) | Q(carried_out=0),
                name="nothing_is_paid_while_something_is_carried_over",
                violation_error_message="Пока остаётся удержать, к выплате ничего не начисляют.",
            ),
        ]
        triggers = [
            written_with_its_draft("submitted_accruals_are_frozen"),
            CARRIED_FROM_BEFORE,
            closed_month_is_frozen(),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.month:%m.%Y}: {format_amount(self.accrued)}"


class Withheld(models.Model):
    """A charge a run could not turn into a line, with the coded reason."""

    class Reason(models.TextChoices):
        NO_RIGHT = "no_right", "нет права в этом месяце"
        SUSPENDED = "suspended", "выплата приостановлена"
        CERTIFICATE_ENDED = "certificate_ended", "срок справки об инвалидности истёк"
        CAME_OF_AGE = "came_of_age", "ребёнку исполнилось 18 лет"
        RIGHT_ENDED = "right_ended", "права уже нет, а ответ за прошедший месяц пришёл позже"
        NO_TARIFF = "no_tariff", "нет тарифа"
        NO_NORM = "no_norm", "нет норматива"
        NO_RESIDENTS = "no_residents", "не указан состав семьи"
        NO_AREA = "no_area", "нет площади жилья"
        NO_QUANTITY = "no_quantity", "нет объёма по зонам"
        NOT_IN_MEASURE = "not_in_measure", "услуга не входит в меру"
        NO_DWELLING = "no_dwelling", "нет жилья, по которому предоставлена мера"
        WRONG_CHARGE = "wrong_charge", "начисление противоречиво"
        SUPERSEDED = "superseded", "заменено исправлением"

    run = models.ForeignKey(CalculationRun, on_delete=models.PROTECT, verbose_name="расчёт", related_name="withheld")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    charge_id = models.BigIntegerField("начисление предприятия")
    month = models.DateField("месяц")
    billed = models.DecimalField("начислено предприятием", max_digits=18, decimal_places=6)
    reason = models.CharField("причина", max_length=20, choices=Reason.choices)
    text = models.CharField("пояснение", max_length=300)

    class Meta:
        verbose_name = "не начислено"
        verbose_name_plural = "не начислено"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "charge_id"],
                name="charge_is_withheld_once_in_a_run",
                violation_error_message="Это начисление в расчёте уже отложено.",
            ),
        ]
        triggers = [written_with_its_draft("submitted_withheld_is_frozen"), closed_month_is_frozen(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_reason_display()}"


class ReviewDecision(models.Model):
    """What the department's verifier found about one accrual of a run (3.13.1 б)."""

    class Cause(models.TextChoices):
        NEW = "new", "новое назначение"
        DEVIATION = "deviation", "отклонение от прошлого месяца"
        SAMPLE = "sample", "выборка"

    class Verdict(models.TextChoices):
        CORRECT = "correct", "верно"
        WRONG = "wrong", "неверно"

    accrual = models.OneToOneField(Accrual, on_delete=models.PROTECT, verbose_name="начисление", related_name="review")
    cause = models.CharField("почему проверено", max_length=10, choices=Cause.choices)
    verdict = models.CharField("вывод", max_length=10, choices=Verdict.choices)
    note = models.CharField("замечание", max_length=300, blank=True)
    reviewed_at = models.DateTimeField("проверено")
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто проверил", related_name="+")

    class Meta:
        verbose_name = "вывод проверки"
        verbose_name_plural = "выводы проверки"
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="correct") | ~Q(note=""),
                name="a_wrong_accrual_has_a_note",
                violation_error_message="Укажите, что неверно.",
            ),
        ]
        triggers = [REVIEWED_BY_ANOTHER, *append_only()]

    def __str__(self) -> str:
        return f"{self.accrual}: {self.get_verdict_display()}"
