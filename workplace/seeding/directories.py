"""Acts, services, tariffs, norms, parameters, grounds, reasons, providers and their layouts."""

import datetime as dt
from collections.abc import Mapping

from calculations.models import Parameter
from exchange.models import FileLayout, ProviderLayout
from exchange.services.layouts import install_presets
from offices.models import Decree, Office
from payments.models import ReturnReason
from providers.models import (
    Agreement,
    ConsumptionNorm,
    Provider,
    ProviderDistrict,
    Service,
    Tariff,
)
from recipients.models import Ground
from workplace.demo import directories as demo_directories
from workplace.demo import providers as demo_providers
from workplace.demo import tariffs as demo_tariffs
from workplace.demo.directories import DemoDecree, DemoGround
from workplace.seeding.fuel import seed_fuel
from workplace.seeding.places import Places
from workplace.seeding.signers import Signers

SINCE = dt.date(2007, 11, 1)
AGREED_SINCE = dt.date(2024, 1, 1)
FEDERAL_SINCE = dt.date(2016, 1, 1)
COURT_ACT_SINCE = dt.date(2022, 1, 1)
# Code, value, from which day, key of its act in `demo/data/directories.toml`; a row ends where the next of its code begins.
PARAMETERS = (
    (Parameter.Code.DISCOUNT, "0.5", SINCE, "regulation"),
    (Parameter.Code.LAG_MONTHS, "1", SINCE, "regulation"),
    (Parameter.Code.FIRST_MONTH, "next", SINCE, "regulation"),
    (Parameter.Code.CHANGE_RULE, "first_of_next_month", SINCE, "regulation"),
    (Parameter.Code.MONTH_OF_DEATH, "full", SINCE, "regulation"),
    (Parameter.Code.SHARE_RULE, "own_share", SINCE, "regulation"),
    (Parameter.Code.NORM_CAP, "norm", FEDERAL_SINCE, "disabled-law"),
    (Parameter.Code.REPAIR_GROUPS, "1, 2, child", SINCE, "regulation"),
    (Parameter.Code.ARREARS_RULE, "none", SINCE, "regulation"),
    (Parameter.Code.ARREARS_RULE, "agreement", FEDERAL_SINCE, "housing-code"),
    (Parameter.Code.ARREARS_RULE, "court_act", COURT_ACT_SINCE, "housing-code"),
    (Parameter.Code.FUEL_SHARE, "whole", SINCE, "regulation"),
    (Parameter.Code.GAS_SHARE, "whole", SINCE, "regulation"),
    (Parameter.Code.WITHHOLDING_PERCENT, "20", SINCE, "demo"),
    (Parameter.Code.DEVIATION_PERCENT, "30", SINCE, "regulation"),
    (Parameter.Code.SAMPLE_PERCENT, "5", SINCE, "regulation"),
)


def seed_directories(places: Places, *, signers: Signers) -> None:
    """Fill every directory that the month needs."""
    decrees = _seed_decrees()
    _seed_services()
    _seed_grounds(decrees)
    _seed_parameters(decrees, signers)
    providers = _seed_providers(places)
    _seed_tariffs(providers, decrees, signers)
    _seed_norms(places, decrees, signers)
    seed_fuel(places, decrees, signers)
    install_presets(by=signers.enters, confirmed_by=signers.confirms, at=signers.at)
    _seed_layouts(providers)


def add_missing_grounds() -> int:
    """Enter the coded grounds, with their acts, that a region seeded by an earlier edition lacks; return how many.

    A code that is there is left as it is, whatever has been written into it since.
    """
    known = set(Ground.objects.values_list("kind", "code"))
    missing = [one for one in demo_directories.grounds() if (one.kind, one.code) not in known]
    acts = {one.act for one in missing}
    decrees = {act.key: _decree(act) for act in demo_directories.decrees() if act.key in acts}
    Ground.objects.bulk_create(_ground(one, decrees) for one in missing)
    return len(missing)


def _seed_decrees() -> dict[str, Decree]:
    return {act.key: _decree(act) for act in demo_directories.decrees()}


def _decree(act: DemoDecree) -> Decree:
    found, _ = Decree.objects.get_or_create(
        title=act.title,
        number=act.number,
        issued_on=act.issued_on,
        defaults={"issuer": act.issuer, "is_assumed": act.is_assumed, "note": act.note},
    )
    return found


def _seed_services() -> None:
    Service.objects.bulk_create(
        Service(code=one.code, kind=one.kind, name=one.name, unit=one.unit, is_supported=one.is_supported)
        for one in demo_directories.services()
    )


def _seed_grounds(decrees: dict[str, Decree]) -> None:
    Ground.objects.bulk_create(_ground(one, decrees) for one in demo_directories.grounds())
    ReturnReason.objects.bulk_create(
        ReturnReason(
            code=one.code,
            channel=one.channel,
            title=one.title,
            needs_new_requisites=one.needs_new_requisites,
            stops_payment=one.stops_payment,
        )
        for one in demo_directories.return_reasons()
    )


def _ground(one: DemoGround, decrees: Mapping[str, Decree]) -> Ground:
    return Ground(
        kind=one.kind,
        code=one.code,
        title=one.title,
        article=one.article,
        text=one.text,
        advice=one.advice,
        ends=one.ends,
        decree=decrees[one.act],
        valid_from=one.since or SINCE,
        valid_to=one.until,
    )


def _seed_parameters(decrees: dict[str, Decree], signers: Signers) -> None:
    Parameter.objects.bulk_create(
        Parameter(
            code=code,
            value=value,
            decree=decrees[act],
            valid_from=since,
            valid_to=min((later for other, _, later, _ in PARAMETERS if other == code and later > since), default=None),
            entered_by=signers.enters,
            confirmed_by=signers.confirms,
            confirmed_at=signers.at,
        )
        for code, value, since, act in PARAMETERS
    )


def _seed_providers(places: Places) -> dict[str, Provider]:
    offices = {office.code: office for office in Office.objects.filter(kind=Office.Kind.DISTRICT)}
    providers: dict[str, Provider] = {}
    for one in demo_providers.providers():
        providers[one.code] = Provider.objects.create(
            code=one.code,
            name=one.name,
            short_name=one.short_name[:60],
            inn=one.inn,
            kind=one.kind,
            address=one.address,
            email=one.email,
            is_regional=one.is_regional,
            is_technically_able=not one.inability_reason,
            inability_reason=one.inability_reason,
        )
        ProviderDistrict.objects.bulk_create(
            ProviderDistrict(provider=providers[one.code], district=places.districts[code], valid_from=AGREED_SINCE)
            for code in one.district_codes
        )
        if one.is_agreed and not one.inability_reason:
            Agreement.objects.bulk_create(
                Agreement(
                    provider=providers[one.code],
                    office=offices[code],
                    number=one.agreement_number,
                    signed_on=AGREED_SINCE - dt.timedelta(days=20),
                    contact=one.contact,
                    valid_from=AGREED_SINCE,
                    valid_to=one.agreed_to,
                )
                for code in one.district_codes
            )
    return providers


def _seed_tariffs(providers: dict[str, Provider], decrees: dict[str, Decree], signers: Signers) -> None:
    Tariff.objects.bulk_create(
        Tariff(
            service_id=one.service_code,
            provider=providers[one.provider_code] if one.provider_code else None,
            variant=one.variant,
            price=one.price,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            decree=decrees[one.decree_key],
            is_assumed=one.is_assumed,
            entered_by=signers.enters,
            confirmed_by=signers.confirms,
            confirmed_at=signers.at,
        )
        for one in (*demo_tariffs.regional_tariffs(), *demo_providers.local_tariffs())
    )


def _seed_norms(places: Places, decrees: dict[str, Decree], signers: Signers) -> None:
    ConsumptionNorm.objects.bulk_create(
        ConsumptionNorm(
            service_id=one.service_code,
            settlement=places.settlement_named(*one.settlement) if one.settlement else None,
            basis=one.basis,
            rooms=one.rooms,
            persons=one.persons,
            stove=one.stove,
            dwelling_kind=one.dwelling_kind,
            amenities=one.amenities,
            amount=one.amount,
            valid_from=one.valid_from,
            decree=decrees[one.decree_key],
            is_assumed=one.is_assumed,
            entered_by=signers.enters,
            confirmed_by=signers.confirms,
            confirmed_at=signers.at,
        )
        for one in demo_tariffs.norms()
    )


def _seed_layouts(providers: dict[str, Provider]) -> None:
    layouts = {layout.code: layout for layout in FileLayout.objects.order_by("code", "version")}
    ProviderLayout.objects.bulk_create(
        ProviderLayout(provider=providers[one.code], layout=layouts[one.layout], valid_from=AGREED_SINCE)
        for one in demo_providers.providers()
    )
