"""Persons, answers and their strategies for the tests of layouts."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from exchange.layouts.exchanged import ParsedLine, RequestedPerson, compose_address_code
from exchange.layouts.model import Layout

MONTH = dt.date(2026, 10, 1)
LETTERS = "АБВЕЁЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя-"

ANNA = RequestedPerson(
    request_id="17",
    last_name="Ёлкина",
    first_name="Анна",
    middle_name="Львовна",
    birth_date=dt.date(1950, 2, 3),
    snils="11223344595",
    settlement="г. Смоленск",
    street="ул. Багратиона",
    house="12а",
    building="2",
    flat="5",
    rooms=2,
    account="00123456",
    total_area=Decimal("44.50"),
    heated_area=Decimal("40.10"),
    residents=2,
    address_code=compose_address_code(
        district="001", settlement="00001", street="00012", house="12а", building="2", flat="5"
    ),
    right_from=dt.date(2026, 1, 1),
    right_to=None,
    services=("10", "14"),
)


def words(length: int, *, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=least, max_size=length)


def digits(length: int, *, least: int = 0) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=length)


def amounts(whole: int, decimals: int, *, negative: bool = False) -> st.SearchStrategy[Decimal]:
    most = 10 ** (whole + decimals) - 1
    return st.integers(-most if negative else 0, most).map(lambda number: Decimal(number).scaleb(-decimals))


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
MONTHS = DAYS.map(lambda day: day.replace(day=1))


def room_of(layout: Layout, role: str, most: int) -> int:
    """How many letters of a text the layout has room for, `most` at most."""
    return min([most, *(field.length for field in layout.fields if field.role == role)])


@st.composite
def persons(draw: st.DrawFn, layout: Layout) -> RequestedPerson:
    services = [code for code in ("01", "02", "03", "10", "11", "14", "15", "21", "30", "32") if layout.carries(code)]
    parts = {part: draw(digits(width)) for part, width in (("building", 3), ("flat", 3), ("room", 3))}
    house = draw(digits(3, least=1))
    code = compose_address_code(
        district=draw(digits(3, least=3)),
        settlement=draw(digits(5, least=5)),
        street=draw(digits(5, least=5)),
        house=house,
        **parts,
    )
    return RequestedPerson(
        request_id=str(draw(st.integers(0, 10**10 - 1))),
        last_name=draw(words(room_of(layout, "person.last_name", 40), least=1)),
        first_name=draw(words(room_of(layout, "person.first_name", 40), least=1)),
        middle_name=draw(words(room_of(layout, "person.middle_name", 40))),
        birth_date=draw(st.none() | DAYS),
        snils=draw(st.just("") | digits(11, least=11)),
        settlement=draw(words(room_of(layout, "person.settlement", 40))),
        street=draw(words(room_of(layout, "person.street", 40))),
        house=house,
        account=draw(digits(9)),
        rooms=draw(st.none() | st.integers(0, 99)),
        total_area=draw(st.none() | amounts(3, 2)),
        heated_area=draw(st.none() | amounts(3, 2)),
        residents=draw(st.none() | st.integers(0, 99)),
        address_code=code,
        right_from=draw(st.none() | DAYS),
        right_to=draw(st.none() | DAYS),
        services=tuple(draw(st.lists(st.sampled_from(services), unique=True, min_size=1, max_size=4))),
        **parts,
    )


@st.composite
def lines(draw: st.DrawFn, layout: Layout, service: str, *, residents: int | None = None) -> ParsedLine:
    """A line that says something and fits the columns that `layout` has for it."""
    columns = (*layout.fields, *layout.repeated)
    roles = {field.attribute: field for field in columns if field.subject == "line" and field.group <= 1}

    def sized(role: str, decimals: int, *, whole: int = 4, negative: bool = False) -> st.SearchStrategy[Decimal]:
        field = roles.get(role)
        if field is None:
            return amounts(whole, decimals, negative=negative)
        places = min(decimals, field.decimals)
        return amounts(min(whole, field.length - field.decimals - 1 - negative), places, negative=negative)

    facts: dict[str, object] = {
        "service_name": next((name for name, ours in layout.service_names.items() if ours == service), "")
        or draw(words(40, least=1)),
        "provider_name": draw(words(30)),
        "account": draw(digits(20)),
        "tariff": draw(st.none() | sized("tariff", 5)),
        "adjustment": draw(st.none() | amounts(4, 2, negative=True)),
        "adjustment_month": draw(st.none() | MONTHS),
        "quantity": draw(st.none() | sized("quantity", 4)),
        "norm": draw(st.none() | sized("norm", 4, whole=5)),
        "metered": draw(st.none() | st.booleans()),
        "debt": draw(st.none() | amounts(4, 2, negative=True)),
        "debt_months": draw(st.none() | st.integers(0, 999)),
        "debt_status": draw(st.sampled_from(["", "agreed_paid", "agreed_unpaid", "unpaid", "paid_off", "growing"])),
        "agreed_debt": draw(st.none() | amounts(4, 4)),
        "in_debt": draw(st.none() | st.booleans()),
        "undersupply": draw(st.none() | amounts(0, 2)),
        "paid": draw(st.none() | amounts(4, 2)),
        "benefit": draw(st.none() | amounts(4, 2)),
        "residents": residents,
    }
    known = {name: value for name, value in facts.items() if name in roles}
    billed = draw(amounts(4, 2)) * (2 if layout.code == "l3_capital_repair" else 1)
    return ParsedLine(service=service, billed=billed, **known)  # type: ignore[arg-type]  # typed by the strategies
