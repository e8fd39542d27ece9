from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from calculations.models import CalculationRun
from calculations.services import review as review_service
from offices.frame import Frame, page
from workplace.navigation import REVIEWING
from workplace.selectors.review import queue as queues
from workplace.selectors.review.remarks import remarks_of
from workplace.services import submission
from workplace.views.review import ONLY_VERIFIER, VERIFIERS, own_work, run_under_review
from workplace.views.run_acts import ContentForm
from workplace.views.runs import address_of

REASON_LENGTH = 500


class ReturnForm(forms.Form):
    """Why a run goes back to its district."""

    reason = forms.CharField(
        label="Что району исправить",
        help_text="Район увидит эти слова над своим расчётом вместе с замечаниями по строкам.",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Укажите, что исправить: без этого район не поймёт, почему расчёт вернулся."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="review", roles=REVIEWING)
def review_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and do the approval of a district's run."""
    frame: Frame = request.frame
    run = run_under_review(frame, pk)
    frame.require(VERIFIERS, ONLY_VERIFIER)
    form = ContentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmed = submission.Content(form.cleaned_data["recipients"], form.cleaned_data["total"])
        submission.approve_confirmed_run(run_id=run.pk, confirmed=confirmed, by=frame.staff, at=timezone.now())
        messages.success(request, f"{run.office.district.name} принят: {confirmed}.")
        return HttpResponseRedirect(address_of(frame, "review"))
    context = {
        "run": run,
        "office": run.office,
        "content": submission.content_of(run=run),
        "obstacle": _closed(run) or queues.Queue(run).obstacle(),
        "own_work": own_work(frame, run),
        "back": address_of(frame, "review-run", pk),
    }
    return render(request, "review/approval.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="review", roles=REVIEWING)
def review_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why and return a run to its district."""
    frame: Frame = request.frame
    run = run_under_review(frame, pk)
    frame.require(VERIFIERS, ONLY_VERIFIER)
    remarks = remarks_of(run)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        review_service.return_run(run_id=run.pk, reason=reason, by=frame.staff, at=timezone.now())
        messages.success(request, f"{run.office.district.name}: расчёт № {run.number} возвращён.")
        return HttpResponseRedirect(address_of(frame, "review"))
    context = {
        "run": run,
        "office": run.office,
        "remarks": remarks,
        "obstacle": _closed(run),
        "own_work": own_work(frame, run),
        "form": form,
        "back": address_of(frame, "review-run", pk),
    }
    return render(request, "review/return.html", context)


def _closed(run: CalculationRun) -> str:
    """Say that a run is not under review any more; empty while it is."""
    if run.status == CalculationRun.Status.SUBMITTED:
        return ""
    return f"расчёт № {run.number} уже {run.get_status_display()}"
