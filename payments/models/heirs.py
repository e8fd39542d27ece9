"""Sums accrued to a person who died, and the family member they are paid to (2.4.5, 3.3.2 д-ж)."""

import pghistory
from django.db import models
from django.db.models import F, Q

from calculations.models.runs import Accrual
from offices.columns import MOST_ROUBLES, between, roubles, together
from offices.guards import never_deleted
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from offices.money import format_amount
from payments.models.heir_guards import (
    DECISION_FOLLOWS_A_CLAIM,
    DECISION_IS_ITS_PARTS,
    HEIRS_GET_WHAT_WAS_UNPAID,
    PARTS_OF_A_DECISION_STAND,
)
from recipients.models.applications import Application
from recipients.models.persons import Person, Recipient


@pghistory.track()
class HeirDecision(models.Model):
    """A decision to pay one claimant what a deceased recipient did not receive (form of appendix 5).

    A claim may have several, where something was accrued after the first. A withdrawn one has no parts.
    """

    class Status(models.TextChoices):
        PREPARED = "prepared", "подготовлено"
        CONFIRMED = "confirmed", "утверждено"
        WITHDRAWN = "withdrawn", "отозвано"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.CharField("№ решения", max_length=20)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="умерший получатель")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="заявление", related_name="heir_decisions"
    )
    claimant = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="член семьи", related_name="+")
    relation = models.CharField("кем приходился", max_length=60)
    total = roubles("сумма, руб.")
    status = models.CharField("состояние", max_length=9, choices=Status.choices)
    prepared_at = models.DateTimeField("подготовлено")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="подготовил", related_name="+")
    confirmed_at = models.DateTimeField("утверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="утвердил",
        related_name="+",
        null=True,
        blank=True,
    )
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="решение (PDF)",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "решение о выплате члену семьи"
        verbose_name_plural = "решения о выплате членам семьи"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="heir_decision_number_is_unique_in_its_office",
                violation_error_message="Решение с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status="prepared"),
                name="claim_has_one_open_decision",
                violation_error_message="По этому заявлению решение уже подготовлено и не утверждено.",
            ),
            between("heir_total_is_a_number", "total", 0, MOST_ROUBLES, "Сумма вне допустимых границ."),
            together(
                "heir_decision_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Утверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="prepared", confirmed_at__isnull=True)
                | Q(status="confirmed", confirmed_at__isnull=False)
                | Q(status="withdrawn", confirmed_at__isnull=True, total=0),
                name="heir_decision_status_fits_its_facts",
                violation_error_message="Состояние решения не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("prepared_by")),
                name="heir_decision_is_not_confirmed_by_its_author",
                violation_error_message="Решение утверждает не тот, кто его подготовил.",
            ),
        ]
        triggers = [DECISION_FOLLOWS_A_CLAIM, DECISION_IS_ITS_PARTS, *never_deleted()]

    def __str__(self) -> str:
        return f"решение № {self.number}"


class HeirPart(models.Model):
    """The part of an unpaid accrual given to a claimant; the parts never exceed the accrual."""

    decision = models.ForeignKey(HeirDecision, on_delete=models.PROTECT, verbose_name="решение", related_name="parts")
    accrual = models.ForeignKey(Accrual, on_delete=models.PROTECT, verbose_name="начисление")
    payable = roubles("сумма, руб.")

    class Meta:
        verbose_name = "сумма члену семьи"
        verbose_name_plural = "суммы членам семьи"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "accrual"],
                name="accrual_is_in_a_decision_once",
                violation_error_message="Это начисление в решении уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(payable__gt=0, payable__lte=MOST_ROUBLES),
                name="heir_part_is_positive",
                violation_error_message="Сумма больше нуля.",
            ),
        ]
        triggers = [HEIRS_GET_WHAT_WAS_UNPAID, PARTS_OF_A_DECISION_STAND]

    def __str__(self) -> str:
        return f"{self.decision}: {format_amount(self.payable)}"
