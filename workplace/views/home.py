from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offices import months
from offices.administration import enters
from offices.frame import WORKERS, Frame, page
from offices.models import Role
from offices.selectors import production_calendar
from workplace.selectors import headline, stages, work
from workplace.views.showcase import showcase
from workplace.views.showcase_list import SAMPLE, sample_rows


@require_safe
@page(section="work", roles=None)
def home(request: HttpRequest) -> HttpResponse:
    """Show who works what waits for them, and where the month stands."""
    frame: Frame = request.frame
    context = {
        "desk": _desk(frame) if frame.roles else None,
        "figures": _figures(frame),
        "roles": [role.label for role in Role if role in frame.roles],
        "working": _working_day(),
        "enters_administration": enters(frame.roles),
    }
    return render(request, "home/home.html", context)


@require_safe
@page(section="board", roles=WORKERS)
def balance(request: HttpRequest) -> HttpResponse:
    """Show the balance of every hand-over of the month: what came in went on or is held by a reason."""
    frame: Frame = request.frame
    rows = stages.stages_of(frame.month.month, office=frame.office) if frame.month else []
    return render(request, "home/balance.html", {"stages": rows, "figures": headline.headline(rows) if rows else []})


@require_safe
@page(section="design", roles=WORKERS | {Role.ADMINISTRATOR})
def design(request: HttpRequest) -> HttpResponseBase:
    """Show every component in every state: the living page of the design system."""
    context = showcase(on=request.frame.on, at=timezone.now())
    return SAMPLE.answer(request, rows=sample_rows(), template="home/design.html", context=context)


def _desk(frame: Frame) -> work.Desk:
    month = frame.month.month if frame.month else None
    return work.desk_of(roles=frame.roles, office=frame.office, offices=frame.offices, month=month, on=frame.on)


def _figures(frame: Frame) -> list[headline.Figure]:
    if frame.month is None or not frame.sees_people:
        return []
    return headline.headline(stages.stages_of(frame.month.month, office=frame.office))


def _working_day() -> dict[str, object]:
    """Return today, which working day of its month it is, and of how many."""
    today = timezone.localdate()
    start, end = months.month_of(today), months.next_month(today)
    calendar = production_calendar(start=start, end=end)
    passed = calendar.between(start, months.next_day(today))
    return {
        "day": today,
        "number": passed,
        "of": calendar.between(start, end),
        "is_off": not calendar.is_working(today),
    }
