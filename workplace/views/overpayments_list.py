import datetime as dt
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from offices.lists.columns import DayColumn, RoublesColumn, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.months import month_name
from payments.models import Overpayment


class OverpaymentTable(ListTable):
    number = TextColumn("№", sort="number")
    person = TextColumn("Получатель", sort="recipient__person__last_name")
    office = TextColumn("Район", sort="office__name", regional=True)
    cause = TextColumn("Причина", sort="cause")
    found_on = DayColumn("Выявлена", sort="found_on")
    total = RoublesColumn("Переплачено, ₽", sort="total", total=True)
    gone = RoublesColumn("Погашено, ₽")
    rest = RoublesColumn("Осталось, ₽", sort="rest", total=True)
    until = TextColumn("Удержим по")
    state = StateColumn("Состояние", sort="status")

    def address_of(self, record: Any) -> str:
        return self.to("overpayment", record.pk)

    def render_number(self, value: str) -> str:
        return f"№ {value}"

    def render_person(self, value: str, record: Any) -> SafeString:
        return format_html('{}<div class="xs muted">дело № {}</div>', value, record.case_number)

    def render_until(self, value: dt.date) -> str:
        return month_name(value)

    def value_until(self, value: dt.date | None, record: Any) -> str:
        return month_name(value) if value else ""


class OverpaymentFilter(ListFilter):
    """Filters of the overpayments: whose, how far, whose fault."""

    named = TextFilter(label="Фамилия", field_name="recipient__person__last_name", lookup_expr="istartswith")
    status = ChoiceFilter(label="Состояние", choices=Overpayment.Status.choices)
    cause = ChoiceFilter(label="Причина", choices=Overpayment.Cause.choices)


OVERPAYMENTS = Listing(
    page="overpayments",
    title="Переплаты",
    table=OverpaymentTable,
    order="-found_on",
    found="переплата,переплаты,переплат",
    filters=OverpaymentFilter,
    views=(
        BuiltInView("Ждут решения", "status=open"),
        BuiltInView("Удерживаются", "status=withheld"),
        BuiltInView("Взыскиваются судом", "status=claimed"),
        BuiltInView("Согласие отозвано", "status=withdrawn"),
    ),
    empty=Empty(
        "Переплат нет. Выявленную переплату записывают с карточки получателя, вкладка «Выплаты».",
        "recipients",
        "Получатели",
    ),
)
