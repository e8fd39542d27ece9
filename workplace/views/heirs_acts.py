from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from offices.frame import WORKERS, Frame, page
from offices.money import count_with_noun, format_roubles
from offices.refusals import Refusal
from payments.models import HeirClaim, HeirDecision, HeirRequisites
from payments.selectors.claims import GROUNDS, claims_seen, obstacle_of
from payments.services import after_death, claims, decisions
from recipients.models import Ground, Termination
from recipients.services import persons, termination
from workplace.forms.heirs import ClaimForm, EndForm, RefusalForm, RequisitesForm
from workplace.selectors.heirs_case import household_of
from workplace.views.heirs import HEADS, PREPARERS, REGISTRARS, deceased_of

DEATH_GROUND = "П01"
WHO_REGISTERS = "Требования о суммах умершего регистрируют специалисты по приёму и по расчёту района."
WHO_PREPARES = "Решения о суммах умершего готовит специалист по расчёту района."
WHO_CONFIRMS = "Решения о суммах умершего утверждает начальник отдела."


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=WORKERS)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a claim: who, in which quality, by what papers, paid how."""
    frame: Frame = request.frame
    frame.require(REGISTRARS, WHO_REGISTERS)
    recipient = deceased_of(frame, pk)
    died_on = recipient.person.death_date
    assert died_on is not None, "only the dead have such a page"
    household = household_of(recipient, died_on=died_on)
    form = ClaimForm(request.POST or None, household=household, initial={"received_on": frame.on, "way": "in_person"})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            claimant = form.person() or persons.enter_person(facts=form.new_person(), by=frame.staff, at=at)
            made = claims.register_claim(recipient_id=pk, claimant=claimant, facts=form.facts(), by=frame.staff, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Зарегистрировано: {made.application}, {made.claimant}.")
            return _to_case(frame, pk)
    return render(request, "heirs/claim.html", {"form": form, "recipient": recipient})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=WORKERS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a claim on a coded ground; the one that its term or papers ask for stands first."""
    frame: Frame = request.frame
    frame.require(PREPARERS, WHO_PREPARES)
    row = _claim(frame, pk)
    code, why = obstacle_of(row)
    grounds = list(
        Ground.objects.valid_on(frame.on).filter(kind=Ground.Kind.REFUSAL, code__in=GROUNDS).order_by("code")
    )
    form = RefusalForm(request.POST or None, grounds=grounds, initial={"ground": code, "facts": why})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        claims.refuse_claim(
            claim_id=pk, ground_code=given["ground"], facts=given["facts"], by=frame.staff, at=timezone.now()
        )
        messages.success(request, f"{row.claimant}: отказано, письмо — в карточке.")
        return _to_case(frame, row.recipient_id)
    return render(request, "heirs/refuse.html", {"form": form, "claim": row})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=WORKERS)
def requisites(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter other requisites of a claimant."""
    frame: Frame = request.frame
    frame.require(REGISTRARS, WHO_REGISTERS)
    row = _claim(frame, pk)
    form = RequisitesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claims.give_requisites(claim_id=pk, requisites=form.requisites(), by=frame.staff, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Реквизиты внесены. Их подтверждает начальник отдела.")
            return _to_case(frame, row.recipient_id)
    return render(request, "heirs/requisites.html", {"form": form, "claim": row})


@require_POST
@page(section="recipients", roles=WORKERS)
def confirm_way(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the requisites that another person entered."""
    frame: Frame = request.frame
    seen: Any = HeirClaim.objects.for_user(frame.staff, on=frame.on)
    row = get_object_or_404(HeirRequisites, pk=pk, claim__in=seen)
    frame.require(HEADS, WHO_CONFIRMS)
    confirmed = claims.confirm_requisites(requisites_id=row.pk, by=frame.staff, at=timezone.now())
    messages.success(request, f"{confirmed.claim.claimant}: реквизиты подтверждены.")
    return _to_case(frame, confirmed.claim.recipient_id)


@require_POST
@page(section="recipients", roles=WORKERS)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a decision for every claimant with equal parts."""
    frame: Frame = request.frame
    recipient = deceased_of(frame, pk)
    frame.require(PREPARERS, WHO_PREPARES)
    made = decisions.share_among_claimants(recipient_id=recipient.pk, by=frame.staff, at=timezone.now())
    told = count_with_noun(len(made), ("решение", "решения", "решений"))
    messages.success(request, f"Подготовлено: {told}. Утверждает начальник отдела.")
    return _to_case(frame, pk)


@require_POST
@page(section="recipients", roles=WORKERS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a decision: it is printed, the requisites are confirmed, the part waits for the next list."""
    frame: Frame = request.frame
    row = _decision(frame, pk)
    frame.require(HEADS, WHO_CONFIRMS)
    made = decisions.confirm_heir_decision(decision_id=row.pk, by=frame.staff, at=timezone.now())
    messages.success(
        request,
        f"Решение № {made.number} утверждено: {format_roubles(made.total)} войдёт в ближайший дополнительный список.",
    )
    return _to_case(frame, made.recipient_id)


@require_POST
@page(section="recipients", roles=WORKERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a prepared decision: by the head, or by who prepares."""
    frame: Frame = request.frame
    row = _decision(frame, pk)
    frame.require(HEADS | PREPARERS, WHO_PREPARES)
    made = decisions.withdraw_heir_decision(decision_id=row.pk, by=frame.staff, at=timezone.now())
    messages.success(request, f"Решение № {made.number} отозвано, суммы снова не распределены.")
    return _to_case(frame, made.recipient_id)


@require_POST
@page(section="recipients", roles=WORKERS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel what was accrued for months after the death and not paid."""
    frame: Frame = request.frame
    recipient = deceased_of(frame, pk)
    frame.require(HEADS, "Начисления после смерти аннулирует начальник отдела.")
    made = after_death.cancel_after_death(recipient_id=recipient.pk, by=frame.staff, at=timezone.now())
    told = count_with_noun(len(made), ("начисление", "начисления", "начислений"))
    messages.success(request, f"Аннулировано: {told}. В списки на выплату они не войдут.")
    return _to_case(frame, pk)


@require_POST
@page(section="recipients", roles=WORKERS)
def end_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the decision that ends the right by death, or confirm the prepared one."""
    frame: Frame = request.frame
    recipient = deceased_of(frame, pk)
    open_one = Termination.objects.filter(entitlement__recipient=recipient, status=Termination.Status.PREPARED).first()
    if open_one is not None:
        frame.require(HEADS, WHO_CONFIRMS)
        made = termination.confirm_termination(termination_id=open_one.pk, by=frame.staff, at=timezone.now())
        messages.success(request, f"Решение № {made.number} утверждено: право прекращено с {made.ends_on:%d.%m.%Y}.")
        return _to_case(frame, pk)
    frame.require(PREPARERS, WHO_PREPARES)
    right = recipient.entitlements.order_by("-valid_from", "-pk").first()
    died_on = recipient.person.death_date
    form = EndForm(request.POST)
    if right is None or died_on is None or not form.is_valid():
        raise termination.DocumentMissing("Укажите документ о смерти: номер, дату и кем выдан.")
    made = termination.prepare_termination(
        entitlement_id=right.pk,
        ground_code=DEATH_GROUND,
        document=form.cleaned_data["document"],
        happened_on=died_on,
        by=frame.staff,
        at=timezone.now(),
    )
    messages.success(request, f"Решение № {made.number} о прекращении подготовлено. Утверждает начальник отдела.")
    return _to_case(frame, pk)


def _claim(frame: Frame, pk: int) -> HeirClaim:
    row: HeirClaim = get_object_or_404(claims_seen(frame.staff, on=frame.on), pk=pk)
    if row.recipient.person.death_date is None:
        raise Http404("Смерть этого получателя не внесена.")
    return row


def _decision(frame: Frame, pk: int) -> HeirDecision:
    row: HeirDecision = get_object_or_404(HeirDecision.objects.for_user(frame.staff, on=frame.on), pk=pk)
    return row


def _to_case(frame: Frame, pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('heirs-case', args=[pk])}?{urlencode(frame.query)}")
