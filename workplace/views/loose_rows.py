"""The rows of a received file that need a person: four lists, and the matching of a row by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from exchange.selectors import loose_rows
from exchange.services import hand_matches
from offices.frame import page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, TextColumn
from offices.lists.listing import Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Role
from offices.refusals import Refusal
from workplace.navigation import EXCHANGERS

NO_MATCHING = "Строки с запросом связывает специалист по обмену районного отдела."
Match = ReturnedRow.Match


class UnansweredTable(ListTable):
    number = CountColumn("Строка запроса", sort="row_number")
    full_name = TextColumn("Получатель", sort="recipient__person__last_name")
    account = TextColumn("Лицевой счёт", sort="account__number")
    address = TextColumn("Адрес")
    services = TextColumn("Услуги")


class SentTable(ListTable):
    number = CountColumn("Строка файла", sort="row_number")
    full_name = TextColumn("ФИО в файле")
    account = TextColumn("Счёт в файле")
    birth_date = DayColumn("Родился")
    address = TextColumn("Адрес в файле")
    services = TextColumn("Услуги", hidden=True)
    billed = RoublesColumn("Начислено, ₽")

    def address_of(self, record: Any) -> str:
        return self.to("match-row", record.pk)


class ForeignTable(SentTable):
    why = TextColumn("Почему не связана", sort="match")


class AmbiguousTable(SentTable):
    candidates = TextColumn("Кому подходит")


class ConfirmedTable(SentTable):
    why = TextColumn("Как связана", sort="match")
    ours = TextColumn("Получатель у нас", accessor="asked__full_name")
    our_account = TextColumn("Наш счёт", accessor="asked__account")


NONE_LEFT = Empty("Таких строк в файле нет.")
LISTS = {
    "unanswered": Listing(
        page="file-unanswered",
        title="Наши без ответа",
        table=UnansweredTable,
        order="number",
        empty=Empty("Поставщик ответил на все строки запроса."),
    ),
    "foreign": Listing(page="file-foreign", title="Не из запроса", table=ForeignTable, order="number", empty=NONE_LEFT),
    "ambiguous": Listing(
        page="file-ambiguous", title="Подходят нескольким", table=AmbiguousTable, order="number", empty=NONE_LEFT
    ),
    "confirmed": Listing(
        page="file-confirmed", title="Связаны вручную", table=ConfirmedTable, order="number", empty=NONE_LEFT
    ),
}
MATCHES = {"foreign": loose_rows.FOREIGN, "ambiguous": (Match.AMBIGUOUS,), "confirmed": loose_rows.CONFIRMED}


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def loose(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    """List one kind of the file's rows; each list has its sheet."""
    file = taken_file(request, pk)
    context = {"file": file, "which": which, "counts": loose_rows.counts_of(file), "title": LISTS[which].title}
    if which == "unanswered":
        rows: Any = loose_rows.unanswered(file)

        def dressed(found: Any) -> list[Any]:
            return loose_rows.shown_asked(found)
    else:
        rows = loose_rows.rows_with(file, *MATCHES[which])

        def dressed(found: Any) -> list[Any]:
            return loose_rows.shown_sent(found, file, with_fitting=which == "ambiguous")

    return LISTS[which].answer(request, rows=rows, dressed=dressed, template="receiving/loose.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a row with the persons it may mean; a POST says whom it means."""
    row = _row(request, pk)
    file = row.file
    fault = ""
    if request.method == "POST":
        request.frame.require([Role.EXCHANGE], NO_MATCHING)
        try:
            return _match(request, row)
        except Refusal as refusal:
            fault = str(refusal)
    words = request.GET.get("q", "")[:60]
    (sent,) = loose_rows.shown_sent([row], file, with_fitting=True)
    fitting = {one.asked.pk for one in sent.fitting}
    context = {
        "file": file,
        "row": sent,
        "words": words,
        "found": [one for one in loose_rows.found_in_request(file, words) if one.pk not in fitting],
        "reason": request.POST.get("reason", ""),
        "fault": fault,
        "may_match": Role.EXCHANGE in request.frame.roles
        and file.status == ExchangeFile.Status.RECEIVED
        and row.request_row_id is None,
        "may_undo": Role.EXCHANGE in request.frame.roles
        and file.status == ExchangeFile.Status.RECEIVED
        and row.match == Match.BY_HAND,
    }
    return render(request, "receiving/match.html", context, status=422 if fault else 200)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    request.frame.require([Role.EXCHANGE], NO_MATCHING)
    row = hand_matches.take_back(row_id=_row(request, pk).pk, by=request.user, at=timezone.now())
    messages.success(request, f"Связь строки {row.row_number} отменена.")
    return HttpResponseRedirect(_to(request, "match-row", row.pk))


def taken_file(request: HttpRequest, pk: int) -> ExchangeFile:
    """Return a returned file that was accepted, of an office the visitor sees; 404 otherwise."""
    files = request.frame.seen(ExchangeFile.objects).filter(kind__in=ExchangeFile.ANSWERS)
    related = ("provider", "request", "office", "layout", "control_by")
    found: ExchangeFile = get_object_or_404(
        files.exclude(status=ExchangeFile.Status.REFUSED).select_related(*related), pk=pk
    )
    return found


def _match(request: HttpRequest, row: ReturnedRow) -> HttpResponse:
    chosen = request.POST.get("request_row", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        raise hand_matches.NotThisRequestRow("Отметьте, кого поставщик имеет в виду.")
    matched = hand_matches.match_by_hand(
        row_id=row.pk,
        request_row_id=int(chosen),
        reason=request.POST.get("reason", ""),
        is_remembered=request.POST.get("remember") == "1",
        by=request.user,
        at=timezone.now(),
    )
    asked = RequestRow.objects.select_related("recipient__person").get(pk=chosen)
    more = f" Вместе с ней связаны ещё строки этого человека: {matched - 1}." if matched > 1 else ""
    messages.success(request, f"Строка {row.row_number} связана: {asked.recipient.person}.{more}")
    which = "ambiguous" if row.match == Match.AMBIGUOUS else "foreign"
    return HttpResponseRedirect(_to(request, f"file-{which}", row.file_id))


def _row(request: HttpRequest, pk: int) -> ReturnedRow:
    row = get_object_or_404(ReturnedRow.objects.select_related("request_row"), pk=pk)
    row.file = taken_file(request, row.file_id)
    if "who" not in row.content:
        raise Http404("Строка связана с запросом сама, вручную её не связывают.")
    return row


def _to(request: HttpRequest, route: str, pk: int) -> str:
    return f"{reverse(route, args=[pk])}?{urlencode(request.frame.query)}"
