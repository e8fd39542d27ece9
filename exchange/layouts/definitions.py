"""Reading a layout from its definition: a preset of ours in TOML, or the same structure kept in the database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeAlias

from exchange.dbf.writing import Version
from exchange.layouts.entries import Entries
from exchange.layouts.groups import numbered
from exchange.layouts.model import (
    Acknowledgement,
    Container,
    DbaseVersion,
    Direction,
    FilledBy,
    Group,
    Kind,
    Layout,
    LayoutField,
    Limits,
    MatchKey,
    Reply,
    Tolerances,
    Writing,
)
from exchange.layouts.soundness import Flaw, flaws_of

Definition: TypeAlias = Mapping[str, Any]

PRESETS = (
    "l1_tula",
    "l2_gubkin",
    "l3_capital_repair",
    "l5_ivanovo",
    "l6_changes",
    "long",
    "l8_polysaevo",
    "pension",
    "registry_office",
    "municipality",
    "register",
    "accrual_file",
    "bank_list",
    "post_list",
    "bank_answer",
    "post_answer",
)


class BadLayout(ValueError):
    """The definition is not a layout: `flaws` say everything that is wrong, `faults` are their sentences alone."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        self.faults = tuple(flaw.text for flaw in self.flaws)
        super().__init__(" ".join(self.faults))


def preset_definition(code: str) -> dict[str, Any]:
    """Return the definition of one of our presets, as it is stored in the directory of layouts."""
    text = files("exchange.layouts").joinpath("presets", f"{code}.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=len(PRESETS))
def preset(code: str) -> Layout:
    """Return one of our presets."""
    return layout_from(preset_definition(code))


def layout_from(definition: Definition) -> Layout:
    """Build the layout that a definition describes.

    Raises BadLayout, with everything that is missing, unknown or contradicts itself.
    """
    faults: list[str] = []
    layout = _layout(Entries(definition, faults))
    flaws = [Flaw("", text) for text in faults] or flaws_of(layout)
    if flaws:
        raise BadLayout(flaws)
    return layout


def _layout(given: Entries) -> Layout:
    kind = given.choice("kind", Kind)
    groups = tuple(_groups(given, kind))
    own = tuple(_field(one, kind) for one in given.parts("fields", "Поле", needed=True))
    of_group = tuple(_field(one, kind) for one in given.parts("group_fields", "Поле"))
    is_discovered = kind is Kind.REPEATED and not groups
    layout = Layout(
        code=given.text("code", most=40),
        version=given.whole("version", least=1, most=9999),
        name=given.text("name", most=150),
        source=given.text("source"),
        partial=given.flag("partial", default=False),
        completed_by_us=given.texts("completed_by_us"),
        direction=given.choice("direction", Direction),
        kind=kind,
        container=given.choice("container", Container, Container.DBF),
        encoding=given.text("encoding", most=20),
        dbase=Version[given.choice("dbase", DbaseVersion, DbaseVersion.DBASE3).upper()],
        writing=_writing(given.part("writing")),
        name_mask=given.text("name_mask", most=100),
        fields=(*own, *(numbered(field, group.number) for group in groups for field in of_group)),
        groups=groups,
        repeated=of_group if is_discovered else (),
        values=MappingProxyType(dict(_values(given))),
        services=MappingProxyType(given.text_pairs("services")),
        service_names=MappingProxyType(given.text_pairs("service_names")),
        substitutions=MappingProxyType(given.text_pairs("substitutions")),
        matching=tuple(_matching(given)),
        debt_sign=given.whole("debt_sign", 1, least=-1, most=1),
        sum_includes_adjustment=given.flag("sum_includes_adjustment", default=False),
        tolerances=_tolerances(given.part("tolerances")),
        limits=_limits(given.part("limits")),
        acknowledgement=_acknowledgement(given.part("acknowledgement")),
    )
    if kind is not Kind.REPEATED:
        groups_fit = bool(of_group) == (kind is Kind.WIDE)
        if not groups_fit:
            given.say("поля «group_fields» бывают только у форматов wide и repeated, и там они нужны")
    elif not of_group:
        given.say("нет «group_fields»: повторять нечего")
    given.close()
    return layout


def _groups(given: Entries, kind: Kind) -> Iterator[Group]:
    told = list(given.parts("groups", "Группа"))
    count = given.whole("group_count", 0, least=0, most=99)
    if count and kind is not Kind.REPEATED:
        given.say("«group_count» бывает только у формата repeated")
    if told and kind in (Kind.REPEATED, Kind.FLAT, Kind.LONG):
        given.say(f"у формата {kind} нет «groups»")
    if not told and kind in (Kind.WIDE, Kind.SINGLE):
        given.say(f"у формата {kind} нужны «groups»: какая услуга в какой группе полей")
    if kind is Kind.SINGLE and len(told) > 1:
        given.say("у формата single одна группа")
    if kind is Kind.LONG:
        yield Group(1, "", "", "", "")
    if kind is Kind.REPEATED:
        yield from (Group(number, "", "", "", "") for number in range(1, count + 1))
    for number, one in enumerate(told, start=1):
        yield Group(
            number=number,
            service=one.text("service", most=10),
            title=one.text("title", "", most=100),
            paired_with=one.text("paired_with", "", most=10),
            paired_service=one.text("paired_service", "", most=10),
        )
        one.close()


def _field(one: Entries, kind: Kind) -> LayoutField:
    role = one.text("role", "", most=60)
    is_line = role.startswith("line.") and kind in (Kind.LONG, Kind.SINGLE)
    field = LayoutField(
        name=one.text("name", most=60),
        type=one.text("type", most=1),
        length=one.whole("length", least=1, most=65_000),
        decimals=one.whole("decimals", 0, least=0, most=30),
        filled_by=one.choice("filled_by", FilledBy),
        role=role,
        form=one.text("form", "", most=40),
        values=one.text("values", "", most=40),
        part=one.bounds("part"),
        required=one.flag("required", default=True),
        blank=one.flag("blank", default=True),
        default=one.text("default", "", most=100),
        group=1 if is_line else 0,
    )
    one.close()
    return field


def _values(given: Entries) -> Iterator[tuple[str, Mapping[str, str | bool]]]:
    for name, table in given.pairs("values").items():
        found = {
            key: value
            for key, value in (table.items() if isinstance(table, Mapping) else ())
            if isinstance(key, str) and isinstance(value, str | bool)
        }
        if not isinstance(table, Mapping) or not table or len(found) != len(table):
            given.say(f"таблица значений «{name}» — непустые пары «знак в файле = значение»")
        yield name, MappingProxyType(found)


def _matching(given: Entries) -> Iterator[MatchKey]:
    for key in given.texts("matching"):
        try:
            yield MatchKey(key)
        except ValueError:
            given.say(f"недопустимое значение «matching = {key}»: возможны {', '.join(MatchKey)}")


def _writing(part: Entries) -> Writing:
    plain = Writing()
    found = Writing(
        delimiter=part.text("delimiter", plain.delimiter, most=1),
        quote=part.text("quote", plain.quote, most=1),
        header_row=part.whole("header_row", plain.header_row, least=0, most=50),
        decimal_mark=part.text("decimal_mark", plain.decimal_mark, most=1),
        date_mask=part.text("date_mask", plain.date_mask, most=20),
        sheet=part.text("sheet", plain.sheet, most=31),
    )
    part.close()
    return found


def _tolerances(part: Entries) -> Tolerances:
    usual = Tolerances()
    found = Tolerances(
        roubles=part.number("roubles", usual.roubles),
        area=part.number("area", usual.area),
        tariff=part.number("tariff", usual.tariff),
        norm=part.number("norm", usual.norm),
        jump=part.number("jump", usual.jump),
    )
    part.close()
    return found


def _limits(part: Entries) -> Limits:
    usual = Limits()
    found = Limits(
        bytes=part.whole("bytes", usual.bytes, least=1, most=1_000_000_000),
        rows=part.whole("rows", usual.rows, least=1, most=2_000_000),
        columns=part.whole("columns", usual.columns, least=1, most=2_000),
    )
    part.close()
    return found


def _acknowledgement(part: Entries) -> Acknowledgement:
    usual = Acknowledgement()
    found = Acknowledgement(
        reply=part.choice("reply", Reply, usual.reply),
        name_mask=part.text("name_mask", "", most=100),
        text=part.text("text", "", most=4000),
    )
    part.close()
    return found
