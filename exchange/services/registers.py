"""Items 3.6 and 3.7: a district's register of recipients is built, frozen, handed over, accepted or rejected."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction

from exchange.dbf.reading import read_dbf
from exchange.fitting import Fitted, build_of_fitting
from exchange.layouts.flat import build_records
from exchange.layouts.model import Layout
from exchange.layouts.names import file_name
from exchange.media_types import media_type_of
from exchange.models import RecipientRegister
from exchange.register_content import district_number
from exchange.selectors.registers import Candidate, Held, candidates, rows_of, standing_register
from exchange.services.layouts import confirmed_layout, layout_of
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.copying import copy_rows
from offices.models import HandoverBalance, Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open

BUILT, HANDED_OVER = "3.6", "3.7"
STAGES = {BUILT: "районные реестры", HANDED_OVER: "передача реестров"}
ROW_COLUMNS = ("register_id", "row_number", "recipient_id", "entitlement_id", "dwelling_id", "content")


class RegisterNotFrozen(Refusal):
    """The register was handed over before."""


class RegisterNotHandedOver(Refusal):
    """The register does not wait for the office's answer."""


class AnsweredByItsSender(Refusal):
    """Whoever handed the register over does not answer for the office."""


class NoRejectionReason(Refusal):
    """A register is rejected only with a reason."""


@transaction.atomic
def build_register(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> RecipientRegister:
    """Freeze the register of an office's recipients with a right in the month; a standing one is returned unchanged.

    A right is held, by reason, when its person died or its certificate ended before the month, when the recipient
    has no supported dwelling, or when the card does not fit the register's file. A rejected register is followed by
    the next number, and its balance by the new one's.

    Raises MonthNotOpen, LayoutNotUsable.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    standing = standing_register(office=office, month=month)
    if standing is not None:
        return standing
    found = candidates(office=office, month=month)
    layout = layout_of(confirmed_layout(code="register", on=month))
    fitted = _file_of([one for one in found if one.person is not None], layout, office=office, month=month)
    held = Counter(one.held for one in found if one.held is not None)
    held[Held.DOES_NOT_FIT] += len(fitted.unfit)
    register = _freeze(fitted, layout, office=office, month=month, by=by, at=at)
    balance = _persons(len(found), len(fitted.fit), held)
    _strike(register, BUILT, balance, at=at)
    journal.record(
        office=unit_of_kind(kind=Office.Kind.PAYMENTS),
        event="сформировано",
        paper=_paper(register, BUILT),
        counterpart=str(office),
        by=by,
        at=at,
    )
    return register


@transaction.atomic
def hand_over_register(*, register_id: int, by: Staff, at: dt.datetime) -> RecipientRegister:
    """Send a frozen register to its office, with a line in the journals of both.

    Raises RegisterNotFrozen, and BalanceDoesNotClose when the file does not hold the register's rows.
    """
    register = _locked(register_id)
    if register.status != RecipientRegister.Status.FROZEN or register.file is None:
        raise RegisterNotFrozen(f"Передать нельзя, {_named(register)} — {register.get_status_display()}.")
    register.status = RecipientRegister.Status.HANDED_OVER
    register.handed_at, register.handed_by = at, by
    register.save(update_fields=["status", "handed_at", "handed_by"])
    written = _rows_written(register)
    _strike(register, HANDED_OVER, _persons(rows_of(register).count(), written, {}), at=at)
    journal.record_handover(
        sender=unit_of_kind(kind=Office.Kind.PAYMENTS),
        receiver=register.office,
        paper=_paper(register, HANDED_OVER),
        by=by,
        at=at,
    )
    return register


@transaction.atomic
def accept_register(*, register_id: int, by: Staff, at: dt.datetime) -> RecipientRegister:
    """Record that the office checked the register and took it (3.7.2).

    Raises RegisterNotHandedOver, AnsweredByItsSender.
    """
    register = _answer(register_id, RecipientRegister.Status.ACCEPTED, reason="", by=by, at=at)
    _record_answer(register, "принято", by=by, at=at)
    return register


@transaction.atomic
def reject_register(*, register_id: int, reason: str, by: Staff, at: dt.datetime) -> RecipientRegister:
    """Record that the office gave the register back with a reason; a new one may be built.

    Raises RegisterNotHandedOver, AnsweredByItsSender, NoRejectionReason.
    """
    if not reason.strip():
        raise NoRejectionReason("Укажите, почему реестр не принят.")
    register = _answer(register_id, RecipientRegister.Status.REJECTED, reason=reason.strip()[:300], by=by, at=at)
    _record_answer(register, "отклонено", by=by, at=at)
    return register


def _file_of(
    persons: Sequence[Candidate], layout: Layout, *, office: Office, month: dt.date
) -> Fitted[Candidate, bytes]:
    district = district_number(office.district.code) if office.district else ""

    def build(some: Sequence[Candidate]) -> bytes:
        return build_records(
            layout,
            (
                one.person.as_record(number=number, district=district, month=month)
                for number, one in enumerate(some, start=1)
                if one.person is not None
            ),
        )

    return build_of_fitting(persons, build)


def _freeze(
    fitted: Fitted[Candidate, bytes], layout: Layout, *, office: Office, month: dt.date, by: Staff, at: dt.datetime
) -> RecipientRegister:
    district = district_number(office.district.code) if office.district else ""
    name = file_name(layout, month=month, district=district)
    register = RecipientRegister.objects.create(
        office=office,
        month=month,
        number=RecipientRegister.objects.filter(office=office, month=month).count() + 1,
        status=RecipientRegister.Status.FROZEN,
        rows=len(fitted.fit),
        file=files.store(content=fitted.built, name=name, media_type=media_type_of(layout), by=by, at=at),
        built_at=at,
        built_by=by,
    )
    copy_rows(
        "exchange_registerrow",
        ROW_COLUMNS,
        (
            (register.pk, number, one.recipient_id, one.entitlement_id, one.dwelling_id, one.person.as_json())
            for number, one in enumerate(fitted.fit, start=1)
            if one.person is not None
        ),
    )
    return register


def _locked(register_id: int) -> RecipientRegister:
    registers = RecipientRegister.objects.select_for_update(of=("self",)).select_related("office", "file")
    register: RecipientRegister = registers.get(pk=register_id)
    return register


def _answer(register_id: int, status: str, *, reason: str, by: Staff, at: dt.datetime) -> RecipientRegister:
    register = _locked(register_id)
    if register.status != RecipientRegister.Status.HANDED_OVER:
        raise RegisterNotHandedOver(f"Ответ не нужен, {_named(register)} — {register.get_status_display()}.")
    if register.handed_by_id == by.pk:
        raise AnsweredByItsSender("Реестр принимает или отклоняет не тот, кто его передал.")
    register.status, register.rejection_reason = status, reason
    register.answered_at, register.answered_by = at, by
    register.save(update_fields=["status", "rejection_reason", "answered_at", "answered_by"])
    return register


def _record_answer(register: RecipientRegister, event: str, *, by: Staff, at: dt.datetime) -> None:
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    paper = _paper(register, HANDED_OVER)
    sides = [(register.office, unit), (unit, register.office)]
    for office, other in sorted(sides, key=lambda side: side[0].pk):  # as a hand-over takes the counters
        journal.record(office=office, event=event, paper=paper, counterpart=str(other), by=by, at=at)


def _rows_written(register: RecipientRegister) -> int:
    """Count the records of the stored file, read back from disk."""
    assert register.file is not None
    return read_dbf(files.read(register.file)).live


def _persons(taken: int, handed_on: int, held: Mapping[Held, int]) -> Balance:
    return Balance(Amount(taken), Amount(handed_on), {reason.value: Amount(rows) for reason, rows in held.items()})


def _strike(register: RecipientRegister, item: str, balance: Balance, *, at: dt.datetime) -> HandoverBalance:
    former = HandoverBalance.objects.filter(
        office=register.office, month=register.month, item=item, superseded_by__isnull=True
    )
    return balances.strike(
        month=register.month,
        item=item,
        stage=STAGES[item],
        office=register.office,
        subject=f"реестр № {register.number}",
        balance=balance,
        at=at,
        supersedes=former.order_by("-pk").first(),
    )


def _paper(register: RecipientRegister, item: str) -> journal.Paper:
    stored = register.file
    return journal.Paper(
        subject=_named(register),
        item=item,
        month=register.month,
        file_name=stored.name if stored else "",
        sha256=stored.sha256 if stored else "",
        rows=register.rows,
    )


def _named(register: RecipientRegister) -> str:
    return f"реестр получателей № {register.number}, {register.office}"
