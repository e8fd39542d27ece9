"""The form of a region-wide provider's files: one for the region or one for each district, from a month on."""

import datetime as dt

from django import forms

from offices.months import NotAMonth, parse_month


class FileScopeForm(forms.Form):
    """How files are exchanged, since which month, and by what agreement or letter."""

    is_one_file = forms.ChoiceField(
        label="Файлы предприятия",
        choices=(("1", "один файл на всю область"), ("0", "файл на каждый район")),
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите порядок файлов."},
    )
    valid_from = forms.CharField(
        label="С какого месяца",
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text="Месяц, запросы которого ещё не формировали.",
        error_messages={"required": "Укажите месяц."},
    )
    basis = forms.CharField(
        label="Основание",
        max_length=200,
        help_text="Соглашение или письмо предприятия, его номер и день.",
        error_messages={"required": "Укажите основание: соглашение или письмо предприятия."},
    )

    def clean_valid_from(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["valid_from"])
        except NotAMonth as error:
            raise forms.ValidationError("Месяц пишут так: 2026-11.") from error
