"""People, rights and decisions in the administration: written by services, here only looked at."""

from django.contrib import admin

from offices.administration import ADMINISTRATORS, ON_THE_CARD, FactRow, KeptInline, KeptRow
from offices.models import Role
from recipients.models import (
    Application,
    ApplicationDocument,
    CardHandover,
    CardView,
    CaseDocument,
    Change,
    ChangeBatch,
    EntitledPerson,
    Entitlement,
    Ground,
    HandedCard,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
    Termination,
)

BY_RECIPIENT = ("recipient__case_number", "^recipient__person__last_name", "recipient__person__snils")


class CaseDocumentsInline(KeptInline):
    model = CaseDocument


class EntitlementsInline(KeptInline):
    model = Entitlement
    joined = ("recipient__person",)
    fields = ("holder", "category", "disabled_person", "certificate", "valid_from", "valid_to")
    show_change_link = True


class ChannelsInline(KeptInline):
    model = PaymentChannel
    joined = ("recipient__person",)
    fields = ("kind", "payee", "bank", "account", "post_office", "valid_from", "valid_to", "confirmed_by")
    show_change_link = True


@admin.register(Recipient)
class RecipientAdmin(FactRow):
    list_display = ("case_number", "person", "office", "shelf", "opened_on", "closed_on")
    list_filter = ("office", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "office")
    search_fields = ("case_number", "^person__last_name", "person__snils")
    date_hierarchy = "opened_on"
    ordering = ("-pk",)
    inlines = (EntitlementsInline, ChannelsInline, CaseDocumentsInline)


@admin.register(Person)
class PersonAdmin(FactRow):
    where_changed = ON_THE_CARD
    list_display = ("last_name", "first_name", "middle_name", "birth_date", "death_date", "snils")
    list_filter = ("sex", ("death_date", admin.EmptyFieldListFilter))
    search_fields = ("^last_name", "^first_name", "snils", "document_number")
    ordering = ("last_name", "first_name", "pk")


class ApplicationDocumentsInline(KeptInline):
    model = ApplicationDocument


@admin.register(Application)
class ApplicationAdmin(FactRow):
    list_display = ("number", "received_on", "applicant", "kind", "category", "way", "status", "office")
    list_filter = ("status", "kind", "way", "category", "office")
    list_select_related = ("applicant", "office")
    search_fields = ("number", "^applicant__last_name", "applicant__snils")
    date_hierarchy = "received_on"
    ordering = ("-received_on", "-pk")
    inlines = (ApplicationDocumentsInline,)


class EntitledPersonsInline(KeptInline):
    model = EntitledPerson


@admin.register(Entitlement)
class EntitlementAdmin(FactRow):
    where_changed = ON_THE_CARD
    list_display = (
        "recipient", "holder", "category", "disabled_person", "certificate", "certificate_valid_to", "valid_from",
        "valid_to",
    )  # fmt: skip
    list_filter = ("holder", "category", ("valid_to", admin.EmptyFieldListFilter), "recipient__office")
    list_select_related = ("recipient__person", "disabled_person")
    search_fields = (*BY_RECIPIENT, "^disabled_person__last_name", "certificate")
    date_hierarchy = "valid_from"
    ordering = ("-valid_from", "-pk")
    inlines = (EntitledPersonsInline,)


@admin.register(Termination)
class TerminationAdmin(FactRow):
    list_display = (
        "number",
        "entitlement",
        "ground",
        "happened_on",
        "ends_on",
        "status",
        "prepared_by",
        "confirmed_by",
    )
    list_filter = ("status", "ground", "office")
    list_select_related = ("entitlement__recipient__person", "ground", "prepared_by", "confirmed_by")
    search_fields = ("number", "document", "^entitlement__recipient__person__last_name")
    date_hierarchy = "ends_on"
    ordering = ("-prepared_at", "-pk")


@admin.register(PaymentChannel)
class PaymentChannelAdmin(FactRow):
    list_display = (
        "recipient", "kind", "payee", "bank", "account", "post_office", "valid_from", "valid_to", "confirmed_by",
    )  # fmt: skip
    list_filter = ("kind", ("confirmed_at", admin.EmptyFieldListFilter), "recipient__office")
    list_select_related = ("recipient__person", "payee", "bank", "post_office", "confirmed_by")
    search_fields = (*BY_RECIPIENT, "account", "^payee__last_name")
    ordering = ("-entered_at", "-pk")


@admin.register(LegalRepresentative)
class LegalRepresentativeAdmin(FactRow):
    list_display = ("representative", "represented", "authority", "document", "valid_from", "valid_to")
    list_filter = ("authority", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("representative", "represented")
    search_fields = ("^representative__last_name", "^represented__last_name", "document")
    ordering = ("-valid_from", "-pk")


@admin.register(Change)
class ChangeAdmin(FactRow):
    list_display = ("recipient", "kind", "happened_on", "source", "document", "reported_at", "reported_by", "batch")
    list_filter = ("kind", ("batch", admin.EmptyFieldListFilter), "office")
    list_select_related = ("recipient__person", "reported_by", "batch__office")
    search_fields = (*BY_RECIPIENT, "document", "source")
    date_hierarchy = "happened_on"
    ordering = ("-reported_at", "-pk")


@admin.register(ChangeBatch)
class ChangeBatchAdmin(FactRow):
    list_display = ("office", "month", "sent_at", "sent_by", "accepted_at", "accepted_by")
    list_filter = ("month", ("accepted_at", admin.EmptyFieldListFilter), "office")
    list_select_related = ("office", "sent_by", "accepted_by")
    ordering = ("-month", "office__name", "pk")


@admin.register(CardHandover)
class CardHandoverAdmin(FactRow):
    list_display = ("office", "month", "number", "handed_at", "handed_by", "accepted_at", "accepted_by")
    list_filter = ("month", ("accepted_at", admin.EmptyFieldListFilter), "office")
    list_select_related = ("office", "handed_by", "accepted_by")
    ordering = ("-month", "office__name", "-number", "pk")


@admin.register(HandedCard)
class HandedCardAdmin(FactRow):
    """Its own list: one hand-over may hold thousands of cards."""

    list_display = ("channel", "handover")
    list_filter = ("handover__month", "handover__office")
    list_select_related = ("channel__recipient__person", "handover__office")
    search_fields = ("channel__recipient__case_number", "^channel__recipient__person__last_name")
    ordering = ("-handover", "pk")


@admin.register(CardView)
class CardViewAdmin(FactRow):
    """The access log: the auditor asks who looked at whom."""

    readers = frozenset({Role.AUDITOR})
    list_display = ("minute", "staff", "recipient", "tab", "address")
    list_filter = ("recipient__office",)
    list_select_related = ("staff", "recipient__person")
    search_fields = (*BY_RECIPIENT, "^staff__last_name", "staff__username")
    date_hierarchy = "minute"
    ordering = ("-minute", "-pk")


@admin.register(Ground)
class GroundAdmin(KeptRow):
    """The coded grounds of refusal and termination with the articles' texts."""

    keepers = ADMINISTRATORS | {Role.LEGAL}
    list_display = ("code", "kind", "title", "article", "ends", "valid_from", "valid_to", "decree")
    list_filter = ("kind", "ends")
    list_select_related = ("decree",)
    search_fields = ("code", "title", "article", "text")
    ordering = ("kind", "code", "valid_from", "pk")
