"""The page that builds a layout: columns with suggestions, services, what is wrong beside each field."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from exchange.layouts.beginning import called_in
from exchange.layouts.groups import SLOT
from exchange.layouts.model import Container, Kind
from exchange.layouts.roles import FLAGS, GROUPS, form_title, role_title
from exchange.layouts.suggestions import Likely, Slotted, slots_of
from exchange.layouts.told import PLAIN, ColumnTold
from exchange.layouts.wording import CONTAINERS, GROUP_MARK, KINDS, TYPES
from exchange.selectors.file_content import shown_cell
from exchange.selectors.layout_drafts import DraftRead
from workplace.selectors.layout_editor_rows import CalledRow, ColumnRow, Editor, FlawShown, SlotRow

_EXAMPLES, _LONGEST = 3, 24
_DAYS = ("DD.MM.YYYY", "YYYY-MM-DD", "YYYYMMDD", "DD/MM/YYYY")
_MONTHS = ("MM.YYYY", "YYYYMM", "YYYY-MM", "DD.MM.YYYY")
_TEXT_FORMS = (
    "snils",
    "integer",
    "decimal:,",
    "decimal:.",
    *(f"date:{mask}" for mask in _DAYS),
    *(f"month:{mask}" for mask in _MONTHS),
    "month_after:DD.MM.YYYY",
)
_FORMS = {"C": _TEXT_FORMS, "N": ("integer", "code", "one_minus", "percent:50", "percent:100"), "D": ("month",)}
_SURE, _LIKELY = 90, 60
FIELDS = (
    "file", "code", "name", "source", "name_mask", "valid_from", "provider", "columns", "services", "matching",
    "debt_sign", "encoding", "writing", "reply",
)  # fmt: skip
"""Parts of the page beside which a flaw is said, besides columns, groups of services and tolerances."""


def editor_of(read: DraftRead, /) -> Editor:
    """Return the page of a draft."""
    definition = read.definition or {"fields": [], "kind": Kind.SINGLE.value}
    container = Container(definition.get("container", Container.DBF))
    flaws: dict[str, list[str]] = defaultdict(list)
    for flaw in read.flaws:
        flaws[flaw.place].append(flaw.text)
    columns = tuple(_columns(read, definition, flaws))
    slots = tuple(_slots(read, definition, flaws))
    kind = Kind(definition["kind"])
    table = read.sample.table if read.sample is not None else None
    names = slots_of([field.name for field in table.fields]) if table is not None else []
    return Editor(
        columns=columns,
        roles=_roles(read, kind),
        templates=tuple(
            (one, one.replace(SLOT, GROUP_MARK), one in read.told.apart)
            for one in dict.fromkeys(slot.template for slot in names if slot.number)
        ),
        slots=slots,
        names=_called(read.told.names if kind in (Kind.LONG, Kind.REPEATED) else {}),
        codes=_called(read.told.codes if kind in (Kind.LONG, Kind.REPEATED) else {}),
        container=CONTAINERS[container],
        kind=KINDS[kind],
        encoding=table.encoding if table is not None else str(definition.get("encoding", "")),
        rows=table.live if table is not None else None,
        notices=tuple(notice.text for notice in table.notices) if table is not None else (),
        is_flat=kind is Kind.FLAT,
        is_grouped=bool(definition.get("group_fields")),
        is_text=container is not Container.DBF,
        is_lines=container in (Container.CSV, Container.FIXED),
        is_fixed=container is Container.FIXED,
        has_page=container is not Container.XLSX,
        flaws=tuple(_listed(read, columns)),
        flaws_at={place: tuple(texts) for place, texts in flaws.items()},
        preview=read.preview,
    )


def _columns(read: DraftRead, definition: Mapping[str, Any], flaws: Mapping[str, list[str]]) -> Iterator[ColumnRow]:
    made = {column["name"]: column for part in ("fields", "group_fields") for column in definition.get(part, ())}
    known = {key: _sampled(read, keys) for key, keys in _keys(read).items()} if read.sample is not None else {}
    for index, key in enumerate(known or made):
        column = made.get(key, {})
        told = read.told.columns.get(key, ColumnTold())
        examples, likely = known.get(key, ((), None))
        yield ColumnRow(
            index=index,
            key=key,
            shape=_shape(column),
            examples=examples,
            told=told,
            hint=_hint(likely, told),
            forms=tuple(_form_choices(column, told)),
            is_flag=told.role in FLAGS and column.get("type") != "L",
            flaws=(*flaws.get(f"field:{key}", ()), *flaws.get(f"field:{key.replace(SLOT, '1')}", ()))
            if SLOT in key
            else tuple(flaws.get(f"field:{key}", ())),
        )


def _keys(read: DraftRead) -> dict[str, list[tuple[int, Slotted]]]:
    """Return the places of the sample's columns by the name under which they are told."""
    assert read.sample is not None, "only a sample has columns to be looked into"
    found: dict[str, list[tuple[int, Slotted]]] = defaultdict(list)
    names = [field.name for field in read.sample.table.fields]
    for place, slot in enumerate(slots_of(names, apart=read.told.apart)):
        found[slot.template].append((place, slot))
    return found


def _sampled(read: DraftRead, keys: Sequence[tuple[int, Slotted]]) -> tuple[tuple[str, ...], Likely | None]:
    rows, suggested = read.looked
    cells = (row[place] for place, _ in keys for row in rows)
    examples = dict.fromkeys(shown_cell(cell) for cell in cells if cell not in (None, ""))
    shown = (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in examples)
    return tuple(islice(shown, _EXAMPLES)), suggested[keys[0][0]]


def _shape(column: Mapping[str, Any]) -> str:
    if not column:
        return ""
    decimals = f",{column['decimals']}" if column.get("decimals") else ""
    return f"{TYPES.get(column['type'], column['type'])} {column['length']}{decimals}"


def _hint(likely: Likely | None, told: ColumnTold) -> str:
    if likely is None:
        return ""
    sure = "уверенно" if likely.confidence >= _SURE else "вероятно" if likely.confidence >= _LIKELY else "догадка"
    return f"{sure}: {'' if likely.role == told.role else f'«{role_title(likely.role)}», '}{likely.why}"


def _form_choices(column: Mapping[str, Any], told: ColumnTold) -> Iterator[tuple[str, str]]:
    found = form_title(column.get("form", ""))
    yield "", f"определено: {found}" if found and not told.form else "определить по образцу"
    yield PLAIN, "как есть"
    offered = list(_FORMS.get("N" if column.get("type") == "F" else column.get("type", "C"), ()))
    if told.form and told.form not in (*offered, PLAIN):
        offered.append(told.form)
    for form in offered:
        yield form, form_title(form)


def _roles(read: DraftRead, kind: Kind) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    if kind is not Kind.FLAT or read.draft.base is None:
        return tuple((title, tuple(roles.items())) for title, roles in GROUPS)
    roles = (column.get("role", "") for column in read.draft.base.definition["fields"])
    return (("Смысл", tuple((role, role_title(role)) for role in dict.fromkeys(roles) if role)),)


def _slots(read: DraftRead, definition: Mapping[str, Any], flaws: Mapping[str, list[str]]) -> Iterator[SlotRow]:
    if definition["kind"] not in (Kind.WIDE, Kind.SINGLE):
        return
    called = called_in(read.sample, read.told).by_number if read.sample is not None else {}
    first = 1 if definition["kind"] == Kind.WIDE else 0
    for number, group in enumerate(definition["groups"], start=first):
        names = called.get(number, ()) or tuple(filter(None, [group.get("title", "")]))
        service = read.told.services.get(str(number), "")
        yield SlotRow(number, ", ".join(names[:3]), service, tuple(flaws.get(f"slot:{number}", ())))


def _called(told: Mapping[str, str]) -> tuple[CalledRow, ...]:
    return tuple(CalledRow(index, called, ours) for index, (called, ours) in enumerate(told.items()))


def _listed(read: DraftRead, columns: Sequence[ColumnRow]) -> Iterator[FlawShown]:
    anchors = {
        f"field:{name}": f"role-{row.index}" for row in columns for name in (row.key, row.key.replace(SLOT, "1"))
    }
    for flaw in read.flaws:
        place, _, detail = flaw.place.partition(":")
        if place == "field":
            yield FlawShown(flaw.text, anchors.get(flaw.place, "columns"))
        elif place in ("slot", "tolerance"):
            yield FlawShown(flaw.text, f"{place}-{detail}")
        else:
            yield FlawShown(flaw.text, place)
