"""The forms of a deceased recipient's case: a claim with its papers and requisites, a refusal, other requisites."""

from collections.abc import Sequence
from typing import Any

from django import forms

from offices.models import Bank, PostOffice
from payments.models import HeirClaim
from payments.selectors.claims import DOCUMENT_KINDS
from payments.services.claims import ClaimFacts
from recipients.models import Application, Ground, Person
from recipients.services.admission import HandedDocument
from recipients.services.persons import PersonFacts
from recipients.services.requisites import Requisites
from workplace.forms.providers import DayField, text_area

ANOTHER = "another"
WAYS = (("bank", "на счёт в банке"), ("post", "через почтовое отделение"))
PAPERS = tuple({kind: str(kind.label) for kinds in DOCUMENT_KINDS.values() for kind in kinds}.items())


class RequisitesForm(forms.Form):
    """How a claimant is paid: a bank and an account, or a post office."""

    way_of_payment = forms.ChoiceField(label="Как выплатить", choices=WAYS, widget=forms.RadioSelect, initial="bank")
    bank = forms.ModelChoiceField(
        Bank.objects.order_by("name"), label="Банк", required=False, empty_label="Выберите банк"
    )
    account = forms.CharField(
        label="Счёт", required=False, max_length=24, help_text="20 знаков: 40817… или другой счёт гражданина."
    )
    post_index = forms.CharField(label="Индекс почтового отделения", required=False, max_length=6)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way_of_payment") == "post":
            office = PostOffice.objects.filter(index=given.get("post_index", "")).first()
            if office is None:
                self.add_error("post_index", "Укажите индекс отделения из справочника почтовых отделений.")
            given["post_office"] = office
        elif not given.get("bank") or not given.get("account"):
            self.add_error("account", "Для выплаты через банк выберите банк и укажите счёт.")
        return given

    def requisites(self) -> Requisites:
        """Return what the form says, the other way's fields left out."""
        given = self.cleaned_data
        if given["way_of_payment"] == "post":
            return Requisites("post", post_office=given["post_office"])
        return Requisites("bank", bank=given["bank"], account=given["account"].replace(" ", ""))


class ClaimForm(RequisitesForm):
    """A claim: who, in which quality, when, by what papers."""

    who = forms.ChoiceField(label="Кто обратился", widget=forms.RadioSelect)
    last_name = forms.CharField(label="Фамилия", required=False, max_length=60)
    first_name = forms.CharField(label="Имя", required=False, max_length=60)
    middle_name = forms.CharField(label="Отчество", required=False, max_length=60)
    sex = forms.ChoiceField(label="Пол", required=False, choices=[("", "—"), *Person.Sex.choices])
    birth_date = DayField(label="Дата рождения", required=False)
    snils = forms.CharField(label="СНИЛС", required=False, max_length=14)
    kind = forms.ChoiceField(label="В каком качестве", choices=HeirClaim.Kind.choices, widget=forms.RadioSelect)
    relation = forms.CharField(
        label="Кем приходился умершему", max_length=60, error_messages={"required": "Укажите, кем приходился."}
    )
    received_on = DayField(label="Дата обращения", help_text="День, когда отдел получил заявление (пункт 2.7.3).")
    way = forms.ChoiceField(label="Как подано", choices=Application.Way.choices)
    address = forms.CharField(
        label="Адрес заявителя", max_length=300, error_messages={"required": "Укажите адрес заявителя."}
    )
    papers = forms.MultipleChoiceField(
        label="Документы, которые представлены",
        choices=PAPERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Член семьи: смерть, родство, совместное проживание. Иждивенец: смерть, иждивение, нетрудоспособность. "
        "Наследник: смерть, свидетельство о праве на наследство.",
    )

    def __init__(self, *args: Any, household: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household = {str(person.pk): person for person in household}
        named = [(key, f"{person.full_name}, {person.birth_date:%d.%m.%Y}") for key, person in self.household.items()]
        self.fields["who"].choices = [*named, (ANOTHER, "другой человек")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") == ANOTHER:
            for name in ("last_name", "first_name", "sex", "birth_date"):
                if not given.get(name):
                    self.add_error(name, f"Укажите: {str(self.fields[name].label).lower()}.")
        return given

    def person(self) -> Person | None:
        """Return the member of the household chosen, None for another person."""
        return self.household.get(self.cleaned_data["who"])

    def new_person(self) -> PersonFacts:
        """Return what is typed of another person."""
        given = self.cleaned_data
        digits = "".join(filter(str.isdigit, given["snils"]))
        return PersonFacts(
            last_name=given["last_name"],
            first_name=given["first_name"],
            middle_name=given["middle_name"],
            sex=given["sex"],
            birth_date=given["birth_date"],
            snils=digits or None,
        )

    def facts(self) -> ClaimFacts:
        """Return what the claim says."""
        given = self.cleaned_data
        return ClaimFacts(
            kind=given["kind"],
            relation=given["relation"],
            received_on=given["received_on"],
            way=given["way"],
            address=given["address"],
            documents=[HandedDocument(kind) for kind in given["papers"]],
            requisites=self.requisites(),
        )


class RefusalForm(forms.Form):
    """On what ground a claim is refused, and what was found."""

    ground = forms.ChoiceField(label="Основание", error_messages={"required": "Выберите основание."})
    facts = text_area("Установленные факты", most=2000, rows=5, required="Опишите, что установлено.")

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.code, f"{one.code}: {one.title} ({one.article})") for one in grounds]


class NotReturnedForm(forms.Form):
    """Why a payment after a death was made, and what the bank or the post answered."""

    cause = forms.ChoiceField(
        label="Почему выплатили",
        choices=(
            ("recipient", "о смерти не сообщили вовремя"),
            ("authority", "о смерти знали, но выплату не остановили"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите причину."},
    )
    answer = text_area("Что ответил банк или почта", most=200, rows=3, required="Укажите номер, дату и причину ответа.")


class EndForm(forms.Form):
    """The paper that proves the death, for the decision that ends the right."""

    document = forms.CharField(
        label="Документ о смерти", max_length=200, error_messages={"required": "Укажите номер и дату документа."}
    )
