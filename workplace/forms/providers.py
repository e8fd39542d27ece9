"""The forms of a provider's page: ability, agreement, request for information, its answer, transfer of accounts."""

from collections.abc import Sequence
from typing import Any

from django import forms

from offices.dated import open_end
from offices.models import Office
from providers.models import AccountTransfer, Provider, ProviderInquiry

DAY = {"required": "Укажите день.", "invalid": "День пишут так: 05.11.2026."}
FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


class DayField(forms.DateField):
    """A day, chosen or typed."""

    def __init__(self, *, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, input_formats=FORMATS, error_messages=DAY, **options)


def text_area(label: str, *, most: int, rows: int, required: str) -> forms.CharField:
    """A text of several lines, at most so many characters."""
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": f"Сократите текст до {most} знаков."},
    )


class AbilityForm(forms.Form):
    """Whether a provider can send files, why not, since when."""

    is_able = forms.ChoiceField(
        label="Может ли предприятие передавать файлы",
        choices=(("1", "может"), ("0", "не может")),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Почему не может", required=False, max_length=200)
    since = DayField(label="С какого дня")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("is_able") == "0" and not given.get("reason"):
            self.add_error("reason", "Укажите, почему предприятие не может передавать файлы.")
        return given


class AgreementForm(forms.Form):
    """A new agreement, or a renewed one: the former ends where it begins."""

    office = forms.ChoiceField(label="Отдел", error_messages={"required": "Выберите отдел."})
    number = forms.CharField(
        label="№ соглашения", max_length=40, error_messages={"required": "Укажите номер соглашения."}
    )
    signed_on = DayField(label="Подписано")
    valid_from = DayField(label="Действует с")
    last_day = DayField(
        label="Последний день", required=False, help_text="Пусто: действует, пока не заключат следующее."
    )
    contact = forms.CharField(
        label="Ответственный", required=False, max_length=150, help_text="Имя и телефон сотрудника предприятия."
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {office.code: office for office in offices}
        names = [(office.code, office.district.name if office.district else office.name) for office in offices]
        self.fields["office"].choices = [("", "Выберите отдел"), *names]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("valid_from"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Последний день раньше первого.")
        return given

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("number", "signed_on", "valid_from", "contact")}
        return {**kept, "office": self.by_code[given["office"]], "valid_to": open_end(given["last_day"])}


class AgreementEndForm(forms.Form):
    """The contact of an agreement, and the day on which it ends where it is to end."""

    contact = forms.CharField(
        label="Ответственный", required=False, max_length=150, help_text="Имя и телефон сотрудника предприятия."
    )
    last_day = DayField(label="Последний день соглашения", required=False, help_text="Пусто: соглашение не прекращают.")


class InquiryForm(forms.Form):
    """A request for information or a call that was made."""

    way = forms.ChoiceField(
        label="Как", choices=ProviderInquiry.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": "Выберите, как обратились."},
    )  # fmt: skip
    told = forms.CharField(label="К кому обратились", required=False, max_length=150)
    subject = forms.CharField(label="О чём", max_length=150, error_messages={"required": "Укажите, о чём запрос."})
    text = text_area("Что запросили", most=1000, rows=5, required="Напишите, что именно запросили.")
    asked_on = DayField(label="Когда")
    answer_due_on = DayField(label="Ответить до", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        asked, due = given.get("asked_on"), given.get("answer_due_on")
        if asked and due and due < asked:
            self.add_error("answer_due_on", "Срок ответа раньше запроса.")
        return given


class AnswerForm(forms.Form):
    """What the provider answered."""

    answered_on = DayField(label="Когда ответили")
    answer = text_area("Что ответили", most=1000, rows=5, required="Напишите, что ответило предприятие.")


class TransferForm(forms.Form):
    """A merger, or a table of former and new numbers: a file, or lines pasted from a sheet."""

    kind = forms.ChoiceField(label="Что происходит", choices=AccountTransfer.Kind.choices, widget=forms.RadioSelect)
    successor = forms.ModelChoiceField(
        label="Кому переходят счета",
        queryset=Provider.objects.none(),
        required=False,
        empty_label="Выберите предприятие",
    )
    file = forms.FileField(
        label="Таблица номеров", required=False, help_text="XLSX или CSV: прежний номер, новый номер."
    )
    table = forms.CharField(
        label="Или вставьте строки таблицы",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="В строке прежний и новый номер через точку с запятой или как скопировано из Excel.",
    )
    valid_from = DayField(label="С какого дня", help_text="Первое число месяца.")
    known_until = DayField(
        label="Прежние номера узнавать до",
        help_text="До этого дня строка с прежним номером находит своего получателя.",
    )
    basis = forms.CharField(
        label="Основание",
        max_length=300,
        help_text="Письмо предприятия, договор, распоряжение.",
        error_messages={"required": "Укажите основание: письмо предприятия, договор, распоряжение."},
    )

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Provider.objects.exclude(pk=provider.pk).order_by("short_name")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("valid_from"), given.get("known_until")
        if first and first.day != 1:
            self.add_error("valid_from", "Счета переводят с первого числа месяца: иначе месяц начислят дважды.")
        if first and last and last <= first:
            self.add_error("known_until", "Укажите день позже дня перевода.")
        is_merger = given.get("kind") == AccountTransfer.Kind.MERGER
        if is_merger and not given.get("successor"):
            self.add_error("successor", "Выберите предприятие, которому переходят счета.")
        if given.get("kind") == AccountTransfer.Kind.RENUMBERING and not (given.get("file") or given.get("table")):
            self.add_error("file", "Выберите файл или вставьте строки таблицы.")
        return given
