"""The ground floor in the administration: units, people and their roles, the schedule; journals are looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from offices import files
from offices.administration import ACCOUNT_READERS, ADMINISTRATORS, DEPARTMENT, FactRow, KeptInline, KeptRow
from offices.models import (
    Bank,
    BillingMonth,
    CalendarDay,
    Decree,
    District,
    ExchangeSchedule,
    ForbiddenRolePair,
    HandoverBalance,
    HeldAmount,
    Job,
    JournalEntry,
    NumberSeries,
    Office,
    PostOffice,
    Role,
    RoleGrant,
    ScheduledStep,
    Staff,
    StoredFile,
)
from offices.models.jobs import KINDS
from offices.services import roles, schedule

PLANNERS = frozenset({Role.DEPARTMENT_HEAD})
ITEMS = {f"3.{number}": f"п. 3.{number}" for number in range(2, 17)}
ACT_KEEPERS = ADMINISTRATORS | {Role.LEGAL}


@admin.register(District)
class DistrictAdmin(KeptRow):
    list_display = ("name", "code", "oktmo")
    search_fields = ("name", "code", "oktmo")
    ordering = ("name", "pk")


@admin.register(Office)
class OfficeAdmin(KeptRow):
    list_display = ("name", "kind", "district", "address", "phone", "hours")
    list_filter = ("kind",)
    list_select_related = ("district",)
    search_fields = ("name", "code", "district__name")
    ordering = ("kind", "name", "pk")


class RolesInline(KeptInline):
    """The roles of a member of staff; they are given and ended on their own page, by an order."""

    model = RoleGrant
    fk_name = "staff"
    fields = readonly_fields = ("role", "order", "valid_from", "valid_to", "granted_by")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Staff)
class StaffAdmin(KeptRow, UserAdmin):
    """An account: who the person is; what the person may do is said by roles, nothing else."""

    readers = ACCOUNT_READERS
    list_display = ("username", "full_name", "position", "office", "is_active", "last_login")
    list_filter = ("is_active", "office", "grants__role")
    list_select_related = ("office",)
    search_fields = ("username", "last_name", "first_name", "position")
    ordering = ("last_name", "first_name", "pk")
    filter_horizontal = ()
    inlines = (RolesInline,)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        ("Сотрудник", {"fields": ("last_name", "first_name", "middle_name", "position", "office", "snils", "email")}),
        ("Вход", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        ("Сотрудник", {"fields": ("last_name", "first_name", "middle_name", "position", "office", "snils")}),
    )

    @admin.display(description="сотрудник", ordering="last_name")
    def full_name(self, staff: Staff) -> str:
        return staff.full_name

    def get_fieldsets(self, request: HttpRequest, obj: Staff | None = None) -> Any:
        """Show even a password's hash to those who keep accounts only."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("username", "is_active")}), *self.fieldsets[1:])

    def get_inlines(self, request: HttpRequest, obj: Staff | None) -> Any:
        return self.inlines if obj else ()


class RoleGrantForm(forms.ModelForm):
    """The period and the conflicts are asked by the service."""

    def validate_constraints(self) -> None:
        pass


@admin.register(RoleGrant)
class RoleGrantAdmin(KeptRow):
    """A role is given by an order and afterwards only ended."""

    readers = ACCOUNT_READERS
    form = RoleGrantForm
    list_display = ("staff", "role", "order", "valid_from", "valid_to", "granted_by")
    list_filter = ("role", "staff__office")
    list_select_related = ("staff", "granted_by")
    search_fields = ("staff__last_name", "staff__username", "order")
    date_hierarchy = "valid_from"
    ordering = ("staff__last_name", "valid_from", "pk")
    fields = ("staff", "role", "order", "valid_from", "valid_to")

    def get_readonly_fields(self, request: HttpRequest, obj: RoleGrant | None = None) -> tuple[str, ...]:
        return ("staff", "role", "order", "valid_from", "granted_by") if obj else ()

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.pk = roles.grant_role(
                staff_id=obj.staff_id,
                role=obj.role,
                order=obj.order,
                starts_on=obj.valid_from,
                ends_on=obj.valid_to,
                by=request.user,
            ).pk
        elif obj.valid_to is not None and "valid_to" in form.changed_data:
            roles.end_role(grant_id=obj.pk, ends_on=obj.valid_to)


@admin.register(ForbiddenRolePair)
class ForbiddenRolePairAdmin(FactRow):
    readers = ACCOUNT_READERS
    list_display = ("first", "second")
    list_filter = ("first",)
    ordering = ("first", "second", "pk")


@admin.register(Bank)
class BankAdmin(KeptRow):
    list_display = ("name", "bik", "correspondent_account", "address")
    search_fields = ("name", "bik")
    ordering = ("name", "pk")


@admin.register(PostOffice)
class PostOfficeAdmin(KeptRow):
    list_display = ("index", "district", "address")
    list_filter = ("district",)
    list_select_related = ("district",)
    search_fields = ("index", "address")
    ordering = ("index",)


@admin.register(Decree)
class DecreeAdmin(KeptRow):
    keepers = ACT_KEEPERS
    list_display = ("title", "number", "issued_on", "issuer", "is_assumed")
    list_filter = ("is_assumed", "issuer")
    search_fields = ("title", "number", "issuer")
    date_hierarchy = "issued_on"
    ordering = ("-issued_on", "pk")


@admin.register(BillingMonth)
class BillingMonthAdmin(FactRow):
    readers = KeptRow.readers
    list_display = ("month", "opened_at", "opened_by", "closed_at", "closed_by")
    list_select_related = ("opened_by", "closed_by")
    ordering = ("-month",)


@admin.register(ExchangeSchedule)
class ExchangeScheduleAdmin(KeptRow):
    """The head of the department plans a half-year by naming its first day."""

    keepers = PLANNERS
    list_display = ("starts_on", "approved_at", "approved_by")
    list_select_related = ("approved_by",)
    ordering = ("-starts_on",)
    fields = ("starts_on",)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ExchangeSchedule, form: forms.ModelForm, change: bool) -> None:
        planned = schedule.plan_schedule(starts_on=obj.starts_on, by=request.user, at=timezone.now())
        obj.pk = planned.pk


@admin.register(ScheduledStep)
class ScheduledStepAdmin(KeptRow):
    """A day of the schedule may be moved, nothing else."""

    words = {"item": ITEMS}
    keepers = PLANNERS
    list_display = ("month", "item", "office", "due_on")
    list_filter = ("month", "item", "office")
    list_select_related = ("office",)
    search_fields = ("office__name", "item")
    date_hierarchy = "due_on"
    ordering = ("-month", "due_on", "office__name", "pk")
    fields = ("schedule", "month", "item", "office", "due_on")
    readonly_fields = ("schedule", "month", "item", "office")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ScheduledStep, form: forms.ModelForm, change: bool) -> None:
        schedule.move_step(step_id=obj.pk, due_on=obj.due_on, by=request.user, at=timezone.now())


@admin.register(CalendarDay)
class CalendarDayAdmin(KeptRow):
    list_display = ("day", "is_working", "note")
    list_filter = ("is_working",)
    search_fields = ("note",)
    date_hierarchy = "day"
    ordering = ("-day",)


@admin.register(JournalEntry)
class JournalEntryAdmin(FactRow):
    words = {"item": ITEMS}
    list_display = ("number", "at", "office", "item", "event", "subject", "counterpart", "rows", "roubles", "by")
    list_filter = ("item", "month", "way", "office")
    list_select_related = ("office", "by")
    search_fields = ("subject", "event", "file_name", "sha256")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")


class HeldAmountsInline(KeptInline):
    """What a balance holds; the page puts the reasons of every floor in words."""

    model = HeldAmount
    template = "admin/held_amounts.html"


@admin.register(HandoverBalance)
class HandoverBalanceAdmin(FactRow):
    words = {"item": ITEMS}
    list_display = (
        "month", "item", "stage", "office", "subject", "rows_in", "rows_on", "rows_held", "roubles_in", "roubles_on",
        "roubles_held",
    )  # fmt: skip
    list_filter = ("month", "item", "office")
    list_select_related = ("office",)
    search_fields = ("stage", "subject", "office__name")
    ordering = ("-month", "item", "-pk")
    inlines = (HeldAmountsInline,)


@admin.register(Job)
class JobAdmin(FactRow):
    """Long actions; a job names ids only, so an administrator sees them too."""

    readers = DEPARTMENT | ADMINISTRATORS
    words = {"kind": KINDS}
    exclude = ("parameters", "cursor", "result", "task")
    list_display = ("kind", "key", "state", "done", "total", "attempts", "requested_at", "requested_by", "finished_at")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)
    search_fields = ("kind", "key", "error")
    date_hierarchy = "requested_at"
    ordering = ("-requested_at", "-pk")


@admin.register(StoredFile)
class StoredFileAdmin(FactRow):
    words = {
        "media_type": {
            files.PDF: "PDF",
            files.DBF: "DBF",
            files.CSV: "CSV",
            files.TEXT: "текст",
            files.XLSX: "XLSX",
            files.ZIP: "архив ZIP",
            files.BINARY: "не распознан",
        }
    }
    readonly_fields = ("content",)
    list_display = ("name", "size", "media_type", "stored_at", "stored_by")
    list_filter = ("media_type",)
    list_select_related = ("stored_by",)
    search_fields = ("name", "sha256")
    date_hierarchy = "stored_at"
    ordering = ("-stored_at", "-pk")

    @admin.display(description="содержание")
    def content(self, row: StoredFile) -> str:
        return format_html('<a href="{}">открыть</a>', reverse("document", args=[row.pk]))


@admin.register(NumberSeries)
class NumberSeriesAdmin(FactRow):
    list_display = ("office", "series", "year", "last_number")
    list_filter = ("series", "year", "office")
    list_select_related = ("office",)
    ordering = ("office__name", "series", "-year", "pk")
