"""The form of a region-wide provider's files: one for the region or one for each district, from a month on."""

import datetime as dt
from typing import Any

from django import forms

from offices.months import month_name, parse_month, shift_month

MONTHS_AHEAD = 12


class FileScopeForm(forms.Form):
    """How files are exchanged, since which of the months from `first` on, and by what agreement or letter."""

    is_one_file = forms.ChoiceField(
        label="Файлы поставщика",
        choices=(("1", "один файл на всю область"), ("0", "файл на каждый район")),
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите порядок файлов."},
    )
    valid_from = forms.ChoiceField(
        label="С какого месяца",
        help_text="Месяц, запросы которого ещё не формировали.",
        error_messages={"required": "Выберите месяц.", "invalid_choice": "Выберите месяц из списка."},
    )
    basis = forms.CharField(
        label="Основание",
        max_length=200,
        help_text="Соглашение или письмо поставщика, его номер и день.",
        error_messages={"required": "Укажите основание: соглашение или письмо поставщика."},
    )

    def __init__(self, *args: Any, first: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [shift_month(first, by) for by in range(MONTHS_AHEAD)]
        self.fields["valid_from"].choices = [(f"{month:%Y-%m}", month_name(month)) for month in months]

    def clean_valid_from(self) -> dt.date:
        return parse_month(self.cleaned_data["valid_from"])
