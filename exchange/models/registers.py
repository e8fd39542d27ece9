"""District registers of recipients (3.6, 3.7): built, frozen, handed over, accepted."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from housing.models.dwellings import Dwelling
from offices.columns import first_of_month
from offices.guards import closed_month_is_frozen, no_truncate
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from recipients.models.entitlements import Entitlement
from recipients.models.persons import Recipient


class RecipientRegister(models.Model):
    """The register of a district's recipients for a month."""

    class Status(models.TextChoices):
        FROZEN = "frozen", "сформирован"
        HANDED_OVER = "handed_over", "передан"
        ACCEPTED = "accepted", "принят"
        REJECTED = "rejected", "отклонён"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    number = models.PositiveSmallIntegerField("№", default=1)
    status = models.CharField("состояние", max_length=12, choices=Status.choices)
    rows = models.PositiveIntegerField("получателей")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл", null=True, blank=True)
    built_at = models.DateTimeField("сформирован")
    built_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто сформировал", related_name="+")
    handed_at = models.DateTimeField("передан", null=True, blank=True)
    handed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто передал",
        related_name="+",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField("принят или отклонён", null=True, blank=True)
    answered_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто принял",
        related_name="+",
        null=True,
        blank=True,
    )
    rejection_reason = models.CharField("причина отклонения", max_length=300, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "реестр получателей"
        verbose_name_plural = "реестры получателей"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                condition=~Q(status="rejected"),
                name="district_has_one_register_a_month",
                violation_error_message="Реестр района за этот месяц уже есть.",
            ),
            models.UniqueConstraint(
                fields=["office", "month", "number"],
                name="register_number_is_given_once",
                violation_error_message="Номер реестра уже занят.",
            ),
            first_of_month("recipient_register_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(
                    status="frozen",
                    handed_at__isnull=True,
                    handed_by__isnull=True,
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    rejection_reason="",
                )
                | Q(
                    status="handed_over",
                    handed_at__isnull=False,
                    handed_by__isnull=False,
                    file__isnull=False,
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    rejection_reason="",
                )
                | Q(
                    status="accepted",
                    handed_at__isnull=False,
                    handed_by__isnull=False,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    rejection_reason="",
                )
                | (
                    Q(
                        status="rejected",
                        handed_at__isnull=False,
                        handed_by__isnull=False,
                        answered_at__isnull=False,
                        answered_by__isnull=False,
                    )
                    & ~Q(rejection_reason="")
                ),
                name="recipient_register_status_fits_its_facts",
                violation_error_message="Состояние реестра не соответствует отметкам о передаче.",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("handed_by")),
                name="register_is_not_accepted_by_its_sender",
                violation_error_message="Реестр принимает не тот, кто его передал.",
            ),
        ]
        triggers = [closed_month_is_frozen()]

    def __str__(self) -> str:
        return f"реестр {self.office}, {self.month:%m.%Y}"


class RegisterRow(models.Model):
    """A recipient in a register, by value as of its freezing."""

    register = models.ForeignKey(
        RecipientRegister, on_delete=models.PROTECT, verbose_name="реестр", related_name="lines"
    )
    row_number = models.PositiveIntegerField("№")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, verbose_name="право")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё")
    content = models.JSONField("сведения на дату формирования")

    class Meta:
        verbose_name = "строка реестра"
        verbose_name_plural = "строки реестра"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "row_number"],
                name="register_row_number_is_unique",
                violation_error_message="Номер строки реестра уже занят.",
            ),
            models.UniqueConstraint(
                fields=["register", "entitlement"],
                name="a_right_is_in_its_register_once",
                violation_error_message="Это право в реестре уже есть.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="register_rows_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=("RAISE EXCEPTION 'a register row is never changed' USING ERRCODE = 'restrict_violation';"),
            ),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.register}, строка {self.row_number}"
