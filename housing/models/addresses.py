"""Addresses, down to the room, with the codes that file layouts need."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.units import District
from offices.searching import TextKey
from recipients.models.persons import Person


@pghistory.track(exclude=["name_key"])
class Settlement(models.Model):
    """A town, settlement or village of a district."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, verbose_name="район")
    code = models.CharField("код", max_length=5)
    kind = models.CharField("тип", max_length=10)
    name = models.CharField("название", max_length=100)
    is_rural = models.BooleanField("сельский", default=False)
    name_key = models.GeneratedField(
        verbose_name="название для поиска",
        expression=TextKey("name"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        verbose_name = "населённый пункт"
        verbose_name_plural = "населённые пункты"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code"],
                name="settlement_code_is_unique_in_its_district",
                violation_error_message="Код населённого пункта в районе уже занят.",
            ),
            models.UniqueConstraint(
                fields=["district", "kind", "name"],
                name="settlement_is_listed_once_in_its_district",
                violation_error_message="Такой населённый пункт в районе уже есть.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_settlement_paid_for_stays_what_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("is_rural", "district_id"),
                condition=pgtrigger.Q(old__is_rural__df=pgtrigger.F("new__is_rural"))
                | pgtrigger.Q(old__district__df=pgtrigger.F("new__district")),
                func=(
                    "IF EXISTS (SELECT 1 FROM housing_supporteddwelling home"
                    " JOIN housing_dwelling dwelling ON dwelling.id = home.dwelling_id"
                    " JOIN housing_address address ON address.id = dwelling.address_id"
                    " JOIN housing_street street ON street.id = address.street_id WHERE street.settlement_id = OLD.id)"
                    " THEN RAISE EXCEPTION 'what a settlement is counts for every month paid for in it'"
                    " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@pghistory.track(exclude=["name_key"])
class Street(models.Model):
    """A street of a settlement."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, verbose_name="населённый пункт")
    code = models.CharField("код", max_length=5)
    name = models.CharField("улица", max_length=100)
    name_key = models.GeneratedField(
        verbose_name="название для поиска",
        expression=TextKey("name"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        verbose_name = "улица"
        verbose_name_plural = "улицы"
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "code"],
                name="street_code_is_unique_in_its_settlement",
                violation_error_message="Код улицы в населённом пункте уже занят.",
            ),
            models.UniqueConstraint(
                fields=["settlement", "name"],
                name="street_is_listed_once_in_its_settlement",
                violation_error_message="Такая улица уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement}, {self.name}"


@pghistory.track()
class Address(models.Model):
    """A postal address."""

    street = models.ForeignKey(Street, on_delete=models.PROTECT, verbose_name="улица")
    house = models.CharField("дом", max_length=7)
    building = models.CharField("корпус", max_length=3, blank=True)
    flat = models.CharField("квартира", max_length=15, blank=True)
    room = models.CharField("комната", max_length=15, blank=True)
    postal_index = models.CharField("индекс", max_length=6)

    class Meta:
        verbose_name = "адрес"
        verbose_name_plural = "адреса"
        constraints = [
            models.UniqueConstraint(
                fields=["street", "house", "building", "flat", "room"],
                name="address_is_listed_once",
                violation_error_message="Такой адрес уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(postal_index__regex=r"^\d{6}$") & ~Q(house=""),
                name="address_has_a_house_and_an_index",
                violation_error_message="Нужны дом и индекс из шести цифр.",
            ),
        ]

    def __str__(self) -> str:
        parts = [f"{self.postal_index}", str(self.street), f"д. {self.house}"]
        parts += [f"корп. {self.building}"] if self.building else []
        parts += [f"кв. {self.flat}"] if self.flat else []
        parts += [f"ком. {self.room}"] if self.room else []
        return ", ".join(parts)


@pghistory.track()
class PersonAddress(DatedRow):
    """One of a person's four addresses: residence, stay, actual, postal."""

    class Kind(models.TextChoices):
        RESIDENCE = "residence", "место жительства"
        STAY = "stay", "место пребывания"
        ACTUAL = "actual", "фактический"
        POSTAL = "postal", "почтовый"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", related_name="addresses")
    kind = models.CharField("вид адреса", max_length=10, choices=Kind.choices)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, verbose_name="адрес")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "адрес человека"
        verbose_name_plural = "адреса людей"
        constraints = [
            not_empty("person_address_period_is_not_empty"),
            no_overlap(
                "person_has_one_address_of_a_kind_at_a_time",
                "person",
                "kind",
                message="Адрес этого вида на пересекающийся период уже указан.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"
