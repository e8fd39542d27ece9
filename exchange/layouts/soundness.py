"""Whether the parts of a layout agree with each other; every sentence names one thing to repair."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields

from exchange.dbf.encodings import AUTO
from exchange.dbf.writing import LONGEST_RECORD
from exchange.layouts.acknowledgements import FACTS, unknown_marks
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RequestedPerson
from exchange.layouts.forms import form_types
from exchange.layouts.groups import SLOT
from exchange.layouts.model import Container, Direction, Kind, Layout, LayoutField, MatchKey, Reply
from exchange.layouts.names import MARKS

_NO_ROLES = frozenset({"services", "row_no", "lines", "faults", "cells", "position"})
_TYPES: Mapping[str, Mapping[str, str]] = {
    **{
        subject: {field.name: str(field.type) for field in dataclass_fields(kind) if field.name not in _NO_ROLES}
        for subject, kind in (("person", RequestedPerson), ("row", ParsedRow), ("line", ParsedLine))
    },
    "file": {"month": "dt.date", "year": "int", "month_number": "int"},
}
_KINDS = {"str": "текст", "int": "целое число", "Decimal": "число", "dt.date": "дата", "bool": "да или нет"}
_READ_AS_FORM = {
    "integer": "int", "code": "str", "snils": "str", "decimal": "Decimal", "one_minus": "Decimal",
    "percent": "Decimal", "date": "dt.date", "month": "dt.date", "month_after": "dt.date",
}  # fmt: skip
_READ_AS_TYPE = {"C": "str", "N": "Decimal", "F": "Decimal", "D": "dt.date", "L": "bool"}
_KEYS = {
    MatchKey.REQUEST_ID: ("person.request_id",),
    MatchKey.ACCOUNT: ("person.account",),
    MatchKey.SNILS: ("person.snils",),
    MatchKey.NAME: ("person.last_name", "person.first_name"),
    MatchKey.ADDRESS_CODE: ("person.address_code", "person.last_name"),
}
_WRITTEN_PAGES = frozenset({"cp866", "cp1251"})
_WIDTHS = {"D": 8, "L": 1}
_SHOWN = 5


def faults_of(layout: Layout) -> list[str]:
    """Return what is wrong with a layout whose every value is of its kind; an empty list when it is sound."""
    return [
        *_about_columns(layout),
        *(f"Поле {field.name}: {text}." for field in _columns(layout) for text in _about_field(layout, field)),
        *_about_meaning(layout),
        *(_about_answers(layout) if layout.kind is not Kind.FLAT else ()),
        *_about_writing(layout),
        *_about_names(layout),
    ]


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
        yield f"В «completed_by_us» названы поля, которых в формате нет: {_listed(strangers)}."
    if len(layout.fields) > layout.limits.columns:
        yield f"Полей в формате {len(layout.fields)}, а предел файла — {layout.limits.columns}."
    if layout.container is Container.DBF and layout.record_length > LONGEST_RECORD:
        yield f"Запись длиннее {LONGEST_RECORD} байт: такой файл DBF не бывает."


def _about_field(layout: Layout, field: LayoutField) -> Iterator[str]:
    if field.type not in tuple("CNFDL"):
        yield f"типа «{field.type}» не бывает, возможны C, N, F, D, L"
        return
    if layout.container is Container.DBF:
        yield from _about_width(field)
    if layout.container is Container.FIXED and field.type == "D" and field.length != len(layout.writing.date_mask):
        yield f"дата вида {layout.writing.date_mask} не помещается ровно в {field.length} знаков"
    types = form_types(field.form)
    if not types:
        yield f"форма «{field.form}» неизвестна"
    elif field.type not in types:
        yield f"форма «{field.form}» не бывает у поля типа {field.type}"
    if field.values and field.values not in layout.values:
        yield f"нет таблицы значений «{field.values}»"
    if field.part is not None and field.type != "C":
        yield "часть значения (part) бывает только у текста"
    if field.default and field.type in "NF" and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", field.default):
        yield f"значение по умолчанию «{field.default}» — не число"
    if field.role and layout.kind is not Kind.FLAT:
        yield from _about_role(layout, field)


def _about_width(field: LayoutField) -> Iterator[str]:
    name = field.name.replace(SLOT, "1")
    if not (name.isascii() and name.isidentifier() and len(name) <= 10):
        yield "имя поля DBF — до 10 латинских букв и цифр, первая — буква"
    if field.length != _WIDTHS.get(field.type, field.length):
        yield f"ширина поля типа {field.type} — {_WIDTHS[field.type]}, а указано {field.length}"
    if field.type in "NF" and field.length > 255:
        yield f"число шириной {field.length} в DBF не поместится, наибольшая ширина — 255"
    if field.decimals and (field.type not in "NF" or field.decimals > field.length - 2):
        yield f"{field.decimals} знаков после точки не поместятся в {field.type} шириной {field.length}"


def _about_role(layout: Layout, field: LayoutField) -> Iterator[str]:
    if field.attribute not in _TYPES.get(field.subject, {}):
        yield f"смысл «{field.role}» неизвестен"
    elif field.type in form_types(field.form) and not _fits(layout, field):
        yield f"смысл «{field.role}» — {_KINDS[_kind_of(field)]}, а поле читается иначе: исправьте тип, форму или значения"
    is_of_group = field.group > 0 or field in layout.repeated
    if is_of_group and field.subject != "line":
        yield f"в группе услуги стоит поле со смыслом «{field.role}», а там бывает только line"
    if not is_of_group and field.subject == "line":
        yield f"смысл «{field.role}» бывает только в группе услуги"


def _kind_of(field: LayoutField) -> str:
    """Return the type of what a role means, as its dataclass names it, without its None."""
    return _TYPES[field.subject][field.attribute].removesuffix(" | None")


def _fits(layout: Layout, field: LayoutField) -> bool:
    """Tell whether what is read of a cell is of the type that the role needs."""
    expected = _kind_of(field)
    if field.values:
        return {type(value).__name__ for value in layout.values.get(field.values, {}).values()} <= {expected}
    form = field.form.partition(":")[0]
    return (_READ_AS_FORM.get(form) or _READ_AS_TYPE[field.type]) == expected


def _about_meaning(layout: Layout) -> Iterator[str]:
    columns = _columns(layout)
    roles = Counter(field.role for field in columns if field.role and field.part is None)
    twice = sorted(role for role, count in roles.items() if count > 1)
    if twice:
        yield f"Один смысл у нескольких полей: {_listed(twice)}."
    if layout.debt_sign not in (1, -1):
        yield "Знак долга — 1 или -1."
    if layout.kind is Kind.FLAT:
        without = [field.name for field in layout.fields if not field.role and not field.default]
        if without:
            yield f"У полей нет ни смысла, ни значения по умолчанию: {_listed(without)}."


def _about_answers(layout: Layout) -> Iterator[str]:
    known = {field.role for field in _columns(layout)}
    for key in layout.matching:
        missing = [role for role in _KEYS[key] if role not in known]
        if missing:
            yield f"Сопоставлять по «{key}» нельзя: в формате нет полей со смыслом {_listed(missing)}."
    if len(set(layout.matching)) != len(layout.matching):
        yield "Ключи сопоставления (matching) повторяются."
    if layout.direction is Direction.OUT:
        return
    if not layout.matching:
        yield "Не указано, по чему сопоставлять строки ответа (matching)."
    if "line.billed" not in known:
        yield "В формате нет поля с начисленной суммой (line.billed)."
    if layout.kind is Kind.LONG and "line.service" not in known:
        yield "В построчном формате нет поля с кодом услуги (line.service)."
    is_named_alone = "line.service_name" in known and "line.service" not in known
    if layout.kind is Kind.REPEATED and is_named_alone and not layout.service_names:
        yield "Услуги названы словами, а в описании не сказано, какая какая (service_names)."
    if layout.kind is Kind.REPEATED and not known & {"line.service", "line.service_name"}:
        yield "В группе нет ни кода, ни названия услуги (line.service, line.service_name)."
    yield from _about_pairs(layout)


def _about_pairs(layout: Layout) -> Iterator[str]:
    services = {group.service for group in layout.groups}
    for group in layout.groups:
        if bool(group.paired_with) != bool(group.paired_service):
            yield f"Группа № {group.number}: «paired_with» и «paired_service» указывают вместе."
        if group.paired_with and group.paired_with not in services:
            yield f"Группа № {group.number}: услуги {group.paired_with} нет ни в одной группе."


def _about_writing(layout: Layout) -> Iterator[str]:
    writing, container = layout.writing, layout.container
    if layout.encoding != AUTO:
        try:
            page = codecs.lookup(layout.encoding).name
        except LookupError:
            yield f"Кодировка «{layout.encoding}» неизвестна, обычные — cp866, cp1251, utf-8 или auto."
        else:
            if container is Container.DBF and layout.direction is not Direction.IN and page not in _WRITTEN_PAGES:
                yield f"В кодировке {layout.encoding} файлы DBF не пишутся: возможны cp866 и cp1251."
    if writing.decimal_mark not in (".", ","):
        yield "Десятичный знак (decimal_mark) — точка или запятая."
    if form_types(f"date:{writing.date_mask}") != "C" or "DD" not in writing.date_mask:
        yield f"Вид даты «{writing.date_mask}» непонятен: нужны DD, MM и YYYY."
    if container is Container.CSV and writing.delimiter and writing.delimiter in (writing.quote, writing.decimal_mark):
        yield "Разделитель столбцов не может быть ни кавычкой, ни десятичным знаком."
    if layout.repeated and (container is Container.FIXED or not writing.header_row):
        yield "Число групп узнаётся по именам столбцов, а строки с именами в этом формате нет."
    if any(len(sign) != 1 for sign in layout.substitutions):
        yield "Замены (substitutions) — по одному знаку слева."


def _about_names(layout: Layout) -> Iterator[str]:
    masks = [("Имя файла", layout.name_mask, MARKS)]
    reply = layout.acknowledgement
    if reply.reply is Reply.TEXT:
        if not reply.text or not reply.name_mask:
            yield "Подтверждение текстом: нужны и текст (text), и имя файла (name_mask)."
        masks += [("Имя подтверждения", reply.name_mask, FACTS), ("Текст подтверждения", reply.text, FACTS)]
    for called, mask, known in masks:
        strangers = unknown_marks(mask, known)
        if strangers:
            yield f"{called}: неизвестны подстановки {_listed(strangers)}, возможны {', '.join(sorted(known))}."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} и ещё {len(names) - _SHOWN}"
