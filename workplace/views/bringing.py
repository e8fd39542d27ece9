"""Files brought to the page of receiving: each is kept at once, and a job is asked for it."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from exchange.services import brought as limits
from exchange.services import uploads
from exchange.services.letters import NotATotal
from offices import jobs
from offices.money import format_number
from offices.refusals import Refusal
from workplace.uploaded import content_of
from workplace.views.receiving_letters import totals_of


def take(request: HttpRequest) -> HttpResponse:
    """Keep what was brought and ring a job for each file; a file that cannot be kept is named with the reason."""
    brought = request.FILES.getlist("files")
    if not brought:
        fault = "Файлы не выбраны. Нажмите «Выбрать файлы» и отметьте один или несколько файлов или архив ZIP."
        taken, faults = 0, [fault]
    elif len(brought) > limits.MOST_FILES:
        fault = (
            f"За один раз принимается не больше {limits.MOST_FILES} файлов, а выбрано {len(brought)}. "
            "Разделите их на части."
        )
        taken, faults = 0, [fault]
    else:
        taken, faults = _keep_all(request, brought)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"taken": taken, "faults": faults}, status=200 if taken else 422)
    for fault in faults:
        messages.error(request, fault)
    if taken:
        messages.success(request, f"Принято к обработке файлов: {format_number(taken, places=0)}.")
    return HttpResponseRedirect(f"{reverse('receiving')}?{urlencode(request.frame.query)}")


def _keep_all(request: HttpRequest, brought: list[UploadedFile]) -> tuple[int, list[str]]:
    """Keep each file that can be kept; returns how many files are to be received, and why the others are not."""
    try:
        limits.refuse_together(sizes=[one.size or 0 for one in brought])
    except Refusal as refusal:
        return 0, [str(refusal)]
    taken, faults = 0, []
    for one in brought:
        try:
            taken += _keep(request, one, is_alone=len(brought) == 1)
        except Refusal as refusal:
            faults.append(str(refusal))
    return taken, faults


def _keep(request: HttpRequest, brought: UploadedFile, *, is_alone: bool) -> int:
    """Ask for the receiving of a file, or of each file of an archive; returns how many."""
    rows, roubles = totals_of(request)
    name = brought.name or ""
    limits.refuse_large(name=name, size=brought.size or 0)
    with limits.pieces_of(content=content_of(brought), name=name) as found:
        if (rows, roubles) != (None, None) and not (is_alone and len(found) == 1):
            raise NotATotal(
                "Итоги письма относятся к одному файлу. Для нескольких внесите их на странице каждого файла."
            )
        for one in found:
            job = uploads.request_receiving(
                content=one.content,
                name=one.name,
                office=request.frame.office,
                month=request.frame.shown_month().month,
                by=request.user,
                at=timezone.now(),
                control_rows=rows,
                control_roubles=roubles,
            )
            if job.rung_at is None:
                jobs.ring_after_commit(job)
    return len(found)
