from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from offices.frame import DEPARTMENT, WORKERS, Frame, page
from offices.lists.columns import CountColumn, DayColumn, RoublesColumn, State, StateColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.models import Role
from offices.money import count_with_noun
from payments.selectors.after_death import not_returned, overpaid_for, paid_after_death, return_notices
from payments.services.after_death import ask_back
from recipients.models import Recipient
from workplace.forms.heirs import EndForm
from workplace.selectors import heirs as selectors
from workplace.selectors.heirs import DeceasedRow, deceased_rows
from workplace.selectors.heirs_case import case_of

REGISTRARS = frozenset({Role.INTAKE, Role.CALCULATION})
PREPARERS = frozenset({Role.CALCULATION})
HEADS = frozenset({Role.HEAD})
ASKERS = frozenset({Role.PAYMENTS})
STATES = {
    selectors.CLAIMED: State("warn", "ждёт решения"),
    selectors.PREPARED: State("wait", "ждёт начальника"),
    selectors.NOT_CLAIMED: State("run", "никто не обратился"),
    selectors.OVER: State("idle", "срок истёк"),
    selectors.DECIDED: State("run", "решено, ждёт выплаты"),
    selectors.PAID: State("ok", "выплачено"),
    selectors.NOTHING: State("idle", "неполученного нет"),
}


class DeceasedTable(ListTable):
    name = TextColumn("Умерший получатель", sort="name")
    district = TextColumn("Район", sort="district", regional=True)
    case_number = TextColumn("Дело", hidden=True)
    died_on = DayColumn("Дата смерти", sort="died_on")
    term_ends_on = DayColumn("Срок обращения", sort="term_ends_on")
    days_left = TextColumn("Осталось", sort="days_left")
    unpaid = RoublesColumn("Не получено, ₽", sort="unpaid", total=True)
    claims = CountColumn("Обратились", sort="claims")
    decided = RoublesColumn("Решено, ждёт, ₽", sort="decided", total=True)
    paid = RoublesColumn("Выплачено, ₽", sort="paid", total=True)
    after = RoublesColumn("После смерти, ₽", sort="after", total=True)
    state = StateColumn("Состояние", sort="state", accessor="state")

    def address_of(self, record: DeceasedRow) -> str:
        return self.to("heirs-case", record.pk)

    def render_days_left(self, record: DeceasedRow) -> str:
        return days_in_words(record.days_left)

    def value_days_left(self, value: int, record: DeceasedRow) -> str:
        return days_in_words(record.days_left)

    def render_state(self, record: DeceasedRow) -> str:
        return StateColumn.render(self.base_columns["state"], STATES[record.state])

    def value_state(self, value: Any, record: DeceasedRow) -> str:
        return STATES[record.state].word


class DeceasedFilter(RowsFilter):
    """A part of the name, the state, and whether something was accrued after the death."""

    named = forms.CharField(label="Фамилия", required=False, widget=forms.TextInput(attrs={"placeholder": "Фамилия"}))
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "любое состояние"), *((code, one.word) for code, one in STATES.items())],
    )
    after = forms.BooleanField(label="Начислено после смерти", required=False)

    def keeps(self, row: DeceasedRow, asked: dict[str, Any]) -> bool:
        return (
            str(asked.get("named", "")).lower() in row.name.lower()
            and asked.get("state", row.state) == row.state
            and (not asked.get("after") or row.after > 0)
        )


DECEASED = Listing(
    page="heirs",
    title="Наследники",
    table=DeceasedTable,
    order="-died_on",
    filters=DeceasedFilter,
    found="умерший,умерших,умерших",
    views=(
        BuiltInView("Ждут решения", f"state={selectors.CLAIMED}"),
        BuiltInView("Ждут начальника", f"state={selectors.PREPARED}"),
        BuiltInView("Начислено после смерти", "after=1"),
    ),
    empty=Empty("Умерших получателей с неполученными суммами нет."),
)


@require_safe
@page(section="recipients", roles=WORKERS)
def heirs(request: HttpRequest) -> HttpResponseBase:
    """Deceased recipients: what was not received, the term, claims, decisions, payouts."""
    frame: Frame = request.frame
    rows: Sequence[DeceasedRow] = deceased_rows(frame)
    context = {"sees_returns": bool(frame.roles & DEPARTMENT)}
    return DECEASED.answer(request, rows=rows, template="heirs/list.html", context=context)


@require_safe
@page(section="recipients", roles=WORKERS)
def heirs_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One deceased recipient: months and services, claimants, shares, decisions, what came after the death."""
    frame: Frame = request.frame
    recipient = deceased_of(frame, pk)
    died_on = recipient.person.death_date
    assert died_on is not None, "only the dead have such a page"
    one = case_of(recipient, died_on=died_on, staff=frame.staff, on=frame.on)
    context = {
        "one": one,
        "recipient": recipient,
        "left": days_in_words(one.days_left),
        "may_register": bool(frame.roles & REGISTRARS),
        "may_share": bool(frame.roles & PREPARERS) and any(row.part for row in one.claims),
        "may_prepare": bool(frame.roles & PREPARERS),
        "may_confirm": bool(frame.roles & HEADS),
        "end_form": EndForm(),
    }
    return render(request, "heirs/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients", roles=DEPARTMENT)
def return_notices_page(request: HttpRequest) -> HttpResponse:
    """What was paid for months after deaths: letters that ask it back, and what has not come back."""
    frame: Frame = request.frame
    if request.method == "POST":
        frame.require(ASKERS, "Письма банкам и почте составляет отдел выплат.")
        made = ask_back(by=frame.staff, at=timezone.now())
        messages.success(request, f"Составлено: {count_with_noun(len(made), ('письмо', 'письма', 'писем'))}.")
        return HttpResponseRedirect(f"{reverse('return-notices')}?{urlencode(frame.query)}")
    waiting, missing = list(paid_after_death()), list(not_returned())
    overpaid = overpaid_for(missing)
    context = {
        "waiting": waiting,
        "waiting_total": sum((line.payable for line in waiting), selectors.ZERO),
        "notices": list(return_notices()),
        "missing": [(line, overpaid.get(line.accrual_id)) for line in missing],
        "may_ask": bool(frame.roles & ASKERS),
    }
    return render(request, "heirs/returns.html", context)


def deceased_of(frame: Frame, pk: int) -> Recipient:
    """Return the dead recipient whom who looks may see. Raises Http404 for the living too."""
    seen = Recipient.objects.for_user(frame.staff, on=frame.on).select_related("person", "office__district")
    recipient: Recipient = get_object_or_404(seen, pk=pk)
    if recipient.person.death_date is None:
        raise Http404("Смерть этого получателя не внесена.")
    return recipient


def days_in_words(days: int) -> str:
    """Tell how many days of a term are left."""
    return "срок истёк" if days < 0 else count_with_noun(days, ("день", "дня", "дней"))
