"""Names of columns as they are used: Latin where a look-alike stands, each its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exchange.dbf.verdicts import Notice

_NAMES_SHOWN = 20
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXaBeKMHopcTyx")


def field_names(raw_names: tuple[bytes, ...], encoding: str) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Decode the names of the columns; Cyrillic letters that look Latin become Latin, with a notice."""
    names: list[str] = []
    notices: list[Notice] = []
    for number, raw in enumerate(raw_names, start=1):
        read = raw.decode(encoding, "replace")
        name = read.translate(_LOOK_ALIKES)
        if not name:
            name = f"FIELD{number}"
            notices.append(Notice("no_name", f"У поля {number} нет имени, оно названо {name}."))
        elif not name.isascii():
            notices.append(Notice("foreign_name", f"Имя поля «{read}» не латинское."))
            name = read
        elif name != read:
            notices.append(
                Notice("look_alikes", f"Имя поля «{read}» написано с русскими буквами, прочитано как {name}.")
            )
        names.append(name)
    repeated = sorted({given for name, given in zip(names, told_apart(names), strict=True) if given != name})
    if repeated:
        shown = ", ".join(repeated[:_NAMES_SHOWN]) + (" и другие" if len(repeated) > _NAMES_SHOWN else "")
        notices.append(Notice("repeated_names", f"Имена полей повторяются, повторы показаны как {shown}."))
    return tuple(names), tuple(notices)


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Give a name that stood before, whatever its case, a number behind it."""
    wanted = {name.upper() for name in names}
    seen: Counter[str] = Counter()
    given: list[str] = []
    for name in names:
        shown = name
        while shown.upper() in seen or (seen[name.upper()] and shown.upper() in wanted):
            seen[name.upper()] += 1
            shown = f"{name}_{seen[name.upper()]}"
        seen[shown.upper()] += 1
        given.append(shown)
    return tuple(given)
