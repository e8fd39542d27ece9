"""Item 3.8 where a provider is told only what changed: new, changed and ended persons since the request before (L6)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from exchange.asking import Asked
from exchange.fitting import Fitted, build_of_fitting
from exchange.layouts.changes import Change, ChangeKind, build_changes, changes
from exchange.layouts.exchanged import BuiltRequest, RequestedPerson
from exchange.layouts.model import Kind, Layout
from exchange.layouts.requests import build_request
from exchange.models import ExchangeFile, FileLayout, ProviderRequestLayout, RequestedChanges
from exchange.selectors.change_files import persons_asked_about, told_before
from exchange.services.layouts import LayoutNotUsable, layout_of
from offices.models import Office
from offices.refusals import Refusal
from providers.models import Provider
from providers.succession import make_room, write

_Key = tuple[str, str]


class NotAChangeFile(Refusal):
    """The layout has no column that says what changed."""


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """A file of changes ready to be sent: its bytes, its layout, the request before it, how many of each kind."""

    content: bytes
    layout: FileLayout
    since: ExchangeFile | None
    counted: Counter[ChangeKind]


@transaction.atomic
def choose_request_layout(*, provider: Provider, layout: FileLayout, valid_from: dt.date) -> ProviderRequestLayout:
    """Say in which layout of changes a provider's requests are written from a day on; the former choice ends there.

    Raises LayoutNotUsable when the layout is not confirmed, NotAChangeFile, AlreadyEntered, NotAcceptable.
    """
    if layout.confirmed_at is None:
        raise LayoutNotUsable(f"Формат «{layout}» не подтверждён.")
    if not tells_changes(layout_of(layout)):
        raise NotAChangeFile(
            f"В формате «{layout}» нет поля с признаком изменения (новый, изменился, выбыл): "
            "это не файл изменений, запросы пишутся в формате ответов."
        )
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    ends = make_room(ProviderRequestLayout.objects.filter(provider=provider), valid_from=valid_from)
    row = ProviderRequestLayout(provider=provider, layout=layout, valid_from=valid_from, valid_to=ends)
    write(row)
    return row


def tells_changes(layout: Layout, /) -> bool:
    """Tell whether a layout is that of a file of changes."""
    return layout.kind is Kind.FLAT and any(field.role == "change" for field in layout.fields)


def build_fitting(
    asked: Sequence[Asked],
    /,
    *,
    layout: Layout,
    changes_in: FileLayout | None,
    provider_id: int,
    office: Office,
    month: dt.date,
) -> tuple[Fitted[Asked, BuiltRequest], ChangeFile | None]:
    """Build a request of everybody who fits, and the file of changes that is sent instead of it where there is one.

    Raises LayoutNotUsable, AskedTwice.
    """
    fitted = _whole(asked, layout, month)
    if changes_in is None:
        return fitted, None
    among, told = _changes(asked, fitted.fit, row=changes_in, provider_id=provider_id, office=office, month=month)
    if among.unfit:
        told_of = _whole(among.fit, layout, month)
        fitted = Fitted(told_of.built, told_of.fit, (*fitted.unfit, *among.unfit))
    return fitted, told


def _whole(asked: Sequence[Asked], layout: Layout, month: dt.date) -> Fitted[Asked, BuiltRequest]:
    return build_of_fitting(asked, lambda some: build_request(layout, (one.person for one in some), month=month))


def _changes(
    everybody: Sequence[Asked],
    asked: Sequence[Asked],
    *,
    row: FileLayout,
    provider_id: int,
    office: Office,
    month: dt.date,
) -> tuple[Fitted[Asked, bytes], ChangeFile]:
    """Compare whom a provider is asked about with whom it was told of last, and build the file of the differences.

    Who does not fit a file is not asked about, and is not told as ended either.
    """
    layout = layout_of(row)
    since = told_before(provider_id=provider_id, office=office, month=month)
    before = [_compared(person) for person in persons_asked_about(since)] if since is not None else []
    found = _visible(layout, changes(before, [_compared(one.person) for one in everybody]))
    by_key = {_key(change.person): change for change in found if change.kind is not ChangeKind.ENDED}
    ended = [change for change in found if change.kind is ChangeKind.ENDED]

    def about(some: Sequence[Asked]) -> list[Change]:
        return [by_key[_key(one.person)] for one in some if _key(one.person) in by_key]

    fitted = build_of_fitting(asked, lambda some: build_changes(layout, about(some)))
    told = [*about(fitted.fit), *ended]
    return fitted, ChangeFile(build_changes(layout, told), row, since, Counter(change.kind for change in told))


def keep_changes(*, file: ExchangeFile, told: ChangeFile) -> RequestedChanges:
    """Write down what a request of changes told."""
    return RequestedChanges.objects.create(
        file=file,
        layout=told.layout,
        since=told.since,
        new=told.counted[ChangeKind.NEW],
        changed=told.counted[ChangeKind.CHANGED],
        ended=told.counted[ChangeKind.ENDED],
    )


def _visible(layout: Layout, found: Iterable[Change]) -> list[Change]:
    """Keep the changes that the file has a column for."""
    roles = {field.role for field in layout.fields}
    return [
        change for change in found if change.kind is not ChangeKind.CHANGED or roles.intersection(change.attributes)
    ]


def _compared(person: RequestedPerson) -> RequestedPerson:
    return replace(person, address_code="")


def _key(person: RequestedPerson) -> _Key:
    return person.request_id, person.account
