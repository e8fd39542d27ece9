import io

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from offices import files
from offices.frame import WORKERS, page
from offices.models import StoredFile
from workplace.selectors import documents


@require_safe
@page(section="documents", roles=WORKERS)
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the bytes of a file; PDF opens in the browser, everything else is saved."""
    file = get_object_or_404(StoredFile, pk=pk)
    if not documents.may_open(file, staff=request.frame.staff, on=request.frame.on):
        raise Http404
    return FileResponse(
        io.BytesIO(files.read(file)),
        as_attachment=file.media_type != files.PDF,
        filename=file.name,
        content_type=file.media_type,
    )
