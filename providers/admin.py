"""Directories in the administration; accounts and accepted charges are only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.http import HttpRequest
from django.utils.safestring import SafeString

from offices.administration import ADMINISTRATORS, FactRow, KeptInline, KeptRow
from offices.confirming import state_of
from offices.models import Role
from offices.refusals import Refusal
from providers.models import (
    AbilityChange,
    AccountTransfer,
    AccountTransferLine,
    Agreement,
    Arrears,
    Charge,
    ConnectedService,
    ConsumptionNorm,
    FuelPrice,
    Provider,
    ProviderDistrict,
    ProviderInquiry,
    ReminderLetter,
    SaleNorm,
    Service,
    ServiceAccount,
    Tariff,
)
from providers.services import directories, fuel_directories
from providers.services.directories import NormShape, RowScope
from providers.services.fuel_directories import NormOfSale

KEEPERS = ADMINISTRATORS | {Role.CALCULATION}
SCOPE = ("provider", "district", "settlement")


class ServiceBilled(Refusal):
    """What a service is for the rules counts for months that were billed."""


class NewRowForm(forms.ModelForm):
    """The table's rules are asked by the service, after it has ended the former row."""

    def validate_constraints(self) -> None:
        pass


class DirectoryRow(KeptRow):
    """A tariff or norm: one person enters it here, another confirms it; a row never changes, it is followed."""

    keepers = frozenset({Role.CALCULATION})
    form = NewRowForm
    date_hierarchy = "valid_from"
    list_select_related = ("service", "provider", "district", "settlement", "decree", "entered_by", "confirmed_by")
    exclude = (
        "valid_to", "entered_by", "confirmed_at", "confirmed_by", "refused_at", "refused_by", "refusal_reason",
    )  # fmt: skip
    ordering = ("service__code", "-valid_from", "pk")
    guarded = ""
    """What the guard on directories calls such a row."""

    def get_exclude(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return self.exclude if obj is None else ()

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    @admin.display(description="область действия")
    def scope(self, row: Tariff | ConsumptionNorm) -> str:
        return str(row.provider or row.settlement or row.district or "вся область")

    @admin.display(description="состояние")
    def state(self, row: Tariff | ConsumptionNorm) -> SafeString | str:
        return state_of(row, self.guarded)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        given = form.cleaned_data
        obj.pk = self.enter(given, RowScope(**{name: given.get(name) for name in SCOPE}), request).pk

    def enter(self, given: dict[str, Any], scope: RowScope, request: HttpRequest) -> Any:
        raise NotImplementedError


@admin.register(Tariff)
class TariffAdmin(DirectoryRow):
    guarded = "tariff"
    list_display = ("service", "scope", "variant", "price", "valid_from", "valid_to", "decree", "confirmed_by", "state")
    list_filter = ("service", "variant", "is_assumed", ("confirmed_by", admin.EmptyFieldListFilter), "district")
    search_fields = ("service__name", "provider__name", "settlement__name", "decree__number")

    def enter(self, given: dict[str, Any], scope: RowScope, request: HttpRequest) -> Tariff:
        names = ("service", "price", "decree", "valid_from", "variant", "is_assumed")
        return directories.enter_tariff(**{name: given[name] for name in names}, scope=scope, by=request.user)


@admin.register(ConsumptionNorm)
class ConsumptionNormAdmin(DirectoryRow):
    guarded = "norm"
    list_display = (
        "service", "scope", "basis", "rooms", "persons", "stove", "dwelling_kind", "amount", "valid_from", "valid_to",
        "confirmed_by", "state",
    )  # fmt: skip
    list_filter = ("service", "basis", "stove", "dwelling_kind", "is_assumed", "district")
    search_fields = ("service__name", "provider__name", "settlement__name", "decree__number")

    def enter(self, given: dict[str, Any], scope: RowScope, request: HttpRequest) -> ConsumptionNorm:
        shape = ("basis", "rooms", "persons", "stove", "dwelling_kind", "amenities")
        names = ("service", "amount", "decree", "valid_from", "is_assumed")
        return directories.enter_norm(
            **{name: given[name] for name in names},
            shape=NormShape(**{name: given[name] for name in shape}),
            scope=scope,
            by=request.user,
        )


class BandField(SimpleArrayField):
    """Numbers of a norm's bands, apart by semicolons: a comma is within a number."""

    def __init__(self, label: str, help_text: str) -> None:
        cell = forms.DecimalField(localize=True)
        super().__init__(cell, delimiter=";", required=False, label=label, help_text=help_text)


class SaleNormForm(NewRowForm):
    band_areas = BandField("ступени: до площади, м²", "Через точку с запятой, по возрастанию: 9; 18; 30")
    band_quantities = BandField("ступени: количество", "Через точку с запятой, по числу ступеней: 0,8; 1,3; 2")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if len(given.get("band_areas") or ()) != len(given.get("band_quantities") or ()):
            self.add_error("band_quantities", "Укажите количество для каждой ступени.")
        return given


class FuelRow(DirectoryRow):
    """A norm of sale or a price of fuel; the service follows from the fuel."""

    exclude = (*DirectoryRow.exclude, "service")
    groups: tuple[tuple[str, dict[str, Any]], ...] = ()
    """What is entered, in groups."""
    ordering = ("fuel", "-valid_from", "pk")

    def get_fieldsets(self, request: HttpRequest, obj: object = None) -> Any:
        return self.groups if obj is None else super().get_fieldsets(request, obj)


SCOPE_AND_ACT = (
    ("Где действует", {"fields": SCOPE, "description": "Ничего не указано — вся область. Узкая область важнее."}),
    ("Основание и срок", {"fields": ("decree", "valid_from", "is_assumed")}),
)


@admin.register(SaleNorm)
class SaleNormAdmin(FuelRow):
    guarded = "sale-norm"
    form = SaleNormForm
    list_display = ("fuel", "scope", "kind", "quantity", "area", "further", "valid_from", "valid_to", "state")
    list_filter = ("fuel", "kind", "is_assumed", ("confirmed_by", admin.EmptyFieldListFilter), "district")
    search_fields = ("provider__name", "settlement__name", "decree__number")
    groups = (
        ("Норма продажи", {"fields": ("fuel", "kind", "quantity", "area", "further")}),
        ("Ступени площади", {"fields": ("band_areas", "band_quantities")}),
        *SCOPE_AND_ACT,
    )

    def enter(self, given: dict[str, Any], scope: RowScope, request: HttpRequest) -> SaleNorm:
        bands = tuple(zip(given["band_areas"] or (), given["band_quantities"] or (), strict=True))
        shape = {name: given[name] for name in ("kind", "quantity", "area", "further")}
        names = ("fuel", "decree", "valid_from", "is_assumed")
        return fuel_directories.enter_sale_norm(
            **{name: given[name] for name in names},
            norm=NormOfSale(**shape, bands=bands),
            scope=scope,
            by=request.user,
        )


@admin.register(FuelPrice)
class FuelPriceAdmin(FuelRow):
    guarded = "fuel-price"
    list_display = ("fuel", "scope", "price", "valid_from", "valid_to", "decree", "confirmed_by", "state")
    list_filter = ("fuel", "is_assumed", ("confirmed_by", admin.EmptyFieldListFilter), "district")
    search_fields = ("provider__name", "settlement__name", "decree__number")
    groups = (("Цена", {"fields": ("fuel", "price")}), *SCOPE_AND_ACT)

    def enter(self, given: dict[str, Any], scope: RowScope, request: HttpRequest) -> FuelPrice:
        names = ("fuel", "price", "decree", "valid_from", "is_assumed")
        return fuel_directories.enter_fuel_price(**{name: given[name] for name in names}, scope=scope, by=request.user)


@admin.register(Service)
class ServiceAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("code", "name", "unit", "is_supported")
    list_filter = ("is_supported",)
    search_fields = ("code", "name", "kind")
    ordering = ("code",)

    def save_model(self, request: HttpRequest, obj: Service, form: forms.ModelForm, change: bool) -> None:
        """Save a service; what it is for the rules stays once it was billed. Raises ServiceBilled."""
        if change and {"kind", "is_supported"} & set(form.changed_data) and Charge.objects.filter(service=obj).exists():
            raise ServiceBilled(
                f"Услуга «{obj.name}» уже начислялась: её вид и вхождение в меру действуют на все месяцы, и выплаченные "
                "тоже, поэтому их не меняют. С даты порядок меняют параметром расчёта, тарифом или нормативом: "
                "«Сторож справочников» покажет разницу до сохранения."
            )
        super().save_model(request, obj, form, change)


class DistrictsInline(KeptInline):
    model = ProviderDistrict


class AgreementsInline(KeptInline):
    model = Agreement


@admin.register(Provider)
class ProviderAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("code", "short_name", "kind", "inn", "is_regional", "is_technically_able")
    list_filter = ("kind", "is_regional", "is_technically_able", "districts__district")
    search_fields = ("code", "name", "short_name", "inn")
    ordering = ("code",)
    inlines = (DistrictsInline, AgreementsInline)
    readonly_fields = ("is_technically_able", "inability_reason", "ability_since")


@admin.register(Agreement)
class AgreementAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("number", "provider", "office", "signed_on", "valid_from", "valid_to")
    list_filter = ("office",)
    list_select_related = ("provider", "office")
    search_fields = ("number", "provider__name", "provider__code")
    ordering = ("provider__code", "pk")


@admin.register(ProviderDistrict)
class ProviderDistrictAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("provider", "district", "valid_from", "valid_to")
    list_filter = ("district",)
    list_select_related = ("provider", "district")
    search_fields = ("provider__name", "provider__code")
    ordering = ("provider__code", "pk")


class ConnectedServicesInline(KeptInline):
    model = ConnectedService
    joined = ("account__provider",)


@admin.register(ServiceAccount)
class ServiceAccountAdmin(FactRow):
    list_display = ("number", "provider", "dwelling", "valid_from", "valid_to")
    list_filter = ("provider__kind",)
    list_select_related = ("provider", "dwelling__address__street__settlement")
    search_fields = ("number", "provider__code")
    inlines = (ConnectedServicesInline,)
    ordering = ("-pk",)


@admin.register(ConnectedService)
class ConnectedServiceAdmin(FactRow):
    list_display = ("account", "service", "is_metered", "meter", "valid_from", "valid_to")
    list_filter = ("service", "is_metered")
    list_select_related = ("account__provider", "service")
    search_fields = ("account__number", "meter")
    ordering = ("-pk",)


@admin.register(Charge)
class ChargeAdmin(FactRow):
    list_display = (
        "month", "billed_for", "recipient", "provider", "service", "billed", "adjustment", "source", "accepted_at",
    )  # fmt: skip
    list_filter = ("month", "office", "service", "source")
    list_select_related = ("recipient__person", "provider", "service")
    search_fields = ("account__number", "recipient__case_number")
    ordering = ("-month", "-pk")


@admin.register(Arrears)
class ArrearsAdmin(FactRow):
    list_display = ("month", "recipient", "provider", "service", "debt", "months", "status")
    list_filter = ("month", "office", "status")
    list_select_related = ("recipient__person", "provider", "service")
    search_fields = ("account__number", "recipient__case_number", "provider__name")
    ordering = ("-month", "-pk")


@admin.register(AbilityChange)
class AbilityChangeAdmin(FactRow):
    list_display = ("provider", "is_able", "reason", "since", "at", "by")
    list_filter = ("is_able",)
    list_select_related = ("provider", "by")
    search_fields = ("provider__name", "provider__code", "reason")
    ordering = ("-pk",)


@admin.register(ReminderLetter)
class ReminderLetterAdmin(FactRow):
    list_display = ("number", "office", "provider", "month", "made_at", "made_by", "answer_due_on")
    list_filter = ("month", "office")
    list_select_related = ("provider", "made_by")
    search_fields = ("number", "provider__name", "provider__code")
    ordering = ("-pk",)


@admin.register(ProviderInquiry)
class ProviderInquiryAdmin(FactRow):
    list_display = ("asked_on", "provider", "office", "way", "subject", "answer_due_on", "answered_on")
    list_filter = ("way", "office")
    list_select_related = ("provider",)
    search_fields = ("subject", "provider__name", "provider__code")
    ordering = ("-asked_on", "-pk")


@admin.register(AccountTransfer)
class AccountTransferAdmin(FactRow):
    list_display = ("kind", "provider", "successor", "valid_from", "rows", "status", "proposed_by", "decided_by")
    list_filter = ("kind", "status")
    list_select_related = ("provider", "successor", "proposed_by", "decided_by")
    search_fields = ("provider__name", "provider__code", "basis")
    ordering = ("-pk",)


@admin.register(AccountTransferLine)
class AccountTransferLineAdmin(FactRow):
    list_display = ("transfer", "old_number", "new_number")
    list_select_related = ("transfer__provider",)
    search_fields = ("old_number", "new_number")
    ordering = ("-pk",)
