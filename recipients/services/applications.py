"""Applications are received, registered, and refused or granted (regulation, item 3.2)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from offices import files, journal, numbering
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, NumberSeries, Office, Staff
from offices.refusals import Refusal
from recipients import selectors
from recipients.documents import refusals
from recipients.eligibility import FirstMonth, first_day_of_right
from recipients.models import Application, ApplicationDocument, Category, Entitlement, Ground, Person, Recipient
from recipients.services import admission, cases, coverage, own_case
from recipients.services.admission import HandedDocument
from recipients.services.coverage import CoveredPerson

ITEM = "3.2"
FEWEST_LETTERS_OF_FACTS = 30


class ApplicationDecided(Refusal):
    """The application was refused or granted before."""


class FactsMissing(Refusal):
    """A refusal says what was found, in its own words."""


class GrantedByAnotherProcedure(Refusal):
    """An application of its kind is granted elsewhere, or only beside a right."""


@transaction.atomic
def register_application(
    *,
    office: Office,
    kind: str,
    way: str,
    received_on: dt.date,
    applicant: Person,
    disabled_person: Person,
    category: str,
    address: str,
    is_place_of_stay: bool,
    channel: str,
    documents: Sequence[HandedDocument],
    by: Staff,
    at: dt.datetime,
) -> Application:
    """Register an application under the next number of the office's year.

    `received_on` is the day the office received it, by post too; that day is the day of application
    (2.7.3). Only documents that items 2.5.1-2.5.4 name for this kind are taken.
    Raises OwnCase and the refusals of `recipients.services.admission`.
    """
    own_case.require_stranger(by=by, persons=[applicant, disabled_person])
    admission.require_received(received_on=received_on, at=at)
    admission.require_applicant(
        kind=kind, applicant=applicant, disabled_person=disabled_person, category=category, received_on=received_on
    )
    admission.require_documents(kind=kind, category=category, documents=documents)
    application = Application.objects.create(
        office=office,
        kind=kind,
        way=way,
        number=_number(office, NumberSeries.Series.APPLICATION, at),
        received_on=received_on,
        registered_at=at,
        registered_by=by,
        applicant=applicant,
        disabled_person=disabled_person,
        category=category,
        address=address,
        is_place_of_stay=is_place_of_stay,
        channel=channel,
    )
    ApplicationDocument.objects.bulk_create(
        ApplicationDocument(application=application, kind=document.kind, sheets=document.sheets, note=document.note)
        for document in documents
    )
    _journal(application, "заявление зарегистрировано", by=by, at=at, rows=len(documents))
    return application


@transaction.atomic
def refuse_application(*, application_id: int, ground_code: str, facts: str, by: Staff, at: dt.datetime) -> Application:
    """Refuse an application on a coded ground, with the facts found; the letter is stored (3.2.3).

    The letter quotes the article as it stands on the day, says what to do next and how to appeal.
    Raises ApplicationDecided, OwnCase, GroundNotInForce, FactsMissing.
    """
    application = _undecided(application_id, by)
    ground = selectors.ground_in_force(kind=Ground.Kind.REFUSAL, code=ground_code, on=day_of(at))
    if len("".join(facts.split())) < FEWEST_LETTERS_OF_FACTS:
        raise FactsMissing(
            "Опишите установленные факты: что представлено, чего не хватает или что не сходится "
            f"(не короче {FEWEST_LETTERS_OF_FACTS} знаков)."
        )
    number = _number(application.office, NumberSeries.Series.DECISION, at)
    application.ground, application.facts = ground, facts
    application.decided_at, application.decided_by = at, by
    application.status = Application.Status.REFUSED
    application.decision_file = files.store(
        content=refusals.print_refusal(application=application, number=number),
        name=f"Отказ № {number.replace('/', '-')}.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    application.save(update_fields=["status", "ground", "facts", "decided_at", "decided_by", "decision_file"])
    _journal(application, "отказано в приёме заявления", by=by, at=at)
    return application


@transaction.atomic
def grant_application(
    *,
    application_id: int,
    certificate: str,
    certificate_valid_to: dt.date | None,
    covered: Sequence[CoveredPerson],
    shelf: str,
    first_month: FirstMonth,
    by: Staff,
    at: dt.datetime,
) -> Entitlement:
    """Grant the measure from the first month that the parameter names: that after the application's (2.4.1).

    An adult's right covers the adult, a family's the child and the `covered` members; who is paid is the
    adult, or the child's representative who applied. `certificate_valid_to` is the first day without the
    certificate. An application for fuel or bottled gas adds to a right that stands, and returns it.
    Raises ApplicationDecided, OwnCase, GrantedByAnotherProcedure, CaseOfAnotherOffice and the refusals of
    `recipients.services.coverage`.
    """
    application = _undecided(application_id, by)
    if application.kind == Application.Kind.HEIR:
        raise GrantedByAnotherProcedure("По заявлению члена семьи умершего выносят решение о выплате (приложение 5).")
    starts_on = first_day_of_right(received_on=application.received_on, first_month=first_month)
    if application.kind != Application.Kind.EQUIVALENT:
        return _add_to_right(application, starts_on, by=by, at=at)
    coverage.require_certificate(certificate=certificate, valid_to=certificate_valid_to, starts_on=starts_on)
    persons = coverage.persons_covered(application=application, covered=covered)
    coverage.require_free(disabled_person=application.disabled_person, persons=persons, starts_on=starts_on)
    is_family = application.category == Category.CHILD
    recipient = cases.open_case(
        person=application.applicant if is_family else application.disabled_person,
        office=application.office,
        shelf=shelf,
        by=by,
        at=at,
    )
    _accept(application, recipient, by=by, at=at)
    right: Entitlement = Entitlement.objects.create(
        recipient=recipient,
        disabled_person=application.disabled_person,
        application=application,
        holder=Entitlement.Holder.FAMILY if is_family else Entitlement.Holder.ADULT,
        category=application.category,
        certificate=certificate.strip(),
        certificate_valid_to=certificate_valid_to,
        granted_at=at,
        granted_by=by,
        valid_from=starts_on,
    )
    coverage.cover(right=right, persons=persons)
    return right


@transaction.atomic
def grant_heir_application(*, application_id: int, recipient_id: int, by: Staff, at: dt.datetime) -> Application:
    """Mark an heir's application as granted by a decision on the deceased recipient's sums (2.5.4).

    The decision itself is made above (item 3.3.2 ж); here its papers go into the deceased's case.
    Raises ApplicationDecided, OwnCase, GrantedByAnotherProcedure.
    """
    application = _undecided(application_id, by)
    if application.kind != Application.Kind.HEIR:
        raise GrantedByAnotherProcedure("Это заявление не о недополученных суммах умершего.")
    recipient = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient_id)
    _accept(application, recipient, by=by, at=at)
    return application


def _undecided(application_id: int, by: Staff) -> Application:
    application: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("office__district", "applicant", "disabled_person")
        .get(pk=application_id)
    )
    if application.status != Application.Status.REGISTERED:
        raise ApplicationDecided(f"По заявлению № {application.number} уже есть решение.")
    own_case.require_stranger(by=by, persons=[application.applicant, application.disabled_person])
    return application


def _add_to_right(application: Application, starts_on: dt.date, *, by: Staff, at: dt.datetime) -> Entitlement:
    right = selectors.right_grounded_on(disabled_person=application.disabled_person, start=starts_on)
    if right is None or right.recipient.office_id != application.office_id:
        raise GrantedByAnotherProcedure(
            "Топливо и газ в баллонах оплачивают тому, кому назначена мера: сначала нужно решение "
            "по заявлению приложения 2 в этом отделе."
        )
    _accept(application, right.recipient, by=by, at=at)
    return right


def _accept(application: Application, recipient: Recipient, *, by: Staff, at: dt.datetime) -> None:
    application.status = Application.Status.GRANTED
    application.recipient = recipient
    application.decided_at, application.decided_by = at, by
    application.save(update_fields=["status", "recipient", "decided_at", "decided_by"])
    cases.file_documents(recipient=recipient, application=application, filed_on=day_of(at))
    _journal(application, "мера назначена", by=by, at=at)


def _number(office: Office, series: str, at: dt.datetime) -> str:
    year = numbering.year_of(at)
    return f"{numbering.next_number(office=office, series=series, year=year)}/{year}"


def _journal(application: Application, event: str, *, by: Staff, at: dt.datetime, rows: int | None = None) -> None:
    file = application.decision_file
    paper = Paper(
        subject=f"{application}, {application.applicant}"[:300],
        item=ITEM,
        file_name=file.name if file else "",
        sha256=file.sha256 if file else "",
        rows=rows,
        way=JournalEntry.Way.ELECTRONIC if application.way == Application.Way.MFC else JournalEntry.Way.PAPER,
    )
    journal.record(office=application.office, event=event, paper=paper, by=by, at=at)
