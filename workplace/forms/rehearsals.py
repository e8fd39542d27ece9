"""The form of a rehearsal: what is to be changed, and the same told in Russian."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms

from calculations.inputs.changes import Change, NormChange, ParameterChange, TariffChange
from calculations.models import Parameter, Rehearsal
from offices.money import format_quantity, format_roubles, to_kopecks
from workplace.selectors.rehearsals.choices import EVERY_ROW, Choices, scope_of

SAME: Final = ("", "как было")
Code = Parameter.Code
REGULATION: Final = "regulation_2007"
REGIMES: Final = (SAME, (REGULATION, "по Регламенту 2007 года: без нормативов, без взноса на капремонт"))
RULES: Final = {
    Code.SHARE_RULE: (
        "Чья доля платы компенсируется",
        (("own_share", "только имеющих право"), ("all_family", "всей семьи получателя")),
    ),
    Code.NORM_CAP: (
        "Норматив потребления",
        (("norm", "оплата в пределах норматива"), ("none", "норматив не применяется")),
    ),
    Code.REPAIR_GROUPS: (
        "Кому взнос на капремонт",
        (("1,2,child", "I и II группы, дети-инвалиды"), ("1,2,3,child", "все группы и дети-инвалиды"), ("1", "только I группа"), ("1,child", "I группа и дети-инвалиды")),
    ),
    Code.CHANGE_RULE: (
        "Изменение состава семьи",
        (("first_of_next_month", "с первого числа следующего месяца"), ("daily", "по дням")),
    ),
    Code.MONTH_OF_DEATH: (
        "Месяц смерти",
        (("full", "полностью"), ("days", "по день смерти")),
    ),
}  # fmt: skip
_WRONG: Final = {"invalid": "Напишите число: 30,50."}


def number(label: str, *, least: Decimal, most: Decimal, places: int, hint: str = "") -> forms.DecimalField:
    """A number that may be left out, written with a comma or a point."""
    return forms.DecimalField(
        label=label,
        required=False,
        localize=True,
        min_value=least,
        max_value=most,
        decimal_places=places,
        help_text=hint,
        error_messages={
            **_WRONG,
            "min_value": f"Не меньше {format_quantity(least)}.",
            "max_value": f"Не больше {format_quantity(most)}.",
            "max_decimal_places": f"Не больше {places} знаков после запятой.",
        },
    )


def choice(label: str, options: tuple[tuple[str, str], ...], hint: str = "") -> forms.ChoiceField:
    """One of a few words; the first leaves what was."""
    return forms.ChoiceField(label=label, required=False, choices=(SAME, *options), help_text=hint)


class RehearsalForm(forms.Form):
    """A month and what is changed in it: one tariff, one norm, and any of the parameters."""

    month = forms.ChoiceField(label="Месяц", error_messages={"required": "Выберите месяц."})
    tariff_service = forms.ChoiceField(label="Услуга", required=False)
    tariff_scope = forms.ChoiceField(label="Строки справочника", required=False)
    tariff_price = number("Новая цена, ₽", least=Decimal("0.0001"), most=Decimal(100_000), places=4)
    tariff_percent = number("или изменить на, %", least=Decimal(-90), most=Decimal(900), places=2)
    bills = forms.ChoiceField(
        label="Счета предприятий", choices=Rehearsal.Bills.choices, initial=Rehearsal.Bills.REPRICED
    )
    norm_service = forms.ChoiceField(label="Услуга", required=False)
    norm_scope = forms.ChoiceField(label="Строки справочника", required=False)
    norm_amount = number("Новый норматив", least=Decimal("0.000001"), most=Decimal(10_000), places=6)
    norm_percent = number("или изменить на, %", least=Decimal(-90), most=Decimal(900), places=2)
    discount = number("Доля компенсации, %", least=Decimal("0.01"), most=Decimal(100), places=2)
    regime = forms.ChoiceField(label="Порядок", required=False, choices=REGIMES)
    share_rule = choice(*RULES[Code.SHARE_RULE])
    norm_cap = choice(*RULES[Code.NORM_CAP])
    repair_groups = choice(*RULES[Code.REPAIR_GROUPS])
    change_rule = choice(*RULES[Code.CHANGE_RULE])
    month_of_death = choice(*RULES[Code.MONTH_OF_DEATH])

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = choices
        self.fields["month"].choices = choices.months
        for kind in ("tariff", "norm"):
            self.fields[f"{kind}_service"].choices = (("", "не менять"), *choices.services)
            self.fields[f"{kind}_scope"].choices = choices.scopes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind, value in (("tariff", "price"), ("norm", "amount")):
            self._check(given, kind, value)
        if given.get("regime") and (given.get("norm_cap") or given.get("repair_groups")):
            self.add_error("regime", "Порядок уже решает о нормативе и капремонте: выберите что-то одно.")
        if not self.errors and not self.changes:
            self.add_error(None, "Укажите хотя бы одно изменение: тариф, норматив или параметр.")
        return given

    def _check(self, given: dict[str, Any], kind: str, value: str) -> None:
        named = [name for name in (f"{kind}_{value}", f"{kind}_percent") if given.get(name) is not None]
        if not given.get(f"{kind}_service"):
            if named:
                self.add_error(f"{kind}_service", "Выберите услугу.")
            return
        if len(named) != 1:
            self.add_error(f"{kind}_{value}", "Укажите либо новое значение, либо изменение в процентах.")
        elif named[0] == f"{kind}_{value}" and given.get(f"{kind}_scope") == EVERY_ROW:
            self.add_error(f"{kind}_scope", "Одно значение для всех строк сразу не задают: выберите область действия.")

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what is changed, for the engine."""
        return tuple(self._changes())

    def _changes(self) -> Iterator[Change]:
        given = self.cleaned_data
        if given.get("tariff_service"):
            scope = scope_of(given["tariff_scope"])
            yield TariffChange(given["tariff_service"], scope, given["tariff_price"], given["tariff_percent"])
        if given.get("norm_service"):
            scope = scope_of(given["norm_scope"])
            basis = "per_area" if given["norm_service"] in self.named.per_area else "per_person"
            yield NormChange(given["norm_service"], scope, given["norm_amount"], given["norm_percent"], basis)
        if given.get("discount") is not None:
            yield ParameterChange(Code.DISCOUNT.value, f"{given['discount'] / 100:f}")
        if given.get("regime") == REGULATION:
            yield ParameterChange(Code.NORM_CAP.value, "none")
            yield ParameterChange(Code.REPAIR_GROUPS.value, "")
        for code in RULES:
            if given.get(code.value):
                yield ParameterChange(code.value, given[code.value])

    @property
    def told(self) -> str:
        """Tell what is changed in Russian."""
        return "; ".join(self._told())

    def _told(self) -> Iterator[str]:
        given = self.cleaned_data
        for kind, title, value in (("tariff", "тариф", "price"), ("norm", "норматив", "amount")):
            if given.get(f"{kind}_service"):
                service = dict(self.named.services)[given[f"{kind}_service"]]
                scope = next(
                    words for _, group in self.named.scopes for code, words in group if code == given[f"{kind}_scope"]
                )
                yield f"{title} «{service}», {scope}: {_value(given, kind, value)}"
        if given.get("discount") is not None:
            yield f"доля компенсации {format_quantity(given['discount'])} %"
        if given.get("regime"):
            yield dict(REGIMES)[given["regime"]]
        for code, (label, options) in RULES.items():
            if given.get(code.value):
                yield f"{label.lower()}: {dict(options)[given[code.value]]}"


def _value(given: dict[str, Any], kind: str, value: str) -> str:
    percent = given[f"{kind}_percent"]
    if percent is not None:
        return f"{'+' if percent > 0 else ''}{format_quantity(percent)} %"
    amount = given[f"{kind}_{value}"]
    is_whole = kind == "tariff" and amount == to_kopecks(amount)
    return format_roubles(amount) if is_whole else format_quantity(amount)
