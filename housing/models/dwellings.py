"""Dwellings, what they are like, who is registered in them, for whom they count."""

import pghistory
from django.db import models
from django.db.models import F, Q

from housing.models.addresses import Address
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.units import District
from recipients.models.persons import Person, Recipient

AMENITIES = {
    "full": "центральная горячая вода",
    "gas_heater": "газовая колонка",
    "multipoint_heater": "газовый нагреватель на несколько кранов",
    "street_pump": "вода из уличной колонки",
}
"""What the codes of amenities mean that norms of water tell apart."""


@pghistory.track()
class Dwelling(models.Model):
    """A flat, room or house that charges are made for."""

    address = models.OneToOneField(Address, on_delete=models.PROTECT, verbose_name="адрес")
    district = models.ForeignKey(District, on_delete=models.PROTECT, verbose_name="район")

    class Meta:
        verbose_name = "жильё"
        verbose_name_plural = "жильё"

    def __str__(self) -> str:
        return str(self.address)


@pghistory.track()
class DwellingFacts(DatedRow):
    """What a dwelling is like from a day on: stock, areas, rooms, stove, heating."""

    class Stock(models.TextChoices):
        STATE = "state", "государственный"
        MUNICIPAL = "municipal", "муниципальный"
        PRIVATE = "private", "частный"

    class Kind(models.TextChoices):
        FLAT = "flat", "квартира"
        ROOM = "room", "комната в общежитии"
        HOUSE = "house", "жилой дом"

    class Stove(models.TextChoices):
        GAS = "gas", "газовая плита"
        ELECTRIC = "electric", "электрическая плита"
        SOLID = "solid", "печь на твёрдом топливе"

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё", related_name="facts")
    stock = models.CharField("жилищный фонд", max_length=10, choices=Stock.choices)
    kind = models.CharField("вид", max_length=5, choices=Kind.choices)
    total_area = models.DecimalField("общая площадь, м²", max_digits=6, decimal_places=2)
    living_area = models.DecimalField("жилая площадь, м²", max_digits=6, decimal_places=2)
    rooms = models.PositiveSmallIntegerField("комнат")
    stove = models.CharField("плита", max_length=8, choices=Stove.choices)
    has_central_heating = models.BooleanField("центральное отопление")
    amenities = models.CharField("благоустройство", max_length=20)
    document = models.CharField("основание", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "характеристики жилья"
        verbose_name_plural = "характеристики жилья"
        constraints = [
            not_empty("dwelling_facts_period_is_not_empty"),
            no_overlap(
                "dwelling_facts_do_not_overlap",
                "dwelling",
                message="Характеристики на пересекающийся период уже указаны.",
            ),
            models.CheckConstraint(
                condition=Q(total_area__gt=0, total_area__lte=2000)
                & Q(living_area__gt=0, living_area__lte=F("total_area"))
                & Q(rooms__gte=1, rooms__lte=30),
                name="dwelling_areas_are_possible",
                violation_error_message="Площадь больше нуля, жилая не больше общей.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling}: {self.total_area} м²"


@pghistory.track()
class Residence(DatedRow):
    """A person registered in a dwelling; the residents a charge is shared among."""

    class Basis(models.TextChoices):
        PERMANENT = "permanent", "по месту жительства"
        TEMPORARY = "temporary", "по месту пребывания"

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё", related_name="residences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", related_name="residences")
    basis = models.CharField("регистрация", max_length=10, choices=Basis.choices)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "зарегистрированный"
        verbose_name_plural = "зарегистрированные"
        constraints = [
            not_empty("residence_period_is_not_empty"),
            no_overlap(
                "person_has_one_registration_of_a_kind",
                "person",
                "basis",
                message="Этот человек уже зарегистрирован так же в пересекающийся период.",
            ),
            no_overlap(
                "person_is_counted_once_in_a_dwelling",
                "person",
                "dwelling",
                message="Этот человек в жилье уже учтён.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.dwelling}"


@pghistory.track()
class SupportedDwelling(DatedRow):
    """The one dwelling a recipient's equivalent is counted for at a time."""

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="dwellings"
    )
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё", related_name="supported")
    basis = models.CharField("основание", max_length=10, choices=Residence.Basis.choices)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "жильё получателя"
        verbose_name_plural = "жильё получателей"
        constraints = [
            not_empty("supported_dwelling_period_is_not_empty"),
            no_overlap(
                "recipient_has_one_dwelling_at_a_time",
                "recipient",
                message="Мера предоставляется по одному жилью.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.dwelling}"
