from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from calculations.services.endings import end_months
from offices.frame import page
from offices.models import Role
from offices.refusals import Refusal
from offices.templatetags.ui import to
from payments.models import Overpayment
from payments.services.not_withheld import overpay_difference
from workplace.navigation import CALCULATING
from workplace.selectors.recalculations.lost import lost_of_order, needing_a_person
from workplace.views.overpayments import NOT_PREPARING, PREPARING
from workplace.views.recalculations import address_of, order_of

ENDING = frozenset({Role.HEAD})
NOT_ENDING = "Перерасчёт, который расчёту уже не взять, оканчивает начальник отдела."


class CauseForm(forms.Form):
    """Whose fault it is that too much was paid."""

    cause = forms.ChoiceField(
        label="Причина переплаты",
        choices=Overpayment.Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите причину."},
    )


class BecauseForm(forms.Form):
    """What became of what was still due to the dead."""

    because = forms.CharField(
        label="Чем окончен перерасчёт",
        help_text="Например: решение суда о выплате наследнику от 02.11.2026 № 2-714; наследники не обратились.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, чем окончен перерасчёт, и назовите документ."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def end(request: HttpRequest, pk: int, recipient_id: int) -> HttpResponse:
    """End an order for a recipient without a right: by an overpayment, or by what became of the sum of the dead."""
    frame = request.frame
    order = order_of(frame, pk)
    waiting = needing_a_person(lost_of_order(order))
    one = next((row for row in waiting if row.recipient.pk == recipient_id), None)
    if one is None:
        raise Http404("По этому получателю перерасчёт расчёта не ждёт.")
    is_overpaid = one.difference < 0
    frame.require(PREPARING if is_overpaid else ENDING, NOT_PREPARING if is_overpaid else NOT_ENDING)
    form: Any = (CauseForm if is_overpaid else BecauseForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = {"order_id": pk, "recipient_id": recipient_id, "by": frame.staff, "at": timezone.now()}
        try:
            if is_overpaid:
                made = overpay_difference(cause=form.cleaned_data["cause"], **asked)
                messages.success(
                    request, f"Переплата № {made.number} записана, перерасчёт окончен по этому получателю."
                )
                return HttpResponseRedirect(to({"request": request}, "overpayment", made.pk))
            end_months(because=form.cleaned_data["because"], **asked)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Перерасчёт по этому получателю окончен без расчёта.")
            return HttpResponseRedirect(address_of(frame, order))
    context = {"order": order, "one": one, "form": form, "is_overpaid": is_overpaid, "back": address_of(frame, order)}
    return render(request, "recalculations/end.html", context)
