from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calculations.selectors import parameters_in_force
from exchange.checks.expectations import Measure
from exchange.models import Acknowledgement, ExchangeFile
from exchange.refused_files import advice_for, letter_for
from exchange.selectors import file_content, loose_rows
from exchange.selectors.answers import answered_and_silent
from exchange.selectors.change_files import changes_told
from exchange.selectors.late_answers import late_request, late_taken
from exchange.selectors.letters import letter_to
from exchange.selectors.receiving import asked_providers, closed_at, file_jobs, received_by_office
from exchange.selectors.region_files import whole_of
from exchange.selectors.replaced import changes_of
from exchange.services import brought as limits
from exchange.services import returns, uploads
from exchange.services.letters import WAITING
from offices import jobs
from offices.frame import Frame, page
from offices.models import Role
from offices.money import format_number
from offices.selectors import due_on
from workplace.jobs import start
from workplace.navigation import EXCHANGERS
from workplace.selectors import receiving as selectors
from workplace.views.bringing import take

NO_UPLOAD = "Файлы поставщиков принимает специалист по обмену районного отдела."
NO_CHECK = "Проверку файлов ведёт специалист по проверке районного отдела."
NO_CLOSING = "Приём файлов заканчивает специалист по обмену районного отдела."


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def receiving(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        request.frame.require([Role.EXCHANGE], NO_UPLOAD)
        return take(request)
    frame = request.frame
    month = frame.shown_month().month
    if frame.office is None:
        rows = received_by_office(frame.offices, month=month)
        return render(request, "receiving/region.html", {"rows": rows, "month": month})
    return render(request, "receiving/receiving.html", _context(request))


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def rows(request: HttpRequest) -> HttpResponse:
    if request.frame.office is None:
        raise Http404("Строки файлов показываются по одному району.")
    return render(request, "receiving/_files.html", _context(request) | {"is_answer": True})


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def close(request: HttpRequest) -> HttpResponse:
    frame = request.frame
    frame.require([Role.EXCHANGE], NO_CLOSING)
    office, month = frame.office, frame.shown_month().month
    if request.method == "POST":
        expected = request.POST.get("answered", "")
        if not expected.isdecimal():
            raise Http404("Форма подтверждения заполнена не полностью.")
        balance = returns.close_receiving(
            office=office, month=month, by=request.user, at=timezone.now(), expected=int(expected)
        )
        messages.success(
            request,
            f"Приём закончен: ответы есть по {format_number(balance.rows_on, places=0)} из "
            f"{format_number(balance.rows_in, places=0)} запрошенных.",
        )
        return HttpResponseRedirect(_address(request))
    context = {
        "found": answered_and_silent(office=office, month=month),
        "silent": [one for one in asked_providers(office=office, month=month) if not one.is_answered],
        "month": month,
        "closed_at": closed_at(office=office, month=month),
    }
    return render(request, "receiving/close.html", context)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def exchange_file(request: HttpRequest, pk: int) -> HttpResponse:
    frame, file = request.frame, _file(request, pk)
    encoding = request.GET.get("cp", "")
    content = file_content.content_of(file, **({"encoding": encoding} if encoding in file_content.ENCODINGS else {}))
    is_taken = file.status != ExchangeFile.Status.REFUSED
    about = file_jobs(office=file.office, month=file.month)
    own = selectors.file_row(file, jobs=about, staff=frame.staff, roles=frame.roles, now=timezone.now())
    context = {
        "file": file,
        "row": own,
        "content": content,
        "faults": file_content.faults_of(file, after=_after(request)),
        "matching": file_content.matching_of(file) if is_taken else None,
        "counts": loose_rows.counts_of(file) if is_taken else None,
        "covering": letter_to(file) if is_taken else None,
        "may_enter_letter": Role.EXCHANGE in frame.roles
        and file.status in WAITING
        and file.origin == ExchangeFile.Origin.FILE,
        "told_changes": changes_told(file.request) if is_taken else "",
        "confirmed": Acknowledgement.objects.filter(file=file).select_related("document").first(),
        "replaced_by": ExchangeFile.objects.filter(replaces=file).first(),
        "part": whole_of(file),
        "late_request": None if is_taken else late_request(file),
        "may_take_late": Role.EXCHANGE in frame.roles,
        "late_taken": None if is_taken else late_taken(file),
        "changed": changes_of(file) if file.replaces_id else None,
        "history": file_content.history_of(file),
        "advice": None if is_taken else advice_for(file.refusal_code),
        "letter": "" if is_taken else letter_for(file),
        "asked": asked_providers(office=file.office, month=file.month) if own.step == selectors.CHOOSE_STEP else (),
    }
    return render(request, "receiving/file.html", context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def choose_provider(request: HttpRequest, pk: int) -> HttpResponse:
    request.frame.require([Role.EXCHANGE], NO_UPLOAD)
    file, at = _file(request, pk), timezone.now()
    chosen = request.POST.get("request", "")
    if not chosen.isdecimal():
        raise uploads.NotThisRequest("Выберите поставщика из списка.")
    job = uploads.request_receiving_as(file_id=file.pk, request_id=int(chosen), by=request.user, at=at)
    jobs.ring_after_commit(job)
    messages.success(request, f"Файл «{file.name}» принимается как ответ выбранного поставщика.")
    return HttpResponseRedirect(_address(request))


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    request.frame.require([Role.CHECKING], NO_CHECK)
    file, at = _file(request, pk), timezone.now()
    measure = Measure.of(parameters_in_force(file.billed_month).rules)
    job = uploads.request_verification(file_id=file.pk, measure=measure, by=request.user, at=at)
    if request.POST.get("stay"):
        jobs.ring_after_commit(job)
        return HttpResponseRedirect(_address(request))
    return start(request, job, at=at)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def verify_all(request: HttpRequest) -> HttpResponse:
    request.frame.require([Role.CHECKING], NO_CHECK)
    frame, at = request.frame, timezone.now()
    measure = Measure.of(parameters_in_force(frame.shown_month().month).rules)
    waiting = [row.file_id for row in _context(request)["receiving"].rows if row.step == selectors.VERIFY_STEP]
    for file_id in waiting:
        jobs.ring_after_commit(uploads.request_verification(file_id=file_id, measure=measure, by=request.user, at=at))
    messages.success(request, f"Начата проверка файлов: {len(waiting)}. Ход виден в строках таблицы.")
    return HttpResponseRedirect(_address(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    frame: Frame = request.frame
    month = frame.shown_month()
    shown = selectors.receiving_of(
        office=frame.office, month=month.month, staff=frame.staff, roles=frame.roles, now=timezone.now()
    )
    return {
        "receiving": shown,
        "month": month,
        "may_bring": Role.EXCHANGE in frame.roles and month.closed_at is None,
        "most_files": limits.MOST_FILES,
        "megabytes": limits.most_megabytes(),
        "most_bytes": settings.BROUGHT_FILE_LIMIT,
        "most_unpacked": limits.UNPACKED_MEGABYTES,
        "due_on": due_on(office=frame.office, month=month.month, item="3.9"),
    }


def _file(request: HttpRequest, pk: int) -> ExchangeFile:
    files = ExchangeFile.objects.for_user(request.user, on=request.frame.on).filter(kind__in=ExchangeFile.ANSWERS)
    related = (
        "file", "provider", "layout", "request__by", "request__layout", "office", "by", "verified_by", "loaded_by",
        "control_by", "replaces",
    )  # fmt: skip
    return get_object_or_404(files.select_related(*related), pk=pk)


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "0")
    if not text.isdecimal() or len(text) > 9:
        raise Http404("Такой строки в файле нет.")
    return int(text)


def _address(request: HttpRequest) -> str:
    return f"{reverse('receiving')}?{urlencode(request.frame.query)}"
