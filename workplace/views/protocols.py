from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exchange.models import DiscrepancyProtocol
from exchange.selectors import discrepancies, verified_files
from exchange.selectors.discrepancies import Weight
from exchange.selectors.protocol_outcomes import provider_address
from exchange.selectors.protocols import reminders_of
from exchange.services import protocols as services
from offices.frame import page
from workplace.forms.protocols import SendingForm
from workplace.navigation import EXCHANGERS
from workplace.selectors.verification import DECIDERS, rights_of
from workplace.views.verification import NO_DECISION, address_of, file_of
from workplace.views.verification_acts import confirmed

NO_SENDING = "Протокол поставщику отправляет специалист по проверке района."


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a protocol with exactly the rows that were printed, how far it is, and what may be done with it."""
    found = protocol_of(request, pk)
    decides = bool(request.frame.roles & DECIDERS)
    is_waiting = found.sent_at is not None and found.closed_at is None
    context = {
        "protocol": found,
        "lines": discrepancies.told_lines(found),
        "papers": [one for one in (found.document, found.sheet, found.table) if one],
        "reminders": reminders_of(found),
        "may_send": decides and found.sent_at is None,
        "may_answer": decides and is_waiting,
        "may_remind": decides and is_waiting and found.answered_at is None,
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
    """Ask how and to whom a protocol was sent, then write it down."""
    frame = request.frame
    found = protocol_of(request, pk)
    frame.require(DECIDERS, NO_SENDING)
    form = SendingForm(
        request.POST if request.method == "POST" else None,
        initial={"way": found.Way.EMAIL, "to": provider_address(found)},
    )
    if request.method == "POST" and form.is_valid():
        services.send_protocol(protocol_id=found.pk, by=frame.staff, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Протокол № {found.number} отправлен, запись внесена в журнал.")
        return HttpResponseRedirect(address_of(request, "protocol", found.pk))
    context = {"protocol": found, "form": form, "back": address_of(request, "protocol", found.pk)}
    return render(request, "verification/protocol_send.html", context)


def protocol_of(request: HttpRequest, pk: int) -> DiscrepancyProtocol:
    """Return a protocol of an office one may see; Http404 otherwise."""
    seen = DiscrepancyProtocol.objects.for_user(request.frame.staff, on=request.frame.on)
    joined = seen.select_related(
        "file__provider", "office__district", "document", "sheet", "table", "made_by", "sent_by", "answered_by",
        "answer_file", "closed_by",
    )  # fmt: skip
    return get_object_or_404(joined, pk=pk)
