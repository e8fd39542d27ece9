from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from offices.frame import WORKERS, Frame, page
from recipients.services.card_views import record_card_view
from workplace.papers.explanation import explanation_pdf, is_explainable
from workplace.views.card import identity_for, shown_accruals

TITLE = "Пояснение к начислению (PDF)"


@require_safe
@page(section="recipients", roles=WORKERS)
def card_explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the month's explanation for the citizen; the access log tells who printed it and when."""
    frame: Frame = request.frame
    identity = identity_for(frame, pk)
    shown = shown_accruals(request, identity).shown
    if not is_explainable(shown):
        raise Http404("За этот месяц пояснять нечего: суммы нет, или она не подтверждается повторным расчётом.")
    record_card_view(
        recipient=identity.recipient, by=frame.staff, tab=TITLE, address=request.META.get("REMOTE_ADDR"), at=now()
    )
    name = f"explanation-{identity.recipient.pk}-{shown.month:%Y-%m}.pdf"
    return HttpResponse(
        explanation_pdf(identity, shown, by=frame.staff, on=frame.on),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
