"""The list of what is wrong with the directories."""

from typing import Any

from django import forms
from django.urls import reverse

from offices.lists.columns import CountColumn, State, StateColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from workplace.selectors.guard.gaps import ENDING, GAP, OVERLAP, STALE, WORDS, Finding

COLOURS = {GAP: "error", OVERLAP: "warn", STALE: "idle", ENDING: "wait"}


class FindingTable(ListTable):
    what = TextColumn("Строка справочника", sort="what")
    kind = StateColumn("Что не так", sort="kind")
    sentence = TextColumn("Почему и что делать")
    recipients = CountColumn("Получателей", sort="recipients", nullable=True)

    def address_of(self, record: Finding) -> str:
        if record.row_id is None:
            return reverse(record.route)
        return reverse(record.route.replace("_changelist", "_change"), args=[record.row_id])

    def render_kind(self, value: str) -> Any:
        return StateColumn("").render(State(COLOURS[value], WORDS[value]))

    def value_kind(self, value: str, record: Finding) -> str:
        return WORDS[record.kind]


class FindingFilter(RowsFilter):
    """What is wrong."""

    kind = forms.ChoiceField(label="Что не так", required=False, choices=(("", "Что не так: всё"), *WORDS.items()))


FINDINGS = Listing(
    page="directory-gaps",
    title="Пробелы и пересечения справочников",
    table=FindingTable,
    order="kind",
    filters=FindingFilter,
    found="замечание,замечания,замечаний",
    views=tuple(BuiltInView(word.capitalize(), f"kind={code}") for code, word in WORDS.items()),
    empty=Empty("Замечаний нет: на каждую начисляемую услугу есть тариф и норматив."),
)
