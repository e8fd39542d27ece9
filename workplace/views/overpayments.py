from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from calculations.rules.withholding import WITHHELD
from offices.frame import Frame, page
from offices.models import Role
from offices.refusals import Refusal
from offices.templatetags.ui import to
from payments.models import Overpayment, WriteOff
from payments.selectors import overpayments as selectors
from payments.services.overpayments import record_overpayment
from recipients.models import Recipient
from workplace.forms.overpayments import OverpaymentForm
from workplace.selectors.overpayments import ready_rows, state_of
from workplace.views.overpayments_list import OVERPAYMENTS

PREPARING = frozenset({Role.INTAKE, Role.CALCULATION})
CONFIRMING = frozenset({Role.HEAD})
NOT_PREPARING = "Переплаты ведут специалисты отдела: по приёму и по расчёту."


@require_safe
@page(section="recipients")
def overpayments(request: HttpRequest) -> HttpResponseBase:
    """List the overpayments, whatever their month: what is owed, what is left, until when it is withheld."""
    frame: Frame = request.frame
    rows = frame.seen(Overpayment.objects).select_related("office__district", "recipient__person")
    return OVERPAYMENTS.answer(request, rows=rows, template="overpayments/list.html", dressed=ready_rows)


@require_safe
@page(section="recipients")
def overpayment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how an overpayment arose, the plan ahead, what was withheld and paid back, and what may be done."""
    frame: Frame = request.frame
    one = overpayment_of(request, pk)
    is_open = one.status not in (Overpayment.Status.SETTLED, Overpayment.Status.WRITTEN_OFF)
    is_at_fault = one.cause in WITHHELD
    may_be_withheld = is_at_fault and one.recipient.person.death_date is None
    is_planned = one.is_withheld_now or (may_be_withheld and one.status == Overpayment.Status.OPEN)
    prepares = bool(frame.roles & PREPARING)
    proposed = WriteOff.objects.filter(overpayment=one).select_related("prepared_by", "confirmed_by").first()
    context = {
        "one": one,
        "state": state_of(one),
        "gone": one.total - one.rest,
        "plan_heading": "План удержаний" if one.percent else "План удержаний, если получатель согласится",
        "parts": list(one.parts.select_related("accrual").order_by("accrual__month", "pk")),
        "plan": selectors.plan_of(one, on=frame.on) if is_planned else (),
        "withheld": list(selectors.withholdings_of(one)),
        "repaid": list(one.repayments.select_related("recorded_by").order_by("paid_on", "pk")),
        "proposed": proposed,
        "may_be_withheld": may_be_withheld,
        "may_agree": prepares and may_be_withheld and one.status == Overpayment.Status.OPEN,
        "may_withdraw": prepares and one.is_withheld_now,
        "may_repay": prepares and is_open,
        "may_claim": prepares and is_at_fault and is_open and one.claimed_on is None,
        "may_propose": prepares and is_open,
        "may_confirm": bool(frame.roles & CONFIRMING) and is_open and proposed is not None,
    }
    return render(request, "overpayments/overpayment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def overpayment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what was overpaid of which months, see the plan, then record it."""
    frame: Frame = request.frame
    recipients = Recipient.objects.for_user(frame.staff, on=frame.on).select_related("person", "office__district")
    recipient = get_object_or_404(recipients, pk=pk)
    frame.require(PREPARING, NOT_PREPARING)
    months = selectors.paid_months(recipient)
    form = OverpaymentForm(request.POST or None, months=months, initial={"found_on": frame.on})
    context: dict[str, Any] = {"recipient": recipient, "form": form, "months": months, "rows": list(form.rows())}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "save":
            try:
                made = record_overpayment(
                    office=recipient.office, recipient_id=pk, **form.facts, by=frame.staff, at=localtime()
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Переплата № {made.number} записана, {_papers_of(made)}.")
                return HttpResponseRedirect(to({"request": request}, "overpayment", made.pk))
        context |= _foreseen(recipient, form, frame)
    return render(request, "overpayments/new.html", context)


def overpayment_of(request: HttpRequest, pk: int) -> Overpayment:
    """Return an overpayment of an office one may see; Http404 otherwise."""
    return get_object_or_404(selectors.overpayments(request.frame.staff, on=request.frame.on), pk=pk)


def _papers_of(made: Overpayment) -> str:
    return "уведомление и бланк согласия готовы" if made.consent_form_id else "уведомление готово"


def _foreseen(recipient: Recipient, form: OverpaymentForm, frame: Frame) -> dict[str, Any]:
    """Tell what would be withheld; nothing is stored."""
    is_withheld = form.cleaned_data["cause"] in WITHHELD
    plan: Sequence[selectors.PlannedMonth] = (
        selectors.foreseen_plan(recipient, form.total, on=frame.on) if is_withheld else ()
    )
    return {"is_foreseen": True, "total": form.total, "plan": plan, "is_withheld": is_withheld}
