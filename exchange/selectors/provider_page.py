"""One provider: what it bills at which tariffs, and its months with files and protocols."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from exchange.models import DiscrepancyProtocol, ExchangeFile, ProviderLayout
from exchange.selectors.awaited import answered
from exchange.selectors.monitor import MONTHS, mark_of
from exchange.selectors.monitor_facts import BilledMonth
from exchange.selectors.monitor_rows import Mark
from offices.models import Office
from offices.months import shift_month
from providers.models import Agreement, Charge, Provider, ProviderDistrict, Service, Tariff

MOST_ROWS = 60
Kind, Status = ExchangeFile.Kind, ExchangeFile.Status


@dataclass(frozen=True, slots=True)
class Billed:
    """A service of a provider: charges and roubles billed in `month`, and the tariffs in force."""

    service: Service
    charges: int
    billed: Decimal
    tariffs: tuple[Tariff, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class MonthOfFiles:
    """One request of a month and what came of it: the accepted file, the refused ones, the protocols."""

    request: ExchangeFile
    mark: Mark
    due_on: dt.date | None
    accepted: ExchangeFile | None
    refused: tuple[ExchangeFile, ...]
    protocols: tuple[DiscrepancyProtocol, ...]


def providers_seen(*, offices: Collection[Office]) -> QuerySet[Provider]:
    """Return the providers the offices exchange files with: an agreement, a request, or work in the district."""
    keys = [office.pk for office in offices]
    districts = [office.district_id for office in offices if office.district_id]
    own = (
        Exists(Agreement.objects.filter(provider=OuterRef("pk"), office__in=keys))
        | Exists(ExchangeFile.objects.filter(provider=OuterRef("pk"), office__in=keys))
        | Exists(ProviderDistrict.objects.filter(provider=OuterRef("pk"), district__in=districts))
    )
    return Provider.objects.filter(own)


def agreements_of(*, provider: Provider, offices: Collection[Office]) -> QuerySet[Agreement]:
    """Return the provider's agreements with the offices, those in force and former, the latest first."""
    found: QuerySet[Agreement] = Agreement.objects.filter(provider=provider, office__in=[one.pk for one in offices])
    return found.select_related("office__district").order_by("office__district__name", "-valid_from", "pk")


def layouts_of(*, provider: Provider) -> QuerySet[ProviderLayout]:
    """Return the layouts of the provider's files, the latest first."""
    found: QuerySet[ProviderLayout] = ProviderLayout.objects.filter(provider=provider)
    return found.select_related("layout").order_by("-valid_from", "pk")


def billed_services(
    *, provider: Provider, offices: Collection[Office], month: dt.date, today: dt.date
) -> tuple[dt.date, list[Billed]]:
    """Return the last of two months with charges of the provider, and its services with the tariffs in force today.

    A tariff of the provider's own hides the region's; both are confirmed ones. Three queries.
    """
    months = (shift_month(month, -1), month)
    charges = Charge.objects.of_their_month().filter(
        provider=provider, month__in=months, office__in=[one.pk for one in offices]
    )
    sums = charges.order_by().values_list("month", "service_id").annotate(n=Count("pk"), billed=Sum("billed"))
    by_month: dict[dt.date, dict[str, tuple[int, Decimal]]] = defaultdict(dict)
    for of_month, service, count, billed in sums:
        by_month[of_month][service] = (count, billed)
    last = max(by_month, default=month)
    in_force = Tariff.objects.valid_on(today).filter(confirmed_at__isnull=False)
    region = Q(provider__isnull=True, district__isnull=True, settlement__isnull=True)
    tariffs: dict[str, list[Tariff]] = defaultdict(list)
    for row in in_force.filter(Q(provider=provider) | region).select_related("decree").order_by("variant", "pk"):
        tariffs[row.service_id].append(row)
    own = {service for service, rows in tariffs.items() if any(row.provider_id for row in rows)}
    services = Service.objects.filter(pk__in={*by_month[last], *own}).order_by("pk")
    return last, [_billed(service, by_month[last].get(service.pk), tariffs[service.pk]) for service in services]


def history_of(
    *, provider: Provider, offices: Collection[Office], month: dt.date, today: dt.date
) -> list[MonthOfFiles]:
    """Return the provider's requests of the last twelve months and what came of them, at most 60, the latest first."""
    requests = ExchangeFile.objects.filter(
        kind=Kind.REQUEST,
        provider=provider,
        office__in=[office.pk for office in offices],
        month__lte=month,
        month__gte=shift_month(month, 1 - MONTHS),
    )
    rows = list(
        answered(requests)
        .select_related("office__district", "file")
        .order_by("-month", "office__district__name", "pk")[:MOST_ROWS]
    )
    returns: dict[int, list[ExchangeFile]] = defaultdict(list)
    came = ExchangeFile.objects.filter(kind=Kind.RETURN, request__in=[row.pk for row in rows])
    for file in came.select_related("file").order_by("at", "pk"):
        returns[file.request_id or 0].append(file)
    protocols: dict[int, list[DiscrepancyProtocol]] = defaultdict(list)
    papers = DiscrepancyProtocol.objects.filter(file__request__in=[row.pk for row in rows])
    for paper in papers.select_related("file").order_by("made_at", "pk"):
        protocols[paper.file.request_id or 0].append(paper)
    return [
        MonthOfFiles(
            request=row,
            mark=mark_of(
                taken_at=row.taken_at,
                was_refused=row.was_refused,
                due_on=row.due_on,
                today=today,
                came_later=row.came_later,
            ),
            due_on=row.due_on,
            accepted=next((file for file in returns[row.pk] if file.status not in ExchangeFile.NOT_STANDING), None),
            refused=tuple(file for file in returns[row.pk] if file.status == Status.REFUSED),
            protocols=tuple(protocols[row.pk]),
        )
        for row in rows
    ]


def arrears_of(*, provider: Provider, offices: Collection[Office], month: dt.date) -> list[BilledMonth]:
    """Return, for each of the last twelve months with charges, whether they came with the arrears, the latest first."""
    charges = Charge.objects.of_their_month().filter(
        provider=provider,
        office__in=[one.pk for one in offices],
        month__lte=month,
        month__gte=shift_month(month, 1 - MONTHS),
    )
    sums = (
        charges.order_by()
        .values_list("month")
        .annotate(billed=Sum("billed"), charges=Count("pk"), with_debt=Count("debt"))
    )
    return [BilledMonth(*row) for row in sums.order_by("-month")]


def _billed(service: Service, counted: tuple[int, Decimal] | None, tariffs: list[Tariff]) -> Billed:
    own = tuple(row for row in tariffs if row.provider_id)
    count, billed = counted or (0, Decimal("0.00"))
    return Billed(service, count, billed, own or tuple(tariffs), bool(own))
