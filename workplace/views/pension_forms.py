"""Forms of the lists of people: a file brought, a list on paper with its visas and lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from exchange.models import ExchangeFile
from exchange.services.pension_paper import CERTIFICATE, DIED, GROUP, MOVED, REMOVED, PaperLine, Visas
from offices.frame import Frame
from recipients.models import Category
from recipients.snils import NotASnils, parse_snils
from workplace.selectors.pension import FUND_RECEIVERS, LIST_RECEIVERS

Kind = ExchangeFile.Kind
CHANGES = [
    ("", "—"),
    (DIED, "умер"),
    (MOVED, "выбыл"),
    (REMOVED, "снят с учёта"),
    (GROUP, "группа"),
    (CERTIFICATE, "справка по"),
]
EMPTY_LINES = 8
MOST_LINES = 200


def kinds_for(frame: Frame) -> list[tuple[str, str]]:
    """List whose lists the roles held may receive: the fund's by the payments unit only."""
    if not frame.roles & LIST_RECEIVERS:
        return []
    kinds = ExchangeFile.PEOPLE if frame.roles & FUND_RECEIVERS else (Kind.REGISTRY, Kind.COUNCIL)
    return [(kind.value, str(kind.label)) for kind in kinds]


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label="Чей список", required=True)
    file = forms.FileField(
        label="Файл",
        help_text="Имя файла оставьте таким, как прислали.",
        error_messages={"required": "Выберите файл.", "empty": "Файл пуст: попросите прислать его заново."},
    )
    replaces = forms.BooleanField(
        label="Исправленный файл фонда взамен принятого",
        required=False,
        help_text="Решения по строкам, которые не изменились, сохранятся.",
    )

    def __init__(self, *given: Any, kinds: list[tuple[str, str]], taken: ExchangeFile | None, **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField), "whose list it is is chosen"
        choice.choices = kinds
        if taken is None or Kind.PENSION.value not in dict(kinds):
            del self.fields["replaces"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        return {"replaces": False} | told


class PaperForm(forms.Form):
    """The head of a list on paper: whose it is and both visas."""

    kind = forms.ChoiceField(label="Чей список")
    handed_by = forms.CharField(
        label="Кто передал: должность, ФИО", max_length=200, error_messages={"required": "Укажите, кто передал список."}
    )
    handed_on = forms.DateField(
        label="Когда передал",
        widget=forms.DateInput(attrs={"placeholder": "ДД.ММ.ГГГГ"}),
        error_messages={"required": "Укажите, когда список передали."},
    )
    received_on = forms.DateField(
        label="Когда получен",
        widget=forms.DateInput(attrs={"placeholder": "ДД.ММ.ГГГГ"}),
        error_messages={"required": "Укажите, когда список получен."},
    )

    def __init__(self, *given: Any, kinds: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField), "whose list it is is chosen"
        choice.choices = kinds

    def visas(self) -> Visas:
        told = self.cleaned_data
        return Visas(told["handed_by"], told["handed_on"], told["received_on"])


class PaperLineForm(forms.Form):
    last_name = forms.CharField(label="Фамилия", max_length=60, required=False)
    first_name = forms.CharField(label="Имя", max_length=60, required=False)
    middle_name = forms.CharField(label="Отчество", max_length=60, required=False)
    birth_date = forms.DateField(label="Дата рождения", required=False)
    snils = forms.CharField(label="СНИЛС", max_length=14, required=False)
    told = forms.ChoiceField(label="Что изменилось", choices=CHANGES, required=False)
    on = forms.DateField(label="Дата", required=False)
    group = forms.ChoiceField(label="Новая группа", choices=[("", "—"), *Category.choices], required=False)

    def clean_snils(self) -> str:
        text = self.cleaned_data["snils"]
        if not text.strip():
            return ""
        try:
            return parse_snils(text)
        except NotASnils as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.values()) and not self.errors:
            return told
        for name in ("last_name", "first_name", "birth_date", "told"):
            if not told.get(name) and name not in self.errors:
                self.add_error(name, "заполните")
        return told


class _Lines(forms.BaseFormSet):  # type: ignore[type-arg]
    def told(self) -> list[PaperLine]:
        """Return the lines that were filled."""
        return [PaperLine(**form.cleaned_data) for form in self.forms if any(form.cleaned_data.values())]


def pasted_lines(text: str, /) -> list[dict[str, str]]:
    """Read the rows of a pasted table as texts of lines, by field; the first row may be headings."""
    names = list(PaperLineForm.base_fields)
    rows = []
    for number, row in enumerate(text.splitlines()):
        cells = [cell.strip() for cell in row.split("\t" if "\t" in row else ";")]
        if any(cells) and not (number == 0 and cells[0].casefold() == "фамилия"):
            rows.append({name: _written(name, cell) for name, cell in zip(names, cells, strict=False)})
    return rows


def with_pasted(given: Mapping[str, str], rows: Sequence[dict[str, str]], /, *, prefix: str) -> dict[str, str]:
    """Return what the form was sent with, the pasted lines after those that were filled."""
    total = given.get(f"{prefix}-TOTAL_FORMS", "0")
    names = list(PaperLineForm.base_fields)
    before = [
        {name: given.get(f"{prefix}-{number}-{name}", "") for name in names}
        for number in range(min(int(total), MOST_LINES) if total.isdecimal() else 0)
    ]
    lines = [*filter(lambda line: any(line.values()), before), *rows][:MOST_LINES]
    cells = {f"{prefix}-{number}-{name}": text for number, line in enumerate(lines) for name, text in line.items()}
    head = {name: text for name, text in given.items() if not name.startswith(f"{prefix}-")}
    return head | cells | {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}


def _written(name: str, cell: str) -> str:
    """Return the value of a choice for its word; what is no word of it stays as it is and is a fault of the line."""
    field = PaperLineForm.base_fields[name]
    if not isinstance(field, forms.ChoiceField):
        return cell
    return {str(word).casefold(): str(value) for value, word in field.choices}.get(cell.casefold(), cell)


PaperLines: Any = forms.formset_factory(
    PaperLineForm, formset=_Lines, extra=EMPTY_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
)
