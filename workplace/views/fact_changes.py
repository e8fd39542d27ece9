from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from calculations.services.foreseeing import foresee, make_change
from offices.frame import WORKERS, Frame, page
from offices.models import Role
from offices.refusals import Refusal
from recipients.models import Recipient
from workplace.forms.change import ChangeForm
from workplace.forms.fact_changes import FORMS
from workplace.selectors.card.identity import identity_of
from workplace.selectors.recalculations.about import about
from workplace.selectors.recalculations.foreseen import dressed

PREPARERS = frozenset({Role.INTAKE, Role.CALCULATION, Role.HEAD})
NO_CHANGE = (
    "Сведения карточки с прошедшей даты меняет специалист своего района по приёму или по расчёту, либо начальник."
)
TITLES = {
    "departure": ("Кто-то выбыл из жилья", "card-family"),
    "arrival": ("Кто-то прибыл в жильё", "card-family"),
    "dwelling": ("Изменились площадь или жилищный фонд", "card-home"),
    "group": ("Изменилась группа инвалидности", "card-rights"),
    "certificate": ("Новая справка об инвалидности", "card-rights"),
}
"""A kind of change: its page's heading, and the tab of the card it comes from."""


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=WORKERS)
def change(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask what changed from which day; show what it does to accrued months; then save it with its order."""
    frame: Frame = request.frame
    recipient = _recipient(frame, pk)
    frame.require(PREPARERS, NO_CHANGE)
    if kind not in FORMS:
        raise Http404("Такого изменения нет.")
    known = about(recipient, on=frame.on)
    title, tab = TITLES[kind]
    context = {"recipient": recipient, "about": known, "title": title, "back": _address(frame, tab, pk)}
    obstacle = known.obstacle(kind)
    if obstacle:
        return render(request, "recalculations/change.html", context | {"obstacle": obstacle}, status=409)
    form = FORMS[kind](request.POST or None, about=known)
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, form, context, tab)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "recalculations/change.html", context | {"form": form})


def _answer(request: HttpRequest, form: ChangeForm, context: dict[str, Any], tab: str) -> HttpResponse:
    frame, at = request.frame, timezone.now()
    seen = request.POST.get("seen")
    if seen is None:
        found = foresee(change=form.change(), by=frame.staff, at=at)
        return render(request, "recalculations/foreseen.html", context | {"form": form, "shown": dressed(found)})
    orders = make_change(change=form.change(), seen=seen, by=frame.staff, at=at)
    own = next((one for one in orders if one.office_id == frame.staff.office_id), None)
    if own is None:
        messages.success(request, "Изменение сохранено. В уже начисленных месяцах ничего не меняется.")
        return HttpResponseRedirect(_address(frame, tab, context["recipient"].pk))
    messages.success(
        request, f"Изменение сохранено. Перерасчёт № {own.number} подготовлен, его утверждает другой сотрудник."
    )
    return HttpResponseRedirect(_address(frame, "recalculation", own.pk))


def _recipient(frame: Frame, pk: int) -> Recipient:
    identity = identity_of(pk, staff=frame.staff, on=frame.on)
    if identity is None:
        raise Http404("Такого дела нет, или его ведёт другой отдел.")
    return identity.recipient


def _address(frame: Frame, route: str, pk: int) -> str:
    return f"{reverse(route, args=[pk])}?{urlencode(frame.query)}"
