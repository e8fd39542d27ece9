"""File layouts as rows of a directory: presets stored, versions proposed, confirmed or withdrawn, one chosen (3.8.1)."""

import datetime as dt

from django.db import transaction

from exchange.layouts.definitions import PRESETS, BadLayout, Definition, layout_from, preset_definition
from exchange.layouts.model import Layout
from exchange.models import FileLayout, ProviderLayout
from offices.dated import DatedQuerySet
from offices.models import Staff
from offices.refusals import Refusal
from providers.models import Provider, Service
from providers.succession import make_room, write


class LayoutNotUsable(Refusal):
    """The layout is not in the directory, not confirmed, or its description cannot be read."""


class LayoutConfirmed(Refusal):
    """A confirmed layout does not change: an oddity is a new version."""


class LayoutWithdrawn(Refusal):
    """A withdrawn layout is not put into use: it is proposed anew."""


class NoReasonGiven(Refusal):
    """A layout is withdrawn for a reason, in words."""


class LayoutTooEarly(Refusal):
    """A new version begins after the one in force."""


class ConfirmedByItsAuthor(Refusal):
    """Whoever entered a layout does not confirm it."""


@transaction.atomic
def install_presets(*, by: Staff, confirmed_by: Staff, at: dt.datetime) -> list[FileLayout]:
    """Store our presets in the directory; a version that is there is left as it is.

    Raises ConfirmedByItsAuthor when both persons are one.
    """
    if by == confirmed_by:
        raise ConfirmedByItsAuthor("Формат подтверждает не тот, кто его ввёл.")
    return [_install(code, by, confirmed_by, at) for code in PRESETS]


@transaction.atomic
def propose_layout(
    *,
    definition: Definition,
    valid_from: dt.date,
    by: Staff,
    at: dt.datetime,
    for_provider: Provider | None = None,
) -> FileLayout:
    """Enter a layout, or the next version of one that is there; a second person puts it into use.

    The version in the definition is replaced by the next free one. `for_provider` follows the version from its first
    day on, once it is confirmed.

    Raises LayoutNotUsable with everything that is wrong in the definition, LayoutTooEarly, NotAcceptable.
    """
    layout = _usable(definition)
    versions = FileLayout.objects.select_for_update(of=("self",)).filter(code=layout.code).order_by("-version")
    number = max((row.version for row in versions), default=0) + 1
    _refuse_early(layout.code, valid_from)
    row = FileLayout(
        code=layout.code,
        version=number,
        name=layout.name,
        source=layout.source,
        is_partial=layout.partial,
        definition={**definition, "version": number},
        valid_from=valid_from,
        for_provider=for_provider,
        entered_at=at,
        entered_by=by,
    )
    write(row)
    return row


@transaction.atomic
def confirm_layout(*, layout_id: int, by: Staff, at: dt.datetime) -> FileLayout:
    """Put a layout into use by a second person; from its first day on it supersedes the version before.

    Providers that follow the version before follow this one from that day on, and so does the provider it was entered
    for. Requests that were sent stay with the version they were written in, and so do the answers to them.

    Raises LayoutConfirmed, LayoutWithdrawn, ConfirmedByItsAuthor, LayoutTooEarly, AlreadyEntered, LayoutNotUsable when
    its description is not a layout.
    """
    row = _waiting(layout_id)
    if row.entered_by_id == by.pk:
        raise ConfirmedByItsAuthor(f"Формат «{row}» подтверждает не тот, кто его ввёл.")
    layout_of(row)
    _refuse_early(row.code, row.valid_from)
    make_room(_confirmed(row.code), valid_from=row.valid_from)
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _hand_over_to(row)
    _give_to_its_provider(row)
    return row


@transaction.atomic
def withdraw_layout(*, layout_id: int, reason: str, by: Staff, at: dt.datetime) -> FileLayout:
    """Take a proposed layout back, by its author, or refuse it, by another person; it stays with the reason.

    Raises LayoutConfirmed, LayoutWithdrawn, NoReasonGiven.
    """
    row = _waiting(layout_id)
    if not reason.strip():
        raise NoReasonGiven(f"Напишите, почему формат «{row}» не нужен: автор исправит его по этой причине.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, reason.strip()[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    return row


@transaction.atomic
def choose_layout(*, provider: Provider, layout: FileLayout, valid_from: dt.date) -> ProviderLayout:
    """Say which layout a provider's files follow from a day on; the former choice ends there.

    Raises LayoutNotUsable when the layout is not confirmed, AlreadyEntered, NotAcceptable.
    """
    if layout.confirmed_at is None:
        raise LayoutNotUsable(f"Формат «{layout}» не подтверждён.")
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    ends = make_room(ProviderLayout.objects.filter(provider=provider), valid_from=valid_from)
    row = ProviderLayout(provider=provider, layout=layout, valid_from=valid_from, valid_to=ends)
    write(row)
    return row


def layout_of(row: FileLayout, /) -> Layout:
    """Return the layout that a row of the directory describes.

    Raises LayoutNotUsable with the sentence of what is wrong in it.
    """
    try:
        return layout_from(row.definition)
    except BadLayout as error:
        raise LayoutNotUsable(f"Формат «{row}»: {error}") from error


def confirmed_layout(*, code: str, on: dt.date) -> FileLayout:
    """Return the confirmed version of a layout that is in force on a day.

    Raises LayoutNotUsable when there is none.
    """
    found: FileLayout | None = _confirmed(code).valid_on(on).first()
    if found is None:
        raise LayoutNotUsable(
            f"В справочнике нет подтверждённого формата «{code}» на {on:%d.%m.%Y}. Загрузите форматы."
        )
    return found


def _waiting(layout_id: int) -> FileLayout:
    row: FileLayout = FileLayout.objects.select_for_update(of=("self",)).get(pk=layout_id)
    if row.confirmed_at is not None:
        raise LayoutConfirmed(f"Формат «{row}» уже подтверждён.")
    if row.withdrawn_at is not None:
        raise LayoutWithdrawn(f"Формат «{row}» отозван: {row.withdrawn_because}. Составьте новую версию.")
    return row


def _confirmed(code: str) -> DatedQuerySet:
    rows: DatedQuerySet = FileLayout.objects.filter(code=code, confirmed_at__isnull=False)
    return rows


def _usable(definition: Definition) -> Layout:
    try:
        layout = layout_from({**definition, "version": definition.get("version", 1)})
    except BadLayout as error:
        raise LayoutNotUsable(" ".join(error.faults)) from error
    told = {group.service for group in layout.groups} | {group.paired_service for group in layout.groups}
    used = {*told, *layout.services.values(), *layout.service_names.values()} - {""}
    unknown = used - set(Service.objects.filter(code__in=used).values_list("code", flat=True))
    if unknown:
        raise LayoutNotUsable(f"В справочнике услуг нет кодов: {', '.join(sorted(unknown))}.")
    return layout


def _refuse_early(code: str, valid_from: dt.date) -> None:
    later = _confirmed(code).filter(valid_from__gte=valid_from).order_by("-valid_from").first()
    if later is not None:
        raise LayoutTooEarly(
            f"«{later}» действует с {later.valid_from:%d.%m.%Y}: новая версия начинается позже этого дня."
        )


def _hand_over_to(layout: FileLayout) -> None:
    """Let every provider that follows an earlier version follow this one from its first day on."""
    earlier = ProviderLayout.objects.filter(layout__code=layout.code).exclude(layout=layout)
    for choice in earlier.valid_on(layout.valid_from).filter(valid_from__lt=layout.valid_from).order_by("pk"):
        choose_layout(provider=choice.provider, layout=layout, valid_from=layout.valid_from)
    earlier.filter(valid_from__gte=layout.valid_from).update(layout=layout)


def _give_to_its_provider(layout: FileLayout) -> None:
    if layout.for_provider is None:
        return
    followed = ProviderLayout.objects.filter(provider=layout.for_provider, layout=layout)
    if not followed.valid_on(layout.valid_from).exists():
        choose_layout(provider=layout.for_provider, layout=layout, valid_from=layout.valid_from)


def _install(code: str, by: Staff, confirmed_by: Staff, at: dt.datetime) -> FileLayout:
    definition = preset_definition(code)
    row, _ = FileLayout.objects.get_or_create(
        code=definition["code"],
        version=definition["version"],
        defaults={
            "name": definition["name"],
            "source": definition["source"],
            "is_partial": definition["partial"],
            "definition": definition,
            "entered_at": at,
            "entered_by": by,
            "confirmed_at": at,
            "confirmed_by": confirmed_by,
        },
    )
    return row
