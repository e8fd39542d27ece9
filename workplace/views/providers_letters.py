from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from offices.frame import WHOLE_REGION, Frame, page
from offices.money import count_with_noun
from offices.services.months import require_open
from providers.services.letters import send_letters
from workplace.navigation import EXCHANGERS
from workplace.selectors.providers_letters import late_providers
from workplace.views.board import WHO_REMINDS, ListChanged
from workplace.views.providers_list import SENDERS, offices_of

LETTERS = ("письмо", "письма", "писем")


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_letters(request: HttpRequest) -> HttpResponse:
    """Show every provider that is late with its letter, then print and keep the letters of those ticked."""
    frame: Frame = request.frame
    frame.require(SENDERS, WHO_REMINDS)
    month = frame.shown_month().month
    late = late_providers(offices=offices_of(frame), month=month, today=frame.on)
    if request.method != "POST":
        waiting = [one for one in late if not one.is_written_to]
        return render(
            request,
            "providers/letters.html",
            {"waiting": waiting, "written": [one for one in late if one.is_written_to]},
        )
    require_open(month)
    chosen = set(request.POST.getlist("provider"))
    letters = [one.letter for one in late if str(one.provider.pk) in chosen and not one.is_written_to]
    if len(letters) != len(chosen):
        raise ListChanged("Пока вы проверяли, список изменился: проверьте ещё раз.")
    sent = send_letters(letters=letters, month=month, by=frame.staff, at=localtime())
    messages.success(
        request,
        f"Составлено и записано в журнал: {count_with_noun(len(sent), LETTERS)}, № {sent[0].number}–{sent[-1].number}.",
    )
    shown = frame.query if frame.is_district else {**frame.query, "r": WHOLE_REGION}  # letters are the sender's
    return HttpResponseRedirect(f"{reverse('documents')}?{urlencode({**shown, 'kind': 'letters'})}")
