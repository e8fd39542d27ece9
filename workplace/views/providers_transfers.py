import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from exchange.selectors.provider_page import providers_seen
from offices import files
from offices.frame import Frame, page
from offices.lists.columns import State, TextColumn
from offices.lists.filters import ListFilter, TextFilter
from offices.lists.listing import Empty, Listing
from offices.lists.tables import ListTable
from offices.models import StoredFile
from offices.months import month_of, next_month, shift_month
from providers.account_tables import Pair, pairs_in, pairs_in_text, written
from providers.models import AccountTransfer, Provider
from providers.selectors import lines_of, transfers_of
from providers.services.transfers import carry_out, propose_merger, propose_renumbering, withdraw_transfer
from providers.transferring import Plan, plan_merger, plan_renumbering
from workplace.forms.providers import TransferForm
from workplace.navigation import EXCHANGERS
from workplace.views.board import OVERSEERS
from workplace.views.providers_list import offices_of

WHO_MOVES = (
    "Счета переводит Департамент: руководитель, отдел выплат, отдел субсидий. Составляет один, выполняет другой."
)
GRACE_MONTHS = 3
FAULTS_SHOWN, FOUND_SHOWN = 100, 30
Kind, Status = AccountTransfer.Kind, AccountTransfer.Status
STATES = {Status.PROPOSED: "run", Status.DONE: "ok", Status.WITHDRAWN: "idle"}


class LineTable(ListTable):
    old_number = TextColumn("Прежний номер", sort="old_number")
    new_number = TextColumn("Новый номер", sort="new_number")
    dwelling = TextColumn("Жильё", accessor="old_account__dwelling")
    district = TextColumn(
        "Район", sort="old_account__dwelling__district__name", accessor="old_account__dwelling__district__name"
    )


class LineFilter(ListFilter):
    """A part of the former number."""

    number = TextFilter(label="Прежний номер", field_name="old_number", lookup_expr="icontains")


LINES = Listing(
    page="transfer-lines",
    title="Перевод счетов",
    table=LineTable,
    order="old_number",
    filters=LineFilter,
    found="счёт,счёта,счетов",
    empty=Empty("Счетов этого района в переводе нет."),
)


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_transfer_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a transfer of accounts would do; enter it once nothing stands in its way."""
    frame: Frame = request.frame
    frame.require(OVERSEERS, WHO_MOVES)
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    form = TransferForm(request.POST or None, request.FILES or None, provider=one, initial=_initial(frame))
    context: dict[str, Any] = {"one": one, "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        pairs = _pairs(given)
        if request.POST.get("act") == "propose":
            return _proposed(request, frame, one, given, pairs)
        plan = _plan(one, given, pairs)
        if pairs:  # what was read stands in the form, so that the file is not asked for again
            data = request.POST.copy()
            data["table"] = written(pairs)
            context["form"] = TransferForm(data, provider=one)
        context |= {"plan": plan, "faults": plan.faults[:FAULTS_SHOWN], "found": plan.found[:FOUND_SHOWN]}
    return render(request, "providers/transfer_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_transfer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a transfer with its accounts; carry it out or withdraw it, which is not undone."""
    frame: Frame = request.frame
    row = _seen(frame, pk)
    if request.method == "POST":
        return _act(request, frame, row)
    is_waiting = row.status == Status.PROPOSED and bool(frame.roles & OVERSEERS)
    context = {
        "row": row,
        "state": State(STATES[Status(row.status)], row.get_status_display()),
        "may_carry_out": is_waiting and row.proposed_by_id != frame.staff.pk,
        "may_withdraw": is_waiting,
    }
    own = [frame.office.district_id] if frame.office else None
    lines = lines_of(transfer=row, districts=[] if frame.is_district and own is None else own)
    return LINES.answer(request, rows=lines, template="providers/transfer.html", context=context)


def _act(request: HttpRequest, frame: Frame, row: AccountTransfer) -> HttpResponse:
    frame.require(OVERSEERS, WHO_MOVES)
    if request.POST.get("act") == "carry-out":
        done = carry_out(transfer_id=row.pk, by=frame.staff, at=localtime())
        messages.success(request, f"Выполнено: переведено счетов — {done.rows}.")
    else:
        withdraw_transfer(transfer_id=row.pk, by=frame.staff, at=localtime())
        messages.success(request, "Перевод счетов отозван: ни один счёт не изменился.")
    return _to_transfer(frame, row)


def _to_transfer(frame: Frame, row: AccountTransfer) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('provider-transfer', args=[row.pk])}?{urlencode(frame.query)}")


def _seen(frame: Frame, pk: int) -> AccountTransfer:
    row: AccountTransfer = get_object_or_404(transfers_of(), pk=pk)
    seen = providers_seen(offices=frame.offices)
    if not seen.filter(pk__in=[row.provider_id, row.successor_id]).exists():
        raise Http404
    return row


def _initial(frame: Frame) -> dict[str, Any]:
    day = next_month(month_of(frame.on))
    return {"kind": Kind.RENUMBERING, "valid_from": day, "known_until": shift_month(day, GRACE_MONTHS)}


def _pairs(given: dict[str, Any]) -> list[Pair]:
    if given["kind"] == Kind.MERGER:
        return []
    brought = given["file"]
    return pairs_in(brought.read(), name=brought.name) if brought else pairs_in_text(given["table"])


def _plan(one: Provider, given: dict[str, Any], pairs: list[Pair]) -> Plan:
    if given["kind"] == Kind.MERGER:
        return plan_merger(provider=one, successor=given["successor"], valid_from=given["valid_from"])
    return plan_renumbering(provider=one, pairs=pairs, valid_from=given["valid_from"])


def _proposed(
    request: HttpRequest, frame: Frame, one: Provider, given: dict[str, Any], pairs: list[Pair]
) -> HttpResponse:
    at = localtime()
    facts = {name: given[name] for name in ("valid_from", "known_until", "basis")}
    if given["kind"] == Kind.MERGER:
        row = propose_merger(provider=one, successor=given["successor"], **facts, by=frame.staff, at=at)
    else:
        row = propose_renumbering(
            provider=one, pairs=pairs, **facts, file=_kept(one, pairs, frame, at), by=frame.staff, at=at
        )
    if row.proposed_at == at:
        messages.success(request, "Перевод счетов составлен. Выполнить его должен другой сотрудник Департамента.")
    else:
        messages.info(request, f"Такой перевод уже есть, второй раз он не составляется: {row.get_status_display()}.")
    return _to_transfer(frame, row)


def _kept(one: Provider, pairs: list[Pair], frame: Frame, at: dt.datetime) -> StoredFile:
    return files.store(
        content=written(pairs).encode(),
        name=f"renumbering_{one.code}_{at:%Y-%m-%d}.csv",
        media_type="text/csv",
        by=frame.staff,
        at=at,
    )
