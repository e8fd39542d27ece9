"""Who follows which layout is kept here; layouts, files, registers, rows and discrepancies are only looked at."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from exchange.checks.findings import TITLES
from exchange.models import (
    Acknowledgement,
    DifferenceSource,
    Discrepancy,
    DiscrepancyDecision,
    DiscrepancyProtocol,
    ExchangeFile,
    FileLayout,
    FundNotice,
    LayoutDraft,
    PaperDelivery,
    PensionDecision,
    PensionDifference,
    PensionRecord,
    ProviderFileScope,
    ProviderLayout,
    ProviderRequestLayout,
    RecipientRegister,
    RegionFile,
    RegionPart,
    RegionStray,
    RegisterRow,
    RememberedMatch,
    RequestedChanges,
    RequestRow,
    ReturnedLine,
    ReturnedRow,
)
from exchange.services import change_files, layouts
from offices.administration import NOBODY, FactRow, KeptRow

CONTENT = {
    "last_name": "фамилия",
    "first_name": "имя",
    "middle_name": "отчество",
    "sex": "пол",
    "birth_date": "дата рождения",
    "death_date": "дата смерти",
    "snils": "СНИЛС",
    "disabled_name": "инвалид",
    "disabled_snils": "СНИЛС инвалида",
    "category": "категория",
    "category_code": "код категории",
    "disability_group": "группа инвалидности",
    "disability_to": "инвалидность установлена до",
    "removed_flag": "снят с учёта",
    "pension_case_no": "№ пенсионного дела",
    "disability_from": "инвалидность установлена с",
    "moved_on": "дата выбытия",
    "act_number": "№ акта",
    "act_date": "дата акта",
    "act_issuer": "кем составлен",
    "document": "документ",
    "file_month": "месяц сведений",
    "district": "район",
    "district_code": "код района",
    "case_number": "№ дела",
    "right_from": "право с",
    "right_to": "право до (не включая)",
    "postal_index": "индекс",
    "settlement": "населённый пункт",
    "settlement_code": "код населённого пункта",
    "street": "улица",
    "street_code": "код улицы",
    "house": "дом",
    "building": "корпус",
    "flat": "квартира",
    "room": "комната",
    "rooms": "комнат",
    "total_area": "общая площадь",
    "heated_area": "отапливаемая площадь",
    "residents": "зарегистрированных",
    "accounts": "лицевые счета",
    "number": "№ счёта",
    "services": "коды услуг",
    "account_id": "№ счёта в системе",
    "provider_id": "№ предприятия в системе",
    "cells": "ячейки строки",
    "faults": "ошибки ячеек",
}
"""Columns of rows as they were received or frozen, in words."""
RECIPIENT = ("recipient__case_number", "recipient__person__last_name")


@admin.register(FileLayout)
class FileLayoutAdmin(KeptRow):
    """Versions are put together, confirmed and withdrawn on the page «Форматы файлов»; here they are looked at."""

    keepers = NOBODY
    list_display = (
        "name",
        "code",
        "version",
        "is_partial",
        "valid_from",
        "valid_to",
        "entered_by",
        "confirmed_by",
        "confirmed_at",
        "withdrawn_at",
    )
    list_filter = ("is_partial", ("confirmed_by", admin.EmptyFieldListFilter))
    list_select_related = ("entered_by", "confirmed_by")
    search_fields = ("code", "name", "source")
    ordering = ("code", "-version")

    def view_on_site(self, row: FileLayout) -> str:
        """Lead from the row to its page."""
        return reverse("layout", args=[row.pk])


@admin.register(LayoutDraft)
class LayoutDraftAdmin(FactRow):
    list_display = ("author", "base", "proposed", "begun_at", "changed_at", "discarded_at")
    list_select_related = ("author", "base", "proposed")
    search_fields = ("author__last_name", "base__code")
    ordering = ("-pk",)


class ChoiceForm(forms.ModelForm):
    """The table's rules are asked by the service, after it has ended the former choice."""

    class Meta:
        model = ProviderLayout
        fields = ("provider", "layout", "valid_from")

    def validate_constraints(self) -> None:
        pass


@admin.register(ProviderLayout)
class ProviderLayoutAdmin(KeptRow):
    form = ChoiceForm
    list_display = ("provider", "layout", "valid_from", "valid_to")
    list_filter = ("layout",)
    list_select_related = ("provider", "layout")
    search_fields = ("provider__code", "provider__name", "layout__code")
    ordering = ("provider__code", "-valid_from", "pk")

    def has_change_permission(self, request: HttpRequest, obj: ProviderLayout | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ProviderLayout, form: forms.ModelForm, change: bool) -> None:
        obj.pk = layouts.choose_layout(**form.cleaned_data).pk


@admin.register(ExchangeFile)
class ExchangeFileAdmin(FactRow):
    list_display = ("name", "kind", "month", "office", "provider", "status", "rows", "at", "refusal_text")
    list_filter = ("month", "kind", "status", "office")
    list_select_related = ("office", "provider")
    search_fields = ("name", "sha256", "provider__code", "provider__name")
    ordering = ("-month", "-pk")


@admin.register(RecipientRegister)
class RecipientRegisterAdmin(FactRow):
    list_display = ("office", "month", "number", "status", "rows", "built_at", "handed_at", "answered_at")
    list_filter = ("month", "status", "office")
    list_select_related = ("office",)
    search_fields = ("office__name", "rejection_reason")
    ordering = ("-month", "office__name", "pk")


@admin.register(RegisterRow)
class RegisterRowAdmin(FactRow):
    words = {"content": CONTENT}
    list_display = ("register", "row_number", "recipient", "dwelling")
    list_filter = ("register__month", "register__office")
    list_select_related = ("register__office", "recipient__person", "dwelling__address__street__settlement")
    search_fields = RECIPIENT
    ordering = ("-register", "row_number")


@admin.register(RequestRow)
class RequestRowAdmin(FactRow):
    list_display = ("file", "row_number", "recipient", "account", "services")
    list_filter = ("file__month", "file__office")
    list_select_related = ("file", "recipient__person", "account__provider")
    search_fields = (*RECIPIENT, "account__number", "file__name")
    ordering = ("-file", "row_number")


@admin.register(ReturnedRow)
class ReturnedRowAdmin(FactRow):
    words = {"content": CONTENT}
    list_display = ("file", "row_number", "match", "residents", "total_area")
    list_filter = ("match", "file__month", "file__office")
    list_select_related = ("file",)
    search_fields = ("file__name", "request_row__account__number")
    ordering = ("-file", "row_number")


@admin.register(ReturnedLine)
class ReturnedLineAdmin(FactRow):
    list_display = ("row", "service", "billed", "adjustment", "tariff", "quantity", "status")
    list_filter = ("status", "service", "row__file__month")
    list_select_related = ("row__file", "service")
    search_fields = ("row__file__name", "row__request_row__account__number")
    ordering = ("-pk",)


@admin.register(Discrepancy)
class DiscrepancyAdmin(FactRow):
    words = {"code": {code.value: f"{code.value} {title}" for code, title in TITLES.items()}}
    list_display = ("code", "file", "text", "expected", "found", "difference", "is_blocking", "decision")
    list_filter = ("code", "is_blocking", "decision", "file__month", "file__office")
    list_select_related = ("file",)
    search_fields = ("file__name", "text", "request_row__account__number")
    ordering = ("-pk",)


@admin.register(DiscrepancyProtocol)
class DiscrepancyProtocolAdmin(FactRow):
    list_display = (
        "number", "office", "month", "file", "made_at", "answer_due_on", "sent_at", "answered_at", "closed_at",
    )  # fmt: skip
    list_filter = ("month", "office")
    list_select_related = ("office", "file")
    search_fields = ("number", "file__name")
    ordering = ("-month", "-pk")


@admin.register(RememberedMatch)
class RememberedMatchAdmin(FactRow):
    list_display = (
        "provider",
        "sent_account",
        "sent_name",
        "recipient",
        "account",
        "valid_from",
        "valid_to",
        "entered_by",
    )
    list_filter = ("office",)
    list_select_related = ("provider", "recipient__person", "account__provider", "entered_by")
    search_fields = (*RECIPIENT, "sent_account", "sent_name", "account__number", "provider__name")
    ordering = ("-pk",)


@admin.register(DiscrepancyDecision)
class DiscrepancyDecisionAdmin(FactRow):
    list_display = ("discrepancy", "decision", "at", "by")
    list_filter = ("decision", "discrepancy__file__month", "discrepancy__file__office")
    list_select_related = ("discrepancy", "by")
    search_fields = ("discrepancy__file__name", "discrepancy__text")
    ordering = ("-pk",)


@admin.register(PensionRecord)
class PensionRecordAdmin(FactRow):
    words = {"content": CONTENT}
    list_display = ("file", "row_number", "match", "person")
    list_filter = ("match", "file__month")
    list_select_related = ("file", "person")
    search_fields = ("person__last_name", "person__snils")
    ordering = ("-file", "row_number")


@admin.register(PensionDifference)
class PensionDifferenceAdmin(FactRow):
    list_display = ("full_name", "kind", "ours", "theirs", "decision", "decided_by", "decided_at")
    list_filter = ("kind", "decision", "file__month", "office")
    list_select_related = ("decided_by",)
    search_fields = ("full_name", "recipient__case_number")
    ordering = ("-file", "kind", "pk")


@admin.register(DifferenceSource)
class DifferenceSourceAdmin(FactRow):
    list_display = ("difference", "record", "says")
    list_filter = ("record__file__kind", "record__file__month")
    list_select_related = ("difference", "record__file")
    search_fields = ("difference__full_name",)
    ordering = ("-pk",)


@admin.register(PensionDecision)
class PensionDecisionAdmin(FactRow):
    list_display = ("difference", "decision", "reason", "at", "by")
    list_filter = ("decision", "difference__file__month", "difference__office")
    list_select_related = ("difference", "by")
    search_fields = ("difference__full_name", "reason")
    ordering = ("-pk",)


@admin.register(PaperDelivery)
class PaperDeliveryAdmin(FactRow):
    list_display = ("file", "handed_by", "handed_on", "received_by", "received_on")
    list_filter = ("file__kind", "file__month")
    list_select_related = ("file", "received_by")
    search_fields = ("handed_by", "file__name")
    ordering = ("-pk",)


@admin.register(FundNotice)
class FundNoticeAdmin(FactRow):
    list_display = ("number", "office", "month", "file", "faults", "made_by", "made_at")
    list_filter = ("office", "month")
    list_select_related = ("office", "file", "made_by")
    search_fields = ("number", "file__name")
    ordering = ("-pk",)


@admin.register(Acknowledgement)
class AcknowledgementAdmin(FactRow):
    list_display = ("file", "office", "month", "document", "rows", "matched", "at", "by")
    list_filter = ("month", "office", "file__kind")
    list_select_related = ("file", "office", "document", "by")
    search_fields = ("file__name", "document__name")
    ordering = ("-pk",)


@admin.register(RequestedChanges)
class RequestedChangesAdmin(FactRow):
    list_display = ("file", "since", "new", "changed", "ended")
    list_filter = ("file__month", "file__office")
    list_select_related = ("file", "since")
    search_fields = ("file__name", "file__provider__code")
    ordering = ("-pk",)


class RequestLayoutForm(forms.ModelForm):
    """The table's rules are asked by the service, after it has ended the former choice."""

    class Meta:
        model = ProviderRequestLayout
        fields = ("provider", "layout", "valid_from")

    def validate_constraints(self) -> None:
        pass


@admin.register(ProviderRequestLayout)
class ProviderRequestLayoutAdmin(KeptRow):
    form = RequestLayoutForm
    list_display = ("provider", "layout", "valid_from", "valid_to")
    list_filter = ("layout",)
    list_select_related = ("provider", "layout")
    search_fields = ("provider__code", "provider__name", "layout__code")
    ordering = ("provider__code", "-valid_from", "pk")

    def has_change_permission(self, request: HttpRequest, obj: ProviderRequestLayout | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ProviderRequestLayout, form: forms.ModelForm, change: bool) -> None:
        obj.pk = change_files.choose_request_layout(**form.cleaned_data).pk


@admin.register(ProviderFileScope)
class ProviderFileScopeAdmin(FactRow):
    list_display = ("provider", "is_one_file", "valid_from", "valid_to", "basis", "entered_by", "confirmed_by")
    list_filter = ("is_one_file", ("confirmed_by", admin.EmptyFieldListFilter))
    list_select_related = ("provider", "entered_by", "confirmed_by")
    search_fields = ("provider__code", "provider__name", "basis")
    ordering = ("provider__code", "-valid_from", "pk")


@admin.register(RegionFile)
class RegionFileAdmin(FactRow):
    list_display = ("name", "kind", "month", "provider", "status", "rows", "stray_rows", "at", "refusal_text")
    list_filter = ("month", "kind", "status")
    list_select_related = ("provider",)
    search_fields = ("name", "sha256", "provider__code", "provider__name")
    ordering = ("-month", "-pk")


@admin.register(RegionPart)
class RegionPartAdmin(FactRow):
    list_display = ("whole", "file")
    list_filter = ("whole__month", "file__office")
    list_select_related = ("whole", "file__office")
    search_fields = ("whole__name", "file__name")
    ordering = ("-pk",)


@admin.register(RegionStray)
class RegionStrayAdmin(FactRow):
    words = {"content": CONTENT}
    list_display = ("whole", "row_number", "reason", "billed")
    list_filter = ("whole__month", "reason")
    list_select_related = ("whole",)
    search_fields = ("whole__name",)
    ordering = ("-pk",)
