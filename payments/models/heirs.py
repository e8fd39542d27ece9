"""Sums accrued to a person who died, and the family member they are paid to (2.4.5, 3.3.2 д-ж)."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from calculations.models.runs import Accrual
from offices.columns import MOST_ROUBLES, between, roubles, together
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from offices.money import format_amount
from recipients.models.applications import Application
from recipients.models.persons import Person, Recipient


@pghistory.track()
class HeirDecision(models.Model):
    """A decision to pay a member of the deceased recipient's family (form of appendix 5)."""

    class Status(models.TextChoices):
        PREPARED = "prepared", "подготовлено"
        CONFIRMED = "confirmed", "утверждено"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.CharField("№ решения", max_length=20)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="умерший получатель")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, verbose_name="заявление")
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
            between("heir_total_is_a_number", "total", 0, MOST_ROUBLES, "Сумма вне допустимых границ."),
            together(
                "heir_decision_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Утверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="prepared", confirmed_at__isnull=True)
                | Q(status="confirmed", confirmed_at__isnull=False),
                name="heir_decision_status_fits_its_facts",
                violation_error_message="Состояние решения не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("prepared_by")),
                name="heir_decision_is_not_confirmed_by_its_author",
                violation_error_message="Решение утверждает не тот, кто его подготовил.",
            ),
        ]

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
        triggers = [
            pgtrigger.Trigger(
                name="heirs_get_no_more_than_was_unpaid",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("given", "numeric"), ("accrued_sum", "numeric")],
                func=(
                    "SELECT accrued INTO accrued_sum FROM calculations_accrual"
                    " WHERE id = NEW.accrual_id FOR UPDATE;"
                    " SELECT sum(payable) INTO given FROM payments_heirpart"
                    " WHERE accrual_id = NEW.accrual_id;"
                    " IF given > accrued_sum OR EXISTS (SELECT 1 FROM payments_paymentline"
                    " WHERE accrual_id = NEW.accrual_id AND status <> 'returned') THEN"
                    " RAISE EXCEPTION 'the accrual is paid or given already'"
                    " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {format_amount(self.payable)}"
