from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import FuelAssignment
from calculations.services import fuel as service
from offices.frame import DISTRICT, Frame, page
from offices.models import Role
from offices.months import month_name, parse_month
from offices.refusals import Refusal
from recipients.models import Ground, Recipient
from workplace.forms.fuel import FuelForm, FuelRefusalForm, FuelStopForm
from workplace.navigation import CALCULATING
from workplace.selectors import fuel as shown
from workplace.views.fuel_list import ASSIGNMENTS

PREPARERS = frozenset({Role.INTAKE, Role.CALCULATION})
DECIDERS = frozenset({Role.HEAD, Role.CALCULATION})
WHO_PREPARES = "Заявления на топливо и газ принимают специалисты по приёму и по расчёту своего района."
WHO_DECIDES = "Решение по топливу и газу принимают начальник отдела или специалист по расчёту своего района."
Status = FuelAssignment.Status


@require_safe
@page(section="runs", roles=CALCULATING)
def fuel(request: HttpRequest) -> HttpResponseBase:
    frame: Frame = request.frame
    return ASSIGNMENTS.answer(request, rows=frame.seen(shown.assignments()), template="fuel/list.html")


@require_http_methods(["GET", "POST"])
@page(section="recipients", roles=DISTRICT)
def fuel_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application of appendix 3: first the calculation is shown, then it is registered."""
    frame: Frame = request.frame
    frame.require(PREPARERS, WHO_PREPARES)
    people = Recipient.objects.select_related("person", "office__district")
    recipient = get_object_or_404(frame.seen(people), pk=pk)
    form = FuelForm(request.POST or None, initial={"received_on": frame.on, "way": "in_person"})
    context = {"recipient": recipient, "form": form, "known": shown.fuel_of(recipient)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "fuel/new.html", context)
    wanted = {name: form.cleaned_data[name] for name in ("received_on", "months")}
    try:
        if "save" in request.POST:
            made = service.prepare_fuel(
                recipient=recipient, rule=form.rule, wishes=form.wishes, way=form.cleaned_data["way"], **wanted,
                by=frame.staff, at=localtime(),
            )  # fmt: skip
            messages.success(request, f"Зарегистрировано {made.application}: решение принимает другой сотрудник.")
            return _to(frame, made)
        context["order"] = service.preview_fuel(recipient=recipient, rule=form.rule, wishes=form.wishes, **wanted)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return render(request, "fuel/new.html", context)


@require_http_methods(["GET", "POST"])
@page(section="runs", roles=CALCULATING)
def fuel_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an assignment with its calculation and parts; decide on it or stop the rest."""
    frame: Frame = request.frame
    row = get_object_or_404(frame.seen(shown.assignments()), pk=pk)
    parts = shown.parts_of(row)
    months = [(f"{one.month:%Y-%m}", month_name(one.month)) for one in parts if one.state.word == "ждёт расчёта"]
    act = request.POST.get("act", "")
    grounds = list(Ground.objects.valid_on(frame.on).filter(kind=Ground.Kind.REFUSAL).order_by("code"))
    refusal = FuelRefusalForm(request.POST if act == "refuse" else None, grounds=grounds, prefix="refusal")
    stop = FuelStopForm(request.POST if act == "stop" else None, months=months, prefix="stop")
    if request.method == "POST":
        frame.require(DECIDERS, WHO_DECIDES)
        if _done(request, frame, row, act, refusal, stop):
            return _to(frame, row)
    may_decide = bool(frame.roles & DECIDERS)
    decides = may_decide and row.status == Status.PREPARED and row.prepared_by_id != frame.staff.pk
    context = {
        "row": row,
        "state": shown.state_of(row),
        "parts": parts,
        "steps": shown.steps_of(row),
        "items": row.items.select_related("price__decree", "norm__decree").order_by("pk"),
        "left": row.amount - row.accrued_sum if row.status == Status.CONFIRMED else None,
        "may_confirm": decides,
        "refusal": refusal if decides else None,
        "stop": stop if may_decide and row.status == Status.CONFIRMED and months else None,
    }
    return render(request, "fuel/assignment.html", context)


def _done(
    request: HttpRequest,
    frame: Frame,
    row: FuelAssignment,
    act: str,
    refusal: FuelRefusalForm,
    stop: FuelStopForm,
) -> bool:
    signed = {"assignment_id": row.pk, "by": frame.staff, "at": localtime()}
    if act == "confirm":
        service.confirm_fuel(**signed)
        messages.success(request, "Назначено: части войдут в расчёты своих месяцев.")
        return True
    if act == "refuse" and refusal.is_valid():
        given = refusal.cleaned_data
        service.refuse_fuel(**signed, ground_code=given["ground"], facts=given["facts"])
        messages.success(request, "Отказано: письмо сохранено в документах заявления.")
        return True
    if act == "stop" and stop.is_valid():
        given = stop.cleaned_data
        service.stop_fuel(**signed, from_month=parse_month(given["from_month"]), reason=given["reason"])
        messages.success(request, "Остановлено: оставшиеся части не начисляются.")
        return True
    return False


def _to(frame: Frame, row: FuelAssignment) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('fuel-assignment', args=[row.pk])}?{urlencode(frame.query)}")
