"""The list of the monitor of providers: its table, filters and views."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string

from exchange.selectors.monitor_facts import Arrears, Covered
from exchange.selectors.monitor_rows import WORDS, Mark, ProviderRow
from offices.frame import DISTRICT, Frame
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Office
from offices.months import month_name
from workplace.views.board import OVERSEERS
from workplace.views.providers_words import covered_word, repeated_words

SENDERS = OVERSEERS | DISTRICT
NAMES = {
    Mark.SILENT: "late",
    Mark.FAULTY: "error",
    Mark.WAITING: "idle",
    Mark.LATE: "warn",
    Mark.CAME_LATER: "warn",
    Mark.IN_TIME: "ok",
    Mark.NOT_ASKED: "idle",
}
TAGS = {Mark.FAULTY: "с ошибкой", Mark.WAITING: "ждём"}
"""Words of a narrow tag, where they are shorter than those of the strip."""
COVERED = {Covered.YES: "ok", Covered.ENDING: "warn", Covered.NO: "late"}
ARREARS = {Arrears.SENT: "ok", Arrears.PARTLY: "warn", Arrears.NOT_SENT: "late", Arrears.UNKNOWN: "idle"}


class NameColumn(TextColumn):
    css = "named"


class ContactColumn(TextColumn):
    css = "nowrap"


class ProviderTable(ListTable):
    name = NameColumn("Поставщик", sort="name")
    state = StateColumn("Месяц", sort="trouble", accessor="now")
    due = DayColumn("Ждём до", accessor="due_on", hidden=True)
    strip = TextColumn("Двенадцать месяцев")
    recipients = CountColumn("Получателей", sort="recipients")
    answered = CountColumn("Из них пришло", accessor="people__answered", hidden=True)
    billed = RoublesColumn("Последняя сумма, ₽", sort="billed", nullable=True)
    billed_month = TextColumn("За месяц", accessor="last", hidden=True)
    arrears = TextColumn("Задолженность", hidden=True)
    covered = StateColumn("Соглашение", sort="covered")
    agreement = TextColumn("№ соглашения", accessor="pk", hidden=True)
    repeated = TextColumn("Повторяется", hidden=True)
    contact = ContactColumn("Связь", accessor="pk")
    reminded = TextColumn("Напоминали", hidden=True)

    def address_of(self, record: ProviderRow) -> str:
        return self.to("provider", record.pk)

    def css_of(self, record: ProviderRow) -> str:
        return "bad" if record.now.mark in {Mark.SILENT, Mark.FAULTY} else ""

    @property
    def may_remind(self) -> bool:
        return may_remind(self.request.frame)

    def _draw(self, template: str, record: ProviderRow) -> str:
        words = {"repeated": repeated_words(record), "state": state_of(record), "covered": covered_state(record)}
        return render_to_string(template, {"one": record, "request": self.request, "table": self, **words})

    def render_name(self, record: ProviderRow) -> str:
        return self._draw("providers/_name.html", record)

    def value_name(self, value: str, record: ProviderRow) -> str:
        return record.name

    def render_state(self, record: ProviderRow) -> str:
        return self._draw("providers/_state.html", record)

    def value_state(self, value: Any, record: ProviderRow) -> str:
        return WORDS[record.now.mark]

    def render_strip(self, record: ProviderRow) -> str:
        return self._draw("providers/_strip.html", record)

    def value_strip(self, value: Any, record: ProviderRow) -> str:
        return "; ".join(mark.words for mark in record.strip)

    def render_recipients(self, record: ProviderRow) -> str:
        return self._draw("providers/_people.html", record)

    def value_recipients(self, value: int, record: ProviderRow) -> int:
        return value

    def render_covered(self, record: ProviderRow) -> str:
        return self._draw("providers/_covered.html", record)

    def value_covered(self, value: Any, record: ProviderRow) -> str:
        return covered_word(record)

    def render_agreement(self, record: ProviderRow) -> str:
        return self.value_agreement(None, record)

    def value_agreement(self, value: Any, record: ProviderRow) -> str:
        return ", ".join(record.agreed.numbers)

    def render_billed(self, value: Any, record: ProviderRow) -> str:
        return self._draw("providers/_billed.html", record)

    def value_billed(self, value: Any, record: ProviderRow) -> Any:
        return value

    def render_billed_month(self, record: ProviderRow) -> str:
        return self.value_billed_month(None, record) or ""

    def value_billed_month(self, value: Any, record: ProviderRow) -> str | None:
        return month_name(record.last.month) if record.last else None

    def render_repeated(self, record: ProviderRow) -> str:
        return self.value_repeated(None, record)

    def value_repeated(self, value: Any, record: ProviderRow) -> str:
        return "; ".join(repeated_words(record))

    def render_contact(self, record: ProviderRow) -> str:
        return self._draw("providers/_contact.html", record)

    def value_contact(self, value: Any, record: ProviderRow) -> str:
        return ", ".join(filter(None, [record.agreed.contact, record.email]))

    def render_reminded(self, record: ProviderRow) -> str:
        return self.value_reminded(None, record)

    def value_reminded(self, value: Any, record: ProviderRow) -> str:
        one = record.reminded
        return f"{one.day:%d.%m.%Y}, {one.way}" if one else ""


class ProviderFilter(RowsFilter):
    """Filters of the monitor: what came, the agreement, arrears, what repeats, a part of the name."""

    named = forms.CharField(
        label="Название или код", required=False, widget=forms.TextInput(attrs={"placeholder": "Название или код"})
    )
    state = forms.ChoiceField(
        label="Месяц",
        required=False,
        choices=(
            ("", "Месяц: все"),
            ("in", "сдал"),
            ("missing", "не сдал"),
            *((mark.value, WORDS[mark]) for mark in (Mark.LATE, Mark.CAME_LATER, Mark.FAULTY, Mark.WAITING)),
        ),
    )
    covered = forms.ChoiceField(
        label="Соглашение",
        required=False,
        choices=(("", "Соглашение: все"), *((one.value, one.value) for one in Covered)),
    )
    arrears = forms.ChoiceField(
        label="Задолженность",
        required=False,
        choices=(("", "Задолженность: все"), *((one.value, one.value) for one in Arrears)),
    )
    trouble = forms.ChoiceField(
        label="Трудности",
        required=False,
        choices=(("", "Трудности: все"), ("repeats", "повторяются"), ("unable", "нет возможности")),
    )

    def keeps(self, row: ProviderRow, asked: dict[str, Any]) -> bool:
        wanted, named, trouble = asked.get("state"), asked.get("named", "").lower(), asked.get("trouble")
        mark = row.now.mark
        fits = {"in": mark in {Mark.IN_TIME, Mark.LATE}, "missing": row.is_missing}.get(wanted, mark == wanted)
        troubled = {"repeats": row.is_offender, "unable": not row.is_able}.get(trouble, True)
        return (
            (not wanted or fits)
            and troubled
            and row.covered == asked.get("covered", row.covered)
            and row.arrears == asked.get("arrears", row.arrears)
            and (named in row.name.lower() or row.code.startswith(named))
        )


PROVIDERS = Listing(
    page="providers",
    title="Поставщики",
    table=ProviderTable,
    order="state",
    filters=ProviderFilter,
    found="поставщик,поставщика,поставщиков",
    views=(
        BuiltInView("Не сдали", "state=missing"),
        BuiltInView("С ошибкой", "state=faulty"),
        BuiltInView("Опоздали", "state=late"),
        BuiltInView("Без соглашения", "covered=нет"),
        BuiltInView("Соглашение истекает", "covered=истекает"),
        BuiltInView("Без задолженности", "arrears=не передаёт"),
        BuiltInView("Повторяется", "trouble=repeats"),
    ),
    empty=Empty("Поставщиков пока нет: их заводит администратор в справочнике предприятий."),
)


def may_remind(frame: Frame) -> bool:
    """Say whether who looks may remind providers of the month shown."""
    return bool(frame.roles & SENDERS) and not frame.shown_month().closed_at


def state_of(row: ProviderRow) -> State:
    """Name a row's month; where several districts are asked, say how many were answered."""
    now = row.now
    left = now.asked - now.taken
    counted = f": {left} из {now.asked}" if now.asked > 1 and left else ""
    if not row.is_able:
        return State("idle", "не может передавать")
    return State(NAMES[now.mark], TAGS.get(now.mark, WORDS[now.mark]) + counted)


def covered_state(row: ProviderRow) -> State:
    """Colour the word about the agreement."""
    return State(COVERED[row.covered], covered_word(row))


def offices_of(frame: Frame) -> Sequence[Office]:
    """Return the district offices shown: the one chosen, or all that who looks may see."""
    return (frame.office,) if frame.office else frame.offices
