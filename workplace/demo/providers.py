"""About 340 utility providers of every kind: the region's own and each district's invented ones."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from offices.accounts import with_inn_control
from offices.money import to_kopecks
from workplace.demo.people import draw_family_name
from workplace.demo.places import DemoDistrict, district, districts
from workplace.demo.reading import read
from workplace.demo.tariffs import DemoTariff, grown
from workplace.demo.vocabulary import fathers_name, first_name, patronymic, surname_for

CITY = "66401"
INHABITANTS_PER_COMPANY, FEWEST_COMPANIES, MOST_COMPANIES = 3050, 3, 76
DISTRICTS_WITH_CENTERS = ("66205", "66208", "66236", "66241", "66258", "66410")
MANAGED = ("01", "02", "30", "31", "32", "33")


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """A provider with what it bills and how it sends it.

    `layout` is "l1_tula", "long" or "l3_capital_repair". `district_codes` are where it works;
    `inability_reason` is filled for one that cannot send files. `contact` is who answers for the exchange, with a
    telephone; the agreement ends before `agreed_to`, and `is_agreed` is false where there is none yet.
    """

    code: str
    name: str
    short_name: str
    inn: str
    kind: str
    district_codes: tuple[str, ...]
    is_regional: bool
    service_codes: tuple[str, ...]
    layout: str
    address: str
    email: str
    agreement_number: str
    contact: str
    inability_reason: str = ""
    agreed_to: dt.date | None = None
    is_agreed: bool = True


@cache
def providers() -> tuple[DemoProvider, ...]:
    """Return all providers in a fixed order; codes are unique."""
    return (*_regional(), *(each for place in districts() for each in _local(place)))


@cache
def providers_in(district_code: str) -> dict[str, tuple[DemoProvider, ...]]:
    """Return the providers that work in a district, by kind."""
    found: dict[str, tuple[DemoProvider, ...]] = {}
    for each in providers():
        if district_code in each.district_codes:
            found[each.kind] = (*found.get(each.kind, ()), each)
    return found


@cache
def local_tariffs() -> tuple[DemoTariff, ...]:
    """Return the assumed prices of local water utilities, managing companies and centers."""
    return tuple(tariff for each in providers() for tariff in _prices(each))


def _regional() -> Iterator[DemoProvider]:
    everywhere = tuple(each.code for each in districts())
    smolensk = (CITY,)
    rows = (
        ("101", "АО «АтомЭнергоСбыт»", "electricity", everywhere, ("15", "16", "17", "18"), "long"),
        ("102", "ООО «Газпром межрегионгаз Смоленск»", "gas", everywhere, ("19",), "long"),
        ("103", "АО «Спецавтохозяйство»", "waste", everywhere, ("23",), "long"),
        (
            "191",
            "НО «Региональный фонд капитального ремонта»",
            "capital_repair",
            everywhere,
            ("03",),
            "l3_capital_repair",
        ),
        ("201", "АО «Квадра»", "heat", smolensk, ("21",), "l1_tula"),
        ("202", "МУП «Смоленсктеплосеть»", "heat", smolensk, ("11", "21"), "l1_tula"),
        ("203", "СМУП «Горводоканал»", "water", smolensk, ("10", "14"), "l1_tula"),
        ("204", "АО «Жилищник»", "managing", smolensk, MANAGED, "l1_tula"),
    )
    for code, name, kind, where, services, layout in rows:
        yield _provider(code, name, kind, where, services, layout, district(CITY), number=0)


def _local(place: DemoDistrict) -> Iterator[DemoProvider]:
    order = districts().index(place) + 1
    town = place.center.name
    only = (place.code,)
    if place.code != CITY:
        layout = "l1_tula" if order % 2 else "long"
        yield _provider(f"3{order:02d}", f"МУП «Водоканал» ({town})", "water", only, ("10", "14"), layout, place, 1)
        yield _provider(f"4{order:02d}", f"МУП «Теплосеть» ({town})", "heat", only, ("11", "21"), "l1_tula", place, 2)
    if place.code in DISTRICTS_WITH_CENTERS:
        services = ("10", "14", *MANAGED)
        name = f"ООО «Единый расчётный центр» ({town})"
        yield _provider(f"6{order:02d}", name, "settlement_center", only, services, "l1_tula", place, 3)
    names = read("providers")["managing"]
    count = max(FEWEST_COMPANIES, min(MOST_COMPANIES, round(place.inhabitants / INHABITANTS_PER_COMPANY)))
    for number in range(1, count + 1):
        form, title = names[(number * 7 + order * 3) % len(names)]
        again = (number - 1) // len(names)
        called = f"{form} «{title}{f'-{again + 1}' if again else ''}»".replace("»»", "»")
        name = f"{called} ({town})"
        layout = "l1_tula" if number % 5 < 3 else "long"
        reason = "ведёт начисления на бумаге" if number == 3 and order % 7 == 0 else ""
        made = _provider(
            f"5{order:02d}{number:02d}", name, "managing", only, MANAGED, layout, place, number + 3, reason
        )
        yield replace(made, agreed_to=_agreed_to(order, number), is_agreed=number != 4 or order % 9 > 0)


def _agreed_to(order: int, number: int) -> dt.date | None:
    """Return when the agreement ends: mostly never, some soon, a few in the first month billed in autumn."""
    if number == 6 and order % 5 == 0:
        return dt.date(2026, 10, 1)
    return dt.date(2027, 1 if number % 2 else 7, 1) if (number + order) % 6 == 0 else None


def _provider(
    code: str,
    name: str,
    kind: str,
    district_codes: tuple[str, ...],
    service_codes: tuple[str, ...],
    layout: str,
    place: DemoDistrict,
    number: int,
    inability_reason: str = "",
) -> DemoProvider:
    street = place.center.streets[(int(code) + number) % len(place.center.streets)]
    return DemoProvider(
        code=code,
        name=name,
        short_name=name[:60],
        inn=with_inn_control(f"6799{int(code):05d}"),
        kind=kind,
        district_codes=district_codes,
        is_regional=len(district_codes) > 1,
        service_codes=service_codes,
        layout=layout,
        address=f"{place.center.postal_index}, {place.center.kind} {place.center.name}, {street.name}, д. {number + 1}",
        email=f"obmen@p{code}.example",
        agreement_number=f"{code}/ИО",
        contact=_contact(code, place),
        inability_reason=inability_reason,
    )


def _contact(code: str, place: DemoDistrict) -> str:
    """Name who answers for the exchange; the telephone begins with zero, as none in use does."""
    throw = random.Random(f"contact/{code}")  # noqa: S311 - invented data, the same each time
    born_on = dt.date(throw.randrange(1965, 1999), 5, 1)
    surname = surname_for(draw_family_name(throw), sex="f")
    name = f"{surname} {first_name(throw, sex='f', born_on=born_on)}"
    name += f" {patronymic(fathers_name(throw, born_on=born_on), sex='f')}"
    digits = f"{throw.randrange(10_000):04d}"
    return f"{name}, тел. ({place.phone_code}) 0-{digits[:2]}-{digits[2:]}"


def _prices(provider: DemoProvider) -> Iterator[DemoTariff]:
    local = read("directories")["local"]
    factor = Decimal(local["factors"][int(provider.code) % len(local["factors"])])
    bases = {"02": local["maintenance"], "01": local["rent"]}
    if provider.code != "203":  # the city's water utility has published prices
        bases |= {"10": local["cold_water"], "14": local["sewerage"]}
    for service_code, base in bases.items():
        if service_code in provider.service_codes:
            yield from grown(
                service_code=service_code,
                variant="",
                provider_code=provider.code,
                price=to_kopecks(Decimal(base) * factor),
                since=local["since"],
                decree_key="demo",
                is_assumed=True,
                note=f"Учебная цена {base} × {factor}.",
                growth=local["water_growth"] if service_code in ("10", "14") else [],
            )
