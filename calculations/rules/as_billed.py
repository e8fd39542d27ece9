"""Rules whose base is the whole bill of the month."""

from decimal import Decimal
from typing import Final

from calculations.rules.inputs import Period
from calculations.rules.kinds import ServiceKind
from calculations.rules.rule import Rule
from calculations.rules.trace import StepCode, Trace


def as_billed(period: Period, kind: ServiceKind, trace: Trace) -> Decimal:
    """Return what the provider billed for the month, over-norm use included, in roubles.

    Source: Regulation 369 of 30.10.2007, item 2.4.2; it states no norm for utilities.
    """
    total = Decimal(0)
    for part in period.parts:
        trace.step(
            StepCode.BILLED,
            zone=part.zone,
            quantity=part.quantity,
            service=kind,
            tariff=part.tariff,
            result=part.billed,
            source=part.origin,
        )
        total += part.billed
    return total


UTILITY_2007: Final = Rule(
    name="utility_as_billed_2007",
    version=1,
    title="Коммунальная услуга: половина начисленного",
    source="Регламент (постановление от 30.10.2007 № 369), п. 1.1 и 2.4.2; ст. 17 Закона № 181-ФЗ в редакции до 2016 года",
    base=as_billed,
)

UTILITY_WITHOUT_NORM: Final = Rule(
    name="utility_as_billed",
    version=1,
    title="Коммунальная услуга: начисленное полностью, норматив по решению региона не применяется",
    source="ст. 17 Закона № 181-ФЗ (скидка не ниже 50 процентов); параметр расчёта «норматив потребления»",
    base=as_billed,
)

COMMON_PROPERTY: Final = Rule(
    name="common_property_as_billed",
    version=1,
    title="Ресурсы на общее имущество: в любом жилищном фонде, без норматива",
    source="ст. 17 Закона № 181-ФЗ (ресурсы, потребляемые при содержании общего имущества)",
    base=as_billed,
)

WASTE: Final = Rule(
    name="waste_as_billed",
    version=1,
    title="Обращение с отходами: норматив равен начислению",
    source="ст. 17 Закона № 181-ФЗ; ч. 4 ст. 154 Жилищного кодекса",
    base=as_billed,
)
