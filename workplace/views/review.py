from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import CalculationRun, ReviewDecision
from calculations.selectors import parameters_in_force
from calculations.services import review as review_service
from offices.frame import Frame, page
from offices.models import Role
from offices.months import shift_month
from workplace.navigation import REVIEWING
from workplace.selectors.review import queue as queues
from workplace.selectors.review.region import review_region
from workplace.selectors.runs import comparison, waterfall
from workplace.selectors.runs.districts import STATES
from workplace.views.runs import address_of, after_of, its_own_frame

VERIFIERS = frozenset({Role.VERIFIER})
ONLY_VERIFIER = "Начисления проверяет проверяющий отдела субсидий и льгот."
Status = CalculationRun.Status
Verdict = ReviewDecision.Verdict
CHIPS = {
    queues.NEW: "Новые",
    queues.DEVIATION: "Отклонение",
    queues.SAMPLE: "Выборка",
    queues.REMARKS: "Замечания",
    queues.EVERY: "Все",
}
REASONS = (
    "Состав семьи",
    "Площадь или жильё",
    "Тариф или норматив",
    "Объём или начисление предприятия",
    "Право или срок справки",
    "Нет начислений предприятия",
    "Другое",
)
NOTE_LENGTH = ReviewDecision._meta.get_field("note").max_length


class DecisionForm(forms.Form):
    """A verdict on one row; a remark has its reason and a text."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    reason = forms.ChoiceField(
        label="Что неверно",
        choices=[(one, one) for one in REASONS],
        required=False,
        error_messages={"invalid_choice": "Выберите причину из списка."},
    )
    text = forms.CharField(
        label="Пояснение району",
        help_text="Что проверить и чем подтвердить. Район увидит эти слова.",
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask a remark for its reason and text."""
        given = super().clean() or {}
        if given.get("verdict") == Verdict.WRONG:
            if not given.get("reason"):
                self.add_error("reason", "Выберите, что неверно.")
            if not given.get("text"):
                self.add_error("text", "Напишите, что проверить: район увидит эти слова.")
        return given

    @property
    def note(self) -> str:
        if self.cleaned_data["verdict"] == Verdict.CORRECT:
            return ""
        return f"{self.cleaned_data['reason']}: {self.cleaned_data['text']}"[:NOTE_LENGTH]


@require_safe
@page(section="review", roles=REVIEWING)
def review(request: HttpRequest) -> HttpResponse:
    """Show every district's run and how much of it is reviewed."""
    frame: Frame = request.frame
    month = frame.shown_month().month
    offices = [frame.office] if frame.office else frame.offices
    parameters = parameters_in_force(month)
    rows = review_region(month, offices=offices, parameters=parameters)
    context = {
        "rows": rows,
        "waiting": sum(row.waits for row in rows),
        "accepted": sum(row.row.run is not None and row.row.run.status == Status.APPROVED for row in rows),
        "percent": parameters.deviation_percent,
    }
    return render(request, "review/region.html", context)


@require_safe
@page(section="review", roles=REVIEWING)
def review_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a run's rows of one chip with what was decided of them."""
    frame: Frame = request.frame
    run = run_under_review(frame, pk)
    if elsewhere := its_own_frame(request, run):
        return elsewhere
    queue = queues.Queue(run)
    chip = request.GET.get("chip") or _first_chip(queue)
    if chip not in CHIPS:
        raise Http404("Такого отбора нет.")
    found = queues.page_of(queue, chip=chip, after=after_of(request))
    before = comparison.previous_run(run)
    context = {
        **_around(frame, run, queue, chip),
        "rows": found.rows,
        "following": found.following,
        "after": after_of(request),
        "fall": waterfall.totals(run, before) if before else None,
        "selected": found.rows[0] if found.rows else None,
    }
    return render(request, "review/run.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="review", roles=REVIEWING)
def review_row(request: HttpRequest, pk: int, accrual: int) -> HttpResponse:
    """Show one row service by service; a POST records the verdict on it."""
    frame: Frame = request.frame
    run = run_under_review(frame, pk)
    chip = request.GET.get("chip", "")
    chip = chip if chip in CHIPS else queues.EVERY
    form = DecisionForm(request.POST or None, initial={"verdict": Verdict.WRONG})
    recorded = False
    if request.method == "POST":
        frame.require(VERIFIERS, ONLY_VERIFIER)
        recorded = form.is_valid()
        if recorded:
            _record(frame, run, accrual, form)
            if not request.htmx:
                return HttpResponseRedirect(f"{address_of(frame, 'review-run', pk)}&{urlencode({'chip': chip})}")
    queue = queues.Queue(run)
    row = queues.row_of(queue, accrual)
    if row is None:
        raise Http404("В этом расчёте такой строки нет.")
    context = {
        **_around(frame, run, queue, chip),
        "row": row,
        "form": form,
        "asks": "ask" in request.GET or form.errors,
    }
    if not request.htmx:
        return render(request, "review/row.html", context)
    if recorded:
        return render(request, "review/_decided.html", context)
    answer = render(request, "review/_panel.html", context)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#panel", "innerHTML"
    return answer


def _record(frame: Frame, run: CalculationRun, accrual: int, form: DecisionForm) -> None:
    verdict = review_service.ReviewedAccrual(accrual, form.cleaned_data["verdict"], form.note)
    review_service.record_reviews(run_id=run.pk, verdicts=[verdict], by=frame.staff, at=timezone.now())


def run_under_review(frame: Frame, pk: int) -> CalculationRun:
    """Return a run that was handed over to the department, or 404."""
    runs = CalculationRun.objects.for_user(frame.staff, on=frame.on).filter(submitted_at__isnull=False)
    joined = ("office__district", "started_by", "submitted_by", "reviewed_by", "accrual_file")
    found: CalculationRun = get_object_or_404(runs.select_related(*joined), pk=pk)
    return found


def may_review(frame: Frame, run: CalculationRun) -> bool:
    """Say whether who looks may decide on the run's rows."""
    return bool(frame.roles & VERIFIERS) and run.status == Status.SUBMITTED and not own_work(frame, run)


def own_work(frame: Frame, run: CalculationRun) -> str:
    """Say in words why who looks may not review the run: they calculated or submitted it."""
    if frame.staff.pk == run.started_by_id:
        return "Вы рассчитывали этот район, поэтому проверить его должен другой сотрудник."
    if frame.staff.pk == run.submitted_by_id:
        return "Вы передавали начисления этого района, поэтому проверить их должен другой сотрудник."
    return ""


def _first_chip(queue: queues.Queue) -> str:
    waiting = (chip for chip in queues.MANDATORY if queue.reviewed(chip).left)
    filled = (chip for chip in queues.MANDATORY if queue.reviewed(chip).wanted)
    return next(waiting, None) or next(filled, queues.EVERY)


def _around(frame: Frame, run: CalculationRun, queue: queues.Queue, chip: str) -> dict[str, Any]:
    address = reverse("review-run", args=[run.pk])
    chips = [
        {
            "code": code,
            "title": title,
            "address": f"{address}?{urlencode(frame.query | {'chip': code})}",
            "is_here": code == chip,
            "reviewed": queue.reviewed(code) if code in queues.MANDATORY else None,
            "count": queue.wrong
            if code == queues.REMARKS
            else queue.run.accruals.count()
            if code == queues.EVERY
            else 0,
        }
        for code, title in CHIPS.items()
    ]
    return {
        "run": run,
        "office": run.office,
        "state": STATES[Status(run.status)],
        "before_month": shift_month(run.month, -1),
        "chip": chip,
        "chips": chips,
        "percent": parameters_in_force(run.month).deviation_percent,
        "obstacle": queue.obstacle(),
        "wrong": queue.wrong,
        "left": queue.left,
        "reviews": may_review(frame, run),
        "is_verifier": bool(frame.roles & VERIFIERS),
        "own_work": own_work(frame, run) if run.status == Status.SUBMITTED else "",
    }
