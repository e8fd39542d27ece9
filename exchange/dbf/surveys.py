"""What a pass over the rows of a table finds besides their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exchange.dbf.verdicts import Fault, Notice

MOST_FAULTS = 50_000
"""So many faults are kept of one table; of more only their number is told."""
_ODDITIES = {
    "nul_padding": "Часть ячеек дополнена нулевыми байтами вместо пробелов.",
    "zero_date": "Часть дат записана нулями: они прочитаны как пустые.",
    "dotted_date": "Часть дат записана как ДД.ММ.ГГГГ.",
    "dashed_date": "Часть дат записана как ГГГГ-ММ-ДД.",
    "exponent": "Часть чисел записана с порядком (буквой E): они прочитаны точно.",
    "comma": "Часть чисел записана с запятой вместо точки: они прочитаны точно.",
    "part_of_second": "Часть моментов записана с долями секунды, как 08:29:59.999: показаны целые секунды.",
    "cut_letter": "Часть текстов обрезана посреди буквы: эта буква пропущена.",
    "no_day": "Часть моментов записана без дня: они прочитаны как пустые.",
}


@dataclass(slots=True)
class Survey:
    """What one pass over the rows found: `faults`, the first `MOST_FAULTS` of `faulty` ones, and codes of oddities."""

    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def room(self) -> int:
        """How many more faults are kept."""
        return MOST_FAULTS - len(self.faults)

    def add(self, count: int, faults: Sequence[Fault]) -> None:
        self.faulty += count
        self.faults.extend(faults)

    @property
    def oddities(self) -> tuple[Notice, ...]:
        found = [Notice(code, text) for code, text in _ODDITIES.items() if code in self.seen]
        if self.faulty > len(self.faults):
            text = f"Нечитаемых ячеек {self.faulty}, перечислены первые {len(self.faults)}."
            found.append(Notice("more_faults", text))
        return tuple(found)
