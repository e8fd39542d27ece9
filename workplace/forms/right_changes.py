"""What is typed when the group of disability or its certificate has changed."""

from typing import Any

from django import forms

from calculations.services.certificates import CertificateChange
from calculations.services.fact_changes import GroupChange
from offices.dated import last_valid_day, open_end
from recipients.models import Category, Entitlement
from recipients.services.groups import GROUPS
from workplace.forms.change import ChangeForm
from workplace.forms.providers import DayField


class GroupForm(ChangeForm):
    """Another group of disability."""

    right = forms.TypedChoiceField(label="Чья группа", coerce=int, widget=forms.RadioSelect)
    category = forms.ChoiceField(
        label="Новая группа", choices=[(one.value, one.label) for one in GROUPS], widget=forms.RadioSelect
    )
    day = DayField(
        label="Группа установлена с", help_text="В расчёте считается с первого числа следующего месяца (п. 2.4.1)."
    )
    certificate = forms.CharField(
        label="Справка об инвалидности",
        max_length=60,
        help_text="Номер и дата, например: МСЭ-2024 № 0012345 от 14.09.2026.",
        error_messages={"required": "Укажите номер и дату справки."},
    )
    last_day = DayField(label="Справка действует по", required=False, help_text="Пусто: бессрочно.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = [(row.pk, _right(row)) for row in self.about.adult_rights]
        if len(self.about.adult_rights) == 1:
            self.fields["right"].initial = self.about.adult_rights[0].pk

    def change(self) -> GroupChange:
        given = self.cleaned_data
        return GroupChange(
            right_id=given["right"],
            category=given["category"],
            certificate=given["certificate"],
            certificate_valid_to=open_end(given["last_day"]),
            changed_on=given["day"],
        )


class CertificateForm(ChangeForm):
    """A new certificate of disability instead of the one that ends or has ended."""

    right = forms.TypedChoiceField(label="Чья справка", coerce=int, widget=forms.RadioSelect)
    certificate = forms.CharField(
        label="Новая справка об инвалидности",
        max_length=60,
        help_text="Номер и дата, например: МСЭ-2026 № 0012345 от 14.09.2026.",
        error_messages={"required": "Укажите номер и дату справки."},
    )
    day = DayField(label="Инвалидность установлена с", help_text="Не позже дня после окончания прежней справки.")
    last_day = DayField(label="Справка действует по", required=False, help_text="Пусто: бессрочно.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights = self.about.certified_rights
        self.fields["right"].choices = [(row.pk, _certificate(row)) for row in rights]
        if len(rights) == 1:
            self.fields["right"].initial = rights[0].pk

    def change(self) -> CertificateChange:
        given = self.cleaned_data
        row = next(row for row in self.about.certified_rights if row.pk == given["right"])
        assert row.certificate_valid_to is not None, "a certificate for life is not prolonged"
        return CertificateChange(
            right_id=row.pk,
            former_valid_to=row.certificate_valid_to,
            certificate=given["certificate"],
            certificate_valid_to=open_end(given["last_day"]),
            established_on=given["day"],
        )


def _certificate(row: Entitlement) -> str:
    return f"{row.disabled_person.full_name}, {row.certificate}, по {last_valid_day(row.certificate_valid_to):%d.%m.%Y}"


def _right(row: Entitlement) -> str:
    return f"{row.disabled_person.full_name}, сейчас {Category(row.category).label}"
