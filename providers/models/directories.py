"""Dated directories of tariffs and norms with the acts they stand on.

A row's scope is region (nothing named), district, settlement or provider; the narrowest wins.
"""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from housing.models.addresses import Settlement
from housing.models.dwellings import DwellingFacts
from offices.columns import rate, together
from offices.dated import DatedQuerySet, no_overlap, not_empty
from offices.models.confirmed import NOT_REFUSED, ConfirmedRow, refused_by_another
from offices.models.units import Decree, District
from offices.money import format_amount
from providers.models.providers import Provider, Service


def _any(field: str, nothing: int | str = 0) -> Coalesce:
    return Coalesce(field, nothing)


class ScopedRow(ConfirmedRow):
    """A directory row with its scope, act, author and the second person who confirmed or refused it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="услуга")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", null=True, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, verbose_name="район", null=True, blank=True)
    settlement = models.ForeignKey(
        Settlement,
        on_delete=models.PROTECT,
        verbose_name="населённый пункт",
        null=True,
        blank=True,
    )
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, verbose_name="акт")
    is_assumed = models.BooleanField("принято для демонстрации", default=False)

    class Meta:
        abstract = True


def scoped_constraints(name: str, *keys: object) -> list[models.constraints.BaseConstraint]:
    return [
        not_empty(f"{name}_period_is_not_empty"),
        no_overlap(
            f"{name}_periods_do_not_overlap",
            "service",
            _any("provider"),
            _any("district"),
            _any("settlement"),
            *keys,  # type: ignore[arg-type]
            message="Строка справочника с той же областью действия пересекается по периоду.",
            condition=NOT_REFUSED,
        ),
        models.CheckConstraint(
            condition=~Q(confirmed_by=F("entered_by")),
            name=f"{name}_is_not_confirmed_by_its_author",
            violation_error_message="Строку справочника подтверждает не тот, кто её ввёл.",
        ),
        together(
            f"{name}_is_confirmed_by_someone",
            "confirmed_at",
            "confirmed_by",
            message="Подтверждение: время и сотрудник указываются вместе.",
        ),
        refused_by_another(f"{name}_is_refused_by_another"),
        models.CheckConstraint(
            condition=Q(provider__isnull=True) | Q(district__isnull=True, settlement__isnull=True),
            name=f"{name}_has_one_scope",
            violation_error_message="Укажите либо предприятие, либо территорию.",
        ),
    ]


@pghistory.track()
class Tariff(ScopedRow):
    """The price of a service's unit, in roubles, from a day on."""

    class Variant(models.TextChoices):
        ANY = "", "для всех"
        GAS_STOVE = "gas", "с газовыми плитами"
        ELECTRIC_STOVE = "electric", "с электроплитами и сельские"
        MUNICIPAL = "municipal", "муниципальный фонд"

    variant = models.CharField("для кого", max_length=10, choices=Variant.choices, default=Variant.ANY, blank=True)
    price = rate("цена, руб.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "тариф"
        verbose_name_plural = "тарифы"
        constraints = [
            *scoped_constraints("tariff", "variant"),
            models.CheckConstraint(
                condition=Q(price__gt=0, price__lte=100000),
                name="tariff_price_is_positive",
                violation_error_message="Тариф больше нуля и не больше 100 000 рублей.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {format_amount(self.price)}"


@pghistory.track()
class ConsumptionNorm(ScopedRow):
    """How much of a service is within the norm, per person, per m² or per household."""

    class Basis(models.TextChoices):
        PER_PERSON = "per_person", "на человека"
        PER_AREA = "per_area", "на м²"
        PER_HOUSEHOLD = "per_household", "на семью"

    basis = models.CharField("норматив", max_length=15, choices=Basis.choices)
    rooms = models.PositiveSmallIntegerField("комнат", null=True, blank=True)
    persons = models.PositiveSmallIntegerField("человек", null=True, blank=True)
    stove = models.CharField("плита", max_length=8, choices=DwellingFacts.Stove.choices, blank=True)
    dwelling_kind = models.CharField("вид жилья", max_length=5, choices=DwellingFacts.Kind.choices, blank=True)
    amenities = models.CharField("благоустройство", max_length=20, blank=True)
    amount = models.DecimalField("количество в месяц", max_digits=12, decimal_places=6)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "норматив потребления"
        verbose_name_plural = "нормативы потребления"
        constraints = [
            *scoped_constraints(
                "norm",
                _any("rooms"),
                _any("persons"),
                "stove",
                "dwelling_kind",
                "amenities",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=10000),
                name="norm_amount_is_positive",
                violation_error_message="Норматив больше нуля.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {format_amount(self.amount)}"
