from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from offices.frame import DEPARTMENT, Frame, page
from offices.money import format_roubles
from offices.refusals import Refusal
from payments.selectors.after_death import not_returned, overpaid_for
from payments.services.not_returned import overpay_not_returned
from workplace.forms.heirs import NotReturnedForm
from workplace.views.heirs import ASKERS


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=DEPARTMENT)
def not_returned_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Record as an overpayment what a bank or the post does not return."""
    frame: Frame = request.frame
    frame.require(ASKERS, "Невозвращённое записывает переплатой отдел выплат.")
    line = get_object_or_404(not_returned(), pk=pk)
    form = NotReturnedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = overpay_not_returned(line_id=pk, by=frame.staff, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = f"Записана переплата № {made.number} на {format_roubles(made.total)}. Дальше ею занимается {made.office}."
            messages.success(request, told)
            return HttpResponseRedirect(f"{reverse('return-notices')}?{urlencode(frame.query)}")
    context = {"form": form, "line": line, "recorded": overpaid_for([line]).get(line.accrual_id)}
    return render(request, "heirs/not_returned.html", context)
