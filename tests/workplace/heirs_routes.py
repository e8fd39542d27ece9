"""Rows of the table for the pages of deceased recipients: claims, decisions, what is asked back."""

from offices.models import Office
from tests import factories
from tests.payments import rows as paid
from tests.rows.ground import number
from tests.workplace.routes import NEVER, Route

ASKER = "403 403 403 200 403"
REGISTRARS, STRANGERS = ("200 403 403 403 403", "404 403 403 403 403"), "404 404 403 403 403"


def deceased(office: Office) -> tuple[object, ...]:
    """Somebody of the office who died."""
    gone = factories.recipient(office=office, person=factories.person(death_date=paid.DEATH))
    return (factories.entitlement(recipient=gone).recipient_id,)


def heir_claim(office: Office) -> tuple[object, ...]:
    return (paid.claim(office=office).pk,)


def heirs_way(office: Office) -> tuple[object, ...]:
    return (paid.heir_requisites(claim=paid.claim(office=office)).pk,)


def heirs_decision(office: Office) -> tuple[object, ...]:
    return (paid.decision(office=office, number=f"{number()}").pk,)


def not_returned(office: Office) -> tuple[object, ...]:
    """A payment after a death that a bank was asked to return."""
    return (paid.asked_back().line_id,)


HEIRS_ROUTES: tuple[Route, ...] = (
    Route("heirs", foreign="404 404 200 200 404"),
    Route("return-notices", "403 403 200 200 403", "404 404 200 200 404", "403 403 403 302 403", "404 404 403 302 404"),
    Route("not-returned", ASKER, ASKER, ASKER, ASKER, arguments=not_returned),
    Route("heirs-case", arguments=deceased),
    Route("heirs-claim", *REGISTRARS, *REGISTRARS, arguments=deceased),
    Route("heirs-refuse", *REGISTRARS, *REGISTRARS, arguments=heir_claim),
    Route("heirs-requisites", *REGISTRARS, *REGISTRARS, arguments=heir_claim),
    Route("heirs-share", NEVER, NEVER, "302 403 403 403 403", STRANGERS, arguments=deceased),
    Route("heirs-cancel", NEVER, NEVER, "403 302 403 403 403", STRANGERS, arguments=deceased),
    Route("heirs-end", NEVER, NEVER, "302 403 403 403 403", STRANGERS, arguments=deceased),
    Route("heirs-way-confirm", NEVER, NEVER, "403 302 403 403 403", STRANGERS, arguments=heirs_way),
    Route("heirs-confirm", NEVER, NEVER, "403 302 403 403 403", STRANGERS, arguments=heirs_decision),
    Route("heirs-withdraw", NEVER, NEVER, "302 302 403 403 403", STRANGERS, arguments=heirs_decision),
)
