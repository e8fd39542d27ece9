"""Whose a row of the fund's file is: by СНИЛС, then by name and birth date, never by a guess (3.4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from exchange.models import PensionRecord
from exchange.pension.rows import PensionRow

Match = PensionRecord.Match
REPEATED = "Этот человек в файле уже был строкой выше."


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of ours, as rows are matched to them; `snils` is eleven digits or empty."""

    id: int
    snils: str
    full_name: str
    birth_date: dt.date


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the file and the person it is about; nobody unless the match names one."""

    row: PensionRow
    match: Match
    person_id: int | None
    faults: tuple[str, ...]


class Matcher:
    """Finds the persons of ours in the rows of one file; the first row of a person counts."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self._by_snils: dict[str, int] = {}
        self._by_name: dict[tuple[str, dt.date], list[int]] = defaultdict(list)
        self._snils: dict[int, str] = {}
        self._found: set[int] = set()
        self.named_in_faulty_rows: set[int] = set()
        for person in known:
            self._by_name[comparable(person.full_name), person.birth_date].append(person.id)
            self._snils[person.id] = person.snils
            if person.snils:
                self._by_snils[person.snils] = person.id

    def match(self, row: PensionRow) -> MatchedRow:
        """Return whose the row is."""
        if row.faults:
            self._note_faulty(row)
            return MatchedRow(row, Match.FAULTY, None, row.faults)
        match, person_id = self._find(row)
        if person_id is not None and person_id in self._found:
            return MatchedRow(row, Match.FAULTY, None, (REPEATED,))
        if person_id is not None:
            self._found.add(person_id)
        return MatchedRow(row, match, person_id, ())

    def _find(self, row: PensionRow) -> tuple[Match, int | None]:
        by_snils = self._by_snils.get(row.snils)
        if by_snils is not None:
            return Match.SNILS, by_snils
        namesakes = self._by_name.get((comparable(row.full_name), row.birth_date or dt.date.min), [])
        if not namesakes:
            return Match.UNKNOWN, None
        if len(namesakes) > 1 or (row.snils and self._snils[namesakes[0]]):
            return Match.AMBIGUOUS, None  # one name and birth date, and another СНИЛС: not surely the same person
        return Match.NAME, namesakes[0]

    def _note_faulty(self, row: PensionRow) -> None:
        """Remember whom a faulty row may be about: such a person has not disappeared."""
        by_snils = self._by_snils.get(row.snils)
        namesakes = self._by_name.get((comparable(row.full_name), row.birth_date or dt.date.min), [])
        self.named_in_faulty_rows.update(namesakes if by_snils is None else [by_snils])


def comparable(name: str) -> str:
    """Return a name as it is compared: no case, ё as е, single spaces."""
    return " ".join(name.lower().replace("ё", "е").split())
