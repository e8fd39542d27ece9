"""Answers of closed months that came late: taking one, their list, what each says and what is to be done with it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from exchange.models import ExchangeFile
from exchange.selectors.late_answers import late_answers, late_lines
from exchange.selectors.receiving import file_jobs
from exchange.services.late_answers import take_late
from offices.frame import page
from offices.lists.columns import (
    CountColumn,
    DifferenceColumn,
    MomentColumn,
    RoublesColumn,
    State,
    StateColumn,
    TextColumn,
)
from offices.lists.listing import Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Role
from offices.months import month_name
from workplace.navigation import EXCHANGERS
from workplace.selectors.receiving import file_row

Status = ExchangeFile.Status
NO_LATE = "Опоздавшие файлы принимает специалист по обмену районного отдела."


STATES = {
    Status.RECEIVED: State("run", "ждёт проверки"),
    Status.VERIFIED: State("ok", "можно загружать"),
    Status.LOADED: State("ok", "загружен"),
    Status.SUPERSEDED: State("idle", "заменён"),
}
UNDECIDED = State("warn", "ждёт решений")
NOT_LOADED = State("warn", "не загружен, примите заново")


def state_of(file: Any) -> State:
    """Name what a late answer waits for."""
    if file.month_is_closed and file.status in {Status.RECEIVED, Status.VERIFIED}:
        return NOT_LOADED
    return UNDECIDED if file.status == Status.VERIFIED and file.undecided else STATES[Status(file.status)]


class LateTable(ListTable):
    late_month = TextColumn("Начисления за", sort="late_month")
    provider = TextColumn("Поставщик", sort="provider__short_name")
    name = TextColumn("Файл", sort="name")
    rows = CountColumn("Строк", sort="rows")
    billed = RoublesColumn("Начислено, ₽", sort="billed", nullable=True)
    status = StateColumn("Состояние", sort="place")
    at = MomentColumn("Принят", sort="at")
    by = TextColumn("Кто принял")

    def address_of(self, record: Any) -> str:
        return self.to("late-answer", record.pk)

    def render_late_month(self, value: dt.date) -> str:
        return month_name(value)

    def render_status(self, record: Any) -> str:
        return StateColumn.render(self.base_columns["status"], state_of(record))

    def value_status(self, value: Any, record: Any) -> str:
        return str(state_of(record).word)

    def value_late_month(self, value: Any, record: Any) -> str:
        return month_name(record.late_month)


class LateLineTable(ListTable):
    row_number = CountColumn("Строка", sort="row_number")
    full_name = TextColumn("Получатель", sort="full_name")
    account = TextColumn("Счёт", sort="account")
    service = TextColumn("Услуга", sort="service")
    was = RoublesColumn("Принято в свой месяц, ₽")
    now = RoublesColumn("В опоздавшем файле, ₽", sort="now", total=True)
    difference = DifferenceColumn("Разница, ₽", sort="difference", total=True)


LATE = Listing(
    page="late-answers",
    title="Опоздавшие файлы",
    table=LateTable,
    order="-at",
    found="файл,файла,файлов",
    empty=Empty("Опоздавших файлов нет.", "receiving", "Приём файлов"),
)
LINES = Listing(
    page="late-answer",
    title="Опоздавший файл: начисления",
    table=LateLineTable,
    order="row_number",
    found="начисление,начисления,начислений",
    empty=Empty("Ни одна строка файла не связана с запросом."),
)


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def late(request: HttpRequest) -> HttpResponseBase:
    rows = late_answers(request.frame.seen(ExchangeFile.objects))
    return LATE.answer(request, rows=rows, template="receiving/late.html")


@require_safe
@page(section="exchange", roles=EXCHANGERS)
def late_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    frame = request.frame
    file = get_object_or_404(late_answers(frame.seen(ExchangeFile.objects)), pk=pk)
    jobs = file_jobs(office=file.office, month=file.month)
    row = file_row(file, jobs=jobs, staff=frame.staff, roles=frame.roles, now=timezone.now())
    context = {"file": file, "row": row}
    return LINES.answer(request, rows=late_lines(file), template="receiving/late_answer.html", context=context)


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    request.frame.require([Role.EXCHANGE], NO_LATE)
    files = request.frame.seen(ExchangeFile.objects).filter(kind=ExchangeFile.Kind.RETURN)
    refused = get_object_or_404(files.filter(status=ExchangeFile.Status.REFUSED), pk=pk)
    kept = take_late(file_id=refused.pk, by=request.user, at=timezone.now())
    messages.success(request, f"Файл принят как опоздавший и ждёт проверки другим специалистом: {kept}.")
    return HttpResponseRedirect(f"{reverse('late-answer', args=[kept.pk])}?{urlencode(request.frame.query)}")
