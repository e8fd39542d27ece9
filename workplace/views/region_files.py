from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from exchange.models import RegionFile
from exchange.refused_files import advice_for
from exchange.selectors.region_files import RegionMonth, parts_of, region_months
from exchange.services import region_requests, region_uploads
from offices.frame import DISTRICT, page
from offices.models import Role
from workplace.jobs import start
from workplace.navigation import EXCHANGERS
from workplace.selectors import region_files as selectors
from workplace.views.receiving_letters import totals_of

REGION = EXCHANGERS - DISTRICT
"""Who looks at files with rows of all districts: the department alone."""
NO_EXCHANGE = "Сводные файлы отправляет и принимает отдел организации выплат, приём сведений."
MEGABYTES = region_uploads.MOST_BYTES // 1024 // 1024


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=REGION)
def region_files(request: HttpRequest) -> HttpResponse:
    """Show every one-file provider's month, and take one's answer for the whole region."""
    frame = request.frame
    month = frame.shown_month()
    if request.method == "POST":
        return _take(request)
    found = region_months(month=month.month)
    context = {
        "months": [selectors.month_in_words(one) for one in found],
        "month": month,
        "sent": [whole for one in found for whole in one.sent],
        "refused": [whole for one in found for whole in one.refused][-selectors.REFUSED_SHOWN :],
        "unknown": _unknown(month.month),
        "may_exchange": Role.RECEPTION in frame.roles and month.closed_at is None,
        "megabytes": MEGABYTES,
    }
    return render(request, "region_files/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=REGION)
def send(request: HttpRequest, provider: int) -> HttpResponse:
    """Show of which districts the whole request will be, and send it."""
    frame = request.frame
    frame.require([Role.RECEPTION], NO_EXCHANGE)
    month = frame.shown_month().month
    if request.method == "POST":
        whole = region_requests.send_region_request(
            provider_id=provider,
            month=month,
            without=request.POST.getlist("without"),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"Сводный запрос «{whole.name}» отправлен и записан в журнал.")
        return _to_file(request, whole)
    return render(request, "region_files/send.html", {"one": _month_of(request, provider), "month": month})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=REGION)
def region_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a whole file: how many rows of each district, and the rows of none; write down who confirmed its receipt."""
    file = get_object_or_404(RegionFile.objects.select_related("provider", "layout", "file", "by", "request"), pk=pk)
    if request.method == "POST":
        request.frame.require([Role.RECEPTION], NO_EXCHANGE)
        who = request.POST.get("who", "")
        whole = region_requests.acknowledge_region_request(file_id=pk, who=who, at=timezone.now())
        messages.success(request, f"Записано: получение подтверждено, {whole.acknowledged_by}.")
        return _to_file(request, whole)
    parts = parts_of(file)
    context = {
        "file": file,
        "kind": selectors.WHOLE_KINDS[RegionFile.Status(file.status)],
        "parts": [(one, selectors.PART_KINDS.get(one.file.status, "idle")) for one in parts],
        "in_districts": file.rows - file.stray_rows,
        "strays": selectors.strays_of(file),
        "advice": advice_for(file.refusal_code) if file.refusal_code else None,
        "replaces": file.replaces,
        "replaced_by": RegionFile.objects.filter(replaces=file).first(),
        "may_acknowledge": Role.RECEPTION in request.frame.roles and file.status == RegionFile.Status.SENT,
    }
    return render(request, "region_files/file.html", context)


def _take(request: HttpRequest) -> HttpResponse:
    frame = request.frame
    frame.require([Role.RECEPTION], NO_EXCHANGE)
    brought, chosen = request.FILES.get("file"), request.POST.get("request", "")
    if brought is None:
        raise region_uploads.NotARegionAnswer("Файл не выбран. Выберите файл DBF, который прислал поставщик.")
    if chosen and not chosen.isdecimal():
        raise Http404("Такого запроса нет.")
    rows, roubles = totals_of(request)
    at = timezone.now()
    job = region_uploads.request_region_receiving(
        content=brought.read(),
        name=brought.name or "",
        month=frame.shown_month().month,
        request_id=int(chosen) if chosen else None,
        control_rows=rows,
        control_roubles=roubles,
        by=request.user,
        at=at,
    )
    return start(request, job, at=at)


def _unknown(month: object) -> list[RegionFile]:
    """List refused files whose provider is not known."""
    files = RegionFile.objects.filter(month=month, provider__isnull=True).select_related("by")
    return list(files.order_by("-pk")[: selectors.REFUSED_SHOWN])


def _month_of(request: HttpRequest, provider: int) -> RegionMonth:
    found = region_months(month=request.frame.shown_month().month)
    one = next((each for each in found if each.provider.pk == provider), None)
    if one is None:
        raise Http404("У этого поставщика в этом месяце файл на каждый район.")
    return one


def _to_file(request: HttpRequest, whole: RegionFile) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('region-file', args=[whole.pk])}?{urlencode(request.frame.query)}")
