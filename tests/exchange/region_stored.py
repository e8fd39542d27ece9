"""Minimal valid rows of whole files of the region and of what stands in them, for tests of the tables themselves."""

from typing import Any

from exchange.models import ProviderFileScope, RegionFile, RegionPart, RegionStray
from tests import factories as make
from tests.exchange import stored
from tests.factories import AT, MONTH


def scope(**given: Any) -> ProviderFileScope:
    """A setting in use: entered by one person, confirmed by another."""
    facts = {
        "provider": None,
        "is_one_file": True,
        "basis": "письмо № 4",
        "valid_from": MONTH,
        "entered_at": AT,
    } | given
    facts["provider"] = facts["provider"] or make.provider(is_regional=True)
    people = {"entered_by": make.staff(), "confirmed_by": make.staff(), "confirmed_at": AT}
    return ProviderFileScope.objects.create(**people | facts)


def waiting_scope() -> ProviderFileScope:
    return scope(confirmed_at=None, confirmed_by=None)


def region_request(**given: Any) -> RegionFile:
    return _whole("request", **{"status": "sent", "rows": 1, "layout": make.layout()} | given)


def acknowledged_request() -> RegionFile:
    return region_request(status="acknowledged", acknowledged_at=AT, acknowledged_by="Группа приёма")


def region_answer(**given: Any) -> RegionFile:
    asked = given.pop("request", None) or region_request()
    own = {
        "status": "received",
        "request": asked,
        "provider": asked.provider,
        "layout": asked.layout,
        "rows": 1,
        "billed": "10.00",
    }
    return _whole("return", **own | given)


def replacing_answer() -> RegionFile:
    former = region_answer(status="superseded")
    return region_answer(request=former.request, replaces=former)


def part() -> RegionPart:
    """The one row of a district, which is the first of the whole."""
    request = stored.exchange_file("request", "prepared", layout=make.layout())
    whole = region_request(provider=request.provider, layout=request.layout)
    return RegionPart.objects.create(whole=whole, file=request, row_numbers=[1])


def stray() -> RegionStray:
    return RegionStray.objects.create(
        whole=region_answer(stray_rows=1), row_number=1, reason="unknown", content={}, billed="10.00", candidates=[]
    )


def _whole(kind: str, **given: Any) -> RegionFile:
    make.open_month()
    kept = stored.stored_file()
    made = {"month": MONTH, "name": kept.name, "sha256": kept.sha256, "at": AT} | given
    made["provider"] = made.get("provider") or make.provider(is_regional=True)
    made["by"] = made.get("by") or make.staff()
    return RegionFile.objects.create(**{"kind": kind, "file": kept} | made)
