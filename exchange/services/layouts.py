"""File layouts as rows of a directory: our presets stored, a provider's layout chosen (3.8.1)."""

import datetime as dt

from django.db import transaction

from exchange.layouts.definitions import PRESETS, BadLayout, layout_from, preset_definition
from exchange.layouts.model import Layout
from exchange.models import FileLayout, ProviderLayout
from offices.models import Staff
from offices.refusals import Refusal
from providers.models import Provider
from providers.succession import make_room, write


class LayoutNotUsable(Refusal):
    """The layout is not in the directory, not confirmed, or its description cannot be read."""


class LayoutConfirmed(Refusal):
    """A confirmed layout does not change: an oddity is a new version."""


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
def confirm_layout(*, layout_id: int, by: Staff, at: dt.datetime) -> FileLayout:
    """Put a layout into use by a second person.

    Raises LayoutConfirmed, ConfirmedByItsAuthor, LayoutNotUsable when its description is not a layout.
    """
    row: FileLayout = FileLayout.objects.select_for_update(of=("self",)).get(pk=layout_id)
    if row.confirmed_at is not None:
        raise LayoutConfirmed(f"Формат «{row}» уже подтверждён.")
    if row.entered_by_id == by.pk:
        raise ConfirmedByItsAuthor(f"Формат «{row}» подтверждает не тот, кто его ввёл.")
    layout_of(row)
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
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


def confirmed_layout(*, code: str) -> FileLayout:
    """Return the newest confirmed version of a layout in the directory.

    Raises LayoutNotUsable when there is none.
    """
    rows = FileLayout.objects.filter(code=code, confirmed_at__isnull=False)
    found: FileLayout | None = rows.order_by("-version").first()
    if found is None:
        raise LayoutNotUsable(f"В справочнике нет подтверждённого формата «{code}». Загрузите форматы.")
    return found


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
            "entered_by": by,
            "confirmed_at": at,
            "confirmed_by": confirmed_by,
        },
    )
    return row
