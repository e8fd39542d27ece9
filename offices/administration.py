"""What every page of the administration keeps: nothing is deleted, facts are only looked at."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from offices.refusals import Refusal


class KeptRow(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """A row that is never deleted: periods end. A refusal of a service is shown as a message."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class FactRow(KeptRow):
    """A fact written by a service: looked at, never typed over."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
