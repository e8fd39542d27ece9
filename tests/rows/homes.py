"""Rows of addresses and dwellings, and whole households."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from housing.models import Address, Dwelling, DwellingFacts, Residence, Settlement, Street, SupportedDwelling
from offices.models import Office
from recipients.models import Entitlement, PaymentChannel, Recipient
from tests.rows.ground import LONG_AGO, district, number
from tests.rows.people import channel, entitlement, person, recipient


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
