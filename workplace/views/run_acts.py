from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from calculations.models import CalculationRun
from calculations.services import runs as run_services
from offices.frame import Frame, page
from workplace.navigation import CALCULATING
from workplace.selectors.runs import comparison, withheld
from workplace.services import submission
from workplace.views.runs import DISCARDERS, SUBMITTERS, address_of, run_of

Status = CalculationRun.Status


class DiscardForm(forms.Form):
    """Why a run is given up."""

    reason = forms.CharField(
        label="Почему расчёт отменяется",
        help_text="Например: исправлен тариф на отопление, догружен файл предприятия.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Укажите, почему расчёт отменяется."},
    )


class ContentForm(forms.Form):
    """What the person saw on the confirmation page."""

    recipients = forms.IntegerField(min_value=0)
    total = forms.DecimalField(max_digits=14, decimal_places=2)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def run_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and do the hand-over of a run to the department."""
    frame: Frame = request.frame
    shown = run_of(frame, pk)
    frame.require(SUBMITTERS, "Начисления в департамент передаёт начальник отдела.")
    if shown.status != Status.CALCULATED:
        messages.error(request, f"{shown}: передаётся только рассчитанный и ещё не переданный расчёт.")
        return HttpResponseRedirect(address_of(frame, "run-result", shown.pk))
    form = ContentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmed = submission.Content(form.cleaned_data["recipients"], form.cleaned_data["total"])
        submission.hand_over_run(run_id=shown.pk, confirmed=confirmed, by=frame.staff, at=timezone.now())
        messages.success(request, f"Передано в департамент: {confirmed}.")
        return HttpResponseRedirect(address_of(frame, "run-result", shown.pk))
    context = {
        "run": shown,
        "office": shown.office,
        "content": submission.content_of(run=shown),
        "held": withheld.people_held(shown),
        "groups": withheld.groups(shown),
        "first": comparison.accrued_rows(shown, most=20),
        "back": address_of(frame, "run-result", pk),
    }
    return render(request, "runs/submission.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def run_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and do the giving up of a run before its hand-over."""
    frame: Frame = request.frame
    shown = run_of(frame, pk)
    frame.require(DISCARDERS, "Расчёт отменяет специалист по расчёту или начальник отдела.")
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        run_services.discard_run(run_id=shown.pk, reason=reason, by=frame.staff, at=timezone.now())
        messages.success(request, f"Расчёт № {shown.number} отменён. Можно рассчитать заново.")
        return HttpResponseRedirect(address_of(frame, "run"))
    context = {
        "run": shown,
        "office": shown.office,
        "form": form,
        "obstacle": ""
        if shown.status in (Status.DRAFT, Status.CALCULATED)
        else "отменить можно только непереданный расчёт",
        "back": address_of(frame, "run-result", pk),
    }
    return render(request, "runs/discard.html", context)
