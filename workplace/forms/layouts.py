"""What the page of a layout's draft sends, read into what was told; nothing typed is refused here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django import forms
from django.http import QueryDict

from exchange.layouts.groups import SLOT
from exchange.layouts.marks import from_russian
from exchange.layouts.model import MatchKey
from exchange.layouts.told import ColumnTold, Told
from exchange.layouts.wording import TOLERANCES

MOST_KEYS = 4
_KEYS = frozenset(MatchKey)
_MARKED = ("name_mask", "reply_name", "reply_text")
_TEXTS = {
    "code": 40,
    "name": 150,
    "source": 300,
    "name_mask": 100,
    "valid_from": 10,
    "provider": 20,
    "direction": 20,
    "container": 10,
    "encoding": 20,
    "decimal_mark": 1,
    "date_mask": 20,
    "widths": 20_000,
    "reply": 20,
    "reply_name": 100,
    "reply_text": 4000,
}


class NewLayoutForm(forms.Form):
    """A sample of a provider's file, with which a layout begins."""

    file = forms.FileField(
        label="Образец файла",
        error_messages={"required": "Выберите файл поставщика.", "empty": "Файл пустой."},
        help_text="DBF, CSV, Excel (XLSX) или текст с полями постоянной ширины. Хватит файла одного района.",
    )
    provider = forms.ChoiceField(
        label="Для какого поставщика",
        required=False,
        help_text="После подтверждения поставщик перейдёт на этот формат.",
    )

    def __init__(self, *args: object, providers: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{name} ({code})") for code, name in providers]
        self.fields["provider"].choices = [("", "ни для кого отдельно"), *named]


def told_in(sent: QueryDict, before: Told, /) -> Told:
    """Return what was told with what the page sends now; parts that the page does not show stay as they were."""
    texts = {name: sent[name].replace("\r\n", "\n")[:most] for name, most in _TEXTS.items() if name in sent}
    texts |= {name: from_russian(texts[name]) for name in _MARKED if name in texts}
    keys = (sent.get(f"key-{number}", "") for number in range(1, MOST_KEYS + 1))
    header_row = sent.get("header_row", "")
    apart = tuple(sent.getlist("apart")) if "has-apart" in sent else before.apart
    columns = dict(before.columns) | dict(_columns(sent))
    return replace(
        before,
        **texts,
        header_row=min(int(header_row), 50) if header_row.isascii() and header_row.isdecimal() else before.header_row,
        columns={name: told for name, told in columns.items() if not _is_joined(name, set(before.apart) - set(apart))},
        apart=apart,
        is_by_number=sent.get("is_by_number", "1" if before.is_by_number else "") == "1",
        services=dict(before.services) | dict(_numbered(sent, "slot-")),
        names=dict(before.names) | dict(_called(sent, "name")),
        codes=dict(before.codes) | dict(_called(sent, "code")),
        matching=tuple(dict.fromkeys(key for key in keys if key in _KEYS)) if "key-1" in sent else before.matching,
        debt_sign=-1 if sent.get("debt_sign", str(before.debt_sign)) == "-1" else 1,
        sum_includes_adjustment=sent.get("sum_includes_adjustment", str(int(before.sum_includes_adjustment))) == "1",
        tolerances=dict(before.tolerances) | dict(_tolerances(sent)),
    )


def _is_joined(name: str, templates: set[str]) -> bool:
    """Tell whether a column told alone belongs to a group again."""
    before, mark = re.escape(SLOT), "[0-9]+"
    return any(re.fullmatch(re.escape(template).replace(before, mark), name) for template in templates)


def _columns(sent: QueryDict) -> Iterator[tuple[str, ColumnTold]]:
    for index, key in _numbered(sent, "column-"):
        yield (
            key,
            ColumnTold(
                role=sent.get(f"role-{index}", "")[:60],
                form=sent.get(f"form-{index}", "")[:40],
                yes=sent.get(f"yes-{index}", "").strip()[:20],
                no=sent.get(f"no-{index}", "").strip()[:20],
                is_required=f"required-{index}" in sent,
            ),
        )


def _tolerances(sent: QueryDict) -> Iterator[tuple[str, str]]:
    for name in TOLERANCES:
        if f"tolerance-{name}" in sent:
            yield name, sent[f"tolerance-{name}"].strip()[:20]


def _called(sent: QueryDict, which: str) -> Iterator[tuple[str, str]]:
    for index, called in _numbered(sent, f"called-{which}-"):
        yield called, sent.get(f"{which}-service-{index}", "")[:10]


def _numbered(sent: QueryDict, beginning: str) -> Iterator[tuple[str, str]]:
    for name, value in sent.items():
        number = name.removeprefix(beginning)
        if number != name and number.isdecimal():
            yield number, str(value)
