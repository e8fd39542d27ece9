"""Charges typed by hand: reading the cells of a grid and the rows of a pasted table (3.9)."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from exchange.checks.dwelling import normal
from offices.columns import MOST_ROUBLES

NUMBERS = ("tariff", "quantity", "billed", "adjustment")
MONTH = "adjustment_month"
CELLS = (*NUMBERS, MONTH)
COLUMNS = ("account", "service", *CELLS)
WORDS = {"tariff": "тариф", "quantity": "объём", "billed": "начислено", "adjustment": "перерасчёт"}
DECIMALS = {"tariff": 6, "quantity": 4, "billed": 2, "adjustment": 2}
MOST_PASTED = 5000
_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])[./-](?P<year>20[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell row of the grid: a service of a request row. `key` names it in the form."""

    key: str
    request_row: int
    row_number: int
    full_name: str
    account: str
    service: str
    service_name: str


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What is billed for one service: roubles and the measure of the service, None where nothing was typed.

    `adjustment_month` is the month that is recalculated.
    """

    place: Place
    tariff: Decimal | None
    quantity: Decimal | None
    billed: Decimal
    adjustment: Decimal | None
    adjustment_month: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TypedFault:
    """What cannot be taken: the line of the pasted table or the recipient, and the sentence why."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: texts by place and column as they stand in the grid, the lines they make, the faults."""

    cells: Mapping[str, Mapping[str, str]]
    lines: tuple[TypedLine, ...]
    faults: tuple[TypedFault, ...]

    @property
    def billed(self) -> Decimal:
        """Roubles billed, recalculations apart."""
        return sum((line.billed for line in self.lines), Decimal("0.00"))

    @property
    def adjustment(self) -> Decimal:
        return sum((line.adjustment or Decimal("0.00") for line in self.lines), Decimal("0.00"))


def read_cells(
    cells: Mapping[str, Mapping[str, str]],
    places: Sequence[Place],
    /,
    *,
    month: dt.date,
    tells_month: bool,
) -> Typed:
    """Make lines of the grid's texts: a line for every place where a sum was typed.

    `month` is the month billed; `tells_month`: the request's layout has a place for the month of a recalculation, so
    it has to be typed with it.
    """
    lines, faults = [], []
    for place in places:
        texts = {name: text.strip() for name, text in cells.get(place.key, {}).items() if text.strip()}
        if not texts or set(texts) == {"tariff"}:
            continue
        where = f"{place.full_name}, {place.service_name}"
        numbers, wrong = _numbers(texts)
        is_asked = tells_month and bool(numbers.get("adjustment"))
        recalculated, wrong_month = _recalculated(texts, month, is_asked=is_asked)
        wrong += wrong_month
        faults += [TypedFault(where, text) for text in wrong]
        if "billed" not in texts:
            faults.append(TypedFault(where, "Не указано, сколько начислено. Если услуги не было, поставьте 0."))
        elif not wrong:
            billed = numbers["billed"]
            assert billed is not None, "a sum that was typed is read or a fault"
            typed = TypedLine(
                place, numbers["tariff"], numbers["quantity"], billed, numbers["adjustment"], recalculated
            )
            lines.append(typed)
    return Typed(cells, tuple(lines), tuple(faults))


def pasted_cells(text: str, places: Sequence[Place], /) -> tuple[dict[str, dict[str, str]], list[TypedFault]]:
    """Put the rows of a pasted table into the grid: account, service, tariff, quantity, sum, recalculation, its month.

    A row whose account is not asked about, or is two people's, stays a fault; the first row may be headings.
    """
    by_account: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_account[normal(place.account)].append(place)
    cells: dict[str, dict[str, str]] = {}
    faults = []
    rows = list(_rows(text))
    for number, row in rows[:MOST_PASTED]:
        where = f"Строка {number} таблицы"
        fitting = by_account.get(normal(row[0]), [])
        if not fitting and number == 1 and not any(sign.isdigit() for sign in row[0]):
            continue
        found = [one for one in fitting if normal(row[1]) in (normal(one.service), normal(one.service_name))]
        if not fitting:
            faults.append(TypedFault(where, f"Счёта «{row[0]}» в запросе поставщику нет."))
        elif not found:
            faults.append(TypedFault(where, f"Услуги «{row[1]}» на счёте {row[0]} в запросе нет."))
        elif len(found) > 1:
            faults.append(TypedFault(where, f"На счёте {row[0]} несколько получателей: внесите строку в таблицу сами."))
        elif found[0].key in cells:
            faults.append(TypedFault(where, f"Счёт {row[0]} с этой услугой стоит в таблице второй раз."))
        else:
            cells[found[0].key] = dict(zip(CELLS, row[2:], strict=True))
    if len(rows) > MOST_PASTED:
        faults.append(TypedFault("Таблица", f"Взято {MOST_PASTED} строк из {len(rows)}: остальные вставьте отдельно."))
    return cells, faults


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
            yield number, (cells + [""] * len(COLUMNS))[: len(COLUMNS)]


def _numbers(texts: Mapping[str, str]) -> tuple[dict[str, Decimal | None], list[str]]:
    numbers: dict[str, Decimal | None] = {}
    wrong: list[str] = []
    for name in NUMBERS:
        try:
            numbers[name] = _number(texts[name]) if name in texts else None
        except InvalidOperation:
            wrong.append(f"В графе «{WORDS[name]}» не число: «{texts[name][:40]}».")
            continue
        wrong += _bounds(name, numbers[name])
    return numbers, wrong


def _recalculated(
    texts: Mapping[str, str], billed_month: dt.date, *, is_asked: bool
) -> tuple[dt.date | None, list[str]]:
    """Read the month of a recalculation, written «09.2026»; return it or what is wrong with it."""
    text = texts.get(MONTH, "")
    if not text:
        return None, ["Укажите, за какой месяц перерасчёт: ММ.ГГГГ."] if is_asked else []
    found = _MONTH.fullmatch(text)
    if found is None:
        return None, [f"В графе «за месяц» не месяц: «{text[:40]}». Пишите так: 09.2026."]
    if "adjustment" not in texts:
        return None, ["Указан месяц перерасчёта, а самого перерасчёта нет."]
    month = dt.date(int(found["year"]), int(found["month"]), 1)
    if month >= billed_month:
        return None, ["Перерасчёт делают за прошедший месяц: он раньше месяца начислений."]
    return month, []


def _number(text: str) -> Decimal:
    number = Decimal("".join(text.split()).replace(",", ".").replace("−", "-"))
    if not number.is_finite():
        raise InvalidOperation
    return number


def _bounds(name: str, number: Decimal | None) -> Iterable[str]:
    if number is None:
        return
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > DECIMALS[name]:
        yield f"В графе «{WORDS[name]}» больше {DECIMALS[name]} знаков после запятой."
    if abs(number) > MOST_ROUBLES:
        yield f"В графе «{WORDS[name]}» слишком большое число."
    if number < 0 and name != "adjustment":
        yield f"В графе «{WORDS[name]}» число меньше нуля."
