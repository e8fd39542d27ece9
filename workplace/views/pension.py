import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.models import PensionDifference
from exchange.selectors.pension import has_pension_data, proposals_of
from exchange.services import pension_decisions
from exchange.services.pension_decisions import HARMLESS, MOST_AT_ONCE, SourcesDisagree
from offices.frame import page
from offices.money import format_number
from offices.refusals import Refusal
from offices.selectors import due_on
from workplace.navigation import EXCHANGERS
from workplace.selectors import pension as selectors
from workplace.selectors.pension import DECIDERS, NO_DECISION
from workplace.selectors.recalculations.foreseen import dressed
from workplace.services.proposals import decide_proposal, foresee_acceptance
from workplace.views.pension_table import PROPOSALS

Kind, Decision = PensionDifference.Kind, PensionDifference.Decision
NARROWING = ("kind", "state", "sent", "name")
ACTS = {Decision.ACCEPTED: "Принять", Decision.REJECTED: "Отклонить", Decision.LATER: "Отложить"}


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def proposals(request: HttpRequest) -> HttpResponseBase:
    frame = request.frame
    month = frame.shown_month().month
    rows = _seen(request, month)
    context = {
        "month": month,
        "tiles": selectors.tiles_of(rows),
        "kind": request.GET.get("kind", ""),
        "is_received": has_pension_data(month=month),
        "may_receive": bool(frame.roles & selectors.LIST_RECEIVERS),
        "due_on": due_on(office=frame.office, month=month, item="3.4") if frame.office else None,
    }
    joined = rows.select_related("file", "office__district", "decided_by")
    return PROPOSALS.answer(request, rows=joined, template="pension/list.html", context=context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with both sides; the next ones are those of the list as it was narrowed."""
    row = _row(request, pk)
    month = request.frame.shown_month().month
    before, after, waiting = _beside(request, row, month)
    context = {
        "told": selectors.proposal_of(row, month=month),
        "row": row,
        "may_decide": selectors.may_decide(request.frame, row),
        "no_decision": "" if request.frame.roles & DECIDERS else NO_DECISION,
        "before": before,
        "after": after,
        "waiting": waiting,
        "query": _query(request),
        "is_harmless": row.kind in HARMLESS,
    }
    return render(request, "pension/proposal.html", context | _foreseen(request, row))


def _foreseen(request: HttpRequest, row: PensionDifference) -> dict[str, Any]:
    """Tell who may accept what that does to accrued months, by the source chosen where they differ."""
    if not selectors.may_decide(request.frame, row):
        return {}
    form = SourceForm(request.GET)
    source_id = form.cleaned_data["source"] if form.is_valid() else None
    try:
        found = foresee_acceptance(difference=row, source_id=source_id, by=request.frame.staff, at=timezone.now())
    except SourcesDisagree:
        return {}
    except Refusal as refusal:
        return {"obstacle": str(refusal)}
    return {"shown": dressed(found), "source_id": source_id} if found else {}


class SourceForm(forms.Form):
    """Whose word a proposal is accepted by."""

    source = forms.IntegerField(min_value=1, required=False)


class DecisionForm(SourceForm):
    """What the keys of a proposal send; `seen` is the fingerprint of the difference that was shown."""

    decision = forms.ChoiceField(choices=list(ACTS.items()))
    reason = forms.CharField(max_length=300, required=False)
    seen = forms.CharField(max_length=64, required=False)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the decision and show the next undecided proposal of the list."""
    frame = request.frame
    row = _row(request, pk)
    frame.require(DECIDERS, NO_DECISION)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404("Такого решения нет.")
    own = f"{reverse('pension-proposal', args=[pk])}?{_query(request)}"
    source_id = form.cleaned_data["source"]
    _, after, _ = _beside(request, row, frame.shown_month().month)
    try:
        decided, orders = decide_proposal(
            difference_id=pk,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            source_id=source_id,
            seen=form.cleaned_data["seen"],
            by=frame.staff,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{own}&source={source_id}" if source_id else own)
    numbers = ", ".join(f"№ {one.number}" for one in orders)
    ordered = f" Подготовлен перерасчёт {numbers}, его утверждает район." if orders else ""
    messages.success(request, f"{decided.full_name}: {decided.get_decision_display()}.{ordered}")
    target = f"{reverse('pension-proposal', args=[after])}?{_query(request)}" if after else _list(request)
    return HttpResponseRedirect(target)


class AlikeForm(forms.Form):
    """What a confirmation page showed."""

    expected = forms.IntegerField(min_value=0, max_value=MOST_AT_ONCE)
    reason = forms.CharField(max_length=300, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def alike(request: HttpRequest) -> HttpResponse:
    """Confirm, then write, one decision for all undecided proposals of a kind that changes no right."""
    frame = request.frame
    frame.require(DECIDERS, NO_DECISION)
    kind, decision = request.GET.get("kind", ""), request.GET.get("decision", "")
    if kind not in HARMLESS or decision not in ACTS:
        raise Http404("Так решать можно только о предложениях, которые не меняют право.")
    month = frame.shown_month().month
    waiting = _seen(request, month).filter(kind=kind, decision__in=PensionDifference.UNDECIDED).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if request.method == "POST":
        form = AlikeForm(request.POST)
        if not form.is_valid():
            raise Http404("Форма подтверждения заполнена не полностью.")
        done = pension_decisions.decide_alike(
            kind=kind,
            difference_ids=keys,
            decision=decision,
            expected=form.cleaned_data["expected"],
            reason=form.cleaned_data["reason"],
            by=frame.staff,
            at=timezone.now(),
        )
        left = f" О вас самих, решает другой: {done.left}." if done.left else ""
        messages.success(request, f"Записано решений: {format_number(done.done, places=0)}.{left}")
        return HttpResponseRedirect(f"{reverse('pension')}?{urlencode(frame.query | {'kind': kind})}")
    context = {
        "kind": Kind(kind),
        "decision": decision,
        "act": ACTS[Decision(decision)],
        "count": len(keys),
        "first": list(waiting.select_related("office__district")[:10]),
    }
    return render(request, "pension/alike.html", context)


def _seen(request: HttpRequest, month: dt.date) -> "QuerySet[PensionDifference]":
    """Return the month's proposals of the district shown, or of all that who looks may see."""
    frame = request.frame
    rows = proposals_of(month=month, staff=frame.staff, on=frame.on)
    return rows.filter(office=frame.office) if frame.office else rows


def _row(request: HttpRequest, pk: int) -> PensionDifference:
    frame = request.frame
    seen: Any = PensionDifference.objects.for_user(frame.staff, on=frame.on)
    joined = seen.select_related("file", "office__district", "person", "recipient__person", "recipient__office")
    row: PensionDifference = get_object_or_404(joined.select_related("decided_by"), pk=pk)
    return row


def _beside(request: HttpRequest, row: PensionDifference, month: dt.date) -> tuple[int | None, int | None, int]:
    """Return the proposal before this one, the next undecided one, and how many are undecided, of the list shown."""
    filters = PROPOSALS.filters
    assert filters is not None, "the list of proposals has filters"
    rows = filters(request.GET, queryset=_seen(request, month), request=request).qs.order_by("full_name", "pk")
    keys = list(rows.values_list("pk", "decision"))
    waiting = [pk for pk, decision in keys if decision in PensionDifference.UNDECIDED and pk != row.pk]
    order = [pk for pk, _ in keys]
    place = order.index(row.pk) if row.pk in order else -1
    ahead = set(order[place + 1 :])
    after = next((pk for pk in waiting if pk in ahead), waiting[0] if waiting else None)
    return (order[place - 1] if place > 0 else None), after, len(waiting) + row.is_undecided


def _query(request: HttpRequest) -> str:
    narrowed = {name: request.GET[name] for name in NARROWING if request.GET.get(name)}
    return urlencode(request.frame.query | narrowed)


def _list(request: HttpRequest) -> str:
    return f"{reverse('pension')}?{_query(request)}"
