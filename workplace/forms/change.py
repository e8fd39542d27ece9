"""What every form of a changed fact has: what the card says today, and the change it stands for."""

from typing import Any

from django import forms

from calculations.services.fact_changes import FactChange
from workplace.selectors.recalculations.about import About


def document_field(hint: str) -> forms.CharField:
    return forms.CharField(
        label="Основание",
        help_text=hint,
        max_length=300,
        error_messages={
            "required": "Укажите документ: название, номер, дату.",
            "max_length": "Сократите до 300 знаков.",
        },
    )


class ChangeForm(forms.Form):
    """A form of a change; `about` is what the card says today."""

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def change(self) -> FactChange:
        """Return the change typed."""
        raise NotImplementedError
