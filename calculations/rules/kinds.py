"""Kinds of services, the zones of electricity, the facts that a right depends on."""

from enum import StrEnum
from typing import Final


class UnknownServiceKind(ValueError):
    """No service kind has this code, or no rule of the regime is written for it."""

    field: Final = "service"

    def __init__(self, code: str) -> None:
        super().__init__(f"вид услуги «{code}» не известен")
        self.code = code


class ServiceKind(StrEnum):
    RENT = "rent"
    MAINTENANCE = "maintenance"
    CAPITAL_REPAIR = "capital_repair"
    COLD_WATER = "cold_water"
    HOT_WATER = "hot_water"
    HOT_WATER_HEAT = "hot_water_heat"
    SEWERAGE = "sewerage"
    ELECTRICITY = "electricity"
    ELECTRICITY_DAY = "electricity_day"
    ELECTRICITY_NIGHT = "electricity_night"
    ELECTRICITY_PEAK = "electricity_peak"
    GAS = "gas"
    HEATING = "heating"
    WASTE = "waste"
    COMMON_COLD_WATER = "common_cold_water"
    COMMON_HOT_WATER = "common_hot_water"
    COMMON_ELECTRICITY = "common_electricity"
    COMMON_SEWERAGE = "common_sewerage"
    SOLID_FUEL = "solid_fuel"
    BOTTLED_GAS = "bottled_gas"

    @classmethod
    def named(cls, code: str) -> "ServiceKind":
        """Return the kind of a billed service with this code.

        Raises UnknownServiceKind, also for what is paid by an application: no provider bills it.
        """
        try:
            kind = cls(code)
        except ValueError:
            raise UnknownServiceKind(code) from None
        if kind in APPLIED_FOR:
            raise UnknownServiceKind(code)
        return kind


APPLIED_FOR: Final = frozenset({ServiceKind.SOLID_FUEL, ServiceKind.BOTTLED_GAS})
"""What is paid by an application of appendix 3, not by bills."""


class Zone(StrEnum):
    """A part of the day with its own tariff for electricity; WHOLE is everything else."""

    WHOLE = "whole"
    DAY = "day"
    NIGHT = "night"
    PEAK = "peak"


class Holder(StrEnum):
    ADULT = "adult"
    FAMILY = "family"


class Group(StrEnum):
    FIRST = "1"
    SECOND = "2"
    THIRD = "3"
    CHILD = "child"


class Stock(StrEnum):
    STATE = "state"
    MUNICIPAL = "municipal"
    PRIVATE = "private"


_ZONES: Final = {
    ServiceKind.ELECTRICITY_DAY: Zone.DAY,
    ServiceKind.ELECTRICITY_NIGHT: Zone.NIGHT,
    ServiceKind.ELECTRICITY_PEAK: Zone.PEAK,
}

TITLES: Final = {
    ServiceKind.RENT: "Плата за наём",
    ServiceKind.MAINTENANCE: "Содержание жилого помещения",
    ServiceKind.CAPITAL_REPAIR: "Взнос на капитальный ремонт",
    ServiceKind.COLD_WATER: "Холодная вода",
    ServiceKind.HOT_WATER: "Горячая вода",
    ServiceKind.HOT_WATER_HEAT: "Тепловая энергия на подогрев воды",
    ServiceKind.SEWERAGE: "Водоотведение",
    ServiceKind.ELECTRICITY: "Электроэнергия",
    ServiceKind.ELECTRICITY_DAY: "Электроэнергия, день",
    ServiceKind.ELECTRICITY_NIGHT: "Электроэнергия, ночь",
    ServiceKind.ELECTRICITY_PEAK: "Электроэнергия, пик",
    ServiceKind.GAS: "Газ",
    ServiceKind.HEATING: "Отопление",
    ServiceKind.WASTE: "Обращение с отходами",
    ServiceKind.COMMON_COLD_WATER: "Холодная вода на общее имущество",
    ServiceKind.COMMON_HOT_WATER: "Горячая вода на общее имущество",
    ServiceKind.COMMON_ELECTRICITY: "Электроэнергия на общее имущество",
    ServiceKind.COMMON_SEWERAGE: "Водоотведение на общее имущество",
    ServiceKind.SOLID_FUEL: "Твёрдое топливо",
    ServiceKind.BOTTLED_GAS: "Газ в баллонах",
}

ZONE_TITLES: Final = {Zone.WHOLE: "без зон", Zone.DAY: "день", Zone.NIGHT: "ночь", Zone.PEAK: "пик"}

_CUBIC_METERS: Final = "м³"
_GIGACALORIES: Final = "Гкал"
_KILOWATT_HOURS: Final = "кВт·ч"
_SQUARE_METERS: Final = "м²"

UNITS: Final = {
    ServiceKind.RENT: _SQUARE_METERS,
    ServiceKind.MAINTENANCE: _SQUARE_METERS,
    ServiceKind.CAPITAL_REPAIR: _SQUARE_METERS,
    ServiceKind.COLD_WATER: _CUBIC_METERS,
    ServiceKind.HOT_WATER: _CUBIC_METERS,
    ServiceKind.HOT_WATER_HEAT: _GIGACALORIES,
    ServiceKind.SEWERAGE: _CUBIC_METERS,
    ServiceKind.ELECTRICITY: _KILOWATT_HOURS,
    ServiceKind.ELECTRICITY_DAY: _KILOWATT_HOURS,
    ServiceKind.ELECTRICITY_NIGHT: _KILOWATT_HOURS,
    ServiceKind.ELECTRICITY_PEAK: _KILOWATT_HOURS,
    ServiceKind.GAS: _CUBIC_METERS,
    ServiceKind.HEATING: _GIGACALORIES,
    ServiceKind.WASTE: _CUBIC_METERS,
    ServiceKind.COMMON_COLD_WATER: _CUBIC_METERS,
    ServiceKind.COMMON_HOT_WATER: _CUBIC_METERS,
    ServiceKind.COMMON_ELECTRICITY: _KILOWATT_HOURS,
    ServiceKind.COMMON_SEWERAGE: _CUBIC_METERS,
    ServiceKind.SOLID_FUEL: "т",
    ServiceKind.BOTTLED_GAS: "балл.",
}
"""The unit of a kind's quantity, and of its norm before "per person" or "per square meter"."""


def line_kind(kind: ServiceKind) -> ServiceKind:
    """Return the kind of the accrual line that a charged service belongs to.

    Day, night and peak electricity make one line of electricity.
    """
    return ServiceKind.ELECTRICITY if kind in _ZONES else kind


def zone_of(kind: ServiceKind) -> Zone:
    """Return the zone of the day that a charged service is billed for."""
    return _ZONES.get(kind, Zone.WHOLE)
