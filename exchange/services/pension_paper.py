"""Item 3.4.2: a list brought on paper is entered by hand, with both visas, and makes the same proposals."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import Unwritable
from exchange.layouts.flat import build_records
from exchange.layouts.forms import Attribute
from exchange.models import ExchangeFile, PaperDelivery
from exchange.register_content import district_number
from exchange.services.layouts import confirmed_layout, layout_of
from exchange.services.pension_data import SENDERS, Brought, read_rows, take
from offices.calendar import day_of
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open

Kind = ExchangeFile.Kind
DIED, MOVED, REMOVED, GROUP, CERTIFICATE = "died", "moved", "removed", "group", "certificate"
TOLD = {
    Kind.PENSION: (DIED, REMOVED, GROUP, CERTIFICATE),
    Kind.REGISTRY: (DIED,),
    Kind.COUNCIL: (MOVED, DIED),
}
"""What a line may tell, by whose the list is."""
WHOLE_REGION = "00"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of a list on paper: whom it is about and what changed.

    `on` is the day of the death or move, or the last day of a certificate; `group` is the new group.
    """

    snils: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    told: str
    on: dt.date | None
    group: str


@dataclass(frozen=True, slots=True)
class Visas:
    """Who handed the list over and when, and when it was received by who enters it."""

    handed_by: str
    handed_on: dt.date
    received_on: dt.date


class PaperFaulty(Refusal):
    """A line cannot be taken as it was entered; nothing of the list was."""


class VisasMissing(Refusal):
    """It is not said who handed the list over, or the days cannot be."""


@transaction.atomic
def enter_paper_list(
    *,
    kind: str,
    office: Office,
    month: dt.date,
    lines: Sequence[PaperLine],
    visas: Visas,
    by: Staff,
    at: dt.datetime,
) -> ExchangeFile:
    """Enter a list from paper: it is kept as a table of its layout and proposes as a file of changes does.

    The fund's list is the payments unit's whatever `office`; the same lines entered again change nothing.

    Raises MonthNotOpen, VisasMissing, PaperFaulty, LayoutNotUsable.
    """
    require_open(month)
    _require_visas(visas, at)
    _require_whole(kind, lines)
    keeper = unit_of_kind(kind=Office.Kind.PAYMENTS) if kind == Kind.PENSION else office
    locked = Office.objects.select_for_update(of=("self",), no_key=True).get(pk=keeper.pk)
    sender = SENDERS[Kind(kind)]
    layout = layout_of(confirmed_layout(code=sender.layout, on=month))
    records = [_record(kind, line, office, month) for line in lines]
    try:
        content = build_records(layout, records)
        faults = [
            f"строка {row.number}: {text}"
            for row in read_rows(layout=layout, content=content, month=month)
            for text in row.faults
        ]
    except (Unwritable, Refused) as fault:
        raise PaperFaulty(f"Список не принят: {fault}") from fault
    if faults:
        raise PaperFaulty(f"Список не принят. {'; '.join(faults[:5])}.")
    name = f"С бумаги, {sender.name}, {at:%d.%m.%Y %H-%M}.dbf"
    file = take(brought=Brought(kind, locked, month, name, content, by, at, origin=ExchangeFile.Origin.TYPED))
    if not PaperDelivery.objects.filter(file=file).exists():
        PaperDelivery.objects.create(
            file=file,
            handed_by=visas.handed_by.strip()[:200],
            handed_on=visas.handed_on,
            received_by=by,
            received_on=visas.received_on,
        )
    return file


def _require_visas(visas: Visas, at: dt.datetime) -> None:
    if not visas.handed_by.strip():
        raise VisasMissing("Укажите, кто передал список: должность, фамилию и инициалы.")
    if not visas.handed_on <= visas.received_on <= day_of(at):
        raise VisasMissing("Даты виз невозможны: список получают не раньше, чем передали, и не позже сегодняшнего дня.")


def _require_whole(kind: str, lines: Sequence[PaperLine]) -> None:
    faults = [f"строка {number}: {text}" for number, line in enumerate(lines, start=1) for text in _faults(kind, line)]
    if not lines:
        raise PaperFaulty("В списке нет ни одной строки.")
    if faults:
        raise PaperFaulty(f"Список не принят. {'; '.join(faults[:5])}.")


def _faults(kind: str, line: PaperLine) -> Iterator[str]:
    if line.told not in TOLD[Kind(kind)]:
        yield "такого изменения этот список не сообщает"
    elif line.told in {DIED, MOVED, CERTIFICATE} and line.on is None:
        yield "укажите дату"
    elif line.told == GROUP and not line.group:
        yield "укажите группу"


def _record(kind: str, line: PaperLine, office: Office, month: dt.date) -> dict[str, Attribute]:
    person: dict[str, Attribute] = {
        "snils": line.snils,
        "last_name": line.last_name,
        "first_name": line.first_name,
        "middle_name": line.middle_name,
        "birth_date": line.birth_date,
    }
    told: dict[str, dict[str, Attribute]] = {
        DIED: {"death_date": line.on},
        MOVED: {"moved_on": line.on},
        REMOVED: {"removed_flag": True},
        GROUP: {"disability_group": line.group},
        CERTIFICATE: {"disability_to": line.on},
    }
    whole = person | told[line.told]
    if kind == Kind.PENSION:
        district = district_number(office.district.code) if office.district else WHOLE_REGION
        whole |= {"district_code": district, "file_month": month}
    return whole
