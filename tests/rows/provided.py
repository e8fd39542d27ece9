"""Rows of providers, their directories and file layouts."""

from decimal import Decimal
from typing import Any

from exchange.models import FileLayout, ProviderLayout
from offices.accounts import with_inn_control
from providers.models import (
    Agreement,
    Charge,
    ConnectedService,
    ConsumptionNorm,
    Provider,
    Service,
    ServiceAccount,
    Tariff,
)
from tests.rows.ground import AT, LONG_AGO, MONTH, decree, number, office, staff
from tests.rows.homes import dwelling
from tests.rows.people import recipient


def provider(**given: Any) -> Provider:
    n = number()
    return Provider.objects.create(
        **{
            "code": f"{n:05d}",
            "name": f"МУП «Предприятие {n}»",
            "short_name": f"Предприятие {n}",
            "inn": with_inn_control(f"67{n:07d}"),
            "kind": Provider.Kind.MANAGING,
        }
        | given
    )


def agreement(**given: Any) -> Agreement:
    made = {"number": f"С-{number()}", "signed_on": LONG_AGO, "valid_from": LONG_AGO} | given
    made["provider"] = made.get("provider") or provider()
    made["office"] = made.get("office") or office()
    return Agreement.objects.create(**made)


def service(**given: Any) -> Service:
    """A service; asking for a code or kind that exists returns the row that is there."""
    made = {"code": "01", "kind": "maintenance", "name": "содержание и ремонт", "unit": "м²"} | given
    return Service.objects.get_or_create(code=made.pop("code"), defaults=made)[0]


def account(**given: Any) -> ServiceAccount:
    made = {"number": f"{number():010d}", "valid_from": LONG_AGO} | given
    made["provider"] = made.get("provider") or provider()
    made["dwelling"] = made.get("dwelling") or dwelling()
    return ServiceAccount.objects.create(**made)


def connected_service(**given: Any) -> ConnectedService:
    made = {"valid_from": LONG_AGO} | given
    made["account"] = made.get("account") or account()
    made["service"] = made.get("service") or service()
    return ConnectedService.objects.create(**made)


def _directory_row(given: dict[str, Any]) -> dict[str, Any]:
    made = {"valid_from": LONG_AGO, "confirmed_at": AT} | given
    made["service"] = made.get("service") or service()
    made["decree"] = made.get("decree") or decree()
    made["entered_by"] = made.get("entered_by") or staff()
    if made["confirmed_at"]:
        made["confirmed_by"] = made.get("confirmed_by") or staff()
    return made


def tariff(**given: Any) -> Tariff:
    """A confirmed tariff of the whole region unless a scope is given."""
    return Tariff.objects.create(**_directory_row({"price": Decimal("26.0600")} | given))


def norm(**given: Any) -> ConsumptionNorm:
    """A confirmed norm per person of the whole region unless a scope is given."""
    defaults = {"basis": ConsumptionNorm.Basis.PER_PERSON, "amount": Decimal("5.400000")}
    return ConsumptionNorm.objects.create(**_directory_row(defaults | given))


def charge(**given: Any) -> Charge:
    """An accepted charge typed by hand; the month must be open (`open_month`)."""
    made = {"month": MONTH, "billed": Decimal("100.00"), "source": Charge.Source.TYPED, "accepted_at": AT} | given
    made["recipient"] = made.get("recipient") or recipient()
    made["office"] = made.get("office") or made["recipient"].office
    made["account"] = made.get("account") or account()
    made["provider"] = made.get("provider") or made["account"].provider
    made["service"] = made.get("service") or service()
    return Charge.objects.create(**made)


def layout(**given: Any) -> FileLayout:
    """A layout row; `definition` is what `exchange.layouts` reads, empty unless given."""
    made = {
        "code": f"layout{number()}",
        "version": 1,
        "name": "формат",
        "source": "соглашение",
        "definition": {},
        "confirmed_at": AT,
    } | given
    made["entered_by"] = made.get("entered_by") or staff()
    if made["confirmed_at"]:
        made["confirmed_by"] = made.get("confirmed_by") or staff()
    return FileLayout.objects.create(**made)


def provider_layout(**given: Any) -> ProviderLayout:
    made = {"valid_from": LONG_AGO} | given
    made["provider"] = made.get("provider") or provider()
    made["layout"] = made.get("layout") or layout()
    return ProviderLayout.objects.create(**made)
