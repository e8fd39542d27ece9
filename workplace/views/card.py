from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from offices.frame import WORKERS, Frame, page
from offices.models import Role
from recipients.services.card_views import record_card_view
from workplace.navigation import CALCULATING
from workplace.papers.explanation import is_explainable
from workplace.selectors.arrears import suspension_of
from workplace.selectors.card import accruals, home, papers, payments, people, timeline
from workplace.selectors.card.arrears import arrears_of
from workplace.selectors.card.identity import Identity, identity_of
from workplace.selectors.card.script import script_of
from workplace.selectors.recalculations.lost import lost_of_recipient
from workplace.views.fact_changes import PREPARERS
from workplace.views.overpayments import PREPARING

YEARS = range(2007, 2100)
FUEL_TAKERS = frozenset({Role.INTAKE, Role.CALCULATION})
"""Who takes applications for fuel and gas."""


@dataclass(frozen=True, slots=True)
class CardTab:
    """A tab as `components/tabs.html` draws it."""

    title: str
    address: str
    is_here: bool
    count: int | None


TABS: tuple[tuple[str, str, Callable[[Identity], int | None]], ...] = (
    ("card-person", "Человек", lambda one: None),
    ("card-rights", "Категория и основания", lambda one: one.counters.rights),
    ("card-family", "Семья", lambda one: one.counters.family),
    ("card-home", "Жильё", lambda one: None),
    ("card-services", "Услуги и лицевые счета", lambda one: one.counters.services),
    ("card-papers", "Заявления и документы", lambda one: one.counters.papers),
    ("card-accruals", "Начисления", lambda one: None),
    ("card-payments", "Выплаты", lambda one: one.counters.payments),
    ("card-history", "История", lambda one: None),
    ("card-forms", "Печатные формы", lambda one: None),
)


@require_safe
@page(section="recipients", roles=WORKERS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the accruals of the month asked for, or of the last one accrued."""
    frame: Frame = request.frame
    identity = identity_for(frame, pk)
    wanted = frame.month.month if frame.month else None
    month = accruals.last_accrued_month(identity, wanted=wanted)
    query = frame.query | ({"m": f"{month:%Y-%m}"} if month else {})
    return HttpResponseRedirect(f"{reverse('card-accruals', args=[pk])}?{urlencode(query)}")


@require_safe
@page(section="recipients", roles=WORKERS)
def card_accruals(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    tab = shown_accruals(request, identity)
    told = {
        "script": script_of(tab.shown, office=identity.recipient.office),
        "is_explainable": is_explainable(tab.shown),
        "lost": lost_of_recipient(identity.recipient) if identity.counters.ordered else (),
    }
    return _shown(request, identity, "card/accruals.html", {"year": tab.year, "shown": tab.shown, **told})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_person(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    return _shown(request, identity, "card/person.html", {"tab": people.person_tab(identity, on=request.frame.on)})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_rights(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    rights = people.rights_tab(identity, on=request.frame.on)
    context = {"rights": rights, "suspension": suspension_of(identity.recipient)}
    return _shown(request, identity, "card/rights.html", context)


@require_safe
@page(section="recipients", roles=WORKERS)
def card_family(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    return _shown(request, identity, "card/family.html", {"family": people.family_tab(identity, on=request.frame.on)})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_home(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    return _shown(request, identity, "card/home.html", {"homes": home.homes_tab(identity, on=request.frame.on)})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_services(request: HttpRequest, pk: int) -> HttpResponse:
    frame: Frame = request.frame
    identity = identity_for(frame, pk)
    month = frame.shown_month().month
    context = {
        "rows": home.services_tab(identity, month=month, on=frame.on),
        "arrears": arrears_of(identity.recipient.pk, month=month),
        "takes_fuel": bool(frame.roles & FUEL_TAKERS),
    }
    return _shown(request, identity, "card/services.html", context)


@require_safe
@page(section="recipients", roles=WORKERS)
def card_papers(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    return _shown(request, identity, "card/papers.html", {"tab": papers.papers_tab(identity)})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_payments(request: HttpRequest, pk: int) -> HttpResponse:
    frame: Frame = request.frame
    identity = identity_for(frame, pk)
    context = {
        "tab": payments.payments_tab(identity, on=frame.on),
        "may_overpay": bool(frame.roles & PREPARING),
    }
    return _shown(request, identity, "card/payments.html", context)


@require_safe
@page(section="recipients", roles=WORKERS)
def card_history(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    kind = request.GET.get("kind", "")
    if kind not in timeline.KINDS:
        kind = ""
    tab = timeline.timeline_of(identity, kind=kind)
    return _shown(request, identity, "card/history.html", {"tab": tab, "kinds": timeline.KINDS})


@require_safe
@page(section="recipients", roles=WORKERS)
def card_forms(request: HttpRequest, pk: int) -> HttpResponse:
    identity = identity_for(request.frame, pk)
    return _shown(request, identity, "card/forms.html", {"forms": papers.printed_forms(identity)})


def identity_for(frame: Frame, pk: int) -> Identity:
    """Return whose card it is, as the visitor may see it. Raises Http404 for a case that is not theirs."""
    identity = identity_of(pk, staff=frame.staff, on=frame.on)
    if identity is None:
        raise Http404("Такого дела нет, или его ведёт другой отдел.")
    return identity


def shown_accruals(request: HttpRequest, identity: Identity) -> accruals.AccrualsTab:
    """Return the month of the frame as the card, the letter and the telephone tell it."""
    frame: Frame = request.frame
    month = frame.shown_month().month
    return accruals.accruals_tab(
        identity,
        month=month,
        year=_year(request, month.year),
        opened=[row.month for row in frame.months],
        own_office=frame.staff.office_id if frame.is_district else None,
    )


def _shown(request: HttpRequest, identity: Identity, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a tab and write down who looked at it."""
    frame: Frame = request.frame
    route = request.resolver_match.view_name
    title = next(title for name, title, _ in TABS if name == route)
    record_card_view(
        recipient=identity.recipient, by=frame.staff, tab=title, address=request.META.get("REMOTE_ADDR"), at=now()
    )
    shared = {
        "identity": identity,
        "recipient": identity.recipient,
        "tabs": _tabs(identity, route, frame),
        "sees_runs": bool(frame.roles & CALCULATING),
        "may_change": bool(frame.roles & PREPARERS) and identity.recipient.closed_on is None,
    }
    return render(request, template, shared | {"tab_title": title} | context)


def _tabs(identity: Identity, here: str, frame: Frame) -> list[CardTab]:
    query = urlencode(frame.query)
    return [
        CardTab(title, f"{reverse(route, args=[identity.recipient.pk])}?{query}", route == here, count(identity))
        for route, title, count in TABS
    ]


def _year(request: HttpRequest, shown: int) -> int:
    """Read the year of the list; anything else than a year is the one of the month shown."""
    asked = request.GET.get("y", "")
    return int(asked) if asked.isdecimal() and len(asked) == len("2026") and int(asked) in YEARS else shown
