"""The directory of file layouts as pages show it: all versions, one version in words, what it changes (3.8.1)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from exchange.layouts.definitions import BadLayout, layout_from
from exchange.layouts.wording import Change, LayoutWords, changes_between, words_of
from exchange.models import FileLayout, ProviderLayout
from exchange.selectors.layout_drafts import service_names
from providers.models import Provider

WAITING, IN_FORCE, LATER, ENDED, WITHDRAWN = "waiting", "in_force", "later", "ended", "withdrawn"
STATES = {
    WAITING: "ждёт подтверждения",
    IN_FORCE: "действует",
    LATER: "подтверждён, начнёт действовать",
    ENDED: "заменён следующей версией",
    WITHDRAWN: "отозван",
}


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of a layout in words, what it changes, and who follows it. `fault` says why it cannot be read."""

    row: FileLayout
    words: LayoutWords | None
    before: FileLayout | None
    changes: tuple[Change, ...]
    followers: tuple[ProviderLayout, ...]
    fault: str = ""


def layout_versions(*, on: dt.date) -> QuerySet[FileLayout]:
    """Return every version with its state on a day and how many providers follow it then."""
    followed = ProviderLayout.objects.valid_on(on).filter(layout=OuterRef("pk")).order_by().values("layout")
    state = Case(
        When(withdrawn_at__isnull=False, then=Value(WITHDRAWN)),
        When(confirmed_at__isnull=True, then=Value(WAITING)),
        When(valid_from__gt=on, then=Value(LATER)),
        When(Q(valid_to__isnull=False) & Q(valid_to__lte=on), then=Value(ENDED)),
        default=Value(IN_FORCE),
    )
    rows: Any = FileLayout.objects.select_related("entered_by", "confirmed_by", "withdrawn_by", "for_provider")
    counted = Subquery(followed.annotate(n=Count("pk")).values("n"))
    found: QuerySet[FileLayout] = rows.annotate(
        state=state, followed=Coalesce(counted, 0), container=F("definition__container")
    )
    return found


def version_shown(row: FileLayout, /, *, on: dt.date) -> VersionShown:
    """Return a version as it is read and printed, compared with the confirmed version before it."""
    followers = tuple(
        ProviderLayout.objects.filter(layout=row)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .select_related("provider")
        .order_by("provider__short_name", "pk")
    )
    services = service_names()
    try:
        words = words_of(layout_from(row.definition), services=services)
    except BadLayout as unusable:
        return VersionShown(row, None, None, (), followers, str(unusable))
    earlier = FileLayout.objects.filter(code=row.code, version__lt=row.version, confirmed_at__isnull=False)
    before = earlier.order_by("-version").first()
    changes = _changes(before, words, services)
    return VersionShown(row, words, before, changes, followers)


def asked_providers() -> list[tuple[str, str]]:
    """Return codes and names of the providers that a layout may be entered for."""
    return list(Provider.objects.order_by("short_name", "pk").values_list("code", "short_name"))


def _changes(before: FileLayout | None, words: LayoutWords, services: dict[str, str]) -> tuple[Change, ...]:
    if before is None:
        return ()
    try:
        return changes_between(words_of(layout_from(before.definition), services=services), words)
    except BadLayout:
        return ()
