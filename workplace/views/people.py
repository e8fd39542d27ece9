from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from offices.frame import WHOLE_REGION, page
from offices.lists.shown import Shown
from offices.templatetags.ui import to
from workplace.selectors.people import facts, rows
from workplace.views.people_list import PEOPLE, day_shown, month_shown, people_seen

SHORTEST = 2
"""Letters of a question below which nobody is suggested."""


@require_safe
@page(section="recipients")
def recipients(request: HttpRequest) -> HttpResponseBase:
    frame = request.frame
    month, day = month_shown(frame), day_shown(frame)
    people = people_seen(frame).select_related("person", "office__district")
    shown = PEOPLE.shown(
        request,
        rows=facts.with_facts(people, month=month, day=day),
        dressed=partial(rows.ready_rows, day=day),
        totals=partial(facts.sums_of, month=month),
    )
    if shown.is_export:
        return shown.workbook()
    if shown.is_partial:
        return shown.partial()
    only = _only(request, shown)
    if only is not None:
        return HttpResponseRedirect(to({"request": request}, "card-accruals", only))
    context = {"shown": shown, "is_nearly": _is_nearly(request), "everywhere": _everywhere(request, shown)}
    return render(request, "people/list.html", context)


@require_safe
@page(section="recipients")
def suggestions(request: HttpRequest) -> HttpResponse:
    frame, asked = request.frame, request.GET.get("q", "").strip()
    suggested = None
    if len(asked) >= SHORTEST:
        suggested = rows.suggestions(asked, rows=people_seen(frame), on=day_shown(frame))
    return render(request, "people/suggestions.html", {"suggested": suggested, "asked": asked})


def _only(request: HttpRequest, shown: Shown) -> int | None:
    """Return the recipient whose card a search opens: the only one found, and exactly so."""
    asked = {name for name, value in request.GET.items() if value} - {"m", "r"}
    if asked != {"q"} or _is_nearly(request) or shown.count != 1:
        return None
    return shown.slice.rows[0].pk


def _is_nearly(request: HttpRequest) -> bool:
    found = getattr(request, "found", None)
    return found is not None and found.is_nearly


def _everywhere(request: HttpRequest, shown: Shown) -> str:
    """Return where the same is looked for in the whole region, if nobody was found in a district."""
    frame = request.frame
    if frame.is_district or frame.office is None or not shown.is_filtered or shown.count:
        return ""
    query = request.GET.copy()
    query["r"] = WHOLE_REGION
    return f"{request.path}?{query.urlencode()}"
