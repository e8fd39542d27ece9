"""Each kind of step in Russian, to the letter; a no-break space stands between a number and what belongs to it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calculations.rules.captions import Caption, describe
from calculations.rules.fuel import FuelKind, NormKind
from calculations.rules.kinds import ServiceKind, Zone
from calculations.rules.trace import Step, StepCode, TraceValue

WATER, LIGHT = ServiceKind.COLD_WATER, ServiceKind.ELECTRICITY
THIRD = Fraction(100, 3)
FUEL = {
    "fuel": FuelKind.COAL, "area": Decimal(46), "residents": 3, "limit": Decimal("3.12"), "counted": Decimal("2.5"),
    "price": Decimal(7800), "result": Decimal(19500), "quantity": Decimal(2), "up_to": Decimal(30),
    "further": Decimal("0.07"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "values", "title", "text"),
    [
        (StepCode.RULE, {"title": "Правило такое"}, "Правило", "Правило такое"),
        (
            StepCode.PERIOD,
            {"number": 2, "of": 3, "days": 10, "days_in_month": 31},
            "Период",
            "период 2 из 3: 10 из 31 дней месяца",
        ),
        (StepCode.DENIED, {"text": "нельзя", "result": Decimal(0)}, "Не входит в меру", "нельзя: 0,00_₽"),
        (
            StepCode.BILLED,
            {
                "zone": Zone.WHOLE, "service": WATER, "quantity": Decimal("1.5"), "tariff": Decimal("26.0612"),
                "result": Decimal("39.09"),
            },
            "Начислено предприятием",
            "39,09_₽ за месяц, объём 1,5 м³, тариф 26,0612 ₽ за м³",
        ),
        (
            StepCode.BILLED,
            {"zone": Zone.NIGHT, "service": LIGHT, "quantity": Decimal(5), "tariff": None, "result": Decimal(10)},
            "Начислено предприятием",
            "ночь: 10,00_₽ за месяц",
        ),
        (
            StepCode.BILLED,
            {"zone": Zone.DAY, "service": LIGHT, "quantity": None, "tariff": Decimal(2), "result": Decimal(10)},
            "Начислено предприятием",
            "день: 10,00_₽ за месяц",
        ),
        (
            StepCode.BILLED,
            {
                "zone": Zone.PEAK, "service": LIGHT, "quantity": Decimal(5), "tariff": Decimal(2),
                "result": Decimal("10.005"),
            },
            "Начислено предприятием",
            "пик: 10,005_₽ за месяц, объём 5 кВт·ч, тариф 2 ₽ за кВт·ч",
        ),
        (
            StepCode.NORM_PER_PERSON,
            {
                "norm": Decimal("4.32"), "service": WATER, "residents": 3, "tariff": Decimal("26.06"),
                "result": Decimal("337.7376"),
            },
            "Стоимость в пределах норматива",
            "4,32 м³ на человека × 3 чел. × 26,06 ₽ = 337,7376_₽",
        ),
        (
            StepCode.NORM_PER_METER,
            {
                "norm": Decimal("0.0185"), "service": ServiceKind.HEATING, "area": Decimal("54.3"),
                "tariff": Decimal(1660), "result": Decimal(1000),
            },
            "Стоимость в пределах норматива",
            "0,0185 Гкал на м² × 54,3 м² × 1_660 ₽ = 1_000,00_₽",
        ),
        (
            StepCode.MINIMUM_CONTRIBUTION,
            {"rate": Decimal("6.32"), "area": Decimal(54), "result": Decimal("341.28")},
            "Минимальный размер взноса",
            "6,32 ₽ за м² × 54 м² = 341,28_₽",
        ),
        (
            StepCode.NORM_OF_ZONES,
            {"norm": Decimal(46), "service": LIGHT, "residents": 3, "used": Decimal(200), "result": Decimal(138)},
            "Норматив на все зоны",
            "46 кВт·ч на человека × 3 чел. = 138 кВт·ч, делится по потреблению, всего 200 кВт·ч",
        ),
        (
            StepCode.ZONE,
            {
                "zone": Zone.NIGHT, "norm": Decimal(138), "quantity": Decimal(60), "used": Decimal(200), "service": LIGHT,
                "tariff": Decimal("2.72"), "result": THIRD,
            },
            "Стоимость в пределах норматива зоны",
            "ночь: 138 × 60 / 200 кВт·ч × 2,72 ₽ = ≈_33,333333_₽",
        ),
        (StepCode.BASE, {"result": THIRD}, "Принято в расчёт", "в расчёт принято ≈_33,333333_₽"),
        (
            StepCode.SHARE,
            {"base": Decimal(100), "entitled": 1, "residents": 3, "result": THIRD},
            "Доля имеющих право",
            "100,00_₽ × 1 из 3 чел. = ≈_33,333333_₽",
        ),
        (
            StepCode.FAMILY_SHARE,
            {"base": Decimal(90), "entitled": 2, "residents": 3, "result": Fraction(60)},
            "Доля семьи получателя",
            "90,00_₽ × 2 из 3 чел. = 60,00_₽",
        ),
        (
            StepCode.DAYS,
            {"shared": Decimal(60), "days": 10, "days_in_month": 30, "result": Decimal(20)},
            "Дни права",
            "60,00_₽ × 10 из 30 дней = 20,00_₽",
        ),
        (
            StepCode.DISCOUNT,
            {"due": Decimal(20), "discount": Decimal("0.125"), "result": Decimal("2.5")},
            "Скидка",
            "20,00_₽ × 12,5_% = 2,50_₽",
        ),
        (StepCode.ROUNDED, {"result": Decimal("2.50")}, "Денежный эквивалент", "округлено до копейки: 2,50_₽"),
        (
            StepCode.FUEL_APPLIED,
            {"fuel": FuelKind.KINDLING, "quantity": Decimal(1), "price": Decimal(1450), "result": Decimal(1450)},
            "По заявлению",
            "дрова на растопку угля: 1 м³ × 1_450 ₽ = 1_450,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.PER_HOUSEHOLD},
            "В пределах нормы продажи",
            "уголь: 2 т на семью до 30 м² + 0,07 т × 16 м² = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.PER_HOUSEHOLD, "area": Decimal(30)},
            "В пределах нормы продажи",
            "уголь: 2 т на семью = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.PER_HOUSEHOLD, "further": Decimal(0)},
            "В пределах нормы продажи",
            "уголь: 2 т на семью = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.PER_METER, "fuel": FuelKind.PEAT},
            "В пределах нормы продажи",
            "торф: 2 т на м² × 46 м² = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.PER_PERSON, "fuel": FuelKind.BRIQUETTE},
            "В пределах нормы продажи",
            "торфяной брикет: 2 т на человека × 3 чел. = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.FUEL_NORM,
            FUEL | {"way": NormKind.BY_BAND},
            "В пределах нормы продажи",
            "уголь: для площади 46 м² = 3,12 т; учтено 2,5 т × 7_800 ₽ = 19_500,00_₽",
        ),
        (
            StepCode.PART,
            {"whole": Decimal(12168), "number": 3, "of": 12, "result": Decimal(1014)},
            "Часть за месяц",
            "12_168,00_₽ на 12 мес. равными частями, часть 3: 1_014,00_₽",
        ),
        (
            StepCode.PART,
            {"whole": Decimal(2300), "number": 1, "of": 1, "result": Decimal(2300)},
            "Часть за месяц",
            "2_300,00_₽ одной суммой",
        ),
        (
            StepCode.PART,
            {"whole": Decimal(10), "number": 1, "of": 2, "result": Decimal(5)},
            "Часть за месяц",
            "10,00_₽ на 2 мес. равными частями, часть 1: 5,00_₽",
        ),
    ],
)  # fmt: skip
def test_says_each_step_to_the_letter(code: StepCode, values: dict[str, TraceValue], title: str, text: str) -> None:
    assert describe(Step(code, values)) == Caption(title, text.replace("_", "\N{NO-BREAK SPACE}"), "")


def test_writes_whole_numbers_as_they_are() -> None:
    values = {"zone": Zone.WHOLE, "service": WATER, "quantity": 5, "tariff": 26, "result": Decimal(130)}
    shown = describe(Step(StepCode.BILLED, values)).text
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == "130,00 ₽ за месяц, объём 5 м³, тариф 26 ₽ за м³"


@pytest.mark.parametrize(("source", "named"), [("акт № 1", "акт № 1"), ("", ""), (None, "")])
def test_names_the_source_where_there_is_one(source: str | None, named: str) -> None:
    assert describe(Step(StepCode.RULE, {"title": "Правило", "source": source})).source == named


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (Fraction(1, 10**6), "0,000001_₽"),
        (Fraction(1, 10**7), "≈_0_₽"),
        (Fraction(15, 10**7), "≈_0,000002_₽"),
        (Fraction(-1, 3), "≈_−0,333333_₽"),
        (Decimal("0.005"), "0,005_₽"),
        (Fraction(1, 2), "0,50_₽"),
    ],
)
def test_shows_six_places_and_marks_what_has_more(result: Decimal | Fraction, text: str) -> None:
    shown = describe(Step(StepCode.BASE, {"result": result})).text
    assert shown.removeprefix("в расчёт принято ") == text.replace("_", "\N{NO-BREAK SPACE}")
