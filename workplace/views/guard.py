import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import Recalculation
from calculations.services.fuel_guard import FUEL_KINDS, confirm_fuel_row
from calculations.services.guard import KINDS, Kind, confirm_seen, refuse_seen, request_effect
from offices.frame import Frame, page
from offices.models import Role
from workplace.jobs import start
from workplace.navigation import CALCULATING
from workplace.selectors.guard.fuel import seen_by
from workplace.selectors.guard.gaps import findings
from workplace.selectors.guard.waiting import Waiting, waiting_row, waiting_rows
from workplace.selectors.guard.words import admin_page
from workplace.selectors.rehearsals import result
from workplace.views.guard_list import FINDINGS
from workplace.views.rehearsals_list import PEOPLE
from workplace.views.runs import address_of

CONFIRMING = {
    "tariff": frozenset({Role.HEAD, Role.DEPARTMENT_HEAD}),
    "norm": frozenset({Role.HEAD, Role.DEPARTMENT_HEAD}),
    "parameter": frozenset({Role.DEPARTMENT_HEAD}),
    "fuel-price": frozenset({Role.HEAD, Role.DEPARTMENT_HEAD}),
    "sale-norm": frozenset({Role.HEAD, Role.DEPARTMENT_HEAD}),
}
WHO = {
    "tariff": "Тариф подтверждает начальник отдела или руководитель Департамента.",
    "norm": "Норматив подтверждает начальник отдела или руководитель Департамента.",
    "parameter": "Параметр расчёта подтверждает руководитель Департамента.",
    "fuel-price": "Цену топлива подтверждает начальник отдела или руководитель Департамента.",
    "sale-norm": "Норму продажи топлива подтверждает начальник отдела или руководитель Департамента.",
}


class RefusalForm(forms.Form):
    """Why a row is refused."""

    reason = forms.CharField(
        label="Почему отклонить",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Эти слова увидит тот, кто ввёл строку. Прежняя строка снова будет действовать.",
        error_messages={"required": "Укажите, почему строка отклоняется."},
    )


@require_safe
@page(section="runs", roles=CALCULATING)
def guard(request: HttpRequest) -> HttpResponse:
    """List the rows of directories that wait for a second person."""
    frame: Frame = request.frame
    rows = [(one, _may(frame, one)) for one in waiting_rows()]
    return render(request, "guard/list.html", {"rows": rows, "tabs": tabs(frame, "guard", len(rows))})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def guard_row(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Show what a row replaces and whom it concerns; count, confirm or refuse it."""
    frame: Frame = request.frame
    one = _waiting(kind, pk)
    form = RefusalForm(request.POST if request.POST.get("act") == "refuse" else None)
    if request.method == "POST":
        answer = _act(request, frame, one, form)
        if answer is not None:
            return answer
    decided = {
        "one": one,
        "form": form,
        "may": _may(frame, one),
        "is_own": one.row.entered_by_id == frame.staff.pk,
        "who": WHO[kind],
        "admin_page": admin_page(one.kind, "change"),
    }
    if one.of_fuel is not None:
        seen = seen_by(frame, one.of_fuel)
        return render(request, "guard/fuel.html", {**decided, "effect": one.of_fuel, "seen": seen})
    shown = None
    if one.effect is not None:
        shown = PEOPLE.shown(request, rows=result.rows_of(one.effect, frame), dressed=result.ready_rows)
        if shown.is_export:
            return shown.workbook()
        if shown.is_partial:
            return shown.partial()
    context = {
        **decided,
        "effect": one.effect,
        "shown": shown,
        "may_count": bool(frame.roles & CONFIRMING[kind] or one.row.entered_by_id == frame.staff.pk),
        "districts": result.by_district(one.effect) if one.effect else [],
        "months": result.by_month(one.effect) if one.effect and one.months and one.months.is_past else [],
    }
    return render(request, "guard/row.html", context)


@require_safe
@page(section="runs", roles=CALCULATING)
def directory_gaps(request: HttpRequest) -> HttpResponseBase:
    """List gaps, overlaps and stale rows of the directories."""
    frame: Frame = request.frame
    rows = findings(month=frame.shown_month().month, on=frame.on)
    context = {"tabs": tabs(frame, "directory-gaps", None)}
    return FINDINGS.answer(request, rows=rows, template="guard/gaps.html", context=context)


def tabs(frame: Frame, here: str, waiting: int | None) -> list[dict[str, Any]]:
    """Return the two tabs of the guard."""
    named = (("guard", "Ждут подтверждения", waiting), ("directory-gaps", "Пробелы и пересечения", None))
    return [
        {"title": title, "address": address_of(frame, route), "is_here": route == here, "count": count}
        for route, title, count in named
    ]


def _act(request: HttpRequest, frame: Frame, one: Waiting, form: RefusalForm) -> HttpResponse | None:
    act, at = request.POST.get("act"), timezone.now()
    is_own = one.row.entered_by_id == frame.staff.pk
    if act == "count" and one.of_fuel is None:
        if not is_own:
            frame.require(CONFIRMING[one.kind.code], WHO[one.kind.code])
        job = request_effect(kind=one.kind, row=one.row, told=one.told, by=frame.staff, at=at)
        return start(request, job, at=at)
    frame.require(CONFIRMING[one.kind.code], WHO[one.kind.code])
    if act == "confirm":
        orders = _confirmed(request, frame, one, at)
        messages.success(request, f"Подтверждено: {one.told}.")
        if orders:
            messages.info(
                request,
                f"Подготовлено перерасчётов: {len(orders)}. Их утверждает другой сотрудник на странице «Перерасчёты».",
            )
        return HttpResponseRedirect(address_of(frame, "guard"))
    if act == "refuse" and form.is_valid():
        refuse_seen(kind=one.kind, row_id=one.row.pk, reason=form.cleaned_data["reason"], by=frame.staff, at=at)
        messages.success(request, f"Отклонено: {one.told}.")
        return HttpResponseRedirect(address_of(frame, "guard"))
    return None


def _confirmed(request: HttpRequest, frame: Frame, one: Waiting, at: dt.datetime) -> list[Recalculation]:
    if one.of_fuel is None:
        return confirm_seen(kind=one.kind, row_id=one.row.pk, by=frame.staff, at=at)
    seen = request.POST.get("seen", "")
    confirm_fuel_row(kind=one.kind, row_id=one.row.pk, seen=seen, by=frame.staff, at=at)
    return []


def _may(frame: Frame, one: Waiting) -> bool:
    return bool(frame.roles & CONFIRMING[one.kind.code]) and one.row.entered_by_id != frame.staff.pk


def _waiting(kind: str, pk: int) -> Waiting:
    known: Kind | None = KINDS.get(kind) or FUEL_KINDS.get(kind)
    found = waiting_row(known, pk) if known else None
    if found is None:
        raise Http404("Такая строка не ждёт подтверждения: её уже подтвердили или отклонили.")
    return found
