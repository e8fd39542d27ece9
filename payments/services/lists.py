"""Item 3.14: electronic lists to pay by, their hand-over, and the supplementary list of 3.15.4."""

import datetime as dt

from django.db import transaction

from calculations.models import CalculationRun
from offices import balances, journal
from offices.balances import Amount, Balance
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from payments.models import PaymentList, ReturnedPayment
from payments.selectors.lists import accruals_to_list, paid_month_of, unpaid_before
from payments.services.lines import sort_unpaid, store_lines
from payments.services.withholding import Withheld, store_withholdings, withhold_from
from payments.terms import listing_day

LISTS = ("3.14", "списки на выплату")
SUPPLEMENTARY = ("3.15", "дополнительный список")
INTAKE = ("3.15", "приём списков")
OTHER_CHANNEL = "other_channel"


class RunNotApproved(Refusal):
    """The district's run of the month is not approved, so there is nothing to pay by."""


class ListBuiltByCalculator(Refusal):
    """Who calculated the month may not make its list."""


class NothingToList(Refusal):
    """No earlier month left anything that can be paid now."""


class ListNotYours(Refusal):
    """Who made a supplementary list or treated its returns may not confirm it."""


@transaction.atomic
def build_payment_list(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> PaymentList:
    """Make the district's list of a billed month from its approved run; once made, return the same.

    A line is made of each accrual above zero whose recipient lives and has confirmed requisites that the
    payments unit accepted, in force for the month of payment; the rest is held by reason in the balance.
    Overpayments are withheld from the lines as their recipients agreed.
    Source: Regulation 369 of 30.10.2007, item 3.14.1 (а); dossier 1.3.
    Raises RunNotApproved, ListBuiltByCalculator, MonthNotOpen, ParameterMissing.
    """
    run = (
        CalculationRun.objects.select_for_update(of=("self",))
        .filter(office=office, month=month, status=CalculationRun.Status.APPROVED)
        .first()
    )
    if run is None:
        raise RunNotApproved(f"{office}: расчёт за {month:%m.%Y} не утверждён, список составлять не по чему.")
    built = PaymentList.objects.filter(office=office, month=month, kind=PaymentList.Kind.REGULAR).first()
    if built is not None:
        return built
    if by.pk in {run.started_by_id, run.submitted_by_id}:
        raise ListBuiltByCalculator("Список на выплату составляет не тот, кто рассчитал месяц.")
    require_open(month)
    paid_month = paid_month_of(month)
    found = withhold_from(sort_unpaid(unpaid=accruals_to_list(run), day=listing_day(paid_month=paid_month, at=at)))
    made = _stored(
        office=office,
        month=month,
        paid_month=paid_month,
        kind=PaymentList.Kind.REGULAR,
        found=found,
        by=by,
        at=at,
    )
    _record(made, unit_of_kind(kind=Office.Kind.SUBSIDIES), by=by, at=at)
    _strike(LISTS, made, found.found.balance, at=at)
    return made


@transaction.atomic
def build_supplementary_list(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> PaymentList:
    """Make the district's supplementary list that goes with a month's documents; once made, return the same.

    It takes lines of earlier months that came back and were cleared up as «include again», and accruals
    held when their own list was made, each once and with today's requisites. A line keeps the month it was
    accrued for through its accrual, and names the line it replaces.
    Source: Regulation 369 of 30.10.2007, item 3.15.4.
    Raises NothingToList, MonthNotOpen, ParameterMissing.
    """
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    built = PaymentList.objects.filter(office=office, month=month, kind=PaymentList.Kind.SUPPLEMENTARY).first()
    if built is not None:
        return built
    require_open(month)
    paid_month = paid_month_of(month)
    found = withhold_from(
        sort_unpaid(unpaid=unpaid_before(month, office=office), day=listing_day(paid_month=paid_month, at=at))
    )
    if not found.found.lines and not found.taken:
        raise NothingToList(f"{office}: за прошлые месяцы выплачивать сейчас нечего.")
    made = _stored(
        office=office,
        month=month,
        paid_month=paid_month,
        kind=PaymentList.Kind.SUPPLEMENTARY,
        found=found,
        by=by,
        at=at,
    )
    _record(made, unit_of_kind(kind=Office.Kind.PAYMENTS), by=by, at=at)
    _strike(SUPPLEMENTARY, made, found.found.balance, at=at)
    return made


@transaction.atomic
def hand_over_list(*, list_id: int, by: Staff, at: dt.datetime) -> PaymentList:
    """Hand a list over to the payments unit; both journals get a line. Done before, it changes nothing.

    A supplementary list is made by the payments unit itself, so it is confirmed by another person than
    its maker and those who treated its returns. Lines of another channel get no register and are held.
    Source: Regulation 369 of 30.10.2007, items 3.14.1 (б, в), 3.15.1 (а).
    Raises ListNotYours, MonthNotOpen.
    """
    made = PaymentList.objects.select_for_update(of=("self",)).select_related("office").get(pk=list_id)
    if made.status == PaymentList.Status.HANDED_OVER:
        return made
    if made.kind == PaymentList.Kind.SUPPLEMENTARY and by.pk in _makers(made):
        raise ListNotYours("Дополнительный список подтверждает не тот, кто его составил или разбирал возвраты.")
    require_open(made.month)
    made.status = PaymentList.Status.HANDED_OVER
    made.handed_at, made.handed_by = at, by
    made.save(update_fields=["status", "handed_at", "handed_by"])
    journal.record_handover(
        sender=unit_of_kind(kind=Office.Kind.SUBSIDIES),
        receiver=unit_of_kind(kind=Office.Kind.PAYMENTS),
        paper=_paper(made),
        by=by,
        at=at,
    )
    taken = Amount(made.rows, made.total)
    other = _other_channel(made)
    passed_on = Amount(taken.rows - other.rows, taken.roubles - other.roubles)
    _strike(INTAKE, made, Balance(taken, passed_on, {OTHER_CHANNEL: other}), at=at)
    return made


def _stored(
    *, office: Office, month: dt.date, paid_month: dt.date, kind: str, found: Withheld, by: Staff, at: dt.datetime
) -> PaymentList:
    made = PaymentList.objects.create(
        office=office,
        month=month,
        paid_month=paid_month,
        kind=kind,
        status=PaymentList.Status.BUILT,
        rows=found.found.listed.rows,
        total=found.found.listed.roubles,
        built_at=at,
        built_by=by,
    )
    store_withholdings(made, found.taken)
    store_lines(made, found.found.lines)
    return made


def _record(made: PaymentList, maker: Office, *, by: Staff, at: dt.datetime) -> None:
    journal.record(office=maker, event="составлен список на выплату", paper=_paper(made), by=by, at=at)


def _paper(made: PaymentList) -> journal.Paper:
    return journal.Paper(
        subject=f"{made.get_kind_display()} {made}"[:300],
        item="3.14" if made.kind == PaymentList.Kind.REGULAR else "3.15",
        month=made.month,
        rows=made.rows,
        roubles=made.total,
    )


def _strike(stage: tuple[str, str], made: PaymentList, balance: Balance, *, at: dt.datetime) -> None:
    item, name = stage
    balances.strike(
        month=made.month,
        item=item,
        stage=name,
        office=made.office,
        subject=f"{made.get_kind_display()} список",
        balance=balance,
        at=at,
    )


def _makers(made: PaymentList) -> set[int]:
    treated = ReturnedPayment.objects.filter(line__replaced_by__list=made)
    people = {made.built_by_id}
    for recorded_by, clarified_by in treated.values_list("recorded_by_id", "clarified_by_id"):
        people |= {recorded_by, clarified_by}
    return people


def _other_channel(made: PaymentList) -> Amount:
    sums = made.lines.filter(kind="other").values_list("payable", flat=True)
    return sum((Amount(1, payable) for payable in sums), Amount())
