"""An answer before it is written: rows in order, each with what the provider puts into it."""

from dataclasses import dataclass, field, replace

from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedAnswer, ReturnedRow
from exchange.layouts.model import Layout, LayoutField
from workplace.simulation.billing import BilledService


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of the answer and the books behind its lines; `cells` are overwritten once the file is made."""

    account: str
    answer: ReturnedAnswer
    services: dict[str, BilledService] = field(default_factory=dict)
    row_no: int | None = None
    person: RequestedPerson | None = None
    cells: tuple[tuple[LayoutField, bytes], ...] = ()

    @property
    def row(self) -> ReturnedRow:
        return ReturnedRow(answer=self.answer, row_no=self.row_no, person=self.person)

    def with_answer(self, **changes: object) -> "Draft":
        """Return the draft with another answer."""
        return replace(self, answer=replace(self.answer, **changes))  # type: ignore[arg-type]

    def with_line(self, line: ParsedLine) -> "Draft":
        """Return the draft with one line in the place of its service's line."""
        lines = tuple(line if one.service == line.service else one for one in self.answer.lines)
        return self.with_answer(lines=lines)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a layout's files can tell, asked by the faults that need it."""

    layout: Layout
    roles: frozenset[str]
    sum_includes_recalculation: bool
    extra_services: tuple[str, ...]

    @classmethod
    def by(cls, layout: Layout) -> "Carried":
        roles = frozenset(field.role for field in layout.fields if field.role)
        groups = tuple(group.service for group in layout.groups if group.service)
        return cls(layout, roles, layout.sum_includes_adjustment, groups)
