import io
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from offices import files
from offices.frame import WORKERS, Frame, page
from offices.models import StoredFile
from workplace.page_pictures import NotAPage, page_picture, pages_in
from workplace.selectors import documents as selectors
from workplace.selectors.document_kinds import Kind, kinds_of
from workplace.selectors.document_preview import table_preview


@require_safe
@page(section="documents", roles=WORKERS)
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents of the month by kind, with the chosen one beside."""
    frame: Frame = request.frame
    kinds = _kinds(frame)
    text = request.GET.get("q", "").strip()[:100]
    groups = selectors.counted(kinds, text=text)
    code = request.GET.get("kind", "")
    if code and code not in {kind.code for kind in kinds}:
        raise Http404("Такого вида документов нет.")
    code = code or next((group.code for group in groups if group.count), "")
    kind = next((one for one in kinds if one.code == code), None)
    after = _number(request.GET.get("after", ""))
    found = selectors.documents_of(kind, text=text, after=after) if kind else None
    context: dict[str, Any] = {
        "groups": groups,
        "total": sum(group.count for group in groups),
        "kind": kind,
        "text": text,
        "after": after,
        "found": found,
    }
    chosen = _number(request.GET.get("doc", ""))
    if chosen:
        context |= _shown(request, frame, _file_of(frame, int(chosen)), kind)
    return render(request, "documents/list.html", context)


@require_safe
@page(section="documents", roles=WORKERS)
def document_pane(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one document beside the list: its facts and first page or rows."""
    frame: Frame = request.frame
    file = _file_of(frame, pk)
    kind = next((one for one in _kinds(frame) if one.code == request.GET.get("kind")), None)
    return render(request, "documents/_pane.html", {"kind": kind, **_shown(request, frame, file, kind)})


@require_safe
@page(section="documents", roles=WORKERS)
def document_preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Draw one page of a PDF for whoever may open the document itself."""
    file = _file_of(request.frame, pk)
    if file.media_type != files.PDF:
        raise Http404("Страницы есть только у PDF.")
    try:
        picture = page_picture(files.read(file), page=number)
    except NotAPage as reason:
        raise Http404(str(reason)) from reason
    return HttpResponse(picture, content_type="image/png")


@require_safe
@page(section="documents", roles=WORKERS)
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the bytes of a file; PDF opens in the browser, everything else is saved."""
    file = _file_of(request.frame, pk)
    return FileResponse(
        io.BytesIO(files.read(file)),
        as_attachment=file.media_type != files.PDF,
        filename=file.name,
        content_type=file.media_type,
    )


def _file_of(frame: Frame, pk: int) -> StoredFile:
    file = get_object_or_404(StoredFile.objects.select_related("stored_by"), pk=pk)
    if not selectors.may_open(file, staff=frame.staff, on=frame.on):
        raise Http404
    return file


def _kinds(frame: Frame) -> list[Kind]:
    month = frame.shown_month().month
    office = None if frame.is_district else frame.office
    return list(kinds_of(month, staff=frame.staff, on=frame.on, office=office))


def _shown(request: HttpRequest, frame: Frame, file: StoredFile, kind: Kind | None) -> dict[str, Any]:
    described = selectors.words_of(file, kind) if kind else None
    if file.media_type != files.PDF:
        return {"file": file, "described": described, "table": table_preview(file)}
    try:
        pages = pages_in(files.read(file))
    except NotAPage as reason:
        return {"file": file, "described": described, "unreadable": str(reason)}
    number = min(max(int(_number(request.GET.get("page", "")) or 1), 1), pages)
    return {
        "file": file,
        "described": described,
        "pages": pages,
        "number": number,
        "previous": number - 1,
        "following": number + 1 if number < pages else 0,
    }


def _number(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404("Такой страницы нет.")
    return text
