"""The forms of overpayments: what was overpaid, consent, money back, writing off, a claim in court."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from offices.columns import MOST_ROUBLES
from offices.fields import RoublesField
from offices.money import KOPECK
from offices.months import month_name
from payments.models import Overpayment
from payments.selectors.overpayments import PaidMonth
from workplace.forms.providers import DayField, text_area

SUM_MISSING = {"required": "Укажите сумму."}


class OverpaymentForm(forms.Form):
    """Why too much was paid and how much of which paid month; months left empty are right."""

    cause = forms.ChoiceField(
        label="Причина",
        choices=Overpayment.Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите причину переплаты."},
    )
    description = text_area("Что произошло", most=500, rows=3, required="Напишите, что произошло.")
    found_on = DayField(label="Когда выявлена")

    def __init__(self, *args: Any, months: Sequence[PaidMonth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months
        for one in months:
            label = f"Переплачено за {month_name(one.month)}, ₽"
            self.fields[f"of_{one.accrual_id}"] = RoublesField(label=label, required=False, least=KOPECK, most=one.left)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not any(given.get(f"of_{one.accrual_id}") for one in self.months) and not self.errors:
            raise forms.ValidationError("Укажите переплату хотя бы за один месяц.")
        return given

    @property
    def parts(self) -> list[tuple[int, Decimal]]:
        """Return (accrual id, roubles) of the months filled in."""
        given = self.cleaned_data
        return [(one.accrual_id, given[name]) for one in self.months if given.get(name := f"of_{one.accrual_id}")]

    @property
    def total(self) -> Decimal:
        return sum((roubles for _, roubles in self.parts), Decimal("0.00"))

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        given = self.cleaned_data
        return {name: given[name] for name in ("cause", "description", "found_on")} | {"parts": self.parts}

    def rows(self) -> Iterator[tuple[PaidMonth, Any]]:
        """Give each paid month with its field."""
        for one in self.months:
            yield one, self[f"of_{one.accrual_id}"]


class ConsentForm(forms.Form):
    """A consent to withholding: when, by which document, up to which percent of a payment."""

    agreed_on = DayField(label="Согласие от")
    document = forms.CharField(
        label="Документ", max_length=200, error_messages={"required": "Укажите документ: заявление, дату, номер."}
    )
    percent = forms.DecimalField(
        label="Удерживать не больше, % выплаты",
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=100,
        localize=True,
        error_messages={"required": "Укажите процент из согласия.", "invalid": "Процент пишут так: 20 или 12,5."},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
    )
    is_more_agreed = forms.BooleanField(
        label="получатель сам указал в согласии больше разрешённого процента", required=False
    )


class WithdrawalForm(forms.Form):
    """A consent to withholding taken back."""

    withdrawn_on = DayField(label="Согласие отозвано")
    document = forms.CharField(
        label="Документ",
        max_length=200,
        error_messages={"required": "Укажите заявление получателя об отзыве согласия."},
    )


class RepaymentForm(forms.Form):
    """What the recipient paid back."""

    paid_on = DayField(label="Внесено")
    roubles = RoublesField(label="Сумма, ₽", least=KOPECK, most=MOST_ROUBLES, error_messages=SUM_MISSING)
    document = forms.CharField(
        label="Документ", max_length=200, error_messages={"required": "Укажите квитанцию или платёжное поручение."}
    )


class WriteOffForm(forms.Form):
    """Why the rest is written off."""

    ground = forms.CharField(
        label="Почему списывается", max_length=300, error_messages={"required": "Напишите, почему списывается."}
    )
    document = forms.CharField(
        label="Документ", max_length=200, error_messages={"required": "Укажите документ: приказ, докладную."}
    )


class ClaimForm(forms.Form):
    """A claim in court."""

    claimed_on = DayField(label="Иск подан")
    document = forms.CharField(
        label="Документ", max_length=200, error_messages={"required": "Укажите иск: номер, суд."}
    )
