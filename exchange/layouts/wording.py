"""A layout in Russian words: what a person reads, prints and compares with the version before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exchange.dbf.encodings import AUTO
from exchange.layouts.groups import SLOT
from exchange.layouts.marks import in_russian
from exchange.layouts.model import Container, Direction, FilledBy, Kind, Layout, LayoutField, Reply
from exchange.layouts.roles import KEYS, form_title, masked, role_title

CONTAINERS = {
    Container.DBF: "таблица DBF",
    Container.CSV: "текст с разделителями (CSV)",
    Container.FIXED: "текст с полями постоянной ширины",
    Container.XLSX: "книга Excel (XLSX)",
}
KINDS = {
    Kind.WIDE: "строка на человека, группа столбцов на каждую услугу; услугу узнают по номеру группы",
    Kind.REPEATED: "строка на человека, групп столбцов столько, сколько услуг; услугу называет сама группа",
    Kind.LONG: "строка на человека и услугу; услугу называет столбец",
    Kind.SINGLE: "строка на человека, в файле одна услуга",
    Kind.FLAT: "список без услуг: строка — одна запись",
}
DIRECTIONS = {Direction.BOTH: "запрос и ответ", Direction.IN: "только к нам", Direction.OUT: "только от нас"}
FILLERS = {FilledBy.SZ: "соцзащита", FilledBy.PROVIDER: "предприятие", FilledBy.BOTH: "мы, а пустое — предприятие"}
REPLIES = {
    Reply.NONE: "ничего не отправляется",
    Reply.SAME_FILE: "тот же файл обратно",
    Reply.TEXT: "текстовый протокол приёма",
}
DELIMITERS = {
    "": "узнаётся по файлу",
    ";": "точка с запятой",
    ",": "запятая",
    "\t": "табуляция",
    "|": "вертикальная черта",
}
MARKS = {".": "точка", ",": "запятая"}
TYPES = {"C": "текст", "N": "число", "F": "число", "D": "дата", "L": "да/нет"}
TOLERANCES = {
    "roubles": "начисление, ₽",
    "area": "площадь, м²",
    "tariff": "тариф, ₽",
    "norm": "норматив, ед.",
    "jump": "изменение начисления к прошлому месяцу, доля",
}
_CODES = {
    "child": "ребёнок-инвалид", "paid": "выплачено", "returned": "возвращено", "new": "новый", "changed": "изменён",
    "ended": "прекращён", "m": "мужской", "f": "женский", "post": "почта", "bank": "банк",
    "agreed_paid": "соглашение, оплачивается", "agreed_unpaid": "соглашение, не оплачивается", "unpaid": "не оплачено",
    "paid_off": "долг погашен", "growing": "долг растёт",
}  # fmt: skip
GROUP_MARK = "№"
"""What stands for the number of a group in the name of a column."""
_FLAGS = {True: "да", False: "нет"}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A column in words."""

    name: str
    shape: str
    filled_by: str
    role: str
    value: str
    notes: str
    is_of_group: bool

    @property
    def whole(self) -> str:
        """The column as one sentence, to be compared."""
        return "; ".join(filter(None, (self.role or "не читается", self.shape, self.filled_by, self.value, self.notes)))


@dataclass(frozen=True, slots=True)
class GroupWords:
    """A group of columns: its number, the service, what it becomes beside another one."""

    number: int
    service: str
    note: str


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """A layout as it is read: facts by title, columns, groups, services by what the provider calls them, value maps."""

    facts: tuple[tuple[str, str], ...]
    fields: tuple[FieldWords, ...]
    groups: tuple[GroupWords, ...]
    codes: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    reply_text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is another thing in a version than in the one before; an empty side was not there."""

    what: str
    before: str
    after: str


def words_of(layout: Layout, /, *, services: Mapping[str, str]) -> LayoutWords:
    """Return a layout in words; `services` are our names by code."""

    def named(code: str) -> str:
        return f"{code} {services.get(code, '')}".strip() or "—"

    columns = [field for field in (*layout.fields, *layout.repeated) if field.group <= 1]
    return LayoutWords(
        facts=tuple(_facts(layout)),
        fields=tuple(_field_words(layout, field) for field in columns),
        groups=tuple(
            GroupWords(
                group.number,
                named(group.service),
                f"{group.title}{_pair(group.paired_with, group.paired_service, services)}",
            )
            for group in layout.groups
            if group.service
        ),
        codes=tuple((code, named(ours)) for code, ours in layout.services.items()),
        names=tuple((name, named(ours)) for name, ours in layout.service_names.items()),
        values=tuple((name, _table_words(table)) for name, table in layout.values.items()),
        reply_text=in_russian(layout.acknowledgement.text) if layout.acknowledgement.reply is Reply.TEXT else "",
    )


def changes_between(before: LayoutWords, after: LayoutWords, /) -> tuple[Change, ...]:
    """Return what a version changes, in the order of the page."""
    sides = [dict(_lines(before)), dict(_lines(after))]
    keys = dict.fromkeys([*sides[1], *sides[0]])
    found = [Change(key, sides[0].get(key, ""), sides[1].get(key, "")) for key in keys]
    return tuple(change for change in found if change.before != change.after)


def _lines(words: LayoutWords) -> Iterator[tuple[str, str]]:
    yield from words.facts
    yield from ((f"Поле {field.name}", field.whole) for field in words.fields)
    yield from ((f"Группа {group.number}", f"{group.service} {group.note}".strip()) for group in words.groups)
    yield from ((f"Код услуги «{code}»", ours) for code, ours in words.codes)
    yield from ((f"Услуга «{name}»", ours) for name, ours in words.names)
    if words.reply_text:
        yield "Текст протокола приёма", words.reply_text


def _facts(layout: Layout) -> Iterator[tuple[str, str]]:
    yield "Название", layout.name
    yield "Источник", layout.source
    yield "Во что записан", CONTAINERS[layout.container]
    yield "Как стоят услуги", KINDS[layout.kind]
    yield "Куда идёт файл", DIRECTIONS[layout.direction]
    yield "Имя файла", in_russian(layout.name_mask)
    if layout.container is not Container.XLSX:
        yield "Кодировка", "узнаётся по файлу" if layout.encoding == AUTO else layout.encoding.upper()
    if layout.container is not Container.DBF:
        yield from _writing(layout)
    if layout.matching:
        yield "Сопоставление строк", ", затем ".join(KEYS[key] for key in layout.matching)
    if layout.kind is not Kind.FLAT:
        yield "Долг", "плюс — должен человек" if layout.debt_sign > 0 else "минус — должен человек"
        yield "Перерасчёт", "внутри начисленного" if layout.sum_includes_adjustment else "отдельно от начисленного"
        for name, title in TOLERANCES.items():
            yield f"Допуск: {title}", _number(getattr(layout.tolerances, name))
    yield "Подтверждение приёма", REPLIES[layout.acknowledgement.reply]
    if layout.acknowledgement.reply is Reply.TEXT:
        yield "Имя файла подтверждения", in_russian(layout.acknowledgement.name_mask)


def _writing(layout: Layout) -> Iterator[tuple[str, str]]:
    writing = layout.writing
    if layout.container is Container.CSV:
        yield "Разделитель столбцов", DELIMITERS.get(writing.delimiter, writing.delimiter)
    header = f"в строке {writing.header_row}" if writing.header_row else "нет, столбцы по порядку"
    yield "Имена столбцов", header
    yield "Десятичный знак", MARKS.get(writing.decimal_mark, writing.decimal_mark)
    yield "Даты", masked(writing.date_mask)
    if writing.sheet:
        yield "Лист книги", writing.sheet


def _field_words(layout: Layout, field: LayoutField) -> FieldWords:
    is_of_group = field in layout.repeated or (field.group > 0 and layout.kind is Kind.WIDE)
    name = field.name
    if is_of_group:
        name = name.replace(SLOT, GROUP_MARK) if SLOT in name else f"{name.removesuffix('1')}{GROUP_MARK}"
    shape = f"{TYPES[field.type]} {field.type}{field.length}{f',{field.decimals}' if field.decimals else ''}"
    notes = [] if field.required else ["может отсутствовать"]
    if not field.blank:
        notes.append("не бывает пустым")
    if field.default:
        notes.append(f"по умолчанию «{field.default}»")
    if field.part is not None:
        notes.append(f"знаки значения с {field.part[0] + 1} по {field.part[1]}")
    value = _table_words(layout.values[field.values]) if field.values else form_title(field.form)
    role = role_title(field.role) if field.role else ""
    return FieldWords(name, shape, FILLERS[field.filled_by], role, value, ", ".join(notes), is_of_group)


def _table_words(table: Mapping[str, str | bool]) -> str:
    meant = {sign: _FLAGS[one] if isinstance(one, bool) else _CODES.get(one, one) for sign, one in table.items()}
    return ", ".join(f"{sign} — {meaning}" for sign, meaning in meant.items())


def _pair(other: str, becomes: str, services: Mapping[str, str]) -> str:
    if not other:
        return ""
    return f"; если в строке есть {services.get(other, other)}, то это {services.get(becomes, becomes)}"


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")
