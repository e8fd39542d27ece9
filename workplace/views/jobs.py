from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offices.frame import page
from workplace.selectors import jobs


@require_safe
@page(section="work", roles=None)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(jobs.visible_jobs(request.frame), pk=pk)
    return render(request, "jobs/job.html", {"job": jobs.shown_job(found, now=timezone.now())})


@require_safe
@page(section="work", roles=None)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(jobs.visible_jobs(request.frame), pk=pk)
    said = _whole(request.GET.get("said", "0"))
    context = {"job": jobs.shown_job(found, now=timezone.now()), "said": said, "is_answer": True}
    return render(request, "components/progress.html", context)


@require_safe
@page(section="work", roles=None)
def job_list(request: HttpRequest) -> HttpResponse:
    before = _whole(request.GET["before"]) if "before" in request.GET else None
    context = {"page": jobs.job_page(request.frame, now=timezone.now(), before=before), "before": before}
    return render(request, "jobs/_list.html" if request.headers.get("HX-Request") else "jobs/list.html", context)


@require_safe
@page(section="work", roles=None)
def running(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/running.html", {"running": jobs.live_jobs(request.frame)})


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise Http404("Такой страницы списка нет.")
    return int(text)
