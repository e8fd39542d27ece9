"""The dated parameters of a month, read from their texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar

from calculations.models import Parameter
from calculations.rules.fuel import FuelShare
from calculations.rules.kinds import Group
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from calculations.rules.regimes import Regime
from calculations.rules.terms import ChangeRule
from offices.refusals import Refusal
from recipients.eligibility import ArrearsRule, FirstMonth

Code = Parameter.Code
Choice = TypeVar("Choice", bound=StrEnum)


class ParameterMissing(Refusal):
    """No confirmed row of a parameter is in force in the month."""


class ParameterUnreadable(Refusal):
    """A parameter's value is not one of those its code allows."""


class DeathRule(StrEnum):
    """How much of the month of death is paid: all of it, or the days up to the death inclusive."""

    FULL = "full"
    DAYS = "days"


CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    Code.CHANGE_RULE: ChangeRule,
    Code.MONTH_OF_DEATH: DeathRule,
    Code.SHARE_RULE: ShareRule,
    Code.NORM_CAP: NormCap,
    Code.ARREARS_RULE: ArrearsRule,
    Code.FUEL_SHARE: FuelShare,
    Code.GAS_SHARE: FuelShare,
    Code.FIRST_MONTH: FirstMonth,
}
"""The codes whose value is one of a few words."""

FEDERAL_ONLY: Final = frozenset({Code.REPAIR_GROUPS.value, Code.NORM_CAP.value})
"""What the Regulation's months did not know."""


@dataclass(frozen=True, slots=True)
class ParametersInForce:
    """What the law and the department fixed for a month; percents are in percent, not fractions.

    `first_month` is for applications of the month, `withholding_percent` is the highest part of one payment.
    """

    rules: Parameters
    change_rule: ChangeRule
    month_of_death: DeathRule
    lag_months: int
    deviation_percent: Decimal
    sample_percent: Decimal
    first_month: FirstMonth
    arrears_rule: ArrearsRule
    fuel_share: FuelShare
    gas_share: FuelShare
    withholding_percent: Decimal


def needed_codes(regime: Regime) -> frozenset[str]:
    """Name the parameters without which no line of the regime is calculated."""
    every = frozenset(Code.values)
    return every - FEDERAL_ONLY if regime is Regime.REGULATION_2007 else every


def read_parameters(values: Mapping[str, str], *, decree: str) -> ParametersInForce:
    """Read the texts by code; `decree` is the act of the discount. Raises ParameterUnreadable."""
    return ParametersInForce(
        rules=Parameters(
            discount=_fraction(values),
            capital_repair_groups=_groups(values.get(Code.REPAIR_GROUPS, "")),
            decree=decree,
            share_rule=_choice(ShareRule, Code.SHARE_RULE, values[Code.SHARE_RULE]),
            norm_cap=_choice(NormCap, Code.NORM_CAP, values.get(Code.NORM_CAP, NormCap.NONE)),
        ),
        change_rule=_choice(ChangeRule, Code.CHANGE_RULE, values[Code.CHANGE_RULE]),
        month_of_death=_choice(DeathRule, Code.MONTH_OF_DEATH, values[Code.MONTH_OF_DEATH]),
        lag_months=_months(values[Code.LAG_MONTHS]),
        deviation_percent=_percent(values, Code.DEVIATION_PERCENT),
        sample_percent=_percent(values, Code.SAMPLE_PERCENT),
        first_month=_choice(FirstMonth, Code.FIRST_MONTH, values[Code.FIRST_MONTH]),
        arrears_rule=_choice(ArrearsRule, Code.ARREARS_RULE, values[Code.ARREARS_RULE]),
        fuel_share=_choice(FuelShare, Code.FUEL_SHARE, values[Code.FUEL_SHARE]),
        gas_share=_choice(FuelShare, Code.GAS_SHARE, values[Code.GAS_SHARE]),
        withholding_percent=_percent_of_payment(values),
    )


def require_readable(code: str, value: str) -> None:
    """Raise ParameterUnreadable unless the text is a value of this code."""
    match code:
        case Code.DISCOUNT:
            _fraction({code: value})
        case Code.LAG_MONTHS:
            _months(value)
        case Code.REPAIR_GROUPS:
            _groups(value)
        case Code.DEVIATION_PERCENT | Code.SAMPLE_PERCENT:
            _percent({code: value}, Code(code))
        case Code.WITHHOLDING_PERCENT:
            _percent_of_payment({code: value})
        case _ if code in CHOICES:
            _choice(CHOICES[code], Code(code), value)
        case _:
            raise ParameterUnreadable(f"Параметра «{code}» нет.")


def _decimal(values: Mapping[str, str], code: Code, *, most: Decimal) -> Decimal:
    try:
        number = Decimal(values[code].strip().replace(",", "."))
    except InvalidOperation:
        raise _unreadable(code, values[code]) from None
    if not (number.is_finite() and 0 <= number <= most):
        raise _unreadable(code, values[code])
    return number


def _fraction(values: Mapping[str, str]) -> Decimal:
    discount = _decimal(values, Code.DISCOUNT, most=Decimal(1))
    if not discount:
        raise _unreadable(Code.DISCOUNT, values[Code.DISCOUNT])
    return discount


def _percent(values: Mapping[str, str], code: Code) -> Decimal:
    return _decimal(values, code, most=Decimal(100))


def _percent_of_payment(values: Mapping[str, str]) -> Decimal:
    percent = _percent(values, Code.WITHHOLDING_PERCENT)
    if not percent:
        raise _unreadable(Code.WITHHOLDING_PERCENT, values[Code.WITHHOLDING_PERCENT])
    return percent


def _months(value: str) -> int:
    if value.strip() not in {"0", "1", "2", "3", "4", "5", "6"}:
        raise _unreadable(Code.LAG_MONTHS, value)
    return int(value)


def _groups(value: str) -> frozenset[Group]:
    try:
        return frozenset(Group(name.strip()) for name in value.split(",") if name.strip())
    except ValueError:
        raise _unreadable(Code.REPAIR_GROUPS, value) from None


def _choice(words: type[Choice], code: Code, value: str) -> Choice:
    try:
        return words(value.strip())
    except ValueError:
        raise _unreadable(code, value) from None


def _unreadable(code: Code, value: str) -> ParameterUnreadable:
    return ParameterUnreadable(f"Параметр «{code.label}»: значение «{value}» не подходит.")
