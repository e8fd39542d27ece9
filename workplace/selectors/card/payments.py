"""The tab «Выплаты»: what was sent and paid, what came back, what waits and why, how the recipient is paid."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculations.models import CalculationRun
from offices.calendar import day_of
from offices.dated import last_valid_day
from payments.models import HeirDecision, PaymentLine, PaymentRegister, Withholding
from payments.selectors.requisites import Obstacle, requisites_on
from recipients.models import PaymentChannel, Termination
from workplace.selectors.card.identity import Identity, State, masked
from workplace.selectors.card.months import accruals_of, lines_to_pay
from workplace.selectors.card.overpaid import OverpaidRow, overpaid_rows

Status = PaymentLine.Status
_STATES = {
    Status.LISTED: State("run", "в списке"),
    Status.REGISTERED: State("run", "в реестре"),
    Status.SENT: State("run", "отправлено"),
    Status.PAID: State("ok", "выплачено"),
    Status.RETURNED: State("warn", "возвращено"),
}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A line of a payment list with what became of it, in roubles."""

    month: dt.date
    paid_month: dt.date
    list_kind: str
    payable: Decimal
    way: str
    payee: str
    register: str
    state: State
    known_on: dt.date | None
    returned: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An approved accrual that no list took, and why."""

    month: dt.date
    accrued: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class WayRow:
    """A way of payment; `until` is the last day inclusive."""

    way: str
    payee: str
    since: dt.date
    until: dt.date | None
    confirmed: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision about paying or not paying."""

    title: str
    text: str
    state: str
    document: int | None


@dataclass(frozen=True, slots=True)
class PaymentsTab:
    """`total_paid` is in roubles."""

    rows: tuple[PaymentRow, ...]
    total_paid: Decimal
    waiting: tuple[WaitingRow, ...]
    ways: tuple[WayRow, ...]
    decisions: tuple[DecisionRow, ...]
    overpayments: tuple[OverpaidRow, ...]


def payments_tab(identity: Identity, *, on: dt.date) -> PaymentsTab:
    """Read everything about the recipient's money, the newest first."""
    lines = lines_to_pay(identity.recipient)
    rows = tuple(_payment(line) for line in reversed(lines))
    ways = (
        PaymentChannel.objects.filter(recipient=identity.recipient)
        .select_related("payee", "bank", "post_office", "confirmed_by")
        .order_by("-valid_from", "-pk")
    )
    return PaymentsTab(
        rows=rows,
        total_paid=sum((line.payable for line in lines if line.status == Status.PAID), Decimal("0.00")),
        waiting=_waiting(identity, lines, on),
        ways=tuple(_way_row(row) for row in ways),
        decisions=_decisions(identity),
        overpayments=overpaid_rows(identity.recipient),
    )


def _payment(line: Any) -> PaymentRow:
    register: PaymentRegister | None = line.entry.register if hasattr(line, "entry") else None
    moment = (register.answered_at or register.released_at) if register else None
    returned = getattr(line, "returned", None)
    return PaymentRow(
        month=line.accrual.month,
        paid_month=line.list.paid_month,
        list_kind=str(line.list.get_kind_display()),
        payable=line.payable,
        way=_way(line.kind, line.account, line.bank, line.post_office_id),
        payee=line.payee_name,
        register=f"№ {register.number}" if register else "",
        state=_STATES[Status(line.status)],
        known_on=day_of(moment) if moment else None,
        returned=_returned(returned) if returned else "",
    )


def _returned(row: Any) -> str:
    cleared = f"; {row.clarification}" if row.clarification else ""
    return f"{row.returned_on:%d.%m.%Y}: {row.reason.title} — {row.get_outcome_display()}{cleared}"


def _way(kind: str, account: str, bank: Any, post_office: str | None, other: str = "") -> str:
    if kind == PaymentChannel.Kind.BANK:
        return f"счёт {masked(account)}, {bank.name}"
    return f"почта, отделение {post_office}" if kind == PaymentChannel.Kind.POST else other or "иной способ"


def _way_row(row: PaymentChannel) -> WayRow:
    confirmed = f"{day_of(row.confirmed_at):%d.%m.%Y}, {row.confirmed_by}" if row.confirmed_at else "не подтверждено"
    return WayRow(
        way=_way(row.kind, row.account, row.bank, row.post_office_id, row.other),
        payee=row.payee.full_name,
        since=row.valid_from,
        until=last_valid_day(row.valid_to),
        confirmed=confirmed,
    )


def _waiting(identity: Identity, lines: Sequence[PaymentLine], on: dt.date) -> tuple[WaitingRow, ...]:
    listed = {line.accrual_id for line in lines}
    listed |= set(
        Withholding.objects.filter(accrual__recipient=identity.recipient).values_list("accrual_id", flat=True)
    )
    waiting = [
        one
        for one in accruals_of(identity.recipient)
        if one.accrued and one.pk not in listed and one.run.status == CalculationRun.Status.APPROVED
    ]
    if not waiting:
        return ()
    found = requisites_on([identity.recipient.pk], day=on)[identity.recipient.pk]
    why = found.label if isinstance(found, Obstacle) else "войдёт в ближайший список"
    death = identity.recipient.person.death_date
    return tuple(
        WaitingRow(one.month, one.accrued, Obstacle.AFTER_DEATH.label if death and one.month > death else why)
        for one in waiting
    )


def _decisions(identity: Identity) -> tuple[DecisionRow, ...]:
    endings = Termination.objects.filter(entitlement__recipient=identity.recipient).select_related("ground")
    heirs = HeirDecision.objects.filter(recipient=identity.recipient).select_related("claimant")
    rows = [
        DecisionRow(
            f"Прекращение, решение № {row.number}",
            f"{row.ground.title}; право прекращено с {row.ends_on:%d.%m.%Y}; {row.document}",
            str(row.get_status_display()),
            row.decision_file_id,
        )
        for row in endings.order_by("-prepared_at", "-pk")
    ]
    rows += [
        DecisionRow(
            f"Выплата сумм умершего, решение № {row.number}",
            f"{row.claimant.full_name}, {row.relation}",
            str(row.get_status_display()),
            row.document_id,
        )
        for row in heirs.order_by("-prepared_at", "-pk")
    ]
    return tuple(rows)
