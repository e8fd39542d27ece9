"""Bills as they would have been by another tariff.

A future tariff changes the bill itself. Where a bill is its volume by the tariff in force, it becomes the volume by the
new one; any other bill (a raising coefficient, an undersupply, no volume given) changes as the tariff does.

Source: dossier 1.2, item 1 (V = C / T where the provider gives only a sum).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from calculations.inputs.billing import Surroundings
from calculations.inputs.facts import Bill, RecipientRows
from offices.money import to_kopecks
from providers.in_force import Place


@dataclass(slots=True)
class Estimated:
    """How many bills were estimated by their volume, and how many as the tariff changes."""

    by_volume: int = 0
    by_ratio: int = 0


def repriced(recipient: RecipientRows, before: Surroundings, after: Surroundings, told: Estimated) -> RecipientRows:
    """Return the recipient with the bills by the tariffs of `after`, in roubles and kopecks; `told` counts them."""
    return replace(recipient, bills=tuple(_bill(bill, before, after, told) for bill in recipient.bills))


def _bill(bill: Bill, before: Surroundings, after: Surroundings, told: Estimated) -> Bill:
    old, new = _tariff(bill, before), _tariff(bill, after)
    if old is None or new is None or old == new:
        return bill
    if bill.quantity is not None and to_kopecks(bill.quantity * old) == bill.billed:
        told.by_volume += 1
        return replace(bill, billed=to_kopecks(bill.quantity * new), tariff=new)
    told.by_ratio += 1
    return replace(bill, billed=to_kopecks(bill.billed * new / old), tariff=new)


def _tariff(bill: Bill, around: Surroundings) -> Decimal | None:
    """Return the tariff of the bill's dwelling as it was at the month's end."""
    dwelling = around.dwellings.get(bill.dwelling_id)
    if dwelling is None or not dwelling.states:
        return None
    state = max(dwelling.states, key=lambda one: one.starts)
    place = Place(bill.provider_id, dwelling.settlement_id, dwelling.district_id)
    return around.directories.tariff(bill.service, place=place, traits=state.traits, effective=None).value
