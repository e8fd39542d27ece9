"""Parameters in the administration; runs, accruals, lines, withheld charges and reviews are only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from calculations.inputs.parameters import ParameterUnreadable, require_readable
from calculations.models import (
    Accrual,
    AccrualLine,
    CalculationRun,
    DebtAnswer,
    DebtCourtAct,
    DebtRequest,
    FuelAssignment,
    FuelItem,
    FuelPart,
    Parameter,
    Recalculation,
    RecalculationMonth,
    Rehearsal,
    RehearsalRow,
    RehearsalSum,
    ReviewDecision,
    Suspension,
    UnappliedRecalculation,
    Withheld,
)
from calculations.rules.faults import LineFault
from calculations.rules.regimes import RULES, UnknownRule
from calculations.rules.stored import UnreadableStoredLine
from calculations.services import explanation, parameters
from offices.administration import FactRow, KeptRow
from offices.confirming import state_of

RULE_TITLES = {rule.name: rule.title for rule in RULES.values()}
REGIMES = {"regulation_2007": "Регламент 2007 года", "federal_2016": "федеральный порядок с 2016 года"}
PARAMETERS = {code.value: code.label.partition(" (")[0] for code in Parameter.Code}
CHOICES = {
    "1,2,child": "I и II группы, дети-инвалиды",
    "1, 2, child": "I и II группы, дети-инвалиды",
    "first_of_next_month": "с первого числа следующего месяца",
    "daily": "по дням",
    "full": "за месяц смерти полностью",
    "days": "за месяц смерти по дням",
    "own_share": "доля имеющих право",
    "all_family": "вся семья получателя",
    "norm": "в пределах норматива",
    "none": "не применяется",
    "agreement": "при долге — только с соглашением о его погашении",
    "court_act": "долг, подтверждённый судебным актом",
    "whole": "вся стоимость",
    "same": "месяц обращения",
    "next": "месяц после месяца обращения",
}
HOW_TO_WRITE = "Число или слово, указанное в скобках после названия параметра; дробь — через запятую или точку."


class ParameterForm(forms.ModelForm):
    """A new value from a day on; the former one is ended by the service, so overlaps are asked of it."""

    class Meta:
        model = Parameter
        fields = ("code", "value", "valid_from", "decree")
        help_texts = {"value": HOW_TO_WRITE}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"code", "value"} <= given.keys():
            try:
                require_readable(given["code"], given["value"])
            except ParameterUnreadable as refusal:
                self.add_error("value", str(refusal))
        return given

    def validate_constraints(self) -> None:
        pass


@admin.register(Parameter)
class ParameterAdmin(KeptRow):
    words = {"code": PARAMETERS, "value": CHOICES}
    form = ParameterForm
    list_display = ("code", "value", "valid_from", "valid_to", "decree", "entered_by", "confirmed_by", "state")
    list_filter = ("code", ("confirmed_by", admin.EmptyFieldListFilter))
    list_select_related = ("decree", "entered_by", "confirmed_by")
    search_fields = ("value", "decree__number", "decree__title")
    ordering = ("code", "-valid_from", "pk")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        obj.pk = parameters.enter_parameter(**form.cleaned_data, by=request.user).pk

    @admin.display(description="состояние")
    def state(self, row: Parameter) -> SafeString | str:
        return state_of(row, "parameter")


@admin.register(CalculationRun)
class CalculationRunAdmin(FactRow):
    list_display = (
        "office", "month", "number", "status", "recipients", "lines", "total", "started_by", "submitted_by", "reviewed_by",
    )  # fmt: skip
    list_filter = ("status", "month", "office")
    list_select_related = ("office", "started_by", "submitted_by", "reviewed_by")
    search_fields = ("office__name", "office__code")
    ordering = ("-month", "office__name", "-number")


@admin.register(Accrual)
class AccrualAdmin(FactRow):
    list_display = (
        "recipient", "month", "office", "billed", "accrued", "carried_in", "carried_out", "lines", "run_number",
    )  # fmt: skip
    list_filter = ("month", "run__status", "office")
    list_select_related = ("recipient__person", "office", "run")
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=recipient__person__snils")
    ordering = ("-month", "pk")

    @admin.display(description="№ расчёта")
    def run_number(self, row: Accrual) -> int:
        return row.run.number


@admin.register(AccrualLine)
class AccrualLineAdmin(FactRow):
    list_display = (
        "recipient", "month", "corrects_month", "service", "billed", "base", "share", "accrued", "reason",
    )  # fmt: skip
    list_filter = ("month", "service", "regime", "office")
    list_select_related = ("recipient__person", "service")
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=recipient__person__snils")
    ordering = ("-month", "pk")
    words = {"regime": REGIMES, "rule": RULE_TITLES}
    exclude = ("inputs",)
    readonly_fields = ("steps",)

    @admin.display(description="как посчитано")
    def steps(self, row: AccrualLine) -> SafeString | str:
        try:
            found = explanation.replay(line=row)
        except (LineFault, UnreadableStoredLine, UnknownRule) as fault:
            return f"Строка не пересчитывается: {fault}"
        told = [(caption.title, caption.text, caption.source) for caption in found.captions]
        if not found.equals_stored:
            told.append(("Внимание", f"пересчёт даёт {found.result.cash_equivalent}, записано {row.accrued}", ""))
        return format_html_join("", "<p><b>{}</b>: {}<br><small>{}</small></p>", told)


@admin.register(UnappliedRecalculation)
class UnappliedRecalculationAdmin(FactRow):
    list_display = ("recipient", "month", "counts_for", "roubles", "reason", "text", "charge_id")
    list_filter = ("reason", "month", "run__office")
    list_select_related = ("recipient__person",)
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=charge_id")
    ordering = ("-month", "pk")


@admin.register(FuelAssignment)
class FuelAssignmentAdmin(FactRow):
    list_display = (
        "recipient", "rule", "year", "starts_on", "months", "cost", "counted_cost", "share", "amount", "status",
    )  # fmt: skip
    list_filter = ("rule", "status", "year", "office")
    list_select_related = ("recipient__person",)
    search_fields = ("recipient__case_number", "recipient__person__last_name", "application__number")
    exclude = ("inputs",)
    ordering = ("-prepared_at", "pk")


@admin.register(FuelItem)
class FuelItemAdmin(FactRow):
    list_display = ("assignment", "fuel", "applied", "limit", "counted", "price", "seller_document")
    list_filter = ("fuel",)
    list_select_related = ("assignment", "price")
    search_fields = ("assignment__recipient__case_number", "seller_document")
    ordering = ("-pk",)


@admin.register(FuelPart)
class FuelPartAdmin(FactRow):
    list_display = ("assignment", "number", "month", "amount")
    list_filter = ("month",)
    list_select_related = ("assignment",)
    search_fields = ("assignment__recipient__case_number",)
    ordering = ("-pk",)


@admin.register(Withheld)
class WithheldAdmin(FactRow):
    list_display = ("recipient", "month", "reason", "text", "billed", "charge_id")
    list_filter = ("reason", "month", "run__office")
    list_select_related = ("recipient__person",)
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=charge_id")
    ordering = ("-month", "pk")


@admin.register(ReviewDecision)
class ReviewDecisionAdmin(FactRow):
    list_display = ("accrual", "cause", "verdict", "note", "reviewed_at", "reviewed_by")
    list_filter = ("cause", "verdict", "accrual__month", "accrual__office")
    list_select_related = ("accrual__recipient__person", "reviewed_by")
    search_fields = ("accrual__recipient__case_number", "accrual__recipient__person__last_name", "note")
    ordering = ("-reviewed_at", "pk")


@admin.register(Recalculation)
class RecalculationAdmin(FactRow):
    list_display = (
        "number", "office", "cause", "changed_from", "what", "status", "prepared_at", "prepared_by", "decided_by",
    )  # fmt: skip
    list_filter = ("status", "cause", "office")
    list_select_related = ("office", "prepared_by", "decided_by")
    search_fields = ("=number", "what", "document")
    ordering = ("-prepared_at", "pk")


@admin.register(RecalculationMonth)
class RecalculationMonthAdmin(FactRow):
    list_display = ("order", "recipient", "month", "accrued", "recalculated", "is_open", "run")
    list_filter = ("is_open", "month", "order__office")
    list_select_related = ("order", "recipient__person", "run__office")
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=order__number")
    ordering = ("-month", "pk")
    exclude = ("services",)


@admin.register(Rehearsal)
class RehearsalAdmin(FactRow):
    list_display = ("told", "month", "last_month", "office", "asked_by", "asked_at", "before", "after", "impossible")
    list_filter = ("month", "office", "bills")
    list_select_related = ("office", "asked_by")
    search_fields = ("told",)
    exclude = ("changes",)
    ordering = ("-pk",)


@admin.register(RehearsalSum)
class RehearsalSumAdmin(FactRow):
    list_display = ("rehearsal", "month", "office", "service", "lines", "changed", "before", "after", "impossible")
    list_filter = ("month", "office")
    list_select_related = ("rehearsal", "office", "service")
    search_fields = ("rehearsal__told", "service__name")
    ordering = ("-pk",)


@admin.register(RehearsalRow)
class RehearsalRowAdmin(FactRow):
    list_display = (
        "recipient",
        "rehearsal",
        "month",
        "office",
        "before",
        "after",
        "difference",
        "impossible",
        "reason",
    )
    list_filter = ("month", "office", "is_drifted")
    list_select_related = ("recipient__person", "rehearsal", "office")
    search_fields = ("recipient__case_number", "recipient__person__last_name")
    exclude = ("services",)
    ordering = ("-pk",)


@admin.register(DebtRequest)
class DebtRequestAdmin(FactRow):
    list_display = ("number", "office", "provider", "sent_on", "answer_due_on", "made_by")
    list_filter = ("office",)
    list_select_related = ("office", "provider", "made_by")
    search_fields = ("=number", "provider__name")
    ordering = ("-sent_on", "pk")


@admin.register(DebtAnswer)
class DebtAnswerAdmin(FactRow):
    list_display = ("recipient", "request", "outcome", "debt", "owed_since", "months", "answered_on", "recorded_by")
    list_filter = ("outcome", "request__office")
    list_select_related = ("recipient__person", "request", "recorded_by")
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=request__number")
    ordering = ("-pk",)


@admin.register(DebtCourtAct)
class DebtCourtActAdmin(FactRow):
    list_display = (
        "recipient", "court", "number", "decided_on", "in_force_on", "debt", "owed_since", "months", "settled_on",
    )  # fmt: skip
    list_filter = ("office",)
    list_select_related = ("recipient__person",)
    search_fields = ("recipient__case_number", "recipient__person__last_name", "=number", "court")
    ordering = ("-in_force_on", "pk")


@admin.register(Suspension)
class SuspensionAdmin(FactRow):
    list_display = (
        "number", "recipient", "office", "rule", "status", "starts_on", "prepared_by", "confirmed_by", "resumed_on",
    )  # fmt: skip
    list_filter = ("status", "rule", "office")
    list_select_related = ("recipient__person", "office", "prepared_by", "confirmed_by")
    search_fields = ("=number", "recipient__case_number", "recipient__person__last_name")
    ordering = ("-starts_on", "pk")
