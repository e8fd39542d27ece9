"""The list of applications for fuel and gas."""

from typing import Any

from django.db.models import Q

from calculations.models import FuelAssignment
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from workplace.selectors.fuel import state_of

Status = FuelAssignment.Status


class FuelTable(ListTable):
    recipient = TextColumn("Получатель", sort="recipient__person__last_name", accessor="recipient__person")
    rule = TextColumn("Вид", sort="rule", accessor="get_rule_display")
    year = TextColumn("Год", sort="year")
    dwelling = TextColumn("Жильё", accessor="dwelling")
    received_on = DayColumn("Заявление", sort="application__received_on", accessor="application__received_on")
    months = CountColumn("Месяцев", sort="months")
    amount = RoublesColumn("Назначено, ₽", sort="amount")
    accrued = RoublesColumn("Начислено, ₽", accessor="accrued_sum")
    left = RoublesColumn("Осталось, ₽", accessor="pk")
    state = StateColumn("Состояние", accessor="pk")

    def address_of(self, record: FuelAssignment) -> str:
        return self.to("fuel-assignment", record.pk)

    def render_left(self, record: Any) -> Any:
        return RoublesColumn("").render(record.amount - record.accrued_sum) if _runs(record) else "—"

    def value_left(self, value: Any, record: Any) -> Any:
        return record.amount - record.accrued_sum if _runs(record) else None

    def render_state(self, record: FuelAssignment) -> Any:
        return StateColumn("").render(state_of(record))

    def value_state(self, value: Any, record: FuelAssignment) -> str:
        return self._state(record).word

    def _state(self, record: FuelAssignment) -> State:
        return state_of(record)


class FuelFilter(ListFilter):
    """Filters of the applications: a name or case, the kind, the state."""

    named = TextFilter(label="Фамилия или № дела", method="keep_named")
    rule = ChoiceFilter(label="Вид", field_name="rule", choices=FuelAssignment.Rule.choices)
    status = ChoiceFilter(label="Состояние", field_name="status", choices=Status.choices)

    def keep_named(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(Q(recipient__person__last_name__istartswith=value) | Q(recipient__case_number=value))


ASSIGNMENTS = Listing(
    page="fuel",
    title="Топливо и газ",
    table=FuelTable,
    order="-year",
    filters=FuelFilter,
    found="заявление,заявления,заявлений",
    views=(BuiltInView("Ждут утверждения", "status=prepared"), BuiltInView("Назначено", "status=confirmed")),
    empty=Empty("Заявлений на топливо и газ нет: новое принимают из карточки получателя, вкладка «Услуги»."),
)


def _runs(record: FuelAssignment) -> bool:
    return record.status == Status.CONFIRMED
