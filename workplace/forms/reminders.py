"""The form of a reminder to a provider: about which districts, how, to whom, in which words."""

from collections.abc import Sequence

from django import forms

from offices.models import Office
from providers.models import Reminder
from providers.services.reminders import MOST_LETTERS

WAYS = ((Reminder.Way.LETTER.value, "письмо"), (Reminder.Way.PHONE.value, "позвонили"))


class ProviderReminderForm(forms.Form):
    """A letter that was sent or a call that was made; each district chosen becomes one reminder."""

    way = forms.ChoiceField(
        label="Как напомнили", choices=WAYS, widget=forms.RadioSelect, error_messages={"required": "Выберите, как напомнили."}
    )  # fmt: skip
    offices = forms.MultipleChoiceField(
        label="О каких районах",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Выберите хотя бы один район."},
    )
    told = forms.CharField(
        label="Кому",
        required=False,
        max_length=120,
        help_text="С кем говорили или на какой адрес написали.",
    )
    text = forms.CharField(
        label="Текст письма или о чём договорились",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MOST_LETTERS,
        error_messages={
            "required": "Напишите текст письма или о чём договорились.",
            "max_length": f"Сократите текст до {MOST_LETTERS} знаков.",
        },
    )

    def __init__(self, *args: object, offices: Sequence[Office], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {office.code: office for office in offices}
        self.fields["offices"].choices = [(office.code, office.district.name) for office in offices]

    @property
    def chosen(self) -> list[Office]:
        """Return the district offices chosen, in their order."""
        return [self.by_code[code] for code in self.cleaned_data["offices"]]
