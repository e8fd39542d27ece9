"""Parameters, runs and what they accrued; Django finds the models of an app here."""

from calculations.models.debts import DebtAnswer, DebtCourtAct, DebtRequest
from calculations.models.fuel import FuelAssignment, FuelItem, FuelPart
from calculations.models.lines import AccrualLine
from calculations.models.parameters import Parameter
from calculations.models.recalculations import Recalculation, RecalculationMonth
from calculations.models.rehearsals import Rehearsal, RehearsalRow, RehearsalSum
from calculations.models.runs import Accrual, CalculationRun, ReviewDecision, Withheld
from calculations.models.suspensions import Suspension
from calculations.models.unapplied import UnappliedRecalculation

__all__ = [
    "Accrual",
    "AccrualLine",
    "CalculationRun",
    "DebtAnswer",
    "DebtCourtAct",
    "DebtRequest",
    "FuelAssignment",
    "FuelItem",
    "FuelPart",
    "Parameter",
    "Recalculation",
    "RecalculationMonth",
    "Rehearsal",
    "RehearsalRow",
    "RehearsalSum",
    "ReviewDecision",
    "Suspension",
    "UnappliedRecalculation",
    "Withheld",
]
