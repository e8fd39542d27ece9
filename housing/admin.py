"""Addresses and dwellings in the administration: places are a directory, people's homes are only looked at."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from housing.models import (
    Address,
    Dwelling,
    DwellingFacts,
    PersonAddress,
    Residence,
    Settlement,
    Street,
    SupportedDwelling,
)
from offices.administration import ADMINISTRATORS, ON_THE_CARD, FactRow, KeptInline, KeptRow
from offices.models import Role
from offices.refusals import Refusal

KEEPERS = ADMINISTRATORS | {Role.CALCULATION}
PLACE = "address__street__settlement"


class PaidFor(Refusal):
    """What a settlement is for tariffs counts for months that were paid."""


class StreetsInline(KeptInline):
    model = Street


@admin.register(Settlement)
class SettlementAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("name", "kind", "district", "code", "is_rural")
    list_filter = ("is_rural", "district")
    list_select_related = ("district",)
    search_fields = ("name", "code")
    ordering = ("district__name", "name", "pk")
    inlines = (StreetsInline,)

    def save_model(self, request: HttpRequest, obj: Settlement, form: forms.ModelForm, change: bool) -> None:
        """Save a settlement; what it is for tariffs stays once somebody is paid for living in it. Raises PaidFor."""
        homes = SupportedDwelling.objects.filter(dwelling__address__street__settlement=obj.pk)
        if change and {"is_rural", "district"} & set(form.changed_data) and homes.exists():
            raise PaidFor(
                f"{obj}: по жилью этого населённого пункта уже предоставляют меру. Признак «сельский» и район действуют "
                "на все месяцы, и выплаченные тоже, поэтому их не меняют. С даты введите тариф с областью действия "
                "«населённый пункт»: «Сторож справочников» покажет разницу до сохранения."
            )
        super().save_model(request, obj, form, change)


@admin.register(Street)
class StreetAdmin(KeptRow):
    keepers = KEEPERS
    list_display = ("name", "settlement", "code")
    list_filter = ("settlement__district",)
    list_select_related = ("settlement",)
    search_fields = ("name", "settlement__name", "code")
    ordering = ("settlement__name", "name", "pk")


@admin.register(Address)
class AddressAdmin(FactRow):
    list_display = ("street", "house", "building", "flat", "room", "postal_index")
    list_filter = ("street__settlement__district",)
    list_select_related = ("street__settlement",)
    search_fields = ("street__name", "=house", "postal_index")
    ordering = ("-pk",)


class DwellingFactsInline(KeptInline):
    model = DwellingFacts
    joined = (f"dwelling__{PLACE}",)


class ResidencesInline(KeptInline):
    model = Residence
    joined = (f"dwelling__{PLACE}",)


@admin.register(Dwelling)
class DwellingAdmin(FactRow):
    list_display = ("address", "district")
    list_filter = ("district",)
    list_select_related = (PLACE, "district")
    search_fields = ("address__street__name", "=address__house", "address__postal_index")
    ordering = ("-pk",)
    inlines = (DwellingFactsInline, ResidencesInline)


@admin.register(DwellingFacts)
class DwellingFactsAdmin(FactRow):
    where_changed = ON_THE_CARD
    list_display = (
        "dwelling", "stock", "kind", "total_area", "living_area", "rooms", "stove", "has_central_heating", "valid_from",
        "valid_to",
    )  # fmt: skip
    list_filter = ("stock", "kind", "stove", "has_central_heating", "dwelling__district")
    list_select_related = (f"dwelling__{PLACE}",)
    search_fields = ("dwelling__address__street__name", "=dwelling__address__house")
    ordering = ("-valid_from", "-pk")


@admin.register(Residence)
class ResidenceAdmin(FactRow):
    where_changed = ON_THE_CARD
    list_display = ("person", "dwelling", "basis", "valid_from", "valid_to")
    list_filter = ("basis", ("valid_to", admin.EmptyFieldListFilter), "dwelling__district")
    list_select_related = ("person", f"dwelling__{PLACE}")
    search_fields = ("^person__last_name", "person__snils", "dwelling__address__street__name")
    ordering = ("-valid_from", "-pk")


@admin.register(SupportedDwelling)
class SupportedDwellingAdmin(FactRow):
    where_changed = ON_THE_CARD
    list_display = ("recipient", "dwelling", "basis", "valid_from", "valid_to")
    list_filter = ("basis", "recipient__office")
    list_select_related = ("recipient__person", f"dwelling__{PLACE}")
    search_fields = ("recipient__case_number", "^recipient__person__last_name", "dwelling__address__street__name")
    ordering = ("-valid_from", "-pk")


@admin.register(PersonAddress)
class PersonAddressAdmin(FactRow):
    list_display = ("person", "kind", "address", "valid_from", "valid_to")
    list_filter = ("kind", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("person", PLACE)
    search_fields = ("^person__last_name", "person__snils", "address__street__name")
    ordering = ("-valid_from", "-pk")
