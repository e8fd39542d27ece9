from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from exchange.selectors.provider_page import providers_seen
from offices.frame import Frame, page
from offices.lists.columns import DayColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, FlagFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.refusals import Refusal
from providers.models import ProviderInquiry
from providers.selectors import inquiries
from providers.services.inquiries import write_answer, write_inquiry
from workplace.forms.providers import AnswerForm, InquiryForm
from workplace.navigation import EXCHANGERS
from workplace.views.providers_acts import back_to
from workplace.views.providers_list import SENDERS, offices_of
from workplace.views.providers_words import inquiry_state

WHO_WRITES = "Запросы и звонки предприятиям записывают руководитель, отдел выплат, отдел субсидий и районы."


class OfficeUnknown(Refusal):
    """Nobody says which office asks: the visitor has none and no district is chosen."""


class InquiryTable(ListTable):
    asked_on = DayColumn("Когда", sort="asked_on")
    provider = TextColumn("Поставщик", sort="provider__short_name", accessor="provider__short_name")
    office = TextColumn("Кто запросил", sort="office__name", accessor="office__name", hidden=True)
    way = TextColumn("Как", sort="way", accessor="get_way_display")
    told = TextColumn("Кому")
    subject = TextColumn("О чём", sort="subject")
    text = TextColumn("Что запросили", hidden=True)
    answer_due_on = DayColumn("Ответить до", sort="answer_due_on", nullable=True)
    state = StateColumn("Ответ", accessor="pk")
    answer = TextColumn("Что ответили", hidden=True)
    by = TextColumn("Кто записал", hidden=True)

    def address_of(self, record: ProviderInquiry) -> str:
        return self.to("provider-inquiry", record.pk)

    def css_of(self, record: ProviderInquiry) -> str:
        return "bad" if record.is_overdue_on(self.request.frame.on) else ""

    def render_state(self, record: ProviderInquiry) -> str:
        return StateColumn.render(self.base_columns["state"], self._state(record))

    def value_state(self, value: Any, record: ProviderInquiry) -> str:
        return self._state(record).word

    def _state(self, record: ProviderInquiry) -> State:
        return inquiry_state(record, self.request.frame)


class InquiryFilter(ListFilter):
    """Filters of inquiries: a word, how it was asked, whether the answer waits or is overdue."""

    named = TextFilter(label="Поставщик, тема или текст", method="keep_named")
    way = ChoiceFilter(label="Как", field_name="way", choices=ProviderInquiry.Way.choices)
    waiting = FlagFilter(label="Без ответа", keep="keep_waiting")
    overdue = FlagFilter(label="Просрочен ответ", keep="keep_overdue")

    def keep_named(self, rows: Any, name: str, value: str) -> Any:
        by_provider = Q(provider__short_name__icontains=value) | Q(provider__code=value)
        return rows.filter(by_provider | Q(subject__icontains=value) | Q(text__icontains=value))

    def keep_waiting(self, rows: Any) -> Any:
        return rows.filter(answered_on__isnull=True)

    def keep_overdue(self, rows: Any) -> Any:
        return rows.filter(answered_on__isnull=True, answer_due_on__lt=self.request.frame.on)


INQUIRIES = Listing(
    page="inquiries",
    title="Запросы поставщикам",
    table=InquiryTable,
    order="-asked_on",
    filters=InquiryFilter,
    found="запрос,запроса,запросов",
    views=(BuiltInView("Без ответа", "waiting=1"), BuiltInView("Просрочен ответ", "overdue=1")),
    empty=Empty("Запросов и звонков поставщикам ещё не записано: их записывают на странице поставщика."),
)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def provider_inquiries(request: HttpRequest) -> HttpResponseBase:
    frame: Frame = request.frame
    return INQUIRIES.answer(request, rows=frame.seen(inquiries()), template="providers/inquiries.html")


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_inquiry_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a request for information or a call."""
    frame: Frame = request.frame
    frame.require(SENDERS, WHO_WRITES)
    one = get_object_or_404(providers_seen(offices=offices_of(frame)), pk=pk)
    form = InquiryForm(request.POST or None, initial={"asked_on": frame.on, "way": request.GET.get("way", "letter")})
    if request.method == "POST" and form.is_valid():
        office = frame.staff.office or frame.office
        if office is None:
            raise OfficeUnknown("Выберите в шапке район, от которого запрос: вы не приписаны к подразделению.")
        made = write_inquiry(provider=one, office=office, **form.cleaned_data, by=frame.staff, at=localtime())
        messages.success(request, f"Записано в журнал, № {made.entry.number}: {made.subject}.")
        return back_to(frame, one)
    return render(request, "providers/inquiry_new.html", {"one": one, "form": form})


@require_http_methods(["GET", "POST"])
@page(section="exchange", roles=EXCHANGERS)
def provider_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an inquiry whole; write down its answer."""
    frame: Frame = request.frame
    row = get_object_or_404(frame.seen(inquiries()), pk=pk)
    form = AnswerForm(request.POST or None, initial={"answered_on": frame.on})
    if request.method == "POST":
        frame.require(SENDERS, WHO_WRITES)
        if form.is_valid():
            write_answer(inquiry_id=row.pk, **form.cleaned_data, by=frame.staff, at=localtime())
            messages.success(request, f"Ответ записан: {row.subject}.")
            return HttpResponseRedirect(f"{reverse('provider-inquiry', args=[row.pk])}?{urlencode(frame.query)}")
    may_answer = bool(frame.roles & SENDERS) and row.answered_on is None
    context = {"row": row, "form": form if may_answer else None, "state": inquiry_state(row, frame)}
    return render(request, "providers/inquiry.html", context)
