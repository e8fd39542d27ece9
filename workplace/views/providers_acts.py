from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from exchange.selectors.provider_page import agreements_of, layouts_of, providers_seen
from offices.dated import open_end
from offices.frame import Frame, page
from providers.models import Provider
from providers.selectors import ability_of
from providers.services.ability import say_ability
from providers.services.agreements import end_agreement, name_contact, sign_agreement
from workplace.forms.providers import AbilityForm, AgreementEndForm, AgreementForm
from workplace.navigation import EXCHANGERS
from workplace.views.board import OVERSEERS
from workplace.views.providers_list import offices_of

WHO_KEEPS = "Соглашения и техническую возможность ведёт Департамент: руководитель, отдел выплат, отдел субсидий."


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_ability(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which day a provider can or cannot send files."""
    frame: Frame = request.frame
    frame.require(OVERSEERS, WHO_KEEPS)
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    is_able = "1" if one.is_technically_able else "0"
    form = AbilityForm(
        request.POST or None, initial={"is_able": is_able, "reason": one.inability_reason, "since": frame.on}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change = say_ability(
            provider_id=pk,
            is_able=given["is_able"] == "1",
            reason=given["reason"],
            since=given["since"],
            by=frame.staff,
            at=localtime(),
        )
        messages.success(request, f"Записано: {change}.")
        return back_to(frame, one)
    return render(request, "providers/ability.html", {"one": one, "form": form, "ability": ability_of(provider=one)})


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign or renew an agreement; the former one of the office ends where it begins."""
    frame: Frame = request.frame
    frame.require(OVERSEERS, WHO_KEEPS)
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    offices = offices_of(frame)
    chosen = offices[0].code if len(offices) == 1 else ""
    initial = {"signed_on": frame.on, "valid_from": frame.on, "office": request.GET.get("office", chosen)}
    form = AgreementForm(request.POST or None, offices=offices, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = sign_agreement(provider=one, **form.facts, by=frame.staff, at=localtime())
        messages.success(request, f"Соглашение № {row.number} записано, {row.office}.")
        return back_to(frame, one)
    context = {
        "one": one,
        "form": form,
        "agreements": agreements_of(provider=one, offices=offices),
        "layouts": layouts_of(provider=one),
    }
    return render(request, "providers/agreement_new.html", context)


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_agreement(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """Change who answers for an agreement, or end it."""
    frame: Frame = request.frame
    frame.require(OVERSEERS, WHO_KEEPS)
    offices = offices_of(frame)
    one = get_object_or_404(providers_seen(offices=offices), pk=pk)
    row = get_object_or_404(agreements_of(provider=one, offices=offices), pk=agreement)
    form = AgreementEndForm(request.POST or None, initial={"contact": row.contact})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ended = open_end(given["last_day"])
        if ended is not None:
            end_agreement(agreement_id=row.pk, valid_to=ended, by=frame.staff, at=localtime())
        name_contact(agreement_id=row.pk, contact=given["contact"])
        ended_words = f" прекращается после {given['last_day']:%d.%m.%Y}." if ended else " записано."
        messages.success(request, f"Соглашение № {row.number}{ended_words}")
        return back_to(frame, one)
    return render(request, "providers/agreement.html", {"one": one, "row": row, "form": form})


def back_to(frame: Frame, one: Provider) -> HttpResponseRedirect:
    """Lead back to a provider's page in the month and district shown."""
    return HttpResponseRedirect(f"{reverse('provider', args=[one.pk])}?{urlencode(frame.query)}")
