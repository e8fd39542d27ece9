from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import Rehearsal
from calculations.models.rehearsals import RehearsalQuerySet
from calculations.services.rehearsals import Asked, request_rehearsal
from offices.frame import Frame, page
from offices.models import Role
from offices.months import parse_month
from workplace.forms.rehearsals import RehearsalForm
from workplace.jobs import start
from workplace.navigation import CALCULATING
from workplace.selectors.jobs import shown_job
from workplace.selectors.rehearsals import result
from workplace.selectors.rehearsals.choices import choices
from workplace.views.rehearsals_list import PEOPLE, REHEARSALS
from workplace.views.runs import address_of

OF_DISTRICT = frozenset({Role.CALCULATION, Role.HEAD})
OF_REGION = frozenset({Role.VERIFIER, Role.DEPARTMENT_HEAD})
WHO = (
    "Репетицию проводят: по своему району специалист по расчёту и начальник отдела, по области проверяющий отдела "
    "субсидий и руководитель Департамента."
)


@require_safe
@page(section="runs", roles=CALCULATING)
def rehearsals(request: HttpRequest) -> HttpResponseBase:
    """List what was rehearsed, and by whom."""
    frame: Frame = request.frame
    rows = _seen(frame).of_people().select_related("office__district", "asked_by", "job")
    context = {"may_rehearse": bool(frame.roles & (OF_DISTRICT | OF_REGION))}
    return REHEARSALS.answer(request, rows=rows, template="rehearsals/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="runs", roles=CALCULATING)
def rehearsal_new(request: HttpRequest) -> HttpResponse:
    """Ask what is to be changed, and begin."""
    frame: Frame = request.frame
    frame.require(OF_DISTRICT if frame.is_district else OF_REGION, WHO)
    form = RehearsalForm(
        request.POST or None,
        choices=choices(office=frame.office),
        initial={"month": f"{frame.month.month:%Y-%m}" if frame.month else ""},
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        month = parse_month(form.cleaned_data["month"])
        asked = Asked(
            office=frame.office,
            month=month,
            last_month=month,
            changes=form.changes,
            told=form.told,
            bills=form.cleaned_data["bills"],
            row={},
        )
        return start(request, request_rehearsal(asked=asked, by=frame.staff, at=at), at=at)
    return render(request, "rehearsals/new.html", {"form": form})


@require_safe
@page(section="runs", roles=CALCULATING)
def rehearsal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show who gains and loses, by district and by service, with the list."""
    frame: Frame = request.frame
    guarded = Rehearsal.objects.of_rows().filter(pk=pk).first()
    if guarded is not None:
        return HttpResponseRedirect(address_of(frame, "guard-row", *row_of(guarded)))
    found = get_object_or_404(
        _seen(frame).of_people().select_related("office__district", "asked_by", "job__requested_by"), pk=pk
    )
    if found.finished_at is None:
        job = shown_job(found.job, now=timezone.now())
        return render(request, "rehearsals/going.html", {"rehearsal": found, "job": job})
    shown = PEOPLE.shown(request, rows=result.rows_of(found, frame), dressed=result.ready_rows)
    if shown.is_export:
        return shown.workbook()
    if shown.is_partial:
        return shown.partial()
    context = {
        "rehearsal": found,
        "shown": shown,
        "districts": result.by_district(found) if found.office is None else [],
        "services": result.by_service(found),
    }
    return render(request, "rehearsals/rehearsal.html", context)


def row_of(guarded: Rehearsal) -> tuple[str, int]:
    """Name the row of a directory that a rehearsal was done for."""
    keys = {"tariff": guarded.tariff_id, "norm": guarded.norm_id, "parameter": guarded.parameter_id}
    return next((kind, pk) for kind, pk in keys.items() if pk is not None)


def _seen(frame: Frame) -> RehearsalQuerySet:
    """Return the rehearsals of the visitor's district, to the department all."""
    return Rehearsal.objects.for_user(frame.staff, on=frame.on)
