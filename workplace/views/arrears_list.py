import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from calculations.models import DebtAnswer, Suspension
from offices.frame import page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from workplace.selectors import arrears as selectors


class DebtorTable(ListTable):
    person = TextColumn("Получатель", sort="person__last_name")
    office = TextColumn("Район", sort="office__name", regional=True)
    answer = TextColumn("Последний ответ", sort="answered")
    debt = RoublesColumn("Долг, ₽", sort="told", nullable=True)
    since = DayColumn("Приостановлена с", sort="since")
    state = StateColumn("Состояние", sort="suspension")

    def address_of(self, record: Any) -> str:
        return self.to("arrears-case", record.pk)

    def render_person(self, value: str, record: Any) -> SafeString:
        return format_html('{}<div class="xs muted">дело № {}</div>', value, record.case_number)


class DebtorFilter(ListFilter):
    """Filters of debts: whose, what was answered last, whether the payment is suspended."""

    named = TextFilter(label="Фамилия", field_name="person__last_name", lookup_expr="istartswith")
    answered = ChoiceFilter(label="Последний ответ", choices=DebtAnswer.Outcome.choices)
    suspension = ChoiceFilter(label="Выплата", choices=Suspension.Status.choices)


DEBTORS = Listing(
    page="arrears",
    title="Задолженность",
    table=DebtorTable,
    order="person",
    found="получатель,получателя,получателей",
    filters=DebtorFilter,
    views=(
        BuiltInView("Есть долг", "answered=debt"),
        BuiltInView("Ждут утверждения", "suspension=prepared"),
        BuiltInView("Приостановлены", "suspension=confirmed"),
    ),
    empty=Empty("О долгах ещё никого не спрашивали.", "debt-requests", "Запросы предприятиям"),
)


class RequestTable(ListTable):
    number = TextColumn("Запрос", sort="number")
    provider = TextColumn("Предприятие", sort="provider__short_name")
    office = TextColumn("Район", sort="office__name", regional=True)
    sent_on = DayColumn("Направлен", sort="sent_on")
    answer_due_on = DayColumn("Ответить до", sort="answer_due_on")
    people = CountColumn("Спросили о", sort="people")
    waiting = CountColumn("Ждём ответа", sort="waiting")
    owing = CountColumn("С долгом", sort="owing")

    def address_of(self, record: Any) -> str:
        return self.to("debt-request", record.pk)

    def render_number(self, value: str) -> str:
        return f"№ {value}"

    def value_answer_due_on(self, value: dt.date, record: Any) -> dt.date:
        return value


class RequestFilter(ListFilter):
    """Filters of requests: to whom."""

    named = TextFilter(label="Предприятие", field_name="provider__name", lookup_expr="icontains")


REQUESTS = Listing(
    page="debt-requests",
    title="Запросы о задолженности",
    table=RequestTable,
    order="-sent_on",
    found="запрос,запроса,запросов",
    filters=RequestFilter,
    empty=Empty("Запросов о задолженности ещё не было."),
)


@require_safe
@page(section="recipients")
def arrears(request: HttpRequest) -> HttpResponseBase:
    """List the recipients who were asked about, owe by a court act or are not paid because of a debt."""
    rows = selectors.debtors(request.frame)
    return DEBTORS.answer(request, rows=rows, template="arrears/list.html", dressed=selectors.ready_rows)


@require_safe
@page(section="recipients")
def debt_requests(request: HttpRequest) -> HttpResponseBase:
    """List what providers were asked about debts."""
    return REQUESTS.answer(request, rows=selectors.requests(request.frame), template="arrears/requests.html")
