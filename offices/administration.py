"""Who sees what in the administration, and what every page of it keeps.

The rule is one, for every registered table: a directory is seen by whoever works with it and kept by those its page
names; a fact or personal data is seen by the department and the auditor and typed over by nobody. Roles decide, never
`is_superuser`. An administrator sees neither facts nor people (segregation of duties, R13).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate

from offices import cells, history
from offices.models import Office, Role
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from offices.refusals import Refusal

Roles = frozenset[str]

DEPARTMENT: Roles = frozenset(Role.values) - frozenset(DISTRICT_ROLES) - frozenset(BLIND_ROLES)
"""The department's roles and the auditor: they see every fact, of every office."""
DIRECTORY_READERS: Roles = DEPARTMENT | {Role.ADMINISTRATOR, Role.CALCULATION, Role.CHECKING, Role.HEAD}
ACCOUNT_READERS: Roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.DEPARTMENT_HEAD})
ADMINISTRATORS: Roles = frozenset({Role.ADMINISTRATOR})
NOBODY: Roles = frozenset()

ON_THE_CARD = (
    "Здесь эти сведения только видны. Меняют их на карточке получателя, на вкладках «Семья», «Жильё», «Категория и "
    "основания»: сначала видно, что изменится в уже начисленных месяцах, затем готовится перерасчёт."
)
"""Where facts that months are calculated from are changed."""

APPS = ("offices", "recipients", "housing", "providers", "exchange", "calculations", "payments")
SHORT_DIRECTORIES = ("offices.district", "offices.office", "providers.service", "exchange.filelayout")
"""Tables short enough for a drop-down list; rows of all others are searched for."""


def roles_of(request: HttpRequest) -> Roles:
    """Return the roles in force today of who asks, read once for a request."""
    known: tuple[int, dt.date, Roles] | None = getattr(request, "_roles_in_force", None)
    today = localdate()
    who = request.user
    if not who.is_authenticated or not who.is_active:
        return NOBODY
    if known is None or known[:2] != (who.pk, today):
        known = (who.pk, today, frozenset(who.roles_on(today)))
        request._roles_in_force = known
    return known[2]


def enters(roles: Roles) -> bool:
    """Say whether one of the roles opens the administration at all."""
    return bool(roles & DIRECTORY_READERS)


class HouseSite(admin.AdminSite):
    """The administration, entered by role; its index follows the road of the month."""

    site_header = "Эквивалент ЖКУ"
    site_title = "Эквивалент ЖКУ"
    index_title = "Справочники и администрирование"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        return enters(roles_of(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the one login page; whoever is signed in and has no such role is told so."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our tables only: a library's have no page here."""
        models_given = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models_given if model._meta.app_label in APPS]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """List the apps in the order of the road, and their tables as they are registered."""
        apps = self._build_app_dict(request, app_label)
        order = {model: number for number, model in enumerate(self._registry)}
        for app in apps.values():
            app["models"].sort(key=lambda row: order[row["model"]])
        return sorted(apps.values(), key=lambda app: APPS.index(app["app_label"]))


class SearchedRows:
    """Rows of long tables are searched for: a list of a hundred thousand people is never drawn."""

    def get_autocomplete_fields(self, request: HttpRequest) -> Sequence[str]:
        registry = self.admin_site._registry
        named = super().get_autocomplete_fields(request)
        return [*named, *(key.name for key in self._long_keys(registry) if key.name not in named)]

    def _long_keys(self, registry: dict[Any, Any]) -> Iterator[models.ForeignKey[Any, Any]]:
        for key in self.opts.fields:
            if isinstance(key, models.ForeignKey) and key.name not in self.raw_id_fields:
                target = key.remote_field.model
                if target._meta.label_lower not in SHORT_DIRECTORIES and target in registry:
                    yield key


class KeptRow(SearchedRows, admin.ModelAdmin):
    """A row that is never deleted: periods end. A refusal of a service is shown as a message."""

    readers: Roles = DIRECTORY_READERS
    keepers: Roles = ADMINISTRATORS
    words: Mapping[str, Mapping[str, str]] = {}
    """Russian words for the codes of columns without choices."""
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    object_history_template = "admin/row_history.html"

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(roles_of(request) & (self.readers | self.keepers))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(request) & self.keepers)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(roles_of(request) & self.keepers)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        return [cells.column(self.model, name, self.words.get(name)) for name in super().get_list_display(request)]

    def get_list_select_related(self, request: HttpRequest) -> Sequence[str]:
        """Add the districts by which offices are named to what the page joins itself."""
        offices = [name for name in self.list_display if self._leads_to(name, Office)]
        return [*(self.list_select_related or ()), *(f"{name}__district" for name in offices)]

    def get_list_filter(self, request: HttpRequest) -> Sequence[Any]:
        return [cells.filtered(name, self.words) for name in super().get_list_filter(request)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[Any]:
        """Show a row that is only read with all its columns, in words."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        hidden = {*(self.get_exclude(request, obj) or ()), self.opts.auto_field.name if self.opts.auto_field else ""}
        hidden |= {field.name for field in self.opts.fields if field.generated}
        names = self.fields or [field.name for field in self.opts.fields if field.name not in hidden]
        shown = [cells.field(self.model, name, self.words.get(name)) for name in names]
        return [*shown, *(name for name in self.get_readonly_fields(request, obj) if name not in names)]

    def _leads_to(self, name: Any, model: type[models.Model]) -> bool:
        keys = {key.name: key.remote_field.model for key in self.opts.fields if isinstance(key, models.ForeignKey)}
        return isinstance(name, str) and keys.get(name) is model

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        name = self.opts.verbose_name
        context = {
            "title": capfirst(name) if object_id else f"Новая запись: {name}",
            "is_tracked": history.is_tracked(self.model),
            **(extra_context or {}),
        }
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the database itself wrote down about the row, not what forms have told."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"История: {row}",
            "changes": history.changes_of(row),
            "is_tracked": history.is_tracked(self.model),
            "object": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


class FactRow(KeptRow):
    """A fact or personal data written by a service: looked at, never typed over, not by an administrator."""

    readers = DEPARTMENT
    keepers = NOBODY
    where_changed = ""
    """Where a fact is changed instead, in words; empty where it never is."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.where_changed and self.has_view_permission(request):
            self.message_user(request, self.where_changed, messages.INFO)
        return super().change_view(request, object_id, form_url, extra_context)


class KeptInline(SearchedRows, admin.TabularInline):
    """A few rows of another table on their owner's page, seen and kept by whoever sees and keeps the owner."""

    extra = 0
    can_delete = False
    joined: Sequence[str] = ()
    """What the names of the rows need beyond the tables they refer to."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        keys = (key.name for key in self.opts.fields if isinstance(key, models.ForeignKey))
        return super().get_queryset(request).select_related(*keys, *self.joined)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Read the choices of a short directory once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.remote_field.model._meta.label_lower in SHORT_DIRECTORIES:
            field.choices = list(field.choices)
        return field

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._owner().has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._owner().has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._owner().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def _owner(self) -> "KeptRow":
        return self.admin_site._registry[self.parent_model]
