"""Charges typed by hand: which providers, and the grid of one of them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.models import ExchangeFile
from exchange.selectors import typing_grid
from exchange.services import typed
from exchange.services.layouts import layout_of
from exchange.typed_lines import CELLS, MONTH, NUMBERS, Place, Typed, TypedFault, pasted_cells, read_cells
from offices.frame import page
from offices.models import Role
from offices.refusals import Refusal
from workplace.navigation import EXCHANGERS

NO_TYPING = "Начисления вручную вводит специалист по обмену районного отдела."
MOST_IN_GRID = 600
"""Cell rows that one page of inputs shows; a longer request is pasted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of inputs: its name in the form, its head, the word that names an input with its row."""

    name: str
    head: str
    word: str


_COLUMNS = {
    one.name: one
    for one in (
        Column("tariff", "Тариф, ₽", "Тариф"),
        Column("quantity", "Объём", "Объём"),
        Column("billed", "Начислено, ₽", "Начислено"),
        Column("adjustment", "Перерасчёт, ₽", "Перерасчёт"),
        Column(MONTH, "Перерасчёт за", "Месяц перерасчёта"),
    )
}


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def providers(request: HttpRequest) -> HttpResponse:
    """List the providers asked in the month and those that cannot send files."""
    frame = request.frame
    frame.require([Role.EXCHANGE], NO_TYPING)
    office, month = frame.office, frame.shown_month().month
    context = {
        "rows": typing_grid.requests_to_type(office=office, month=month),
        "unable": typing_grid.unable_providers(office=office, month=month),
        "month": month,
    }
    return render(request, "receiving/typing_providers.html", context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def on_paper(request: HttpRequest) -> HttpResponse:
    """Make the list of a provider that sends no files."""
    frame = request.frame
    frame.require([Role.EXCHANGE], NO_TYPING)
    chosen = request.POST.get("provider", "")
    month = frame.shown_month().month
    unable = {one.pk for one in typing_grid.unable_providers(office=frame.office, month=month)}
    if not chosen.isdecimal() or int(chosen) not in unable:
        raise typed.NothingToAsk("Выберите поставщика из списка тех, кто не передаёт файлы.")
    made = typed.ask_on_paper(
        provider_id=int(chosen), office=frame.office, month=month, by=request.user, at=timezone.now()
    )
    return HttpResponseRedirect(_to(request, "typing-grid", made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid; a POST shows what would be taken (`preview`) or keeps it."""
    frame = request.frame
    frame.require([Role.EXCHANGE], NO_TYPING)
    asked = _request(request, pk)
    places = typing_grid.places_of(asked)
    assert asked.layout is not None, "a request file is written in a layout"
    has_month = typing_grid.tells_month(layout_of(asked.layout))
    context: dict[str, Any] = {
        "asked": asked,
        "standing": typing_grid.standing_answer(asked),
        "columns": [_COLUMNS[name] for name in (CELLS if has_month else NUMBERS)],
    }
    read = partial(read_cells, month=asked.month, tells_month=has_month)
    if request.method != "POST":
        return _shown(request, context, places, read(typing_grid.typed_before(asked), places))
    cells = _cells(request)
    pasted, faults = pasted_cells(request.POST.get("table", ""), places)
    told = read(cells | pasted, places)
    told = Typed(told.cells, told.lines, (*faults, *told.faults))
    if request.POST.get("act") != "keep" or pasted or told.faults:
        return _shown(request, context | {"is_preview": True}, places, told, 422 if told.faults else 200)
    try:
        kept = typed.keep_typed(
            request_id=asked.pk,
            lines=told.lines,
            ground=request.POST.get("ground", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        refused = Typed(told.cells, told.lines, (TypedFault("Не сохранено", str(refusal)),))
        return _shown(request, context, places, refused, 422)
    messages.success(request, f"Начисления сохранены: {kept.provider}. Их проверит другой сотрудник отдела.")
    return HttpResponseRedirect(_to(request, "exchange-file", kept.pk))


def _shown(
    request: HttpRequest, context: dict[str, Any], places: list[Place], told: Typed, status: int = 200
) -> HttpResponse:
    shown = [place for place in places if len(places) <= MOST_IN_GRID or place.key in told.cells][:MOST_IN_GRID]
    rows = [
        {
            "place": place,
            "cells": [(one, told.cells.get(place.key, {}).get(one.name, "")) for one in context["columns"]],
        }
        for place in shown
    ]
    more = {"rows": rows, "told": told, "left": len(places) - len(shown), "ground": request.POST.get("ground", "")}
    return render(request, "receiving/typing_grid.html", context | more, status=status)


def _cells(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Read the grid's inputs: `<request row>-<service>:<column>`."""
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for name, text in request.POST.items():
        key, colon, column = name.partition(":")
        if colon and column in CELLS and str(text).strip():
            cells[key][column] = str(text)[:40]
    return dict(cells)


def _request(request: HttpRequest, pk: int) -> ExchangeFile:
    files = request.frame.seen(ExchangeFile.objects).filter(kind=ExchangeFile.Kind.REQUEST)
    found: ExchangeFile = get_object_or_404(files.select_related("provider", "office", "layout"), pk=pk)
    return found


def _to(request: HttpRequest, route: str, pk: int) -> str:
    return f"{reverse(route, args=[pk])}?{urlencode(request.frame.query)}"
