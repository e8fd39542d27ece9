"""A region-wide provider exchanges one file for all districts in the whole months of the demo (3.8, 3.9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from exchange.dbf.records import join_tables
from exchange.models import ProviderFileScope, RegionFile
from exchange.selectors.region_files import region_months, standing_answer
from exchange.services.file_scopes import confirm_scope, enter_scope
from exchange.services.region_requests import acknowledge_region_request, send_region_request
from exchange.services.region_returns import receive_region_file
from offices.models import Role
from offices.months import next_month
from providers.models import Provider
from workplace.services.playing.days import DemoDays
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import GOOD, Manners, Planted
from workplace.simulation.providers import Request, answer

CAPITAL_REPAIR, GAS = "191", "102"


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a provider's files: from which month, by what paper, and whether a second person agreed."""

    provider: str
    is_one: bool
    valid_from: dt.date
    basis: str
    is_confirmed: bool = True


def agree(*, scene: Scene, days: DemoDays) -> None:
    """Say which providers have one file for the region; what was said before is left as it is.

    The fund of capital repair has it in the whole months and goes back in the month in progress; the gas company's
    waits for a second person.
    """
    author, second = scene.cast.one(Role.RECEPTION), scene.cast.one(Role.VERIFIER)
    at = scene.timetable.at(Moment.OPENING)
    for said in (
        _Said(CAPITAL_REPAIR, True, days.whole[0], "письмо фонда № 88 об одном файле на область"),
        _Said(CAPITAL_REPAIR, False, days.in_progress, "письмо фонда № 103 о файлах по районам"),
        _Said(GAS, True, next_month(days.in_progress), "письмо предприятия № 12", is_confirmed=False),
    ):
        provider = Provider.objects.get(code=said.provider)
        if ProviderFileScope.objects.filter(provider=provider, valid_from=said.valid_from).exists():
            continue
        entered = enter_scope(
            provider_id=provider.pk, is_one=said.is_one, valid_from=said.valid_from, basis=said.basis, by=author, at=at
        )
        if said.is_confirmed:
            confirm_scope(scope_id=entered.pk, by=second, at=at)


def send(*, scene: Scene) -> None:
    """Send every one-file provider the joined requests of the played offices; it confirms the receipt."""
    by = scene.cast.one(Role.RECEPTION)
    for month in region_months(month=scene.month):
        if not month.prepared:
            continue
        at = scene.timetable.at(Moment.ACKNOWLEDGED)
        whole = send_region_request(
            provider_id=month.provider.pk,
            month=scene.month,
            without=[office.code for office in month.awaited],
            by=by,
            at=scene.timetable.at(Moment.REQUESTS),
        )
        acknowledge_region_request(file_id=whole.pk, who=f"{month.provider}, группа приёма", at=at)


def receive(*, scene: Scene, requests: Sequence[tuple[str, Request]]) -> list[Planted]:
    """Receive the one answer to every whole request; `requests` are its parts with the codes of their offices.

    Tells what the providers planted in the answers of this call.
    """
    by_provider: dict[str, list[tuple[str, Request]]] = defaultdict(list)
    for office, request in requests:
        by_provider[request.provider_code].append((office, request))
    sent = RegionFile.objects.filter(kind=RegionFile.Kind.REQUEST, month=scene.month)
    planted: list[Planted] = []
    for whole in sent.select_related("provider", "layout").order_by("provider__code", "number"):
        assert whole.provider is not None, "a whole request has its provider"
        asked = by_provider.get(whole.provider.code, [])
        if asked and standing_answer(whole) is None:
            planted += _receive(scene, whole, asked)
    return planted


def _receive(scene: Scene, whole: RegionFile, asked: Sequence[tuple[str, Request]]) -> list[Planted]:
    answers = [(office, answer(request, seed=scene.seed, manners=_of_rows(scene.manners))) for office, request in asked]
    receive_region_file(
        content=join_tables([one.content for _, answered in answers for one in answered.deliveries]),
        name=whole.name,
        month=scene.month,
        request=whole,
        by=scene.cast.one(Role.RECEPTION),
        at=scene.timetable.at(Moment.RETURNS),
    )
    return [replace(one, office=office, file=whole.name) for office, answered in answers for one in answered.planted]


def _of_rows(manners: Manners) -> Manners:
    """Keep the faults of rows that still say whose they are: the file itself is whole, in time and nobody's else."""
    kept = ("tariff", "area", "residents", "product", "negative", "arrears", "missing")
    return replace(GOOD, **{name: getattr(manners, name) for name in kept})
