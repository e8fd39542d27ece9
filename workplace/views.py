import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from offices import files, months
from offices.models import BillingMonth, StoredFile
from offices.models.staff import DISTRICT_ROLES, Role
from workplace.selectors import documents, stages


@require_safe
@login_required
def home(request: HttpRequest, month: str = "") -> HttpResponse:
    on = localdate()
    opened = list(BillingMonth.objects.order_by("-month"))
    shown = _month(month, opened)
    roles = request.user.roles_on(on)
    sees_the_month = bool(roles - {Role.ADMINISTRATOR})
    office = request.user.office if roles & set(DISTRICT_ROLES) else None
    context = {
        "months": opened,
        "shown": shown,
        "month_name": months.month_name(shown) if shown else "",
        "previous": _neighbour(opened, shown, -1),
        "following": _neighbour(opened, shown, 1),
        "roles": [Role(role).label for role in sorted(roles)],
        "office": office,
        "sees_the_month": sees_the_month,
        "stages": stages.stages_of(shown, office=office) if shown and sees_the_month else [],
        "documents": documents.documents_of(shown, staff=request.user, on=on) if shown else [],
    }
    return render(request, "workplace/home.html", context)


@require_safe
@login_required
def document(request: HttpRequest, pk: int) -> FileResponse:
    file = get_object_or_404(StoredFile, pk=pk)
    if not documents.may_open(file, staff=request.user, on=localdate()):
        raise Http404
    is_pdf = file.media_type == files.PDF
    response = FileResponse(
        iter([files.read(file)]), as_attachment=not is_pdf, filename=file.name, content_type=file.media_type
    )
    response["Cache-Control"] = "no-store"
    return response


def _month(text: str, opened: list[BillingMonth]) -> dt.date | None:
    if not text:
        return opened[0].month if opened else None
    try:
        month = months.parse_month(text)
    except months.NotAMonth as reason:
        raise Http404 from reason
    if month not in {row.month for row in opened}:
        raise Http404
    return month


def _neighbour(opened: list[BillingMonth], shown: dt.date | None, by: int) -> dt.date | None:
    known = {row.month for row in opened}
    wanted = months.shift_month(shown, by) if shown else None
    return wanted if wanted in known else None
