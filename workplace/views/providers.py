from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from exchange.selectors.monitor import (
    LETTERS,
    WORDS,
    Covered,
    Mark,
    ProviderRow,
    headline_of,
    monitor_of,
    strips_of,
)
from exchange.selectors.provider_page import (
    agreements_of,
    billed_services,
    history_of,
    layouts_of,
    providers_seen,
)
from offices.frame import Frame, page
from offices.lists.columns import CountColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Office
from offices.money import count_with_noun
from offices.months import month_name
from offices.services.months import require_open
from providers.models import Provider, Reminder
from providers.selectors import reminders_of_provider
from providers.services.reminders import Call, remind
from workplace.forms.reminders import ProviderReminderForm
from workplace.navigation import EXCHANGERS
from workplace.selectors.board_calls import provider_text
from workplace.selectors.board_facts import facts_of, terms_of
from workplace.selectors.board_states import cell_of
from workplace.views.board import REMINDED, SENDERS, WHO_REMINDS

ITEM = "3.9"
NAMES = {
    Mark.SILENT: "late",
    Mark.FAULTY: "error",
    Mark.WAITING: "idle",
    Mark.LATE: "warn",
    Mark.IN_TIME: "ok",
    Mark.NOT_ASKED: "idle",
}
TAGS = {Mark.FAULTY: "с ошибкой", Mark.WAITING: "ждём"}
"""Words of a narrow tag, where they are shorter than those of the strip."""
COVERED = {Covered.YES: "ok", Covered.ENDING: "warn", Covered.NO: "late"}


class NameColumn(TextColumn):
    css = "named"


class ContactColumn(TextColumn):
    css = "nowrap"


class ProviderTable(ListTable):
    name = NameColumn("Поставщик", sort="name")
    state = StateColumn("Месяц", sort="trouble", accessor="now")
    strip = TextColumn("Двенадцать месяцев")
    recipients = CountColumn("Получателей", sort="recipients")
    billed = RoublesColumn("Последняя сумма, ₽", sort="billed", nullable=True)
    billed_month = TextColumn("За месяц", hidden=True)
    covered = StateColumn("Соглашение", sort="covered")
    contact = ContactColumn("Связь", accessor="pk")
    reminded = TextColumn("Напоминали", hidden=True)

    def address_of(self, record: ProviderRow) -> str:
        return self.to("provider", record.pk)

    def css_of(self, record: ProviderRow) -> str:
        return "bad" if record.now.mark in {Mark.SILENT, Mark.FAULTY} else ""

    @property
    def may_remind(self) -> bool:
        return _may_remind(self.request.frame)

    def _draw(self, template: str, record: ProviderRow) -> str:
        return render_to_string(template, {"one": record, "request": self.request, "table": self})

    def render_name(self, record: ProviderRow) -> str:
        return self._draw("providers/_name.html", record)

    def value_name(self, value: str, record: ProviderRow) -> str:
        return record.name

    def render_state(self, record: ProviderRow) -> str:
        return StateColumn.render(self.base_columns["state"], state_of(record))

    def value_state(self, value: Any, record: ProviderRow) -> str:
        return WORDS[record.now.mark]

    def render_strip(self, record: ProviderRow) -> str:
        return self._draw("providers/_strip.html", record)

    def value_strip(self, value: Any, record: ProviderRow) -> str:
        return "; ".join(mark.words for mark in record.strip)

    def render_covered(self, record: ProviderRow) -> str:
        return StateColumn.render(self.base_columns["covered"], State(COVERED[record.covered], covered_word(record)))

    def value_covered(self, value: Any, record: ProviderRow) -> str:
        return covered_word(record)

    def render_billed(self, value: Any, record: ProviderRow) -> str:
        return self._draw("providers/_billed.html", record)

    def value_billed(self, value: Any, record: ProviderRow) -> Any:
        return value

    def render_billed_month(self, value: Any) -> str:
        return month_name(value)

    def value_billed_month(self, value: Any, record: ProviderRow) -> str | None:
        return month_name(value) if value else None

    def render_contact(self, record: ProviderRow) -> str:
        return self._draw("providers/_contact.html", record)

    def value_contact(self, value: Any, record: ProviderRow) -> str:
        return ", ".join(filter(None, [record.contact, record.email]))

    def render_reminded(self, record: ProviderRow) -> str:
        return self.value_reminded(None, record)

    def value_reminded(self, value: Any, record: ProviderRow) -> str:
        one = record.reminded
        return f"{one.day:%d.%m.%Y}, {one.get_way_display()}" if one else ""


class ProviderFilter(RowsFilter):
    """Filters of the monitor: what came, the agreement, a part of the name."""

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
            *((mark.value, WORDS[mark]) for mark in (Mark.LATE, Mark.FAULTY, Mark.WAITING)),
        ),
    )
    covered = forms.ChoiceField(
        label="Соглашение",
        required=False,
        choices=(("", "Соглашение: все"), *((one.value, one.value) for one in Covered)),
    )

    def keeps(self, row: ProviderRow, asked: dict[str, Any]) -> bool:
        wanted, named = asked.get("state"), asked.get("named", "").lower()
        mark = row.now.mark
        fits = {"in": mark in {Mark.IN_TIME, Mark.LATE}, "missing": row.is_missing}.get(wanted, mark == wanted)
        return (
            (not wanted or fits)
            and row.covered == asked.get("covered", row.covered)
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
    ),
    empty=Empty("Поставщиков пока нет: их заводит администратор в справочнике предприятий."),
)


def state_of(row: ProviderRow) -> State:
    """Name a row's month; where several districts are asked, say how many were answered."""
    now = row.now
    left = now.asked - now.taken
    counted = f": {left} из {now.asked}" if now.asked > 1 and left else ""
    if not row.is_able:
        return State("idle", "не может передавать")
    return State(NAMES[now.mark], TAGS.get(now.mark, WORDS[now.mark]) + counted)


def covered_word(row: ProviderRow) -> str:
    """Say whether an agreement is in force and until when."""
    return f"{row.covered} {row.covered_to:%d.%m.%Y}" if row.covered is Covered.ENDING else str(row.covered)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def providers(request: HttpRequest) -> HttpResponseBase:
    frame: Frame = request.frame
    if frame.month is None:
        return render(request, "providers/list.html")
    rows = monitor_of(offices=_offices(frame), month=frame.month.month, today=frame.on)
    context = {"headline": headline_of(rows), "legend": _legend(), "unable": [row for row in rows if not row.is_able]}
    return PROVIDERS.answer(request, rows=rows, template="providers/list.html", context=context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    frame: Frame = request.frame
    offices, month = _offices(frame), frame.shown_month().month
    one = get_object_or_404(providers_seen(offices=offices), pk=pk)
    strip = strips_of(offices=offices, month=month, today=frame.on, providers=[pk]).get(pk, ())
    billed_month, billed = billed_services(provider=one, offices=offices, month=month, today=frame.on)
    context = {
        "one": one,
        "strip": strip,
        "legend": _legend(),
        "agreements": agreements_of(provider=one, offices=offices),
        "layouts": layouts_of(provider=one),
        "billed_month": billed_month,
        "billed": billed,
        "history": [
            (row, State(NAMES[row.mark], WORDS[row.mark]))
            for row in history_of(provider=one, offices=offices, month=month, today=frame.on)
        ],
        "reminders": reminders_of_provider(provider=one, office=frame.office)[:30],
        "may_remind": _may_remind(frame),
        "today": frame.on,
    }
    return render(request, "providers/provider.html", context)


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a letter or a call to a provider about the districts it has not delivered to."""
    frame: Frame = request.frame
    frame.require(SENDERS, WHO_REMINDS)
    month = frame.shown_month().month
    one = get_object_or_404(providers_seen(offices=_offices(frame)), pk=pk)
    missing = _missing(frame, one)
    form = ProviderReminderForm(request.POST or None, offices=missing, initial=_initial(request, frame, one, missing))
    if request.method == "POST" and form.is_valid():
        require_open(month)
        facts = form.cleaned_data
        calls = [
            Call(office=office, provider=one, item=ITEM, text=facts["text"], told=facts["told"])
            for office in form.chosen
        ]
        made = remind(calls=calls, month=month, way=facts["way"], by=frame.staff, at=localtime())
        messages.success(request, f"Записано в журнал: {count_with_noun(len(made), REMINDED)}. {one}.")
        return HttpResponseRedirect(f"{reverse('provider', args=[one.pk])}?{urlencode(frame.query)}")
    context = {"one": one, "form": form, "missing": missing, "month": month_name(month)}
    return render(request, "providers/remind.html", context)


def _offices(frame: Frame) -> Sequence[Office]:
    return (frame.office,) if frame.office else frame.offices


def _may_remind(frame: Frame) -> bool:
    return bool(frame.roles & SENDERS) and not frame.shown_month().closed_at


def _legend() -> list[tuple[str, str, str]]:
    return [(mark.value, LETTERS[mark], WORDS[mark]) for mark in Mark]


def _missing(frame: Frame, one: Provider) -> list[Office]:
    """Return the districts whose request of the month the provider has not answered by an accepted file."""
    month = frame.shown_month().month
    history = history_of(provider=one, offices=_offices(frame), month=month, today=frame.on)
    return [row.request.office for row in history if row.request.month == month and row.accepted is None]


def _initial(request: HttpRequest, frame: Frame, one: Provider, missing: Sequence[Office]) -> dict[str, Any]:
    if not missing:
        return {}
    month, way = frame.shown_month().month, request.GET.get("way")
    first = missing[0]
    facts, terms = facts_of(offices=[first], month=month), terms_of(offices=[first], month=month)
    cell = cell_of(item=ITEM, facts=facts[first.pk], due_on=terms.get((first.pk, ITEM)), today=frame.on)
    is_call = way == Reminder.Way.PHONE
    return {
        "way": Reminder.Way.PHONE if is_call else Reminder.Way.LETTER,
        "offices": [office.code for office in missing],
        "told": "" if is_call else one.email,
        "text": "" if is_call else provider_text(offices=missing, cell=cell, month=month),
    }
