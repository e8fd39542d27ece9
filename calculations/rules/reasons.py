"""Why a line is zero or cut: a code for the machine, a sentence for the person."""

from decimal import Decimal
from typing import Final

from calculations.rules.inputs import LineInputs
from calculations.rules.parameters import Parameters
from calculations.rules.result import Reason, ReasonCode
from calculations.rules.rule import Rule
from offices.money import format_roubles

DENIALS: Final = {
    ReasonCode.NOT_PUBLIC_STOCK: "в частном жилищном фонде эта плата не компенсируется",
    ReasonCode.NOT_OWNER: "взнос компенсируется только собственнику жилья",
    ReasonCode.GROUP_NOT_COVERED: "этой группе инвалидности взнос не компенсируется",
    ReasonCode.NOT_COVERED_BEFORE_2016: "до 2016 года взнос на капремонт не входил в меру",
    ReasonCode.NOT_DUE: "мера за этот месяц по этой услуге не положена",
}

_LIMITS: Final = {
    ReasonCode.OVER_NORM: "норматива",
    ReasonCode.OVER_MINIMUM: "минимального взноса",
    ReasonCode.OVER_SALE_NORM: "нормы продажи топлива населению",
}


def reason_of(
    rule: Rule,
    inputs: LineInputs,
    parameters: Parameters,
    *,
    billed: Decimal,
    base: Decimal,
    equivalent: Decimal,
) -> Reason | None:
    """Return why a line is zero or cut, or None; `billed` and `base` are counted by days, in kopecks.

    The code is that of the first cause found; the text names every one.
    """
    days = sum([period.days for period in inputs.periods])
    if equivalent and base == billed and days == inputs.periods[0].days_in_month:
        return None
    causes = _causes(rule, inputs, parameters, days=days, billed=billed, base=base)
    if not causes and not equivalent:
        causes = [Reason(ReasonCode.BELOW_HALF_KOPECK, "половина доли меньше полкопейки")]
    if not causes:
        return None
    if len(causes) == 1:
        return causes[0]
    return Reason(causes[0].code, "; ".join(cause.text for cause in causes))


def _causes(
    rule: Rule, inputs: LineInputs, parameters: Parameters, *, days: int, billed: Decimal, base: Decimal
) -> list[Reason]:
    denied = dict.fromkeys([rule.denial(period.facts, parameters) for period in inputs.periods])
    causes = [Reason(code, DENIALS[code]) for code in denied if code is not None]
    if not days:
        causes.append(Reason(ReasonCode.NO_DAYS, "в этом месяце нет ни одного дня права"))
    elif not any(part.billed for period in inputs.periods for part in period.parts):
        causes.append(Reason(ReasonCode.NOTHING_BILLED, "предприятие ничего не начислило"))
    elif base < billed and not causes:
        causes.append(_cut(rule.cut, billed=billed, base=base))
    if 0 < days < inputs.periods[0].days_in_month:
        causes.append(
            Reason(
                ReasonCode.PART_OF_MONTH,
                f"право действовало {days} из {inputs.periods[0].days_in_month} дней месяца",
            )
        )
    return causes


def _cut(code: ReasonCode, *, billed: Decimal, base: Decimal) -> Reason:
    return Reason(
        code, f"учтено {format_roubles(base)} из {format_roubles(billed)}: сверх {_LIMITS[code]} не компенсируется"
    )
