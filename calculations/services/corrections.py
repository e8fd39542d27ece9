"""Corrections: a past month calculated anew by its own rules, the difference accrued with the open month.

What a provider answers late comes here; each line names the month it counts for and the line it corrects.

Source: Regulation 369 of 30.10.2007, item 3.10; dossier 1.2, item 6 (recompute); EX-6.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from calculations.inputs.billing import BilledService, NotCounted, Surroundings, billed_services
from calculations.inputs.facts import Bill, Right
from calculations.inputs.past_months import NOTHING, PastMonth
from calculations.models import Withheld
from calculations.rules.corrections import Correction, corrected
from calculations.rules.faults import LineFault
from calculations.rules.line import calculate_line
from calculations.rules.parameters import Parameters
from calculations.rules.stored import to_stored
from calculations.services.faults import reason_of_fault
from calculations.services.written import Corrected, Written
from offices.months import month_name

RIGHT_ENDED: Final = "Ответ за прошедший месяц пришёл, когда права у получателя уже нет."


@dataclass(frozen=True, slots=True)
class PastGround:
    """A past month with what all its recipients shared: its directories, terms and parameters."""

    read: PastMonth
    around: Surroundings
    parameters: Parameters


def correct_past_months(*, written: Written, past: Iterable[PastGround], rights: Iterable[Right]) -> None:
    """Add a correction for every line of a past month that late charges touch.

    The right that the line was for bears it, another living right of the recipient where that one has ended; where
    the recipient has none in the open month, the charges are withheld. `rights` are those of the open month.
    """
    bearers: dict[int, list[int]] = defaultdict(list)
    for right in rights:
        if right.died_on is None or right.died_on >= written.run.month:
            bearers[right.recipient_id].append(right.id)
    for ground in past:
        for recipient in ground.read.chunk.recipients:
            for found in billed_services(recipient, ground.around):
                late = [bill for bill in found.bills if bill.id in ground.read.late]
                if late:
                    _settle(found, late, ground, written, bearers[recipient.id])


def _settle(
    found: BilledService | NotCounted,
    late: Sequence[Bill],
    ground: PastGround,
    written: Written,
    bearers: Sequence[int],
) -> None:
    if isinstance(found, NotCounted):
        written.withhold(late, found.reason, _of_its_month(ground, found.text))
        return
    if not bearers:
        written.withhold(late, Withheld.Reason.RIGHT_ENDED, RIGHT_ENDED)
        return
    month, parameters = ground.read.month, ground.parameters
    try:
        results = [(line, calculate_line(month, line.inputs, parameters)) for line in found.lines]
    except LineFault as fault:
        reason, text = reason_of_fault(fault)
        written.withhold(late, reason, _of_its_month(ground, text))
        return
    for line, result in results:
        before = ground.read.accrued.get((line.right_id, late[0].account_id, found.service), NOTHING)
        correction = Correction(accrued=before.roubles, right=str(line.right_id))
        written.add_correction(
            late,
            found.service,
            line,
            corrected(result, correction),
            to_stored(line.inputs, parameters, correction),
            Corrected(
                month=month,
                line_id=before.line_id,
                bearer=line.right_id if line.right_id in bearers else bearers[0],
            ),
        )


def _of_its_month(ground: PastGround, text: str) -> str:
    return f"За {month_name(ground.read.month)}: {text[:1].lower()}{text[1:]}"
