"""What the columns of an unknown file are likely to mean: by their names and by what stands in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from exchange.dbf.header import Field
from exchange.layouts.contents import CONTENT_WORDS, content_of
from exchange.layouts.definitions import PRESETS, preset
from exchange.layouts.groups import SLOT
from exchange.layouts.model import Kind
from exchange.layouts.names import plain_words
from exchange.layouts.readable import Readable

ROWS_LOOKED_AT = 200
SURE = 95
BY_NAME, BY_START, BY_CONTENT, BOTH = 80, 60, 45, 15
_NUMBERED = re.compile(r"(.*?)_?([1-9][0-9]?)")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "person.last_name": ("фамилия", "фам"),
    "person.first_name": ("имя",),
    "person.middle_name": ("отчество", "отч"),
    "person.birth_date": ("дата рождения", "д р", "рожден"),
    "person.snils": ("снилс", "страховой номер", "insurance"),
    "person.account": ("лицевой счет", "л с", "лс", "номер счета", "лицевой"),
    "person.settlement": ("населенный пункт", "город", "село"),
    "person.street": ("улица",),
    "person.house": ("дом", "номер дома"),
    "person.building": ("корпус",),
    "person.flat": ("квартира", "кв"),
    "person.room": ("комната",),
    "person.request_id": ("номер запроса", "id", "ид", "номер строки"),
    "row.total_area": ("общая площадь", "площадь"),
    "row.residents": ("зарегистрировано", "прописано", "количество человек", "чел"),
    "line.service": ("код услуги",),
    "line.service_name": ("услуга", "вид услуги", "наименование услуги"),
    "line.tariff": ("тариф", "цена"),
    "line.billed": ("начислено", "сумма начисления", "сумма"),
    "line.adjustment": ("перерасчет",),
    "line.quantity": ("объем", "расход", "количество", "потребление"),
    "line.norm": ("норматив", "норма"),
    "line.debt": ("долг", "задолженность"),
    "line.provider_name": ("поставщик", "организация", "предприятие"),
    "file.month": ("месяц", "период"),
}

_BY_CONTENT: Mapping[str, tuple[str, ...]] = {
    "snils": ("person.snils",),
    "day": ("person.birth_date",),
    "account": ("person.account",),
}
_AMOUNTS = ("amount", "whole")
_CONTENTS: Mapping[str, tuple[str, ...]] = {
    "person.snils": ("snils",),
    "person.birth_date": ("day",),
    "person.account": ("account", "whole", "amount"),
    "person.last_name": ("word",),
    "person.first_name": ("word",),
    "person.middle_name": ("word",),
    "row.total_area": _AMOUNTS,
    "row.residents": ("whole",),
    **{f"line.{name}": _AMOUNTS for name in ("tariff", "billed", "adjustment", "quantity", "norm", "debt", "paid")},
}


@dataclass(frozen=True, slots=True)
class Likely:
    """What a column may mean: a role, how sure that is (0-100), and why, in words."""

    role: str
    confidence: int
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A column of an unknown file: what its cells look like, and its likely roles, the likeliest first.

    `slot` is the number at the end of a name that repeats with other numbers; 0 where it does not.
    """

    column: Field
    content: str
    slot: int
    likely: tuple[Likely, ...]

    @property
    def best(self) -> Likely | None:
        return self.likely[0] if self.likely else None


@dataclass(frozen=True, slots=True)
class Slotted:
    """A column's name, the same without its number, with {n} in the number's place, and the number; 0 for none."""

    name: str
    bare: str
    template: str
    number: int


def suggest_mapping(table: Readable) -> tuple[Suggestion, ...]:
    """Suggest a role for every column, from its name and from the first rows; one role is the best of one column only.

    Columns that a name's number repeats share a role: they are slots of services. Nothing is decided: a person
    confirms or corrects every column.
    """
    rows = [row.values for row in islice(table.rows(), ROWS_LOOKED_AT)]
    slots = slots_of([field.name for field in table.fields])
    found = []
    for place, field in enumerate(table.fields):
        slot = slots[place]
        content = content_of([row[place] for row in rows])
        likely = sorted(_likely(slot.bare, content, slot.number), key=lambda one: (-one.confidence, one.role))
        found.append(Suggestion(field, content, slot.number, tuple(likely)))
    return tuple(_without_repeats(found))


def slots_of(names: Sequence[str], *, apart: Collection[str] = ()) -> list[Slotted]:
    """Cut off the number of a name where other columns have the same beginning and another number.

    Columns whose templates are in `apart` keep their names: a person said that they are no slots.
    """
    cut = [_NUMBERED.fullmatch(name) for name in names]
    counted: dict[str, set[int]] = defaultdict(set)
    for match in cut:
        if match is not None and match[1]:
            counted[match[1].upper()].add(int(match[2]))
    return [
        Slotted(name, match[1], f"{name[: match.start(2)]}{SLOT}", int(match[2]))
        if match is not None and len(counted[match[1].upper()]) > 1 and f"{name[: match.start(2)]}{SLOT}" not in apart
        else Slotted(name, name, name, 0)
        for name, match in zip(names, cut, strict=True)
    ]


def _without_repeats(found: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Leave a role as the best one to the surest column of its slot; others fall back on their next one."""
    surest: dict[tuple[str, int], int] = {}
    for place, one in enumerate(found):
        for likely in one.likely[:1]:
            key = (likely.role, one.slot)
            if key not in surest or likely.confidence > found[surest[key]].likely[0].confidence:
                surest[key] = place
    for place, one in enumerate(found):
        kept = tuple(likely for likely in one.likely if surest.get((likely.role, one.slot), place) == place)
        yield Suggestion(one.column, one.content, one.slot, kept)


def _likely(name: str, content: str, slot: int) -> Iterator[Likely]:
    named: dict[str, tuple[int, str]] = {}
    for role, found in _by_name(name):
        named[role] = max(found, named.get(role, found), key=lambda one: one[0])
    by_content = _BY_CONTENT.get(content, ()) if not slot or not named else ()
    for role, (confidence, why) in named.items():
        if slot and not role.startswith("line."):
            continue
        expected = _CONTENTS.get(role, ())
        if content == "" or not expected:
            yield Likely(role, confidence, why)
        elif content in expected:
            yield Likely(role, min(SURE, confidence + BOTH), f"{why}, и в нём {CONTENT_WORDS[content]}")
        else:
            yield Likely(role, confidence // 2, f"{why}, но в нём {CONTENT_WORDS[content]}")
    for role in by_content:
        if role not in named:
            yield Likely(role, BY_CONTENT, f"в столбце {CONTENT_WORDS[content]}")


def _by_name(name: str) -> Iterator[tuple[str, tuple[int, str]]]:
    plain = plain_words(name)
    for synonym, role in _synonyms():
        if plain == synonym:
            yield role, (BY_NAME, f"имя столбца — «{name}»")
        elif len(synonym) >= 4 and (plain.startswith(synonym) or (synonym.startswith(plain) and len(plain) >= 3)):
            yield role, (BY_START, f"имя столбца похоже на «{synonym}»")


@lru_cache(maxsize=1)
def _synonyms() -> tuple[tuple[str, str], ...]:
    """Names that presets give to a role, and Russian words for it; the longest last, so that they are heard most."""
    found: set[tuple[str, str]] = {(word, role) for role, words in _WORDS.items() for word in words}
    for code in PRESETS:
        layout = preset(code)
        if layout.kind is Kind.FLAT:
            continue
        for field in (*layout.fields, *layout.repeated):
            if field.role and field.part is None and field.group <= 1:
                bare = field.name.replace("{n}", "")
                bare = bare.removesuffix("1") if field.group else bare
                found.add((plain_words(bare.rstrip("_")), field.role))
    return tuple(sorted(found, key=lambda one: (len(one[0]), one)))


@lru_cache(maxsize=1)
def known_services() -> Mapping[str, str]:
    """Return what presets call our services, in plain words, with our codes."""
    layouts = [preset(code) for code in PRESETS]
    titles = {plain_words(group.title): group.service for layout in layouts for group in layout.groups if group.title}
    names = {plain_words(name): service for layout in layouts for name, service in layout.service_names.items()}
    return MappingProxyType(titles | names)
