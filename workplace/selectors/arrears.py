"""Debts of recipients as the pages show them: the list of cases, one case with its steps, the requests."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from calculations.inputs.parameters import ParameterMissing
from calculations.models import DebtAnswer, DebtCourtAct, DebtRequest, RecalculationMonth, Suspension
from calculations.selectors import parameters_in_force
from offices.frame import Frame
from offices.lists.columns import State
from providers.models import Provider, ServiceAccount
from recipients.eligibility import ArrearsRule, first_day_of_suspension
from recipients.models import Recipient

Outcome = DebtAnswer.Outcome
RULES: Final = {
    ArrearsRule.NONE: "Долг выплату не приостанавливает.",
    ArrearsRule.AGREEMENT: "Выплату приостанавливают при долге, если соглашения о его погашении нет или оно не исполняется.",
    ArrearsRule.COURT_ACT: (
        "Выплату приостанавливают только по вступившему в силу судебному акту о долге не более чем за три года."
    ),
}
KINDS: Final = {
    Suspension.Status.PREPARED: "run",
    Suspension.Status.CONFIRMED: "late",
    Suspension.Status.RESUMED: "ok",
    Suspension.Status.WITHDRAWN: "idle",
}
ANSWERS: Final = {
    Outcome.WAITING: "wait",
    Outcome.NO_DEBT: "ok",
    Outcome.SILENT: "ok",
    Outcome.DEBT: "warn",
    Outcome.AGREEMENT: "run",
}


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """A recipient in the list; `debt` in roubles is the confirmed or else the told one, None where there is none."""

    pk: int
    person: str
    case_number: str
    office: str
    answer: str
    debt: Decimal | None
    since: dt.date | None
    state: State


def debtors(frame: Frame) -> QuerySet[Recipient]:
    """Return the recipients one may see who were asked about, or have a court act or a suspension."""
    answers = DebtAnswer.objects.filter(recipient=OuterRef("pk"))
    acts = DebtCourtAct.objects.filter(recipient=OuterRef("pk"))
    suspensions = Suspension.objects.filter(recipient=OuterRef("pk"))
    last = answers.order_by("-pk")
    rows: QuerySet[Recipient] = (
        frame.seen(Recipient.objects.all())
        .filter(Exists(answers) | Exists(acts) | Exists(suspensions))
        .annotate(
            answered=Subquery(last.values("outcome")[:1]),
            told=Subquery(last.values("debt")[:1]),
            confirmed=Subquery(acts.filter(settled_on__isnull=True).order_by("-pk").values("debt")[:1]),
            suspension=Subquery(suspensions.order_by("-pk").values("status")[:1]),
            since=Subquery(suspensions.filter(status="confirmed").values("starts_on")[:1]),
        )
        .select_related("person", "office__district")
    )
    return rows


def ready_rows(found: list[Any]) -> list[DebtorRow]:
    """Make the rows of a page ready; no query."""
    return [
        DebtorRow(
            pk=one.pk,
            person=one.person.full_name,
            case_number=one.case_number,
            office=str(one.office.district or one.office),
            answer=Outcome(one.answered).label if one.answered else "",
            debt=one.confirmed or one.told,
            since=one.since,
            state=_state(one),
        )
        for one in found
    ]


def _state(one: Any) -> State:
    if one.suspension in (Suspension.Status.PREPARED, Suspension.Status.CONFIRMED):
        return state_of(one.suspension)
    if one.confirmed:
        return State("warn", "есть судебный акт")
    if one.answered in (Outcome.WAITING, Outcome.DEBT, Outcome.AGREEMENT):
        words = {Outcome.WAITING: "ждём ответа", Outcome.DEBT: "есть долг", Outcome.AGREEMENT: "есть соглашение"}
        return State(ANSWERS[Outcome(one.answered)], words[Outcome(one.answered)])
    return state_of(one.suspension) if one.suspension else State("ok", "долга нет")


def state_of(status: str) -> State:
    """Say how far a suspension is."""
    return State(KINDS[Suspension.Status(status)], Suspension.Status(status).label)


def requests(frame: Frame) -> QuerySet[DebtRequest]:
    """Return the requests of the offices one may see, with how many are asked about and how many are waited for."""
    rows: QuerySet[DebtRequest] = (
        frame.seen(DebtRequest.objects.all())
        .select_related("provider", "office__district", "made_by", "document")
        .annotate(
            people=Count("answers"),
            waiting=Count("answers", filter=Q(answers__outcome=Outcome.WAITING)),
            owing=Count("answers", filter=Q(answers__outcome__in=[Outcome.DEBT, Outcome.AGREEMENT])),
        )
    )
    return rows


def answers_of(request: DebtRequest) -> list[tuple[DebtAnswer, State]]:
    """Return what was answered of each person of a request, by name."""
    rows = request.answers.select_related("recipient__person", "recorded_by").order_by(
        "recipient__person__last_name", "recipient__person__first_name", "pk"
    )
    return [(row, answer_state(row)) for row in rows]


def answer_state(row: DebtAnswer) -> State:
    """Say what a provider answered."""
    return State(ANSWERS[Outcome(row.outcome)], row.get_outcome_display())


def providers_of(recipient_ids: Any, *, on: dt.date) -> QuerySet[Provider]:
    """Return the providers at which the recipients' dwellings have accounts on a day."""
    accounts = ServiceAccount.objects.valid_on(on).filter(
        provider=OuterRef("pk"), dwelling__supported__recipient__in=recipient_ids
    )
    return Provider.objects.filter(Exists(accounts)).order_by("short_name", "pk")


@dataclass(frozen=True, slots=True)
class DebtCase:
    """What is known of one recipient's debt, the newest first; `rule` is that of the next month, in words."""

    rule: str
    starts_on: dt.date
    answers: list[tuple[DebtAnswer, State]]
    acts: list[DebtCourtAct]
    suspensions: list[tuple[Suspension, State]]
    orders: list[RecalculationMonth]
    open: Suspension | None
    act_to_use: DebtCourtAct | None
    answer_to_use: DebtAnswer | None


def suspension_of(recipient: Recipient) -> Suspension | None:
    """Return the confirmed suspension of a recipient's payment that is not resumed yet."""
    found: Suspension | None = (
        Suspension.objects.filter(recipient=recipient, status=Suspension.Status.CONFIRMED)
        .select_related("ground")
        .first()
    )
    return found


def case_of(recipient: Recipient, *, on: dt.date) -> DebtCase:
    """Read a recipient's case in a fixed number of queries."""
    starts_on = first_day_of_suspension(decided_on=on)
    rule = _rule(starts_on)
    answers = list(
        DebtAnswer.objects.filter(recipient=recipient)
        .select_related("request__provider", "request__document", "recorded_by")
        .order_by("-pk")
    )
    acts = list(
        DebtCourtAct.objects.filter(recipient=recipient).select_related("provider", "entered_by").order_by("-pk")
    )
    suspensions = list(
        Suspension.objects.filter(recipient=recipient)
        .select_related("ground", "court_act", "answer", "prepared_by", "confirmed_by", "resumed_by")
        .order_by("-pk")
    )
    opened = next((one for one in suspensions if one.status in ("prepared", "confirmed")), None)
    act = next((one for one in acts if one.is_in_force_on(on)), None)
    return DebtCase(
        rule=RULES[rule] if rule else "На следующий месяц параметры не заданы: приостановить выплату нельзя.",
        starts_on=starts_on,
        answers=[(row, answer_state(row)) for row in answers],
        acts=acts,
        suspensions=[(row, state_of(row.status)) for row in suspensions],
        orders=list(
            RecalculationMonth.objects.filter(recipient=recipient, order__cause="resumed")
            .select_related("order", "run")
            .order_by("-order", "month")
        ),
        open=opened,
        act_to_use=act if rule is ArrearsRule.COURT_ACT and opened is None else None,
        answer_to_use=_unpaid(answers) if rule is ArrearsRule.AGREEMENT and opened is None else None,
    )


def _unpaid(answers: list[DebtAnswer]) -> DebtAnswer | None:
    """Return a debt without an agreement that is the last word of its provider."""
    last: dict[int, DebtAnswer] = {}
    for row in answers:
        if row.outcome != Outcome.WAITING:
            last.setdefault(row.request.provider_id, row)
    return next((row for row in last.values() if row.outcome == Outcome.DEBT), None)


def _rule(month: dt.date) -> ArrearsRule | None:
    try:
        return parameters_in_force(month).arrears_rule
    except ParameterMissing:
        return None
