"""Whether the parts of a layout agree with each other; every sentence names one thing to repair."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exchange.dbf.encodings import AUTO
from exchange.dbf.writing import LONGEST_RECORD
from exchange.layouts.acknowledgements import FACTS, unknown_marks
from exchange.layouts.field_soundness import about_field
from exchange.layouts.forms import form_types
from exchange.layouts.groups import SLOT
from exchange.layouts.marks import in_russian
from exchange.layouts.model import Container, Direction, Kind, Layout, LayoutField, MatchKey, Reply
from exchange.layouts.names import MARKS
from exchange.layouts.roles import KEYS, masked, role_title

_KEYS = {
    MatchKey.REQUEST_ID: ("person.request_id",),
    MatchKey.ACCOUNT: ("person.account",),
    MatchKey.SNILS: ("person.snils",),
    MatchKey.NAME: ("person.last_name", "person.first_name"),
    MatchKey.ADDRESS_CODE: ("person.address_code", "person.last_name"),
}
_WRITTEN_PAGES = frozenset({"cp866", "cp1251"})
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a layout: a sentence in Russian, and the part of the layout that it is about.

    `place` is columns, matching, services, debt_sign, encoding, writing, name_mask, reply, "field:NAME" of a column,
    or empty where no part is meant alone.
    """

    place: str
    text: str


def flaws_of(layout: Layout) -> list[Flaw]:
    """Return what is wrong with a layout whose every value is of its kind; an empty list when it is sound."""
    return [
        *_at("columns", _about_columns(layout)),
        *(
            Flaw(f"field:{field.name}", f"Поле {field.name}: {text}.")
            for field in _columns(layout)
            for text in about_field(layout, field)
        ),
        *_at("columns", _about_meaning(layout)),
        *_at("debt_sign", _about_debt(layout)),
        *(_about_answers(layout) if layout.kind is not Kind.FLAT else ()),
        *_at("encoding", _about_encoding(layout)),
        *_at("writing", _about_writing(layout)),
        *_about_names(layout),
    ]


def _at(place: str, sentences: Iterable[str]) -> Iterator[Flaw]:
    return (Flaw(place, text) for text in sentences)


def _columns(layout: Layout) -> Sequence[LayoutField]:
    """Name a column of many groups once, by the first of them."""
    return [field for field in (*layout.fields, *layout.repeated) if field.group <= 1]


def _about_columns(layout: Layout) -> Iterator[str]:
    counted = Counter(field.name.upper() for field in (*layout.fields, *layout.repeated))
    repeated = sorted(name for name, count in counted.items() if count > 1)
    if repeated:
        yield f"Имена полей в формате повторяются: {_listed(repeated)}."
    if not layout.fields:
        yield "В описании формата нет ни одного поля."
    for field in layout.repeated:
        if SLOT not in field.name:
            yield f"Поле {field.name}: в имени поля группы нужен номер {SLOT}."
    known = {field.name for field in (*layout.fields, *layout.repeated)}
    strangers = sorted(name for name in layout.completed_by_us if not {name, name.replace(SLOT, "1")} & known)
    if strangers:
        yield f"Дополненными нами названы поля, которых в формате нет: {_listed(strangers)}."
    if len(layout.fields) > layout.limits.columns:
        yield f"Полей в формате {len(layout.fields)}, а предел файла — {layout.limits.columns}."
    if layout.container is Container.DBF and layout.record_length > LONGEST_RECORD:
        yield f"Запись длиннее {LONGEST_RECORD} байт: такой файл DBF не бывает."


def _about_meaning(layout: Layout) -> Iterator[str]:
    columns = _columns(layout)
    roles = Counter(field.role for field in columns if field.role and field.part is None)
    twice = sorted(role for role, count in roles.items() if count > 1)
    if twice:
        yield f"Один смысл у нескольких полей: {_listed([role_title(role) for role in twice])}."
    if layout.kind is Kind.FLAT:
        without = [field.name for field in layout.fields if not field.role and not field.default]
        if without:
            yield f"У полей нет ни смысла, ни значения по умолчанию: {_listed(without)}."


def _about_debt(layout: Layout) -> Iterator[str]:
    if layout.debt_sign not in (1, -1):
        yield "Знак долга — 1 или -1."


def _about_answers(layout: Layout) -> Iterator[Flaw]:
    known = {field.role for field in _columns(layout)}
    yield from _at("matching", _about_keys(layout, known))
    if layout.direction is Direction.OUT:
        return
    if not layout.matching:
        yield Flaw("matching", "Не указано, по чему сопоставлять строки ответа.")
    if "line.billed" not in known:
        yield Flaw("columns", "В формате нет поля с начисленной суммой.")
    if layout.kind is Kind.LONG and "line.service" not in known:
        yield Flaw("columns", "В построчном формате нет поля с кодом услуги.")
    is_named_alone = "line.service_name" in known and "line.service" not in known
    if layout.kind is Kind.REPEATED and is_named_alone and not layout.service_names:
        yield Flaw("services", "Услуги названы словами, а в описании не сказано, какая какая.")
    if layout.kind is Kind.REPEATED and not known & {"line.service", "line.service_name"}:
        yield Flaw("columns", "В группе нет ни кода, ни названия услуги.")
    yield from _at("services", _about_pairs(layout))


def _about_keys(layout: Layout, known: set[str]) -> Iterator[str]:
    for key in layout.matching:
        missing = [role_title(role) for role in _KEYS[key] if role not in known]
        if missing:
            yield f"Сопоставлять по «{KEYS[key]}» нельзя: в формате нет полей со смыслом «{_listed(missing)}»."
    if len(set(layout.matching)) != len(layout.matching):
        yield "Ключи сопоставления повторяются."


def _about_pairs(layout: Layout) -> Iterator[str]:
    services = {group.service for group in layout.groups}
    for group in layout.groups:
        if bool(group.paired_with) != bool(group.paired_service):
            yield f"Группа № {group.number}: парную услугу и то, чем группа становится при ней, указывают вместе."
        if group.paired_with and group.paired_with not in services:
            yield f"Группа № {group.number}: услуги {group.paired_with} нет ни в одной группе."


def _about_encoding(layout: Layout) -> Iterator[str]:
    container = layout.container
    if layout.encoding != AUTO:
        try:
            page = codecs.lookup(layout.encoding).name
        except LookupError:
            yield f"Кодировка «{layout.encoding}» неизвестна, обычные — cp866, cp1251, utf-8 или auto."
        else:
            if container is Container.DBF and layout.direction is not Direction.IN and page not in _WRITTEN_PAGES:
                yield f"В кодировке {layout.encoding} файлы DBF не пишутся: возможны cp866 и cp1251."


def _about_writing(layout: Layout) -> Iterator[str]:
    writing, container = layout.writing, layout.container
    if writing.decimal_mark not in (".", ","):
        yield "Десятичный знак — точка или запятая."
    if form_types(f"date:{writing.date_mask}") != "C" or "DD" not in writing.date_mask:
        yield f"Вид даты «{masked(writing.date_mask)}» непонятен: нужны ДД, ММ и ГГГГ."
    if container is Container.CSV and writing.delimiter and writing.delimiter in (writing.quote, writing.decimal_mark):
        yield "Разделитель столбцов не может быть ни кавычкой, ни десятичным знаком."
    if layout.repeated and (container is Container.FIXED or not writing.header_row):
        yield "Число групп узнаётся по именам столбцов, а строки с именами в этом формате нет."
    if any(len(sign) != 1 for sign in layout.substitutions):
        yield "Замены знаков — по одному знаку слева."


def _about_names(layout: Layout) -> Iterator[Flaw]:
    masks = [("name_mask", "Имя файла", layout.name_mask, MARKS)]
    reply = layout.acknowledgement
    if reply.reply is Reply.TEXT:
        if not reply.text or not reply.name_mask:
            yield Flaw("reply", "Подтверждение текстом: нужны и текст, и имя файла.")
        masks += [
            ("reply", "Имя подтверждения", reply.name_mask, FACTS),
            ("reply", "Текст подтверждения", reply.text, FACTS),
        ]
    for place, called, mask, known in masks:
        strangers = unknown_marks(mask, known)
        if strangers:
            text = f"{called}: неизвестны подстановки {_listed(strangers)}, возможны {', '.join(sorted(map(in_russian, known)))}."
            yield Flaw(place, text)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} и ещё {len(names) - _SHOWN}"
