"""Rows of the table for the pages of debts: requests, answers, court acts, suspensions."""

import datetime as dt

from calculations.models import DebtAnswer, DebtRequest, Suspension
from housing.models import SupportedDwelling
from offices.models import Office
from providers.models import ServiceAccount
from recipients.models import Entitlement
from tests.calculations import indebted, town
from tests.factories import MOSCOW
from tests.workplace.route_table import PERSON
from tests.workplace.routes import NEVER, Route

PREPARING, ELSEWHERE = "200 403 403 403 403", "404 404 403 403 403"
SENT = dt.datetime(2026, 10, 20, 12, tzinfo=MOSCOW)


def _family(office: Office) -> town.Family:
    """Somebody of the office with an account, whose payment nobody has begun to suspend."""
    indebted.rule()
    begun = Suspension.objects.filter(status__in=("prepared", "confirmed"))
    homes = SupportedDwelling.objects.valid_on(SENT.date()).filter(recipient__office=office)
    homes = homes.filter(recipient__in=Entitlement.objects.valid_on(SENT.date()).values("recipient"))
    home = homes.exclude(recipient__in=begun.values("recipient")).select_related("recipient__office").order_by("pk")[0]
    account = ServiceAccount.objects.valid_on(SENT.date()).filter(dwelling=home.dwelling_id).order_by("pk")[0]
    return town.Family(home.recipient, home.recipient.entitlements.all()[0], (), account)


def debt_request(office: Office) -> tuple[object, ...]:
    """A request of the office, made for the first who asks."""
    found = DebtRequest.objects.filter(office=office).order_by("pk").first()
    return ((found or indebted.asked(_family(office), at=SENT)).pk,)


def debt_answer(office: Office) -> tuple[object, ...]:
    (pk,) = debt_request(office)
    return (DebtAnswer.objects.filter(request=pk).order_by("pk")[0].pk,)


def waiting(office: Office) -> tuple[object, ...]:
    """A suspension that nobody has confirmed."""
    return (indebted.prepared(_family(office), at=SENT).pk,)


def confirmed(office: Office) -> tuple[object, ...]:
    found = Suspension.objects.filter(office=office, status="confirmed").order_by("pk").first()
    return ((found or indebted.suspended(_family(office), at=SENT)).pk,)


def with_an_act(office: Office) -> tuple[object, ...]:
    """Somebody who owes by a court act."""
    return (indebted.act(_family(office), at=SENT).recipient_id,)


ARREARS_ROUTES: tuple[Route, ...] = (
    Route("arrears", foreign="404 404 200 200 404"),
    Route("debt-requests", foreign="404 404 200 200 404"),
    Route("debt-request-new", PREPARING, "404 404 403 403 404", PREPARING, "404 404 403 403 404"),
    Route("debt-request", arguments=debt_request),
    Route("debt-answer", PREPARING, ELSEWHERE, PREPARING, ELSEWHERE, arguments=debt_answer),
    Route("arrears-case", arguments=PERSON),
    Route("debt-ask", PREPARING, ELSEWHERE, PREPARING, ELSEWHERE, arguments=PERSON),
    Route("arrears-court-act", PREPARING, ELSEWHERE, PREPARING, ELSEWHERE, arguments=PERSON),
    Route("arrears-prepare", NEVER, NEVER, "302 403 403 403 403", ELSEWHERE, arguments=with_an_act),
    Route(
        "arrears-confirm",
        "403 200 403 403 403",
        ELSEWHERE,
        "403 302 403 403 403",
        ELSEWHERE,
        arguments=waiting,
    ),
    Route("arrears-withdraw", NEVER, NEVER, "302 302 403 403 403", ELSEWHERE, arguments=waiting),
    Route("arrears-resume", PREPARING, ELSEWHERE, PREPARING, ELSEWHERE, arguments=confirmed),
)
