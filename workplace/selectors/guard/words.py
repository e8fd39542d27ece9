"""Rows of directories in words: whom they are for, what they set."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from calculations.models import Parameter
from calculations.services.guard import Kind
from housing.models.dwellings import AMENITIES
from offices.money import format_amount, format_quantity
from providers.models import ConsumptionNorm, FuelPrice, SaleNorm, Tariff
from providers.models.fuel import UNITS

Code = Parameter.Code
VALUES: Final[Mapping[str, str]] = {
    "own_share": "доля имеющих право",
    "all_family": "вся семья получателя",
    "norm": "в пределах норматива",
    "first_of_next_month": "с первого числа следующего месяца",
    "daily": "по дням",
    "full": "месяц смерти полностью",
    "days": "по день смерти",
    "agreement": "соглашение о погашении",
    "court_act": "судебный акт",
    "whole": "полностью",
    "same": "месяц обращения",
    "next": "следующий месяц",
    "none": "не применяется",
}
_OF_CHECKS: Final = "Параметр решает, что проверяет Департамент: сумм он не меняет."
_OF_APPLICATIONS: Final = "Значение берётся на день обращения: назначенное прежде не меняется."
UNCOUNTED: Final[Mapping[str, str]] = {
    Code.ARREARS_RULE: (
        "Правило решает, какой долг приостанавливает выплату: посчитанных сумм оно не меняет. Решение о приостановлении, "
        "принятое по другому правилу, с этого дня не действует."
    ),
    Code.LAG_MONTHS: "Срок от начисления до выплаты сумм не меняет.",
    Code.DEVIATION_PERCENT: _OF_CHECKS,
    Code.SAMPLE_PERCENT: _OF_CHECKS,
    Code.FUEL_SHARE: _OF_APPLICATIONS,
    Code.GAS_SHARE: _OF_APPLICATIONS,
    Code.FIRST_MONTH: _OF_APPLICATIONS,
    Code.WITHHOLDING_PERCENT: "Предел берётся на день согласия: данные прежде согласия не меняются.",
}
"""What parameters do that change no sum of a month."""
GROUPS: Final = {"1": "I группа", "2": "II группа", "3": "III группа", "child": "дети-инвалиды"}
BASES: Final = {"per_person": "на человека", "per_area": "на м²", "per_household": "на семью"}


def title_of(row: Any) -> str:
    """Name what a row sets: «Тариф: Холодная вода» or «Параметр: доля компенсации»."""
    if isinstance(row, Parameter):
        return f"Параметр: {row.get_code_display().partition(' (')[0]}"
    if isinstance(row, FuelPrice | SaleNorm):
        return f"{'Цена топлива' if isinstance(row, FuelPrice) else 'Норма продажи'}: {row.get_fuel_display()}"
    return f"{'Тариф' if isinstance(row, Tariff) else 'Норматив'}: {row.service.name}"


def scope_of(row: Any) -> str:
    """Say where and for whom a row counts."""
    if isinstance(row, Parameter):
        return "вся область"
    where = row.provider.short_name if row.provider else str(row.settlement or row.district or "вся область")
    return ", ".join([where, *_traits(row)])


def value_of(row: Any) -> str:
    """Write what a row sets, with its unit."""
    if isinstance(row, Tariff):
        return f"{format_amount(row.price)} ₽"
    if isinstance(row, FuelPrice):
        return f"{format_amount(row.price)} ₽ за {UNITS[row.fuel]}"
    if isinstance(row, SaleNorm):
        return _norm_of_sale(row)
    if isinstance(row, ConsumptionNorm):
        return f"{format_quantity(row.amount)} {row.service.unit} {BASES[row.basis]}"
    return _parameter(row.code, row.value)


def told(row: Any, former: Any) -> str:
    """Tell a row in one line: what, where, from what to what, from when."""
    was = "" if former is None else f"{value_of(former)} → "
    return f"{title_of(row)}, {scope_of(row)}: {was}{value_of(row)} с {row.valid_from:%d.%m.%Y}"


def uncounted(row: Any) -> str:
    """Say why a row is decided without a calculation: it changes no sum of a month, or no month is there to show it."""
    return UNCOUNTED.get(getattr(row, "code", ""), "Утверждённых расчётов ещё нет: показывать суммы не на чем.")


def number_of(row: Any) -> Decimal | None:
    """Return the number a row sets, None for a word."""
    if isinstance(row, Tariff | FuelPrice):
        return Decimal(row.price)
    return Decimal(row.amount) if isinstance(row, ConsumptionNorm) else None


def admin_page(kind: Kind, view: str = "changelist") -> str:
    """Return the route of the directory in the administration."""
    return f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}_{view}"


def _norm_of_sale(row: SaleNorm) -> str:
    unit = UNITS[row.fuel]
    if row.kind == SaleNorm.Kind.BY_BAND:
        bands = zip(row.band_areas, row.band_quantities, strict=True)
        return "; ".join(f"до {format_quantity(area)} м² — {format_quantity(most)} {unit}" for area, most in bands)
    told = f"{format_quantity(row.quantity)} {unit} {row.get_kind_display()}"
    if row.kind == SaleNorm.Kind.PER_HOUSEHOLD and row.further:
        up_to = f"{format_quantity(row.quantity)} {unit} на семью до {format_quantity(row.area)} м²"
        told = f"{up_to} и {format_quantity(row.further)} {unit} на каждый м² сверх"
    return told


def _parameter(code: str, value: str) -> str:
    if code == Code.REPAIR_GROUPS:
        return ", ".join(GROUPS.get(one.strip(), one) for one in value.split(",")) or "никому"
    if code == Code.DISCOUNT:
        return f"{format_quantity(Decimal(value.replace(',', '.')) * 100)} %"
    if code.endswith("_percent"):
        return f"{value} %"
    return VALUES.get(value, value)


def _traits(row: Any) -> Iterator[str]:
    if isinstance(row, FuelPrice | SaleNorm):
        return
    if isinstance(row, Tariff):
        if row.variant:
            yield str(row.get_variant_display())
        return
    if row.rooms:
        yield f"комнат от {row.rooms}"
    if row.persons:
        yield f"человек от {row.persons}"
    for name in ("stove", "dwelling_kind"):
        if getattr(row, name):
            yield str(getattr(row, f"get_{name}_display")())
    if row.amenities:
        yield AMENITIES.get(row.amenities, row.amenities)
