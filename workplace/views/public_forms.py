"""The visitor's figures for an example: the household, and a row for each service of the bill."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms

from calculations.inputs.invented import InventedBill, InventedHousehold
from calculations.rules.kinds import Group, ServiceKind, Zone, line_kind, zone_of
from housing.models import DwellingFacts
from housing.models.dwellings import AMENITIES
from offices.fields import RoublesField
from offices.models import District
from offices.months import month_name, parse_month
from providers.in_force import Traits
from providers.models import Service

MOST_PEOPLE: Final = 20
MOST_AREA: Final = Decimal(500)
MOST_QUANTITY: Final = Decimal(100_000)
WATER = list(AMENITIES.items())
WHO = [
    (Group.FIRST.value, "я, инвалид I группы"),
    (Group.SECOND.value, "я, инвалид II группы"),
    (Group.THIRD.value, "я, инвалид III группы"),
    (Group.CHILD.value, "наш ребёнок-инвалид: право у него и у тех, кто с ним зарегистрирован"),
]


class QuantityField(forms.CharField):
    """A volume or an area with a comma or a point; an empty one is None where it may be left out."""

    def __init__(self, *, most: Decimal, **options: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal", "size": 8})} | options)
        self.most = most

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            number = Decimal("".join(str(value).split()).replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        exponent = number.as_tuple().exponent
        if not (number.is_finite() and 0 < number < self.most and isinstance(exponent, int) and exponent >= -6):
            raise forms.ValidationError(f"Введите число больше 0 и меньше {self.most}, например 48,6.")
        return number


def _whole_number(missing: str) -> dict[str, str]:
    outside = f"Введите целое число от 1 до {MOST_PEOPLE}."
    return {"required": missing, "invalid": outside, "min_value": outside, "max_value": outside}


def chosen(missing: str) -> dict[str, str]:
    """Say the same where nothing was chosen and where something strange was sent."""
    return {"required": missing, "invalid_choice": missing}


class HouseholdForm(forms.Form):
    """Who lives where and who has the right."""

    who = forms.ChoiceField(
        label="У кого право",
        choices=WHO,
        widget=forms.RadioSelect,
        error_messages=chosen("Выберите, у кого право."),
    )
    residents = forms.IntegerField(
        label="Зарегистрировано, человек",
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=_whole_number("Введите, сколько человек зарегистрировано."),
    )
    entitled = forms.IntegerField(
        label="Из них с правом",
        help_text="Инвалид считает только себя; если инвалидов двое, каждому считают отдельно.",
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=_whole_number("Введите, у скольких человек право."),
    )
    stock = forms.ChoiceField(
        label="Жильё",
        choices=[("municipal", "муниципальное"), ("state", "государственное"), ("private", "своё")],
        widget=forms.RadioSelect,
        error_messages=chosen("Выберите, чьё жильё."),
    )
    area = QuantityField(
        label="Общая площадь, м²", most=MOST_AREA, error_messages={"required": "Введите общую площадь жилья."}
    )
    rooms = forms.IntegerField(
        label="Комнат",
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=_whole_number("Введите число комнат."),
    )
    kind = forms.ChoiceField(
        label="Вид жилья", choices=DwellingFacts.Kind.choices, error_messages=chosen("Выберите вид жилья.")
    )
    stove = forms.ChoiceField(
        label="Плита", choices=DwellingFacts.Stove.choices, error_messages=chosen("Выберите плиту.")
    )
    water = forms.ChoiceField(
        label="Горячая вода", choices=WATER, error_messages=chosen("Выберите, откуда горячая вода.")
    )
    district = forms.ModelChoiceField(
        label="Район",
        queryset=District.objects.order_by("name"),
        empty_label=None,
        to_field_name="code",
        error_messages=chosen("Выберите район."),
    )
    month = forms.ChoiceField(label="Месяц квитанции", error_messages=chosen("Выберите месяц из списка."))

    def __init__(self, *given: Any, months: Sequence[dt.date], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["month"]
        assert isinstance(choice, forms.ChoiceField), "a month is chosen"
        choice.choices = [(f"{month:%Y-%m}", month_name(month)) for month in months]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        residents, entitled = told.get("residents"), told.get("entitled")
        if residents and entitled and entitled > residents:
            self.add_error("entitled", f"С правом {entitled}, а зарегистрировано {residents}: так не бывает.")
        elif entitled and entitled > 1 and told.get("who") != Group.CHILD.value:
            self.add_error("entitled", "Инвалиду считают только его долю: введите 1 и посчитайте каждого отдельно.")
        return told

    def household(self) -> InventedHousehold:
        """Return the figures of a valid form."""
        told = self.cleaned_data
        return InventedHousehold(
            group=Group(told["who"]),
            residents=told["residents"],
            entitled=told["entitled"],
            area=told["area"],
            traits=Traits(
                stock=told["stock"],
                kind=told["kind"],
                stove=told["stove"],
                rooms=told["rooms"],
                amenities=told["water"],
            ),
            district_id=told["district"].pk,
        )

    def chosen_month(self) -> dt.date:
        return parse_month(self.cleaned_data["month"])


@dataclass(frozen=True, slots=True)
class BillRow:
    """A service with its two inputs as they were typed."""

    service: Service
    billed: forms.BoundField
    quantity: forms.BoundField


class BillForm(forms.Form):
    """A row for every service of the measure; a row without a sum is not in the bill."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, services: Sequence[Service], **named: Any) -> None:
        super().__init__(data, **named)
        self.services = services
        for service in services:
            self.fields[f"billed_{service.code}"] = RoublesField(required=False, label=f"{service.name}: сумма, ₽")
            self.fields[f"quantity_{service.code}"] = QuantityField(
                required=False, most=MOST_QUANTITY, label=f"{service.name}: объём, {service.unit}"
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for service in self.services:
            billed = told.get(f"billed_{service.code}")
            if billed is not None and not 0 <= billed < MOST_QUANTITY:
                self.add_error(f"billed_{service.code}", f"{service.name}: введите сумму от 0 до 99 999,99.")
        if _is_in_zones(self.services, told):
            self.add_error(None, "Электроэнергия: введите либо одну сумму, либо день и ночь отдельно.")
        if not self.errors and not any(told.get(f"billed_{service.code}") for service in self.services):
            self.add_error(None, "Введите сумму хотя бы одной услуги из квитанции.")
        return told

    def rows(self) -> Iterator[BillRow]:
        for service in self.services:
            yield BillRow(service, self[f"billed_{service.code}"], self[f"quantity_{service.code}"])

    def bills(self) -> list[InventedBill]:
        """Return the services of a valid form that have a sum."""
        told = self.cleaned_data
        return [
            InventedBill(
                service=service.code,
                billed=told[f"billed_{service.code}"],
                quantity=told[f"quantity_{service.code}"],
                is_metered=told[f"quantity_{service.code}"] is not None,
            )
            for service in self.services
            if told[f"billed_{service.code}"] is not None
        ]


def _is_in_zones(services: Sequence[Service], told: Mapping[str, Any]) -> bool:
    """Tell whether electricity is given both whole and in zones."""
    zones = {zone_of(ServiceKind(one.kind)) for one in services if told.get(f"billed_{one.code}") and _is_power(one)}
    return Zone.WHOLE in zones and len(zones) > 1


def _is_power(service: Service) -> bool:
    return line_kind(ServiceKind(service.kind)) is ServiceKind.ELECTRICITY
