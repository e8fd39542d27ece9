"""What is owed for a service, month by month, as the provider tells it in its returned file."""

from django.db import models
from django.db.models import Q

from offices.columns import first_of_month, received
from offices.guards import closed_month_is_frozen
from offices.models.staff import OfficeQuerySet
from offices.models.units import Office
from providers.models.providers import Provider, Service, ServiceAccount
from recipients.models.persons import Recipient


class Arrears(models.Model):
    """Arrears of a recipient for a service on an account as of the file of a month; no row means none were told.

    They change no payment (the regulation knows no such ground); they are told to the recipient and counted.
    A corrected file of the month replaces what its provider told before.
    """

    class Status(models.TextChoices):
        AGREED_PAID = "agreed_paid", "есть соглашение, платит"
        AGREED_UNPAID = "agreed_unpaid", "есть соглашение, не платит"
        UNPAID = "unpaid", "не платит"
        PAID_OFF = "paid_off", "погашает"
        GROWING = "growing", "долг растёт"

    month = models.DateField("месяц")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="arrears"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие")
    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, verbose_name="лицевой счёт")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="услуга")
    debt = received("задолженность, руб.", null=True, blank=True)
    months = models.PositiveSmallIntegerField("месяцев задолженности", null=True, blank=True)
    status = models.CharField("погашение", max_length=13, choices=Status.choices, blank=True)
    agreed = received("по соглашению, руб.", null=True, blank=True)
    file_sha256 = models.CharField("файл", max_length=64)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "задолженность"
        verbose_name_plural = "задолженности"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "month", "account", "service"],
                name="arrears_are_told_once_a_month",
                violation_error_message="Задолженность по этой услуге за месяц уже записана.",
            ),
            first_of_month("arrears_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(debt__isnull=True) | Q(debt__gt=0),
                name="arrears_are_owed",
                violation_error_message="Задолженность больше нуля.",
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(agreed__gt=0),
                name="agreed_arrears_are_owed",
                violation_error_message="Сумма по соглашению больше нуля.",
            ),
        ]
        indexes = [models.Index(fields=["month", "provider"], name="arrears_of_a_provider")]
        triggers = [closed_month_is_frozen()]

    def __str__(self) -> str:
        return f"{self.service_id}, {self.month:%m.%Y}"
