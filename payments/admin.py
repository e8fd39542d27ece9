from django.contrib import admin

from offices.administration import FactRow, KeptInline, KeptRow
from offices.money import format_amount
from payments.models import (
    CancelledAccrual,
    HeirClaim,
    HeirDecision,
    HeirPart,
    HeirRequisites,
    Overpayment,
    OverpaymentPart,
    PaymentDocument,
    PaymentLine,
    PaymentList,
    PaymentRegister,
    RegisterAnswer,
    RegisterEntry,
    Repayment,
    ReturnedPayment,
    ReturnNotice,
    ReturnNoticeLine,
    ReturnReason,
    Withholding,
    WriteOff,
)


@admin.register(PaymentList)
class PaymentListAdmin(FactRow):
    list_display = ("office", "month", "paid_month", "kind", "status", "rows", "total", "built_at", "handed_at")
    list_filter = ("status", "kind", "month", "office")
    list_select_related = ("office",)
    search_fields = ("office__name",)
    date_hierarchy = "month"
    ordering = ("-month", "office__name", "pk")


@admin.register(PaymentLine)
class PaymentLineAdmin(FactRow):
    list_display = (
        "payee_name",
        "accrued_for",
        "office",
        "kind",
        "bank",
        "account",
        "post_office",
        "payable",
        "status",
    )
    list_filter = ("status", "kind", "list__month", "office")
    list_select_related = ("office", "bank", "post_office", "accrual")
    search_fields = ("payee_name", "account", "address")
    ordering = ("-pk",)

    @admin.display(description="за месяц", ordering="accrual__month")
    def accrued_for(self, line: PaymentLine) -> str:
        return f"{line.accrual.month:%m.%Y}"


class DocumentInline(KeptInline):
    show_change_link = True
    model = PaymentDocument
    joined = ("register__bank",)
    fields = ("kind", "office", "file")


class AnswerInline(KeptInline):
    show_change_link = True
    model = RegisterAnswer
    joined = ("register__bank",)
    fields = ("number", "file", "rows", "paid", "returned", "recorded_at", "recorded_by")


@admin.register(PaymentRegister)
class PaymentRegisterAdmin(FactRow):
    list_display = ("number", "channel", "bank", "month", "paid_month", "status", "rows", "total", "released_at")
    list_filter = ("status", "channel", "month", "bank")
    list_select_related = ("bank",)
    search_fields = ("bank__name", "bank__bik")
    date_hierarchy = "month"
    ordering = ("-month", "channel", "bank__name", "number", "pk")
    inlines = (DocumentInline, AnswerInline)


@admin.register(RegisterEntry)
class RegisterEntryAdmin(FactRow):
    list_display = ("register", "row_number", "line")
    list_filter = ("register__month", "register__channel")
    list_select_related = ("register__bank", "line")
    search_fields = ("line__payee_name",)
    ordering = ("-register_id", "row_number", "pk")


@admin.register(PaymentDocument)
class PaymentDocumentAdmin(FactRow):
    list_display = ("kind", "register", "office", "file")
    list_filter = ("kind", "register__month", "register__channel", "office")
    list_select_related = ("register__bank", "office", "file")
    search_fields = ("file__name",)
    ordering = ("-register_id", "kind", "office__name", "pk")


@admin.register(RegisterAnswer)
class RegisterAnswerAdmin(FactRow):
    list_display = ("register", "number", "rows", "paid", "returned", "recorded_at", "recorded_by", "file")
    list_filter = ("register__month", "register__channel")
    list_select_related = ("register__bank", "recorded_by", "file")
    search_fields = ("file__name", "sha256")
    ordering = ("-recorded_at", "pk")


@admin.register(ReturnReason)
class ReturnReasonAdmin(KeptRow):
    list_display = ("code", "channel", "title", "needs_new_requisites", "stops_payment")
    list_filter = ("channel", "needs_new_requisites", "stops_payment")
    search_fields = ("code", "title")
    ordering = ("code",)


@admin.register(ReturnedPayment)
class ReturnedPaymentAdmin(FactRow):
    list_display = ("payee", "payable", "office", "reason", "returned_on", "outcome", "clarified_by")
    list_filter = ("outcome", "reason", "office")
    list_select_related = ("line", "office", "reason", "clarified_by")
    search_fields = ("line__payee_name", "clarification")
    date_hierarchy = "returned_on"
    ordering = ("-returned_on", "pk")

    @admin.display(description="кому", ordering="line__payee_name")
    def payee(self, returned: ReturnedPayment) -> str:
        return returned.line.payee_name

    @admin.display(description="сумма, руб.", ordering="line__payable")
    def payable(self, returned: ReturnedPayment) -> str:
        return format_amount(returned.line.payable)


class HeirRequisitesInline(KeptInline):
    model = HeirRequisites
    joined = ("bank", "post_office", "entered_by", "confirmed_by")
    fields = ("kind", "bank", "account", "post_office", "entered_by", "confirmed_by")


@admin.register(HeirClaim)
class HeirClaimAdmin(FactRow):
    list_display = ("application", "office", "recipient", "claimant", "kind", "relation", "claimed_on", "term_ends_on")
    list_filter = ("kind", "office")
    list_select_related = ("application", "office", "recipient__person", "claimant")
    search_fields = ("recipient__person__last_name", "claimant__last_name")
    date_hierarchy = "claimed_on"
    ordering = ("-claimed_on", "pk")
    inlines = (HeirRequisitesInline,)


class HeirPartInline(KeptInline):
    show_change_link = True
    model = HeirPart
    joined = ("accrual__recipient__person",)
    fields = ("accrual", "payable")


@admin.register(HeirDecision)
class HeirDecisionAdmin(FactRow):
    list_display = ("number", "office", "recipient", "claimant", "relation", "total", "status", "document")
    list_filter = ("status", "office")
    list_select_related = ("office", "recipient__person", "claimant", "document")
    search_fields = ("number", "recipient__person__last_name", "claimant__last_name")
    ordering = ("-prepared_at", "pk")
    inlines = (HeirPartInline,)


@admin.register(CancelledAccrual)
class CancelledAccrualAdmin(FactRow):
    list_display = ("accrual", "office", "recipient", "reason", "cancelled_at", "cancelled_by")
    list_filter = ("office",)
    list_select_related = ("accrual__recipient__person", "office", "recipient__person", "cancelled_by")
    search_fields = ("recipient__person__last_name",)
    date_hierarchy = "cancelled_at"
    ordering = ("-cancelled_at", "pk")


class ReturnNoticeLineInline(KeptInline):
    model = ReturnNoticeLine
    joined = ("line", "notice__bank")
    fields = ("line",)


@admin.register(ReturnNotice)
class ReturnNoticeAdmin(FactRow):
    list_display = ("number", "office", "channel", "bank", "rows", "total", "made_at", "made_by", "document")
    list_filter = ("channel", "bank")
    list_select_related = ("office", "bank", "made_by", "document")
    search_fields = ("number", "bank__name")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "pk")
    inlines = (ReturnNoticeLineInline,)


class OverpaymentPartInline(KeptInline):
    model = OverpaymentPart
    joined = ("accrual__recipient__person",)
    fields = ("accrual", "roubles")


class RepaymentInline(KeptInline):
    show_change_link = True
    model = Repayment
    joined = ("overpayment",)
    fields = ("paid_on", "roubles", "document", "recorded_by")


@admin.register(Overpayment)
class OverpaymentAdmin(FactRow):
    list_display = ("number", "office", "recipient", "cause", "total", "rest", "status", "found_on", "percent")
    list_filter = ("status", "cause", "office")
    list_select_related = ("office", "recipient__person")
    search_fields = ("number", "recipient__person__last_name", "recipient__case_number")
    date_hierarchy = "found_on"
    ordering = ("-found_on", "-pk")
    inlines = (OverpaymentPartInline, RepaymentInline)


@admin.register(Withholding)
class WithholdingAdmin(FactRow):
    list_display = ("overpayment", "accrual", "list", "due", "percent", "withheld", "balance")
    list_filter = ("list__month", "list__office")
    list_select_related = ("overpayment", "accrual__recipient__person", "list__office__district")
    search_fields = ("overpayment__number",)
    ordering = ("-pk",)


@admin.register(Repayment)
class RepaymentAdmin(FactRow):
    list_display = ("overpayment", "paid_on", "roubles", "document", "recorded_by")
    list_select_related = ("overpayment", "recorded_by")
    search_fields = ("overpayment__number", "document")
    date_hierarchy = "paid_on"
    ordering = ("-paid_on", "-pk")


@admin.register(WriteOff)
class WriteOffAdmin(FactRow):
    list_display = ("overpayment", "ground", "roubles", "prepared_by", "confirmed_by", "confirmed_at")
    list_select_related = ("overpayment", "prepared_by", "confirmed_by")
    search_fields = ("overpayment__number", "ground")
    ordering = ("-prepared_at", "-pk")
