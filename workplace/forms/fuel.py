"""The form of appendix 3: fuel or gas in cylinders, how much of each, for how many months; and its decisions."""

from decimal import Decimal
from typing import Any, Final

from django import forms

from calculations.inputs.fuel_order import Wish
from calculations.models import FuelAssignment
from providers.models.fuel import CYLINDER, Fuel
from recipients.models import Application, Ground
from workplace.forms.providers import DayField, text_area

Rule = FuelAssignment.Rule


MOST_OF_A_YEAR: Final = Decimal(150)
"""Tonnes, cubic metres or cylinders for one dwelling: what nobody burns in a year is a slip of the pen."""


def _quantity(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.001"),
        max_value=MOST_OF_A_YEAR,
        max_digits=8,
        decimal_places=4,
        localize=True,
        error_messages={
            "invalid": "Количество пишут числом: 2,5.",
            "min_value": "Количество больше нуля.",
            "max_value": f"Не больше {MOST_OF_A_YEAR} на год: проверьте единицу.",
        },
    )


class FuelForm(forms.Form):
    """What appendix 3 asks for; never firewood (2.5.2)."""

    received_on = DayField(label="Дата обращения", help_text="Цена и норма берутся на этот день.")
    way = forms.ChoiceField(label="Как подано", choices=Application.Way.choices)
    coal = _quantity("Уголь, т")
    kindling = _quantity("Дрова на растопку угля, м³")
    peat = _quantity("Торф, т")
    briquette = _quantity("Торфяной брикет, т")
    cylinder = _quantity("Газ: баллонов")
    seller_document = forms.CharField(
        label="Документ продавца", required=False, max_length=200, help_text="Если приложен: чек, справка о цене."
    )
    months = forms.IntegerField(
        label="На сколько месяцев", required=False, min_value=1, max_value=12, help_text="Пусто: до конца года."
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        fuels = [code for code in Fuel.values if given.get(code)]
        if fuels and given.get(CYLINDER):
            self.add_error(CYLINDER, "На топливо и на газ подают отдельные заявления: оставьте одно.")
        elif not fuels and not given.get(CYLINDER) and not self.errors:
            self.add_error("coal", "Укажите, сколько топлива или баллонов нужно.")
        return given

    @property
    def rule(self) -> str:
        return Rule.BOTTLED_GAS if self.cleaned_data.get(CYLINDER) else Rule.SOLID_FUEL

    @property
    def wishes(self) -> list[Wish]:
        paper = self.cleaned_data["seller_document"]
        codes = (*Fuel.values, CYLINDER)
        return [Wish(code, self.cleaned_data[code], paper) for code in codes if self.cleaned_data.get(code)]


class FuelRefusalForm(forms.Form):
    """On what ground an application is refused, with the facts."""

    ground = forms.ChoiceField(label="Основание отказа", error_messages={"required": "Выберите основание."})
    facts = text_area("Установленные факты", most=1000, rows=3, required="Опишите, что установлено.")

    def __init__(self, *args: Any, grounds: list[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.code, str(one)) for one in grounds]


class FuelStopForm(forms.Form):
    """From which month the remaining parts stop, and why."""

    from_month = forms.ChoiceField(label="Остановить с месяца", error_messages={"required": "Выберите месяц."})
    reason = text_area("Почему", most=300, rows=2, required="Укажите, почему части останавливаются.")

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_month"].choices = months
