"""Rows and expectations that agree with each other; a test changes one thing."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from exchange.checks.expectations import Expected, ExpectedService, Measure, Share
from exchange.layouts.exchanged import ParsedLine, ParsedRow

MONTH = dt.date(2026, 10, 1)
COLD_WATER = ExpectedService(
    "10", "Холодное водоснабжение", tariffs=(Decimal("26.06"),), norm=Decimal("4.32"), kind="cold_water"
)
"""A service whose rule knows no norm: the weight is the person's share of the bill."""


def expected(**changes: Any) -> Expected:
    card = Expected(
        account="100200",
        full_name="Орлова Анна Петровна",
        birth_date=dt.date(1960, 5, 1),
        snils="99000000101",
        residents=3,
        total_area=Decimal("54.00"),
        right_from=dt.date(2020, 1, 1),
        share=Share(entitled=1, residents=3, measure=Measure(Decimal("0.5"))),
        services={"10": COLD_WATER},
        month=MONTH,
        sum_includes_recalculation=False,
    )
    return replace(card, **changes)


def line(**changes: Any) -> ParsedLine:
    sent = ParsedLine(service="10", position=4, tariff=Decimal("26.06"), billed=Decimal("364.84"), quantity=Decimal(14))
    return replace(sent, **changes)


def row(**changes: Any) -> ParsedRow:
    sent = ParsedRow(
        row_no=1,
        account="100200",
        last_name="Орлова",
        first_name="Анна",
        middle_name="Петровна",
        birth_date=dt.date(1960, 5, 1),
        residents=3,
        total_area=Decimal(54),
        lines=(line(),),
    )
    return replace(sent, **changes)
