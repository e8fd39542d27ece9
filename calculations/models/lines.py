"""Accrual lines, one per service, with their inputs by value; partitioned by month."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT

from calculations.models.fuel import FuelPart
from calculations.models.fuel_guards import FUEL_LINE_IS_ITS_PART
from calculations.models.guards import CORRECTS_ITS_OWN, MADE_OF_STORED_CHARGES, written_with_its_draft
from calculations.models.runs import Accrual, CalculationRun
from calculations.rules.corrections import WITHOUT_MONTH
from offices.columns import MOST_ROUBLES, between, first_of_month, roubles
from offices.guards import closed_month_is_frozen, no_truncate
from offices.models.staff import OfficeQuerySet
from offices.models.units import Office
from offices.money import format_amount
from providers.models.charges import Charge
from providers.models.directories import ConsumptionNorm, Tariff
from providers.models.providers import Service, ServiceAccount
from recipients.models.persons import Recipient

_WITHOUT_MONTH = Q(rule=WITHOUT_MONTH.name)


class AccrualLine(models.Model):
    """The equivalent of one service of one account for a month.

    `inputs` holds everything the rule was given, by value, so the sum replays without the
    directories. Several charges make one line where zones of electricity are billed apart; `charge` is the first. A month's part of fuel or
    gas applied for is a line without a charge and an account: it names its `fuel_part`.
    A submitted run's lines never change; a correction is a line of a later run that counts for the month
    `corrects_month` and holds the difference: what the rules of that month give now, less what was accrued for it
    before. `corrects` is that month's own line; there is none where nothing was accrued. It has no `charge`, because
    those of a past month have another key: `charge_ids` are all that stand for that month. So are those of the line of a
    recalculation that names no month, which stands beside its service's own line. The primary key in the database is (id, month). Directories and the recipient
    carry no key of the database: the run proves them set-wise, `audit` proves them again.
    """

    month = models.DateField("месяц")
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        verbose_name="отдел",
        db_index=False,
        db_constraint=False,
    )
    run = models.ForeignKey(CalculationRun, on_delete=models.PROTECT, verbose_name="расчёт", related_name="+")
    accrual = models.ForeignKey(
        Accrual, on_delete=models.PROTECT, verbose_name="начисление", related_name="service_lines"
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель", db_constraint=False)
    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        verbose_name="услуга",
        db_index=False,
        db_constraint=False,
    )
    account = models.ForeignKey(
        ServiceAccount,
        on_delete=models.PROTECT,
        verbose_name="счёт",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
    )
    charge = models.ForeignKey(
        Charge,
        on_delete=models.PROTECT,
        verbose_name="начисление предприятия",
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    charge_ids = ArrayField(models.BigIntegerField(), verbose_name="начисления предприятия", blank=True)
    fuel_part = models.ForeignKey(
        FuelPart,
        on_delete=models.PROTECT,
        verbose_name="месячная часть топлива или газа",
        related_name="lines",
        null=True,
        blank=True,
        db_index=False,
    )
    tariff = models.ForeignKey(
        Tariff,
        on_delete=models.PROTECT,
        verbose_name="тариф",
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
    )
    norm = models.ForeignKey(
        ConsumptionNorm,
        on_delete=models.PROTECT,
        verbose_name="норматив",
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
    )
    billed = models.DecimalField("начислено предприятием", max_digits=18, decimal_places=6)
    base = roubles("принято к расчёту")
    share = models.CharField("доля", max_length=60)
    accrued = roubles("эквивалент")
    rule = models.CharField("правило", max_length=40)
    rule_version = models.PositiveSmallIntegerField("версия правила")
    regime = models.CharField("режим", max_length=20)
    inputs = models.JSONField("исходные данные")
    reason = models.CharField("почему ноль или меньше", max_length=200, blank=True)
    corrects = models.BigIntegerField("исправляет строку", null=True, blank=True)
    corrects_month = models.DateField("за прошедший месяц", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "строка начисления"
        verbose_name_plural = "строки начислений"
        constraints = [
            first_of_month("line_month_is_a_first_day"),
            between("line_accrued_is_a_number", "accrued", -MOST_ROUBLES, MOST_ROUBLES, "Сумма вне границ."),
            models.CheckConstraint(
                condition=Q(accrued__gte=0) | Q(corrects_month__isnull=False) | _WITHOUT_MONTH,
                name="only_a_correction_takes_away",
                violation_error_message="Меньше нуля бывают только исправление прошедшего месяца и перерасчёт предприятия.",
            ),
            between("line_base_is_a_number", "base", 0, MOST_ROUBLES, "Сумма вне границ."),
            models.CheckConstraint(
                condition=Q(accrued__lte=F("base")),
                name="line_accrues_no_more_than_its_base",
                violation_error_message="Эквивалент больше того, с чего он начислен.",
            ),
            models.CheckConstraint(
                condition=Q(fuel_part__isnull=True, account__isnull=False, charge_ids__len__gte=1)
                | Q(
                    fuel_part__isnull=False,
                    account__isnull=True,
                    charge__isnull=True,
                    charge_ids__len=0,
                    corrects_month__isnull=True,
                ),
                name="line_comes_from_a_charge_or_fuel",
                violation_error_message="Строка сделана из начисления предприятия или из части топлива.",
            ),
            models.UniqueConstraint(
                fields=["fuel_part", "run", "month"],
                condition=Q(fuel_part__isnull=False),
                name="a_part_of_fuel_is_accrued_once_in_a_run",
                violation_error_message="Эта часть топлива в расчёте уже начислена.",
            ),
            models.CheckConstraint(
                condition=Q(charge__isnull=False)
                | Q(corrects_month__isnull=False)
                | Q(fuel_part__isnull=False)
                | _WITHOUT_MONTH,
                name="line_of_its_month_names_its_charge",
                violation_error_message="У строки своего месяца указывают начисление предприятия.",
            ),
            models.UniqueConstraint(
                F("accrual"),
                F("service"),
                F("account"),
                F("corrects_month"),
                KT("inputs__correction__right"),
                F("month"),
                condition=Q(charge__isnull=True, fuel_part__isnull=True),
                nulls_distinct=False,
                name="a_correction_is_accrued_once",
                violation_error_message="Это исправление или перерасчёт уже учтены.",
            ),
            models.UniqueConstraint(
                fields=["accrual", "service", "account", "charge", "month"],
                name="service_is_accrued_once",
                violation_error_message="Эта услуга уже начислена.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(corrects_month__isnull=False),
                name="a_correction_names_its_line",
                violation_error_message="У исправляемой строки указывают её месяц.",
            ),
            models.CheckConstraint(
                condition=Q(corrects_month__isnull=True) | Q(corrects_month__lt=F("month")),
                name="a_correction_counts_for_an_earlier_month",
                violation_error_message="Исправление относится к прошедшему месяцу.",
            ),
            first_of_month("line_corrects_a_first_day", "corrects_month"),
        ]
        triggers = [
            written_with_its_draft("submitted_lines_are_frozen"),
            CORRECTS_ITS_OWN,
            MADE_OF_STORED_CHARGES,
            FUEL_LINE_IS_ITS_PART,
            closed_month_is_frozen(),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.month:%m.%Y}: {format_amount(self.accrued)}"

    @property
    def is_unmonthed(self) -> bool:
        """Tell a recalculation of the provider that names no month from the service's own line."""
        return self.rule == WITHOUT_MONTH.name

    @property
    def is_of_its_month(self) -> bool:
        """Tell the line of the month's own bill from corrections and recalculations."""
        return self.corrects_month is None and not self.is_unmonthed
