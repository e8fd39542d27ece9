from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from exchange.selectors.awaited import ITEM, awaited_files
from exchange.selectors.file_scopes import scopes_of
from exchange.selectors.monitor import monitor_of, strips_of
from exchange.selectors.monitor_facts import judge_agreements, region_people
from exchange.selectors.monitor_rows import LETTERS, WORDS, Mark, headline_of
from exchange.selectors.provider_page import (
    agreements_of,
    arrears_of,
    billed_services,
    history_of,
    layouts_of,
    providers_seen,
)
from offices.frame import Frame, page
from offices.lists.columns import State
from offices.models import Office
from offices.money import count_with_noun
from offices.months import month_name
from offices.services.months import require_open
from providers.models import Provider, Reminder
from providers.selectors import (
    ability_of,
    inquiries_of_provider,
    letters_of_provider,
    reminders_of_provider,
    transfers_of,
)
from providers.services.letters import Letter, send_letters
from providers.services.reminders import Call, remind
from workplace.forms.reminders import ProviderReminderForm
from workplace.navigation import EXCHANGERS
from workplace.selectors.board_calls import provider_text
from workplace.selectors.board_facts import facts_of, terms_of
from workplace.selectors.board_states import cell_of
from workplace.views.board import OVERSEERS, REMINDED, WHO_REMINDS
from workplace.views.providers_list import (
    ARREARS,
    COVERED,
    NAMES,
    PROVIDERS,
    SENDERS,
    may_remind,
    offices_of,
)
from workplace.views.providers_words import inquiry_state


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def providers(request: HttpRequest) -> HttpResponseBase:
    frame: Frame = request.frame
    if frame.month is None:
        return render(request, "providers/list.html")
    offices = offices_of(frame)
    rows = monitor_of(offices=offices, month=frame.month.month, today=frame.on)
    context = {
        "headline": headline_of(rows),
        "people": region_people(offices=offices, month=frame.month.month),
        "legend": _legend(),
        "unable": [row for row in rows if not row.is_able],
        "late": sum(row.is_missing and row.is_able for row in rows),
        "may_remind": may_remind(frame),
    }
    return PROVIDERS.answer(request, rows=rows, template="providers/list.html", context=context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    frame: Frame = request.frame
    offices, month = offices_of(frame), frame.shown_month().month
    one = get_object_or_404(providers_seen(offices=offices), pk=pk)
    strip = strips_of(offices=offices, month=month, today=frame.on, providers=[pk]).get(pk, ())
    billed_month, billed = billed_services(provider=one, offices=offices, month=month, today=frame.on)
    agreements = list(agreements_of(provider=one, offices=offices))
    agreed = judge_agreements(agreements, frame.on)
    context = {
        "one": one,
        "strip": strip,
        "legend": _legend(),
        "agreements": agreements,
        "agreed": agreed,
        "agreed_kind": COVERED[agreed.state],
        "layouts": layouts_of(provider=one),
        "scopes": scopes_of(provider=one) if one.is_regional else (),
        "billed_month": billed_month,
        "billed": billed,
        "arrears": [(row, ARREARS[row.arrears]) for row in arrears_of(provider=one, offices=offices, month=month)],
        "history": [
            (row, State(NAMES[row.mark], WORDS[row.mark]))
            for row in history_of(provider=one, offices=offices, month=month, today=frame.on)
        ],
        "reminders": reminders_of_provider(provider=one, office=frame.office)[:30],
        "letters": frame.seen(letters_of_provider(provider=one))[:10],
        "inquiries": [(row, inquiry_state(row, frame)) for row in frame.seen(inquiries_of_provider(provider=one))[:8]],
        "ability": ability_of(provider=one),
        "transfers": transfers_of(provider=one)[:5],
        "may_remind": may_remind(frame),
        "may_write": bool(frame.roles & SENDERS),
        "may_keep": bool(frame.roles & OVERSEERS),
        "today": frame.on,
    }
    return render(request, "providers/provider.html", context)


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a letter to a provider about the districts it has not delivered to, or write down a call."""
    frame: Frame = request.frame
    frame.require(SENDERS, WHO_REMINDS)
    month = frame.shown_month().month
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    awaited = awaited_files(offices=offices_of(frame), month=month, providers=[pk]).get(pk, [])
    missing = [row.office for row in awaited]
    form = ProviderReminderForm(request.POST or None, offices=missing, initial=_initial(request, frame, one, missing))
    if request.method == "POST" and form.is_valid():
        require_open(month)
        facts = form.cleaned_data
        if facts["way"] == Reminder.Way.LETTER:
            chosen = [row for row in awaited if row.office in form.chosen]
            letter = Letter(provider=one, awaited=chosen, text=facts["text"], told=facts["told"])
            (sent,) = send_letters(letters=[letter], month=month, by=frame.staff, at=localtime())
            messages.success(request, f"Письмо № {sent.number} составлено и записано в журнал. {one}.")
        else:
            calls = [
                Call(office=office, provider=one, item=ITEM, text=facts["text"], told=facts["told"])
                for office in form.chosen
            ]
            made = remind(calls=calls, month=month, way=facts["way"], by=frame.staff, at=localtime())
            messages.success(request, f"Записано в журнал: {count_with_noun(len(made), REMINDED)}. {one}.")
        return HttpResponseRedirect(f"{reverse('provider', args=[one.pk])}?{urlencode(frame.query)}")
    context = {"one": one, "form": form, "missing": missing, "month": month_name(month)}
    return render(request, "providers/remind.html", context)


def _legend() -> list[tuple[str, str, str]]:
    return [(mark.value, LETTERS[mark], WORDS[mark]) for mark in Mark]


def letter_text(frame: Frame, missing: Sequence[Office]) -> str:
    """Write what a letter about the month's files of some districts says."""
    month, first = frame.shown_month().month, missing[0]
    facts, terms = facts_of(offices=[first], month=month), terms_of(offices=[first], month=month)
    cell = cell_of(item=ITEM, facts=facts[first.pk], due_on=terms.get((first.pk, ITEM)), today=frame.on)
    return provider_text(offices=missing, cell=cell, month=month)


def _initial(request: HttpRequest, frame: Frame, one: Provider, missing: Sequence[Office]) -> dict[str, Any]:
    if not missing:
        return {}
    is_call = request.GET.get("way") == Reminder.Way.PHONE
    return {
        "way": Reminder.Way.PHONE if is_call else Reminder.Way.LETTER,
        "offices": [office.code for office in missing],
        "told": "" if is_call else one.email,
        "text": "" if is_call else letter_text(frame, missing),
    }
