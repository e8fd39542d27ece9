"""What an office matched by hand and remembers of its providers: the list, and the end of a match."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from exchange.models import RememberedMatch
from exchange.selectors.remembered import matches_of
from exchange.services import hand_matches
from offices.dated import last_valid_day
from offices.frame import page
from offices.lists.columns import DayColumn, State, StateColumn, TextColumn
from offices.lists.filters import FlagFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Role
from workplace.navigation import EXCHANGERS
from workplace.views.loose_rows import NO_MATCHING


class MatchTable(ListTable):
    provider = TextColumn("Поставщик", sort="provider__short_name")
    sent_account = TextColumn("Счёт у поставщика", sort="sent_account")
    sent_name = TextColumn("ФИО у поставщика", sort="sent_name")
    recipient = TextColumn("Получатель у нас", sort="recipient__person__last_name", accessor="recipient__person")
    account = TextColumn("Наш счёт", accessor="account__number")
    valid_from = DayColumn("Действует с", sort="valid_from")
    valid_to = DayColumn("По", sort="valid_to", nullable=True)
    reason = TextColumn("Основание")
    entered_by = TextColumn("Кто связал")
    state = StateColumn("Состояние", accessor="pk")

    def address_of(self, record: Any) -> str:
        return self.to("remembered-match", record.pk)

    def render_sent_name(self, value: str) -> str:
        return value.title()

    def render_valid_to(self, record: Any) -> str:
        return f"{last_valid_day(record.valid_to):%d.%m.%Y}"

    def value_valid_to(self, value: Any, record: Any) -> dt.date | None:
        return last_valid_day(record.valid_to)

    def render_state(self, record: Any) -> str:
        return StateColumn.render(self.base_columns["state"], self._state(record))

    def value_state(self, value: Any, record: Any) -> str:
        return self._state(record).word

    def _state(self, record: Any) -> State:
        is_used = record.is_valid_on(self.request.frame.on)
        return State("ok", "действует") if is_used else State("idle", "прекращена")


class MatchFilter(ListFilter):
    """The provider by a part of its name, and whether the match works today."""

    named = TextFilter(label="Поставщик", field_name="provider__short_name", lookup_expr="icontains")
    used = FlagFilter(label="Действует", keep="keep_used")

    def keep_used(self, rows: Any) -> Any:
        return rows.valid_on(self.request.frame.on)


MATCHES = Listing(
    page="remembered-matches",
    title="Запомненные связи с поставщиками",
    table=MatchTable,
    order="-valid_from",
    found="связь,связи,связей",
    filters=MatchFilter,
    views=(BuiltInView("Действуют", "used=1"),),
    empty=Empty("Строк, связанных вручную, ещё не было.", "receiving", "Приём файлов"),
)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def remembered(request: HttpRequest) -> HttpResponseBase:
    """List what the office shown remembers, all offices where none is chosen."""
    rows = matches_of(request.frame.seen(RememberedMatch.objects))
    return MATCHES.answer(request, rows=rows, template="receiving/remembered.html")


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a match and, to the exchange specialist, its end from the month shown on."""
    frame = request.frame
    found = get_object_or_404(matches_of(frame.seen(RememberedMatch.objects)), pk=pk)
    month = frame.shown_month().month
    if request.method == "POST":
        frame.require([Role.EXCHANGE], NO_MATCHING)
        ended = hand_matches.end_match(match_id=found.pk, month=month, by=request.user, at=timezone.now())
        messages.success(request, f"Связь не применяется с {ended.valid_to:%d.%m.%Y}.")
        return HttpResponseRedirect(f"{reverse('remembered-matches')}?{urlencode(frame.query)}")
    context = {
        "match": found,
        "last_day": last_valid_day(found.valid_to),
        "ends_on": max(month, hand_matches.next_month(found.valid_from)),
        "may_end": Role.EXCHANGE in frame.roles and found.is_valid_on(month),
    }
    return render(request, "receiving/remembered_match.html", context)
