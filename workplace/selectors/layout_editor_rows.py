"""What stands on the page that builds a layout: its columns, groups, services and flaws, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.layouts.groups import SLOT
from exchange.layouts.told import ColumnTold
from exchange.layouts.wording import GROUP_MARK
from exchange.selectors.layout_preview import Preview


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column to be told: its name, shape and examples, what it may mean and why, how its value stands."""

    index: int
    key: str
    shape: str
    examples: tuple[str, ...]
    told: ColumnTold
    hint: str
    forms: tuple[tuple[str, str], ...]
    is_flag: bool
    flaws: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name of the column, № in the place of a group's number."""
        return self.key.replace(SLOT, GROUP_MARK)

    @property
    def place(self) -> str:
        """Where the page says what is wrong with the column."""
        return f"column-{self.index}"


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A group of columns: its number, what the sample calls its service, the service told."""

    number: int
    called: str
    service: str
    flaws: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the page says what is wrong with the group."""
        return f"slot-{self.number}"


@dataclass(frozen=True, slots=True)
class CalledRow:
    """What a provider calls a service, and ours."""

    index: int
    called: str
    service: str


@dataclass(frozen=True, slots=True)
class FlawShown:
    """A sentence of the list of flaws, and the field to repair; an empty anchor where there is none."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Editor:
    """Everything that the page shows of a draft."""

    columns: tuple[ColumnRow, ...]
    roles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    templates: tuple[tuple[str, str, bool], ...]
    slots: tuple[SlotRow, ...]
    names: tuple[CalledRow, ...]
    codes: tuple[CalledRow, ...]
    container: str
    kind: str
    encoding: str
    rows: int | None
    notices: tuple[str, ...]
    is_flat: bool
    is_grouped: bool
    is_text: bool
    is_lines: bool
    is_fixed: bool
    has_page: bool
    flaws: tuple[FlawShown, ...]
    flaws_at: Mapping[str, tuple[str, ...]]
    preview: Preview
