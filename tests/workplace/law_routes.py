"""Rows of the table for the pages of the law: corrections, withholdings, fuel, deaths, arrears, rehearsals."""

from calculations.models import AccrualLine, FuelAssignment, Recalculation
from offices.models import Office, Role
from tests import factories
from tests.calculations import fuelled, ordered
from tests.calculations.rehearsing import violations as rehearsed
from tests.factories import AT
from tests.workplace import overpaid_routes
from tests.workplace.month.playing import SEPTEMBER
from tests.workplace.route_table import CALCULATING, CALCULATING_ELSEWHERE, PERSON, no_row
from tests.workplace.routes import NEVER, Route, of
from workplace.seeding.employees import with_role

NO_ORDER = "404 404 404 403 403"
DECIDING, DECIDING_ELSEWHERE = "403 {0} {0} 403 403", "404 404 {0} 403 403"
"""Who decides about an order of recalculation: the head of the district and the department's verifier."""
CALCULATING_ANYWHERE = "404 404 200 403 404"  # a page of the month and the district, asked for a foreign district
CHANGING, CHANGING_ELSEWHERE = "200 200 403 403 403", "404 404 403 403 403"


def rehearsal(office: Office) -> tuple[object, ...]:
    """A finished rehearsal of the office."""
    made = rehearsed.rehearsal(office=office, month=SEPTEMBER, last_month=SEPTEMBER, finished_at=AT)
    return (made.pk,)


def order(office: Office) -> tuple[object, ...]:
    """An order of the office that waits for a second person, made for the first who asks."""
    found = Recalculation.objects.filter(office=office, status="prepared").order_by("pk").first()
    return ((found or _ordered(office)).pk,)


def _ordered(office: Office) -> Recalculation:
    line = AccrualLine.objects.filter(accrual__office=office, month=SEPTEMBER, accrued__gt=1).order_by("pk")[0]
    row = {
        "service": line.service_id, "account": str(line.account_id), "accrued": "100.00", "recalculated": "80.00",
    }  # fmt: skip
    made = ordered.order(office=office, prepared_by=with_role(Role.INTAKE, office))
    return ordered.month(made, month=SEPTEMBER, recipient=line.accrual.recipient, services=[row]).order


def fuel_assignment(office: Office) -> tuple[object, ...]:
    """Fuel of somebody of the office, made for the first who asks."""
    found = FuelAssignment.objects.filter(recipient__office=office).order_by("pk").first()
    return ((found or fuelled.prepared(fuelled.house(office))).pk,)


def waiting_tariff(office: Office) -> tuple[object, ...]:
    """A tariff that waits for a second person; it is of the region, so nobody is foreign to it."""
    return "tariff", factories.tariff(confirmed_at=None, provider=factories.provider()).pk


LAW_ROUTES: tuple[Route, ...] = (
    *overpaid_routes.ROUTES,
    Route("recalculations", own=CALCULATING, foreign=CALCULATING_ANYWHERE),
    Route("recalculation", CALCULATING, CALCULATING_ELSEWHERE, arguments=order),
    Route(
        "recalculation-approve",
        own=NEVER,
        foreign=NEVER,
        post=DECIDING.format(302),
        post_foreign=DECIDING_ELSEWHERE.format(302),
        arguments=order,
        is_page=False,
    ),
    Route(
        "recalculation-refuse",
        own=DECIDING.format(200),
        foreign=DECIDING_ELSEWHERE.format(200),
        post=DECIDING.format(200),
        post_foreign=DECIDING_ELSEWHERE.format(200),
        arguments=order,
    ),
    Route("recalculation-recount", NEVER, NEVER, NO_ORDER, NO_ORDER, arguments=no_row, is_page=False),
    Route("recalculation-end", NO_ORDER, NO_ORDER, NO_ORDER, NO_ORDER, arguments=lambda office: (0, 0)),
    Route("fuel", CALCULATING, CALCULATING_ANYWHERE),
    Route(
        "fuel-assignment",
        CALCULATING,
        CALCULATING_ELSEWHERE,
        "200 200 403 403 403",
        "404 404 403 403 403",
        arguments=fuel_assignment,
    ),
    Route(
        "fuel-new",
        own="200 403 403 403 403",
        foreign="404 403 403 403 403",
        post="200 403 403 403 403",
        post_foreign="404 403 403 403 403",
        arguments=PERSON,
    ),
    Route("rehearsals", CALCULATING, CALCULATING_ANYWHERE),
    Route("rehearsal-new", CALCULATING, CALCULATING_ANYWHERE, CALCULATING, CALCULATING_ANYWHERE),
    Route("rehearsal", CALCULATING, CALCULATING_ELSEWHERE, arguments=rehearsal),
    Route("guard", CALCULATING, CALCULATING_ANYWHERE),
    Route(
        "guard-row",
        CALCULATING,
        CALCULATING,
        "403 200 403 403 403",
        "403 200 403 403 403",
        arguments=waiting_tariff,
    ),
    Route("directory-gaps", CALCULATING, CALCULATING_ANYWHERE),
    Route(
        "card-change",
        own=CHANGING,
        foreign=CHANGING_ELSEWHERE,
        post=CHANGING,
        post_foreign=CHANGING_ELSEWHERE,
        arguments=of("recipients.Recipient", more=("departure",)),
    ),
)
