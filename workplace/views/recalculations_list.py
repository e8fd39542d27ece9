from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from calculations.models import Recalculation, RecalculationMonth
from offices.frame import page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.months import month_name
from offices.templatetags import ui
from workplace.navigation import CALCULATING
from workplace.selectors.recalculations.listing import STATES, state_of, with_sums
from workplace.selectors.recalculations.lost import with_lost

Status = Recalculation.Status


class RecalculationTable(ListTable):
    number = TextColumn("Перерасчёт", sort="number")
    office = TextColumn("Район", sort="office__name", regional=True, accessor="office")
    who = TextColumn("Получатель", sort="who")
    people = CountColumn("Человек", sort="people", hidden=True)
    what = TextColumn("Что изменилось", sort="what")
    months = TextColumn("Месяцы", sort="first", accessor="first")
    difference = RoublesColumn("Разница, ₽", sort="difference", total=True, nullable=True)
    state = StateColumn("Состояние", sort="status", accessor="status")
    prepared = DayColumn("Подготовлен", sort="prepared_at", accessor="prepared_at")
    author = TextColumn("Кто подготовил", sort="prepared_by__last_name", accessor="prepared_by", hidden=True)
    document = TextColumn("Основание", accessor="document", hidden=True)

    def address_of(self, record: Any) -> str:
        return self.to("recalculation", record.pk)

    def render_number(self, record: Any) -> SafeString:
        return format_html('№ {}<div class="xs muted">{}</div>', record.number, record.get_cause_display())

    def value_number(self, value: int, record: Any) -> str:
        return str(record.number)

    def render_office(self, record: Any) -> str:
        return self.value_office(None, record)

    def value_office(self, value: Any, record: Any) -> str:
        return str(record.office.district or record.office)

    def render_who(self, record: Any) -> str:
        return self.value_who(None, record)

    def value_who(self, value: Any, record: Any) -> str:
        others = record.people - 1
        return f"{record.who} и ещё {others}" if others else record.who

    def render_months(self, record: Any) -> str:
        return self.value_months(None, record)

    def value_months(self, value: Any, record: Any) -> str:
        if record.first == record.last:
            return month_name(record.first)
        return f"{month_name(record.first)} — {month_name(record.last)}"

    def render_state(self, record: Any) -> str:
        return StateColumn.render(self.base_columns["state"], state_of(record))

    def value_state(self, value: Any, record: Any) -> str:
        return state_of(record).word

    def render_prepared(self, record: Any) -> str:
        return ui.day(record.prepared_at)

    def render_author(self, record: Any) -> str:
        return ui.short_name(record.prepared_by)

    def value_author(self, value: Any, record: Any) -> str:
        return str(record.prepared_by)


class RecalculationFilter(ListFilter):
    """Filters of the orders: whose, why, how far."""

    named = TextFilter(label="Получатель или № дела", method="keep_named")
    cause = ChoiceFilter(label="Причина", choices=Recalculation.Cause.choices)
    lost = ChoiceFilter(
        label="Право получателя", choices=(("1", "права больше нет, нужно решение"),), method="keep_lost"
    )
    status = ChoiceFilter(label="Состояние", choices=[(code, state.word) for code, state in STATES.items()])

    def keep_named(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        fits = Q(recipient__case_number__iexact=value) | Q(recipient__person__last_name__istartswith=value)
        return rows.filter(Exists(RecalculationMonth.objects.filter(fits, order=OuterRef("pk"))))

    def keep_lost(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(is_lost=True)


RECALCULATIONS = Listing(
    page="recalculations",
    title="Перерасчёты",
    table=RecalculationTable,
    order="-prepared",
    found="перерасчёт,перерасчёта,перерасчётов",
    filters=RecalculationFilter,
    views=(
        BuiltInView("Ждут утверждения", "status=prepared"),
        BuiltInView("Войдут в расчёт", "status=approved"),
        BuiltInView("Нужно решение", "lost=1"),
        BuiltInView("Учтены", "status=done"),
    ),
    empty=Empty(
        "Перерасчётов нет. Они появляются, когда на карточке меняют состав семьи, площадь или группу с прошедшей даты.",
        "recipients",
        "Получатели",
    ),
)


@require_safe
@page(section="runs", roles=CALCULATING)
def recalculations(request: HttpRequest) -> HttpResponseBase:
    """List the orders of recalculation, the newest first."""
    rows = with_lost(with_sums(request.frame.seen(Recalculation.objects.all())))
    joined = rows.select_related("office__district", "prepared_by")
    return RECALCULATIONS.answer(request, rows=joined, template="recalculations/list.html", context={})
