from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from exchange.checks.groups import title_of
from exchange.models import ExchangeFile
from exchange.selectors import discrepancies, verified_files
from exchange.selectors.discrepancies import Line, Weight
from exchange.services import decisions
from exchange.services.loading_jobs import request_loading
from offices.balances import Amount
from offices.frame import page
from offices.lists.columns import CountColumn, DifferenceColumn, TextColumn
from offices.lists.sheet import MEDIA_TYPE, Tops, written
from offices.money import format_number
from offices.months import month_name
from offices.refusals import Refusal
from workplace.jobs import start
from workplace.navigation import EXCHANGERS
from workplace.selectors.verification import DECIDERS, LOADERS, handed_over, rights_of
from workplace.views.verification import ACTS, NO_DECISION, Decision, address_of, code_of, file_of, narrowed_by

FACTS = (
    "number", "full_name", "account", "address", "code", "title", "service", "found", "expected", "difference",
    "decision", "protocol",
)  # fmt: skip
COLUMNS = tuple(
    (column.title, column)
    for column in (
        CountColumn("Строка файла"),
        TextColumn("Получатель"),
        TextColumn("Лицевой счёт"),
        TextColumn("Адрес"),
        TextColumn("Код"),
        TextColumn("Что не сошлось"),
        TextColumn("Услуга"),
        TextColumn("В файле"),
        TextColumn("У нас"),
        DifferenceColumn("Разница эквивалента, руб.", total=True),
        TextColumn("Решение"),
        TextColumn("Протокол"),
    )
)
NO_LOADING = "Начисления загружает специалист по расчёту района."


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def sheet(request: HttpRequest, pk: int) -> FileResponse:
    """Give the discrepancies of the list as it is narrowed, all of them, as an Excel sheet."""
    file = file_of(request, pk)
    code, state = narrowed_by(request)
    tops = Tops(
        f"Расхождения файла {file.name}",
        (
            ("Поставщик", str(file.provider)),
            ("Начисления за", month_name(file.billed_month)),
            ("Причина", title_of(code) if code else "все"),
            ("Записал", f"{request.frame.staff}, {timezone.localtime():%d.%m.%Y %H:%M}"),
        ),
    )
    pieces = discrepancies.pieces_of(file, code=code, state=state)
    lines = ([_cells(line) for line in piece.lines] for piece in pieces)
    return FileResponse(
        written(tops, COLUMNS, lines),
        as_attachment=True,
        filename=f"Расхождения {file.name}.xlsx",
        content_type=MEDIA_TYPE,
    )


class Confirmed(forms.Form):
    """What a confirmation page showed: rows, and roubles to the sixth place."""

    rows = forms.IntegerField(min_value=0)
    roubles = forms.DecimalField(max_digits=18, decimal_places=6)


def confirmed(request: HttpRequest) -> tuple[int, Decimal]:
    """Return what was confirmed. Raises Http404 for a form that no page of ours sent."""
    form = Confirmed(request.POST)
    if not form.is_valid():
        raise Http404("Форма подтверждения заполнена не полностью.")
    return form.cleaned_data["rows"], form.cleaned_data["roubles"]


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, then write, one decision for every row of one reason."""
    frame = request.frame
    file = file_of(request, pk)
    frame.require(DECIDERS, NO_DECISION)
    code, decision = code_of(request.GET.get("why", "")), request.GET.get("decision", "")
    if decision not in ACTS:
        raise Http404("Такого решения нет.")
    back = f"{address_of(request, 'verification', file.pk)}&{urlencode({'why': code} if code else {})}"
    if request.method == "POST":
        done = decisions.decide_alike(
            file_id=file.pk,
            code=code,
            decision=decision,
            expected=Weight(*confirmed(request)),
            by=frame.staff,
            at=timezone.now(),
        )
        undo = "" if decision == Decision.OPEN else " Снять их все: Shift + 0 на строке с этой причиной."
        told = f"Записано решений: {format_number(done.rows, places=0)}.{undo} {_left(done.left)}"
        messages.success(request, told.strip())
        return HttpResponseRedirect(back)
    rows = discrepancies.changeable(file, code=code, decision=decision)
    weight = discrepancies.weight_of(rows)
    context = {
        "file": file,
        "code": code,
        "reason": title_of(code) if code else "любая",
        "decision": decision,
        "act": ACTS[Decision(decision)],
        "weight": weight,
        "left": discrepancies.of_reason(file, code=code, decision=decision).count() - weight.rows,
        "first": discrepancies.first_lines(rows),
        "back": back,
    }
    return render(request, "verification/alike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, then ask for the loading of, what stood the check."""
    frame = request.frame
    file = file_of(request, pk)
    frame.require(LOADERS, NO_LOADING)
    back = address_of(request, "verification", file.pk)
    lines = verified_files.lines_of(file)
    if request.method == "POST":
        require_before_submission(file)
        expected, at = Amount(*confirmed(request)), timezone.now()
        return start(request, request_loading(file_id=file.pk, expected=expected, by=frame.staff, at=at), at=at)
    context = {"file": file, "lines": lines, "tally": verified_files.tally_of(file), "back": back}
    return render(request, "verification/load.html", context | {"rights": rights_of(frame, file)})


class RunHandedOver(Refusal):
    """The district's run of the month lies with the department."""


def require_before_submission(file: ExchangeFile) -> None:
    """Raise RunHandedOver where what is loaded now would be in no run."""
    if why := handed_over(file):
        raise RunHandedOver(why)


def _cells(line: Line) -> list[Any]:
    said = {name: getattr(line, name) for name in FACTS} | {"decision": Decision(line.decision).label}
    return [None if said[name] == "" else said[name] for name in FACTS]


def _left(left: int) -> str:
    return f"Не тронуто строк: {format_number(left, places=0)}." if left else ""
