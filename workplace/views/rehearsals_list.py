"""The lists of rehearsals: those that were asked for, and the recipients of one."""

from typing import Any

from calculations.models import Rehearsal
from offices.lists.columns import DifferenceColumn, MomentColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.months import month_name
from workplace.selectors.rehearsals.result import ResultRow


class RehearsalTable(ListTable):
    told = TextColumn("Что изменено", sort="told")
    month = TextColumn("Месяц", sort="month")
    office = TextColumn("Где", sort="office__name", nullable=True, accessor="pk")
    state = StateColumn("Состояние", accessor="pk")
    difference = DifferenceColumn("Разница, ₽", accessor="difference")
    asked_at = MomentColumn("Когда", sort="asked_at")
    asked_by = TextColumn("Кто", sort="asked_by__last_name")

    def address_of(self, record: Rehearsal) -> str:
        return self.to("rehearsal", record.pk)

    def render_month(self, value: Any) -> str:
        return month_name(value)

    def value_month(self, value: Any, record: Rehearsal) -> str:
        return month_name(value)

    def render_office(self, record: Rehearsal) -> str:
        return record.office.district.name if record.office else "вся область"

    def value_office(self, value: Any, record: Rehearsal) -> str:
        return self.render_office(record)

    def render_state(self, record: Rehearsal) -> Any:
        return StateColumn("").render(state_of(record))

    def value_state(self, value: Any, record: Rehearsal) -> str:
        return state_of(record).word


REHEARSALS = Listing(
    page="rehearsals",
    title="Репетиции",
    table=RehearsalTable,
    order="-asked_at",
    found="репетиция,репетиции,репетиций",
    empty=Empty("Репетиций ещё не было.", "rehearsal-new", "Провести репетицию"),
)


class RecipientTable(ListTable):
    name = TextColumn("Получатель", sort="recipient__person__name_key")
    case_number = TextColumn("№ дела", hidden=True)
    district = TextColumn("Район", sort="office__district__name", regional=True)
    month = TextColumn("Месяц", sort="month", hidden=True)
    before = RoublesColumn("Было, ₽", sort="before", total=True)
    after = RoublesColumn("Станет, ₽", sort="after", total=True)
    difference = DifferenceColumn("Разница, ₽", sort="difference", total=True)
    services = TextColumn("Что меняется")
    impossible = RoublesColumn("Не считается, ₽", sort="impossible", total=True)
    reason = TextColumn("Почему не считается")

    def address_of(self, record: ResultRow) -> str:
        return self.to("card-accruals", record.recipient_id)

    def css_of(self, record: ResultRow) -> str:
        return "bad" if record.impossible else ""

    def render_services(self, record: ResultRow) -> str:
        return record.main

    def value_services(self, value: str, record: ResultRow) -> str:
        return record.services

    def render_month(self, value: Any) -> str:
        return month_name(value)

    def value_month(self, value: Any, record: ResultRow) -> str:
        return month_name(value)


class RecipientFilter(ListFilter):
    """Who gains, who loses, who cannot be counted; a surname."""

    surname = TextFilter(label="Фамилия", field_name="recipient__person__last_name", lookup_expr="istartswith")
    effect = ChoiceFilter(
        label="Разница",
        choices=(("more", "больше"), ("less", "меньше"), ("stopped", "не считается"), ("drifted", "сведения изменились")),
        method="of_effect",
    )  # fmt: skip

    def of_effect(self, rows: Any, name: str, value: str) -> Any:
        wanted: dict[str, dict[str, Any]] = {
            "more": {"difference__gt": 0},
            "less": {"difference__lt": 0},
            "stopped": {"impossible__gt": 0},
            "drifted": {"is_drifted": True},
        }
        return rows.filter(**wanted[value])


PEOPLE = Listing(
    page="rehearsed",
    title="Кого касается",
    table=RecipientTable,
    order="difference",
    filters=RecipientFilter,
    found="строка,строки,строк",
    views=(
        BuiltInView("Станет меньше", "effect=less"),
        BuiltInView("Станет больше", "effect=more"),
        BuiltInView("Не считается", "effect=stopped"),
    ),
    empty=Empty("Ни у кого ничего не изменится."),
)


def state_of(row: Rehearsal) -> State:
    """Name how far a rehearsal is."""
    if row.finished_at is not None:
        return State("ok", "готово")
    return State("error", "прервана") if row.job.finished_at is not None else State("run", "считается")
