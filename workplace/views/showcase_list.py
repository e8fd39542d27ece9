"""The table of the living page: invented rows, all that a list can do with them."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms

from offices.lists.columns import DifferenceColumn, RoublesColumn, TextColumn
from offices.lists.filters import RowsFilter
from offices.lists.listing import ALL, BuiltInView, Empty, Listing
from offices.lists.tables import ListTable

WAYS = [("банк", "банк"), ("почта", "почта")]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An invented recipient; sums are in roubles."""

    pk: int
    name: str
    account: str
    way: str
    accrued: Decimal
    change: Decimal


class SampleTable(ListTable):
    """A name, a text of digits, a choice and two sums with totals."""

    name = TextColumn("Получатель", sort="name")
    account = TextColumn("Лицевой счёт", sort="account")
    way = TextColumn("Выплата", sort="way")
    accrued = RoublesColumn("Октябрь, ₽", sort="accrued", total=True)
    change = DifferenceColumn("К сентябрю, ₽", sort="change", total=True)


class SampleFilter(RowsFilter):
    """One choice."""

    way = forms.ChoiceField(label="Выплата", choices=[("", "Выплата: любая"), *WAYS], required=False)


SAMPLE = Listing(
    page="design",
    title="Пример списка",
    table=SampleTable,
    order="name",
    found="получатель,получателя,получателей",
    filters=SampleFilter,
    views=(ALL, BuiltInView("Через почту", "way=почта")),
    empty=Empty("Здесь пока ничего нет."),
    per=25,
)


def sample_rows() -> list[SampleRow]:
    """Return rows enough for two pages."""
    return [
        SampleRow(
            pk=number,
            name=f"Образцова {letter}. {letter}.",
            account=f"{number * 7:08d}",
            way=WAYS[number % 2][0],
            accrued=Decimal(1000 + number * 37) + Decimal("0.15"),
            change=Decimal((-1) ** number * number),
        )
        for number, letter in enumerate("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", start=1)
    ]
