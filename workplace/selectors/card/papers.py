"""The tabs about papers: applications with what was handed in, the inventory of the case, forms that may be printed."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q

from calculations.models import FuelAssignment
from offices.calendar import day_of
from payments.models import HeirDecision
from recipients.models import Application, CaseDocument, Recipient, Termination
from workplace.selectors.card.identity import Identity, State

_STATES = {
    Application.Status.REGISTERED: State("run", "ждёт решения"),
    Application.Status.REFUSED: State("warn", "отказано"),
    Application.Status.GRANTED: State("ok", "назначено"),
}


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application with its decision and the documents handed in; `document` is the id of the decision's file."""

    application: Application
    state: State
    decided: str
    papers: tuple[str, ...]
    document: int | None


@dataclass(frozen=True, slots=True)
class PapersTab:
    applications: tuple[ApplicationRow, ...]
    inventory: tuple[CaseDocument, ...]


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A document made once; printing it again gives the same bytes."""

    title: str
    note: str
    made_on: dt.date
    document: int


def papers_tab(identity: Identity) -> PapersTab:
    """Read the recipient's applications, the newest first, and the inventory of the case."""
    applications = (
        Application.objects.filter(_of(identity.recipient))
        .select_related("applicant", "registered_by", "decided_by", "fuel")
        .prefetch_related("documents")
        .order_by("-received_on", "-pk")
    )
    inventory = CaseDocument.objects.filter(recipient=identity.recipient).order_by("number", "pk")
    return PapersTab(tuple(_application(row) for row in applications), tuple(inventory))


def printed_forms(identity: Identity) -> tuple[PrintedForm, ...]:
    """List the decisions about the recipient that were made as documents, the newest first."""
    recipient = identity.recipient
    decided = Application.objects.filter(_of(recipient), decision_file__isnull=False)
    ended = Termination.objects.filter(entitlement__recipient=recipient, decision_file__isnull=False)
    fuel = FuelAssignment.objects.filter(recipient=recipient, decision_file__isnull=False)
    inherited = HeirDecision.objects.filter(recipient=recipient, document__isnull=False)
    found = chain(
        (_form(f"Решение по заявлению № {row.number}", "", row.decided_at, row.decision_file_id) for row in decided),
        (
            _form(
                f"Решение по заявлению № {row.application.number}",
                f"{row.get_rule_display()} на {row.year} год",
                row.decided_at,
                row.decision_file_id,
            )
            for row in fuel.select_related("application")
        ),
        (
            _form(f"Решение о прекращении № {row.number}", row.ground.title, row.prepared_at, row.decision_file_id)
            for row in ended.select_related("ground")
        ),
        (
            _form(
                f"Решение о выплате сумм умершего № {row.number}",
                row.claimant.full_name,
                row.prepared_at,
                row.document_id,
            )
            for row in inherited.select_related("claimant")
        ),
    )
    return tuple(sorted(found, key=lambda form: (form.made_on, form.document), reverse=True))


def _of(recipient: Recipient) -> Q:
    """Find the recipient's applications: what is asked for fuel is the recipient's before it is granted."""
    return Q(recipient=recipient) | Q(fuel__recipient=recipient)


def _application(row: Application) -> ApplicationRow:
    decided = ""
    if row.decided_at:
        decided = f"{day_of(row.decided_at):%d.%m.%Y}, {row.decided_by}"
    papers = [f"{one.get_kind_display()}{_sheets(one.sheets)}" for one in row.documents.all()]
    assigned: FuelAssignment | None = getattr(row, "fuel", None)
    document = row.decision_file_id or (assigned.decision_file_id if assigned else None)
    return ApplicationRow(row, _STATES[Application.Status(row.status)], decided, tuple(papers), document)


def _sheets(sheets: int) -> str:
    return f", {sheets} л."


def _form(title: str, note: str, at: dt.datetime | None, document: int | None) -> PrintedForm:
    assert at is not None, "a decision with a document has its moment"
    assert document is not None, "asked for rows with a document only"
    return PrintedForm(title, note, day_of(at), document)
