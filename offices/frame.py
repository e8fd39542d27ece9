"""What stands around every page: who looks, in which roles, at which month and district.

The month billed and the district stand in the address (`?m=2026-10&r=<code of the office>`), so that a link can be
sent to a colleague; the session remembers them for pages opened without. A district sees itself only.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate

from offices import months
from offices.letterhead import head_of
from offices.models import BillingMonth, Office, Role, Staff
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES, OfficeQuerySet
from offices.refusals import Refusal
from offices.selectors import district_offices

Roles = frozenset[str]

DISTRICT: Roles = frozenset(DISTRICT_ROLES)
"""Who works in a district office."""
DEPARTMENT: Roles = frozenset(Role.values) - DISTRICT - frozenset(BLIND_ROLES)
"""The department's units and the auditor."""
WORKERS: Roles = DISTRICT | DEPARTMENT
"""Everyone who may see people and sums at all."""

View = Callable[..., HttpResponseBase]
WHOLE_REGION = "all"


class Forbidden(PermissionDenied):
    """The action is not this role's; the sentence says whose it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Who looks (`roles` are in force on the day `on`), at which month billed and which district office.

    `month` is None while no month is open; `office` is None when the whole region is shown. `months` are all that
    were opened, the newest first; `offices` are the district offices one may choose from.
    """

    staff: Staff
    roles: Roles
    on: date
    month: BillingMonth | None
    months: tuple[BillingMonth, ...]
    office: Office | None
    offices: tuple[Office, ...]

    @property
    def is_district(self) -> bool:
        """Say whether who looks belongs to a district and sees nothing else."""
        return bool(self.roles & DISTRICT)

    @property
    def sees_people(self) -> bool:
        return bool(self.roles & WORKERS)

    @property
    def query(self) -> dict[str, str]:
        """Return what an address needs to show the same month and district."""
        shown = {} if self.month is None else {"m": f"{self.month.month:%Y-%m}"}
        if self.is_district or not self.offices:
            return shown
        return shown | {"r": self.office.code if self.office else WHOLE_REGION}

    @property
    def previous(self) -> BillingMonth | None:
        return self._beside(-1)

    @property
    def following(self) -> BillingMonth | None:
        return self._beside(1)

    def seen(self, rows: OfficeQuerySet) -> Any:
        """Keep the rows that who looks may see, and of the chosen district where one is chosen."""
        own = rows.for_user(self.staff, on=self.on)
        return own.filter(**{own.office_path: self.office}) if self.office and not self.is_district else own

    def require(self, roles: Iterable[str], sentence: str) -> None:
        """Raise Forbidden with the sentence unless one of the roles is held."""
        if not self.roles & frozenset(roles):
            raise Forbidden(sentence)

    def shown_month(self) -> BillingMonth:
        """Return the month shown. Raises Http404 while none is open."""
        if self.month is None:
            raise Http404("Ни один месяц ещё не открыт.")
        return self.month

    def _beside(self, by: int) -> BillingMonth | None:
        if self.month is None:
            return None
        wanted = months.shift_month(self.month.month, by)
        return next((row for row in self.months if row.month == wanted), None)


def page(*, section: str, roles: Iterable[str] | None = WORKERS) -> Callable[[View], View]:
    """Make a view a page of the house: signed in, of a role, with its month and district in `request.frame`.

    `roles` is None for a page that everyone signed in may open. A refusal of a service becomes a message on the page
    the form came from, and a page of its own where something was only asked for; nothing was done then.
    """
    allowed = None if roles is None else frozenset(roles)

    def decorated(view: View) -> View:
        @functools.wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            frame = frame_of(request)
            setattr(request, "frame", frame)  # noqa: B010  the request of Django knows no frame
            setattr(request, "section", section)  # noqa: B010
            if allowed is not None and not frame.roles & allowed:
                raise Forbidden(_whose(allowed, frame))
            try:
                answer = view(request, *args, **kwargs)
            except Refusal as refusal:
                answer = _refused(request, refusal)
            add_never_cache_headers(answer)
            return answer

        return shown

    return decorated


def frame_of(request: HttpRequest) -> Frame:
    """Read the frame of a request of someone signed in.

    Raises Http404 for a month that was never opened and for a district that is not theirs.
    """
    staff = request.user
    assert isinstance(staff, Staff)
    on = localdate()
    roles = staff.remember_roles(on)
    opened = tuple(BillingMonth.objects.order_by("-month"))
    offices = _offices(staff, roles)
    month = _month(request, opened)
    office = _office(request, offices, own=bool(roles & DISTRICT))
    return Frame(staff=staff, roles=roles, on=on, month=month, months=opened, office=office, offices=offices)


def _offices(staff: Staff, roles: Roles) -> tuple[Office, ...]:
    if roles & DISTRICT:
        return tuple(district_offices().filter(staff=staff))
    return tuple(district_offices()) if roles & DEPARTMENT else ()


def _month(request: HttpRequest, opened: tuple[BillingMonth, ...]) -> BillingMonth | None:
    asked = request.GET.get("m")
    if asked is None:
        remembered = request.session.get("month")
        found = [row for row in opened if f"{row.month:%Y-%m}" == remembered]
        return next(iter(found or opened), None)
    try:
        month = months.parse_month(asked)
    except months.NotAMonth as reason:
        raise Http404(str(reason)) from reason
    row = next((row for row in opened if row.month == month), None)
    if row is None:
        raise Http404(f"{months.month_name(month).capitalize()} в системе ещё не открывали.")
    _remember(request, "month", asked)
    return row


def _office(request: HttpRequest, offices: tuple[Office, ...], *, own: bool) -> Office | None:
    asked = request.GET.get("r")
    if asked is None:
        asked = None if own else request.session.get("office")
        return next((row for row in offices if own or row.code == asked), None)
    if asked == WHOLE_REGION and not own:
        _remember(request, "office", asked)
        return None
    office = next((row for row in offices if row.code == asked), None)
    if office is None:
        raise Http404("Такого района нет, или он относится к другому отделу.")
    if not own:
        _remember(request, "office", asked)
    return office


def _remember(request: HttpRequest, key: str, value: str) -> None:
    if request.session.get(key) != value:
        request.session[key] = value


def _whose(allowed: Roles, frame: Frame) -> str:
    named = ", ".join(role.label for role in Role if role in allowed)
    own = frame.staff.office
    head = head_of(own, on=frame.on) if own else None
    asked = f"попросите руководителя: {head.full_name}" if head else "обратитесь к администратору"
    return f"Этот раздел открывают: {named}. Если он нужен вам для работы, {asked}."


def _to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login; a part of a page is refused instead, so that what was typed stays on the screen."""
    return HttpResponse(status=401) if _is_partial(request) else redirect_to_login(request.get_full_path())


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if not _is_partial(request):
        if request.method != "POST":
            return render(request, "refused.html", {"sentence": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_came_from(request))
    answer = render(request, "components/refusal.html", {"sentence": str(refusal)})
    answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML"
    return answer


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours whose form was sent; the form's own address where the browser does not tell."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if ours else request.get_full_path()


def _is_partial(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"
