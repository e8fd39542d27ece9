from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calculations.models import Recalculation
from calculations.services import recalculations as services
from offices.frame import Forbidden, Frame, page
from offices.models import Role
from workplace.navigation import CALCULATING
from workplace.selectors.recalculations.listing import STATES, with_sums
from workplace.selectors.recalculations.lost import lost_of_order
from workplace.selectors.recalculations.months import order_rows

APPROVERS = frozenset({Role.HEAD, Role.CHECKING, Role.VERIFIER, Role.DEPARTMENT_HEAD})
NO_APPROVAL = (
    "Перерасчёт утверждают начальник отдела, специалист по проверке, проверяющий отдела субсидий или руководитель "
    "Департамента."
)
RECOUNTING = APPROVERS | {Role.INTAKE, Role.CALCULATION}
NO_RECOUNT = "Разницу пересчитывают сотрудники района или тот, кто утверждает перерасчёты."
OWN = "Перерасчёт № {} подготовили вы сами: утверждает или отклоняет его другой сотрудник."
MOST_PEOPLE = 100
Status = Recalculation.Status


class RefusalForm(forms.Form):
    """Why an order is refused."""

    reason = forms.CharField(
        label="Почему перерасчёт отклоняется",
        help_text="Например: справка не подтверждает дату выбытия.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Укажите, почему перерасчёт отклоняется.",
            "max_length": "Сократите до 500 знаков.",
        },
    )


@require_safe
@page(section="runs", roles=CALCULATING)
def recalculation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an order with the difference as it was seen, and what may be done with it."""
    order = order_of(request.frame, pk)
    decides = bool(request.frame.roles & APPROVERS) and order.status == Status.PREPARED
    is_own = order.prepared_by_id == request.frame.staff.pk
    people = order_rows(order, most=MOST_PEOPLE)
    context = {
        "order": order,
        "state": STATES[order.status],
        "people": people,
        "left": order.people - len(people),
        "lost": lost_of_order(order) if order.status == Status.APPROVED else (),
        "may_decide": decides and not is_own,
        "may_recount": bool(request.frame.roles & RECOUNTING) and order.status == Status.PREPARED,
        "own": OWN.format(order.number) if decides and is_own else "",
    }
    return render(request, "recalculations/order.html", context)


@require_POST
@page(section="runs", roles=CALCULATING)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve an order, unless its months are worth something else than it shows."""
    order = _to_decide(request.frame, pk)
    try:
        services.approve_recalculation(order_id=order.pk, by=request.frame.staff, at=timezone.now())
    except services.DifferenceIsStale as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(address_of(request.frame, order))
    messages.success(request, f"Перерасчёт № {order.number} утверждён: он войдёт в ближайший расчёт района.")
    return HttpResponseRedirect(address_of(request.frame, order))


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then refuse an order."""
    order = _to_decide(request.frame, pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        services.refuse_recalculation(order_id=order.pk, reason=reason, by=request.frame.staff, at=timezone.now())
        messages.success(request, f"Перерасчёт № {order.number} отклонён. Прошлые месяцы остаются как начислены.")
        return HttpResponseRedirect(address_of(request.frame, order))
    context = {"order": order, "form": form, "back": address_of(request.frame, order)}
    return render(request, "recalculations/refuse.html", context)


@require_POST
@page(section="runs", roles=CALCULATING)
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare an order anew by what its months are worth now."""
    order = order_of(request.frame, pk)
    request.frame.require(RECOUNTING, NO_RECOUNT)
    try:
        made = services.recount_recalculation(order_id=order.pk, by=request.frame.staff, at=timezone.now())
    except services.NothingToRecalculate as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(address_of(request.frame, order))
    messages.success(
        request,
        f"Разница пересчитана: перерасчёт № {made.number} заменил № {order.number}. Утверждает другой сотрудник.",
    )
    return HttpResponseRedirect(address_of(request.frame, made))


def order_of(frame: Frame, pk: int) -> Recalculation:
    """Return an order of an office one may see; Http404 otherwise."""
    seen = with_sums(Recalculation.objects.for_user(frame.staff, on=frame.on))
    joined = seen.select_related("office__district", "prepared_by", "decided_by", "replaced_by")
    found: Recalculation = get_object_or_404(joined, pk=pk)
    return found


def address_of(frame: Frame, order: Recalculation) -> str:
    return f"{reverse('recalculation', args=[order.pk])}?{urlencode(frame.query)}"


def _to_decide(frame: Frame, pk: int) -> Recalculation:
    order = order_of(frame, pk)
    frame.require(APPROVERS, NO_APPROVAL)
    if order.prepared_by_id == frame.staff.pk:
        raise Forbidden(OWN.format(order.number))
    return order
