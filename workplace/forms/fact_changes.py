"""What is typed when a fact of a card has changed from a day on; every form gives the change it stands for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from calculations.services.fact_changes import Arrival, Death, Departure, DwellingChange
from housing.models import DwellingFacts, Residence
from housing.services import DwellingDescription
from recipients.models import Person
from recipients.services.persons import PersonFacts
from recipients.snils import snils_is_valid
from workplace.forms.change import ChangeForm, document_field
from workplace.forms.providers import DayField
from workplace.forms.right_changes import CertificateForm, GroupForm

LEFT, DIED = "left", "died"
AREA = {"required": "Укажите площадь.", "invalid": "Площадь пишут цифрами, например 54,3."}


class DepartureForm(ChangeForm):
    """Somebody left the dwelling, or died."""

    residence = forms.TypedChoiceField(
        label="Кто выбыл", coerce=int, widget=forms.RadioSelect, error_messages={"required": "Выберите, кто выбыл."}
    )
    why = forms.ChoiceField(
        label="Что произошло",
        choices=((LEFT, "выехал, снят с регистрационного учёта"), (DIED, "умер")),
        widget=forms.RadioSelect,
        initial=LEFT,
    )
    day = DayField(
        label="Дата выбытия или смерти", help_text="Выехавшего не считают с этого дня, умершего со следующего."
    )
    told_by = forms.CharField(label="Кто сообщил", max_length=200, initial="получатель")
    document = document_field("Например: справка о составе семьи № 14 от 05.11.2026.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["residence"].choices = [(row.pk, row.told) for row in self.about.residents]

    def change(self) -> Departure | Death:
        given = self.cleaned_data
        if given["why"] == DIED:
            return Death(given["residence"], given["day"], given["told_by"], given["document"])
        return Departure(given["residence"], given["day"], given["document"])


class ArrivalForm(ChangeForm):
    """Somebody was registered in the dwelling."""

    snils = forms.CharField(
        label="СНИЛС",
        required=False,
        max_length=14,
        help_text="Если человек уже есть в системе, достаточно СНИЛС: остальное возьмём из его карточки.",
    )
    last_name = forms.CharField(label="Фамилия", required=False, max_length=60)
    first_name = forms.CharField(label="Имя", required=False, max_length=60)
    middle_name = forms.CharField(label="Отчество", required=False, max_length=60)
    sex = forms.ChoiceField(label="Пол", required=False, choices=Person.Sex.choices, widget=forms.RadioSelect)
    birth_date = DayField(label="Дата рождения", required=False)
    basis = forms.ChoiceField(
        label="Регистрация",
        choices=Residence.Basis.choices,
        widget=forms.RadioSelect,
        initial=Residence.Basis.PERMANENT,
    )
    day = DayField(label="Зарегистрирован с")
    relation = forms.CharField(
        label="Кем приходится ребёнку-инвалиду",
        required=False,
        max_length=60,
        help_text="Заполните, если на него распространяется право семьи; пусто: живёт в жилье без права.",
    )
    document = document_field("Например: свидетельство о регистрации № 208 от 02.11.2026.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: int | None = None
        if self.about.family_right is None:
            del self.fields["relation"]

    def clean_snils(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["snils"] if sign.isdigit())
        if self.cleaned_data["snils"].strip() and not snils_is_valid(digits):
            raise forms.ValidationError("Контрольное число СНИЛС не сходится: проверьте цифры.")
        return digits

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("snils"):
            self.known = Person.objects.filter(snils=given["snils"]).values_list("pk", flat=True).first()
        if self.known is None and "snils" in given:
            for name, words in (
                ("last_name", "Укажите фамилию."),
                ("first_name", "Укажите имя."),
                ("sex", "Выберите пол."),
                ("birth_date", "Укажите дату рождения."),
            ):
                if not given.get(name) and not self.has_error(name):
                    self.add_error(name, words)
        return given

    def change(self) -> Arrival:
        given = self.cleaned_data
        relation = given.get("relation", "")
        names = {name: given[name] for name in ("last_name", "first_name", "middle_name", "sex", "birth_date")}
        assert self.about.dwelling_id is not None, "the page refuses a recipient without a dwelling"
        return Arrival(
            dwelling_id=self.about.dwelling_id,
            person=self.known or PersonFacts(**names, snils=given["snils"] or None),
            basis=given["basis"],
            arrived_on=given["day"],
            document=given["document"],
            right_id=self.about.family_right if relation else None,
            relation=relation,
        )


class DwellingForm(ChangeForm):
    """The area, the rooms or the stock of the dwelling are otherwise."""

    total_area = forms.DecimalField(
        label="Общая площадь, м²", max_digits=6, decimal_places=2, localize=True, error_messages=AREA
    )
    living_area = forms.DecimalField(
        label="Жилая площадь, м²", max_digits=6, decimal_places=2, localize=True, error_messages=AREA
    )
    rooms = forms.IntegerField(label="Комнат", min_value=1, max_value=30)
    stock = forms.ChoiceField(label="Жилищный фонд", choices=DwellingFacts.Stock.choices, widget=forms.RadioSelect)
    day = DayField(label="Действует с")
    document = document_field("Например: технический паспорт от 20.10.2026, договор приватизации № 3.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = self.about.facts
        if facts is not None:
            self.initial = {name: getattr(facts, name) for name in ("total_area", "living_area", "rooms", "stock")}

    def change(self) -> DwellingChange:
        given, facts = self.cleaned_data, self.about.facts
        assert facts is not None, "the page refuses a dwelling without facts"
        return DwellingChange(
            dwelling_id=facts.dwelling_id,
            description=DwellingDescription(
                **{name: given[name] for name in ("stock", "total_area", "living_area", "rooms")},
                kind=facts.kind,
                stove=facts.stove,
                has_central_heating=facts.has_central_heating,
                amenities=facts.amenities,
                document=given["document"][:200],
            ),
            changed_from=given["day"],
            document=given["document"],
        )


FORMS: dict[str, type[ChangeForm]] = {
    "departure": DepartureForm, "arrival": ArrivalForm, "dwelling": DwellingForm, "group": GroupForm,
    "certificate": CertificateForm,
}  # fmt: skip
KINDS: Sequence[str] = tuple(FORMS)
