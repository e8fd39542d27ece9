"""Putting a layout together: a sample brought, columns and services told, a version proposed."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from exchange.layouts.marks import NAME_MARKS, REPLY_MARKS, in_russian
from exchange.layouts.model import MatchKey
from exchange.layouts.roles import FLAGS, KEYS, masked
from exchange.layouts.told import Told, as_told
from exchange.layouts.wording import DIRECTIONS, REPLIES, TOLERANCES
from exchange.models import FileLayout, LayoutDraft
from exchange.selectors.layout_drafts import DraftRead, service_names
from exchange.selectors.layouts import asked_providers
from exchange.services import layout_drafts as services
from offices.frame import Frame, page
from offices.months import shift_month
from offices.refusals import Refusal
from workplace.forms.layouts import MOST_KEYS, NewLayoutForm, told_in
from workplace.navigation import EXCHANGERS
from workplace.selectors.layout_editor import FIELDS, editor_of
from workplace.views.layouts import KEEPERS, WHO_KEEPS

PAGES = (("", "узнать по образцу"), ("cp866", "CP866"), ("cp1251", "CP1251"), ("utf-8", "UTF-8"))
MASKS = ("DD.MM.YYYY", "YYYY-MM-DD", "YYYYMMDD", "DD/MM/YYYY")


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def new(request: HttpRequest) -> HttpResponse:
    """Bring a sample, and begin a draft with what it suggests."""
    frame: Frame = request.frame
    frame.require(KEEPERS, WHO_KEEPS)
    providers = asked_providers()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewLayoutForm(*sent, providers=providers)
    if form.is_valid():
        code = form.cleaned_data["provider"]
        name = f"Формат: {dict(providers)[code]}" if code else ""
        told = Told(
            provider=code, code=f"provider_{code}" if code else "", name=name[:150], valid_from=_first_day(frame)
        )
        brought = form.cleaned_data["file"]
        try:
            begun = services.begin_draft(
                content=brought.read(), name=brought.name or "", told=told, by=frame.staff, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to(frame, "layout-draft", begun.pk)
    return render(request, "layouts/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft of the next version with one that is there."""
    frame: Frame = request.frame
    row = get_object_or_404(FileLayout, pk=pk)
    frame.require(KEEPERS, WHO_KEEPS)
    first = dt.date.fromisoformat(_first_day(frame))
    begun = services.begin_with(layout=row, valid_from=first, by=frame.staff, at=timezone.now())
    return _to(frame, "layout-draft", begun.pk)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft a sample, or another one."""
    frame: Frame = request.frame
    own = _draft(frame, pk)
    brought = request.FILES.get("file")
    try:
        if brought is None:
            raise services.SampleNotReadable("Выберите файл образца.")
        services.give_sample(
            draft_id=own.pk, content=brought.read(), name=brought.name or "", by=frame.staff, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to(frame, "layout-draft", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft; a POST keeps what was told and, by `act`, reads anew, proposes or discards."""
    frame: Frame = request.frame
    own = _draft(frame, pk)
    if own.proposed_id is not None:
        return _to(frame, "layout", own.proposed_id)
    if own.discarded_at is not None:
        return _to(frame, "layouts")
    if request.method != "POST":
        return render(request, "layouts/draft.html", _context(own))
    act = request.POST.get("act", "keep")
    if act == "discard":
        services.discard_draft(draft_id=pk, at=timezone.now())
        messages.success(request, "Черновик отброшен.")
        return _to(frame, "layouts")
    told = told_in(request.POST, as_told(own.told))
    kept = services.keep_told(draft_id=pk, told=told, at=timezone.now())
    if request.headers.get("HX-Request") == "true":
        return render(request, "layouts/_outcome.html", _context(kept) | {"is_partial": True})
    try:
        if act == "propose":
            row = services.propose_draft(draft_id=pk, by=frame.staff, at=timezone.now())
            messages.success(request, f"«{row}» предложен. Теперь его подтвердит другой сотрудник.")
            return _to(frame, "layout", row.pk)
        if act == "look":
            services.look_anew(draft_id=pk, told=told, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return render(request, "layouts/draft.html", _context(kept), status=422)
    return _to(frame, "layout-draft", pk)


def _context(own: LayoutDraft) -> dict[str, Any]:
    read = DraftRead(own)
    editor, told = editor_of(read), read.told
    keys = [
        (number, told.matching[number - 1] if number <= len(told.matching) else "")
        for number in range(1, MOST_KEYS + 1)
    ]
    return {
        "draft": own,
        "told": told,
        "editor": editor,
        "services": list(service_names().items()),
        "providers": asked_providers(),
        "pages": PAGES,
        "masks": [(mask, masked(mask)) for mask in MASKS],
        "flags": sorted(FLAGS),
        "marks": list(NAME_MARKS.items()),
        "reply_marks": REPLY_MARKS,
        "masks_told": {
            "name": in_russian(told.name_mask),
            "reply": in_russian(told.reply_name),
            "text": in_russian(told.reply_text),
        },
        "directions": [(one.value, title) for one, title in DIRECTIONS.items()],
        "replies": [(one.value, title) for one, title in REPLIES.items()],
        "keys": keys,
        "key_choices": [(key.value, KEYS[key]) for key in MatchKey],
        "tolerances": [
            {
                "name": name,
                "title": title,
                "value": told.tolerances.get(name, ""),
                "place": f"tolerance-{name}",
                "flaws": editor.flaws_at.get(f"tolerance:{name}", ()),
            }
            for name, title in TOLERANCES.items()
        ],
        "flaws": {name: editor.flaws_at.get(name, ()) for name in FIELDS},
        "places": [(name, editor.flaws_at.get(name, ())) for name in FIELDS],
    }


def _draft(frame: Frame, pk: int) -> LayoutDraft:
    frame.require(KEEPERS, WHO_KEEPS)
    own: LayoutDraft = get_object_or_404(
        LayoutDraft.objects.select_related("sample", "base"), pk=pk, author=frame.staff
    )
    return own


def _first_day(frame: Frame) -> str:
    """Return the first day of the next month as the browser writes it."""
    return shift_month(frame.on.replace(day=1), 1).isoformat()


def _to(frame: Frame, route: str, *args: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(route, args=args)}?{urlencode(frame.query)}")
