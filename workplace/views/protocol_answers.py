from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from exchange.models import Discrepancy, DiscrepancyProtocol
from exchange.selectors import discrepancies
from exchange.selectors.protocol_outcomes import corrected_files, outcomes_of
from exchange.services import protocol_answers as services
from exchange.services.protocol_answers import Reply
from offices.frame import page
from providers.models import Reminder
from workplace.forms.protocols import RepliesForm
from workplace.navigation import EXCHANGERS
from workplace.selectors.verification import DECIDERS
from workplace.views.protocols import protocol_of
from workplace.views.verification import address_of

NO_ANSWER = "Ответ поставщика на протокол вносит специалист по проверке района."
Outcome = Discrepancy.Outcome
WAYS = frozenset({Reminder.Way.LETTER, Reminder.Way.PHONE})
MOST_FILES = 5


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what the provider answered by phone or letter, row by row; or offer its corrected files to link."""
    found = _mine(request, pk)
    told = found.discrepancies.exclude(reply="").values_list("pk", "reply", "reply_text")
    said = {key: Reply(reply, text) for key, reply, text in told}
    form = RepliesForm(
        request.POST if request.method == "POST" else None, lines=discrepancies.told_lines(found), said=said
    )
    if request.method == "POST" and form.is_valid():
        services.answer_by_hand(protocol_id=found.pk, replies=form.replies, by=request.frame.staff, at=timezone.now())
        messages.success(request, f"Ответ на протокол № {found.number} записан.")
        return _to_protocol(request, found)
    files = corrected_files(found).exclude(pk=found.answer_file_id)[:MOST_FILES]
    context = {"protocol": found, "form": form, "files": files, "back": address_of(request, "protocol", found.pk)}
    return render(request, "verification/protocol_answer.html", context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which corrected file answers the protocol."""
    found = _mine(request, pk)
    chosen = request.POST.get("file", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        raise Http404("Такого файла нет.")
    services.answer_by_file(protocol_id=found.pk, file_id=int(chosen), by=request.frame.staff, at=timezone.now())
    messages.success(request, f"Ответ на протокол № {found.number} — исправленный файл.")
    return _to_protocol(request, found)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a letter or a call to the provider about a protocol that waits for an answer."""
    found = _mine(request, pk)
    way = request.POST.get("way", "")
    if way not in WAYS:
        raise Http404("Так не напоминают.")
    services.remind_of_protocol(protocol_id=found.pk, way=way, by=request.frame.staff, at=timezone.now())
    messages.success(request, f"Напоминание о протоколе № {found.number} записано в журнал.")
    return _to_protocol(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, then close, a protocol with the outcome of every row."""
    found = _mine(request, pk)
    if request.method == "POST":
        confirmed = {one.value: request.POST.get(one.value, "") for one in Outcome}
        if not all(rows.isdecimal() and len(rows) < 9 for rows in confirmed.values()):
            raise Http404("Форма подтверждения заполнена не полностью.")
        expected = {outcome: int(rows) for outcome, rows in confirmed.items()}
        services.close_protocol(protocol_id=found.pk, expected=expected, by=request.frame.staff, at=timezone.now())
        messages.success(request, f"Протокол № {found.number} закрыт.")
        return _to_protocol(request, found)
    counted = Counter(outcomes_of(found).values())
    context = {
        "protocol": found,
        "outcomes": [(one.value, one.label, counted[one.value]) for one in Outcome],
        "may_close": found.sent_at is not None and found.closed_at is None,
        "back": address_of(request, "protocol", found.pk),
    }
    return render(request, "verification/protocol_close.html", context)


def _mine(request: HttpRequest, pk: int) -> DiscrepancyProtocol:
    found = protocol_of(request, pk)
    request.frame.require(DECIDERS, NO_ANSWER)
    return found


def _to_protocol(request: HttpRequest, found: DiscrepancyProtocol) -> HttpResponse:
    return HttpResponseRedirect(address_of(request, "protocol", found.pk))
