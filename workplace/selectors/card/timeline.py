"""The tab «История»: who changed what of the card, what was and what became, from which day, by which document."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Model, QuerySet

from housing.models import DwellingFacts, Residence, SupportedDwelling
from offices.history import NOTHING, FieldChange, RowChange, changes_of_rows
from payments.models import ReturnedPayment
from providers.models import ConnectedService, ServiceAccount
from recipients.models import (
    Application,
    CaseDocument,
    Change,
    EntitledPerson,
    Entitlement,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
    Termination,
)
from workplace.selectors.card.identity import Identity, masked

KINDS: Final[Mapping[str, str]] = {
    "person": "Человек и дело",
    "rights": "Права",
    "family": "Семья",
    "home": "Жильё и услуги",
    "pay": "Выплата",
    "papers": "Заявления и документы",
}
MOST_SHOWN: Final = 300
_UNTOLD: Final = frozenset(
    {
        "recipient", "created_by", "entered_by", "entered_at", "granted_by", "granted_at", "registered_by",
        "registered_at", "reported_by", "reported_at", "recorded_by", "recorded_at", "office", "entitlement",
        "amenities",
    }
)  # fmt: skip
"""Columns that say again whose card it is, who did it or when, and a code that only file layouts know."""
_DOCUMENTS: Final = ("document", "certificate")
_END: Final = " (не включая)"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One change; `since` is the day from which it holds, `document` what it stands on. Days are inclusive."""

    at: dt.datetime
    what: str
    is_new: bool
    by: str
    since: dt.date | None
    document: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The changes of a kind, the latest first; `total` counts those that are not shown as well."""

    rows: tuple[TimelineRow, ...]
    total: int
    kind: str


def timeline_of(identity: Identity, *, kind: str = "") -> Timeline:
    """Tell what happened to the card; `kind` is one of KINDS, empty for all. The number of queries does not grow."""
    recipient = identity.recipient
    rows = [row for found in _tables(recipient, kind) for row in found]
    known = {(type(row), row.pk): row for row in rows}
    told = [
        _told(known[key], change)
        for key, changes in changes_of_rows(rows).items()
        for change in changes
        if change.fields
    ]
    told.sort(key=lambda row: (row.at, row.what), reverse=True)
    return Timeline(tuple(told[:MOST_SHOWN]), len(told), kind)


def _tables(recipient: Recipient, kind: str) -> Iterator[QuerySet[Any]]:
    homes = SupportedDwelling.objects.filter(recipient=recipient).values("dwelling")
    tables: dict[str, Sequence[QuerySet[Any]]] = {
        "person": (
            Person.objects.filter(pk=recipient.person_id),
            Recipient.objects.filter(pk=recipient.pk),
            LegalRepresentative.objects.filter(represented=recipient.person_id),
        ),
        "rights": (
            Entitlement.objects.filter(recipient=recipient),
            EntitledPerson.objects.filter(entitlement__recipient=recipient),
            Termination.objects.filter(entitlement__recipient=recipient),
        ),
        "family": (Residence.objects.filter(dwelling__in=homes), Change.objects.filter(recipient=recipient)),
        "home": (
            SupportedDwelling.objects.filter(recipient=recipient),
            DwellingFacts.objects.filter(dwelling__in=homes),
            ServiceAccount.objects.filter(dwelling__in=homes),
            ConnectedService.objects.filter(account__dwelling__in=homes),
        ),
        "pay": (
            PaymentChannel.objects.filter(recipient=recipient),
            ReturnedPayment.objects.filter(line__recipient=recipient),
        ),
        "papers": (Application.objects.filter(recipient=recipient), CaseDocument.objects.filter(recipient=recipient)),
    }
    for name, found in tables.items():
        if kind in ("", name):
            yield from found


def _told(row: Model, change: RowChange) -> TimelineRow:
    values = {one.column: one.after for one in change.fields}
    document = next((values[name] for name in _DOCUMENTS if values.get(name, NOTHING) != NOTHING), "")
    if not document:
        document = next((str(getattr(row, name)) for name in _DOCUMENTS if getattr(row, name, "")), "")
    return TimelineRow(
        at=change.at,
        what=str(row._meta.verbose_name),
        is_new=change.is_first,
        by=change.by or "загрузка данных",
        since=getattr(row, "valid_from", None),
        document=document,
        fields=tuple(_shown(one, row) for one in change.fields if one.column not in _UNTOLD),
    )


def _shown(one: FieldChange, row: Model) -> FieldChange:
    if one.column == "account" and isinstance(row, PaymentChannel):
        return replace(one, before=_masked(one.before), after=_masked(one.after))
    if one.name.endswith(_END):
        return replace(
            one,
            name=one.name.removesuffix(_END).replace(" до", " по"),
            before=_day_before(one.before),
            after=_day_before(one.after),
        )
    return one


def _masked(account: str) -> str:
    return account if account == NOTHING else masked(account)


def _day_before(shown: str) -> str:
    """Turn the open end, as the history writes it, into the last day inclusive."""
    if shown == NOTHING:
        return shown
    day, month, year = (int(part) for part in shown.split("."))
    return f"{dt.date(year, month, day) - dt.timedelta(days=1):%d.%m.%Y}"
