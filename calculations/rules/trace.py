"""The steps of a calculation, as a rule tells them while it computes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, Protocol

TraceValue = Decimal | Fraction | int | str | None


class StepCode(StrEnum):
    RULE = "rule"
    PERIOD = "period"
    DENIED = "denied"
    BILLED = "billed"
    NORM_PER_PERSON = "norm_per_person"
    NORM_PER_METER = "norm_per_meter"
    MINIMUM_CONTRIBUTION = "minimum_contribution"
    NORM_OF_ZONES = "norm_of_zones"
    ZONE = "zone"
    BASE = "base"
    SHARE = "share"
    FAMILY_SHARE = "family_share"
    DAYS = "days"
    DISCOUNT = "discount"
    ROUNDED = "rounded"
    RECALCULATED = "recalculated"
    CORRECTED = "corrected"
    WITHOUT_MONTH = "without_month"
    FUEL_APPLIED = "fuel_applied"
    FUEL_NORM = "fuel_norm"
    PART = "part"


class Trace(Protocol):
    """Whoever listens to a calculation. Listening never changes a sum."""

    def step(self, code: StepCode, **values: TraceValue) -> None: ...


class _Silent:
    __slots__ = ()

    def step(self, code: StepCode, **values: TraceValue) -> None:
        return None


SILENT: Final[Trace] = _Silent()


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was told: the values are exact, `result` among them."""

    code: StepCode
    values: dict[str, TraceValue]


class Recording:
    """A trace that keeps every step, in order. `captions.describe` puts them in Russian."""

    __slots__ = ("steps",)

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, code: StepCode, **values: TraceValue) -> None:
        self.steps.append(Step(code=code, values=values))
