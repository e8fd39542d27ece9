"""Our side of every row of a returned file: card, services, tariffs, norms, last month's charges (3.10)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import F, Min, QuerySet

from exchange.checks.expectations import Expected, Measure, Share, Tolerances
from exchange.layouts.model import Layout
from exchange.models import ExchangeFile, RequestRow
from exchange.register_content import RegisteredPerson, from_json
from exchange.selectors.continuity import Connected, connected_of, past_of
from exchange.selectors.expected_services import Account, Home, Services, Unlisted, services_of
from exchange.selectors.families import others_in_dwellings
from exchange.selectors.remembered import confirmed_by_memory
from exchange.selectors.renumbered import other_numbers_asked
from housing.models import DwellingFacts
from offices.months import next_month
from providers.in_force import Place, Traits
from recipients.models import EntitledPerson, Entitlement


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all rows of a file share, read once."""

    month: dt.date
    services: Services
    traits: Mapping[int, tuple[Place, Traits]]
    connected: Connected
    entitled: Mapping[int, int]
    begun: Mapping[int, dt.date]
    measure: Measure
    others: Mapping[tuple[int, int], int]
    sum_includes_recalculation: bool
    tolerances: Tolerances


def expected_rows(
    file: ExchangeFile, /, *, layout: Layout, measure: Measure, only: Collection[int] | None = None
) -> dict[int, Expected]:
    """Return, by request row, what a returned file's rows should say; `only` names some of the request's rows.

    Area and household are those that were sent; tariffs and norms are the confirmed ones of the month. The
    number of queries does not depend on the number of rows. Of a row met by memory the account and name expected are
    those the provider sends: a specialist confirmed them in an earlier file. For some time after a
    renumbering an account's other number is expected as well.
    """
    asked = RequestRow.objects.filter(file=file.request_id)
    if only is not None:
        asked = asked.filter(pk__in=only)
    ground = _ground(file, asked, layout, measure)
    confirmed = confirmed_by_memory(file)
    others = {} if file.request is None else other_numbers_asked(file.request)
    facts = asked.order_by("pk").values_list(
        "pk", "services", "account_id", "account__number", "account__dwelling_id", "recipient_id",
        "register_row__entitlement_id", "register_row__content",
    )  # fmt: skip
    expected = {
        pk: _expected(
            ground,
            person=from_json(content),
            services=services,
            account=Account(recipient_id, account_id),
            number=number,
            also=others.get(account_id, ()),
            dwelling_id=dwelling_id,
            entitlement_id=entitlement_id,
        )
        for pk, services, account_id, number, dwelling_id, recipient_id, entitlement_id, content in facts
    }
    return expected | {
        pk: replace(expected[pk], account=account or expected[pk].account, full_name=name or expected[pk].full_name)
        for pk, (account, name) in confirmed.items()
        if pk in expected
    }


def _ground(file: ExchangeFile, asked: QuerySet[RequestRow], layout: Layout, measure: Measure) -> _Ground:
    assert file.provider_id is not None, "a received file knows its provider"
    defaults = Tolerances()
    connected = connected_of(file, asked)
    return _Ground(
        month=file.billed_month,
        services=services_of(
            month=file.billed_month, provider_id=file.provider_id, past=past_of(file, asked), connected=connected
        ),
        traits=_traits(file, asked),
        connected=connected,
        entitled=_entitled(file, asked),
        begun=_begun(asked),
        measure=measure,
        others=others_in_dwellings(asked, file.billed_month) if measure.is_of_family else {},
        sum_includes_recalculation=layout.sum_includes_adjustment,
        tolerances=Tolerances(
            roubles=layout.tolerances.roubles,
            tariff=layout.tolerances.tariff,
            area=max(layout.tolerances.area, defaults.area),
            norm=layout.tolerances.norm,
            jump=layout.tolerances.jump,
        ),
    )


def _traits(file: ExchangeFile, asked: QuerySet[RequestRow]) -> dict[int, tuple[Place, Traits]]:
    dwellings = asked.order_by().values("account__dwelling_id")
    end = next_month(file.billed_month)
    rows = (
        DwellingFacts.objects.touching(file.billed_month, end)
        .filter(dwelling__in=dwellings)
        .order_by("valid_from", "pk")
    )
    facts = rows.values(
        "dwelling_id", "stock", "kind", "stove", "rooms", "amenities",
        settlement=F("dwelling__address__street__settlement_id"),
        is_rural=F("dwelling__address__street__settlement__is_rural"),
        district=F("dwelling__district_id"),
    )  # fmt: skip
    return {
        row["dwelling_id"]: (
            Place(provider_id=file.provider_id, settlement_id=row["settlement"], district_id=row["district"]),
            Traits(
                stock=row["stock"],
                kind=row["kind"],
                stove=row["stove"],
                rooms=row["rooms"],
                amenities=row["amenities"],
                is_rural=row["is_rural"],
            ),
        )
        for row in facts
    }


def _entitled(file: ExchangeFile, asked: QuerySet[RequestRow]) -> dict[int, int]:
    rights = asked.order_by().values("register_row__entitlement_id")
    persons = EntitledPerson.objects.touching(file.billed_month, next_month(file.billed_month)).filter(
        entitlement__in=rights
    )
    counted: dict[int, set[int]] = defaultdict(set)
    for entitlement_id, person_id in persons.values_list("entitlement_id", "person_id"):
        counted[entitlement_id].add(person_id)
    return {entitlement_id: len(people) for entitlement_id, people in counted.items()}


def _begun(asked: QuerySet[RequestRow]) -> dict[int, dt.date]:
    """Return when each right began; a right that followed another on one application began with that one."""
    rights = asked.order_by().values("register_row__entitlement_id")
    first = Entitlement.objects.filter(pk__in=rights).annotate(begun=Min("application__entitlements__valid_from"))
    return dict(first.values_list("pk", "begun"))


def _expected(
    ground: _Ground,
    *,
    person: RegisteredPerson,
    services: list[str],
    account: Account,
    number: str,
    also: tuple[str, ...],
    dwelling_id: int,
    entitlement_id: int,
) -> Expected:
    residents = max(person.residents, 1)
    home = None
    if dwelling_id in ground.traits:
        place, traits = ground.traits[dwelling_id]
        home = Home(place, traits, residents, person.total_area)
    return Expected(
        account=number,
        full_name=person.full_name,
        birth_date=person.birth_date,
        snils=person.snils,
        residents=person.residents,
        total_area=person.total_area,
        right_from=ground.begun[entitlement_id],
        share=Share(
            entitled=min(ground.entitled.get(entitlement_id, 1), residents),
            residents=residents,
            measure=ground.measure,
            others=ground.others.get((dwelling_id, entitlement_id), 0),
        ),
        services={code: ground.services.expected(code, account=account, home=home) for code in services},
        month=ground.month,
        sum_includes_recalculation=ground.sum_includes_recalculation,
        tolerances=ground.tolerances,
        elsewhere=ground.connected.elsewhere.get(dwelling_id, {}),
        also=also,
        stock=home.traits.stock if home else "",
        unlisted=Unlisted(ground.services, account, home),
        charged_on=(account.recipient_id, account.account_id),
    )
