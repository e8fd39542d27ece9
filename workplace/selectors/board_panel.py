"""The side panel of a cell: who, what is missing, what is at stake, whom to ring, who was reminded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from offices.models import Office, Role, RoleGrant, Staff
from offices.models.staff import DISTRICT_ROLES
from offices.money import count_with_noun
from providers.models import Agreement, Reminder
from providers.selectors import reminders_about
from workplace.selectors.board import ITEM_BY_CODE, Item, Row, district_name
from workplace.selectors.board_calls import doer_of, office_text, provider_text
from workplace.selectors.board_missing import Missing
from workplace.selectors.board_states import Cell, State
from workplace.selectors.board_telling import told_of

DUTIES = {
    Role.EXCHANGE: "Приём файлов",
    Role.CALCULATION: "Расчёт",
    Role.CHECKING: "Контроль",
    Role.HEAD: "Начальник отдела",
    Role.REGISTRIES: "Реестры",
    Role.VERIFIER: "Проверка",
}
UNIT_DUTIES = {Office.Kind.PAYMENTS: Role.REGISTRIES, Office.Kind.SUBSIDIES: Role.VERIFIER}


@dataclass(frozen=True, slots=True)
class Entry:
    """A provider an item waits for, with whom to speak to there and when it was reminded last."""

    missing: Missing
    contact: str
    reminded: Reminder | None
    is_reminded_today: bool


@dataclass(frozen=True, slots=True)
class Answerable:
    """Someone who answers for the item: the duty, the person, the phone of the office."""

    duty: str
    staff: Staff
    phone: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside the board about one cell.

    `done` of `total` draws the bar, `total` is 0 where nothing is counted; `sentences` say what is missing and what
    it costs; `addressee` is the office to remind, None where providers are, or nobody needs to be; `text` is what the reminder says.
    """

    item: Item
    office: Office
    cell: Cell
    headline: str
    done: int
    total: int
    sentences: tuple[str, ...]
    entries: tuple[Entry, ...]
    addressee: Office | None
    is_addressee_reminded: bool
    text: str
    people: tuple[Answerable, ...]
    reminders: tuple[Reminder, ...]

    @property
    def title(self) -> str:
        return district_name(self.office)

    @property
    def to_remind(self) -> tuple[Entry, ...]:
        """Return the providers that were not reminded today."""
        return tuple(entry for entry in self.entries if not entry.is_reminded_today)


def panel_of(*, row: Row, item: str, month: dt.date, today: dt.date) -> Panel:
    """Say everything about one cell of the board; the number of queries does not depend on the files."""
    cell = row.cell(item)
    told = told_of(row=row, item=item, month=month)
    reminders = tuple(reminders_about(office=row.office, month=month, item=item))
    is_open = cell.done_on is None or cell.state is State.ATTENTION
    addressee = _doer(row, item) if is_open and not told.is_of_providers else None
    return Panel(
        item=ITEM_BY_CODE[item],
        office=row.office,
        cell=cell,
        headline=told.headline or cell.word.capitalize(),
        done=told.done,
        total=told.total,
        sentences=(*told.sentences, *_term(cell)),
        entries=tuple(_entries(told.missing, reminders, row.office, today)),
        addressee=addressee,
        is_addressee_reminded=_is_reminded(reminders, addressee, row.office, today),
        text=office_text(row=row, cell=cell, month=month)
        if addressee
        else provider_text(offices=[row.office], cell=cell, month=month),
        people=tuple(_people(row.office, addressee, today)),
        reminders=reminders,
    )


def _term(cell: Cell) -> tuple[str, ...]:
    if cell.due_on is None:
        return ("Срока в графике обмена нет.",)
    if cell.is_late:
        days = count_with_noun(cell.days_late, ("день", "дня", "дней"))
        return (f"Срок был {cell.due_on:%d.%m.%Y}, прошло {days}.",)
    if cell.done_on is not None:
        return (f"Сделано {cell.done_on:%d.%m.%Y} при сроке {cell.due_on:%d.%m.%Y}.",)
    return (f"Срок {cell.due_on:%d.%m.%Y}.",)


def _doer(row: Row, item: str) -> Office | None:
    units = Office.objects.filter(kind=ITEM_BY_CODE[item].doer, district__isnull=True).order_by("-pk")
    return doer_of(row, item, {unit.kind: unit for unit in units})


def _entries(missing: Sequence[Missing], reminders: Sequence[Reminder], office: Office, today: dt.date) -> list[Entry]:
    last = {one.provider_id: one for one in reversed(reminders) if one.provider_id}
    told_today = {one.provider_id for one in reminders if one.day == today and one.way != Reminder.Way.PHONE}
    agreements = Agreement.objects.valid_on(today).filter(office=office, provider__in=[one.provider for one in missing])
    contacts = dict(agreements.order_by("valid_from", "pk").values_list("provider_id", "contact"))
    return [
        Entry(one, contacts.get(one.provider.pk, ""), last.get(one.provider.pk), one.provider.pk in told_today)
        for one in missing
    ]


def _is_reminded(reminders: Sequence[Reminder], addressee: Office | None, office: Office, today: dt.date) -> bool:
    if addressee is None:
        return False
    unit = None if addressee == office else addressee.pk
    return any(one.unit_id == unit and one.provider_id is None and one.day == today for one in reminders)


def _people(office: Office, addressee: Office | None, today: dt.date) -> list[Answerable]:
    offices = {office.pk: office} | ({addressee.pk: addressee} if addressee else {})
    duties = set(DUTIES) & set(DISTRICT_ROLES)
    if addressee and addressee != office:
        duties.add(UNIT_DUTIES[Office.Kind(addressee.kind)])
    grants = RoleGrant.objects.valid_on(today).filter(role__in=duties, staff__office__in=offices, staff__is_active=True)
    order = list(DUTIES)
    found = sorted(grants.select_related("staff").order_by("pk"), key=lambda grant: order.index(Role(grant.role)))
    return [Answerable(DUTIES[Role(grant.role)], grant.staff, offices[grant.staff.office_id].phone) for grant in found]
