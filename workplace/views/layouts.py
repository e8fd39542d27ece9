from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from exchange.models import FileLayout
from exchange.selectors.layout_drafts import open_drafts
from exchange.selectors.layouts import WAITING, layout_versions, version_shown
from exchange.services import layouts as services
from offices.frame import Frame, page
from offices.models import Role
from offices.refusals import Refusal
from workplace.navigation import EXCHANGERS
from workplace.views.board import OVERSEERS
from workplace.views.layouts_list import LAYOUTS, state_of

READERS = EXCHANGERS | {Role.ADMINISTRATOR}
KEEPERS = OVERSEERS | {Role.CALCULATION, Role.EXCHANGE}
CONFIRMERS = frozenset({Role.HEAD, Role.DEPARTMENT_HEAD, Role.VERIFIER})
WHO_KEEPS = "Форматы составляют специалисты по расчёту и по обмену районов и Департамент: руководитель, отделы выплат и субсидий."
WHO_CONFIRMS = (
    "Формат подтверждает второй человек: начальник отдела, проверяющий отдела субсидий или руководитель Департамента."
)


@require_safe
@page(section="exchange", roles=READERS)
def layouts(request: HttpRequest) -> HttpResponseBase:
    """List every version of every layout, and the drafts of who looks."""
    frame: Frame = request.frame
    rows = layout_versions(on=frame.on)
    may_keep = bool(frame.roles & KEEPERS)
    context = {"may_keep": may_keep, "drafts": open_drafts(author_id=frame.staff.pk)[:10] if may_keep else ()}
    return LAYOUTS.answer(request, rows=rows, template="layouts/list.html", context=context)


@require_safe
@page(section="exchange", roles=READERS)
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version in words, what it changes, and what may be done with it."""
    frame: Frame = request.frame
    row = _version(frame, pk)
    context = {
        "row": row,
        "state": state_of(row),
        "shown": version_shown(row, on=frame.on),
        "may_change": bool(frame.roles & KEEPERS),
        "may_confirm": _waits(row) and _may_confirm(frame, row),
        "may_withdraw": _waits(row) and _may_withdraw(frame, row),
        "is_waiting": _waits(row),
    }
    return render(request, "layouts/layout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=READERS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for and take the confirmation of a second person."""
    frame: Frame = request.frame
    row = _version(frame, pk)
    frame.require(CONFIRMERS, WHO_CONFIRMS)
    if request.method == "POST":
        return _done(request, row, "confirm")
    shown = version_shown(row, on=frame.on)
    return render(
        request, "layouts/confirm.html", {"row": row, "shown": shown, "is_mine": row.entered_by_id == frame.staff.pk}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=READERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposed version back with a reason, or refuse it."""
    frame: Frame = request.frame
    row = _version(frame, pk)
    frame.require(KEEPERS | CONFIRMERS, WHO_CONFIRMS)
    if not _may_withdraw(frame, row):
        frame.require(CONFIRMERS, "Отозвать можно свой формат; чужой отклоняет тот, кто подтверждает форматы.")
    if request.method == "POST":
        return _done(request, row, "withdraw")
    return render(request, "layouts/withdraw.html", {"row": row, "is_mine": row.entered_by_id == frame.staff.pk})


def _done(request: HttpRequest, row: FileLayout, act: str) -> HttpResponse:
    frame: Frame = request.frame
    try:
        if act == "confirm":
            services.confirm_layout(layout_id=row.pk, by=frame.staff, at=timezone.now())
            messages.success(request, f"Формат «{row}» подтверждён и действует с {row.valid_from:%d.%m.%Y}.")
        else:
            reason = request.POST.get("reason", "")
            services.withdraw_layout(layout_id=row.pk, reason=reason, by=frame.staff, at=timezone.now())
            messages.success(request, f"Формат «{row}» отозван.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(f"{reverse('layout', args=[row.pk])}?{urlencode(frame.query)}")


def _version(frame: Frame, pk: int) -> FileLayout:
    row: FileLayout = get_object_or_404(layout_versions(on=frame.on), pk=pk)
    return row


def _waits(row: FileLayout) -> bool:
    return bool(getattr(row, "state") == WAITING)  # noqa: B009  an annotation of the selector


def _may_confirm(frame: Frame, row: FileLayout) -> bool:
    return bool(frame.roles & CONFIRMERS) and row.entered_by_id != frame.staff.pk


def _may_withdraw(frame: Frame, row: FileLayout) -> bool:
    return row.entered_by_id == frame.staff.pk or bool(frame.roles & CONFIRMERS)
