"""Reading a definition value by value: what is wrong is written down in words, and the reading goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)
ROOT = "В описании формата"


class Entries:
    """A part of a definition. `where` begins the sentences about it; all parts write into one list of faults."""

    def __init__(self, given: object, faults: list[str], *, where: str = ROOT) -> None:
        self.where = where
        self.faults = faults
        self._given: Mapping[object, object] = {}
        self._asked: set[object] = set()
        if isinstance(given, Mapping):
            self._given = given
        else:
            self.say("нужны пары «название = значение»")

    def say(self, text: str) -> None:
        """Write down what is wrong with this part."""
        self.faults.append(f"{self.where} {text}." if self.where == ROOT else f"{self.where}: {text}.")

    def text(self, key: str, default: str | None = None, *, most: int = 300) -> str:
        """Return a text; without a default it must be there and not be empty."""
        value = self._value(key, default)
        if not isinstance(value, str):
            self._say_kind(key, value, "текст")
            return ""
        if len(value) > most:
            self.say(f"«{key}» длиннее {most} знаков")
        if not value.strip() and default is None and key in self._given:
            self.say(f"«{key}» не заполнено")
        return value

    def whole(self, key: str, default: int | None = None, *, least: int, most: int) -> int:
        """Return a whole number within bounds, both included."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self._say_kind(key, value, "целое число")
            return least
        if not least <= value <= most:
            self.say(f"«{key}» — от {least} до {most}, а указано {value}")
            return least
        return value

    def number(self, key: str, default: Decimal) -> Decimal:
        """Return a number that is not negative; it is written as text, to be exact."""
        value = self._value(key, format(default, "f"))
        try:
            found = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite() or found < 0:
            self.say(f'«{key}» — число в кавычках, например "0.02", а указано «{value}»')
            return default
        return found

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            self._say_kind(key, value, "true или false")
            return default
        return value

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        """Return one of the named choices."""
        value = self._value(key, default)
        try:
            return choices(value)  # type: ignore[arg-type]  # asked whether it is one
        except ValueError:
            if value is not None:
                self.say(f"недопустимое значение «{key} = {value}»: возможны {', '.join(choices)}")
        return next(iter(choices))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, which may be absent."""
        value = self._value(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            self._say_kind(key, value, "список текстов")
            return ()
        return tuple(value)

    def bounds(self, key: str) -> tuple[int, int] | None:
        """Return two whole numbers, the first the smaller one; None when they are not given."""
        value = self._value(key, ())
        if isinstance(value, list | tuple) and not value:
            return None
        if not isinstance(value, list | tuple) or len(value) != 2 or not all(type(one) is int for one in value):
            self._say_kind(key, value, "два целых числа")
            return None
        first, last = value
        if not 0 <= first < last:
            self.say(f"«{key}»: первое число меньше второго и не меньше нуля")
            return None
        return first, last

    def pairs(self, key: str) -> dict[str, object]:
        """Return a table of values by text, which may be absent."""
        value = self._value(key, {})
        if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value):
            self._say_kind(key, value, "таблица")
            return {}
        return dict(value)

    def text_pairs(self, key: str) -> dict[str, str]:
        """Return a table of texts by text, which may be absent."""
        given = self.pairs(key)
        found = {name: value for name, value in given.items() if isinstance(value, str) and value}
        for name in given.keys() - found.keys():
            self.say(f"«{key}»: против «{name}» нужен текст в кавычках")
        return found

    def part(self, key: str) -> Entries:
        """Return the part under `key`, which may be absent."""
        return Entries(self._value(key, {}), self.faults, where=f"Раздел «{key}»")

    def parts(self, key: str, called: str, *, needed: bool = False) -> Iterator[Entries]:
        """Give the parts of a list, each called by its own name or its number."""
        value = self._value(key, None if needed else ())
        if not isinstance(value, list | tuple):
            self._say_kind(key, value, "список")
            return
        for number, one in enumerate(value, start=1):
            name = one.get("name") if isinstance(one, Mapping) else None
            yield Entries(one, self.faults, where=f"{called} {name or f'№ {number}'}")

    def close(self) -> None:
        """Name what was given and not asked for: a misspelled setting would be lost in silence."""
        for key in self._given:
            if key not in self._asked:
                self.say(f"есть неизвестная настройка «{key}»")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._given:
            return self._given[key]
        if default is None:
            self.say(f"нет «{key}»")
        return default

    def _say_kind(self, key: str, value: object, kind: str) -> None:
        if value is not None:
            self.say(f"«{key}» — {kind}, а указано «{value}»")
