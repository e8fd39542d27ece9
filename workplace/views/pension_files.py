import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.models import ExchangeFile, PensionDifference, PensionRecord
from exchange.selectors.pension import faulty_records, people_files, taken_pension_file
from exchange.services import pension_notices, pension_paper, people_jobs
from exchange.services.brought import refuse_large
from offices.frame import Forbidden, Frame, page
from offices.models import Office
from offices.money import count_with_noun
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from recipients.models import Entitlement
from recipients.selectors import certificates_warned_until, entitlements_for_user
from workplace.jobs import start
from workplace.navigation import EXCHANGERS
from workplace.selectors.pension import LIST_RECEIVERS
from workplace.uploaded import content_of
from workplace.views.pension_forms import (
    MOST_LINES,
    PaperForm,
    PaperLines,
    UploadForm,
    kinds_for,
    pasted_lines,
    with_pasted,
)
from workplace.views.pension_table import CERTIFICATES

NO_LIST = "Списки ЗАГС и муниципалитетов принимают специалисты по приёму и по расчёту района и отдел выплат."
PROPOSED = ("предложение", "предложения", "предложений")
MOST_FAULTS = 200
LINES = "line"
ONE_DAY = dt.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def people_lists(request: HttpRequest) -> HttpResponse:
    """Show the month's lists of people and take one more."""
    frame = request.frame
    month = frame.shown_month()
    taken = taken_pension_file(month=month.month)
    kinds = kinds_for(frame)
    form = UploadForm(*_given(request), kinds=kinds, taken=taken)
    if request.method == "POST":
        frame.require(LIST_RECEIVERS, NO_LIST)
        if form.is_valid():
            return _take(request, form.cleaned_data, taken)
    files = people_files(month=month.month, staff=frame.staff, on=frame.on)
    context = {
        "files": files,
        "form": form,
        "month": month,
        "taken": taken,
        "may_bring": bool(kinds) and month.closed_at is None,
    }
    return render(request, "pension/files.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def paper(request: HttpRequest) -> HttpResponse:
    """Enter a list brought on paper, with both visas."""
    frame = request.frame
    frame.require(LIST_RECEIVERS, NO_LIST)
    month = frame.shown_month().month
    given, _ = _given(request)
    pasted = pasted_lines(request.POST.get("table", ""))
    typed = {name: request.POST.get(name, "") for name in PaperForm.base_fields} if pasted else {}
    head = None if pasted else given
    form = PaperForm(head, kinds=kinds_for(frame), initial={"received_on": frame.on} | typed)
    lines = PaperLines(with_pasted(given.dict(), pasted, prefix=LINES) if pasted else given, prefix=LINES)
    if request.method == "POST" and not pasted and form.is_valid() and lines.is_valid():
        try:
            file = pension_paper.enter_paper_list(
                kind=form.cleaned_data["kind"],
                office=_office(frame),
                month=month,
                lines=lines.told(),
                visas=form.visas(),
                by=frame.staff,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_taken(request, file)
            return HttpResponseRedirect(f"{reverse('pension-files')}?{urlencode(frame.query)}")
    is_faulty = bool(form.errors) or (lines.is_bound and not lines.is_valid())
    context = {"form": form, "lines": lines, "pasted": len(pasted), "most_lines": MOST_LINES}
    return render(request, "pension/paper.html", context, status=422 if is_faulty else 200)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def people_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list: what became of its rows, its faults and the letter about them."""
    file = _file(request, pk)
    counted = PensionRecord.objects.filter(file=file).order_by().values_list("match").annotate(Count("pk"))
    matches = dict(counted)
    rows = PensionDifference.objects.filter(file=file).exclude(decision=PensionDifference.Decision.REPLACED)
    context = {
        "file": file,
        "matches": [(match.label, matches[match]) for match in PensionRecord.Match if match in matches],
        "proposed": rows.count(),
        "faulty": list(faulty_records(file)[:MOST_FAULTS]),
        "may_tell": bool(request.frame.roles & LIST_RECEIVERS),
        "is_faulty": file.status == ExchangeFile.Status.REFUSED or PensionRecord.Match.FAULTY in matches,
    }
    return render(request, "pension/file.html", context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the numbered letter about the faults of a list."""
    frame = request.frame
    file = _file(request, pk)
    frame.require(LIST_RECEIVERS, NO_LIST)
    made = pension_notices.make_notice(file_id=file.pk, by=frame.staff, at=timezone.now())
    messages.success(request, f"Уведомление № {made.number} составлено и записано в журнал. Скачайте и отправьте его.")
    return HttpResponseRedirect(f"{reverse('pension-file', args=[pk])}?{urlencode(frame.query)}")


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def certificates(request: HttpRequest) -> HttpResponseBase:
    """List the rights whose certificate ends within two months."""
    frame = request.frame
    rights = certificates_ending(frame)
    context = {"until": certificates_warned_until(frame.on)}
    return CERTIFICATES.answer(request, rows=rights, template="pension/certificates.html", context=context)


def certificates_ending(frame: Frame) -> Any:
    """Return the rights that who looks may see, of the district shown, whose certificate ends in two months."""
    rights = entitlements_for_user(staff=frame.staff, on=frame.on).filter(
        pk__in=Entitlement.objects.valid_on(frame.on).values("pk"),
        certificate_valid_to__gt=frame.on,
        certificate_valid_to__lte=certificates_warned_until(frame.on) + ONE_DAY,
    )
    if frame.office:
        rights = rights.filter(recipient__office=frame.office)
    return rights.select_related("recipient__person", "recipient__office__district", "disabled_person")


def _given(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form was sent with, nothing where the page was only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _take(request: HttpRequest, told: dict[str, Any], taken: ExchangeFile | None) -> HttpResponse:
    """Keep the list at once and show the job that takes it."""
    frame, at = request.frame, timezone.now()
    brought, kind = told["file"], told["kind"]
    name = brought.name or ""
    refuse_large(name=name, size=brought.size or 0)
    is_the_funds = kind == ExchangeFile.Kind.PENSION
    job = people_jobs.request_taking(
        kind=kind,
        office=unit_of_kind(kind=Office.Kind.PAYMENTS) if is_the_funds else _office(frame),
        content=content_of(brought),
        name=name,
        month=frame.shown_month().month,
        by=frame.staff,
        at=at,
        replaces_id=taken.pk if taken and is_the_funds and told["replaces"] else None,
    )
    return start(request, job, at=at)


def _say_taken(request: HttpRequest, file: ExchangeFile) -> None:
    if file.status == ExchangeFile.Status.REFUSED:
        messages.error(request, f"Файл «{file}» не принят: {file.refusal_text}")
        return
    number = count_with_noun(PensionDifference.objects.filter(file=file).count(), PROPOSED)
    rows = count_with_noun(file.rows, ("строка", "строки", "строк"))
    messages.success(request, f"«{file}»: принято, {rows}, {number} к решению.")


def _office(frame: Frame) -> Office:
    """Return whose list it is: the district's own, or the unit of who enters it for the whole region."""
    office = frame.office or frame.staff.office
    if office is None:
        raise Forbidden(NO_LIST)
    return office


def _file(request: HttpRequest, pk: int) -> ExchangeFile:
    frame = request.frame
    seen: Any = ExchangeFile.objects.for_user(frame.staff, on=frame.on).filter(kind__in=ExchangeFile.PEOPLE)
    joined = seen.select_related(
        "office__district", "by", "file", "replaces", "fund_notice__document", "paper_delivery"
    )
    file: ExchangeFile = get_object_or_404(joined, pk=pk)
    return file
