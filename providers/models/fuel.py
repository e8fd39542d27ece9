"""What solid fuel may be sold to a household, and what it and gas in cylinders cost (2.4.3, 2.4.4)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from offices.columns import rate
from offices.dated import DatedQuerySet
from offices.money import format_amount
from providers.models.directories import ScopedRow, scoped_constraints


class Fuel(models.TextChoices):
    """What appendix 3 offers: never firewood by itself (2.5.2)."""

    COAL = "coal", "уголь"
    PEAT = "peat", "торф"
    BRIQUETTE = "briquette", "торфяной брикет"
    KINDLING = "kindling", "дрова на растопку угля"


CYLINDER = "cylinder"
PRICED = [*Fuel.choices, (CYLINDER, "газ в баллоне")]
UNITS = {Fuel.COAL: "т", Fuel.PEAT: "т", Fuel.BRIQUETTE: "т", Fuel.KINDLING: "м³", CYLINDER: "баллон"}
"""In what a fuel is sold, by its code."""


# Bands go up, each with a quantity, and no area stands twice.
BANDS_GO_UP = pgtrigger.Trigger(
    name="bands_go_up",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__kind="by_band"),
    func=(
        "IF EXISTS (SELECT 1 FROM unnest(NEW.band_areas, NEW.band_quantities) WITH ORDINALITY band(area, quantity, n)"
        " WHERE band.area IS NULL OR band.quantity IS NULL OR band.area <= 0 OR band.quantity <= 0"
        " OR band.area <= NEW.band_areas[band.n - 1]) THEN"
        " RAISE EXCEPTION 'bands of a norm go up' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)


@pghistory.track()
class SaleNorm(ScopedRow):
    """How much of a fuel is sold to a household a year, in the fuel's unit: four ways of counting it.

    PER_HOUSEHOLD: `quantity` for a dwelling up to `area` m², and `further` for each m² above. PER_METER and PER_PERSON:
    `quantity` for each. BY_BAND: for a dwelling up to `band_areas[n]` m², inclusive, `band_quantities[n]`.
    """

    class Kind(models.TextChoices):
        PER_HOUSEHOLD = "per_household", "на семью по площади"
        PER_METER = "per_meter", "на м²"
        PER_PERSON = "per_person", "на человека"
        BY_BAND = "by_band", "по ступеням площади"

    fuel = models.CharField("топливо", max_length=10, choices=Fuel.choices)
    kind = models.CharField("как установлена норма", max_length=15, choices=Kind.choices)
    quantity = rate("количество в год", default=0)
    area = models.DecimalField("до площади, м²", max_digits=6, decimal_places=2, default=0)
    further = rate("на каждый м² сверх", default=0)
    band_areas = ArrayField(
        models.DecimalField(max_digits=6, decimal_places=2),
        verbose_name="ступени: до площади, м²",
        default=list,
        blank=True,
    )
    band_quantities = ArrayField(
        models.DecimalField(max_digits=12, decimal_places=4),
        verbose_name="ступени: количество",
        default=list,
        blank=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "норма продажи топлива"
        verbose_name_plural = "нормы продажи топлива"
        constraints = [
            *scoped_constraints("sale_norm", "fuel"),
            models.CheckConstraint(
                condition=Q(fuel__in=Fuel.values),
                name="sale_norm_is_never_of_firewood",
                violation_error_message="Приложение 3 не предусматривает дров: выберите уголь, торф или брикет.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, quantity__lte=10000, further__gte=0, further__lte=1000)
                & Q(area__gte=0, area__lte=2000),
                name="sale_norm_is_a_number",
                violation_error_message="Норма продажи вне допустимых границ.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="by_band",
                    quantity=0,
                    area=0,
                    further=0,
                    band_areas__len__gte=1,
                    band_areas__len=F("band_quantities__len"),
                )
                | Q(kind="per_household", quantity__gt=0, band_areas__len=0, band_quantities__len=0)
                | Q(
                    kind__in=["per_meter", "per_person"],
                    quantity__gt=0,
                    area=0,
                    further=0,
                    band_areas__len=0,
                    band_quantities__len=0,
                ),
                name="sale_norm_has_what_its_kind_needs",
                violation_error_message=(
                    "Норме по ступеням нужны ступени, остальным — количество в год; площадь и прибавка бывают только "
                    "у нормы на семью."
                ),
            ),
        ]
        triggers = [BANDS_GO_UP]

    def __str__(self) -> str:
        return f"{self.get_fuel_display()}: норма продажи {self.get_kind_display()}"


@pghistory.track()
class FuelPrice(ScopedRow):
    """The price of a fuel's unit or of a cylinder of gas, in roubles, from a day on; that of the application counts."""

    fuel = models.CharField("топливо", max_length=10, choices=PRICED)
    price = rate("цена за единицу, руб.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "цена топлива"
        verbose_name_plural = "цены топлива"
        constraints = [
            *scoped_constraints("fuel_price", "fuel"),
            models.CheckConstraint(
                condition=Q(fuel__in=[code for code, _ in PRICED]),
                name="fuel_price_is_never_of_firewood",
                violation_error_message="Приложение 3 не предусматривает дров: выберите другое топливо.",
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0, price__lte=1000000),
                name="fuel_price_is_positive",
                violation_error_message="Цена больше нуля и не больше миллиона рублей.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fuel_display()}: {format_amount(self.price)}"
