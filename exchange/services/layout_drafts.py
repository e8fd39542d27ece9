"""A layout put together step by step: a sample kept, what was told kept at every change, a version proposed (3.8.1)."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from exchange.dbf.encodings import AUTO
from exchange.dbf.verdicts import Refused
from exchange.layouts.beginning import begin_with_sample, begin_with_version
from exchange.layouts.model import Container
from exchange.layouts.samples import is_ruled, likely_widths, sample_of
from exchange.layouts.told import Told, as_kept, as_told
from exchange.media_types import media_type_told_by
from exchange.models import FileLayout, LayoutDraft
from exchange.selectors.layout_drafts import composed, draft_flaws, for_provider
from exchange.services.layouts import propose_layout
from offices import files
from offices.models import Staff, StoredFile
from offices.refusals import Refusal
from providers.models import Service

_FEWEST_COLUMNS = 2
MOST_BYTES = 32 * 1024 * 1024


class SampleNotReadable(Refusal):
    """The sample is no table that can be read; the sentence says why."""


class DraftFinished(Refusal):
    """The draft has become a version or was discarded."""


class DraftNotReady(Refusal):
    """Something in the draft is still wrong; the page says what beside every field."""


@transaction.atomic
def begin_draft(*, content: bytes, name: str, told: Told, by: Staff, at: dt.datetime) -> LayoutDraft:
    """Keep a sample and begin a draft with what it suggests beside what was told.

    Raises SampleNotReadable.
    """
    told = _with_sample(content, told)
    sample = _keep(content, name, by, at)
    return LayoutDraft.objects.create(author=by, sample=sample, told=as_kept(told), begun_at=at, changed_at=at)


@transaction.atomic
def begin_with(*, layout: FileLayout, valid_from: dt.date, by: Staff, at: dt.datetime) -> LayoutDraft:
    """Begin a draft of the next version with one that is there; a sample may be given later."""
    told = replace(begin_with_version(layout.definition), valid_from=valid_from.isoformat())
    return LayoutDraft.objects.create(author=by, base=layout, told=as_kept(told), begun_at=at, changed_at=at)


@transaction.atomic
def give_sample(*, draft_id: int, content: bytes, name: str, by: Staff, at: dt.datetime) -> LayoutDraft:
    """Give a draft a sample, or another one; what was told of its columns stays.

    Raises DraftFinished, SampleNotReadable.
    """
    draft = _open(draft_id)
    told = _with_sample(content, as_told(draft.told))
    draft.sample = _keep(content, name, by, at)
    return _kept(draft, told, at)


@transaction.atomic
def keep_told(*, draft_id: int, told: Told, at: dt.datetime) -> LayoutDraft:
    """Keep what was told, right or wrong; what is told of how the sample is written is tried on it.

    Raises DraftFinished.
    """
    return _kept(_open(draft_id), told, at)


@transaction.atomic
def look_anew(*, draft_id: int, told: Told, at: dt.datetime) -> LayoutDraft:
    """Read the sample as it was told to be written, and suggest what its columns mean.

    Raises DraftFinished, SampleNotReadable.
    """
    draft = _open(draft_id)
    if draft.sample is not None:
        content = files.read(draft.sample)
        needs_widths = told.container == Container.FIXED and not told.widths.strip()
        told = _suggested(content, _ruled(content, told) if needs_widths else told)
    return _kept(draft, told, at)


@transaction.atomic
def propose_draft(*, draft_id: int, by: Staff, at: dt.datetime) -> FileLayout:
    """Make the draft a version that waits for a second person.

    Raises DraftFinished, DraftNotReady, LayoutNotUsable, LayoutTooEarly, NotAcceptable.
    """
    draft = _open(draft_id)
    flaws = draft_flaws(draft)
    if flaws:
        raise DraftNotReady(f"Формат ещё нельзя предложить: {flaws[0].text}")
    told = as_told(draft.told)
    row = propose_layout(
        definition=composed(draft),
        valid_from=dt.date.fromisoformat(told.valid_from),
        for_provider=for_provider(told),
        by=by,
        at=at,
    )
    draft.proposed, draft.changed_at = row, at
    draft.save(update_fields=["proposed", "changed_at"])
    return row


@transaction.atomic
def discard_draft(*, draft_id: int, at: dt.datetime) -> LayoutDraft:
    """Put a draft aside for good. Raises DraftFinished."""
    draft = _open(draft_id)
    draft.discarded_at = at
    draft.save(update_fields=["discarded_at"])
    return draft


def _open(draft_id: int) -> LayoutDraft:
    draft: LayoutDraft = LayoutDraft.objects.select_for_update(of=("self",)).get(pk=draft_id)
    if draft.proposed_id is not None or draft.discarded_at is not None:
        raise DraftFinished("Этот черновик уже закончен: он стал версией формата или отброшен.")
    return draft


def _kept(draft: LayoutDraft, told: Told, at: dt.datetime) -> LayoutDraft:
    draft.told, draft.changed_at = as_kept(told), at
    draft.save(update_fields=["told", "sample", "changed_at"])
    return draft


def _keep(content: bytes, name: str, by: Staff, at: dt.datetime) -> StoredFile:
    told = media_type_told_by(content, name=name)
    return files.store(content=content, name=name[:200], media_type=told, by=by, at=at)


def _with_sample(content: bytes, told: Told) -> Told:
    """Read a sample as it tells itself; a text without delimiters, or a ruled one, is of fixed width."""
    if len(content) > MOST_BYTES:
        raise SampleNotReadable(f"Образец больше {MOST_BYTES // 1024 // 1024} МБ: хватит файла одного района.")
    try:
        sample = sample_of(content, told)
        is_doubtful = sample.container is Container.CSV and sample.writing.delimiter == "," and is_ruled(content)
    except Refused as refused:
        return _of_fixed_width(content, told, refused)
    return _suggested(content, _ruled(content, told) if is_doubtful and not told.columns else told)


def _of_fixed_width(content: bytes, told: Told, refused: Refused) -> Told:
    """Read what has no delimiters as text of fixed width, its columns guessed. Raises SampleNotReadable."""
    try:
        ruled = _ruled(content, told)
    except Refused:
        ruled = told
    if len(ruled.widths.splitlines()) < _FEWEST_COLUMNS:
        raise SampleNotReadable(f"Образец не читается: {refused.text}") from refused
    return _suggested(content, ruled)


def _ruled(content: bytes, told: Told) -> Told:
    widths = likely_widths(content, encoding=told.encoding or AUTO, header_row=0)
    return replace(told, container=Container.FIXED.value, widths=widths, header_row=0)


def _suggested(content: bytes, told: Told) -> Told:
    try:
        sample = sample_of(content, told)
    except Refused as refused:
        raise SampleNotReadable(f"Образец не читается: {refused.text}") from refused
    return begin_with_sample(sample, told, ours=frozenset(Service.objects.values_list("code", flat=True)))
