"""What is wrong with the directories of tariffs and norms: gaps, overlaps, stale rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django.db import connection

from calculations.inputs.measure import ServiceBook
from calculations.inputs.reading import directories_of, service_book
from calculations.rules.kinds import ServiceKind, line_kind
from calculations.rules.regimes import regime_of, rule_for
from calculations.rules.rule import needs_nothing
from calculations.rules.terms import days_of
from offices.months import month_name, shift_month
from providers.awaiting import NORM_KEY, TARIFF_KEY
from providers.in_force import Place, Traits
from providers.models import ConsumptionNorm, Provider, Service, Tariff
from workplace.selectors.guard.words import scope_of, title_of, value_of

GAP, OVERLAP, STALE, ENDING = "gap", "overlap", "stale", "ending"
WORDS: Final = {GAP: "пробел", OVERLAP: "пересечение", STALE: "устарело", ENDING: "заканчивается"}
LONG_MONTHS: Final = 18
ENDS_WITHIN: Final = dt.timedelta(days=31)
JULY: Final = 7
TARIFFS, NORMS = "admin:providers_tariff_changelist", "admin:providers_consumptionnorm_changelist"
_BILLED: Final = """
    SELECT charge.service_id, charge.provider_id, dwelling.district_id, street.settlement_id, settlement.is_rural,
           facts.stock, facts.kind, facts.stove, facts.rooms, facts.amenities,
           (SELECT count(*) FROM housing_residence home WHERE home.dwelling_id = dwelling.id
            AND home.valid_from <= %(month)s AND (home.valid_to IS NULL OR home.valid_to > %(month)s)) residents,
           count(DISTINCT charge.recipient_id)
    FROM providers_charge charge
    JOIN providers_serviceaccount account ON account.id = charge.account_id
    JOIN housing_dwelling dwelling ON dwelling.id = account.dwelling_id
    JOIN housing_address address ON address.id = dwelling.address_id
    JOIN housing_street street ON street.id = address.street_id
    JOIN housing_settlement settlement ON settlement.id = street.settlement_id
    JOIN housing_dwellingfacts facts ON facts.dwelling_id = dwelling.id AND facts.valid_from <= %(month)s
         AND (facts.valid_to IS NULL OR facts.valid_to > %(month)s)
    WHERE charge.month = %(month)s AND charge.billed_for IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a directory, in one sentence; `route` leads to its table, `row_id` to its row."""

    pk: int
    kind: str
    what: str
    sentence: str
    recipients: int | None
    route: str
    row_id: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    what: str
    sentence: str
    route: str
    row_id: int | None = None
    recipients: int | None = None


def findings(*, month: dt.date, on: dt.date) -> list[Finding]:
    """Return everything that is wrong with the directories of the month billed, as of a day; gaps first."""
    rows = {model: list(_confirmed(model)) for model in (Tariff, ConsumptionNorm)}
    found = [
        *_gaps(month),
        *_overlaps(rows[ConsumptionNorm]),
        *_ending(rows[Tariff], TARIFF_KEY, TARIFFS, on),
        *_ending(rows[ConsumptionNorm], NORM_KEY, NORMS, on),
        *_stale(rows[Tariff], on),
    ]
    return [
        Finding(number, one.kind, one.what, one.sentence, one.recipients, one.route, one.row_id)
        for number, one in enumerate(found, start=1)
    ]


def _confirmed(model: Any) -> Any:
    rows = model._default_manager.filter(confirmed_at__isnull=False)
    return rows.select_related("service", "provider", "district", "settlement", "decree").order_by("pk")


def _gaps(month: dt.date) -> Iterator[_Found]:
    """Look every billed service up as the calculation will, and tell what is not found, by provider."""
    book, directories = service_book(), directories_of(month)
    missing: dict[tuple[str, str, int], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(_BILLED, {"month": month})
        billed = cursor.fetchall()
    for (
        service,
        provider,
        district,
        settlement,
        rural,
        stock,
        kind,
        stove,
        rooms,
        amenities,
        residents,
        people,
    ) in billed:
        named = book.kinds.get(service)
        if named is None:
            continue
        place = Place(provider, settlement, district)
        traits = Traits(stock, kind, stove, rooms, amenities, is_rural=rural)
        is_normed = _is_normed(line_kind(named), month)
        tariff = directories.tariffs.find(service, place=place, traits=traits)
        if is_normed and sum(row.days for row in tariff) != days_of(month):
            missing["tariff", service, provider] += people
        code = _code(book, named, service)
        norms = directories.norms.find(code, place=place, traits=traits, residents=residents)
        if is_normed and line_kind(named) is not ServiceKind.CAPITAL_REPAIR and not norms:
            missing["norm", code, provider] += people
    yield from _told_gaps(missing, month)


def _is_normed(kind: ServiceKind, month: dt.date) -> bool:
    return rule_for(regime_of(month), kind).needs is not needs_nothing


def _code(book: ServiceBook, kind: ServiceKind, service: str) -> str:
    return book.codes.get(line_kind(kind), service)


def _told_gaps(missing: dict[tuple[str, str, int], int], month: dt.date) -> Iterator[_Found]:
    services = dict(Service.objects.values_list("code", "name"))
    providers = dict(Provider.objects.filter(pk__in={key[2] for key in missing}).values_list("pk", "short_name"))
    for (what, service, provider), people in sorted(missing.items(), key=lambda one: (-one[1], one[0])):
        word, none = ("Тариф", "нет подтверждённого тарифа") if what == "tariff" else ("Норматив", "нет норматива")
        yield _Found(
            kind=GAP,
            what=f"{word}: {services.get(service, service)}",
            sentence=(
                f"{providers.get(provider, '')} начисляет услугу за {month_name(month)}, а на весь месяц {none}: "
                "эквивалент по ней не посчитается. Введите строку или подтвердите ту, что ждёт."
            ),
            route=TARIFFS if what == "tariff" else NORMS,
            recipients=people,
        )


def _overlaps(rows: Iterable[ConsumptionNorm]) -> Iterator[_Found]:
    """Find norms of one scope that fit the same dwelling equally well, so that chance decides between them.

    Two rows of one scope and shape on the same day are forbidden by the database itself.
    """
    scopes: dict[tuple[object, ...], list[ConsumptionNorm]] = defaultdict(list)
    for row in rows:
        scopes[row.service_id, row.provider_id, row.district_id, row.settlement_id].append(row)
    for alike in scopes.values():
        for first, second in combinations(alike, 2):
            if _meets(first, second) and first.amount != second.amount:
                yield _Found(
                    kind=OVERLAP,
                    what=title_of(first),
                    sentence=(
                        f"Строки «{scope_of(first)}: {value_of(first)}» и «{scope_of(second)}: {value_of(second)}» "
                        "подходят одному жилью одинаково: уточните одну из них."
                    ),
                    route=NORMS,
                    row_id=second.pk,
                )


def _meets(first: ConsumptionNorm, second: ConsumptionNorm) -> bool:
    days = (first.valid_to is None or first.valid_to > second.valid_from) and (
        second.valid_to is None or second.valid_to > first.valid_from
    )
    names = ("stove", "dwelling_kind", "amenities")
    apart = any(getattr(first, name) and getattr(second, name) not in ("", getattr(first, name)) for name in names)
    return days and not apart and _rank(first) == _rank(second)


def _rank(row: ConsumptionNorm) -> tuple[int, int, int]:
    named = sum(1 for trait in (row.stove, row.dwelling_kind, row.amenities) if trait)
    return named, row.rooms or 0, row.persons or 0


def _ending(rows: Iterable[Any], key: tuple[str, ...], route: str, on: dt.date) -> Iterator[_Found]:
    followed = {(_key(row, key), row.valid_from) for row in rows}
    for row in rows:
        if row.valid_to is None or not on <= row.valid_to <= on + ENDS_WITHIN:
            continue
        if (_key(row, key), row.valid_to) not in followed:
            last = row.valid_to - dt.timedelta(days=1)
            yield _Found(
                kind=ENDING,
                what=title_of(row),
                sentence=f"{scope_of(row)}: {value_of(row)} действует по {last:%d.%m.%Y}, следующей подтверждённой строки нет.",
                route=route,
                row_id=row.pk,
            )


def _key(row: Any, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def _stale(rows: Iterable[Tariff], on: dt.date) -> Iterator[_Found]:
    """Find tariffs that stand longer than is usual: they change every July."""
    july = dt.date(on.year if on.month >= JULY else on.year - 1, JULY, 1)
    newest: dict[int, dt.date] = {}
    for row in rows:
        if row.provider_id is not None:
            newest[row.provider_id] = max(newest.get(row.provider_id, row.valid_from), row.valid_from)
    for row in rows:
        if not row.is_valid_on(on):
            continue
        since = f"{scope_of(row)}: {value_of(row)} действует с {row.valid_from:%d.%m.%Y}"
        why = _why_stale(row, on, july, newest)
        if why:
            yield _Found(STALE, title_of(row), f"{since}, {why}.", TARIFFS, row.pk)


def _why_stale(row: Tariff, on: dt.date, july: dt.date, newest: dict[int, dt.date]) -> str:
    others = newest.get(row.provider_id or 0)
    if others is not None and others > row.valid_from:
        return f"а другие тарифы этого предприятия с {others:%d.%m.%Y} уже новые"
    if row.valid_from < shift_month(on.replace(day=1), -LONG_MONTHS):
        return f"больше {LONG_MONTHS} месяцев"
    if row.decree.issued_on < july - dt.timedelta(days=365) and row.valid_from < july:
        return f"его акт старше июльского изменения {july.year} года"
    return ""
