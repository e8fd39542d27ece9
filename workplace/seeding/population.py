"""The invented people with their dwellings, rights, accounts and ways of payment, in bulk.

Rows go by `bulk_create` in batches, so the history triggers see every one of them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import models, transaction

from housing.models import Address, Dwelling, DwellingFacts, PersonAddress, Residence, SupportedDwelling
from offices.models import Office, Staff
from providers.models import ConnectedService, Provider, ServiceAccount
from recipients.models import (
    Application,
    CardHandover,
    CaseDocument,
    EntitledPerson,
    Entitlement,
    HandedCard,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
)
from workplace.demo.records import DemoAddress, DemoEntitlement, DemoFamily, DemoPerson
from workplace.seeding.places import Places

BATCH = 500
INVENTORY = (
    "Заявление о начислении и выплате денежного эквивалента",
    "Копия документа, удостоверяющего личность",
    "Справка с места жительства",
    "Копии квитанций об оплате жилья и коммунальных услуг",
)


@dataclass(frozen=True, slots=True)
class Clerks:
    """Who registers and who confirms in each district office, and who takes cards in the payments unit."""

    registers: dict[str, Staff]
    confirms: dict[str, Staff]
    accepts: Staff


@dataclass(slots=True)
class _Batch:
    """Rows of some families, by model, in the order they were made."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    persons: dict[int, Person] = field(default_factory=dict)
    addresses: dict[DemoAddress, Address] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row


ORDER: tuple[type[models.Model], ...] = (
    Person, Address, Dwelling, DwellingFacts, Residence, PersonAddress, ServiceAccount, ConnectedService, Recipient,
    CaseDocument, LegalRepresentative, Application, Entitlement, EntitledPerson, SupportedDwelling, PaymentChannel,
    HandedCard,
)  # fmt: skip


class Population:
    """Writes families into the database; one object per region."""

    def __init__(self, places: Places, clerks: Clerks, *, month: dt.date, at: dt.datetime) -> None:
        self.places = places
        self.clerks = clerks
        self.month = month
        self.at = at
        self.offices = {office.code: office for office in Office.objects.filter(kind=Office.Kind.DISTRICT)}
        self.providers = {provider.code: provider for provider in Provider.objects.all()}
        self.handovers: dict[str, CardHandover] = {}
        self.numbers: dict[str, int] = defaultdict(int)

    def seed(self, families: Iterable[DemoFamily]) -> int:
        """Store the families, some hundreds in one transaction each; return how many rights."""
        rights = 0
        stream = iter(families)
        while batch := list(islice(stream, BATCH)):
            rights += self._store(batch)
        return rights

    @transaction.atomic
    def _store(self, families: list[DemoFamily]) -> int:
        batch = _Batch()
        for family in families:
            self._family(batch, family)
        for model in ORDER:
            model._default_manager.bulk_create(batch.rows[model], batch_size=2000)
        return len(batch.rows[Entitlement])

    def _family(self, batch: _Batch, family: DemoFamily) -> None:
        home = family.dwelling
        district = self.places.districts[home.address.district_code]
        address = self._address(batch, home.address)
        dwelling = batch.add(Dwelling(address=address, district=district))
        batch.add(
            DwellingFacts(
                dwelling=dwelling,
                stock=home.stock,
                kind=home.kind,
                total_area=home.total_area,
                living_area=home.living_area,
                rooms=home.rooms,
                stove=home.stove,
                has_central_heating=home.has_central_heating,
                amenities=home.amenities,
                document="Технический паспорт",
                valid_from=home.valid_from,
            )
        )
        for resident in family.residents:
            person = self._person(batch, resident.person)
            batch.add(Residence(dwelling=dwelling, person=person, basis=resident.basis, valid_from=resident.valid_from))
            self._addresses(batch, person, address, resident.permanent_address, resident.valid_from)
        self._accounts(batch, dwelling, family)
        for right in family.entitlements:
            self._right(batch, right, dwelling, address)

    def _address(self, batch: _Batch, demo: DemoAddress) -> Address:
        if demo not in batch.addresses:
            batch.addresses[demo] = batch.add(
                Address(
                    street=self.places.streets[demo.district_code, demo.settlement_code, demo.street_code],
                    house=demo.house,
                    building=demo.building,
                    flat=demo.flat,
                    room=demo.room,
                    postal_index=demo.postal_index,
                )
            )
        return batch.addresses[demo]

    def _person(self, batch: _Batch, demo: DemoPerson) -> Person:
        if demo.key not in batch.persons:
            batch.persons[demo.key] = batch.add(
                Person(
                    last_name=demo.last_name,
                    first_name=demo.first_name,
                    middle_name=demo.middle_name,
                    sex=demo.sex,
                    birth_date=demo.birth_date,
                    snils=demo.snils,
                    document_kind=demo.document_kind,
                    document_series=demo.document_series,
                    document_number=demo.document_number,
                    document_issued_on=demo.document_issued_on,
                    document_issuer=demo.document_issuer,
                    phone=demo.phone,
                )
            )
        return batch.persons[demo.key]

    def _addresses(
        self, batch: _Batch, person: Person, here: Address, permanent: DemoAddress | None, since: dt.date
    ) -> None:
        kinds = [(PersonAddress.Kind.ACTUAL, here), (PersonAddress.Kind.POSTAL, here)]
        if permanent is None:
            kinds.append((PersonAddress.Kind.RESIDENCE, here))
        else:
            kinds.append((PersonAddress.Kind.STAY, here))
            kinds.append((PersonAddress.Kind.RESIDENCE, self._address(batch, permanent)))
        for kind, address in kinds:
            batch.add(PersonAddress(person=person, kind=kind, address=address, valid_from=since))

    def _accounts(self, batch: _Batch, dwelling: Dwelling, family: DemoFamily) -> None:
        for demo in family.dwelling.accounts:
            account = batch.add(
                ServiceAccount(
                    provider=self.providers[demo.provider_code],
                    dwelling=dwelling,
                    number=demo.number,
                    valid_from=family.dwelling.valid_from,
                )
            )
            for service in demo.services:
                batch.add(
                    ConnectedService(
                        account=account,
                        service_id=service.service_code,
                        is_metered=service.is_metered,
                        meter=service.meter,
                        valid_from=family.dwelling.valid_from,
                    )
                )

    def _right(self, batch: _Batch, demo: DemoEntitlement, dwelling: Dwelling, address: Address) -> None:
        office = self.offices[address.street.settlement.district.code]
        clerk = self.clerks.registers[office.code]
        registered = dt.datetime.combine(demo.applied_on, dt.time(10), tzinfo=self.at.tzinfo)
        self.numbers[office.code] += 1
        number = self.numbers[office.code]
        recipient = batch.add(
            Recipient(
                person=batch.persons[demo.recipient_key],
                office=office,
                case_number=f"Э-{number:06d}",
                shelf=f"стеллаж {number // 400 + 1}, полка {number // 50 % 8 + 1}",
                opened_on=demo.applied_on,
                created_by=clerk,
            )
        )
        for place, title in enumerate(INVENTORY, start=1):
            batch.add(CaseDocument(recipient=recipient, number=place, title=title, filed_on=demo.applied_on))
        application = batch.add(
            Application(
                office=office,
                kind=Application.Kind.EQUIVALENT,
                way=demo.way,
                number=f"А-{number:06d}",
                received_on=demo.applied_on,
                registered_at=registered,
                registered_by=clerk,
                applicant=recipient.person,
                disabled_person=batch.persons[demo.disabled_key],
                category=demo.category,
                address=str(address),
                is_place_of_stay=demo.basis == Residence.Basis.TEMPORARY,
                channel={"bank": "через банк", "post": "через почту"}.get(demo.channel.kind, "иным способом"),
                status=Application.Status.GRANTED,
                recipient=recipient,
                decided_at=registered,
                decided_by=clerk,
            )
        )
        entitlement = batch.add(
            Entitlement(
                recipient=recipient,
                disabled_person=batch.persons[demo.disabled_key],
                application=application,
                holder=demo.holder,
                category=demo.category,
                certificate=demo.certificate,
                certificate_valid_to=demo.certificate_valid_to,
                granted_at=registered,
                granted_by=clerk,
                valid_from=demo.valid_from,
            )
        )
        for covered in demo.covered:
            batch.add(
                EntitledPerson(
                    entitlement=entitlement,
                    person=batch.persons[covered.person_key],
                    relation=covered.relation,
                    valid_from=demo.valid_from,
                )
            )
        batch.add(
            SupportedDwelling(recipient=recipient, dwelling=dwelling, basis=demo.basis, valid_from=demo.valid_from)
        )
        self._representative(batch, demo)
        self._channel(batch, demo, recipient, office, registered)

    def _representative(self, batch: _Batch, demo: DemoEntitlement) -> None:
        if demo.representative is None:
            return
        batch.add(
            LegalRepresentative(
                represented=batch.persons[demo.disabled_key],
                representative=self._person(batch, demo.representative.person),
                authority=demo.representative.authority,
                document=demo.representative.document,
                document_issued_on=demo.representative.issued_on,
                valid_from=demo.representative.issued_on,
            )
        )

    def _channel(
        self, batch: _Batch, demo: DemoEntitlement, recipient: Recipient, office: Office, at: dt.datetime
    ) -> None:
        channel = batch.add(
            PaymentChannel(
                recipient=recipient,
                payee=batch.persons[demo.channel.payee_key],
                kind=demo.channel.kind,
                bank_id=demo.channel.bik or None,
                account=demo.channel.account,
                post_office_id=demo.channel.post_index or None,
                other=demo.channel.other,
                entered_at=at,
                entered_by=self.clerks.registers[office.code],
                confirmed_at=at,
                confirmed_by=self.clerks.confirms[office.code],
                valid_from=demo.applied_on,
            )
        )
        batch.add(HandedCard(handover=self._handover(office), channel=channel))

    def _handover(self, office: Office) -> CardHandover:
        if office.code not in self.handovers:
            self.handovers[office.code] = CardHandover.objects.create(
                office=office,
                month=self.month,
                number=1,
                handed_at=self.at,
                handed_by=self.clerks.confirms[office.code],
                accepted_at=self.at,
                accepted_by=self.clerks.accepts,
            )
        return self.handovers[office.code]
