"""What the database refuses of layouts and their drafts; `test_constraints` breaks each rule by raw SQL."""

from exchange.models import FileLayout, LayoutDraft
from tests import factories as make
from tests.constraints import changed, stated
from tests.exchange import stored
from tests.factories import AT

LAYOUT, DRAFT = "exchange.FileLayout", "exchange.LayoutDraft"


def draft(**given: object) -> LayoutDraft:
    """A draft that began with a sample."""
    begun = {"begun_at": AT, "changed_at": AT, "sample": stored.stored_file(), "author": make.staff()}
    return LayoutDraft.objects.create(**begun | given)


def from_a_version() -> LayoutDraft:
    return draft(base=make.layout())


def proposed_draft() -> LayoutDraft:
    return draft(proposed=make.layout(confirmed_at=None))


def beside_a_proposed_draft() -> LayoutDraft:
    proposed_draft()
    return draft()


def waiting() -> FileLayout:
    return make.layout(confirmed_at=None)


def withdrawn() -> FileLayout:
    return make.layout(confirmed_at=None, withdrawn_at=AT, withdrawn_by=make.staff(), withdrawn_because="другой файл")


LAYOUTS = [
    changed(LAYOUT, "layout_is_not_rewritten", waiting, definition="{}", version=5),
    changed(LAYOUT, "layout_is_withdrawn_by_someone_for_a_reason", waiting, withdrawn_at=AT),
    stated(
        LAYOUT,
        "confirmed_layout_is_not_withdrawn",
        make.layout,
        "UPDATE {table} SET withdrawn_at = confirmed_at, withdrawn_by_id = confirmed_by_id, withdrawn_because = 'ошибка'"
        " WHERE id = {key}",
    ),
    changed(LAYOUT, "withdrawn_layout_is_final", withdrawn, name="другое имя"),
    changed(DRAFT, "layout_draft_begins_with_something", draft, sample_id=None),
    stated(
        DRAFT,
        "layout_draft_ends_once",
        from_a_version,
        "UPDATE {table} SET discarded_at = begun_at, proposed_id = base_id WHERE id = {key}",
    ),
    stated(
        DRAFT,
        "unique proposed",
        beside_a_proposed_draft,
        "UPDATE {table} SET proposed_id = (SELECT max(proposed_id) FROM {table}) WHERE id = {key}",
    ),
    changed(DRAFT, "finished_layout_draft_is_not_rewritten", proposed_draft, told="{}"),
]
