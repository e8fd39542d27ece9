import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from exchange.models import DiscrepancyProtocol
from exchange.selectors.protocols import OPEN, STATES, overdue, with_states
from offices.frame import page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, FlagFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.months import month_name
from offices.templatetags import ui
from workplace.navigation import EXCHANGERS

KINDS = {"unsent": "wait", "late": "late", "waiting": "run", "answered": "ok", "closed": "ok"}
PAPERS = (("document_id", "PDF"), ("sheet_id", "XLSX"), ("table_id", "для программы"))


class ProtocolTable(ListTable):
    number = TextColumn("Протокол", sort="made_at")
    provider = TextColumn("Поставщик", sort="file__provider__short_name", accessor="file__provider")
    office = TextColumn("Район", sort="office__name", regional=True, accessor="office")
    month = TextColumn("Начисления за", sort="month")
    file = TextColumn("Файл", accessor="file__name", hidden=True)
    rows = CountColumn("Строк", sort="rows", total=True)
    roubles = RoublesColumn("Разница эквивалента, ₽", sort="roubles", total=True, nullable=True)
    state = StateColumn("Состояние", sort="urgency")
    due = DayColumn("Ответить до", sort="answer_due_on", accessor="answer_due_on")
    papers = TextColumn("Документы", accessor="pk")

    def address_of(self, record: Any) -> str:
        return self.to("protocol", record.pk)

    def css_of(self, record: Any) -> str:
        return "bad" if record.state == "late" else ""

    def render_number(self, record: Any) -> SafeString:
        return format_html('№ {}<div class="xs muted">{}</div>', record.number, ui.day(record.made_at))

    def value_number(self, value: str, record: Any) -> str:
        return str(record.number)

    def render_office(self, record: Any) -> str:
        return self.value_office(None, record)

    def value_office(self, value: Any, record: Any) -> str:
        return str(record.office.district or record.office)

    def render_month(self, value: dt.date) -> str:
        return month_name(value)

    def value_month(self, value: dt.date, record: Any) -> str:
        return month_name(record.month)

    def render_state(self, record: Any) -> str:
        return StateColumn.render(self.base_columns["state"], State(KINDS[record.state], STATES[record.state]))

    def value_state(self, value: Any, record: Any) -> str:
        return STATES[record.state]

    def render_due(self, record: Any) -> SafeString | str:
        is_done = record.answered_at is not None or record.closed_at is not None
        return ui.deadline({"request": self.request}, record.answer_due_on, done=is_done)

    def value_due(self, value: dt.date, record: Any) -> dt.date:
        day: dt.date = record.answer_due_on
        return day

    def render_papers(self, record: Any) -> SafeString:
        kept = [(reverse("document", args=[key]), word) for name, word in PAPERS if (key := getattr(record, name))]
        links = ((address, word, record.number) for address, word in kept)
        joined = format_html_join(" ", '<a href="{}">{}<span class="vh"> протокола № {}</span></a>', links)
        return format_html('<span class="kept">{}</span>', joined)

    def value_papers(self, value: Any, record: Any) -> str:
        return ", ".join(word for name, word in PAPERS if getattr(record, name))


class ProtocolFilter(ListFilter):
    """Filters of the protocols: how far, the provider by a part of its name, without an answer in time."""

    named = TextFilter(label="Поставщик", field_name="file__provider__short_name", lookup_expr="icontains")
    state = ChoiceFilter(label="Состояние", choices=tuple(STATES.items()))
    late = FlagFilter(label="Просрочен ответ", keep="keep_late")

    def keep_late(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return rows.filter(overdue(self.request.frame.on))


PROTOCOLS = Listing(
    page="protocols",
    title="Протоколы несоответствий",
    table=ProtocolTable,
    order="state",
    found="протокол,протокола,протоколов",
    filters=ProtocolFilter,
    views=(
        BuiltInView("Не отправлены", "state=unsent"),
        BuiltInView("Просрочен ответ", "late=1"),
        BuiltInView("Ждём ответа", "state=waiting"),
        BuiltInView("Ответ получен", "state=answered"),
    ),
    empty=Empty(
        "Протоколов за этот месяц пока нет. Отметьте строки файла «Протокол» и сформируйте его.",
        "verification-queue",
        "Файлы на проверке",
    ),
)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def protocols(request: HttpRequest) -> HttpResponseBase:
    """List the protocols of the month, and those of earlier months that are not closed."""
    frame = request.frame
    month = frame.shown_month().month
    seen = frame.seen(DiscrepancyProtocol.objects)
    standing = seen.filter(month=month) | seen.filter(OPEN, month__lt=month)
    rows = with_states(standing, on=frame.on)
    return PROTOCOLS.answer(request, rows=rows, template="verification/protocols.html", context={"month": month})
