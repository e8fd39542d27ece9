"""Rows of the table for the pages of the law: corrections, withholdings, fuel, deaths, arrears, rehearsals."""

from offices.models import Office
from tests import factories
from tests.calculations.rehearsing import violations as rehearsed
from tests.factories import AT
from tests.workplace import overpaid_routes
from tests.workplace.month.playing import SEPTEMBER
from tests.workplace.route_table import CALCULATING, CALCULATING_ELSEWHERE, PERSON, no_row
from tests.workplace.routes import NEVER, Route, of

NO_ORDER = "404 404 404 403 403"
CALCULATING_ANYWHERE = "404 404 200 403 404"  # a page of the month and the district, asked for a foreign district
CHANGING, CHANGING_ELSEWHERE = "200 200 403 403 403", "404 404 403 403 403"


def rehearsal(office: Office) -> tuple[object, ...]:
    """A finished rehearsal of the office."""
    made = rehearsed.rehearsal(office=office, month=SEPTEMBER, last_month=SEPTEMBER, finished_at=AT)
    return (made.pk,)


def waiting_tariff(office: Office) -> tuple[object, ...]:
    """A tariff that waits for a second person; it is of the region, so nobody is foreign to it."""
    return "tariff", factories.tariff(confirmed_at=None, provider=factories.provider()).pk


LAW_ROUTES: tuple[Route, ...] = (
    *overpaid_routes.ROUTES,
    Route("recalculations", own=CALCULATING, foreign=CALCULATING_ANYWHERE),
    Route("recalculation", own=NO_ORDER, foreign=NO_ORDER, arguments=no_row),
    Route(
        "recalculation-approve",
        own=NEVER,
        foreign=NEVER,
        post=NO_ORDER,
        post_foreign=NO_ORDER,
        arguments=no_row,
        is_page=False,
    ),
    Route(
        "recalculation-refuse",
        own=NO_ORDER,
        foreign=NO_ORDER,
        post=NO_ORDER,
        post_foreign=NO_ORDER,
        arguments=no_row,
    ),
    Route("fuel", CALCULATING, CALCULATING_ANYWHERE),
    Route("fuel-assignment", own=NO_ORDER, foreign=NO_ORDER, post=NO_ORDER, post_foreign=NO_ORDER, arguments=no_row),
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
