"""What a rehearsal may be asked for: months, services, scopes of the directories."""

from dataclasses import dataclass

from calculations.inputs.billing import NORMED_PER_AREA
from calculations.models import CalculationRun
from offices.models import District, Office
from offices.months import month_name
from providers.in_force import REGION, Scope
from providers.models import ConsumptionNorm, Service, Tariff

EVERY_ROW = "every"
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of the form: (code, words); the norms of the services `per_area` are per square meter."""

    months: tuple[Choice, ...]
    services: tuple[Choice, ...]
    scopes: tuple[tuple[str, tuple[Choice, ...]], ...]
    per_area: frozenset[str]


def choices(*, office: Office | None) -> Choices:
    """Return what may be chosen for an office, or for the region; a fixed number of queries."""
    services = list(Service.objects.filter(is_supported=True).order_by("code").values_list("code", "name", "kind"))
    return Choices(
        months=_months(office),
        services=tuple((code, name) for code, name, _ in services),
        scopes=_scopes(),
        per_area=frozenset(code for code, _, kind in services if kind in NORMED_PER_AREA),
    )


def scope_of(code: str) -> Scope | None:
    """Read a scope chosen: «provider:12»; None stands for every row."""
    if code == EVERY_ROW:
        return None
    kind, _, number = code.partition(":")
    return Scope(kind, int(number)) if number else REGION


def _months(office: Office | None) -> tuple[Choice, ...]:
    runs = CalculationRun.objects.filter(status=CalculationRun.Status.APPROVED)
    if office is not None:
        runs = runs.filter(office=office)
    found = runs.order_by("-month").values_list("month", flat=True).distinct()
    return tuple((f"{month:%Y-%m}", month_name(month)) for month in found)


def _scopes() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    districts = District.objects.order_by("name").values_list("pk", "name")
    providers: dict[int, str] = {}
    settlements: dict[int, str] = {}
    for model in (Tariff, ConsumptionNorm):
        own = model._default_manager.filter(provider__isnull=False)
        providers |= dict(own.values_list("provider_id", "provider__short_name"))
        local = model._default_manager.filter(settlement__isnull=False)
        settlements |= dict(local.values_list("settlement_id", "settlement__name"))
    return (
        ("Шире всего", ((EVERY_ROW, "все строки услуги"), (REGION.kind, "вся область"))),
        ("Предприятия со своими строками", _named("provider", providers)),
        ("Населённые пункты со своими строками", _named("settlement", settlements)),
        ("Районы", _named("district", dict(districts))),
    )


def _named(kind: str, names: dict[int, str]) -> tuple[Choice, ...]:
    return tuple((f"{kind}:{pk}", name) for pk, name in sorted(names.items(), key=lambda one: one[1]))
