"""Districts, their towns and villages, streets and post offices.

Names and codes are real, see `data/places.toml`; houses and post offices' indexes of
villages are invented within the district's range.
"""

import random
from dataclasses import dataclass
from functools import cache

from workplace.demo.reading import read

TOWN_STREETS, SETTLEMENT_STREETS, VILLAGE_STREETS = 40, 16, 6
PEOPLE_PER_POST_OFFICE = 9000
INDEXES = 10  # of one district: the town's from the first on, the villages' from the last back


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """A street; the code is unique in its settlement."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoSettlement:
    """A town or village; the code is unique in its district, `share` weighs its inhabitants."""

    code: str
    kind: str
    name: str
    is_rural: bool
    share: int
    postal_index: str
    streets: tuple[DemoStreet, ...]


@dataclass(frozen=True, slots=True)
class DemoPostOffice:
    """A post office of a district."""

    index: str
    district_code: str
    address: str


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """A district with its codes. `inhabitants` is a weight; `slug` names its logins."""

    code: str
    oktmo: str
    name: str
    within: str
    slug: str
    phone_code: str
    inhabitants: int
    is_assumed: bool
    settlements: tuple[DemoSettlement, ...]
    post_offices: tuple[DemoPostOffice, ...]

    @property
    def center(self) -> DemoSettlement:
        """The first settlement, where the district office sits."""
        return self.settlements[0]


@cache
def districts() -> tuple[DemoDistrict, ...]:
    """Return the 27 districts in the order of their codes."""
    return tuple(_district(row) for row in read("places")["district"])


@cache
def district(code: str) -> DemoDistrict:
    """Return the district with this OKATO code. Raises StopIteration when there is none."""
    return next(each for each in districts() if each.code == code)


def _district(row: dict[str, object]) -> DemoDistrict:
    code, index, inhabitants = str(row["code"]), int(str(row["index"])), int(str(row["inhabitants"]))
    listed: list[tuple[str, str, bool, int]] = row["settlements"]  # type: ignore[assignment]  # TOML rows
    settlements = tuple(
        DemoSettlement(
            code=f"{number:05d}",
            kind=kind,
            name=name,
            is_rural=is_rural,
            share=share,
            postal_index=str(index if number == 1 else index + INDEXES - number + 1),
            streets=_streets(code, number, kind),
        )
        for number, (kind, name, is_rural, share) in enumerate(listed, start=1)
    )
    return DemoDistrict(
        code=code,
        oktmo=str(row["oktmo"]),
        name=str(row["name"]),
        within=str(row["within"]),
        slug=str(row["slug"]),
        phone_code=str(row["phone_code"]),
        inhabitants=inhabitants,
        is_assumed=bool(row.get("assumed", False)),
        settlements=settlements,
        post_offices=_post_offices(code, index, inhabitants, settlements),
    )


def _streets(district_code: str, number: int, kind: str) -> tuple[DemoStreet, ...]:
    """Choose a settlement's streets, always the same ones."""
    streets = read("places")["streets"]
    names: list[str] = streets["districts_of_blocks"].get(district_code) or []
    if not names:
        pool, count = {
            "г.": (streets["town"], TOWN_STREETS),
            "пгт": (streets["town"], SETTLEMENT_STREETS),
        }.get(kind, (streets["village"], VILLAGE_STREETS))
        dice = random.Random(f"{district_code}/{number}")  # noqa: S311 - invented data, the same each time
        names = sorted(dice.sample(pool, count))
    return tuple(DemoStreet(f"{place:05d}", name) for place, name in enumerate(names, start=1))


def _post_offices(
    code: str, index: int, inhabitants: int, settlements: tuple[DemoSettlement, ...]
) -> tuple[DemoPostOffice, ...]:
    """Give the center an office per nine thousand inhabitants, and each village its own."""
    center = settlements[0]
    in_town = min(INDEXES + 1 - len(settlements), max(1, inhabitants * center.share // 100 // PEOPLE_PER_POST_OFFICE))
    offices = [
        DemoPostOffice(str(index + number), code, _post_address(index + number, center, number))
        for number in range(in_town)
    ]
    offices += [
        DemoPostOffice(each.postal_index, code, _post_address(int(each.postal_index), each, 0))
        for each in settlements[1:]
    ]
    return tuple(offices)


def _post_address(index: int, settlement: DemoSettlement, number: int) -> str:
    street = settlement.streets[number % len(settlement.streets)]
    return f"{index}, {settlement.kind} {settlement.name}, {street.name}, д. {1 + 2 * number}"
