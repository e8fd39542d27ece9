from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calculations.models import Suspension
from calculations.services import suspensions
from calculations.services.foreseeing import foresee, make_change
from calculations.services.resumption import Resumption
from offices.frame import Frame, page
from offices.models import Role
from offices.refusals import Refusal
from offices.templatetags.ui import to
from recipients.models import Recipient
from workplace.forms.arrears import CourtActForm, ResumptionForm
from workplace.selectors import arrears as selectors
from workplace.selectors.recalculations.foreseen import dressed

PREPARING = frozenset({Role.INTAKE, Role.CALCULATION})
CONFIRMING = frozenset({Role.HEAD})
NOT_PREPARING = "Задолженность ведут специалисты отдела: по приёму и по расчёту."
NOT_CONFIRMING = "Приостановление выплаты утверждает начальник отдела."


@require_safe
@page(section="recipients")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recipient's debt: what was asked and answered, court acts, suspensions, and what may be done next."""
    frame: Frame = request.frame
    recipient = recipient_of(frame, pk)
    found = selectors.case_of(recipient, on=frame.on)
    prepares = bool(frame.roles & PREPARING)
    waits = found.open is not None and found.open.status == Suspension.Status.PREPARED
    stopped = found.open is not None and found.open.status == Suspension.Status.CONFIRMED
    context = {
        "recipient": recipient,
        "case": found,
        "prepares": prepares,
        "may_prepare": prepares and bool(found.act_to_use or found.answer_to_use),
        "may_withdraw": bool(frame.roles & (PREPARING | CONFIRMING)) and waits,
        "may_confirm": bool(frame.roles & CONFIRMING) and waits,
        "may_resume": prepares and stopped,
        "is_stopped": stopped,
    }
    return render(request, "arrears/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def court_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a court act about a recipient's debt."""
    frame: Frame = request.frame
    recipient = recipient_of(frame, pk)
    frame.require(PREPARING, NOT_PREPARING)
    form = CourtActForm(request.POST or None, providers=selectors.providers_of([pk], on=frame.on))
    if request.method == "POST" and form.is_valid():
        try:
            suspensions.enter_court_act(recipient_id=pk, **form.facts, by=frame.staff, at=localtime())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Судебный акт записан.")
            return back(request, pk)
    note = "Учитывается только вступивший в законную силу акт о долге не более чем за три года."
    words = {"title": "Судебный акт о долге", "act": "Записать акт", "note": note}
    return render(request, "arrears/act.html", {"recipient": recipient, "form": form, **words})


@require_POST
@page(section="recipients")
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the suspension by what the rule of the next month asks for."""
    frame: Frame = request.frame
    recipient = recipient_of(frame, pk)
    frame.require(PREPARING, NOT_PREPARING)
    found = selectors.case_of(recipient, on=frame.on)
    suspensions.prepare_suspension(
        recipient_id=pk,
        court_act_id=found.act_to_use.pk if found.act_to_use else None,
        answer_id=found.answer_to_use.pk if found.answer_to_use else None,
        by=frame.staff,
        at=localtime(),
    )
    messages.success(request, "Решение подготовлено, его утверждает начальник отдела.")
    return back(request, pk)


@require_POST
@page(section="recipients")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a suspension that nobody has confirmed."""
    one = suspension_of(request, pk)
    request.frame.require(PREPARING | CONFIRMING, NOT_PREPARING)
    suspensions.withdraw_suspension(suspension_id=pk, by=request.frame.staff, at=localtime())
    messages.success(request, f"Решение № {one.number} отозвано.")
    return back(request, one.recipient_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then suspend the payment, by another person than who prepared the decision."""
    one = suspension_of(request, pk)
    request.frame.require(CONFIRMING, NOT_CONFIRMING)
    if request.method == "POST":
        done = suspensions.confirm_suspension(suspension_id=pk, by=request.frame.staff, at=localtime())
        messages.success(request, f"Выплата приостановлена с {done.starts_on:%d.%m.%Y}, уведомление готово.")
        return back(request, one.recipient_id)
    context = {"one": one, "debt": one.court_act or one.answer}
    return render(request, "arrears/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why the payment is resumed; show what is paid back for the suspended months; then save it with its order."""
    frame: Frame = request.frame
    one = suspension_of(request, pk)
    frame.require(PREPARING, NOT_PREPARING)
    form = ResumptionForm(request.POST or None)
    recipient = one.recipient
    if request.method == "POST" and form.is_valid():
        change = Resumption(suspension_id=pk, changed_from=one.starts_on, **form.cleaned_data)
        try:
            return _resumed(request, change, form, recipient)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    words = {
        "title": "Возобновление выплаты",
        "act": "Показать, что начислится",
        "note": f"Выплата приостановлена с {one.starts_on:%d.%m.%Y}: эти месяцы будут начислены, как если бы её не "
        "приостанавливали. До подтверждения ничего не сохраняется.",
    }
    return render(request, "arrears/act.html", {"recipient": recipient, "form": form, **words})


def _resumed(request: HttpRequest, change: Resumption, form: ResumptionForm, recipient: Recipient) -> HttpResponse:
    frame, at = request.frame, localtime()
    seen = request.POST.get("seen")
    if seen is None:
        found = foresee(change=change, by=frame.staff, at=at)
        shown: dict[str, Any] = {
            "recipient": recipient,
            "back": to({"request": request}, "arrears-case", recipient.pk),
            "form": form,
            "shown": dressed(found),
        }
        return render(request, "recalculations/foreseen.html", shown)
    orders = make_change(change=change, seen=seen, by=frame.staff, at=at)
    told = f" Перерасчёт № {orders[0].number} подготовлен, его утверждает другой сотрудник." if orders else ""
    messages.success(request, f"Выплата возобновлена.{told}")
    return back(request, recipient.pk)


def recipient_of(frame: Frame, pk: int) -> Recipient:
    """Return a recipient one may see; Http404 otherwise."""
    rows = Recipient.objects.for_user(frame.staff, on=frame.on).select_related("person", "office__district")
    return get_object_or_404(rows, pk=pk)


def suspension_of(request: HttpRequest, pk: int) -> Suspension:
    """Return a suspension of an office one may see; Http404 otherwise."""
    frame: Frame = request.frame
    rows = Suspension.objects.for_user(frame.staff, on=frame.on).select_related(
        "recipient__person", "ground__decree", "court_act", "answer", "prepared_by"
    )
    return get_object_or_404(rows, pk=pk)


def back(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Return to a recipient's case."""
    return HttpResponseRedirect(to({"request": request}, "arrears-case", pk))
