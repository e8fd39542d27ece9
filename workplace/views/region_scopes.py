from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from exchange.models import ProviderFileScope
from exchange.selectors.file_scopes import is_one_file, scopes_of
from exchange.selectors.provider_page import providers_seen
from exchange.services.file_scopes import confirm_scope, enter_scope
from offices.frame import page
from offices.months import next_month
from providers.models import Provider
from workplace.forms.region_files import FileScopeForm
from workplace.navigation import EXCHANGERS
from workplace.views.board import OVERSEERS
from workplace.views.providers_acts import WHO_KEEPS, back_to
from workplace.views.providers_list import offices_of


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def file_scope(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which month a region-wide provider gets one file, or one for each district; confirm what was said."""
    frame = request.frame
    frame.require(OVERSEERS, WHO_KEEPS)
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    if "confirm" in request.POST:
        return _confirm(request, one)
    month = frame.shown_month().month
    is_one = is_one_file(provider_id=pk, month=month)
    initial = {"is_one_file": "0" if is_one else "1", "valid_from": f"{next_month(month):%Y-%m}"}
    form = FileScopeForm(request.POST or None, first=month, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        row = enter_scope(
            provider_id=pk,
            is_one=given["is_one_file"] == "1",
            valid_from=given["valid_from"],
            basis=given["basis"],
            by=frame.staff,
            at=timezone.now(),
        )
        messages.success(
            request, f"Записано: {row}, с {row.valid_from:%d.%m.%Y}. Нужно подтверждение второго сотрудника."
        )
        return back_to(frame, one)
    context = {"one": one, "form": form, "scopes": scopes_of(provider=one), "is_one_file": is_one}
    return render(request, "region_files/scope.html", context)


def _confirm(request: HttpRequest, one: Provider) -> HttpResponse:
    """Put what another person entered into use."""
    chosen = request.POST["confirm"]
    if not chosen.isdecimal():
        raise Http404("Такого порядка файлов нет.")
    row = get_object_or_404(ProviderFileScope, pk=int(chosen), provider=one)
    row = confirm_scope(scope_id=row.pk, by=request.frame.staff, at=timezone.now())
    messages.success(request, f"Подтверждено: {row}, с {row.valid_from:%d.%m.%Y}.")
    return back_to(request.frame, one)
