"""Districts, their offices, settlements and streets, the department's units, banks, post offices."""

from dataclasses import dataclass

from housing.models import Settlement, Street
from offices.models import Bank, District, Office, PostOffice
from workplace.demo import directories as demo_directories
from workplace.demo import places as demo_places
from workplace.demo import staff as demo_staff


@dataclass(frozen=True, slots=True)
class Places:
    """The seeded places, by the codes of the demo vocabulary."""

    districts: dict[str, District]
    settlements: dict[tuple[str, str], Settlement]
    streets: dict[tuple[str, str, str], Street]

    def settlement_named(self, district_code: str, name: str) -> Settlement:
        """Return a district's settlement by its name."""
        found = [spot for (code, _), spot in self.settlements.items() if code == district_code and spot.name == name]
        return found[0]


def seed_offices() -> None:
    """Make the districts with their offices and the department's units."""
    for place in demo_places.districts():
        District.objects.create(code=place.code, name=place.name, oktmo=place.oktmo)
    districts = {district.code: district for district in District.objects.all()}
    for one in demo_staff.offices():
        Office.objects.create(
            kind=one.kind,
            code=one.code,
            name=demo_staff.DEPARTMENT if one.kind == Office.Kind.MANAGEMENT else one.name,
            district=districts.get(one.district_code),
            address=one.address,
            phone=one.phone,
            hours=one.hours,
        )


def seed_places() -> Places:
    """Make settlements, streets, banks and post offices; return them by their codes."""
    districts = {district.code: district for district in District.objects.all()}
    settlements: dict[tuple[str, str], Settlement] = {}
    streets: dict[tuple[str, str, str], Street] = {}
    for place in demo_places.districts():
        for spot in place.settlements:
            settlements[place.code, spot.code] = Settlement.objects.create(
                district=districts[place.code], code=spot.code, kind=spot.kind, name=spot.name, is_rural=spot.is_rural
            )
            for street in spot.streets:
                streets[place.code, spot.code, street.code] = Street(
                    settlement=settlements[place.code, spot.code], code=street.code, name=street.name
                )
    Street.objects.bulk_create(streets.values())
    _seed_payers(districts)
    return Places(districts, settlements, streets)


def _seed_payers(districts: dict[str, District]) -> None:
    for bank in demo_directories.banks():
        Bank.objects.create(
            bik=bank.bik, name=bank.name, correspondent_account=bank.correspondent_account, address=bank.address
        )
    PostOffice.objects.bulk_create(
        PostOffice(index=post.index, district=districts[post.district_code], address=post.address)
        for place in demo_places.districts()
        for post in place.post_offices
    )
