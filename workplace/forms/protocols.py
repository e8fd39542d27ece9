"""Forms of a protocol: how it was sent, what the provider answered row by row."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exchange.models import Discrepancy, DiscrepancyProtocol
from exchange.selectors.discrepancies import Line
from exchange.services.protocol_answers import MOST_LETTERS, Reply

Answer = Discrepancy.Reply
ANSWERS = (("", "нет ответа"), *((one.value, one.label) for one in Answer))


class SendingForm(forms.Form):
    """How a protocol went to the provider and to whom."""

    way = forms.ChoiceField(label="Как отправлен", choices=DiscrepancyProtocol.Way.choices, widget=forms.RadioSelect)
    to = forms.CharField(
        label="Кому",
        max_length=150,
        help_text="Адрес электронной почты или сотрудник предприятия.",
        error_messages={"required": "Напишите, кому отправлен протокол."},
    )


class RepliesForm(forms.Form):
    """What the provider answered: a choice and words for every row, and one for those left blank."""

    rest = forms.ChoiceField(label="Остальные строки без ответа", choices=ANSWERS, required=False)
    rest_text = forms.CharField(
        label="Пояснение к ним",
        max_length=MOST_LETTERS,
        required=False,
        error_messages={"max_length": f"Сократите пояснение до {MOST_LETTERS} знаков."},
    )

    def __init__(self, *args: Any, lines: Sequence[Line], said: dict[int, Reply], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            which = f"{line.person}, {line.title}"
            told = said.get(line.pk, Reply(""))
            self.fields[f"a-{line.pk}"] = forms.ChoiceField(
                label=f"Ответ: {which}", choices=ANSWERS, required=False, initial=told.answer
            )
            self.fields[f"t-{line.pk}"] = forms.CharField(
                label=f"Пояснение: {which}", max_length=MOST_LETTERS, required=False, initial=told.text
            )

    @property
    def rows(self) -> list[tuple[Line, forms.BoundField, forms.BoundField]]:
        """Give every row of the protocol with its two fields."""
        return [(line, self[f"a-{line.pk}"], self[f"t-{line.pk}"]) for line in self.lines]

    @property
    def replies(self) -> dict[int, Reply]:
        """Return what was answered, by the row's key; a row nobody answered is left out."""
        facts = self.cleaned_data
        rest = Reply(facts["rest"], facts["rest_text"])
        said = {line.pk: Reply(facts[f"a-{line.pk}"], facts[f"t-{line.pk}"]) for line in self.lines}
        chosen = {pk: one if one.answer else rest for pk, one in said.items()}
        return {pk: one for pk, one in chosen.items() if one.answer}
