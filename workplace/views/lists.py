from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from offices.frame import page
from offices.lists.saved import ViewNotSaved, delete_view, save_view
from offices.models import SavedView


@require_POST
@page(section="work")
def saved_views(request: HttpRequest) -> HttpResponse:
    given = request.POST
    back = _back(request)
    try:
        view = save_view(
            staff=request.frame.staff,
            page=given.get("page", ""),
            name=given.get("name", ""),
            query=given.get("query", ""),
        )
    except ViewNotSaved as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    address = back.partition("?")[0]
    frame = [f"{name}={value}" for name, value in request.frame.query.items()]
    query = "&".join([*frame, *filter(None, [view.query])])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


@require_POST
@page(section="work")
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    back = _back(request)
    try:
        delete_view(staff=request.frame.staff, view_id=pk)
    except SavedView.DoesNotExist as reason:
        raise Http404 from reason
    return HttpResponseRedirect(back)


def _back(request: HttpRequest) -> str:
    """Return where the list stands: an address of this site and no other."""
    address = request.POST.get("next", "")
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404
    return address
