from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exchange.models import DiscrepancyProtocol
from exchange.selectors import discrepancies, verified_files
from exchange.selectors.discrepancies import Weight
from exchange.services import protocols as services
from offices.frame import page
from workplace.navigation import EXCHANGERS
from workplace.selectors.verification import DECIDERS, rights_of
from workplace.views.verification import NO_DECISION, address_of, file_of
from workplace.views.verification_acts import confirmed

PIECE = 100


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def protocols(request: HttpRequest) -> HttpResponse:
    frame = request.frame
    month = frame.shown_month().month
    before = request.GET.get("before", "")
    if before and not before.isdecimal():
        raise Http404("Такой страницы списка нет.")
    seen = frame.seen(DiscrepancyProtocol.objects).filter(month=month)
    found = verified_files.protocols_of(seen, before=int(before) if before else None, most=PIECE)
    rows = found[:PIECE]
    context = {"rows": rows, "older": rows[-1].pk if len(found) > PIECE else None, "month": month}
    return render(request, "verification/protocols.html", context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a protocol with exactly the rows that were printed."""
    found = _protocol_of(request, pk)
    context = {
        "protocol": found,
        "lines": discrepancies.told_lines(found),
        "may_send": found.sent_at is None and request.frame.roles & DECIDERS,
    }
    return render(request, "verification/protocol.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, then form, a protocol of the rows marked for it."""
    frame = request.frame
    file = file_of(request, pk)
    frame.require(DECIDERS, NO_DECISION)
    if request.method == "POST":
        made = services.form_protocol(
            file_id=file.pk, expected=Weight(*confirmed(request)), by=frame.staff, at=timezone.now()
        )
        messages.success(request, f"Протокол № {made.number} сформирован.")
        return HttpResponseRedirect(address_of(request, "protocol", made.pk))
    marked = discrepancies.narrowed(file, state="marked")
    context = {
        "file": file,
        "weight": discrepancies.weight_of(marked),
        "first": discrepancies.first_lines(marked),
        "tally": verified_files.tally_of(file),
        "rights": rights_of(frame, file),
        "back": address_of(request, "verification", file.pk),
    }
    return render(request, "verification/protocol_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a protocol; whoever comes by the address alone, after a refusal say, is shown the protocol."""
    frame = request.frame
    found = _protocol_of(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(address_of(request, "protocol", found.pk))
    frame.require(DECIDERS, "Протокол поставщику отправляет специалист по проверке района.")
    services.send_protocol(protocol_id=found.pk, by=frame.staff, at=timezone.now())
    messages.success(request, f"Протокол № {found.number} отправлен, запись внесена в журнал.")
    return HttpResponseRedirect(address_of(request, "protocol", found.pk))


def _protocol_of(request: HttpRequest, pk: int) -> DiscrepancyProtocol:
    seen = DiscrepancyProtocol.objects.for_user(request.frame.staff, on=request.frame.on)
    joined = seen.select_related("file__provider", "office__district", "document", "made_by")
    return get_object_or_404(joined, pk=pk)
