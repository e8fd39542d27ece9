"""What is checked before an application is taken (regulation, items 2.3, 2.5, 2.7, 3.2.2 а)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from offices.calendar import day_of
from offices.refusals import Refusal
from recipients import selectors
from recipients.eligibility import is_child
from recipients.models import Application, Category, DocumentKind, Person

DOCUMENTS_OF = {
    Application.Kind.EQUIVALENT: {
        DocumentKind.CERTIFICATE,
        DocumentKind.RECEIPTS,
        DocumentKind.IDENTITY,
        DocumentKind.RESIDENCE,
        DocumentKind.FAMILY,
    },
    Application.Kind.FUEL: set[DocumentKind](),
    Application.Kind.BOTTLED_GAS: set[DocumentKind](),
    Application.Kind.HEIR: {
        DocumentKind.DEATH,
        DocumentKind.KINSHIP,
        DocumentKind.JOINT_RESIDENCE,
        DocumentKind.DEPENDENCY,
        DocumentKind.INABILITY,
        DocumentKind.INHERITANCE,
    },
}
ITEM_OF = {
    Application.Kind.EQUIVALENT: "2.5.1",
    Application.Kind.FUEL: "2.5.2",
    Application.Kind.BOTTLED_GAS: "2.5.3",
    Application.Kind.HEIR: "2.5.4",
}


class NotReceivedYet(Refusal):
    """The day of receipt lies after the day of registration."""


class PersonDied(Refusal):
    """The person died before the application was received."""


class CategoryDoesNotFitAge(Refusal):
    """A disabled child is under eighteen, a disabled adult is not."""


class NoAuthority(Refusal):
    """The applicant is neither the disabled person nor one who acts for them by law."""


class DocumentNotProvidedFor(Refusal):
    """The regulation does not let this document be asked for with this application."""


class DocumentListedTwice(Refusal):
    """One kind of document is listed twice."""


@dataclass(frozen=True, slots=True)
class HandedDocument:
    """A document handed in with an application: its kind, sheets, and what it says of itself."""

    kind: str
    sheets: int = 1
    note: str = ""


def require_received(*, received_on: dt.date, at: dt.datetime) -> None:
    """Raise NotReceivedYet when the day of receipt lies in the future (2.7.3)."""
    if received_on > day_of(at):
        raise NotReceivedYet(f"Дата обращения {received_on:%d.%m.%Y} ещё не наступила: укажите день получения.")


def require_applicant(
    *, kind: str, applicant: Person, disabled_person: Person, category: str, received_on: dt.date
) -> None:
    """Check who applies and for whom, by items 2.3, 2.5.1 and 2.5.4.

    Raises PersonDied, CategoryDoesNotFitAge, NoAuthority.
    """
    if applicant.death_date is not None:
        raise PersonDied(f"Заявитель {applicant} умер {applicant.death_date:%d.%m.%Y}.")
    if kind == Application.Kind.HEIR:
        return
    if disabled_person.death_date is not None:
        raise PersonDied(f"{disabled_person}: дата смерти {disabled_person.death_date:%d.%m.%Y}.")
    _require_age(disabled_person, category, received_on)
    acts_for = selectors.authority_of(representative=applicant, represented=disabled_person, on=received_on)
    if applicant != disabled_person and acts_for is None:
        raise NoAuthority(
            f"Полномочия заявителя {applicant} действовать за {disabled_person} на {received_on:%d.%m.%Y} "
            "не указаны: внесите законного представителя (пункт 2.5.1)."
        )


def require_documents(*, kind: str, category: str, documents: Sequence[HandedDocument]) -> None:
    """Check that nothing is asked for beyond items 2.5.1-2.5.4, and nothing is listed twice.

    Raises DocumentNotProvidedFor, DocumentListedTwice.
    """
    kinds = [document.kind for document in documents]
    allowed = DOCUMENTS_OF[Application.Kind(kind)]
    for named in kinds:
        is_for_families = named == DocumentKind.FAMILY
        if named not in allowed or (is_for_families and category != Category.CHILD):
            raise DocumentNotProvidedFor(
                f"Документ «{_title(named)}» не предусмотрен пунктом {ITEM_OF[Application.Kind(kind)]}: "
                "требовать его нельзя (пункт 2.5.5). Уберите его из списка."
            )
        if kinds.count(named) > 1:
            raise DocumentListedTwice(f"Документ «{_title(named)}» указан дважды: укажите число листов одной строкой.")


def _require_age(disabled_person: Person, category: str, on: dt.date) -> None:
    born = disabled_person.birth_date
    if (category == Category.CHILD) != is_child(born_on=born, on=on):
        label = Category(category).label
        raise CategoryDoesNotFitAge(
            f"Категория «{label}» не подходит по возрасту: {disabled_person}, дата рождения {born:%d.%m.%Y}."
        )


def _title(kind: str) -> str:
    return str(DocumentKind(kind).label) if kind in DocumentKind.values else kind
