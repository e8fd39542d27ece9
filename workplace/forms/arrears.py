"""The forms of debts: whom to ask, what was answered, what a court act says, why a payment is resumed."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from calculations.models import DebtAnswer, Suspension
from offices.columns import MOST_ROUBLES
from offices.fields import RoublesField
from offices.money import KOPECK
from providers.models import Provider
from recipients.eligibility import MOST_MONTHS_OF_DEBT
from workplace.forms.providers import DayField

Outcome = DebtAnswer.Outcome
TOLD, EVERYBODY = "told", "all"


def _months(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="За сколько месяцев",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={"invalid": "Число месяцев пишут цифрами.", "min_value": "Не меньше одного месяца."},
        **options,
    )


def _document(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, help_text=hint, error_messages={"required": "Укажите документ, его дату и номер."}
    )


class RequestForm(forms.Form):
    """Which provider to ask, and about whom."""

    provider = forms.ModelChoiceField(
        label="Предприятие",
        queryset=Provider.objects.none(),
        empty_label="выберите предприятие",
        error_messages={"required": "Выберите предприятие."},
    )
    scope = forms.ChoiceField(
        label="О ком спросить",
        choices=(
            (TOLD, "о тех, чей долг предприятие называло в файлах за последние 12 месяцев"),
            (EVERYBODY, "обо всех получателях района с лицевыми счетами этого предприятия"),
        ),
        initial=TOLD,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, providers: QuerySet[Provider], one: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]
        if one:
            del self.fields["scope"]


class AnswerForm(forms.Form):
    """What a provider answered of one person."""

    outcome = forms.ChoiceField(
        label="Что ответило предприятие",
        choices=[(one.value, one.label) for one in (Outcome.NO_DEBT, Outcome.DEBT, Outcome.AGREEMENT)],
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите ответ."},
    )
    debt = RoublesField(label="Долг, ₽", required=False, least=KOPECK, most=MOST_ROUBLES)
    owed_since = DayField(label="Долг с месяца (любой его день)", required=False)
    months = _months(required=False)
    document = _document("Документ", "Письмо предприятия или ответ ГИС ЖКХ: дата, номер; соглашение, если оно есть.")
    answered_on = DayField(label="Ответ от")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("outcome") in (Outcome.DEBT, Outcome.AGREEMENT):
            for name in ("debt", "owed_since", "months"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "При долге укажите сумму, с какого месяца он и за сколько месяцев.")
        return given


class CourtActForm(forms.Form):
    """What a court act says."""

    provider_id = forms.ModelChoiceField(
        label="Кому должен получатель",
        queryset=Provider.objects.none(),
        empty_label="выберите предприятие",
        error_messages={"required": "Выберите предприятие."},
    )
    court = forms.CharField(label="Суд", max_length=150, error_messages={"required": "Укажите суд."})
    number = forms.CharField(label="№ акта", max_length=50, error_messages={"required": "Укажите номер акта."})
    decided_on = DayField(label="Принят")
    in_force_on = DayField(label="Вступил в силу")
    debt = RoublesField(
        label="Долг, ₽", least=KOPECK, most=MOST_ROUBLES, error_messages={"required": "Укажите сумму долга."}
    )
    owed_since = DayField(label="Долг с месяца (любой его день)")
    months = _months(help_text=f"Учитывается не больше {MOST_MONTHS_OF_DEBT} месяцев: три года.")

    def __init__(self, *args: Any, providers: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider_id"].queryset = providers  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        return self.cleaned_data | {"provider_id": self.cleaned_data["provider_id"].pk}


class ResumptionForm(forms.Form):
    """Why a payment is resumed."""

    because = forms.ChoiceField(
        label="Почему возобновляется",
        choices=Suspension.Resumed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите причину."},
    )
    resumed_on = DayField(label="Долг погашен или соглашение заключено")
    document = _document("Документ", "Справка об отсутствии долга, квитанция, соглашение: дата, номер.")
