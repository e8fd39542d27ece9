"""Solid fuel and gas in cylinders: what was applied for by appendix 3, the year's sum, its monthly parts."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.db.models.lookups import Exact

from calculations.models.fuel_guards import (
    FUEL_GOES_FORWARD,
    ITEM_IS_ENTERED_WITH_ITS_YEAR,
    PART_IS_OF_ITS_YEAR,
    PARTS_ADD_UP,
)
from housing.models.dwellings import Dwelling
from offices.columns import MOST_ROUBLES, between, first_of_month, rate, roubles
from offices.guards import append_only, no_truncate
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from offices.money import format_amount
from providers.models.fuel import PRICED, FuelPrice, SaleNorm
from providers.models.providers import Service
from recipients.models.applications import Application
from recipients.models.entitlements import Entitlement
from recipients.models.persons import Recipient

_PREPARED = Q(decided_at__isnull=True, decided_by__isnull=True, decision_file__isnull=True)
_DECIDED = Q(decided_at__isnull=False, decided_by__isnull=False)
_RUNNING = Q(stopped_at__isnull=True, stopped_by__isnull=True, stopped_from__isnull=True)
_STOPPED = Q(stopped_at__isnull=False, stopped_by__isnull=False, stopped_from__isnull=False)


class FuelAssignment(models.Model):
    """A year's fuel or the gas of an application, as one person calculated it and another decided.

    `inputs` holds everything by value: the rule over them gives `amount`, which `months` equal parts from `starts_on`
    share out. The parts end with the right; they are never resumed.
    """

    class Rule(models.TextChoices):
        SOLID_FUEL = "solid_fuel", "твёрдое топливо"
        BOTTLED_GAS = "bottled_gas", "газ в баллонах"

    class Status(models.TextChoices):
        PREPARED = "prepared", "ждёт утверждения"
        CONFIRMED = "confirmed", "назначено"
        WITHDRAWN = "withdrawn", "отклонено"
        STOPPED = "stopped", "остановлено"

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, verbose_name="заявление", related_name="fuel"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="fuel")
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, verbose_name="право", related_name="fuel")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё", related_name="fuel")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="услуга", related_name="+")
    rule = models.CharField("вид", max_length=12, choices=Rule.choices)
    rule_version = models.PositiveSmallIntegerField("версия правила")
    year = models.PositiveSmallIntegerField("год")
    starts_on = models.DateField("с месяца")
    months = models.PositiveSmallIntegerField("месяцев")
    cost = roubles("стоимость по заявлению")
    counted_cost = roubles("принято к расчёту")
    share = models.CharField("доля", max_length=12)
    amount = roubles("эквивалент, руб.")
    inputs = models.JSONField("исходные данные")
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.PREPARED)
    prepared_at = models.DateTimeField("рассчитано")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто рассчитал", related_name="+")
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто решил", related_name="+", null=True, blank=True
    )
    decision_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="решение (PDF)", related_name="+", null=True, blank=True
    )
    stopped_from = models.DateField("остановлено с месяца", null=True, blank=True)
    stopped_at = models.DateTimeField("остановлено", null=True, blank=True)
    stopped_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто остановил", related_name="+", null=True, blank=True
    )
    reason = models.CharField("почему отклонено или остановлено", max_length=300, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "назначение топлива или газа"
        verbose_name_plural = "назначения топлива и газа"
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling", "year"],
                condition=Q(rule="solid_fuel") & ~Q(status="withdrawn"),
                name="fuel_is_applied_for_once_a_year",
                violation_error_message="Твёрдое топливо на это жильё в этом году уже назначено.",
            ),
            first_of_month("fuel_starts_with_a_month", "starts_on"),
            first_of_month("fuel_stops_with_a_month", "stopped_from"),
            models.CheckConstraint(
                condition=Q(Exact(ExtractYear("starts_on"), F("year"))) & Q(months__gte=1, months__lte=12),
                name="fuel_is_for_months_of_its_year",
                violation_error_message="Топливо назначают на месяцы одного года.",
            ),
            between("fuel_cost_is_a_number", "cost", 0, MOST_ROUBLES, "Сумма вне границ."),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("counted_cost"), counted_cost__lte=F("cost")),
                name="fuel_gives_no_more_than_it_costs",
                violation_error_message="Эквивалент больше стоимости топлива.",
            ),
            models.CheckConstraint(
                condition=(Q(status="prepared", reason="") & _PREPARED & _RUNNING)
                | (Q(status="confirmed", reason="", decision_file__isnull=False) & _DECIDED & _RUNNING)
                | (Q(status="withdrawn", decision_file__isnull=True) & ~Q(reason="") & _DECIDED & _RUNNING)
                | (Q(status="stopped", decision_file__isnull=False) & ~Q(reason="") & _DECIDED & _STOPPED),
                name="fuel_status_fits_its_facts",
                violation_error_message="Состояние назначения не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("prepared_by")),
                name="fuel_is_not_decided_by_its_author",
                violation_error_message="Назначение утверждает не тот, кто его рассчитал.",
            ),
        ]
        triggers = [FUEL_GOES_FORWARD, PARTS_ADD_UP, no_truncate()]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} на {self.year} год: {format_amount(self.amount)}"


class FuelItem(models.Model):
    """One fuel or the cylinders of an application: what was asked for, what counts, its rows of the directories."""

    assignment = models.ForeignKey(
        FuelAssignment, on_delete=models.PROTECT, verbose_name="назначение", related_name="items"
    )
    fuel = models.CharField("топливо", max_length=10, choices=PRICED)
    applied = rate("по заявлению")
    norm = models.ForeignKey(
        SaleNorm, on_delete=models.PROTECT, verbose_name="норма продажи", related_name="+", null=True, blank=True
    )
    limit = models.DecimalField("норма на жильё", max_digits=16, decimal_places=6, null=True, blank=True)
    counted = models.DecimalField("принято к расчёту", max_digits=16, decimal_places=6)
    price = models.ForeignKey(FuelPrice, on_delete=models.PROTECT, verbose_name="цена", related_name="+")
    seller_document = models.CharField("документ продавца", max_length=200, blank=True)

    class Meta:
        verbose_name = "топливо по заявлению"
        verbose_name_plural = "топливо по заявлениям"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "fuel"],
                name="a_fuel_stands_in_an_application_once",
                violation_error_message="Это топливо в заявлении уже указано.",
            ),
            models.CheckConstraint(
                condition=Q(applied__gt=0, counted__gt=0, counted__lte=F("applied")),
                name="fuel_counts_no_more_than_applied_for",
                violation_error_message="Принято больше, чем указано в заявлении.",
            ),
            models.CheckConstraint(
                condition=Q(fuel="cylinder", norm__isnull=True, limit__isnull=True)
                | (~Q(fuel="cylinder") & Q(norm__isnull=False, limit__isnull=False, counted__lte=F("limit"))),
                name="fuel_counts_no_more_than_its_norm",
                violation_error_message="Принято больше нормы продажи.",
            ),
        ]
        triggers = [ITEM_IS_ENTERED_WITH_ITS_YEAR, *append_only()]

    def __str__(self) -> str:
        return self.get_fuel_display()


class FuelPart(models.Model):
    """A month's equal part of an assignment, in roubles; it becomes one accrual line, or none if the right ended."""

    assignment = models.ForeignKey(
        FuelAssignment, on_delete=models.PROTECT, verbose_name="назначение", related_name="parts"
    )
    number = models.PositiveSmallIntegerField("№ части")
    month = models.DateField("месяц")
    amount = roubles("сумма, руб.")

    class Meta:
        verbose_name = "месячная часть топлива"
        verbose_name_plural = "месячные части топлива"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "number"],
                name="a_part_of_fuel_is_numbered_once",
                violation_error_message="Часть с этим номером уже есть.",
            ),
            first_of_month("part_of_fuel_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(number__gte=1, amount__gte=0, amount__lte=MOST_ROUBLES),
                name="part_of_fuel_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ]
        triggers = [PART_IS_OF_ITS_YEAR, *append_only()]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}: {format_amount(self.amount)}"
