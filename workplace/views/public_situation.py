"""The visitor's answers for «Есть ли у меня право»: who, where registered, whose dwelling, which heating."""

from django import forms

from calculations.rules.kinds import Group, Stock
from offices.models import District, Office
from workplace.selectors.public.navigator import NOBODY, Situation
from workplace.views.public_forms import chosen

YES_NO = [("yes", "да"), ("no", "нет")]


class SituationForm(forms.Form):
    """Five answers that decide whether there is a right and what it gives."""

    group = forms.ChoiceField(
        label="Кто вы",
        choices=[
            (Group.FIRST.value, "инвалид I группы"),
            (Group.SECOND.value, "инвалид II группы"),
            (Group.THIRD.value, "инвалид III группы"),
            (Group.CHILD.value, "ребёнок-инвалид или член его семьи, зарегистрированный с ним"),
            (NOBODY, "никто из них"),
        ],
        widget=forms.RadioSelect,
        error_messages=chosen("Выберите, кто вы."),
    )
    registered = forms.ChoiceField(
        label="Зарегистрированы в области по месту жительства или пребывания",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages=chosen("Ответьте, зарегистрированы ли вы в области."),
    )
    stock = forms.ChoiceField(
        label="Жильё",
        choices=[("municipal", "муниципальное"), ("state", "государственное"), ("private", "своё")],
        widget=forms.RadioSelect,
        error_messages=chosen("Выберите, чьё жильё."),
    )
    heating = forms.ChoiceField(
        label="Центральное отопление",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages=chosen("Ответьте, есть ли центральное отопление."),
    )
    district = forms.ModelChoiceField(
        label="Район, где вы зарегистрированы",
        queryset=District.objects.filter(office__isnull=False).select_related("office").order_by("name"),
        empty_label=None,
        to_field_name="code",
        error_messages=chosen("Выберите район."),
    )

    def situation(self) -> Situation:
        """Return the answers of a valid form."""
        told = self.cleaned_data
        office: Office = told["district"].office
        return Situation(
            group=told["group"],
            stock=Stock(told["stock"]),
            is_registered=told["registered"] == "yes",
            has_central_heating=told["heating"] == "yes",
            office=office,
        )
