from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from calculations.models import DebtAnswer, DebtRequest
from calculations.services import debts
from offices.frame import Frame, page
from offices.months import month_of, shift_month
from offices.refusals import Refusal
from offices.templatetags.ui import to
from providers.models import Arrears
from recipients.models import Entitlement
from workplace.forms.arrears import TOLD, AnswerForm, RequestForm
from workplace.selectors import arrears as selectors
from workplace.views.arrears import NOT_PREPARING, PREPARING, recipient_of


@require_safe
@page(section="recipients")
def debt_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request with what was answered of each person."""
    frame: Frame = request.frame
    one = get_object_or_404(selectors.requests(frame), pk=pk)
    context = {"one": one, "rows": selectors.answers_of(one), "may_answer": bool(frame.roles & PREPARING)}
    return render(request, "arrears/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def debt_request_new(request: HttpRequest) -> HttpResponse:
    """Choose a provider and about whom to ask; the letter is ready at once."""
    frame: Frame = request.frame
    frame.require(PREPARING, NOT_PREPARING)
    office = frame.staff.office
    rights = Entitlement.objects.valid_on(frame.on).filter(recipient__office=office).values("recipient")
    form = RequestForm(request.POST or None, providers=selectors.providers_of(rights, on=frame.on))
    if request.method == "POST" and form.is_valid():
        people = rights
        if form.cleaned_data["scope"] == TOLD:
            since = shift_month(month_of(frame.on), -12)
            told = Arrears.objects.filter(provider=form.cleaned_data["provider"], month__gte=since, office=office)
            people = rights.filter(recipient__in=told.values("recipient"))
        ids = list(people.values_list("recipient_id", flat=True))
        made = _asked(request, office, form, ids)
        if made is not None:
            return made
    return render(request, "arrears/request_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def debt_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a provider about one recipient."""
    frame: Frame = request.frame
    recipient = recipient_of(frame, pk)
    frame.require(PREPARING, NOT_PREPARING)
    form = RequestForm(request.POST or None, providers=selectors.providers_of([pk], on=frame.on), one=True)
    if request.method == "POST" and form.is_valid():
        made = _asked(request, recipient.office, form, [pk])
        if made is not None:
            return made
    note = "На ответ у предприятия пять рабочих дней. Молчание после срока значит, что долга нет."
    words = {"title": "Запрос о задолженности", "act": "Направить запрос", "note": note}
    return render(request, "arrears/act.html", {"recipient": recipient, "form": form, **words})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def debt_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the provider answered of one person."""
    frame: Frame = request.frame
    rows = DebtAnswer.objects.for_user(frame.staff, on=frame.on).select_related(
        "recipient__person", "request__provider"
    )
    row = get_object_or_404(rows, pk=pk)
    frame.require(PREPARING, NOT_PREPARING)
    form = AnswerForm(request.POST or None, initial={"answered_on": frame.on})
    if request.method == "POST" and form.is_valid():
        try:
            debts.record_answer(answer_id=pk, **form.cleaned_data, by=frame.staff, at=localtime())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Ответ о получателе {row.recipient.person.full_name} записан.")
            return HttpResponseRedirect(to({"request": request}, "debt-request", row.request_id))
    note = f"{row.request.provider.name}, запрос № {row.request.number} от {row.request.sent_on:%d.%m.%Y}."
    words = {"title": "Ответ предприятия", "act": "Записать ответ", "note": note}
    return render(request, "arrears/act.html", {"recipient": row.recipient, "form": form, **words})


def _asked(request: HttpRequest, office: Any, form: RequestForm, recipient_ids: list[int]) -> HttpResponse | None:
    """Send the request and lead to it; where there is nobody to ask about, tell so in the form."""
    try:
        made: DebtRequest = debts.ask_about_debts(
            office=office,
            provider=form.cleaned_data["provider"],
            recipient_ids=recipient_ids,
            by=request.frame.staff,
            at=localtime(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, f"Запрос № {made.number} готов, ответ ждём до {made.answer_due_on:%d.%m.%Y}.")
    return HttpResponseRedirect(to({"request": request}, "debt-request", made.pk))
