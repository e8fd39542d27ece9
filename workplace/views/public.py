"""Pages that ask nobody who they are: the worked example, the navigator, questions, acts and addresses, papers.

They read directories only, take a bounded GET, keep nothing and name nobody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from calculations.inputs.parameters import ParameterMissing
from offices.months import month_of, shift_month
from workplace.papers.leaflet import leaflet_pdf
from workplace.papers.samples import SAMPLES, sample_pdf
from workplace.selectors.public.acts import acts_on
from workplace.selectors.public.example import billed_services_of_measure, ground_of, work_out
from workplace.selectors.public.navigator import answer
from workplace.selectors.public.questions import answered
from workplace.views.public_forms import BillForm, HouseholdForm
from workplace.views.public_situation import SituationForm

MONTHS_BACK: Final = 12
FIRST = {
    "who": "2",
    "residents": "2",
    "entitled": "1",
    "stock": "municipal",
    "area": "48,6",
    "rooms": "2",
    "kind": "flat",
    "stove": "gas",
    "water": "full",
}
"""What the form shows a visitor who has not told anything yet."""

Page = Callable[..., HttpResponse]


def _when_ready(view: Page) -> Page:
    """Tell a visitor of a month without directories so, in words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except ParameterMissing:
            return render(request, "public/not_ready.html", status=503)

    return guarded


@require_safe
@_when_ready
def example(request: HttpRequest) -> HttpResponse:
    """Show the form; with figures in the address, the bill worked out. Nothing is kept."""
    this = month_of(localdate())
    months = [shift_month(this, -back) for back in range(MONTHS_BACK)]
    is_asked = "who" in request.GET
    first = FIRST | {"month": f"{shift_month(this, -1):%Y-%m}"}
    household = HouseholdForm(request.GET if is_asked else None, months=months, initial=first)
    bill = BillForm(request.GET if is_asked else None, services=billed_services_of_measure())
    are_right = is_asked and all([household.is_valid(), bill.is_valid()])
    worked = (
        work_out(household.household(), bill.bills(), ground=ground_of(household.chosen_month())) if are_right else None
    )
    context = {"household": household, "bill": bill, "example": worked, "is_asked": is_asked}
    return render(request, "public/example.html", context, status=422 if is_asked and not are_right else 200)


@require_safe
@_when_ready
def right(request: HttpRequest) -> HttpResponse:
    """Ask five things and tell whether there is a right, what it gives, the papers and the office."""
    is_asked = "group" in request.GET
    form = SituationForm(request.GET if is_asked else None)
    found = answer(form.situation(), on=localdate()) if is_asked and form.is_valid() else None
    context = {"form": form, "answer": found, "is_asked": is_asked}
    return render(request, "public/right.html", context, status=422 if is_asked and found is None else 200)


@require_safe
@_when_ready
def questions(request: HttpRequest) -> HttpResponse:
    """Show what citizens ask; the examples are worked out now, by today's tariffs and norms."""
    month = month_of(localdate())
    return render(request, "public/questions.html", {"answered": answered(month), "month": month})


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Show the acts in force, the grounds of refusal and termination, the sample forms and the offices."""
    today = localdate()
    return render(request, "public/acts.html", {"acts": acts_on(today), "today": today, "samples": SAMPLES})


@require_safe
@_when_ready
def leaflet(request: HttpRequest) -> HttpResponse:
    """Give the leaflet «Как считается денежный эквивалент», its example worked out by this month's directories."""
    return _pdf(leaflet_pdf(on=localdate()), "leaflet.pdf")


@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a sample of an application."""
    if kind not in SAMPLES:
        raise Http404("Такого образца заявления нет.")
    return _pdf(sample_pdf(SAMPLES[kind]), f"{kind}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
