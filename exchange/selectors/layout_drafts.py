"""What a draft of a layout is by now: its definition, what is wrong in it, its first rows as they would load."""

import datetime as dt
from functools import cached_property
from itertools import islice
from typing import Any

from exchange.dbf.cells import Value
from exchange.dbf.verdicts import Refused
from exchange.layouts.composing import compose, flaws_in
from exchange.layouts.definitions import BadLayout, layout_from
from exchange.layouts.samples import sample_of
from exchange.layouts.soundness import Flaw
from exchange.layouts.suggestions import ROWS_LOOKED_AT, Likely, suggest_mapping
from exchange.layouts.tables.opened import Sample
from exchange.layouts.told import Told, as_told
from exchange.models import FileLayout, LayoutDraft
from exchange.selectors.layout_preview import Preview, preview_of
from offices import files
from providers.models import Provider, Service


def open_drafts(*, author_id: int) -> Any:
    """Return the drafts that their author has not finished, the last changed first."""
    mine = LayoutDraft.objects.filter(author_id=author_id, proposed__isnull=True, discarded_at__isnull=True)
    return mine.select_related("base", "sample").order_by("-changed_at", "-pk")


class DraftRead:
    """A draft with its sample read once; every question about it is answered from there."""

    def __init__(self, draft: LayoutDraft) -> None:
        self.draft = draft
        self.told = as_told(draft.told)
        self.content = files.read(draft.sample) if draft.sample is not None else None

    @cached_property
    def refusal(self) -> str:
        """Why the sample cannot be read as it was told to be written; empty where it can, or where there is none."""
        return self._opened[1]

    @property
    def sample(self) -> Sample | None:
        return self._opened[0]

    @cached_property
    def looked(self) -> tuple[list[tuple[Value, ...]], list[Likely | None]]:
        """The first rows of the sample and the likeliest meaning of each column; nothing where there is no sample."""
        if self.sample is None:
            return [], []
        table = self.sample.table
        return [row.values for row in islice(table.rows(), ROWS_LOOKED_AT)], [
            one.best for one in suggest_mapping(table)
        ]

    @cached_property
    def definition(self) -> dict[str, Any] | None:
        """The definition as far as it was told; None while the sample cannot be read and nothing else is there."""
        base = self.draft.base
        if self.sample is None and base is None:
            return None
        return compose(self.told, sample=self.sample, base=base.definition if base is not None else None)

    @cached_property
    def flaws(self) -> list[Flaw]:
        """Everything that keeps the draft from being proposed."""
        if self.definition is None:
            return [Flaw("file", self.refusal)]
        refused = [Flaw("file", self.refusal)] if self.refusal else []
        return [*refused, *flaws_in(self.told, self.definition), *_about_directories(self)]

    @cached_property
    def preview(self) -> Preview:
        """The first rows of the sample as the real reading would load them."""
        if self.content is None or self.definition is None or self.refusal:
            return Preview(refusal=self.refusal)
        try:
            layout = layout_from(self.definition)
            return preview_of(layout, self.content, services=service_names())
        except BadLayout:
            return Preview(refusal="Строки появятся, когда будут исправлены ошибки в описании столбцов и услуг.")
        except Refused as refused:
            return Preview(refusal=f"Такой файл не будет принят: {refused.text}")

    @cached_property
    def _opened(self) -> tuple[Sample | None, str]:
        if self.content is None:
            return None, ""
        try:
            return sample_of(self.content, self.told), ""
        except Refused as refused:
            return None, refused.text


def composed(draft: LayoutDraft, /) -> dict[str, Any]:
    """Return the definition of a draft as far as it was told; an empty one where nothing can be read."""
    return DraftRead(draft).definition or {}


def draft_flaws(draft: LayoutDraft, /) -> list[Flaw]:
    """Return everything that keeps a draft from being proposed."""
    return DraftRead(draft).flaws


def for_provider(told: Told, /) -> Provider | None:
    """Return the provider that the layout is entered for; None where it is for nobody alone."""
    return Provider.objects.filter(code=told.provider).first() if told.provider else None


def service_names() -> dict[str, str]:
    """Return our services by code, in the order of their codes."""
    return dict(Service.objects.order_by("code").values_list("code", "name"))


def _about_directories(read: DraftRead) -> list[Flaw]:
    told, flaws = read.told, []
    taken = FileLayout.objects.filter(code=told.code).order_by("-version").first()
    if taken is not None and (read.draft.base is None or read.draft.base.code != told.code):
        flaws.append(
            Flaw("code", f"Код «{told.code}» у формата «{taken}»: измените его («Изменить») или выберите другой код.")
        )
    if told.provider and for_provider(told) is None:
        flaws.append(Flaw("provider", f"Предприятия с кодом «{told.provider}» нет в справочнике."))
    later = FileLayout.objects.filter(code=told.code, confirmed_at__isnull=False).order_by("-valid_from").first()
    day = _day(told.valid_from)
    if told.valid_from and day is None:
        flaws.append(Flaw("valid_from", "День пишут так: 01.12.2026."))
    if later is not None and day is not None and day <= later.valid_from:
        flaws.append(
            Flaw("valid_from", f"«{later}» действует с {later.valid_from:%d.%m.%Y}: новая версия начинается позже.")
        )
    return flaws


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
