import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from exchange.models import ExchangeFile
from exchange.selectors.verified_files import Waiting, waiting_files
from offices.frame import page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.templatetags import ui
from workplace.navigation import EXCHANGERS

RECEIVED = ExchangeFile.Status.RECEIVED
STATES = {
    "unchecked": State("idle", "сведения не проверены"),
    "undecided": State("warn", "ждёт решений"),
    "marked": State("run", "ждёт протокола"),
    "ready": State("ok", "можно загружать"),
}


def state_of(row: Waiting) -> str:
    """Name what a file waits for."""
    if row.status == RECEIVED:
        return "unchecked"
    if row.undecided:
        return "undecided"
    return "marked" if row.marked else "ready"


class QueueTable(ListTable):
    provider = TextColumn("Поставщик", sort="provider")
    name = TextColumn("Файл", sort="name")
    office = TextColumn("Район", sort="office", regional=True)
    rows = CountColumn("Строк", sort="rows", total=True)
    state = StateColumn("Состояние", sort="place", accessor="pk")
    undecided = CountColumn("Не решено", sort="undecided", total=True)
    total = CountColumn("Расхождений", sort="total", total=True, hidden=True)
    marked = CountColumn("В протокол", sort="marked", total=True, hidden=True)
    roubles = RoublesColumn("Эквивалент под вопросом, ₽", sort="roubles", total=True)
    held = CountColumn("Удержано", sort="held", total=True)
    held_roubles = RoublesColumn("Удержано, ₽", sort="held_roubles", total=True)
    due_on = DayColumn("Срок", sort="due_on", nullable=True)

    def address_of(self, record: Waiting) -> str:
        return self.to("verification", record.pk)

    def render_name(self, record: Waiting) -> SafeString:
        came = ui.moment(record.came_at)
        return format_html('{}<div class="xs muted">принят {}</div>', record.name, came)

    def value_name(self, value: str, record: Waiting) -> str:
        return record.name

    def render_state(self, record: Waiting) -> str:
        return StateColumn.render(self.base_columns["state"], STATES[state_of(record)])

    def value_state(self, value: Any, record: Waiting) -> str:
        return str(STATES[state_of(record)].word)

    def render_undecided(self, record: Waiting) -> SafeString | str:
        if record.status == RECEIVED:
            return "—"
        of = CountColumn.render(self.base_columns["total"], record.total)
        undecided = CountColumn.render(self.base_columns["undecided"], record.undecided)
        return format_html('<b>{}</b> <span class="muted">из {}</span>', undecided, of)

    def value_undecided(self, value: int, record: Waiting) -> int:
        return record.undecided

    def render_due_on(self, value: dt.date) -> SafeString | str:
        return ui.deadline({"request": self.request}, value)

    def value_due_on(self, value: dt.date | None, record: Waiting) -> dt.date | None:
        return record.due_on


class QueueFilter(RowsFilter):
    """Filters of the queue: what a file waits for, the provider or file by a part of its name."""

    named = forms.CharField(
        label="Поставщик или файл",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Поставщик или файл"}),
    )
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=(("", "Состояние: все"), *((code, state.word) for code, state in STATES.items())),
    )

    def keeps(self, row: Waiting, asked: dict[str, Any]) -> bool:
        named = asked.get("named", "").lower()
        fits = named in row.provider.lower() or named in row.name.lower()
        return fits and asked.get("state", state_of(row)) == state_of(row)


QUEUE = Listing(
    page="verification-queue",
    title="Проверка сведений",
    table=QueueTable,
    order="state",
    found="файл,файла,файлов",
    filters=QueueFilter,
    views=(
        BuiltInView("Ждут решений", "state=undecided"),
        BuiltInView("Ждут протокола", "state=marked"),
        BuiltInView("Можно загружать", "state=ready"),
    ),
    empty=Empty("Расхождений нет: файлов этого месяца, ждущих решений, не осталось.", "receiving", "Приём файлов"),
)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def queue(request: HttpRequest) -> HttpResponseBase:
    frame = request.frame
    month = frame.shown_month().month
    rows = waiting_files(frame.seen(ExchangeFile.objects), month=month)
    return QUEUE.answer(request, rows=rows, template="verification/queue.html", context={"month": month})
