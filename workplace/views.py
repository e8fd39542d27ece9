import datetime as dt
import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from offices import files, months
from offices.administration import enters, roles_of
from offices.models import BillingMonth, StoredFile
from offices.models.staff import DISTRICT_ROLES, Role
from workplace.selectors import documents, headline, stages


@require_safe
@never_cache
@login_required
def home(request: HttpRequest, month: str = "") -> HttpResponse:
    on = localdate()
    opened = list(BillingMonth.objects.order_by("-month"))
    shown = _month(month, opened)
    roles = roles_of(request)
    sees_the_month = bool(roles - {Role.ADMINISTRATOR})
    office = request.user.office if roles & set(DISTRICT_ROLES) else None
    rows = stages.stages_of(shown.month, office=office) if shown and sees_the_month else []
    context = {
        "shown": shown,
        "month_name": months.month_name(shown.month) if shown else "",
        "previous": _neighbour(opened, shown, -1),
        "following": _neighbour(opened, shown, 1),
        "roles": [role.label for role in Role if role in roles],
        "office": office,
        "sees_the_month": sees_the_month,
        "enters_administration": enters(roles),
        "stages": rows,
        "figures": headline.headline(rows) if rows else [],
        "groups": documents.document_groups(shown.month, staff=request.user, on=on) if shown and sees_the_month else [],
    }
    return render(request, "workplace/home.html", context)


@require_safe
@login_required
def document(request: HttpRequest, pk: int) -> FileResponse:
    file = get_object_or_404(StoredFile, pk=pk)
    if not documents.may_open(file, staff=request.user, on=localdate()):
        raise Http404
    response = FileResponse(
        io.BytesIO(files.read(file)),
        as_attachment=file.media_type != files.PDF,
        filename=file.name,
        content_type=file.media_type,
    )
    response["Cache-Control"] = "no-store"
    return response


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "workplace/expired.html", status=403)


def _month(text: str, opened: list[BillingMonth]) -> BillingMonth | None:
    if not text:
        return opened[0] if opened else None
    try:
        month = months.parse_month(text)
    except months.NotAMonth as reason:
        raise Http404 from reason
    found = [row for row in opened if row.month == month]
    if not found:
        raise Http404
    return found[0]


def _neighbour(opened: list[BillingMonth], shown: BillingMonth | None, by: int) -> dt.date | None:
    wanted = months.shift_month(shown.month, by) if shown else None
    return wanted if wanted in {row.month for row in opened} else None
