from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from offices.administration import enters
from offices.frame import Frame, page
from offices.models import Role
from workplace.selectors import headline, stages


@require_safe
@page(section="work", roles=None)
def home(request: HttpRequest) -> HttpResponse:
    """Show the one who works what waits for them."""
    frame: Frame = request.frame
    rows = stages.stages_of(frame.month.month, office=frame.office) if frame.month and frame.sees_people else []
    context = {
        "roles": [role.label for role in Role if role in frame.roles],
        "enters_administration": enters(frame.roles),
        "stages": rows,
        "figures": headline.headline(rows) if rows else [],
    }
    return render(request, "home/home.html", context)


@require_safe
@page(section="design", roles=None)
def design(request: HttpRequest) -> HttpResponse:
    """Show every component in every state: the living page of the design system."""
    return render(request, "home/design.html")
