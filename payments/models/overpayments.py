"""Overpayments: whose fault, which months, consent to withhold, what was paid back, written off or claimed in court."""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q

from calculations.models.runs import Accrual
from offices.columns import MOST_ROUBLES, between, roubles
from offices.guards import append_only, never_deleted
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from offices.money import format_amount
from payments.models.overpayment_guards import (
    FOUND_FACTS_ARE_KEPT,
    PART_JOINS_ITS_TOTAL,
    PARTS_ADD_UP,
    PARTS_ARE_OF_PAID_SUMS,
    REST_IS_WHAT_IS_LEFT,
    WRITE_OFF_IS_KEPT,
    parent_rest_is_what_is_left,
)
from recipients.models.persons import Recipient

KOPECK = Decimal("0.01")
_CONSENT = ("consent_on", "percent", "most_percent", "consent_recorded_at", "consent_recorded_by")
_AGREED = Q(**{f"{name}__isnull": False for name in _CONSENT}) & ~Q(consent_document="")
_NOT_AGREED = Q(**{f"{name}__isnull": True for name in _CONSENT}, consent_document="", is_more_agreed=False)
_WITHDRAWAL = ("withdrawn_on", "withdrawal_recorded_at", "withdrawal_recorded_by")
_WITHDRAWN = Q(**{f"{name}__isnull": False for name in _WITHDRAWAL}) & ~Q(withdrawal_document="")
_NOT_WITHDRAWN = Q(**{f"{name}__isnull": True for name in _WITHDRAWAL}, withdrawal_document="")
_CLAIMED = Q(claimed_on__isnull=False) & ~Q(claim_document="")
_NOT_CLAIMED = Q(claimed_on__isnull=True, claim_document="")


@pghistory.track()
class Overpayment(models.Model):
    """A sum a recipient was paid beyond the right, and what becomes of it. `rest` is what is still owed, in roubles.

    A consent that was withdrawn stays on record; what is left is paid back or claimed in court.
    """

    class Cause(models.TextChoices):
        RECIPIENT = "recipient", "вина получателя"
        PROVIDER = "provider", "ошибка предприятия ЖКХ"
        AUTHORITY = "authority", "ошибка отдела или Департамента"
        COUNTING = "counting", "счётная ошибка"

    class Status(models.TextChoices):
        OPEN = "open", "ждёт решения"
        AGREED = "agreed", "согласие получено"
        WITHHELD = "withheld", "удерживается"
        SETTLED = "settled", "погашена"
        WRITTEN_OFF = "written_off", "списана"
        CLAIMED = "claimed", "взыскивается судом"
        WITHDRAWN = "withdrawn", "согласие отозвано"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.CharField("№", max_length=20)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="overpayments"
    )
    cause = models.CharField("причина", max_length=9, choices=Cause.choices)
    description = models.CharField("что произошло", max_length=500)
    found_on = models.DateField("выявлена")
    total = roubles("переплачено, руб.")
    rest = roubles("осталось, руб.")
    status = models.CharField("состояние", max_length=11, choices=Status.choices, default=Status.OPEN)
    recorded_at = models.DateTimeField("записана")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")
    notice = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="уведомление (PDF)", related_name="+")
    consent_form = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="бланк согласия (PDF)",
        related_name="+",
        null=True,
        blank=True,
    )
    consent_on = models.DateField("согласие от", null=True, blank=True)
    consent_document = models.CharField("документ о согласии", max_length=200, blank=True)
    percent = models.DecimalField("удерживать, % выплаты", max_digits=5, decimal_places=2, null=True, blank=True)
    most_percent = models.DecimalField(
        "наибольший % на день согласия", max_digits=5, decimal_places=2, null=True, blank=True
    )
    is_more_agreed = models.BooleanField("получатель сам согласился на больший процент", default=False)
    consent_recorded_at = models.DateTimeField("согласие записано", null=True, blank=True)
    consent_recorded_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто записал согласие",
        related_name="+",
        null=True,
        blank=True,
    )
    withdrawn_on = models.DateField("согласие отозвано", null=True, blank=True)
    withdrawal_document = models.CharField("документ об отзыве", max_length=200, blank=True, default="", db_default="")
    withdrawal_recorded_at = models.DateTimeField("отзыв записан", null=True, blank=True)
    withdrawal_recorded_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто записал отзыв", related_name="+", null=True, blank=True
    )
    claimed_on = models.DateField("иск подан", null=True, blank=True)
    claim_document = models.CharField("документ об иске", max_length=200, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "переплата"
        verbose_name_plural = "переплаты"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="overpayment_number_is_unique_in_its_office",
                violation_error_message="Переплата с этим номером уже есть.",
            ),
            between("overpayment_total_is_positive", "total", KOPECK, MOST_ROUBLES, "Переплата — от 0,01 рубля."),
            models.CheckConstraint(
                condition=Q(rest__gte=0, rest__lte=F("total")),
                name="overpayment_rest_is_within_its_total",
                violation_error_message="Остаток — от нуля до суммы переплаты.",
            ),
            models.CheckConstraint(
                condition=_AGREED | _NOT_AGREED,
                name="consent_is_recorded_as_a_whole",
                violation_error_message="Согласие: день, документ, процент и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True)
                | Q(percent__gt=0, percent__lte=100) & (Q(percent__lte=F("most_percent")) | Q(is_more_agreed=True)),
                name="percent_is_what_is_allowed_or_agreed",
                violation_error_message="Процент больше разрешённого, а согласия на больший нет.",
            ),
            models.CheckConstraint(
                condition=~Q(cause="authority", consent_on__isnull=False),
                name="authority_error_is_not_withheld",
                violation_error_message="Ошибку самого отдела или Департамента не удерживают.",
            ),
            models.CheckConstraint(
                condition=(_WITHDRAWN & Q(consent_on__isnull=False, withdrawn_on__gte=F("consent_on")))
                | _NOT_WITHDRAWN,
                name="withdrawal_of_consent_is_recorded_as_a_whole",
                violation_error_message="Отзыв согласия: день не раньше согласия, документ и сотрудник — вместе.",
            ),
            models.CheckConstraint(
                condition=_CLAIMED | _NOT_CLAIMED,
                name="claim_is_recorded_as_a_whole",
                violation_error_message="Иск: день и документ указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="open", rest__gt=0, consent_on__isnull=True, claimed_on__isnull=True)
                | Q(status__in=["agreed", "withheld"], rest__gt=0, consent_on__isnull=False, claimed_on__isnull=True)
                & Q(withdrawn_on__isnull=True)
                | Q(status="withdrawn", rest__gt=0, withdrawn_on__isnull=False, claimed_on__isnull=True)
                | Q(status="claimed", rest__gt=0, claimed_on__isnull=False)
                | Q(status__in=["settled", "written_off"], rest=0),
                name="overpayment_status_fits_its_facts",
                violation_error_message="Состояние переплаты не соответствует отметкам.",
            ),
        ]
        triggers = [PARTS_ADD_UP, REST_IS_WHAT_IS_LEFT, FOUND_FACTS_ARE_KEPT, *never_deleted()]

    def __str__(self) -> str:
        return f"переплата № {self.number}"

    @property
    def is_withheld_now(self) -> bool:
        """Say whether the next payment is withheld from."""
        return self.status in (self.Status.AGREED, self.Status.WITHHELD)


class OverpaymentPart(models.Model):
    """What was overpaid of one accrual."""

    overpayment = models.ForeignKey(
        Overpayment, on_delete=models.PROTECT, verbose_name="переплата", related_name="parts"
    )
    accrual = models.ForeignKey(Accrual, on_delete=models.PROTECT, verbose_name="начисление", related_name="+")
    roubles = roubles("переплачено, руб.")

    class Meta:
        verbose_name = "переплата по месяцу"
        verbose_name_plural = "переплаты по месяцам"
        constraints = [
            models.UniqueConstraint(
                fields=["overpayment", "accrual"],
                name="accrual_is_in_an_overpayment_once",
                violation_error_message="Этот месяц в переплате уже есть.",
            ),
            between("overpaid_part_is_positive", "roubles", KOPECK, MOST_ROUBLES, "Сумма — от 0,01 рубля."),
        ]
        triggers = [PARTS_ARE_OF_PAID_SUMS, PART_JOINS_ITS_TOTAL, *append_only()]

    def __str__(self) -> str:
        return f"{self.overpayment}: {format_amount(self.roubles)}"


class Repayment(models.Model):
    """What the recipient paid back of an overpayment, by a receipt or a court's writ."""

    overpayment = models.ForeignKey(
        Overpayment, on_delete=models.PROTECT, verbose_name="переплата", related_name="repayments"
    )
    paid_on = models.DateField("внесено")
    roubles = roubles("сумма, руб.")
    document = models.CharField("документ", max_length=200)
    recorded_at = models.DateTimeField("записано")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")

    class Meta:
        verbose_name = "возврат переплаты"
        verbose_name_plural = "возвраты переплат"
        constraints = [
            between("repaid_sum_is_positive", "roubles", KOPECK, MOST_ROUBLES, "Сумма — от 0,01 рубля."),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="repayment_has_its_document",
                violation_error_message="Укажите документ о возврате.",
            ),
        ]
        triggers = [parent_rest_is_what_is_left("a_repayment_lessens_the_rest"), *append_only()]

    def __str__(self) -> str:
        return f"{self.overpayment}: возвращено {format_amount(self.roubles)}"


@pghistory.track()
class WriteOff(models.Model):
    """What was left of an overpayment, written off: one person prepares, another confirms and fixes the sum."""

    overpayment = models.OneToOneField(
        Overpayment, on_delete=models.PROTECT, verbose_name="переплата", related_name="write_off"
    )
    ground = models.CharField("почему списывается", max_length=300)
    document = models.CharField("документ", max_length=200)
    prepared_at = models.DateTimeField("подготовлено")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто подготовил", related_name="+")
    roubles = roubles("списано, руб.", null=True, blank=True)
    confirmed_at = models.DateTimeField("утверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто утвердил", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "списание переплаты"
        verbose_name_plural = "списания переплат"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, roubles__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, roubles__gt=0),
                name="write_off_is_confirmed_as_a_whole",
                violation_error_message="Утверждение списания: сумма, время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("prepared_by")),
                name="write_off_is_not_confirmed_by_its_author",
                violation_error_message="Списание утверждает не тот, кто его подготовил.",
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(ground=""),
                name="write_off_has_ground_and_document",
                violation_error_message="Укажите основание и документ списания.",
            ),
        ]
        triggers = [
            parent_rest_is_what_is_left("a_write_off_lessens_the_rest"),
            WRITE_OFF_IS_KEPT,
            *never_deleted(),
        ]

    def __str__(self) -> str:
        return f"списание: {self.overpayment}"
