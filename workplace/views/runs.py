from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import CalculationRun
from calculations.selectors import parameters_in_force
from calculations.services import runs as run_services
from offices.frame import Frame, page
from offices.letterhead import head_of
from offices.models import Role
from offices.months import shift_month
from workplace.jobs import start
from workplace.navigation import CALCULATING
from workplace.selectors.jobs import shown_job
from workplace.selectors.review.remarks import remarks_of
from workplace.selectors.runs import comparison, districts, waterfall, withheld
from workplace.selectors.runs.causes import why
from workplace.selectors.runs.readiness import readiness
from workplace.selectors.runs.waterfall_bars import bars

CALCULATORS = frozenset({Role.CALCULATION})
SUBMITTERS = frozenset({Role.HEAD})
DISCARDERS = frozenset({Role.CALCULATION, Role.HEAD})
ACCRUED, DEVIATIONS, WITHHELD, CHANGES = "accrued", "deviations", "withheld", "changes"
TABS = {ACCRUED: "Начислено", DEVIATIONS: "Отклонения", WITHHELD: "Не начислено", CHANGES: "Новые и выбывшие"}
Status = CalculationRun.Status
OVER = (Status.RETURNED, Status.DISCARDED, Status.DRAFT)
"""After a run in one of these states the district may calculate."""


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def run(request: HttpRequest) -> HttpResponse:
    """Show the region's runs, or a district's readiness; a POST starts its calculation."""
    frame: Frame = request.frame
    month = frame.shown_month()
    if request.method == "POST":
        return _start(request, frame)
    if frame.office is None:
        before = shift_month(month.month, -1)
        region = districts.region_runs(month.month, offices=frame.offices, before=before)
        return render(request, "runs/region.html", {"region": region})
    job = districts.running_job(frame.office, month.month)
    runs_of_month = districts.runs_of(frame.office, month.month)
    latest = runs_of_month[0] if runs_of_month else None
    context = {
        "office": frame.office,
        "readiness": readiness(frame.office, month),
        "runs": [(one, districts.STATES[Status(one.status)]) for one in runs_of_month],
        "latest": latest,
        "job": shown_job(job, now=timezone.now()) if job else None,
        "may_start": bool(frame.roles & CALCULATORS) and (latest is None or latest.status in OVER),
        "may_calculate": bool(frame.roles & CALCULATORS),
        "remarks": remarks_of(latest) if latest and latest.status == Status.RETURNED else (),
    }
    return render(request, "runs/district.html", context)


def _start(request: HttpRequest, frame: Frame) -> HttpResponse:
    frame.require(CALCULATORS, "Расчёт запускает специалист по расчёту своего района.")
    if frame.office is None:
        raise Http404("Сначала выберите район.")
    at = timezone.now()
    job = run_services.request_run(office=frame.office, month=frame.shown_month().month, by=frame.staff, at=at)
    return start(request, job, at=at)


@require_safe
@page(section="runs", roles=CALCULATING)
def run_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a run accrued, in four tabs, against the month before."""
    frame: Frame = request.frame
    shown = run_of(frame, pk)
    if elsewhere := its_own_frame(request, shown):
        return elsewhere
    tab = request.GET.get("tab", ACCRUED)
    if tab not in TABS:
        raise Http404("Такой вкладки нет.")
    before = comparison.previous_run(shown)
    fall = waterfall.waterfall(shown, before) if before else None
    percent = parameters_in_force(shown.month).deviation_percent
    counted = comparison.counters(shown, percent=percent)
    counts = {
        ACCRUED: counted.accrued,
        DEVIATIONS: counted.deviating,
        WITHHELD: withheld.people_held(shown),
        CHANGES: counted.new + comparison.gone(shown).count(),
    }
    here = reverse("run-result", args=[pk])
    context = {
        "run": shown,
        "office": shown.office,
        "state": districts.STATES[Status(shown.status)],
        "tab": tab,
        "tabs": [
            {
                "title": title,
                "address": f"{here}?{urlencode(frame.query | {'tab': code})}",
                "is_here": code == tab,
                "count": counts[code],
            }
            for code, title in TABS.items()
        ],
        "percent": percent,
        "before": before,
        "before_month": shift_month(shown.month, -1),
        "fall": fall,
        "bars": bars(fall) if fall else [],
        "others": [
            (one, districts.STATES[Status(one.status)])
            for one in districts.runs_of(shown.office, shown.month)
            if one.pk != shown.pk
        ],
        "remarks": remarks_of(shown) if shown.status == Status.RETURNED else (),
        "head": head_of(shown.office, on=frame.on) if shown.status == Status.CALCULATED else None,
        "may_submit": bool(frame.roles & SUBMITTERS) and shown.status == Status.CALCULATED,
        "may_discard": bool(frame.roles & DISCARDERS) and shown.status in (Status.DRAFT, Status.CALCULATED),
        **_TAB_ROWS[tab](request, shown, percent),
    }
    return render(request, "runs/result.html", context)


def run_of(frame: Frame, pk: int) -> CalculationRun:
    runs = CalculationRun.objects.for_user(frame.staff, on=frame.on)
    joined = ("office__district", "started_by", "submitted_by", "reviewed_by", "accrual_file")
    found: CalculationRun = get_object_or_404(runs.select_related(*joined), pk=pk)
    return found


def its_own_frame(request: HttpRequest, shown: CalculationRun) -> HttpResponse | None:
    """Lead to the same page in the month and district of the run, where others are shown."""
    frame: Frame = request.frame
    wanted = {"m": f"{shown.month:%Y-%m}"}
    if not frame.is_district:
        wanted["r"] = shown.office.code
    if frame.query == wanted:
        return None
    return HttpResponseRedirect(f"{request.path}?{urlencode(request.GET.dict() | wanted)}")


def after_of(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404("Такой страницы списка нет.")
    return int(text) if text else None


def _accrued(request: HttpRequest, shown: CalculationRun, percent: Any) -> dict[str, Any]:
    surname = request.GET.get("surname", "").strip()[:60]
    found = comparison.accrued_rows(shown, surname=surname, after=after_of(request))
    return {"surname": surname, "after": after_of(request), **_explained(shown, found)}


def _deviations(request: HttpRequest, shown: CalculationRun, percent: Any) -> dict[str, Any]:
    found = comparison.deviating_rows(shown, percent=percent, after=after_of(request))
    return {"after": after_of(request), **_explained(shown, found)}


def _withheld(request: HttpRequest, shown: CalculationRun, percent: Any) -> dict[str, Any]:
    groups = withheld.groups(shown)
    code = request.GET.get("reason") or (groups[0].code if groups else "")
    group = next((one for one in groups if one.code == code), None)
    if code and group is None:
        raise Http404("Такой причины в расчёте нет.")
    held = withheld.rows_of_group(shown, code=code, after=after_of(request) or 0) if group else None
    return {"groups": groups, "group": group, "held": held, "after": after_of(request)}


def _changes(request: HttpRequest, shown: CalculationRun, percent: Any) -> dict[str, Any]:
    found = comparison.new_rows(shown, after=after_of(request))
    return {"after": after_of(request), "gone": comparison.gone_rows(shown), **_explained(shown, found)}


_TAB_ROWS = {ACCRUED: _accrued, DEVIATIONS: _deviations, WITHHELD: _withheld, CHANGES: _changes}


def _explained(shown: CalculationRun, found: comparison.Page) -> dict[str, Any]:
    causes = why(shown, found.rows)
    return {"rows": [(row, causes[row.accrual_id]) for row in found.rows], "following": found.following}


def address_of(frame: Frame, route: str, *args: Any) -> str:
    address = reverse(route, args=args)
    return f"{address}?{urlencode(frame.query)}" if frame.query else address
