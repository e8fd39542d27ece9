"""Rows of the table for the pages of overpayments."""

from offices.models import Office
from payments.models import Overpayment
from recipients.models import Recipient
from tests.payments import overpaid
from tests.workplace.routes import Route

PREPARING, ELSEWHERE = "200 403 403 403 403", "404 404 403 403 403"
CONFIRMING = "403 200 403 403 403"


def overpayment(office: Office) -> tuple[object, ...]:
    """An overpayment of the office with a write-off proposed, made for the first who asks."""
    found = Overpayment.objects.filter(office=office, write_off__isnull=False).order_by("pk").first()
    return ((found or overpaid.proposed_in(office)).pk,)


def recipient(office: Office) -> tuple[object, ...]:
    return (Recipient.objects.filter(office=office).order_by("pk")[0].pk,)


def act(name: str, own: str = PREPARING, elsewhere: str = ELSEWHERE) -> Route:
    """A page on which one thing is done with an overpayment; an empty form is shown again."""
    return Route(name, own=own, foreign=elsewhere, post=own, post_foreign=elsewhere, arguments=overpayment)


ROUTES: tuple[Route, ...] = (
    Route("overpayments", foreign="404 404 200 200 404"),
    Route("overpayment", arguments=overpayment),
    act("overpayment-consent"),
    act("overpayment-consent-withdraw"),
    act("overpayment-repayment"),
    act("overpayment-claim"),
    act("overpayment-write-off"),
    Route(
        "overpayment-write-off-confirm",
        own=CONFIRMING,
        foreign=ELSEWHERE,
        post="403 302 403 403 403",
        post_foreign=ELSEWHERE,
        arguments=overpayment,
    ),
    Route(
        "overpayment-new",
        own=PREPARING,
        foreign=ELSEWHERE,
        post=PREPARING,
        post_foreign=ELSEWHERE,
        arguments=recipient,
    ),
)
