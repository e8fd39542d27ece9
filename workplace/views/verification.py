from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calculations.inputs.parameters import ParameterMissing
from calculations.selectors import parameters_in_force
from exchange.checks.expectations import Measure
from exchange.checks.findings import Code
from exchange.checks.groups import title_of
from exchange.models import Discrepancy, ExchangeFile
from exchange.selectors import discrepancies, verified_files
from exchange.selectors.discrepancies import STATES
from exchange.selectors.discrepancy_sides import Side, side_of
from exchange.services import decisions
from exchange.services.layouts import layout_of
from offices.frame import page
from offices.money import format_number
from offices.refusals import Refusal
from offices.selectors import due_on
from workplace.navigation import EXCHANGERS
from workplace.selectors.verification import DECIDERS, rights_of

Decision = Discrepancy.Decision
ACTS = {
    Decision.HOLD: "Отправить в протокол",
    Decision.ACCEPT: "Принять",
    Decision.LATER: "Отложить",
    Decision.OPEN: "Снять решение у",
}
NO_DECISION = "Решения по расхождениям принимает специалист по проверке района."


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_of(request, pk)
    if request.method == "POST":
        return _write_all(request, file)
    code, state = narrowed_by(request)
    piece = discrepancies.piece_of(file, code=code, state=state)
    chosen = _whole(request, "row")
    context = _standing(request, file) | {
        "piece": piece,
        "code": code,
        "state": state,
        "why": title_of(code) if code else "",
        "query": _query(request, code, state),
        "side": _side(file, _row_of(file, chosen)) if chosen else None,
        "now": timezone.localtime(),
    }
    return render(request, "verification/check.html", context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def more(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_of(request, pk)
    code, state = narrowed_by(request)
    piece = discrepancies.piece_of(file, code=code, state=state, after=_whole(request, "after"))
    context = {
        "file": file,
        "piece": piece,
        "rights": rights_of(request.frame, file),
        "query": _query(request, code, state),
    }
    return render(request, "verification/_rows.html", context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def side(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    file = file_of(request, pk)
    found = _row_of(file, row)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{address_of(request, 'verification', file.pk)}&row={found.pk}")
    context = {"file": file, "side": _side(file, found), "rights": rights_of(request.frame, file)}
    return render(request, "verification/_side.html", context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def decide(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Write one decision at once; a refusal shows the row as it stands now and says why."""
    frame = request.frame
    file = file_of(request, pk)
    found = _row_of(file, row)
    frame.require(DECIDERS, NO_DECISION)
    decision, seen = _decision(request, "decision"), _decision(request, "seen")
    sentence = ""
    try:
        decisions.decide_discrepancy(
            discrepancy_id=found.pk, decision=decision, seen=seen, by=frame.staff, at=timezone.now()
        )
    except Refusal as refusal:
        sentence = str(refusal)
    if request.headers.get("HX-Request") != "true":
        if sentence:
            messages.error(request, sentence)
        return HttpResponseRedirect(f"{address_of(request, 'verification', file.pk)}&row={found.pk}")
    context = _standing(request, file) | {"line": discrepancies.line_of(found.pk), "sentence": sentence}
    code, state = narrowed_by(request)
    context |= {"code": code, "state": state, "query": _query(request, code, state)}
    return render(request, "verification/_decided.html", context)


def file_of(request: HttpRequest, pk: int) -> ExchangeFile:
    """Return a returned file that was not refused, of an office one may see; Http404 otherwise."""
    seen = ExchangeFile.objects.for_user(request.frame.staff, on=request.frame.on)
    shown = seen.filter(kind__in=ExchangeFile.ANSWERS).exclude(status=ExchangeFile.Status.REFUSED)
    joined = shown.select_related("provider", "office__district", "layout", "file", "by", "verified_by", "loaded_by")
    return get_object_or_404(joined, pk=pk)


def address_of(request: HttpRequest, route: str, pk: int) -> str:
    """Return an address that keeps the month and district; it always has a query, to be added to."""
    return f"{reverse(route, args=[pk])}?{urlencode(request.frame.query)}"


def _standing(request: HttpRequest, file: ExchangeFile) -> dict[str, Any]:
    """Give what every decision changes: the counters, the lines ready, the protocols, what one may do."""
    return {
        "file": file,
        "tally": verified_files.tally_of(file),
        "lines": verified_files.lines_of(file),
        "protocols": list(file.protocols.order_by("pk")),
        "rights": rights_of(request.frame, file),
        "replacement": file.replaced_by.first() if file.status == ExchangeFile.Status.SUPERSEDED else None,
        "due_on": due_on(office=file.office, month=file.month, item=verified_files.ITEM),
    }


def _write_all(request: HttpRequest, file: ExchangeFile) -> HttpResponse:
    """Write the decisions of a whole form, each by itself; those refused are told."""
    request.frame.require(DECIDERS, NO_DECISION)
    written, refused = 0, []
    for name, decision in request.POST.items():
        row = name.removeprefix("d-")
        if name == row or not row.isdecimal() or decision not in ACTS:
            continue
        seen = request.POST.get(f"was-{row}", Decision.OPEN)
        if decision == seen:
            continue
        found = _row_of(file, int(row))
        try:
            decisions.decide_discrepancy(
                discrepancy_id=found.pk, decision=decision, seen=seen, by=request.frame.staff, at=timezone.now()
            )
            written += 1
        except Refusal as refusal:
            refused.append(str(refusal))
    for sentence in refused[:10]:
        messages.error(request, sentence)
    messages.success(request, f"Записано решений: {format_number(written, places=0)}.")
    return HttpResponseRedirect(request.get_full_path())


def _side(file: ExchangeFile, found: Discrepancy) -> Side:
    assert file.layout is not None, "a received file follows its request's layout"
    return side_of(found.pk, layout=layout_of(file.layout), measure=_measure(file))


def _measure(file: ExchangeFile) -> Measure | None:
    try:
        return Measure.of(parameters_in_force(file.billed_month).rules)
    except ParameterMissing:
        return None


def _row_of(file: ExchangeFile, row: int) -> Discrepancy:
    return get_object_or_404(Discrepancy, pk=row, file=file)


def narrowed_by(request: HttpRequest) -> tuple[str, str]:
    state = request.GET.get("state", "")
    if state and state not in STATES:
        raise Http404("Такого отбора нет.")
    return code_of(request.GET.get("why", "")), state


def code_of(text: str) -> str:
    if text and text not in {code.value for code in Code}:
        raise Http404("Такого вида расхождений нет.")
    return text


def _decision(request: HttpRequest, name: str) -> str:
    decision = request.POST.get(name, "")
    if decision not in ACTS:
        raise Http404("Такого решения нет.")
    return decision


def _whole(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    if not text.isdecimal() or len(text) > 18:
        raise Http404("Такой строки нет.")
    return int(text)


def _query(request: HttpRequest, code: str, state: str) -> str:
    narrowed = {name: value for name, value in (("why", code), ("state", state)) if value}
    return urlencode(request.frame.query | narrowed)
