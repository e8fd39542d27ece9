"""The list of layout versions: its table, filters and views."""

from typing import Any

from exchange.layouts.model import Container
from exchange.layouts.wording import CONTAINERS
from exchange.models import FileLayout
from exchange.selectors.layouts import ENDED, IN_FORCE, LATER, STATES, WAITING, WITHDRAWN
from offices.lists.columns import CountColumn, DayColumn, MomentColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.templatetags import ui

KINDS = {WAITING: "warn", IN_FORCE: "ok", LATER: "run", ENDED: "idle", WITHDRAWN: "idle"}
SHORT = {
    WAITING: "ждёт подтверждения",
    IN_FORCE: "действует",
    LATER: "подтверждён",
    ENDED: "заменён",
    WITHDRAWN: "отозван",
}
_CONTAINERS = {one.value: CONTAINERS[one] for one in Container}


class LayoutTable(ListTable):
    name = TextColumn("Формат", sort="name")
    version = CountColumn("Версия", sort="version")
    state = StateColumn("Состояние", sort="state")
    followed = CountColumn("Поставщиков", sort="followed", hint="У скольких поставщиков действует сегодня")
    valid_from = DayColumn("Действует с", sort="valid_from")
    valid_to = DayColumn("До (не включая)", sort="valid_to", nullable=True)
    entered = TextColumn("Ввёл", sort="entered_by__last_name", accessor="entered_by")
    entered_at = MomentColumn("Когда введён", sort="entered_at", nullable=True, hidden=True)
    confirmed = TextColumn("Подтвердил", accessor="confirmed_by")
    confirmed_at = MomentColumn("Когда подтверждён", sort="confirmed_at", nullable=True, hidden=True)
    written = TextColumn("Во что записан", accessor="container", hidden=True)
    code = TextColumn("Код", sort="code", hidden=True)
    source = TextColumn("Источник", hidden=True)

    def address_of(self, record: FileLayout) -> str:
        return self.to("layout", record.pk)

    def render_state(self, value: str) -> str:
        return ui.status(KINDS[value], SHORT[value])

    def value_state(self, value: str) -> str:
        return STATES[value]

    def render_entered(self, value: Any) -> str:
        return ui.short_name(value)

    def value_entered(self, value: Any) -> str:
        return str(value)

    def render_confirmed(self, value: Any) -> str:
        return ui.short_name(value)

    def value_confirmed(self, value: Any) -> str:
        return str(value) if value else ""

    def render_written(self, value: str | None) -> str:
        return self.value_written(value)

    def value_written(self, value: str | None) -> str:
        return _CONTAINERS.get(value or Container.DBF.value, "")


class LayoutFilter(ListFilter):
    """A part of the name or code, the state, what the file is written in."""

    named = TextFilter(label="Название или код", method="keep_named")
    state = ChoiceFilter(label="Состояние", choices=tuple(STATES.items()))
    written = ChoiceFilter(label="Файл", choices=tuple(_CONTAINERS.items()), method="keep_written")

    def keep_named(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(name__icontains=value) | rows.filter(code__icontains=value)

    def keep_written(self, rows: Any, name: str, value: str) -> Any:
        if value == Container.DBF:
            return rows.exclude(container__in=[one.value for one in Container if one is not Container.DBF])
        return rows.filter(container=value)


LAYOUTS = Listing(
    page="layouts",
    title="Форматы файлов",
    table=LayoutTable,
    order="name",
    filters=LayoutFilter,
    found="версия,версии,версий",
    views=(
        BuiltInView("Ждут подтверждения", f"state={WAITING}"),
        BuiltInView("Действуют", f"state={IN_FORCE}"),
        BuiltInView("Отозваны", f"state={WITHDRAWN}"),
    ),
    empty=Empty("Форматов ещё нет."),
)


def state_of(row: Any) -> State:
    """Colour the state of a version."""
    return State(KINDS[row.state], STATES[row.state])
