"""Items 3.14 and 3.15.4: accruals sorted into lines and held, and the lines stored with their list."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from offices.balances import Amount, Balance
from offices.copying import copy_rows, next_ids
from payments.documents.files import unwritable
from payments.models import PaymentLine, PaymentList
from payments.selectors.lists import Unpaid
from payments.selectors.requisites import Obstacle, Requisites, heirs_requisites_on, requisites_on
from recipients.models import Recipient

LINE_COLUMNS = (
    "id",
    "list_id",
    "office_id",
    "accrual_id",
    "recipient_id",
    "payee_id",
    "channel_id",
    "kind",
    "bank_id",
    "account",
    "post_office_id",
    "payee_name",
    "address",
    "postal_address",
    "payable",
    "status",
    "replaces_id",
    "heir_part_id",
    "heir_requisites_id",
)


@dataclass(frozen=True, slots=True)
class Payable:
    """An accrual, or an heir's part of one, and how it is paid."""

    unpaid: Unpaid
    requisites: Requisites


@dataclass(frozen=True, slots=True)
class Sorted:
    """Accruals that become lines and those held, by reason."""

    taken: Amount
    lines: Sequence[Payable]
    held: Mapping[str, Amount]

    @property
    def listed(self) -> Amount:
        return sum((Amount(1, line.unpaid.payable) for line in self.lines), Amount())

    @property
    def balance(self) -> Balance:
        return Balance(self.taken, self.listed, self.held)


def sort_unpaid(*, unpaid: Sequence[Unpaid], day: dt.date) -> Sorted:
    """Part accruals, and heirs' parts, into those payable with the requisites of `day` and those held, by reason."""
    whole = {one.recipient_id for one in unpaid if one.payable > 0 and one.heir_part_id is None}
    known = requisites_on(whole, day=day)
    heirs = heirs_requisites_on({one.heir_part_id for one in unpaid if one.heir_part_id is not None}, day=day)
    deaths = _deaths([recipient for recipient, way in known.items() if way is Obstacle.DIED])
    found = [
        Obstacle.ZERO
        if one.payable == 0
        else _judge(one, known[one.recipient_id] if one.heir_part_id is None else heirs[one.heir_part_id], deaths)
        for one in unpaid
    ]
    lines = [Payable(one, way) for one, way in zip(unpaid, found, strict=True) if isinstance(way, Requisites)]
    odd = unwritable([line.requisites for line in lines])
    held: dict[str, Amount] = {}
    for one, way in zip(unpaid, found, strict=True):
        if isinstance(way, Obstacle):
            _hold(held, way, one)
    for place in sorted(odd):
        _hold(held, Obstacle.UNWRITABLE, lines[place].unpaid)
    return Sorted(
        taken=sum((Amount(1, one.payable) for one in unpaid), Amount()),
        lines=[line for place, line in enumerate(lines) if place not in odd],
        held=held,
    )


def _hold(held: dict[str, Amount], reason: Obstacle, one: Unpaid) -> None:
    held[reason] = held.get(reason, Amount()) + Amount(1, one.payable)


def store_lines(made: PaymentList, lines: Sequence[Payable], /) -> None:
    """Store the lines of a list, requisites by value."""
    ids = next_ids(PaymentLine, len(lines))
    rows = (_row(line_id, made, line) for line_id, line in zip(ids, lines, strict=True))
    copy_rows(PaymentLine._meta.db_table, LINE_COLUMNS, rows)


def _judge(one: Unpaid, found: Requisites | Obstacle, deaths: Mapping[int, dt.date]) -> Requisites | Obstacle:
    if found is Obstacle.DIED and one.month > deaths[one.recipient_id]:
        return Obstacle.AFTER_DEATH
    if isinstance(found, Requisites) and one.needs_new_requisites:
        former = one.returned_channel_id if one.heir_part_id is None else one.returned_requisites_id
        now = found.channel_id if one.heir_part_id is None else found.heir_requisites_id
        return Obstacle.OLD_REQUISITES if now == former else found
    return found


def _deaths(recipient_ids: Collection[int]) -> dict[int, dt.date]:
    rows = Recipient.objects.filter(pk__in=recipient_ids).values_list("pk", "person__death_date")
    return {recipient: died_on for recipient, died_on in rows if died_on is not None}


def _row(line_id: int, made: PaymentList, line: Payable) -> tuple[object, ...]:
    one, requisites = line.unpaid, line.requisites
    return (
        line_id,
        made.pk,
        made.office_id,
        one.accrual_id,
        one.recipient_id,
        requisites.payee_id,
        requisites.channel_id,
        requisites.kind,
        requisites.bank_id,
        requisites.account,
        requisites.post_office_id,
        requisites.payee_name,
        requisites.address,
        requisites.postal_address,
        one.payable,
        PaymentLine.Status.LISTED.value,
        one.returned_line_id,
        one.heir_part_id,
        requisites.heir_requisites_id,
    )
