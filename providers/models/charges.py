"""Charges that were accepted: what a provider billed for a recipient's dwelling in a month."""

import datetime as dt
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from offices.columns import MOST_ROUBLES, between, first_of_month, received
from offices.guards import closed_month_is_frozen, no_truncate
from offices.models.staff import OfficeQuerySet
from offices.models.units import Office
from offices.money import format_amount
from providers.models.providers import Provider, Service, ServiceAccount
from recipients.models.persons import Recipient


class ChargeQuerySet(OfficeQuerySet["Charge"]):
    """Charges by the month they bill."""

    def of_their_month(self) -> Self:
        """Leave out what came late: charges accepted in a later month than the one they bill."""
        return self.filter(billed_for__isnull=True)

    def billing(self, *months: dt.date) -> Self:
        """Return what bills the months, whenever it was accepted."""
        return self.filter(models.Q(month__in=months, billed_for__isnull=True) | models.Q(billed_for__in=months))


class Charge(models.Model):
    """One service billed on one account for one month; partitioned by `month`, in which it was accepted.

    Loaded from a returned file or typed by hand; never changed. A correction of an accepted charge
    is a further row with the next `number`. An answer that came late bills the earlier month `billed_for`; everything
    else bills `month` itself and leaves it empty. The primary key in the database is (id, month).
    """

    class Source(models.TextChoices):
        FILE = "file", "файл предприятия"
        TYPED = "typed", "введено вручную"

    month = models.DateField("месяц")
    billed_for = models.DateField("за прошедший месяц", null=True, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел", db_constraint=False)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        verbose_name="предприятие",
        db_index=False,
        db_constraint=False,
    )
    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, verbose_name="лицевой счёт", db_index=False)
    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        verbose_name="услуга",
        db_index=False,
        db_constraint=False,
    )
    number = models.PositiveSmallIntegerField("№ исправления", default=0)
    billed = received("начислено")
    adjustment = received("перерасчёт", default=0)
    adjustment_month = models.DateField("перерасчёт за месяц", null=True, blank=True)
    tariff = received("тариф предприятия", null=True, blank=True)
    quantity = received("объём", null=True, blank=True)
    norm = received("норматив предприятия", null=True, blank=True)
    is_metered = models.BooleanField("по прибору", null=True, blank=True)
    residents = models.PositiveSmallIntegerField("зарегистрировано", null=True, blank=True)
    total_area = received("площадь", null=True, blank=True)
    debt = received("задолженность", null=True, blank=True)
    source = models.CharField("источник", max_length=5, choices=Source.choices)
    file_sha256 = models.CharField("файл", max_length=64, blank=True)
    row_number = models.PositiveIntegerField("строка файла", null=True, blank=True)
    accepted_at = models.DateTimeField("принято")

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = "начисление предприятия"
        verbose_name_plural = "начисления предприятий"
        constraints = [
            first_of_month("charge_month_is_a_first_day"),
            first_of_month("charge_billed_for_is_a_first_day", "billed_for"),
            models.CheckConstraint(
                condition=Q(billed_for__isnull=True) | Q(billed_for__lt=F("month")),
                name="a_late_charge_bills_an_earlier_month",
                violation_error_message="Опоздавшее начисление относится к прошедшему месяцу.",
            ),
            between(
                "charge_billed_is_a_number",
                "billed",
                0,
                MOST_ROUBLES,
                "Начисление от нуля до 9 999 999,99.",
            ),
            between(
                "charge_adjustment_is_a_number",
                "adjustment",
                -MOST_ROUBLES,
                MOST_ROUBLES,
                "Перерасчёт вне допустимых границ.",
            ),
            models.CheckConstraint(
                condition=Q(source="typed", file_sha256="", row_number__isnull=True)
                | (Q(source="file", row_number__isnull=False) & ~Q(file_sha256="")),
                name="charge_names_its_file_row",
                violation_error_message="У начисления из файла указывают файл и строку.",
            ),
            models.UniqueConstraint(
                fields=["recipient", "account", "service", "month", "billed_for", "number"],
                nulls_distinct=False,
                name="charge_is_accepted_once",
                violation_error_message="Это начисление уже принято.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_never_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=("RAISE EXCEPTION 'an accepted charge is never changed' USING ERRCODE = 'restrict_violation';"),
            ),
            closed_month_is_frozen(),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.month:%m.%Y}: {format_amount(self.billed)}"
