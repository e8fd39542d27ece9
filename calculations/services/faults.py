"""Why a charge becomes no line: a fault of its data as a coded reason and a sentence."""

from collections.abc import Mapping
from typing import Final

from calculations.models import Withheld
from calculations.rules import faults

Reason = Withheld.Reason
_REASONS: Final[Mapping[type[faults.LineFault], Reason]] = {
    faults.MissingTariff: Reason.NO_TARIFF,
    faults.MissingNorm: Reason.NO_NORM,
    faults.MissingMinimumContribution: Reason.NO_NORM,
    faults.NoResidents: Reason.NO_RESIDENTS,
    faults.NobodyEntitled: Reason.NO_RESIDENTS,
    faults.MoreEntitledThanResidents: Reason.NO_RESIDENTS,
    faults.MissingArea: Reason.NO_AREA,
    faults.MissingQuantity: Reason.NO_QUANTITY,
    faults.WrongParts: Reason.WRONG_CHARGE,
    faults.WrongBilled: Reason.WRONG_CHARGE,
}


def reason_of_fault(fault: faults.LineFault, /) -> tuple[Reason, str]:
    """Code a fault of the data, with its sentence; a fault of ours, as a period outside its month, is raised again."""
    if type(fault) not in _REASONS:
        raise fault
    return _REASONS[type(fault)], f"{fault.sentence[:1].upper()}{fault.sentence[1:]}."
