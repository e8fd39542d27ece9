"""Minimal valid rows for tests: plain functions, one for each kind of thing, keywords change anything.

Every function writes one row (with what it needs) and returns it; what is not given is made or takes the defaults
below. Numbers, codes and names never repeat within a run. All people are invented.

Ground floor: district, office, unit, staff, bank, post_office, decree, open_month
People:       person, recipient, ground, application, entitlement, entitled_person, channel, representative
Housing:      settlement, address, dwelling (with facts), residence, supported_dwelling
Providers:    provider, agreement, service, account, connected_service, tariff, norm, charge
Exchange:     layout, provider_layout
Whole things: entitled_household (a paid recipient with right, dwelling, residence and channel)
"""

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from exchange.models import FileLayout, ProviderLayout
from housing.models import Address, Dwelling, DwellingFacts, Residence, Settlement, Street, SupportedDwelling
from offices.accounts import with_account_key, with_inn_control
from offices.models import Bank, BillingMonth, Decree, District, Office, PostOffice, RoleGrant, Staff
from offices.services import months
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
from recipients.models import (
    Application,
    EntitledPerson,
    Entitlement,
    Ground,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
)
from recipients.snils import control_number

MOSCOW = ZoneInfo("Europe/Moscow")
MONTH = dt.date(2026, 10, 1)
"""The month billed that tests work in."""
AT = dt.datetime(2026, 10, 15, 12, 0, tzinfo=MOSCOW)
"""The moment at which tests act."""
LONG_AGO = dt.date(2020, 1, 1)
"""Since when everything dated is in force."""

_numbers = itertools.count(1)
LAST_NAMES = ("Соловьёва", "Петренко", "Иванова", "Кузнецова", "Белозёрова")


def number() -> int:
    """Return the next number of the run."""
    return next(_numbers)


# --- ground floor ----------------------------------------------------------------------------------------------


def district(**given: Any) -> District:
    n = number()
    return District.objects.create(**{"code": f"{n % 100000:05d}", "name": f"Район {n}", "oktmo": f"{n:08d}"} | given)


def office(**given: Any) -> Office:
    """A district office with a district of its own."""
    n = number()
    return Office.objects.create(
        **{"kind": Office.Kind.DISTRICT, "code": f"o{n}", "name": f"Отдел социальной защиты {n}"}
        | given
        | {"district": given.get("district") or district()}
    )


def unit(kind: str = Office.Kind.PAYMENTS, **given: Any) -> Office:
    """A unit of the department: `Office.Kind.PAYMENTS`, SUBSIDIES, ..."""
    n = number()
    return Office.objects.create(**{"kind": kind, "code": f"u{n}", "name": f"Подразделение {n}"} | given)


def staff(*roles: str, **given: Any) -> Staff:
    """A member of staff with the roles, in force since LONG_AGO; `office` is made unless given."""
    n = number()
    made = Staff.objects.create(
        **{"username": f"staff{n}", "last_name": "Сотрудников", "first_name": f"Номер{n}", "middle_name": "Иванович"}
        | given
        | {"office": given["office"] if "office" in given else office()}
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(staff=made, role=role, order=f"приказ № {n}", valid_from=LONG_AGO) for role in roles
    )
    return made


def bank(**given: Any) -> Bank:
    n = number()
    return Bank.objects.create(
        **{
            "bik": f"04{n:07d}",
            "name": f"Банк {n}",
            "correspondent_account": "30101810400000000225",
            "address": "г. Смоленск",
        }
        | given
    )


def post_office(**given: Any) -> PostOffice:
    made = {"index": f"{200000 + number()}", "address": "г. Смоленск"} | given
    return PostOffice.objects.create(**made | {"district": made.get("district") or district()})


def decree(**given: Any) -> Decree:
    n = number()
    return Decree.objects.create(
        **{"title": "Постановление", "number": f"{n}", "issued_on": LONG_AGO, "issuer": "Администрация области"} | given
    )


def open_month(month: dt.date = MONTH, *, by: Staff | None = None) -> BillingMonth:
    """The month with its leaves; opening it again returns the same."""
    return months.open_month(month=month, by=by or staff(office=None), at=AT)


# --- people ----------------------------------------------------------------------------------------------------


def snils() -> str:
    """A valid СНИЛС that no other row of the run has."""
    first_nine = f"{100_000_000 + number()}"
    return first_nine + control_number(first_nine)


def person(**given: Any) -> Person:
    n = number()
    return Person.objects.create(
        **{
            "last_name": LAST_NAMES[n % len(LAST_NAMES)],
            "first_name": "Любовь",
            "middle_name": "Ильинична",
            "sex": Person.Sex.FEMALE,
            "birth_date": dt.date(1951, 3, 14),
            "snils": snils(),
        }
        | given
    )


def recipient(**given: Any) -> Recipient:
    """A recipient with an open case; `person` and `office` are made unless given."""
    made = {"case_number": f"{number()}", "opened_on": LONG_AGO} | given
    made["office"] = made.get("office") or office()
    made["person"] = made.get("person") or person()
    made["created_by"] = made.get("created_by") or staff(office=made["office"])
    return Recipient.objects.create(**made)


def ground(kind: str = Ground.Kind.REFUSAL, **given: Any) -> Ground:
    n = number()
    made = {
        "kind": kind,
        "code": f"G{n}",
        "title": "основание",
        "article": "п. 2.5.1",
        "text": "Текст нормы.",
        "advice": "Представить недостающие документы.",
        "valid_from": LONG_AGO,
    } | given
    return Ground.objects.create(**made | {"decree": made.get("decree") or decree()})


def application(**given: Any) -> Application:
    """A registered application of an adult; nothing is decided yet."""
    made = {
        "kind": Application.Kind.EQUIVALENT,
        "way": Application.Way.IN_PERSON,
        "number": f"{number()}",
        "received_on": LONG_AGO,
        "registered_at": AT,
        "category": "2",
        "address": "214000, г. Смоленск, ул. Ленина, д. 1",
        "channel": "почта",
    } | given
    made["office"] = made.get("office") or office()
    made["applicant"] = made.get("applicant") or person()
    made["disabled_person"] = made.get("disabled_person") or made["applicant"]
    made["registered_by"] = made.get("registered_by") or staff(office=made["office"])
    return Application.objects.create(**made)


def entitlement(**given: Any) -> Entitlement:
    """The right of an adult, with the one person it covers (and a granted application behind it)."""
    made = {
        "holder": Entitlement.Holder.ADULT,
        "category": "2",
        "certificate": "МСЭ-2020 № 0001",
        "granted_at": AT,
        "valid_from": LONG_AGO,
    } | given
    made["recipient"] = made.get("recipient") or recipient()
    made["disabled_person"] = made.get("disabled_person") or made["recipient"].person
    office_of = made["recipient"].office
    made["granted_by"] = made.get("granted_by") or staff(office=office_of)
    made["application"] = made.get("application") or application(
        office=office_of,
        applicant=made["recipient"].person,
        disabled_person=made["disabled_person"],
        category=made["category"],
        status=Application.Status.GRANTED,
        recipient=made["recipient"],
        decided_at=AT,
        decided_by=made["granted_by"],
    )
    right = Entitlement.objects.create(**made)
    relation = "инвалид" if right.holder == Entitlement.Holder.ADULT else "ребёнок-инвалид"
    entitled_person(right, person=right.disabled_person, relation=relation)
    return right


def entitled_person(right: Entitlement, **given: Any) -> EntitledPerson:
    """One more person covered by the right, for the right's own period."""
    made = {"relation": "мать", "valid_from": right.valid_from, "valid_to": right.valid_to} | given
    return EntitledPerson.objects.create(entitlement=right, **made | {"person": made.get("person") or person()})


def account_at(chosen: Bank) -> str:
    """A personal account of twenty digits whose key fits the bank."""
    return with_account_key(chosen.bik, f"40817810000000{number():06d}")


def channel(**given: Any) -> PaymentChannel:
    """A confirmed way of payment to a bank account; kind "post" pays at a post office."""
    made = {"kind": PaymentChannel.Kind.BANK, "valid_from": LONG_AGO, "entered_at": AT, "confirmed_at": AT} | given
    made["recipient"] = made.get("recipient") or recipient()
    made["payee"] = made.get("payee") or made["recipient"].person
    made["entered_by"] = made.get("entered_by") or staff(office=made["recipient"].office)
    if made["confirmed_at"]:
        made["confirmed_by"] = made.get("confirmed_by") or staff(office=made["recipient"].office)
    if made["kind"] == PaymentChannel.Kind.BANK:
        made["bank"] = made.get("bank") or bank()
        made["account"] = made.get("account") or account_at(made["bank"])
    elif made["kind"] == PaymentChannel.Kind.POST:
        made["post_office"] = made.get("post_office") or post_office()
    return PaymentChannel.objects.create(**made)


def representative(**given: Any) -> LegalRepresentative:
    made = {
        "authority": LegalRepresentative.Authority.PARENT,
        "document": "свидетельство о рождении I-МП № 000001",
        "document_issued_on": LONG_AGO,
        "valid_from": LONG_AGO,
    } | given
    made["represented"] = made.get("represented") or person(birth_date=dt.date(2015, 5, 5))
    made["representative"] = made.get("representative") or person()
    return LegalRepresentative.objects.create(**made)


# --- housing ---------------------------------------------------------------------------------------------------


def settlement(**given: Any) -> Settlement:
    n = number()
    made = {"code": f"{n % 100000:05d}", "kind": "г.", "name": f"Город {n}"} | given
    return Settlement.objects.create(**made | {"district": made.get("district") or district()})


def street(**given: Any) -> Street:
    n = number()
    made = {"code": f"{n % 100000:05d}", "name": f"ул. Ленина {n}"} | given
    return Street.objects.create(**made | {"settlement": made.get("settlement") or settlement()})


def address(**given: Any) -> Address:
    made = {"house": f"{number()}", "flat": "3", "postal_index": "214000"} | given
    return Address.objects.create(**made | {"street": made.get("street") or street()})


def dwelling(*, facts: dict[str, Any] | None = None, **given: Any) -> Dwelling:
    """A flat with its facts (change them by `facts={...}`); its district is the address's one."""
    made = dict(given)
    made["address"] = made.get("address") or address()
    made["district"] = made.get("district") or made["address"].street.settlement.district
    flat = Dwelling.objects.create(**made)
    dwelling_facts(flat, **(facts or {}))
    return flat


def dwelling_facts(flat: Dwelling, **given: Any) -> DwellingFacts:
    return DwellingFacts.objects.create(
        dwelling=flat,
        **{
            "stock": DwellingFacts.Stock.MUNICIPAL,
            "kind": DwellingFacts.Kind.FLAT,
            "total_area": Decimal("54.00"),
            "living_area": Decimal("36.00"),
            "rooms": 2,
            "stove": DwellingFacts.Stove.GAS,
            "has_central_heating": True,
            "amenities": "full",
            "valid_from": LONG_AGO,
        }
        | given,
    )


def residence(**given: Any) -> Residence:
    made = {"basis": Residence.Basis.PERMANENT, "valid_from": LONG_AGO} | given
    made["person"] = made.get("person") or person()
    made["dwelling"] = made.get("dwelling") or dwelling()
    return Residence.objects.create(**made)


def supported_dwelling(**given: Any) -> SupportedDwelling:
    made = {"basis": Residence.Basis.PERMANENT, "valid_from": LONG_AGO} | given
    made["recipient"] = made.get("recipient") or recipient()
    made["dwelling"] = made.get("dwelling") or dwelling()
    return SupportedDwelling.objects.create(**made)


# --- providers -------------------------------------------------------------------------------------------------


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


# --- exchange --------------------------------------------------------------------------------------------------


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


# --- whole things ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntitledHousehold:
    """A recipient who is paid, and everything the payment stands on."""

    recipient: Recipient
    right: Entitlement
    dwelling: Dwelling
    residence: Residence
    supported: SupportedDwelling
    channel: PaymentChannel


def entitled_household(*, office: Office, dwelling: Dwelling | None = None) -> EntitledHousehold:
    """An adult of the office, entitled, registered alone in a dwelling of its district, paid to a bank."""
    home = dwelling
    if home is None:
        own_settlement = Settlement.objects.filter(district=office.district).order_by("pk").first()
        own_settlement = own_settlement or settlement(district=office.district)
        home = _dwelling_in(own_settlement)
    paid = recipient(office=office)
    return EntitledHousehold(
        recipient=paid,
        right=entitlement(recipient=paid),
        dwelling=home,
        residence=residence(person=paid.person, dwelling=home),
        supported=supported_dwelling(recipient=paid, dwelling=home),
        channel=channel(recipient=paid),
    )


def _dwelling_in(place: Settlement) -> Dwelling:
    return dwelling(address=address(street=street(settlement=place)))
