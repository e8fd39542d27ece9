"""Corrections: a past month calculated anew by its own rules, the difference accrued with the open month.

What a provider answers late, what it recalculates and what our own orders change comes here; each line names the
month it counts for and the line it corrects.

Source: Regulation 369 of 30.10.2007, item 3.10; dossier 1.2, item 6 (recompute); EX-6.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from calculations.inputs.facts import Right
from calculations.inputs.touched import Touch
from calculations.models import UnappliedRecalculation, Withheld
from calculations.services.differences import Difference, PastGround, Unresolved, differences_of
from calculations.services.written import Corrected, Written
from offices.months import month_name

Unapplied = UnappliedRecalculation.Reason
RIGHT_ENDED: Final = "Ответ за прошедший месяц пришёл, когда права у получателя уже нет."
_NO_DIFFERENCE: Final = "Перерасчёт учтён, сумма за этот месяц не изменилась."
_TOLD_TOO_LATE: Final = "Перерасчёт пришёл, когда права у получателя уже нет."
_SUPERSEDED: Final = "Есть более позднее исправление этого начисления."
_UNAPPLIED: Final = {
    Withheld.Reason.NO_RIGHT: Unapplied.NO_RIGHT,
    Withheld.Reason.CERTIFICATE_ENDED: Unapplied.NO_RIGHT,
    Withheld.Reason.CAME_OF_AGE: Unapplied.NO_RIGHT,
    Withheld.Reason.NO_RESIDENTS: Unapplied.NO_RIGHT,
    Withheld.Reason.NO_DWELLING: Unapplied.NO_DWELLING,
    Withheld.Reason.SUSPENDED: Unapplied.SUSPENDED,
    Withheld.Reason.NOT_IN_MEASURE: Unapplied.NOT_IN_MEASURE,
}


@dataclass(slots=True)
class _Told:
    """The recalculations told of one recipient's past month: those that stand in a line, and why the others do not."""

    applied: set[int] = field(default_factory=set)
    left: dict[int, tuple[UnappliedRecalculation.Reason, str]] = field(default_factory=dict)


def correct_past_months(
    *, written: Written, past: Iterable[PastGround], rights: Iterable[Right], ended: Collection[int] = ()
) -> None:
    """Add a correction for every service of a past month that is worth something else now.

    The right that the line was for bears it, another living right of the recipient where that one has ended; where
    the recipient has none in the open month, late charges are withheld. `rights` are those of the open month; those of
    `ended` stand no more and bear what is still due to who has no other. A late
    charge stands in a line though it makes no difference; a recalculation that makes none is kept with its reason.
    """
    bearers: dict[int, list[int]] = defaultdict(list)
    for right in rights:
        if right.id in ended or right.died_on is None or right.died_on >= written.run.month:
            bearers[right.recipient_id].append(right.id)
    for ground in past:
        _correct(ground, written, bearers)


def _correct(ground: PastGround, written: Written, bearers: dict[int, list[int]]) -> None:
    told: dict[int, _Told] = defaultdict(_Told)
    withheld: set[int] = set()
    for bills in ground.read.superseded.values():
        written.withhold(bills, Withheld.Reason.SUPERSEDED, _SUPERSEDED)
    for found in differences_of(ground):
        touch = ground.read.touched[found.recipient_id]
        late = [bill for bill in found.bills if bill.id in touch.late and bill.id not in withheld]
        if isinstance(found, Unresolved):
            written.withhold(late, found.reason, _of_its_month(ground, found.text))
            _leave(found, touch, told, _unapplied(found), _of_its_month(ground, found.text))
        elif bearers[found.recipient_id]:
            _write(found, ground, written, bearers[found.recipient_id], told, is_late=bool(late))
        else:
            withheld.update(bill.id for bill in late)
            written.withhold(late, Withheld.Reason.RIGHT_ENDED, RIGHT_ENDED)
            _leave(found, touch, told, Unapplied.RIGHT_ENDED, _TOLD_TOO_LATE)
    for recipient in ground.read.chunk.recipients:
        kept = told[recipient.id]
        for bill in recipient.bills:
            for one in bill.told:
                if one.charge_id in kept.left.keys() - kept.applied:
                    reason, text = kept.left[one.charge_id]
                    written.leave_unapplied(recipient.id, one, ground.read.month, reason, text)


def _write(
    found: Difference,
    ground: PastGround,
    written: Written,
    bearers: Sequence[int],
    told: dict[int, _Told],
    *,
    is_late: bool,
) -> None:
    touch = ground.read.touched[found.recipient_id]
    if not (found.difference or is_late):
        _leave(found, touch, told, Unapplied.NO_DIFFERENCE, _of_its_month(ground, _NO_DIFFERENCE))
        return
    told[found.recipient_id].applied.update(one.charge_id for bill in found.bills for one in bill.told)
    bearer = found.right_id if found.right_id in bearers else bearers[0]
    written.add_correction(found, Corrected(ground.read.month, found.before.line_id, bearer))


def _leave(
    found: Difference | Unresolved,
    touch: Touch,
    told: dict[int, _Told],
    reason: UnappliedRecalculation.Reason,
    text: str,
) -> None:
    for bill in found.bills:
        for one in bill.told:
            if one.charge_id in touch.told:
                told[found.recipient_id].left[one.charge_id] = (reason, text)


def _unapplied(found: Unresolved) -> UnappliedRecalculation.Reason:
    return _UNAPPLIED.get(found.reason, Unapplied.NOT_KNOWN) if found.is_known else Unapplied.NOT_KNOWN


def _of_its_month(ground: PastGround, text: str) -> str:
    return f"За {month_name(ground.read.month)}: {text[:1].lower()}{text[1:]}"
