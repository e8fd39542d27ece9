"""What the card says today of the things that may change from a day on."""

import datetime as dt
from dataclasses import dataclass

from housing.models import DwellingFacts, Residence, SupportedDwelling
from recipients.models import Entitlement, Recipient


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone registered in the dwelling; `pk` is the registration's."""

    pk: int
    told: str


@dataclass(frozen=True, slots=True)
class About:
    """A recipient's dwelling with its residents and facts, and the rights, as they stand on a day."""

    recipient: Recipient
    dwelling_id: int | None
    address: str
    residents: tuple[Resident, ...]
    facts: DwellingFacts | None
    adult_rights: tuple[Entitlement, ...]
    family_right: int | None
    certified_rights: tuple[Entitlement, ...]

    def obstacle(self, kind: str) -> str:
        """Say why a kind of change cannot be entered for this recipient; empty where it can."""
        if kind == "group":
            return "" if self.adult_rights else "У получателя нет действующего права взрослого инвалида."
        if kind == "certificate":
            return "" if self.certified_rights else "У получателя нет действующего права по справке со сроком."
        if self.dwelling_id is None:
            return "У получателя не указано жильё, по которому предоставляется мера."
        if kind == "dwelling" and self.facts is None:
            return "У жилья нет характеристик: сначала внесите их полностью."
        return "" if kind != "departure" or self.residents else "В жилье никто не зарегистрирован."


def about(recipient: Recipient, *, on: dt.date) -> About:
    """Read what may change of a recipient, in a fixed number of queries."""
    home = (
        SupportedDwelling.objects.valid_on(on).filter(recipient=recipient).select_related("dwelling__address__street__settlement").first()
    )  # fmt: skip
    rights = tuple(
        Entitlement.objects.touching(on, dt.date.max)
        .filter(recipient=recipient)
        .select_related("disabled_person")
        .order_by("pk")
    )
    return About(
        recipient=recipient,
        dwelling_id=home.dwelling_id if home else None,
        address=str(home.dwelling) if home else "",
        residents=_residents(home.dwelling_id, on) if home else (),
        facts=DwellingFacts.objects.filter(dwelling=home.dwelling_id).valid_on(on).first() if home else None,
        adult_rights=tuple(row for row in rights if row.holder == Entitlement.Holder.ADULT),
        certified_rights=tuple(row for row in rights if row.certificate_valid_to is not None),
        family_right=next((row.pk for row in rights if row.holder == Entitlement.Holder.FAMILY), None),
    )


def _residents(dwelling_id: int, on: dt.date) -> tuple[Resident, ...]:
    rows = (
        Residence.objects.filter(dwelling=dwelling_id, person__death_date__isnull=True)
        .valid_on(on)
        .select_related("person")
        .order_by("valid_from", "pk")
    )
    return tuple(
        Resident(
            row.pk,
            f"{row.person.full_name}, {row.person.birth_date:%d.%m.%Y} г. р., {row.get_basis_display()} с "
            f"{row.valid_from:%d.%m.%Y}",
        )
        for row in rows
    )
