"""Items 3.2 and 3.3: a family applies to each office; granted or refused; cards go to the payments unit."""

import datetime as dt

from django.db import transaction

from calculations.selectors import parameters_in_force
from housing.models import Residence, Street
from housing.services import (
    DwellingDescription,
    enter_address,
    enter_dwelling,
    record_address,
    record_dwelling_facts,
    register_resident,
    support_dwelling,
)
from offices.models import Bank, Office, PostOffice, Role, Staff
from offices.months import month_of
from providers.models import Provider, Service
from providers.services.accounts import connect_service, open_account
from recipients.eligibility import RefusalCode
from recipients.models import Application, CardHandover, DocumentKind, Entitlement, Person
from recipients.selectors import channels_to_hand_over
from recipients.services import applications, cards, persons
from recipients.services.admission import HandedDocument
from recipients.services.coverage import CoveredPerson
from recipients.services.persons import PersonFacts
from recipients.services.representatives import record_representative
from workplace.demo.records import DemoPerson
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.newcomers import Newcomer, newcomer

REFUSED_FOR = RefusalCode.NO_CERTIFICATE
FACTS = (
    "К заявлению не приложена копия справки об установлении инвалидности; в сведениях Пенсионного фонда "
    "за прошедший месяц заявитель не значится."
)
NEEDED = (DocumentKind.IDENTITY, DocumentKind.RECEIPTS, DocumentKind.RESIDENCE)


def apply(*, scene: Scene) -> None:
    """Play item 3.2 in every office: one family applies, one in ten is refused."""
    for office in scene.offices:
        who = newcomer(office.code, month=scene.month, seed=scene.seed)
        if not Application.objects.filter(disabled_person__snils=_disabled(who).snils).exists():
            at = scene.timetable.at(Moment.APPLICATIONS)
            _Intake(scene, office, who, at=at).play()


def leave_waiting(*, scene: Scene, office: Office, who: Newcomer, at: dt.datetime) -> None:
    """Register a family's application and decide nothing; a family that applied before is left alone."""
    if not Application.objects.filter(disabled_person__snils=_disabled(who).snils).exists():
        _Intake(scene, office, who, at=at).register()


def hand_over_cards(*, scene: Scene) -> None:
    """Play item 3.3 in every office that has new cards: they are handed over and accepted."""
    for office in scene.offices:
        at, day = scene.timetable.at(Moment.CARDS), scene.timetable.on(Moment.CARDS)
        waiting = channels_to_hand_over(office=office, on=day).filter(confirmed_at__isnull=False, valid_from__lte=day)
        if waiting.exists():
            by = scene.cast.of(office, Role.CALCULATION)
            cards.hand_over_cards(office=office, month=scene.month, by=by, at=at)
        unaccepted = CardHandover.objects.filter(office=office, month=scene.month, accepted_at__isnull=True)
        for handover in unaccepted.order_by("number"):
            accepting = scene.cast.one(Role.RECEPTION)
            cards.accept_cards(handover_id=handover.pk, by=accepting, at=scene.timetable.at(Moment.CARDS_ACCEPTED))


class _Intake:
    """One family at one office."""

    def __init__(self, scene: Scene, office: Office, who: Newcomer, *, at: dt.datetime) -> None:
        self.office, self.who = office, who
        self.clerk: Staff = scene.cast.of(office, Role.INTAKE)
        self.keeper: Staff = scene.cast.of(office, Role.CALCULATION)
        self.head: Staff = scene.cast.of(office, Role.HEAD)
        self.applied_at = at
        self.decided_at = scene.timetable.at(Moment.DECISIONS)
        self.people: dict[int, Person] = {}

    @transaction.atomic
    def register(self) -> Application:
        for demo in (each.person for each in self.who.family.residents):
            self._enter(demo)
        representative = self.who.right.representative
        if representative is not None:
            self._enter(representative.person)
            self._authorize()
        return self._register()

    @transaction.atomic
    def play(self) -> None:
        application = self.register()
        if self.who.is_refused:
            applications.refuse_application(
                application_id=application.pk, ground_code=REFUSED_FOR, facts=FACTS, by=self.clerk, at=self.decided_at
            )
            return
        self._settle()
        self._grant(application)

    def _enter(self, demo: DemoPerson) -> None:
        if demo.key in self.people:
            return
        facts = PersonFacts(
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
        self.people[demo.key] = persons.enter_person(facts=facts, by=self.clerk, at=self.applied_at)

    def _authorize(self) -> None:
        demo = self.who.right.representative
        assert demo is not None, "only a family with a representative is authorized"
        record_representative(
            represented=self.people[self.who.right.disabled_key],
            representative=self.people[demo.person.key],
            authority=demo.authority,
            document=demo.document,
            document_issued_on=demo.issued_on,
            starts_on=demo.issued_on,
            ends_on=None,
            by=self.clerk,
        )

    def _register(self) -> Application:
        right = self.who.right
        kinds = [*NEEDED, *((DocumentKind.FAMILY,) if right.category == "child" else ())]
        kinds += [] if self.who.is_refused else [DocumentKind.CERTIFICATE]
        return applications.register_application(
            office=self.office,
            kind=Application.Kind.EQUIVALENT,
            way=right.way,
            received_on=self.who.received_on,
            applicant=self.people[right.recipient_key],
            disabled_person=self.people[right.disabled_key],
            category=right.category,
            address=self._address_as_text(),
            is_place_of_stay=False,
            channel={"bank": "через банк", "post": "через почту"}.get(right.channel.kind, "иным способом"),
            documents=[HandedDocument(kind) for kind in kinds],
            by=self.clerk,
            at=self.applied_at,
        )

    def _address_as_text(self) -> str:
        home = self.who.dwelling.address
        rest = "".join(f", {mark}{part}" for mark, part in (("корп. ", home.building), ("кв. ", home.flat)) if part)
        return f"{home.postal_index}, {self._street()}, д. {home.house}{rest}"

    def _street(self) -> Street:
        home = self.who.dwelling.address
        return Street.objects.select_related("settlement__district").get(
            settlement__district=self.office.district, settlement__code=home.settlement_code, code=home.street_code
        )

    def _settle(self) -> None:
        """Enter the dwelling, who is registered in it, and the accounts billed for it."""
        demo, home, at = self.who.dwelling, self.who.dwelling.address, self.applied_at
        address = enter_address(
            street=self._street(),
            house=home.house,
            postal_index=home.postal_index,
            building=home.building,
            flat=home.flat,
            room=home.room,
        )
        dwelling = enter_dwelling(address=address)
        facts = DwellingDescription(
            stock=demo.stock,
            kind=demo.kind,
            total_area=demo.total_area,
            living_area=demo.living_area,
            rooms=demo.rooms,
            stove=demo.stove,
            has_central_heating=demo.has_central_heating,
            amenities=demo.amenities,
            document="Технический паспорт",
        )
        record_dwelling_facts(dwelling=dwelling, facts=facts, starts_on=demo.valid_from, by=self.keeper, at=at)
        for each in self.who.family.residents:
            person, since = self.people[each.person.key], each.valid_from
            register_resident(
                dwelling=dwelling, person=person, basis=each.basis, starts_on=since, by=self.keeper, at=at
            )
            for kind in ("residence", "actual", "postal"):
                record_address(person=person, kind=kind, address=address, starts_on=since, by=self.keeper, at=at)
        for billed in demo.accounts:
            provider = Provider.objects.get(code=billed.provider_code)
            account = open_account(
                provider=provider, dwelling=dwelling, number=billed.number, valid_from=demo.valid_from
            )
            for service in billed.services:
                connect_service(
                    account=account,
                    service=Service.objects.get(code=service.service_code),
                    valid_from=demo.valid_from,
                    is_metered=service.is_metered,
                    meter=service.meter,
                )

    def _grant(self, application: Application) -> None:
        right = self.who.right
        covered = [
            CoveredPerson(self.people[each.person_key], each.relation)
            for each in right.covered
            if each.person_key != right.disabled_key
        ]
        entitlement = applications.grant_application(
            application_id=application.pk,
            certificate=right.certificate,
            certificate_valid_to=right.certificate_valid_to,
            covered=covered,
            shelf="стеллаж 1, полка 1",
            first_month=parameters_in_force(month_of(application.received_on)).first_month,
            by=self.head,
            at=self.decided_at,
        )
        self._support(entitlement)
        self._choose_channel(entitlement)

    def _support(self, entitlement: Entitlement) -> None:
        disabled = self.people[self.who.right.disabled_key]
        residence = Residence.objects.valid_on(entitlement.valid_from).select_related("dwelling").get(person=disabled)
        support_dwelling(
            recipient_id=entitlement.recipient_id,
            dwelling=residence.dwelling,
            basis=residence.basis,
            starts_on=entitlement.valid_from,
            by=self.keeper,
            at=self.decided_at,
        )

    def _choose_channel(self, entitlement: Entitlement) -> None:
        demo = self.who.right.channel
        channel = cards.record_channel(
            recipient_id=entitlement.recipient_id,
            kind=demo.kind,
            payee=self.people[demo.payee_key],
            valid_from=self.who.received_on,
            bank=Bank.objects.get(pk=demo.bik) if demo.bik else None,
            account=demo.account,
            post_office=PostOffice.objects.get(pk=demo.post_index) if demo.post_index else None,
            other=demo.other,
            by=self.clerk,
            at=self.decided_at,
        )
        cards.confirm_channel(channel_id=channel.pk, by=self.head, at=self.decided_at)


def _disabled(who: Newcomer) -> DemoPerson:
    people = [each.person for each in who.family.residents]
    return next(person for person in people if person.key == who.right.disabled_key)
